package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;
import vn.bocau.wire.Json;

/** Fetches a page of a carrier's feed of events. */
@Component
final class FeedReader {

    /**
     * One event as the carrier wrote it, without what nobody could keep or show: a broken character in a note must not
     * take the event with it.
     *
     * @param cursor its place in the feed and its id; empty when it has none
     * @param place whether to go on from there
     */
    record Event(String cursor, boolean place, JsonNode content) {}

    private final Fetch fetch;

    FeedReader(Fetch fetch) {
        this.fetch = fetch;
    }

    /**
     * The events behind a cursor, in the order of the feed, each once, however they came. Two under one id that say
     * different things are two: who takes them sees that the id is used again.
     *
     * @throws Unavailable when the carrier does not answer with a page of events
     */
    List<Event> page(Peer peer, Dialect.Feed feed, String cursor) {
        Web.Answer answer = fetch.answer(
                peer,
                feed.path(),
                feed.headers(),
                Map.of("cursor", cursor, "size", Integer.toString(feed.size())),
                cursor);
        JsonNode rows = answer.success() ? Judge.json(peer, answer).at(feed.rows()) : null;
        if (rows == null || !rows.isArray()) {
            throw new Unavailable(
                    code(answer),
                    peer.id() + " trả lời " + answer.status() + " mà không có trang sự kiện",
                    peer.id() + " answered " + answer.status() + " without a page of events");
        }
        Set<Event> events = new LinkedHashSet<>();
        List<Event> nameless = new ArrayList<>();
        for (JsonNode row : rows) {
            String place = row.at(feed.cursor()).asText("");
            if (feed.isCursor(place)) {
                events.add(new Event(place, feed.isPlace(place), Json.legible(row)));
            } else {
                nameless.add(new Event("", false, Json.legible(row)));
            }
        }
        List<Event> page = new ArrayList<>(events);
        page.sort(Comparator.comparing(Event::cursor));
        page.addAll(nameless);
        return page;
    }

    /** Of an answer that tells no events: that our key is refused, say, is no affair of the contract's. */
    static String code(Web.Answer answer) {
        String code = Web.code(answer.status());
        return code.equals("answer-not-in-contract") ? "feed-not-in-contract" : code;
    }
}
