package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Json;
import vn.bocau.wire.mapping.Mappings;

/**
 * Asks a carrier that has neither feed nor push which orders changed, and what happened to each. {@code list.in.jslt} and
 * {@code history.in.jslt} of its dialect read its answers. The day read last is read again each time ({@link PollWindow}),
 * and an event is known by order, time and code, so that nothing counts twice.
 */
@Component
final class Polling {

    static final String LIST = "/list.in.jslt";
    static final String HISTORY = "/history.in.jslt";

    private static final ZoneId HERE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** So many orders of one carrier change within the days of a window at most. */
    private static final int MOST_ORDERS = 50_000;

    /** After so many in a row it is the carrier that has trouble, not an order of its. */
    private static final int MOST_UNREAD = 20;

    /** An order that looks as it did is not asked about again for so long. */
    private static final Duration LOOKS_THE_SAME = Duration.ofMinutes(15);

    private final Fetch fetch;
    private final Cursors cursors;
    private final CarrierWords words;
    private final OrderNumbers numbers;
    private final Clock clock = Clock.systemUTC();

    /** By partner, the orders whose history was not told when they were asked about last, the longest ago first. */
    private final Map<String, List<String>> untold = new ConcurrentHashMap<>();

    private final Cache<String, String> read = Caffeine.newBuilder()
            .maximumSize(MOST_ORDERS)
            .expireAfterWrite(LOOKS_THE_SAME)
            .build();

    Polling(Fetch fetch, Cursors cursors, CarrierWords words, OrderNumbers numbers) {
        this.numbers = numbers;
        this.fetch = fetch;
        this.cursors = cursors;
        this.words = words;
    }

    /** Every order is to be asked about again, whatever it looks like. */
    void forget(String partner) {
        cursors.turnNow(partner);
        untold.remove(partner);
        read.asMap().keySet().removeIf(place -> place.startsWith(partner + " "));
    }

    /** What one round has met. */
    private static final class Round {

        /** Untold the last time; they are asked about when all others were. */
        final Set<String> putOff;

        /** Those of them that are listed still. */
        final Map<String, JsonNode> listed = new HashMap<>();

        final Set<String> untold = new LinkedHashSet<>();
        boolean renewed;
        int inARow;
        int status;

        Round(List<String> untoldBefore) {
            putOff = new LinkedHashSet<>(untoldBefore);
        }

        void told(String order) {
            putOff.remove(order);
            inARow = 0;
        }

        void untold(String order) {
            putOff.remove(order);
            untold.add(order);
            inARow++;
        }

        boolean allTold() {
            return untold.isEmpty() && listed.isEmpty();
        }

        /** Whoever was not reached this time comes first the next. */
        List<String> untoldNow() {
            return Stream.concat(putOff.stream(), untold.stream()).toList();
        }
    }

    /**
     * An order whose history is not told keeps no other waiting, nor do many; but the day is not over, and the feed not
     * well, before it is. Asked only when nobody else asks: who waits meanwhile takes no turn.
     *
     * @return whether it was time to ask again, and this node's turn
     * @throws Unavailable when the carrier does not answer as agreed; what was not read is read the next time
     */
    boolean follow(Peer peer, Dialect.Poll poll) {
        if (!cursors.turn(peer.id(), peer.every(poll.every()))) {
            return false;
        }
        // The day before anything is asked: what happens while we read belongs to the next round.
        LocalDate today = LocalDate.ofInstant(clock.instant(), HERE);
        var round = new Round(untold.getOrDefault(peer.id(), List.of()));
        try {
            follow(peer, poll, today, round);
        } finally {
            untold.put(peer.id(), round.untoldNow());
            cursors.turnEnds(peer.id());
        }
        return true;
    }

    private void follow(Peer peer, Dialect.Poll poll, LocalDate today, Round round) {
        for (PollWindow window : PollWindow.of(cursors.of(peer.id()), today)) {
            for (Map.Entry<String, JsonNode> order : orders(peer, poll, window).entrySet()) {
                if (round.putOff.contains(order.getKey())) {
                    round.listed.put(order.getKey(), order.getValue());
                } else if (!round.untold.contains(order.getKey())
                        && !take(peer, poll, order.getKey(), order.getValue(), round)) {
                    return;
                }
            }
            if (round.allTold()) {
                cursors.move(peer.id(), window.to().toString());
            }
        }
        for (String order : List.copyOf(round.putOff)) {
            JsonNode row = round.listed.get(order);
            if (row == null) {
                round.putOff.remove(order);
            } else if (!take(peer, poll, order, row, round)) {
                return;
            }
        }
        if (!round.untold.isEmpty()) {
            throw untold(peer, round);
        }
        if (!round.listed.isEmpty()) {
            cursors.move(peer.id(), today.toString());
        }
    }

