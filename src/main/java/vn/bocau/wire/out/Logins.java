package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.standardwebhooks.Webhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;
import vn.bocau.wire.WebhookSecret;
import vn.bocau.wire.mapping.Mappings;

/**
 * How we say to partners who we are. A session or a token that lasts is asked for once and kept until the partner says
 * it has ended. A login that is refused is the line's trouble, not the message's: the line waits, and says why.
 */
@Component
final class Logins {

    /** A token is not used in its last seconds: it would end on the way. */
    private static final int MARGIN_SECONDS = 30;

    /** A partner may say any number. */
    private static final double LONGEST_LIFE_SECONDS = 86_400;

    private record Kept(Peer peer, String secret, Pass pass, Instant until) {

        /** Without what it holds. */
        @Override
        public String toString() {
            return "Kept until " + until;
        }
    }

    /** One login at a time for each partner, however many messages wait for it. */
    private static final class Slot {
        final ReentrantLock login = new ReentrantLock();
        final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();
    }

    private final Web web;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    Logins(Web web) {
        this.web = web;
    }

    Pass pass(Peer peer) {
        return switch (peer.dialect().login().kind()) {
            case NONE, USERNAME_TOKEN -> Pass.of(Map.of());
            case SECRET -> new Pass(Map.of(), peer.secret(), null);
            case BEARER -> Pass.of(bearer(peer));
            case BASIC -> Pass.of(Map.of("Authorization", basic(peer)));
            case KEY -> Pass.of(key(peer));
            case WEBHOOK -> new Pass(Map.of(), "", webhook(peer));
            case SESSION -> kept(peer);
            case OAUTH2 -> peer.dialect().login().perCall() ? token(peer).pass() : kept(peer);
        };
    }

    /** Whether a new login may help when the partner says ours has ended. */
    boolean renews(Peer peer) {
        Dialect.Login.Kind kind = peer.dialect().login().kind();
        return kind == Dialect.Login.Kind.SESSION || kind == Dialect.Login.Kind.OAUTH2;
    }

    /** This pass is not good any more; one that somebody renewed meanwhile stays. */
    void forget(Peer peer, Pass pass) {
        slot(peer).kept.updateAndGet(kept -> kept != null && kept.pass() == pass ? null : kept);
    }

    /** @throws Unavailable when it is refused, or somebody else's takes as long as one may take */
    private Pass kept(Peer peer) {
        Slot slot = slot(peer);
        Optional<Pass> known = good(slot, peer);
        if (known.isPresent()) {
            return known.get();
        }
        enter(slot, peer);
        try {
            Optional<Pass> meanwhile = good(slot, peer);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            Kept now = peer.dialect().login().kind() == Dialect.Login.Kind.SESSION ? session(peer) : token(peer);
            slot.kept.set(now);
            return now.pass();
        } finally {
            slot.login.unlock();
        }
    }

    private Optional<Pass> good(Slot slot, Peer peer) {
        return Optional.ofNullable(slot.kept.get())
                .filter(kept -> kept.peer().isSameAs(peer)
                        && kept.secret().equals(peer.secret())
                        && clock.instant().isBefore(kept.until()))
                .map(Kept::pass);
    }

