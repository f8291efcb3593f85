package vn.bocau.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.bocau.FreePort;
import vn.bocau.Scratch;
import vn.bocau.sandbox.Sandbox;
import vn.bocau.wire.http.OwnHub;

/** A whole hub and the sandbox's partners beside it, each on ports of its own; everything between them goes over the network. */
public final class World implements AutoCloseable {

    public static final Duration SOON = Duration.ofSeconds(20);

    private final OwnHub hub;
    private final ConfigurableApplicationContext sandbox;
    private final URI partners;
    private final Path folder = Scratch.folder("bocau-partners");

    public World() {
        this(Map.of(), Map.of());
    }

    /**
     * @param hubSettings on top of those of a test
     * @param sandboxSettings such as {@code session.seconds}
     * @param replacements beans that stand in for those of the hub
     */
    public World(Map<String, Object> hubSettings, Map<String, String> sandboxSettings, Class<?>... replacements) {
        int port = FreePort.any();
        partners = URI.create("http://localhost:" + port);
        Map<String, Object> all = new HashMap<>();
        all.put("bocau.sandbox.url", partners.toString());
        all.put("bocau.line.first-probe", "100ms");
        all.put("bocau.line.longest-hold", "500ms");
        all.put("bocau.relay.sweep", "100");
        all.putAll(hubSettings);
        hub = new OwnHub(all, replacements);
        Map<String, String> settings = new HashMap<>(sandboxSettings);
        settings.put("hub.url", hub.at("").toString());
        settings.put("hub.https", hub.overTls("").toString());
        sandbox = Sandbox.start(port, folder, settings);
    }

    public OwnHub hub() {
        return hub;
    }

    public URI at(String path) {
        return hub.at(path);
    }

    public URI sandbox(String path) {
        return partners.resolve(path);
    }

    public JdbcClient db() {
        return hub.db();
    }

    public Twin twin(String id) {
        return new Twin(partners, id);
    }

    public Worker worker(String user) {
        return new Worker(hub.at(""), user);
    }

    public Agency centre() {
        return Agency.province(hub.at(""));
    }

    /** A portal's way in. */
    public Http.Answer ask(String portal, String secret, String path, JsonNode asked) {
        Map<String, String> headers = new HashMap<>(portal(portal, secret));
        headers.put("Idempotency-Key", java.util.UUID.randomUUID().toString());
        return Http.post(hub.at("/api/portal/v1" + path), headers, asked);
    }

    public JsonNode facts(String code) {
        return Http.get(
                        hub.at("/api/portal/v1/dossiers/" + code),
                        Http.bearer(token("portal-dvcqg", "sandbox-portal-secret")))
                .ok();
    }

    Map<String, String> portal(String portal, String secret) {
        return Http.bearer(token(portal, secret));
    }

    private String token(String portal, String secret) {
        return Http.form(hub.at("/oauth2/token"), Http.basic(portal, secret), "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
    }

    /** A citizen files on the national portal, which asks the hub for what the citizen wants. */
    public Filed files(ObjectNode wish) {
        return files(wish, Filed.newCode());
    }

    /** @param code a stranger to the portal's one-stops when it does not look like one of theirs */
    Filed files(ObjectNode wish, String code) {
        var filed = new Filed(this, code);
        wish.withObject("/dossier")
                .putArray("codes")
                .addObject()
                .put("system", "dvcqg")
                .put("code", filed.code);
        ObjectNode filing = Http.JSON.createObjectNode().put("code", filed.code);
        filing.set("request", wish);
        Http.post(sandbox("/api/dvcqg/dossiers"), Map.of(), filing).ok();
        return filed;
    }

    @Override
    public void close() {
        sandbox.close();
        hub.close();
        Scratch.delete(folder);
    }
}
