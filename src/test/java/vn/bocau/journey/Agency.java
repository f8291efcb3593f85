package vn.bocau.journey;

import com.github.f4b6a3.uuid.UuidCreator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;

/** An agency's back office: a SOAP client with WS-Security, written by hand so that it can also be wrong on purpose. */
public final class Agency {

    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String DIGEST =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";

    private static final String BASE64 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

    private final URI endpoint;
    private final String user;
    private final String secret;

    public Agency(URI hub, String user, String secret) {
        this.endpoint = hub.resolve("/ws/agency");
        this.user = user;
        this.secret = secret;
    }

    /** The sandbox's provincial centre. */
    public static Agency province(URI hub) {
        return new Agency(hub, "trung-tam-hcc", "sandbox-soap-secret");
    }

    /** Says something and gives back what the service answered, fault or not. */
    public Http.Answer says(String body) {
        return send(envelope(security(Instant.now(), nonce()), body));
    }

    /** Says something that must be accepted. */
    public String succeeds(String operation, String content) {
        Http.Answer answer = says(request(operation, newRequestId(), content));
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.text();
    }

    public Http.Answer send(String envelope) {
        return Http.xml(endpoint, Map.of("SOAPAction", "\"\""), envelope);
    }

    public static String newRequestId() {
        return "req-" + UuidCreator.getTimeOrderedEpoch();
    }

    public static String request(String operation, String requestId, String content) {
        return "<a:" + operation + " xmlns:a=\"urn:bocau:agency:v1\" xmlns=\"urn:bocau:agency:v1\"><a:requestId>"
                + requestId + "</a:requestId>" + content + "</a:" + operation + ">";
    }

    public static String envelope(String security, String body) {
        return "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header>" + security
                + "</soap:Header><soap:Body>" + body + "</soap:Body></soap:Envelope>";
    }

    public static byte[] nonce() {
        byte[] nonce = new byte[16];
        new SecureRandom().nextBytes(nonce);
        return nonce;
    }

    public String security(Instant at, byte[] nonce) {
        String created = at.truncatedTo(ChronoUnit.MILLIS).toString();
        String expires = at.plusSeconds(300).truncatedTo(ChronoUnit.MILLIS).toString();
        return "<wsse:Security soap:mustUnderstand=\"1\" xmlns:wsse=\"" + WSSE + "\" xmlns:wsu=\"" + WSU + "\">"
                + "<wsu:Timestamp><wsu:Created>" + created + "</wsu:Created><wsu:Expires>" + expires
                + "</wsu:Expires></wsu:Timestamp><wsse:UsernameToken><wsse:Username>" + user
                + "</wsse:Username><wsse:Password Type=\"" + DIGEST + "\">" + digest(nonce, created)
                + "</wsse:Password><wsse:Nonce EncodingType=\"" + BASE64 + "\">"
                + Base64.getEncoder().encodeToString(nonce)
                + "</wsse:Nonce><wsu:Created>" + created + "</wsu:Created></wsse:UsernameToken></wsse:Security>";
    }

    /** UsernameToken profile 1.0: Base64(SHA-1(nonce + created + password)). */
    private String digest(byte[] nonce, String created) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(nonce);
            sha1.update(created.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha1.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
