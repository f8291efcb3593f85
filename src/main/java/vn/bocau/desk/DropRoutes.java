package vn.bocau.desk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.journal.Ticks;
import vn.bocau.wire.Secrets;

/** Some routes for each partner with setting {@code drop}, from the templates in {@code routes/18}. */
@Component
class DropRoutes implements DisposableBean {

    private static final List<String> KEPT = List.of("drop-done", "drop-refused");
    private static final List<String> TEMPLATES = List.of("drop-in", "drop-taken", "drop-done", "drop-refused");

    /** How often is looked for what is kept no more. */
    private static final Duration OLD = Duration.ofHours(1);

    /** A look that does not end is left to end by itself. */
    private static final int PATIENCE_SECONDS = 3;

    /** A drop that could not even be begun. */
    private static final String OPEN = "drop-open.";

    private final Directories directories;
    private final Secrets secrets;
    private final CamelContext camel;
    private final DropSettings settings;
    private final DropPolls polls;
    private final Map<String, Open> open = new HashMap<>();
    private @Nullable Directory shown;
    private boolean ready;

    /**
     * @param secret as it was then
     * @param looks its own: whoever trickles keeps nobody else's files waiting
     */
    private record Open(Drop drop, @Nullable String secret, ScheduledExecutorService looks) {}

    DropRoutes(Directories directories, Secrets secrets, CamelContext camel, DropSettings settings, DropPolls polls) {
        this.directories = directories;
        this.secrets = secrets;
        this.camel = camel;
        this.settings = settings;
        this.polls = polls;
        camel.getRegistry().bind("dropOld", new DropOld(settings.keep()));
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() {
        ready = true;
        follow();
    }

    /** Follows the partners' rows and their secrets. One that cannot be opened or closed keeps no other from it. */
    @Scheduled(fixedDelay = 1000, scheduler = Ticks.APART)
    synchronized void follow() {
        if (!ready) {
            return;
        }
        polls.tellOfLong();
        Directory current = directories.current();
        Map<String, Drop> wanted = new LinkedHashMap<>();
        current.partners()
                .forEach(partner ->
                        Drop.of(partner, settings.folder()).ifPresent(drop -> wanted.put(partner.id(), drop)));
        for (Open known : List.copyOf(open.values())) {
            Drop drop = known.drop();
            boolean another = current != shown && !drop.equals(wanted.get(drop.partner()));
            attempt(drop, () -> {
                if (another) {
                    close(drop);
                } else if (!Objects.equals(known.secret(), secret(drop))) {
                    close(drop);
                    open(drop);
                }
            });
        }
        for (Drop drop : wanted.values()) {
            if (!open.containsKey(drop.partner())) {
                attempt(drop, () -> open(drop));
            }
        }
        if (current != shown) {
            polls.keepOnly(wanted.keySet());
        }
        shown = current;
    }

    private interface Step {
        void take() throws Exception;
    }

    private void attempt(Drop drop, Step step) {
        try {
            step.take();
        } catch (Exception e) {
            polls.failed(OPEN + drop.partner(), e);
        }
    }

    private @Nullable String secret(Drop drop) {
        Drop.Server server = drop.server();
        return server == null ? null : secrets.named(server.secret()).orElse(null);
    }

    /** Whole, or not at all: what was begun is taken back, and the next look tries again. */
    synchronized void open(Drop drop) throws Exception {
        try {
            add(drop);
        } catch (Exception e) {
            close(drop);
            // For the trouble to be told.
            polls.watch(drop);
            throw e;
        }
    }

    private void add(Drop drop) throws Exception {
        String secret = secret(drop);
        if (drop.server() != null && secret == null) {
            // The check of its row says so.
            return;
        }
        polls.watch(drop);
        if (drop.server() == null) {
            drop.folder().open();
        }
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
                new CustomizableThreadFactory("drop-" + drop.partner() + "-"));
        camel.getRegistry().bind("dropLooks." + drop.partner(), looks);
        camel.getRegistry().bind("dropQuiet." + drop.partner(), new DropQuiet(settings.quiet(), settings.look()));
        open.put(drop.partner(), new Open(drop, secret, looks));
        String options = options(drop, secret);
        for (String template : TEMPLATES) {
            boolean kept = KEPT.contains(template);
            TemplatedRouteBuilder.builder(camel, template)
                    .parameter("partner", drop.partner())
                    .parameter("agency", drop.agency())
                    .parameter("drop", drop.uri())
                    .parameter("look", String.valueOf((kept ? OLD : settings.look()).toMillis()))
                    .parameter(
                            "options",
                            options
                                    + "&initialDelay=0&scheduledExecutorService=#dropLooks." + drop.partner()
                                    + "&pollStrategy=#dropPolls&exceptionHandler=#dropPolls"
                                    + "&onCompletionExceptionHandler=#dropPolls"
                                    // Of a server's folders ours are made with the first file in them.
                                    + (drop.server() != null && !template.equals("drop-in")
                                            ? "&ignoreFileNotFoundOrPermissionError=true"
                                            : "")
                                    // What is only put aside is not fetched for that.
                                    + (drop.server() != null && !template.equals("drop-taken")
                                            ? "&download=false"
                                            : ""))
                    .parameter(
                            "report",
                            options.replace("&autoCreate=false", "")
                                    + (drop.folder().group() == null ? "" : "&chmod=640"))
                    .routeId(template + "." + drop.partner())
                    .add();
        }
        polls.works(OPEN + drop.partner());
    }

    synchronized void close(Drop drop) throws Exception {
        Open known = open.remove(drop.partner());
        if (known == null) {
            return;
        }
        known.looks().shutdownNow();
        for (String template : TEMPLATES) {
            String route = template + "." + drop.partner();
            if (camel.getRoute(route) != null) {
                camel.getRouteController().stopRoute(route, PATIENCE_SECONDS, TimeUnit.SECONDS);
                camel.removeRoute(route);
            }
        }
        // Of a route that could not be drawn: drawn again it would be looked for by looks that have ended.
        for (Endpoint left : List.copyOf(camel.getEndpoints())) {
            if (left instanceof ScheduledPollEndpoint polled && polled.getScheduledExecutorService() == known.looks()) {
                camel.removeEndpoint(polled);
            }
        }
        polls.forget(drop.partner());
    }

    private String options(Drop drop, @Nullable String secret) {
        Drop.Server server = drop.server();
        if (server == null || secret == null) {
            return "autoCreate=true";
        }
        String hosts = "dropHosts." + drop.partner();
        camel.getRegistry().bind(hosts, server.knownHosts());
        String common = "knownHosts=#" + hosts
                + "&useUserKnownHostsFile=false&strictHostKeyChecking=yes&stepwise=false&streamDownload=true"
                + "&throwExceptionOnConnectFailed=true&maximumReconnectAttempts=0&connectTimeout=10000"
                + "&soTimeout=30000"
                // Else each route calls the server before it is there, and all others wait.
                + "&autoCreate=false";
        if (secret.startsWith("-----BEGIN")) {
            String key = "dropKey." + drop.partner();
            camel.getRegistry().bind(key, (secret + "\n").getBytes(StandardCharsets.UTF_8));
            return common + "&preferredAuthentications=publickey&privateKey=#" + key;
        }
        // By reference: of a word with odd letters a log would mask the half.
        String password = "dropPassword." + drop.partner();
        camel.getRegistry().bind(password, secret);
        return common + "&preferredAuthentications=password&password=#bean:" + password;
    }

    @Override
    public void destroy() {
        open.values().forEach(each -> each.looks().shutdownNow());
    }
}
