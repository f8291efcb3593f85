package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.NotYet;
import vn.bocau.code.Telephone;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.LateWish;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Progress;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;
import vn.bocau.journal.Overtaken;
import vn.bocau.journal.Sending;

/**
 * Tells citizens by messages to their own telephones, as the clock asks it: not at night, not what no longer holds, and
 * each thing once, whichever node does it. The words are those of {@code mappings/words/notice.schema.json}.
 */
@Component("notices")
public class Notices implements Overtaken {

    private static final String KIND = "notice";
    private static final int AT_ONCE = 200;

    /** What was not delivered by then is no news any more. */
    private static final Duration FRESH = Duration.ofDays(2);

    /** What waits at the counter may be fetched any day: the message does not outlive that by much. */
    private static final Duration SHORT = Duration.ofDays(1);

    private final TransactionTemplate transactions;
    private final Journeys journeys;
    private final NoticeBook book;
    private final NoticeSettings settings;
    private final Journal journal;
    private final CitizenLinks links;
    private final Directories directories;
    private final Deadlines deadlines;
    private final CitizenLanguages languages;
    private final Clock clock;

    /** @param clock by which it is night; where there is none, the machine's */
    Notices(
            TransactionTemplate transactions,
            Journeys journeys,
            NoticeBook book,
            NoticeSettings settings,
            Journal journal,
            CitizenLinks links,
            Directories directories,
            Deadlines deadlines,
            CitizenLanguages languages,
            ObjectProvider<Clock> clock) {
        this.transactions = transactions;
        this.journeys = journeys;
        this.book = book;
        this.settings = settings;
        this.journal = journal;
        this.links = links;
        this.directories = directories;
        this.deadlines = deadlines;
        this.languages = languages;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    /** The local time from which on citizens are told. */
    public LocalTime from() {
        return settings.from();
    }

    /** The local time from which on they are not. */
    public LocalTime until() {
        return settings.until();
    }

    /** @return how many were told; each dossier by itself, as holds expire */
    public int tell() {
        return tellAt(clock.instant());
    }

    int tellAt(Instant now) {
        if (settings.quiet(now)) {
            return 0;
        }
        Optional<Partner> notifier = book.notifier();
        if (notifier.isEmpty()) {
            // Its row may be back with the next reload; what waits for longer than that is no news any more.
            book.forget(now.minus(FRESH));
            return 0;
        }
        return EachAlone.of(
                book.due(now, AT_ONCE),
                dossier -> Objects.requireNonNull(transactions.execute(t -> tellOf(dossier, notifier.get(), now))),
                dossier -> book.later(dossier, now));
    }

    private int tellOf(UUID dossier, Partner notifier, Instant now) {
        Journey journey = Objects.requireNonNull(journeys.lock(List.of(dossier)).get(dossier));
        int told = 0;
        for (NoticeBook.Entry entry : book.due(dossier, now)) {
            Leg leg = journey.leg(entry.notice().leg()).orElseThrow();
            boolean holds = holds(journey, leg, entry.notice(), now);
            if (holds) {
                journal.tell(new Outbound(
                        notifier.id(),
                        dossier.toString(),
                        KIND,
                        entry.notice().key(entry.round()),
                        journey.dossier().codes().get(0).code(),
                        body(journey, leg, entry, now)));
                told++;
            }
            book.settle(entry, holds);
        }
        return told;
    }

    /** What waited for its line, while nobody carried messages or nobody answered, is looked at once more. */
    @Override
    public boolean isOvertaken(Sending sending) {
        return sending.kind().equals(KIND) && isOvertaken(sending, clock.instant());
    }

    boolean isOvertaken(Sending sending, Instant now) {
        if (isOver(sending, now)) {
            return true;
        }
        if (settings.quiet(now)) {
            throw new NotYet(
                    "outside-hours",
                    settings.morning(now),
                    "Ban đêm không nhắn tin cho công dân; từ " + settings.from() + " đến " + settings.until(),
                    "Citizens are sent nothing at night; from " + settings.from() + " to " + settings.until());
        }
        return false;
    }

    /** What does not hold any more is written back, under the lock of its dossier: should it hold again, it is told. */
    private boolean isOver(Sending sending, Instant now) {
        Notice.Told told = Notice.of(sending.key(), now);
        String telephone = sending.body().path("telephone").asText();
        UUID dossier = book.dossierOf(told.notice().leg());
        boolean goes = Boolean.TRUE.equals(transactions.execute(t -> book.isTold(told)
                && goes(Objects.requireNonNull(journeys.read(dossier).get(dossier)), told, telephone, now)));
        return !goes
                && Boolean.TRUE.equals(transactions.execute(t -> {
                    Journey journey = Objects.requireNonNull(
                            journeys.lock(List.of(dossier)).get(dossier));
                    if (book.isTold(told) && goes(journey, told, telephone, now)) {
                        return false;
                    }
                    boolean anew = holds(journey, leg(journey, told), told.notice(), now);
                    book.overtaken(told, anew, sending.attempt() > 1, now);
                    return true;
                }));
    }

    /** It holds, and for whoever has this telephone: after a correction a stranger has the old one. */
    private boolean goes(Journey journey, Notice.Told told, String telephone, Instant now) {
        Leg leg = leg(journey, told);
        return Telephone.plain(leg.facts().citizen().phone()).equals(telephone)
                && holds(journey, leg, told.notice(), now);
    }

    private static Leg leg(Journey journey, Notice.Told told) {
        return journey.leg(told.notice().leg()).orElseThrow();
    }

    private boolean holds(Journey journey, Leg leg, Notice notice, Instant now) {
        if (!Notice.isOfACitizen(leg)) {
            return false;
        }
        return switch (notice.what()) {
            // Who asked had the telephone of then, and may ask again.
            case LINK -> book.isLatest(notice) && notice.about().endsWith(" " + book.code(journey.id(), leg));
            case SUPPLEMENT -> journey.dossier().status() == Dossier.Status.TO_SUPPLEMENT && book.isLatest(notice);
            // Whoever else has moved it since, with a handling or without, it goes to another door.
            case MOVED ->
                leg.open()
                        && leg.lastMove()
                                .map(move -> move + " " + book.door(journey.id(), leg.facts()))
                                .filter(notice.about()::equals)
                                .isPresent();
            // By now it may be delivered after all.
            case NOT_DELIVERED -> leg.step() != Step.DELIVERED;
            case NOT_COMING ->
                !notice.visitDay().isBefore(Notice.day(now)) && Notice.isNotComing(leg, notice.visitDay());
            case COMING, TRIED, HELD, DELIVERED, TOO_LATE ->
                Notice.of(journey, leg, settings, now).stream().anyMatch(notice::sameAs);
        };
    }

    private ObjectNode body(Journey journey, Leg leg, NoticeBook.Entry entry, Instant now) {
        Notice notice = entry.notice();
        LegFacts facts = leg.facts();
        Progress progress = leg.progress();
        Obligation.Next next = journey.obligation(leg).next();
        String telephone = facts.citizen().phone();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", idFor(journey, leg, entry).toString())
                .put("what", notice.what().name())
                .put("language", languages.of(journey.id()))
                .put("dossierCode", journey.dossier().codes().get(0).code())
                .put("kind", facts.kind().name())
                .put("telephone", Telephone.plain(telephone))
                .put(
                        "link",
                        switch (notice.what()) {
                            case LINK -> links.sentTo(journey.id(), telephone, Notice.day(now));
                            case SUPPLEMENT -> links.toRead(journey.id(), telephone, Notice.day(now));
                            default -> links.toLookAt(journey.id(), telephone);
                        });
        LocalDate due = next == null ? Notice.day(now) : Notice.day(next.dueAt());
        switch (notice.what()) {
            case COMING, NOT_COMING -> body.put("day", notice.visitDay().toString());
            case TRIED -> {
                body.put("at", Telling.iso(Objects.requireNonNull(progress.since())));
                body.put(
                        "reason",
                        progress.reason() == null ? "OTHER" : progress.reason().name());
                tried(body, next, due);
                LocalDate from = journey.fetchedFrom(leg, now);
                if (journey.waitsAtCounter(leg) && from.isAfter(Notice.day(now))) {
                    body.put("from", from.toString());
                }
            }
            case HELD -> held(body, leg, notice);
            case DELIVERED -> body.put("at", Telling.iso(Objects.requireNonNull(progress.since())));
            case TOO_LATE -> tooLate(body, leg, notice);
            case NOT_DELIVERED, SUPPLEMENT, MOVED, LINK -> {}
        }
        return body.put("validUntil", Telling.iso(validUntil(notice, body, now)));
    }

    /**
     * The same however often it is told the same telephone: should an earlier round have arrived after all, it has it. But
     * what is delivered in another round is delivered once more, and who is to come after all comes anew.
     */
    private UUID idFor(Journey journey, Leg leg, NoticeBook.Entry entry) {
        Notice notice = entry.notice();
        String name = book.code(journey.id(), leg) + " "
                + notice.key(
                        switch (notice.what()) {
                            case DELIVERED -> entry.round();
                            case COMING -> book.takenBack(notice);
                            default -> 0;
                        });
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** At which of its counters an outside carrier holds it, and until when, it alone can say. */
    private void held(ObjectNode body, Leg leg, Notice notice) {
        Directory directory = directories.current();
        if (leg.isWithUs()) {
            body.put("until", notice.about());
            directory.office(leg.counter()).map(PostOffice::name).ifPresent(name -> body.put("office", name));
        } else {
            body.put("then", "CARRIER");
            directory
                    .partner(leg.carrier())
                    .map(carrier -> carrier.settings().get("hotline"))
                    .ifPresent(hotline -> body.put("hotline", hotline));
        }
    }

    /** What follows from it: somebody comes again, it waits at the counter, or it is for the citizen to say how it goes on. */
    private static void tried(ObjectNode body, Obligation.@Nullable Next next, LocalDate due) {
        Act act = next == null ? Act.REVIEW : next.act();
        switch (act) {
            case COLLECT, COLLECT_REST, DELIVER -> body.put("then", "AGAIN").put("day", due.toString());
            case HAND_OUT -> body.put("then", "HELD").put("until", due.toString());
            case ASK_AGAIN -> body.put("then", "ASK").put("until", due.toString());
            default -> body.put("then", "SEE");
        }
    }

    /** What holds instead: it goes on as before, it has arrived, it goes back; all else is for the page to tell. */
    private static void tooLate(ObjectNode body, Leg leg, Notice notice) {
        LateWish wish = Objects.requireNonNull(leg.progress().lateWishes().get(UUID.fromString(notice.about())));
        body.put("asked", wish.asked().name());
        body.put(
                "then",
                switch (leg.step()) {
                    case OUT_FOR_DELIVERY -> "COMING";
                    case DELIVERED -> "DELIVERED";
                    case RETURN_APPROVED, COMING_BACK, RETURNED_TO_AGENCY -> "BACK";
                    default -> "SEE";
                });
    }

    /** Never beyond the day it names; how it goes on after an attempt may change the same day. */
    private Instant validUntil(Notice notice, ObjectNode body, Instant now) {
        return switch (notice.what()) {
            case COMING, NOT_COMING -> deadlines.endOf(notice.visitDay());
            case TOO_LATE -> now.plus(SHORT);
            case HELD ->
                body.has("until")
                        ? earlier(
                                now.plus(SHORT),
                                deadlines.endOf(
                                        LocalDate.parse(body.path("until").asText())))
                        : now.plus(SHORT);
            case TRIED ->
                body.has("day")
                        ? earlier(
                                now.plus(FRESH),
                                deadlines.endOf(LocalDate.parse(body.path("day").asText())))
                        : now.plus(SHORT);
            default -> now.plus(FRESH);
        };
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
