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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.Environment;
import vn.bocau.demo.Demo;
import vn.bocau.sandbox.Sandbox;

/**
 * The command line: {@code start} (hub and sandbox), {@code hub} (without it), {@code sandbox} (alone), {@code demo}.
 * What a user types is the script {@code ./bocau}.
 */
public final class Main {

    static {
        // From JDK 24 on Netty frees only buffers it made itself, and Artemis' journal asks it to free others.
        System.setProperty("io.netty.noUnsafe", "false");
    }

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] args) {
        List<String> words = Arrays.asList(args);
        String command = words.isEmpty() ? "start" : words.get(0);
        switch (command) {
            case "start" -> start();
            case "hub" -> hub();
            case "sandbox" -> sandbox(new Addresses(SettingsWithoutHub.environment()));
            case "demo" -> System.exit(demo(words.contains("--en")));
            default -> {
                System.err.println("unknown: " + command + " (start, hub, sandbox, demo)");
                System.exit(2);
            }
        }
    }

    private static Environment hub() {
        return new SpringApplicationBuilder(BoCau.class).run().getEnvironment();
    }

    private static void start() {
        Environment settings = hub();
        var addresses = new Addresses(settings);
        boolean withSandbox = settings.getRequiredProperty("bocau.sandbox.enabled", Boolean.class);
        if (withSandbox) {
            sandbox(addresses);
        }
        Greeting.print(OUT, addresses, withSandbox);
    }

    private static void sandbox(Addresses addresses) {
        Sandbox.start(
                addresses.sandbox().getPort(),
                addresses.data().resolve("sandbox"),
                Map.of(
                        "hub.url",
                        addresses.hub().toString(),
                        "hub.https",
                        addresses.hubOverTls().toString()));
    }

    private static int demo(boolean english) {
        var addresses = new Addresses(SettingsWithoutHub.environment());
        if (!answers(addresses.hub())) {
            start();
        }
        return Demo.run(addresses.hub(), addresses.sandbox(), OUT, english);
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
