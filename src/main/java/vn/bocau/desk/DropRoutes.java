package vn.bocau.desk;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.wire.Secrets;

/** Two routes for each partner with setting {@code drop}, from the templates in {@code routes/18}. */
@Component
class DropRoutes implements DisposableBean {

    /** Looks at once, and so connections to the database: a commune's slow server leaves the others theirs. */
    private static final int AT_ONCE = 3;

    private static final String POOL = "dropLooks";

    private final Directories directories;
    private final Secrets secrets;
    private final CamelContext camel;
    private final DropSettings settings;
    private final ScheduledExecutorService looks = Executors.newScheduledThreadPool(AT_ONCE);
    private final Map<String, Drop> open = new HashMap<>();
    private @Nullable Directory shown;
    private boolean ready;

    DropRoutes(Directories directories, Secrets secrets, CamelContext camel, DropSettings settings) {
        this.directories = directories;
        this.secrets = secrets;
        this.camel = camel;
        this.settings = settings;
        camel.getRegistry().bind(POOL, looks);
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() throws Exception {
        ready = true;
        follow();
    }

    @Scheduled(fixedDelay = 1000)
    synchronized void follow() throws Exception {
        Directory current = directories.current();
        if (!ready || current == shown) {
            return;
        }
        Map<String, Drop> wanted = new LinkedHashMap<>();
        current.partners()
                .forEach(partner ->
                        Drop.of(partner, settings.folder()).ifPresent(drop -> wanted.put(partner.id(), drop)));
        for (Drop known : Map.copyOf(open).values()) {
            if (!known.equals(wanted.get(known.partner()))) {
                close(known);
            }
        }
        for (Drop drop : wanted.values()) {
            if (!open.containsKey(drop.partner())) {
                open(drop);
            }
        }
        shown = current;
    }

    synchronized void open(Drop drop) throws Exception {
        Optional<String> options = options(drop);
        if (options.isEmpty()) {
            return;
        }
        for (String template : new String[] {"drop-in", "drop-taken"}) {
            TemplatedRouteBuilder.builder(camel, template)
                    .parameter("partner", drop.partner())
                    .parameter("agency", drop.agency())
                    .parameter("drop", drop.uri())
                    .parameter("look", String.valueOf(settings.look().toMillis()))
                    // What is only put aside is not fetched for that.
                    .parameter(
                            "options",
                            options.get()
                                    + (drop.server() != null && template.equals("drop-in") ? "&download=false" : ""))
                    .routeId(template + "." + drop.partner())
                    .add();
        }
        open.put(drop.partner(), drop);
    }

    synchronized void close(Drop drop) throws Exception {
        for (String template : new String[] {"drop-in", "drop-taken"}) {
            camel.getRouteController().stopRoute(template + "." + drop.partner());
            camel.removeRoute(template + "." + drop.partner());
        }
        open.remove(drop.partner());
    }

    /** @return nothing when its secret is not there; the check of its row has said so */
    private Optional<String> options(Drop drop) {
        Drop.Server server = drop.server();
        if (server == null) {
            return Optional.of("autoCreate=true");
        }
        return secrets.named(server.secret()).map(secret -> {
            String hosts = "dropHosts." + drop.partner();
            camel.getRegistry().bind(hosts, server.knownHosts());
            String common = "knownHosts=#" + hosts
                    + "&useUserKnownHostsFile=false&strictHostKeyChecking=yes&stepwise=false&streamDownload=true"
                    + "&throwExceptionOnConnectFailed=true&maximumReconnectAttempts=0&connectTimeout=10000"
                    + "&soTimeout=30000";
            if (secret.startsWith("-----BEGIN")) {
                String key = "dropKey." + drop.partner();
                camel.getRegistry().bind(key, (secret + "\n").getBytes(StandardCharsets.UTF_8));
                return common + "&preferredAuthentications=publickey&privateKey=#" + key;
            }
            // By reference: of a word with odd letters a log would mask the half.
            String password = "dropPassword." + drop.partner();
            camel.getRegistry().bind(password, secret);
            return common + "&preferredAuthentications=password&password=#bean:" + password;
        });
    }

    @Override
    public void destroy() {
        looks.shutdownNow();
    }
}
