package vn.bocau.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A postal worker with a phone, by the phones' interface alone. */
public final class Worker {

    private static final byte[] STROKES = "[[[12,40],[18,22],[30,41]]]".getBytes(StandardCharsets.UTF_8);
    private static final AtomicLong PHONES = new AtomicLong(System.nanoTime());

    private final URI api;
    private final String device = "phone-" + PHONES.incrementAndGet();
    private final Map<String, String> signedIn;
    private final AtomicLong seq = new AtomicLong();

    public Worker(URI hub, String user) {
        this.api = hub.resolve("/api/scan/v1/");
        JsonNode session = Http.post(
                        api.resolve("sign-in"),
                        Map.of(),
                        Map.of("user", user, "password", user + "-sandbox", "device", device))
                .ok();
        this.signedIn = Http.bearer(session.path("token").asText());
    }

    public List<JsonNode> worklist() {
        List<JsonNode> stops = new java.util.ArrayList<>();
        Http.get(api.resolve("worklist"), signedIn).ok().path("stops").forEach(stops::add);
        return stops;
    }

    /** @param more fields of the handling, such as reason or details */
    public ObjectNode handling(String code, String item, Map<String, Object> more) {
        ObjectNode handling = Http.JSON.createObjectNode();
        handling.put("id", UuidCreator.getTimeOrderedEpoch().toString())
                .put("seq", seq.incrementAndGet())
                .put("code", code)
                .put("item", item)
                .put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
        more.forEach((field, value) -> handling.set(field, Http.JSON.valueToTree(value)));
        return handling;
    }

    public JsonNode send(JsonNode... handlings) {
        Map<String, Object> batch = new HashMap<>();
        batch.put("device", device);
        batch.put("sentAt", Instant.now().toString());
        batch.put("handlings", List.of(handlings));
        return Http.post(api.resolve("handlings"), signedIn, batch).ok().path("handlings");
    }

    public void scans(String code, String item) {
        scans(code, item, Map.of());
    }

    public void scans(String code, String item, Map<String, Object> more) {
        JsonNode answer = send(handling(code, item, more)).path(0);
        if (!answer.path("outcome").asText().equals("RECORDED")) {
            throw new AssertionError(code + " → " + answer);
        }
    }

    /** Delivered with everything that proves it, signature included. */
    public void delivers(String item, int originals) {
        ObjectNode delivered = handling(
                "DELIVERED",
                item,
                Map.of(
                        "details",
                        Map.of(
                                "identity",
                                "MATCHED",
                                "signature",
                                sha256(),
                                "originalsTaken",
                                originals,
                                "feeCollected",
                                0,
                                "postageCollected",
                                0,
                                "relation",
                                "SELF")));
        JsonNode answer = send(delivered).path(0);
        if (!answer.path("outcome").asText().equals("RECORDED")) {
            throw new AssertionError("DELIVERED → " + answer);
        }
        Map<String, String> headers = new HashMap<>(signedIn);
        headers.put("X-Evidence-Kind", "SIGNATURE");
        Http.put(
                        api.resolve("handlings/" + delivered.path("id").asText() + "/evidence/" + sha256()),
                        headers,
                        "application/octet-stream",
                        STROKES)
                .ok();
    }

    private static String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(STROKES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
