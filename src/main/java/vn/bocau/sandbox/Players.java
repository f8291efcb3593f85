package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Whoever comes next in a dossier's journey, for a newcomer who plays all of them: the postal worker of Đông Hà by the
 * phones' interface, the provincial centre by SOAP. Each act gives the portal one step more.
 */
@Component
class Players {

    /** What happens in turn; the portal's steps count how far it is. */
    static final List<String> ACTS = List.of(
            "PICKUP_ACCEPTED",
            "COLLECTED",
            "HANDED_TO_AGENCY",
            "confirmReceipt",
            "dispatchResults",
            "RESULT_COLLECTED",
            "OUT_FOR_DELIVERY",
            "DELIVERED");

    private static final String DEVICE = "sandbox-phone";
    private static final byte[] SIGNATURE = "[[[12,40],[18,22],[30,41]]]".getBytes(StandardCharsets.UTF_8);

    private final Hub hub;
    private final BackOffice office;
    private final DvcqgDossiers dossiers;
    private final Map<String, Integer> played = new ConcurrentHashMap<>();
    private final AtomicLong seq = new AtomicLong(System.currentTimeMillis());

    Players(Hub hub, BackOffice office, DvcqgDossiers dossiers) {
        this.hub = hub;
        this.office = office;
        this.dossiers = dossiers;
    }

    /** What comes next; null when the journey is over. */
    @Nullable
    String next(String code) {
        int done = Math.max(dossiers.steps(code).size(), played.getOrDefault(code, 0));
        return done < ACTS.size() && !dossiers.status(code).equals("10") ? ACTS.get(done) : null;
    }

    /** Does it. @return what went wrong, in the hub's words; null when nothing did */
    @Nullable
    String play(String code) {
        String act = next(code);
        if (act == null) {
            return null;
        }
        String wrong = act(code, act);
        if (wrong == null) {
            // The portal may hear of it later, when it is in trouble; nobody does it twice meanwhile.
            played.put(code, ACTS.indexOf(act) + 1);
        }
        return wrong;
    }

    private @Nullable String act(String code, String act) {
        return switch (act) {
            case "confirmReceipt" -> agency(act, dossier(code) + "<appointment>" + in3Days() + "</appointment>");
            case "dispatchResults" -> agency(act, "<result>" + dossier(code) + "</result>");
            default -> worker(code, act);
        };
    }

    private @Nullable String agency(String operation, String content) {
        ResponseEntity<String> answer = office.act(Json.write(Map.of("operation", operation, "content", content)));
        String said = String.valueOf(answer.getBody());
        return answer.getStatusCode().is2xxSuccessful() && !said.contains("REFUSED")
                ? null
                : said.replaceAll("<[^>]+>", " ");
    }

    private @Nullable String worker(String code, String act) {
        Map<String, String> signedIn =
                Map.of("Authorization", "Bearer " + signIn(), "Content-Type", "application/json");
        String kind = ACTS.indexOf(act) < 3 ? "PICKUP" : "RESULT";
        JsonNode stops = hub.get("/api/scan/v1/worklist", signedIn).json().path("stops");
        String item = null;
        for (JsonNode stop : stops) {
            if (stop.path("kind").asText().equals(kind) && stop.toString().contains("\"" + code + "\"")) {
                item = stop.path("item").asText();
            }
        }
        if (item == null) {
            return "Việc này không có trong danh sách của bưu tá Đông Hà (buu-ta): bưu cục khác phục vụ nơi này, hoặc chưa"
                    + " đến lượt. / It is not on the list of the worker of Đông Hà (buu-ta): another office serves that"
                    + " place, or it is not due yet.";
        }
        ObjectNode handling = handling(act, item);
        Hub.Answer answer = hub.post("/api/scan/v1/handlings", signedIn, batch(handling));
        JsonNode outcome = answer.json().path("handlings").path(0);
        if (!outcome.path("outcome").asText().equals("RECORDED")) {
            return outcome.path("reason").path("vi").asText(answer.text());
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

    private String signIn() {
        return hub.post(
                        "/api/scan/v1/sign-in",
                        Map.of("Content-Type", "application/json"),
                        Json.write(Map.of("user", "buu-ta", "password", "buu-ta-sandbox", "device", DEVICE)))
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

    private static String batch(ObjectNode handling) {
        ObjectNode batch = Json.object()
                .put("device", DEVICE)
                .put("sentAt", OffsetDateTime.now(ZoneOffset.UTC).toString());
        batch.putArray("handlings").add(handling);
        return batch.toString();
    }

    private static String dossier(String code) {
        return "<dossier>" + org.springframework.web.util.HtmlUtils.htmlEscape(code) + "</dossier>";
    }

    private static LocalDate in3Days() {
        return LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).plusDays(3);
    }

    private static String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SIGNATURE));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
