package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The portals' own programs that speak to the hub's portal API: a token, then what the citizen wants. Who says something
 * twice says it under one idempotency key.
 */
@Component
class PortalClient {

    private static final Map<Twin, String> LOGINS = Map.of(
            Twin.DVCQG, Hub.basic("portal-dvcqg", "sandbox-portal-secret"),
            Twin.OPENCPS, Hub.basic("portal-opencps", "sandbox-opencps-secret"),
            Twin.WEBHOOK, Hub.basic("portal-webhook", "whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA=="));

    private record Word(Twin portal, String path, String key, JsonNode body) {}

    private final Hub hub;
    private final Manners manners;
    private final Map<Twin, HeldBack<Word>> heldBack = new ConcurrentHashMap<>();

    PortalClient(Hub hub, Manners manners) {
        this.hub = hub;
        this.manners = manners;
    }

    /** Those that speak for citizens. */
    static Optional<Twin> portal(String id) {
        return Twin.named(id).filter(LOGINS::containsKey);
    }

    /** Asks for what the citizen wants. The dossier's code is the key: filed once, asked once. */
    Hub.Answer request(Twin portal, String code, JsonNode request) {
        return say(new Word(portal, "/requests", "filing-" + code, request));
    }

    Hub.Answer changeAddress(Twin portal, JsonNode change) {
        return say(new Word(portal, "/dossiers/address-change", "move-" + UUID.randomUUID(), change));
    }

    Hub.Answer cancel(Twin portal, JsonNode cancellation) {
        return say(new Word(portal, "/dossiers/cancellation", "cancel-" + UUID.randomUUID(), cancellation));
    }

    /** @return what the hub answered; 202 with {@code {}} when it is {@linkplain HeldBack held back} */
    private Hub.Answer say(Word word) {
        HeldBack<Word> back = heldBack.computeIfAbsent(word.portal, portal -> new HeldBack<>(this::send));
        Manners.Mode mode = manners.whenSaying(word.portal);
        if (mode == Manners.Mode.OUT_OF_ORDER && back.keep(word)) {
            return new Hub.Answer(202, "{}");
        }
        if (mode == Manners.Mode.DUPLICATE) {
            send(word);
        }
        Hub.Answer answer = send(word);
        back.letGo();
        return answer;
    }

    private Hub.Answer send(Word word) {
        return hub.post(
                "/api/portal/v1" + word.path,
                Map.of(
                        "Authorization",
                        bearer(word.portal),
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        word.key),
                word.body.toString());
    }

    /** The five facts of a dossier filed on the national portal, as the hub tells them. */
    Hub.Answer facts(String code) {
        return hub.get(
                "/api/portal/v1/dossiers/" + URLEncoder.encode(code, StandardCharsets.UTF_8),
                Map.of("Authorization", bearer(Twin.DVCQG)));
    }

    private String bearer(Twin portal) {
        Hub.Answer answer = hub.post(
                "/oauth2/token",
                Map.of(
                        "Authorization",
                        LOGINS.getOrDefault(portal, ""),
                        "Content-Type",
                        "application/x-www-form-urlencoded"),
                "grant_type=client_credentials");
        return "Bearer " + answer.json().path("access_token").asText();
    }
}
