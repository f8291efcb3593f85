package vn.bocau.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A postal worker of Đông Hà with a phone: signs in, looks at the worklist, scans. */
final class PostalWorker {

    private static final String DEVICE = "demo-phone-" + Long.toHexString(System.currentTimeMillis());
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Outside outside;
    private final URI api;
    private final Map<String, String> signedIn;
    private long seq;

    PostalWorker(Outside outside, URI hub) {
        this.outside = outside;
        this.api = hub.resolve("/api/scan/v1/");
        JsonNode session = outside.post(
                api.resolve("sign-in"),
                Map.of(),
                Map.of("user", "buu-ta", "password", "buu-ta-sandbox", "device", DEVICE));
        this.signedIn =
                Map.of("Authorization", "Bearer " + session.path("token").asText());
    }

    /** The item of a dossier's leg, as the worklist shows it. */
    String itemOf(String dossier, String kind) {
        for (JsonNode stop : outside.get(api.resolve("worklist"), signedIn).path("stops")) {
            if (stop.path("kind").asText().equals(kind) && stop.toString().contains("\"" + dossier + "\"")) {
                return stop.path("item").asText();
            }
        }
        throw new Outside.Stopped(
                new Said(
                        "danh sách việc của bưu tá không có chặng " + kind + " của " + dossier + ".",
                        "the worklist shows no " + kind + " of " + dossier + "."),
                Outside.Stopped.LOOK);
    }

    String scan(String code, String item, Map<String, Object> details) {
        String id = uuid7().toString();
        Map<String, Object> handling = new HashMap<>(Map.of(
                "id",
                id,
                "seq",
                ++seq,
                "code",
                code,
                "item",
                item,
                "occurredAt",
                OffsetDateTime.now(ZoneOffset.ofHours(7)).toString(),
                "details",
                details));
        JsonNode answer = outside.post(
                        api.resolve("handlings"),
                        signedIn,
                        Map.of("device", DEVICE, "sentAt", Instant.now().toString(), "handlings", List.of(handling)))
                .path("handlings")
                .path(0);
        if (!answer.path("outcome").asText().equals("RECORDED")) {
            throw new Outside.Stopped(
                    new Said("không ghi được " + code + ": " + answer, code + " was not recorded: " + answer),
                    Outside.Stopped.LOOK);
        }
        return id;
    }

    void bring(String handling, byte[] signature) {
        Map<String, String> headers = new HashMap<>(signedIn);
        headers.put("X-Evidence-Kind", "SIGNATURE");
        headers.put("Content-Type", "application/octet-stream");
        outside.put(api.resolve("handlings/" + handling + "/evidence/" + sha256(signature)), headers, signature);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** RFC 9562, version 7: 48 bits of time, the rest chance. As a phone makes it. */
    private static UUID uuid7() {
        long time = System.currentTimeMillis() << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        return new UUID(time, RANDOM.nextLong() >>> 2 | 1L << 63);
    }
}
