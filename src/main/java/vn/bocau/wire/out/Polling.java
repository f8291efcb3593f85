package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);
    private static final int NOT_FOUND = 404;
    private static final ZoneId HERE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** So many orders of one carrier change within a day or two at most. */
    private static final int MOST_ORDERS = 50_000;

    /** An order that looks as it did is not asked about again for so long. */
    private static final Duration LOOKS_THE_SAME = Duration.ofMinutes(15);

    private final Fetch fetch;
    private final Cursors cursors;
    private final CarrierWords words;
    private final OrderNumbers numbers;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();
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

    /** Whether it is time to ask again. A last time that is still to come is one of a clock that was put back since. */
    boolean due(Peer peer, Dialect.Poll poll) {
        Instant last = asked.get(peer.id());
        Instant now = clock.instant();
        return last == null || last.isAfter(now) || !now.isBefore(last.plusSeconds(peer.every(poll.every())));
    }

    /** Every order is to be asked about again, whatever it looks like. */
    void forget(String partner) {
        asked.remove(partner);
        read.asMap().keySet().removeIf(place -> place.startsWith(partner + " "));
    }

    /** @throws Unavailable when the carrier does not answer as agreed; what was not read is read the next time */
    void follow(Peer peer, Dialect.Poll poll) {
        asked.put(peer.id(), clock.instant());
        // The day before anything is asked: what happens while we read belongs to the next round.
        LocalDate today = LocalDate.ofInstant(clock.instant(), HERE);
        for (PollWindow window : PollWindow.of(cursors.of(peer.id()), today)) {
            for (Map.Entry<String, JsonNode> order : orders(peer, poll, window).entrySet()) {
                if (!take(peer, poll, order.getKey(), order.getValue())) {
                    return;
                }
            }
            cursors.move(peer.id(), window.to().toString());
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
    private boolean take(Peer peer, Dialect.Poll poll, String order, JsonNode row) {
        String place = peer.id() + " " + order;
        String looks = CarrierWords.mark(row);
        if (looks.equals(read.getIfPresent(place))) {
            return true;
        }
        numbers.learn(peer.id(), order, row.path("number").asText(""));
        for (JsonNode event : history(peer, poll, order)) {
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

    /** Of one order that the carrier answers for but tells nothing of, nothing has happened yet; the others are not kept waiting. */
    private JsonNode history(Peer peer, Dialect.Poll poll, String order) {
        Web.Answer answer = fetch.answer(peer, poll.history(), poll.headers(), Map.of("order", order), "");
        if (answer.status() == NOT_FOUND) {
            LOG.warn("{} lists an order that it does not find", peer.id());
            return JsonNodeFactory.instance.arrayNode();
        }
        if (!answer.success()) {
            throw withoutAList(peer, answer);
        }
        JsonNode rows = read(peer, answer, HISTORY);
        if (!rows.isArray()) {
            LOG.warn("{} tells nothing of an order that it lists", peer.id());
            return JsonNodeFactory.instance.arrayNode();
        }
        return rows;
    }

    private JsonNode asked(Peer peer, Dialect.Poll poll, String path, String mapping, Map<String, String> values) {
        Web.Answer answer = fetch.answer(peer, path, poll.headers(), values, "");
        JsonNode rows = answer.success() ? read(peer, answer, mapping) : JsonNodeFactory.instance.nullNode();
        if (!rows.isArray()) {
            throw withoutAList(peer, answer);
        }
        return rows;
    }

    private static JsonNode read(Peer peer, Web.Answer answer, String mapping) {
        return peer.mappings()
                .json(
                        Judge.json(peer, answer),
                        peer.dialect().name() + mapping,
                        Map.of("partner", Mappings.variable(peer.partner())));
    }

    private static Unavailable withoutAList(Peer peer, Web.Answer answer) {
        return new Unavailable(
                "feed-not-in-contract",
                peer.id() + " trả lời " + answer.status() + " mà không có danh sách",
                peer.id() + " answered " + answer.status() + " without a list");
    }
}
