package vn.bocau.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Every door of one hub, spoken to by who has the right credentials, with whatever the caller wants to say. */
final class Doors {

    /** The citizen of these tests: told to the hub again and again, and never to be read anywhere but in a body. */
    static final String NAME = "Đoàn Thị Kín";

    static final String PHONE = "0987001002";
    static final String STREET = "7 ngõ Vắng";

    /** Stands in a body for half a character, which only an escape can write. */
    static final String HALF = "@HALF@";

    private static final AtomicLong COUNTER = new AtomicLong(System.nanoTime());

    private final World world;
    private final Map<String, String> portal;

    Doors(World world) {
        this.world = world;
        this.portal = portal("portal-dvcqg", "sandbox-portal-secret");
    }

    /** A phone that has signed in. */
    record Phone(String device, Map<String, String> token) {}

    Phone phone(String user) {
        String device = "phone-" + COUNTER.incrementAndGet();
        JsonNode session = Http.post(
                        world.at("/api/scan/v1/sign-in"),
                        Map.of(),
                        Map.of("user", user, "password", user + "-sandbox", "device", device))
                .ok();
        return new Phone(device, Http.bearer(session.path("token").asText()));
    }

    Map<String, String> portal(String client, String secret) {
        return Http.bearer(
                Http.form(world.at("/oauth2/token"), Http.basic(client, secret), "grant_type=client_credentials")
                        .ok()
                        .path("access_token")
                        .asText());
    }

    Http.Answer signIn(Object body) {
        return post("/api/scan/v1/sign-in", Map.of(), bytes(body));
    }

    Http.Answer handlings(Phone phone, Object body) {
        return post("/api/scan/v1/handlings", phone.token(), bytes(body));
    }

    Http.Answer evidence(Phone phone, String handling, String sha256, String kind, byte[] content) {
        Map<String, String> headers = new HashMap<>(phone.token());
        if (!kind.isEmpty()) {
            headers.put("X-Evidence-Kind", kind);
        }
        return Http.put(
                world.at("/api/scan/v1/handlings/" + handling + "/evidence/" + sha256),
                headers,
                "application/octet-stream",
                content);
    }

    Http.Answer portal(String path, Object body) {
        return portal(portal, path, UUID.randomUUID().toString(), body);
    }

    Http.Answer portal(Map<String, String> who, String path, String key, Object body) {
        Map<String, String> headers = new HashMap<>(who);
        headers.put("Idempotency-Key", key);
        return post("/api/portal/v1" + path, headers, bytes(body));
    }

    Http.Answer look(String query) {
        return Http.get(world.at("/api/portal/v1/dossiers" + query), portal);
    }

    /** Says the agreed token, and no content type, as many one-stops do. */
    Http.Answer oneStop(String path, Object body) {
        return Http.send(
                "POST", world.at("/ngsp/apiVNPostNGSP/p1.0" + path), Http.bearer("sandbox-static-token"), bytes(body));
    }

    Http.Answer agency(String operation, String requestId, String content) {
        return world.centre().says(Agency.request(operation, requestId, content));
    }

    Http.Answer ops(String method, String path, Object body) {
        Map<String, String> headers = new HashMap<>(Http.basic("truc-ca", "truc-ca-sandbox"));
        headers.put("Content-Type", "application/json");
        return Http.send(method, world.at("/api/ops/v1" + path), headers, bytes(body));
    }

    Http.Answer post(String path, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new HashMap<>(headers);
        all.putIfAbsent("Content-Type", "application/json");
        return Http.send("POST", world.at(path), all, body);
    }

    /** How many rows there are of everything anybody could leave. */
    Map<String, Long> rows() {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : new String[] {
            "message",
            "dossier",
            "dossier_code",
            "leg",
            "handling",
            "evidence",
            "progress",
            "device_session",
            // What was refused is recorded; what was done must not be.
            "audit where outcome = 'DONE' and kind <> 'PAGE'",
            "account"
        }) {
            rows.put(
                    table,
                    world.db()
                            .sql("select count(*) from " + table)
                            .query(Long.class)
                            .single());
        }
        return rows;
    }

    static byte[] bytes(Object body) {
        return body instanceof byte[] bytes
                ? bytes
                : body.toString().replace(HALF, "\\ud800").getBytes(StandardCharsets.UTF_8);
    }

    static ObjectNode batch(Phone phone, ObjectNode... handlings) {
        ObjectNode batch = Http.JSON
                .createObjectNode()
                .put("device", phone.device())
                .put("sentAt", Instant.now().toString());
        batch.putArray("handlings").addAll(java.util.List.of(handlings));
        return batch;
    }

    static ObjectNode handling(String code, String item) {
        return Http.JSON
                .createObjectNode()
                .put("id", UuidCreator.getTimeOrderedEpoch().toString())
                .put("seq", COUNTER.incrementAndGet() % 1_000_000_000)
                .put("code", code)
                .put("item", item)
                .put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
    }

    /** What {@link Filed#both} asks for, under a new code and for the citizen of these tests. */
    static ObjectNode wish(String commune) {
        ObjectNode wish = Filed.both(commune);
        wish.withObject("/dossier").putArray("codes").addObject().put("code", newCode());
        wish.withObject("/pickup").set("sender", party(commune));
        wish.withObject("/result").set("receiver", party(commune));
        return wish;
    }

    static String newCode() {
        return "H50-BAD-" + Long.toString(COUNTER.incrementAndGet(), 36);
    }

    static ObjectNode party(String commune) {
        ObjectNode party = Http.JSON.createObjectNode().put("name", NAME).put("phone", PHONE);
        party.putObject("address").put("commune", commune).put("street", STREET);
        return party;
    }

    /** From the sandbox's one-stop to the citizen of these tests. */
    static ObjectNode order(String number) {
        ObjectNode order = Http.JSON
                .createObjectNode()
                .put("CustomerCode", "QTI-TTHCC")
                .put("OrderNumber", number)
                .put("CODAmount", 0.0)
                .put("SenderDesc", "Mã hồ sơ: " + number + "||Tên dịch vụ: Trả hồ sơ tại nhà")
                .putNull("Description");
        order.put("SenderProvince", 52)
                .put("SenderDistrict", 5210)
                .put("SenderAddress", "Đông Hà")
                .put("SenderName", "Trung tâm Phục vụ hành chính công tỉnh Quảng Trị")
                .put("SenderTel", "02330000100");
        return order.put("ReceiverProvince", 52)
                .put("ReceiverDistrict", 5210)
                .put("ReceiverAddress", STREET)
                .put("ReceiverName", NAME)
                .put("ReceiverTel", PHONE);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
