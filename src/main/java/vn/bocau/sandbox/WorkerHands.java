package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A postal worker of ours with a phone: signs in, looks at the worklist, scans. */
@Component
class WorkerHands {

    private static final byte[] SIGNATURE = "[[[12,40],[18,22],[30,41]]]".getBytes(StandardCharsets.UTF_8);

    private final Hub hub;
    private final AtomicLong seq = new AtomicLong(System.currentTimeMillis());

    WorkerHands(Hub hub) {
        this.hub = hub;
    }

    /** @return what went wrong; null when nothing did */
    @Nullable
    Problem act(String worker, String code, String act, boolean fetching) {
        String device = "sandbox-" + worker;
        Map<String, String> signedIn =
                Map.of("Authorization", "Bearer " + signIn(worker, device), "Content-Type", "application/json");
        String item = item(code, fetching ? "PICKUP" : "RESULT", signedIn);
        if (item == null) {
            return Problem.of("play.worker.none", worker);
        }
        ObjectNode handling = handling(act, item);
        Hub.Answer answer = hub.post("/api/scan/v1/handlings", signedIn, batch(device, handling));
        JsonNode outcome = answer.json().path("handlings").path(0);
        if (!outcome.path("outcome").asText().equals("RECORDED")) {
            JsonNode reason = outcome.path("reason");
            return Problem.said(
                    reason.path("vi").asText(answer.text()), reason.path("en").asText(answer.text()));
        }
        if (act.equals("DELIVERED")) {
            hub.put(
                    "/api/scan/v1/handlings/" + handling.path("id").asText() + "/evidence/" + sha256(),
                    Map.of(
                            "Authorization", signedIn.getOrDefault("Authorization", ""),
                            "Content-Type", "application/octet-stream",
                            "X-Evidence-Kind", "SIGNATURE"),
                    SIGNATURE);
        }
        return null;
    }

    private @Nullable String item(String code, String kind, Map<String, String> signedIn) {
        String item = null;
        for (JsonNode stop : hub.get("/api/scan/v1/worklist", signedIn).json().path("stops")) {
            if (stop.path("kind").asText().equals(kind) && stop.toString().contains("\"" + code + "\"")) {
                item = stop.path("item").asText();
            }
        }
        return item;
    }

    private String signIn(String worker, String device) {
        return hub.post(
                        "/api/scan/v1/sign-in",
                        Map.of("Content-Type", "application/json"),
                        Json.write(Map.of("user", worker, "password", worker + "-sandbox", "device", device)))
                .json()
                .path("token")
                .asText();
    }

    private ObjectNode handling(String act, String item) {
        ObjectNode handling = Json.object()
                .put("id", UuidCreator.getTimeOrderedEpoch().toString())
                .put("seq", seq.incrementAndGet())
                .put("code", act)
                .put("item", item)
                .put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
        ObjectNode details =
                handling.putObject("details").put("feeCollected", 0).put("postageCollected", 0);
        if (act.equals("DELIVERED")) {
            details.put("identity", "MATCHED")
                    .put("signature", sha256())
                    .put("originalsTaken", 1)
                    .put("relation", "SELF");
        }
        return handling;
    }

    private static String batch(String device, ObjectNode handling) {
        ObjectNode batch = Json.object()
                .put("device", device)
                .put("sentAt", OffsetDateTime.now(ZoneOffset.UTC).toString());
        batch.putArray("handlings").add(handling);
        return batch.toString();
    }

    private static String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SIGNATURE));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
