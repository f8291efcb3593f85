package vn.bocau.wire.http;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import vn.bocau.BoCau;
import vn.bocau.FreePort;
import vn.bocau.Scratch;
import vn.bocau.embedded.DataTemplate;
import vn.bocau.wire.http.people.Passwords;

/** A hub of a test's own, for what would disturb the others: limits of its own, a database that goes away. */
public final class OwnHub implements AutoCloseable {

    private final ConfigurableApplicationContext hub;
    private final int http = FreePort.any();
    private final int https = FreePort.any();
    private final Path data;

    /**
     * @param settings on top of ports and folder
     * @param replacements beans that stand in for those of the hub
     */
    public OwnHub(Map<String, Object> settings, Class<?>... replacements) {
        data = Scratch.folder("bocau-doors");
        if (!settings.containsKey("bocau.db.url")) {
            DataTemplate.into(data);
        }
        Map<String, Object> all = new HashMap<>();
        all.put("bocau.data", data);
        all.put("bocau.http.port", http);
        all.put("bocau.https.port", https);
        all.put("bocau.sandbox.enabled", true);
        // Nobody listens there: a hub that somebody runs beside the tests has partners of its own.
        all.put("bocau.sandbox.url", "http://localhost:1");
        // The clock would tell citizens of it while a test counts what was told.
        all.put("bocau.notices.look", "1d");
        all.put("bocau.alerts.look", "1d");
        all.put("bocau.login.per-account", 1000);
        all.put("bocau.login.per-address", 100_000);
        all.put("spring.main.allow-bean-definition-overriding", replacements.length > 0);
        all.putAll(settings);
        hub = BoCau.hub()
                .sources(replacements)
                .initializers(context -> context.getBeanFactory().addBeanPostProcessor(new LightHashes()))
                .registerShutdownHook(true)
                .run(all.entrySet().stream()
                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new));
    }

    public URI at(String path) {
        return URI.create("http://localhost:" + http + path);
    }

    public URI overTls(String path) {
        return URI.create("https://localhost:" + https + path);
    }

    public Path data() {
        return data;
    }

    public JdbcClient db() {
        return hub.getBean(JdbcClient.class);
    }

    /** Of what another test left behind. The hub goes on meanwhile, and may hold what the other waits for: then once more. */
    public void empty(String tables) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(ConcurrencyFailureException.class)
                .until(() -> db().sql("truncate " + tables + " cascade").update() >= 0);
    }

    public <T> T bean(Class<T> type) {
        return hub.getBean(type);
    }

    public boolean has(Class<?> type) {
        return hub.getBeanNamesForType(type).length > 0;
    }

    public <T> T bean(String name, Class<T> type) {
        return hub.getBean(name, type);
    }

    @Override
    public void close() {
        hub.close();
        Scratch.delete(data);
    }

    /** A real password is dear to check on purpose, and programs send theirs with every request: thousands in the tests. */
    private static final class LightHashes implements BeanPostProcessor {

        private static final int CHEAPEST = 4;

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof PasswordEncoder)) {
                return bean;
            }
            var hashes = new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(CHEAPEST)));
            hashes.setDefaultPasswordEncoderForMatches(PasswordEncoderFactories.createDelegatingPasswordEncoder());
            return Passwords.canonical(hashes);
        }
    }
}
