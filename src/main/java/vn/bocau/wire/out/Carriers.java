package vn.bocau.wire.out;

import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Acts;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Outage;
import vn.bocau.wire.mapping.Mappings;

/**
 * Follows the feeds of outside carriers. Bean {@code carriers}. What a carrier says comes in like anything else: once,
 * committed with its effect; what nobody can read is parked. Only then does the cursor move on.
 */
@Component("carriers")
public class Carriers {

    private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);
    private static final String KIND = "carrier.event";

    /** So that a carrier with much to say leaves the thread to the others now and then. */
    private static final int MOST_PAGES = 20;

    private final Directories directories;
    private final Peers peers;
    private final FeedReader feeds;
    private final Polling polling;
    private final Cursors cursors;
    private final Mappings mappings;
    private final CarrierWords words;
    private final Pushes pushes;
    private final Acts acts;
    private final TransactionTemplate transactions;
    private final CamelContext camel;
    private volatile @Nullable Directory shown;

    Carriers(
            Directories directories,
            Peers peers,
            FeedReader feeds,
            Polling polling,
            Cursors cursors,
            Mappings mappings,
            CarrierWords words,
            Pushes pushes,
            Acts acts,
            TransactionTemplate transactions,
            CamelContext camel) {
        this.directories = directories;
        this.peers = peers;
        this.feeds = feeds;
        this.polling = polling;
        this.cursors = cursors;
        this.mappings = mappings;
        this.words = words;
        this.pushes = pushes;
        this.acts = acts;
        this.transactions = transactions;
        this.camel = camel;
    }

    /**
     * Whom to ask now: all that are spoken to, and nobody who was and is not any more. Once for each picture: a node that has not
     * read the files again yet does not know all whom another follows.
     */
    public List<String> next() {
        Directory current = directories.current();
        List<String> all = all();
        if (current != shown) {
            cursors.forgetAllBut(all);
            shown = current;
        }
        return all;
    }

    /** The carriers that are spoken to; whether one has a feed, its dialect says. */
    public List<String> all() {
        return directories.current().partners().stream()
                .filter(p -> p.kind() == Partner.Kind.CARRIER && p.delivery() == Partner.Delivery.PUSH)
                .map(Partner::id)
                .toList();
    }

    /** Reads on in a carrier's feed, to its end or for a while. A carrier that is down is asked again the next time. */
    public void follow(String partner) {
        try {
            Peer peer = peers.named(partner);
            Dialect.Feed feed = peer.dialect().feed();
            Dialect.Poll poll = peer.dialect().poll();
            boolean read = feed != null && cursors.alone(partner, () -> follow(peer, feed))
                    || poll != null && cursors.alone(partner, () -> polling.follow(peer, poll));
            if (read && cursors.answers(partner)) {
                LOG.info("the feed of {} is read again", partner);
            }
        } catch (RuntimeException e) {
            Unavailable outage = Outage.in(e).orElseThrow(() -> e);
            // Said once for each outage, however long it is.
            if (camel.isStarted() && all().contains(partner) && cursors.silent(partner, outage)) {
                LOG.warn("the feed of {} waits: {}", partner, outage.getMessage());
            }
        }
    }

    private boolean follow(Peer peer, Dialect.Feed feed) {
        String cursor = cursors.of(peer.id()).orElse(feed.start());
        for (int page = 0; page < MOST_PAGES; page++) {
            String reached = cursor;
            List<FeedReader.Event> events = feeds.page(peer, feed, cursor);
            for (FeedReader.Event event : events) {
                if (!take(peer.id(), event)) {
                    return true;
                }
                reached = event.place() && event.cursor().compareTo(reached) > 0 ? event.cursor() : reached;
            }
            if (reached.equals(cursor)) {
                refuseFull(peer, feed, events);
                return true;
            }
            cursors.move(peer.id(), reached);
            cursor = reached;
        }
        return true;
    }

    /** What comes behind such a page can never be reached: somebody has to know. */
    private static void refuseFull(Peer peer, Dialect.Feed feed, List<FeedReader.Event> events) {
        if (events.size() >= feed.size()) {
            throw new Unavailable(
                    "feed-not-in-contract",
                    peer.id() + " trả lời một trang đầy sự kiện mà không có chỗ để đọc tiếp",
                    peer.id() + " answered a full page of events without a place to go on from");
        }
    }

    /** @return false when it cannot be taken now, which is not the carrier's doing; it is read again */
    private boolean take(String partner, FeedReader.Event event) {
        String key = event.cursor().isEmpty() ? "nameless-" + CarrierWords.mark(event.content()) : event.cursor();
        return !words.take(new Inbound(partner, key, KIND, event.content())).later();
    }

    /**
     * How far a feed has been read, and whether it can be read.
     *
     * @param cursor null when nothing was read yet
     * @param movedAt when it last went on
     * @param silentSince since when it could not be read; null when it can
     * @param reason why; names no person
     */
    public record Reached(
            String partner,
            @Nullable String cursor,
            @Nullable Instant movedAt,
            @Nullable Instant silentSince,
            @Nullable Text reason) {}

    /** Of the carriers that are spoken to. */
    public List<Reached> reached() {
        List<String> spokenTo = all();
        return cursors.all().stream()
                .filter(reached -> spokenTo.contains(reached.partner()))
                .toList();
    }

    /**
     * Reads a feed from its beginning once more: what is known does no harm, what was passed over is heard.
     *
     * @throws Refused CONFLICT {@code feed-not-read} when nothing of it was read yet, {@code feed-being-read} when it is
     *     read this very moment
     */
    public void rewind(String partner, String by, String reason) {
        if (cursors.of(partner).isEmpty()) {
            throw refused("feed-not-read", "Chưa đọc gì từ đối tác này.", "Nothing was read from this partner yet.");
        }
        boolean done = cursors.alone(partner, () -> {
            transactions.executeWithoutResult(t -> {
                acts.ofPartner(partner, "REWIND", by, reason);
                cursors.rewind(partner);
                polling.forget(partner);
            });
            return true;
        });
        if (!done) {
            throw refused(
                    "feed-being-read",
                    "Đang đọc sự kiện của đối tác này; hãy thử lại sau vài giây.",
                    "Its events are being read just now; try again in a few seconds.");
        }
    }

    private static Refused refused(String code, String vi, String en) {
        return new Refused(Refused.Ground.CONFLICT, code, "partner", vi, en);
    }

    /** Puts into our words what a carrier said, whichever way it came, by its dialect as it is now. */
    public Inbound understood(Inbound in) {
        return in.kind().equals(KIND) ? translate(in) : pushes.translate(in);
    }

    /** Puts a carrier's event into our words, by its dialect. */
    public Inbound translate(Inbound in) {
        Peer peer = peers.named(in.partner());
        return mappings.translate(in, peer.dialect().name() + "/feed.in.jslt");
    }
}
