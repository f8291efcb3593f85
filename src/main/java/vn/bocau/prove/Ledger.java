package vn.bocau.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the hub's own books say, asked as an operator would, held against what we counted. */
final class Ledger {

    static final String OPERATOR =
            "Basic " + Base64.getEncoder().encodeToString("truc-ca:truc-ca-sandbox".getBytes(StandardCharsets.UTF_8));

    private final Talk talk;

    Ledger(Talk talk) {
        this.talk = talk;
    }

    /** Of a partner and a direction, over all days. */
    record Line(long accepted, long confirmed, long open, long parked, long discarded) {

        static final Line NONE = new Line(0, 0, 0, 0, 0);

        /** What is parked is open too: it waits, with a reason. */
        boolean adds() {
            return accepted == confirmed + open + discarded && parked <= open;
        }

        long underway() {
            return open - parked;
        }

        private Line and(Line other) {
            return new Line(
                    accepted + other.accepted,
                    confirmed + other.confirmed,
                    open + other.open,
                    parked + other.parked,
                    discarded + other.discarded);
        }
    }

    /** By {@code partner direction}. */
    Map<String, Line> lines() {
        Map<String, Line> lines = new HashMap<>();
        for (JsonNode day : ask("/api/ops/v1/ledger?days=3")) {
            lines.merge(
                    day.path("partner").asText() + " " + day.path("direction").asText(),
                    new Line(
                            day.path("accepted").asLong(),
                            day.path("confirmed").asLong(),
                            day.path("open").asLong(),
                            day.path("parked").asLong(),
                            day.path("discarded").asLong()),
                    Line::and);
        }
        return lines;
    }

    /** Why each message waits for a person: its dossier and its code. */
    List<String[]> parked() {
        List<String[]> parked = new ArrayList<>();
        String before = "";
        do {
            JsonNode page = ask("/api/ops/v1/messages?state=PARKED&size=200" + before);
            for (JsonNode one : page.path("messages")) {
                parked.add(new String[] {
                    one.path("subject").asText(), one.path("fault").asText()
                });
            }
            before = next(page);
        } while (!before.isEmpty());
        return parked;
    }

    /**
     * How many messages to a partner were sent to nobody, because what they said was no longer so when their turn came.
     *
     * @param most so many are looked for: each is asked for by itself
     */
    long unsaid(String partner, long most) {
        long found = 0;
        String before = "";
        do {
            JsonNode page =
                    ask("/api/ops/v1/messages?partner=" + partner + "&direction=OUT&state=CONFIRMED&size=200" + before);
            for (JsonNode one : page.path("messages")) {
                if (found < most && isUnsaid(one.path("id").asText())) {
                    found++;
                }
            }
            before = next(page);
        } while (found < most && !before.isEmpty());
        return found;
    }

    private boolean isUnsaid(String message) {
        return ask("/api/ops/v1/messages/" + message).findValuesAsText("detail").stream()
                .anyMatch(detail -> detail.endsWith("no longer so, not sent"));
    }

    private static String next(JsonNode page) {
        return page.path("next").isNull() || page.path("next").isMissingNode()
                ? ""
                : "&before=" + page.path("next").asText();
    }

    private JsonNode ask(String path) {
        return talk.say(
                        "operator",
                        hub -> HttpRequest.newBuilder(hub.resolve(path)).header("Authorization", OPERATOR),
                        () -> {})
                .json();
    }
}
