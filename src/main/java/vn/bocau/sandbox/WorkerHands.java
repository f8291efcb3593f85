package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Postal workers of ours with their phones: sign in, look at the worklist, scan. The citizen's office fetches and
 * delivers; what the centre gets and gives goes through the hands of its own office, Đông Hà.
 */
@Component
class WorkerHands {

    private static final String AT_THE_CENTRE = "buu-ta";
    private static final Set<String> THERE = Set.of("HANDED_TO_AGENCY", "RESULT_COLLECTED");
    private static final Set<String> PAID = Set.of("COLLECTED", "DELIVERED");
    private static final byte[] SIGNATURE = "[[[12,40],[18,22],[30,41]]]".getBytes(StandardCharsets.UTF_8);

    private final Hub hub;
    private final AtomicLong seq = new AtomicLong(System.currentTimeMillis());

    WorkerHands(Hub hub) {
        this.hub = hub;
    }

    /**
     * @param worker of the citizen's office
     * @return what went wrong; null when nothing did
     */
    @Nullable
    Problem act(String worker, String code, String act, boolean fetching) {
        String kind = fetching ? "PICKUP" : "RESULT";
        String hands = THERE.contains(act) ? AT_THE_CENTRE : worker;
        Map<String, String> signedIn = signedIn(hands);
        JsonNode stop = stop(code, kind, signedIn);
        List<String> acts = new ArrayList<>(List.of(act));
        if (stop == null) {
            // It lies at the other office yet: it comes with the mail, and is received first.
            stop = stop(code, kind, signedIn(hands.equals(worker) ? AT_THE_CENTRE : worker));
            acts.add(0, "FACILITY_IN");
        }
        if (stop == null) {
            return Problem.of("play.worker.none", hands);
        }
        ObjectNode batch = batch(hands);
        ArrayNode handlings = batch.putArray("handlings");
        for (String each : acts) {
            handlings.add(handling(each, stop));
        }
        Hub.Answer answer = hub.post("/api/scan/v1/handlings", signedIn, batch.toString());
        for (JsonNode outcome : answer.json().path("handlings")) {
            if (!outcome.path("outcome").asText().equals("RECORDED")) {
                JsonNode reason = outcome.path("reason");
                return Problem.said(
                        reason.path("vi").asText(answer.text()),
                        reason.path("en").asText(answer.text()));
            }
        }
        if (act.equals("DELIVERED")) {
            String delivery = handlings.get(handlings.size() - 1).path("id").asText();
            hub.put(
                    "/api/scan/v1/handlings/" + delivery + "/evidence/" + sha256(),
                    Map.of(
                            "Authorization", signedIn.getOrDefault("Authorization", ""),
                            "Content-Type", "application/octet-stream",
                            "X-Evidence-Kind", "SIGNATURE"),
                    SIGNATURE);
        }
        return null;
    }

    private static String device(String worker) {
        return "sandbox-" + worker;
    }

    private @Nullable JsonNode stop(String code, String kind, Map<String, String> signedIn) {
        JsonNode found = null;
        for (JsonNode stop : hub.get("/api/scan/v1/worklist", signedIn).json().path("stops")) {
            if (stop.path("kind").asText().equals(kind) && stop.toString().contains("\"" + code + "\"")) {
                found = stop;
            }
        }
        return found;
    }

    private Map<String, String> signedIn(String worker) {
        String token = hub.post(
                        "/api/scan/v1/sign-in",
                        Map.of("Content-Type", "application/json"),
                        Json.write(Map.of("user", worker, "password", worker + "-sandbox", "device", device(worker))))
                .json()
                .path("token")
                .asText();
        return Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
    }

    /** Whoever is paid at a door is paid what is due there, and hands on what is held. */
    private ObjectNode handling(String act, JsonNode stop) {
        ObjectNode handling = Json.object()
                .put("id", UuidCreator.getTimeOrderedEpoch().toString())
                .put("seq", seq.incrementAndGet())
                .put("code", act)
                .put("item", stop.path("item").asText())
                .put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
        boolean paid = PAID.contains(act);
        ObjectNode details = handling.putObject("details")
                .put("feeCollected", paid ? stop.path("feeDue").asLong() : 0)
                .put("postageCollected", paid ? stop.path("postageDue").asLong() : 0)
                .put("codCollected", paid ? stop.path("codDue").asLong() : 0);
        if (paid && stop.has("codPayeeId")) {
            details.put("codPayee", stop.path("codPayeeId").asText());
        }
        if (act.equals("HANDED_TO_AGENCY")) {
            details.put("feeRemitted", stop.path("feeHeld").asLong());
        }
        if (act.equals("DELIVERED")) {
            details.put("identity", "MATCHED")
                    .put("signature", sha256())
                    .put("originalsTaken", 1)
                    .put("relation", "SELF");
        }
        return handling;
    }

    private static ObjectNode batch(String worker) {
        return Json.object()
                .put("device", device(worker))
                .put("sentAt", OffsetDateTime.now(ZoneOffset.UTC).toString());
    }

    private static String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SIGNATURE));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
