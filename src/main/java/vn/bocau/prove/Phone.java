package vn.bocau.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Somebody of the post office of Đông Hà with a phone of their own, which counts what it sends. */
final class Phone {

    private static final byte[] SIGNATURE = "[[[12,40],[18,22],[30,41]]]".getBytes(StandardCharsets.UTF_8);
    private static final int VIETNAM = 7;

    /** Brings and fetches. */
    static final String WORKER = "buu-ta";

    /** Voids what a worker wrote down wrongly. */
    static final String SUPERVISOR = "to-truong";

    private final Talk talk;
    private final String user;
    private final String device;
    private final RandomGenerator chance;
    private final Book book;
    private final Tally tally;
    private String token = "";
    private long seq;

    Phone(Talk talk, String user, String device, RandomGenerator chance, Book book, Tally tally) {
        this.talk = talk;
        this.user = user;
        this.device = device;
        this.chance = chance;
        this.book = book;
        this.tally = tally;
    }

    private void signIn() {
        token = talk.say(
                        "sign-in",
                        hub -> Talk.post(
                                hub.resolve("/api/scan/v1/sign-in"),
                                Map.of("Content-Type", "application/json"),
                                Talk.json(Map.of("user", user, "password", user + "-sandbox", "device", device))),
                        () -> {})
                .json()
                .path("token")
                .asText();
    }

    /** One thing done to an item, under the phone's next count. */
    Map<String, Object> handling(String code, String item, Map<String, Object> details) {
        return new HashMap<>(Map.of(
                "id",
                Doors.uuid7().toString(),
                "seq",
                ++seq,
                "code",
                code,
                "item",
                item,
                "occurredAt",
                OffsetDateTime.now(ZoneOffset.ofHours(VIETNAM)).toString(),
                "details",
                details));
    }

    /** In one batch, in any order; the hub's answer to each, as they were done. */
    List<JsonNode> send(List<Map<String, Object>> handlings) {
        List<Map<String, Object>> shuffled = new ArrayList<>(handlings);
        Collections.shuffle(shuffled, new Random(chance.nextLong()));
        if (!shuffled.equals(handlings)) {
            tally.shuffled();
        }
        String body = Talk.json(Map.of("device", device, "sentAt", Instant.now().toString(), "handlings", shuffled));
        Talk.Answer answer = talk.say(
                "scan",
                hub -> Talk.post(
                        hub.resolve("/api/scan/v1/handlings"),
                        Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"),
                        body),
                this::signIn);
        if (answer.good()) {
            book.accepted("scan");
        }
        Map<String, JsonNode> byId = new HashMap<>();
        answer.json().path("handlings").forEach(one -> byId.put(one.path("id").asText(), one));
        return handlings.stream()
                .map(one -> byId.getOrDefault(
                        String.valueOf(one.get("id")),
                        Talk.JSON.createObjectNode().put("text", answer.text())))
                .toList();
    }

    /** A supervisor voids a handling. */
    Talk.Answer undo(String handling) {
        String body = Talk.json(Map.of("id", Doors.uuid7().toString(), "reason", "Ghi nhầm số tiền."));
        Talk.Answer answer = talk.say(
                "void",
                hub -> Talk.post(
                        hub.resolve("/api/scan/v1/office/handlings/" + handling + "/void"),
                        Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"),
                        body),
                this::signIn);
        if (answer.good()) {
            book.accepted("scan");
        }
        return answer;
    }

    static String signature() {
        return Doors.sha256(SIGNATURE);
    }

    Talk.Answer bring(String handling) {
        return talk.say(
                "evidence",
                hub -> HttpRequest.newBuilder(
                                hub.resolve("/api/scan/v1/handlings/" + handling + "/evidence/" + signature()))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(SIGNATURE))
                        .header("Authorization", "Bearer " + token)
                        .header("X-Evidence-Kind", "SIGNATURE")
                        .header("Content-Type", "application/octet-stream"),
                this::signIn);
    }
}
