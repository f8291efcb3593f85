package vn.bocau.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import vn.bocau.code.Sha256;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;

/** Somebody of the post on a device of their own, by the phones' interface alone. */
record Person(OwnHub hub, String user, String device, Map<String, String> token) {

    private static final AtomicLong DEVICES = new AtomicLong();

    /** An account beside the sandbox's, of any role of the post. */
    static void account(OwnHub hub, String name, String role, String office, boolean enabled) {
        hub.db()
                .sql("insert into account (name, password, role, office, enabled)"
                        + " values (:name, :password, :role, :office, :enabled)")
                .param("name", name)
                .param("password", "{noop}" + name + "-sandbox")
                .param("role", role)
                .param("office", office)
                .param("enabled", enabled)
                .update();
    }

    static Person signIn(OwnHub hub, String user) {
        return signIn(hub, user, "person-" + DEVICES.incrementAndGet());
    }

    static Person signIn(OwnHub hub, String user, String device) {
        Http.Answer answer = Http.post(
                hub.at("/api/scan/v1/sign-in"),
                Map.of(),
                Map.of("user", user, "password", user + "-sandbox", "device", device));
        return new Person(
                hub, user, device, Http.bearer(answer.ok().path("token").asText()));
    }

    Http.Answer get(String path) {
        return Http.get(hub.at("/api/scan/v1" + path), token);
    }

    Http.Answer post(String path, Object body) {
        return Http.post(hub.at("/api/scan/v1" + path), token, body);
    }

    Http.Answer put(String path, ObjectNode body) {
        return Http.put(
                hub.at("/api/scan/v1" + path),
                token,
                "application/json",
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    UUID openShift() {
        UUID shift = UuidCreator.getTimeOrderedEpoch();
        put(
                        "/shifts/" + shift,
                        Office.JSON
                                .createObjectNode()
                                .put("openedAt", Instant.now().toString())
                                .put("firstSeq", 1))
                .ok();
        return shift;
    }

    /** @param counted đồng in a shift in which nothing was done */
    void closeShift(UUID shift, long counted) {
        post(
                        "/shifts/" + shift + "/close",
                        Map.of("closedAt", Instant.now().toString(), "lastSeq", 0, "counted", counted, "refused", 0))
                .ok();
    }

    Http.Answer prove(ObjectNode handling, String kind, byte[] content) {
        Map<String, String> headers = new HashMap<>(token);
        headers.put("X-Evidence-Kind", kind);
        return Http.put(
                hub.at("/api/scan/v1/handlings/" + handling.path("id").asText() + "/evidence/" + Sha256.hex(content)),
                headers,
                "application/octet-stream",
                content);
    }

    static ObjectNode handling(long seq, String code, String item) {
        return Office.JSON
                .createObjectNode()
                .put("id", UuidCreator.getTimeOrderedEpoch().toString())
                .put("seq", seq)
                .put("code", code)
                .put("item", item)
                .put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
    }

    Http.Answer handle(ObjectNode... handlings) {
        ObjectNode batch = Office.JSON.createObjectNode();
        batch.put("device", device).put("sentAt", Instant.now().toString());
        batch.putArray("handlings").addAll(List.of(handlings));
        return post("/handlings", batch);
    }
}
