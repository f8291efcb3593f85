package vn.bocau;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A hub in a process of its own, as a user starts it, so that it can be killed without a word. */
public final class HubProcess implements AutoCloseable {

    private final Path data;
    private final Path log = temporary();
    private final Map<String, String> settings;
    private final Map<String, String> environment;
    private final int http = FreePort.any();
    private final int https = FreePort.any();
    private Process process;

    /** @param settings system properties on top of ports and folder */
    public HubProcess(Path data, Map<String, String> settings) {
        this(data, settings, Map.of());
    }

    /** @param environment variables on top of those of this process */
    public HubProcess(Path data, Map<String, String> settings, Map<String, String> environment) {
        this.data = data;
        this.settings = settings;
        this.environment = environment;
    }

    public URI url() {
        return URI.create("http://localhost:" + http);
    }

    public URI urlOverTls() {
        return URI.create("https://localhost:" + https);
    }

    /** As {@code ./bocau} does: what newer JDKs warn of would stand between what we say. */
    static List<String> quietJdk() {
        return Runtime.version().feature() < 24
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    /** Starts it and waits until it says it is ready. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dbocau.data=" + data,
                "-Dbocau.http.port=" + http,
                "-Dbocau.https.port=" + https,
                // Nobody listens there: a hub that somebody runs beside the tests has partners of its own.
                "-Dbocau.sandbox.url=http://localhost:1",
                // It would be told of what a test breaks, and count among what was told.
                "-Dbocau.alerts.look=1d"));
        command.addAll(quietJdk());
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", shipped(), "vn.bocau.Main", "hub"));
        Files.createDirectories(data);
        // Not in the project's folder: surefire's class path ends in an empty entry, and routes/ would be found twice.
        ProcessBuilder hub = new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        hub.environment().put("BOCAU_SANDBOX", "on");
        hub.environment().putAll(environment);
        process = hub.start();
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(this::isReady);
    }

    /** Without what is of the tests, which log in another way. */
    private static String shipped() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether it answers that it is. */
    boolean isReady() throws InterruptedException, IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the hub ended by itself: " + said());
        }
        try {
            HttpRequest ask = HttpRequest.newBuilder(url().resolve("/actuator/health/readiness"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(ask, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** {@code kill -9}: no shutdown hook, no flush, no goodbye. Its postgres stays behind, as it would for a user. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** The database it left behind or runs on, for looking at what is committed. */
    public Connection database() throws IOException, SQLException {
        String port = Files.readAllLines(data.resolve("postgresql/postmaster.pid"))
                .get(3)
                .strip();
        String password = Files.readString(data.resolve("postgresql.password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password);
    }

    /** What it said, from all its starts. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("bocau-hub-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks it to end, as Ctrl-C does and as the system does when it goes down.
     *
     * @return what it leaves as its exit code
     */
    int stop() {
        process.destroy();
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        stop();
    }
}