    /** What changed in these days, by our numbers. A page is the last when it holds nothing new, however short others are. */
    private Map<String, JsonNode> orders(Peer peer, Dialect.Poll poll, PollWindow window) {
        DateTimeFormatter day = DateTimeFormatter.ofPattern(poll.day());
        Map<String, JsonNode> orders = new LinkedHashMap<>();
        for (int page = 0; ; page++) {
            int known = orders.size();
            for (JsonNode order : asked(
                    peer,
                    poll,
                    poll.list(),
                    LIST,
                    Map.of(
                            "from", day.format(window.from()),
                            "to", day.format(window.to()),
                            "page", Integer.toString(page),
                            "size", Integer.toString(poll.size())))) {
                orders.put(order.path("order").asText(), order);
            }
            if (orders.size() == known) {
                return orders;
            }
            if (orders.size() > MOST_ORDERS) {
                throw new Unavailable(
                        "feed-too-full",
                        peer.id() + " trả lời hơn " + MOST_ORDERS + " đơn trong một khoảng ngày",
                        peer.id() + " answered more than " + MOST_ORDERS + " orders for some days");
            }
        }
    }

    /** @return false when it cannot be taken now */
    private boolean take(Peer peer, Dialect.Poll poll, String order, JsonNode row, Round round) {
        String place = peer.id() + " " + order;
        String looks = CarrierWords.mark(row);
        if (looks.equals(read.getIfPresent(place))) {
            return true;
        }
        numbers.learn(peer.id(), order, row.path("number").asText(""));
        Optional<JsonNode> history = history(peer, poll, order, round);
        if (history.isEmpty()) {
            round.untold(order);
            if (round.inARow >= MOST_UNREAD) {
                throw untold(peer, round);
            }
            return true;
        }
        round.told(order);
        for (JsonNode event : history.get()) {
            JsonNode said = Json.legible(event.path("said"));
            String key = event.path("key").asText("");
            boolean names = !key.isEmpty() && key.length() <= Pushed.LONGEST_KEY && Json.printable(key);
            var in = new Inbound(peer.id(), names ? key : "nameless-" + CarrierWords.mark(said), Pushed.KIND, said);
            if (words.take(in).later()) {
                return false;
            }
        }
        read.put(place, looks);
        return true;
    }

    /** @return empty when the carrier does not tell it, whatever it says instead */
    private Optional<JsonNode> history(Peer peer, Dialect.Poll poll, String order, Round round) {
        Map<String, String> values = Map.of("order", order);
        Web.Answer answer = fetch.answer(
                peer, poll.history(), poll.headers(), values, "", said -> mayHaveEnded(peer, said, values, round));
        Optional<JsonNode> told = told(peer, answer, HISTORY, values);
        if (told.isEmpty()) {
            round.status = answer.status();
        }
        return told;
    }

    /** Once a round: a carrier that does not tell what it should is not logged in to for each of its orders. */
    private static boolean mayHaveEnded(Peer peer, Web.Answer answer, Map<String, String> values, Round round) {
        if (round.renewed
                || !answer.success()
                || told(peer, answer, HISTORY, values).isPresent()) {
            return false;
        }
        round.renewed = true;
        return true;
    }

    private JsonNode asked(Peer peer, Dialect.Poll poll, String path, String mapping, Map<String, String> values) {
        Web.Answer answer = fetch.answer(
                peer,
                path,
                poll.headers(),
                values,
                "",
                said -> said.success() && told(peer, said, mapping, values).isEmpty());
        return told(peer, answer, mapping, values).orElseThrow(() -> withoutAList(peer, answer));
    }

    private static Optional<JsonNode> told(Peer peer, Web.Answer answer, String mapping, Map<String, String> values) {
        if (!answer.success()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(peer, answer, mapping, values)).filter(JsonNode::isArray);
        } catch (Unavailable garbled) {
            return Optional.empty();
        }
    }

    private static JsonNode read(Peer peer, Web.Answer answer, String mapping, Map<String, String> values) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        values.forEach(asked::put);
        return peer.mappings()
                .json(
                        Judge.json(peer, answer),
                        peer.dialect().name() + mapping,
                        Map.of("partner", Mappings.variable(peer.partner()), "asked", asked));
    }

    private static Unavailable withoutAList(Peer peer, Web.Answer answer) {
        return new Unavailable(
                FeedReader.code(answer),
                peer.id() + " trả lời " + answer.status() + " mà không có danh sách",
                peer.id() + " answered " + answer.status() + " without a list");
    }

    private static Unavailable untold(Peer peer, Round round) {
        return new Unavailable(
                "feed-not-in-contract",
                peer.id() + " trả lời " + round.status + " mà không cho biết hành trình của " + round.untold.size()
                        + " đơn",
                peer.id() + " answered " + round.status + " without the history of " + round.untold.size() + " orders");
    }
}
