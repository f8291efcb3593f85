package vn.bocau.prove;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** One caller at each of the public doors: a portal, a one-stop, an agency's back office. */
final class Doors {

    private static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    private static final int NONCE = 16;
    private static final int GOOD_FOR_SECONDS = 300;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Talk talk;
    private String portalToken = "";
    private String oneStopToken = "";

    Doors(Talk talk) {
        this.talk = talk;
    }

    /** @param key the same for each time it is said */
    Talk.Answer portal(String key, String request) {
        return portal("/api/portal/v1/requests", key, request);
    }

    /** That a fee was paid on the portal after all. */
    Talk.Answer payment(String key, String payment) {
        return portal("/api/portal/v1/dossiers/payment", key, payment);
    }

    private Talk.Answer portal(String path, String key, String request) {
        return talk.say(
                "portal",
                hub -> Talk.post(
                        hub.resolve(path),
                        Map.of(
                                "Authorization",
                                "Bearer " + portalToken,
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                key),
                        request),
                () -> portalToken = token("/oauth2/token", "portal-dvcqg", "sandbox-portal-secret"));
    }

    Talk.Answer order(String order) {
        return talk.say(
                "N-GSP",
                hub -> Talk.post(
                        hub.resolve("/ngsp/apiVNPostNGSP/p1.0/order/post"),
                        Map.of("Authorization", "Bearer " + oneStopToken),
                        order),
                this::renewOneStop);
    }

    /** A page of the feed behind a cursor. */
    Talk.Answer feed(String cursor) {
        return talk.say(
                "N-GSP feed",
                hub -> HttpRequest.newBuilder(
                                hub.resolve("/ngsp/apiVNPostNGSP/p1.0/order/tracking?pagesize=100&lastId=" + cursor))
                        .header("Authorization", "Bearer " + oneStopToken),
                this::renewOneStop);
    }

    private void renewOneStop() {
        oneStopToken = token("/ngsp/token", "sandbox-key", "sandbox-secret");
    }

    private String token(String path, String user, String secret) {
        return talk.say(
                        "token",
                        hub -> Talk.post(
                                hub.resolve(path),
                                Map.of(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(
                                                                (user + ":" + secret).getBytes(StandardCharsets.UTF_8)),
                                        "Content-Type",
                                        "application/x-www-form-urlencoded"),
                                "grant_type=client_credentials"),
                        () -> {})
                .json()
                .path("access_token")
                .asText();
    }

    /**
     * By SOAP, each time in an envelope of its own. A fault is said again: our clocks may differ, or the hub be in trouble.
     *
     * @param requestId the same for each time it is said
     */
    Talk.Answer agency(String operation, String requestId, String content) {
        String body = "<a:" + operation + " xmlns:a=\"urn:bocau:agency:v1\" xmlns=\"urn:bocau:agency:v1\"><a:requestId>"
                + requestId + "</a:requestId>" + content + "</a:" + operation + ">";
        return talk.say("SOAP", hub -> envelope(hub, body), () -> {}, Talk.Answer::good);
    }

    private static HttpRequest.Builder envelope(URI hub, String body) {
        return Talk.post(
                hub.resolve("/ws/agency"),
                Map.of("Content-Type", "text/xml; charset=utf-8", "SOAPAction", "\"\""),
                "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header>"
                        + security("trung-tam-hcc", "sandbox-soap-secret") + "</soap:Header><soap:Body>" + body
                        + "</soap:Body></soap:Envelope>");
    }

    /** UsernameToken profile 1.0: Base64(SHA-1(nonce + created + password)). */
    private static String security(String user, String secret) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        MessageDigest sha1 = digest("SHA-1");
        sha1.update(nonce);
        sha1.update(now.toString().getBytes(StandardCharsets.UTF_8));
        String proof = Base64.getEncoder().encodeToString(sha1.digest(secret.getBytes(StandardCharsets.UTF_8)));
        return "<wsse:Security soap:mustUnderstand=\"1\" xmlns:wsse=\"" + WSS
                + "wssecurity-secext-1.0.xsd\" xmlns:wsu=\"" + WSS + "wssecurity-utility-1.0.xsd\"><wsu:Timestamp>"
                + "<wsu:Created>" + now + "</wsu:Created><wsu:Expires>" + now.plusSeconds(GOOD_FOR_SECONDS)
                + "</wsu:Expires></wsu:Timestamp><wsse:UsernameToken><wsse:Username>" + user
                + "</wsse:Username><wsse:Password Type=\"" + WSS + "username-token-profile-1.0#PasswordDigest\">"
                + proof
                + "</wsse:Password><wsse:Nonce EncodingType=\"" + WSS + "soap-message-security-1.0#Base64Binary\">"
                + Base64.getEncoder().encodeToString(nonce) + "</wsse:Nonce><wsu:Created>" + now
                + "</wsu:Created></wsse:UsernameToken></wsse:Security>";
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** RFC 9562, version 7, as a phone makes it. */
    static UUID uuid7() {
        long time = System.currentTimeMillis() << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        return new UUID(time, RANDOM.nextLong() >>> 2 | 1L << 63);
    }
}