    /** Not for ever: each that waited for those before it and then failed like them would hold its message the longer. */
    private static void enter(Slot slot, Peer peer) {
        try {
            if (!slot.login.tryLock(peer.readTimeout(), TimeUnit.MILLISECONDS)) {
                throw new Unavailable(
                        "partner-silent",
                        peer.id() + " không trả lời đăng nhập trong " + peer.readTimeout() + " ms",
                        peer.id() + " does not answer our login within " + peer.readTimeout() + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(
                    "not-running",
                    "bị ngắt khi đang đăng nhập vào " + peer.id(),
                    "interrupted while logging in to " + peer.id());
        }
    }

    private Slot slot(Peer peer) {
        return slots.computeIfAbsent(peer.id(), id -> new Slot());
    }

    private Kept session(Peer peer) {
        Dialect.Login terms = peer.dialect().login();
        JsonNode wish = peer.mappings()
                .json(
                        JsonNodeFactory.instance.objectNode(),
                        peer.dialect().name() + "/login.out.jslt",
                        Map.of(
                                "partner", Mappings.variable(peer.partner()),
                                "secret", TextNode.valueOf(peer.secret())));
        var blanks = new Blanks(peer, Map.of(), wish);
        URI address = peer.login(blanks.path(terms.path()));
        Map<String, String> headers = headers(Dialect.Content.JSON, blanks.headers(terms.headers()));
        Web.Answer answer = web.send(peer, new Web.Request("POST", address, headers, wish.toString()));
        String session =
                answer.success() ? Judge.json(peer, answer).at(terms.session()).asText("") : "";
        if (session.isBlank()) {
            throw refused(peer, answer);
        }
        return new Kept(peer, peer.secret(), new Pass(Map.of(), session, null), Instant.MAX);
    }

    /** OAuth2 client credentials. */
    private Kept token(Peer peer) {
        Dialect.Login terms = peer.dialect().login();
        var blanks = new Blanks(peer, Map.of(), JsonNodeFactory.instance.nullNode());
        Map<String, String> headers = headers(Dialect.Content.FORM, blanks.headers(terms.headers()));
        String body = "grant_type=client_credentials";
        if (terms.inBody()) {
            body += "&client_id=" + OverHttp.encode(user(peer)) + "&client_secret=" + OverHttp.encode(peer.secret());
        } else {
            headers.put("Authorization", basic(peer));
        }
        if (!terms.scope().isEmpty()) {
            body += "&scope=" + OverHttp.encode(blanks.text(terms.scope()));
        }
        var request = new Web.Request("POST", peer.login(blanks.path(terms.path())), headers, body);
        Web.Answer answer = web.send(peer, request);
        JsonNode said = answer.success() ? Judge.json(peer, answer) : JsonNodeFactory.instance.nullNode();
        String token = said.path("access_token").asText("");
        if (token.isBlank()) {
            throw refused(peer, answer);
        }
        Map<String, String> shown =
                Map.of("Authorization", said.path("token_type").asText("Bearer") + " " + token);
        double life = Math.min(said.path("expires_in").asDouble(0), LONGEST_LIFE_SECONDS);
        Instant until = clock.instant().plusSeconds((long) Math.max(life, 0) - MARGIN_SECONDS);
        return new Kept(peer, peer.secret(), new Pass(shown, token, null), until);
    }

    private static Unavailable refused(Peer peer, Web.Answer answer) {
        return refused(peer, "status " + answer.status());
    }

    /** @param how it said so: short, in no language, without its words */
    static Unavailable refused(Peer peer, String how) {
        return new Unavailable(
                "login-refused",
                peer.id() + " từ chối đăng nhập (" + how + "); hãy kiểm tra tài khoản, bí mật và settings",
                peer.id() + " refuses our login (" + how + "); check its user, its secret and its settings");
    }

    /** What the dialect says itself goes before, however it writes the name. */
    private static Map<String, String> headers(Dialect.Content content, Map<String, String> own) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", content.type);
        headers.put("Accept", Dialect.Content.JSON.type);
        headers.putAll(own);
        return headers;
    }

    private static Map<String, String> bearer(Peer peer) {
        if (!DialectCheck.isValue(peer.secret())) {
            throw Blanks.unfit(peer, "Authorization");
        }
        return Map.of("Authorization", "Bearer " + peer.secret());
    }

    private static String basic(Peer peer) {
        byte[] pair = (user(peer) + ":" + peer.secret()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String user(Peer peer) {
        return new Blanks(peer, Map.of(), JsonNodeFactory.instance.nullNode())
                .text(peer.dialect().login().user());
    }

    private static Map<String, String> key(Peer peer) {
        return new Blanks(peer, Map.of("secret", peer.secret()), JsonNodeFactory.instance.nullNode())
                .headers(peer.dialect().login().headers());
    }

    static Webhook webhook(Peer peer) {
        try {
            return WebhookSecret.signer(peer.secret());
        } catch (IllegalArgumentException wrong) {
            throw new Unavailable(
                    "secret-wrong",
                    "Bí mật của " + peer.id()
                            + " không phải bí mật webhook: cần whsec_ và Base64 của 24 đến 64 byte ngẫu" + " nhiên.",
                    "The secret of partner " + peer.id()
                            + " is no webhook secret (whsec_ and Base64 of 24 to 64 bytes): " + wrong.getMessage());
        }
    }
}
