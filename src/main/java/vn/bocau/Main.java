package vn.bocau;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import vn.bocau.audit.AuditCommand;
import vn.bocau.demo.Demo;
import vn.bocau.prove.Prove;
import vn.bocau.wire.http.people.Administrators;

/**
 * The command line: {@code start} (hub and sandbox), {@code hub} (without it), {@code sandbox} (alone), {@code demo},
 * {@code audit verify}, {@code prove}.
 * What a user types is the script {@code ./bocau}, which says what it does not understand.
 */
public final class Main {

    static {
        // From JDK 24 on Netty frees only buffers it made itself, and Artemis' journal asks it to free others.
        System.setProperty("io.netty.noUnsafe", "false");
    }

    private static final String START = "start";
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 1 && args[0].equals("audit") && args[1].equals("verify")) {
            List<String> files = List.of(args).subList(2, args.length);
            System.exit(new AuditCommand(System.getenv(), OUT).verify(files));
        }
        if (args.length > 0 && args[0].equals("prove")) {
            System.exit(Prove.run(List.of(args).subList(1, args.length), OUT));
        }
        if (args.length > 0 && args[0].equals(Prove.BROKER)) {
            Prove.broker(List.of(args).subList(1, args.length));
            return;
        }
        try {
            switch (String.join(" ", args)) {
                case "", "start" -> stays(start(START));
                case "hub" -> stays(start("hub"));
                case "sandbox" -> {
                    var addresses = new Addresses(starting(() -> StartChecks.make("sandbox")));
                    sandbox(addresses);
                    saysGoodbye();
                    Greeting.sandbox(OUT, addresses);
                }
                case "demo" -> System.exit(demo(false));
                case "demo --en" -> System.exit(demo(true));
                // The script has refused it, with its help; here is who goes past the script.
                default -> {
                    OUT.println(
                            "Không hiểu; mọi thiết lập là biến BOCAU_… · not understood; all settings are BOCAU_… variables: "
                                    + String.join(" ", args));
                    OUT.println("./bocau --help");
                    System.exit(2);
                }
            }
        } catch (StartFailures.Said said) {
            System.exit(1);
        }
    }

    private static void stays(Running running) {
        saysGoodbye();
        Greeting.print(OUT, running);
    }

    /** On Ctrl-C and SIGTERM: that it has been heard, and that all is closed. */
    private static void saysGoodbye() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OUT.println("\nĐang dừng… · stopping …")));
        SpringApplication.getShutdownHandlers().add(() -> OUT.println("Đã dừng · stopped"));
    }

    private static ConfigurableApplicationContext hub(String command) {
        return starting(() -> BoCau.hub().run(command));
    }

    private static ConfigurableApplicationContext hubWith(SandboxBeside sandbox) {
        return starting(() -> BoCau.hub()
                .initializers(hub -> hub.getBeanFactory().registerSingleton("sandboxBeside", sandbox))
                .run(START));
    }

    private static Running start(String command) {
        Environment settings = starting(() -> StartChecks.make(command));
        OUT.println("Thiết lập đã kiểm tra, đang khởi động … · settings are right, starting …");
        var addresses = new Addresses(settings);
        boolean withSandbox = settings.getRequiredProperty("bocau.sandbox.enabled", Boolean.class);
        boolean partnersHere = withSandbox && command.equals(START);
        ConfigurableApplicationContext hub = partnersHere ? hubWith(new SandboxBeside(addresses)) : hub(command);
        return new Running(
                addresses,
                hub,
                withSandbox,
                partnersHere,
                hub.getBean(Administrators.class).any(),
                hub.getBean(Administrators.class).isKept("quan-tri"));
    }

    private static void sandbox(Addresses addresses) {
        starting(() -> SandboxBeside.start(addresses));
    }

    /** What hinders a start has been said when it is thrown, by {@link StartFailures} or by Spring Boot. */
    private static <T> T starting(Supplier<T> start) {
        try {
            return start.get();
        } catch (RuntimeException e) {
            throw new StartFailures.Said(e);
        }
    }

    private static int demo(boolean english) {
        var addresses = new Addresses(starting(() -> StartChecks.make("demo")));
        if (answers(addresses.hub())) {
            return Demo.run(addresses.hub(), addresses.sandbox(), OUT, english);
        }
        OUT.println(
                english
                        ? "No Bồ Câu answers at " + addresses.hub() + "; starting one for the demo."
                        : "Chưa có Bồ Câu nào ở " + addresses.hub() + "; khởi động một phiên cho bản chạy thử.");
        Running running = start(START);
        try (running) {
            return Demo.run(addresses.hub(), addresses.sandbox(), OUT, english);
        } finally {
            OUT.println(
                    english
                            ? "Stopped it again. ./bocau starts one that stays."
                            : "Đã dừng phiên ấy. ./bocau khởi động một phiên chạy mãi.");
        }
    }

    private static boolean answers(URI hub) {
        HttpRequest ask = HttpRequest.newBuilder(hub.resolve("/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(ask, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException nobodyThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * What this process has started.
     *
     * @param withSandbox whether the sandbox's partners and logins are known
     * @param partnersHere whether its partners run in this process, not in one of their own
     * @param administered whether somebody can add people besides the sandbox's logins
     * @param ownQuanTri whether there is an account of the name of the sandbox's administrator, which goes before it
     */
    record Running(
            Addresses addresses,
            ConfigurableApplicationContext hub,
            boolean withSandbox,
            boolean partnersHere,
            boolean administered,
            boolean ownQuanTri)
            implements AutoCloseable {

        @Override
        public void close() {
            hub.close();
        }
    }

    /**
     * Where everything is, from the settings in force.
     *
     * @param ownCertificate whether HTTPS shows a certificate that was brought, not the one made on first start
     */
    record Addresses(URI hub, URI hubOverTls, boolean ownCertificate, URI sandbox, Path data) {

        Addresses(Environment settings) {
            this(
                    URI.create("http://localhost:" + settings.getRequiredProperty("bocau.http.port")),
                    URI.create("https://localhost:" + settings.getRequiredProperty("bocau.https.port")),
                    !settings.getProperty("bocau.tls.keystore", "").isEmpty(),
                    URI.create(settings.getRequiredProperty("bocau.sandbox.url")),
                    Path.of(settings.getRequiredProperty("bocau.data")));
        }
    }
}
