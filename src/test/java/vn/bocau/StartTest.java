package vn.bocau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.bocau.journey.Http;

/** A start that cannot succeed, as who types it sees it: a few lines, what is wrong, the cure, and a failure for an exit. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StartTest {

    private static final int A_SCREEN = 12;

    /** The number of SIGTERM. */
    private static final int TERM = 15;

    /** PostgreSQL's DB_SHUTDOWNED. */
    private static final int SHUT_DOWN = 1;

    @TempDir
    Path folder;

    /** One of each step of the checks; {@link SettingsTest} has all settings and what they may be. */
    @ParameterizedTest
    @CsvSource({
        "BOCAU_RULES_ATTEMPTS, 0, 'BOCAU_RULES_ATTEMPTS is 0, must be from 1 to 20'",
        "BOCAU_TLS_KEYSTORE, nowhere.p12, The certificate nowhere.p12 (BOCAU_TLS_KEYSTORE) cannot be read",
        "BOCAU_DATA, file/data, (BOCAU_DATA) cannot be made or written to",
        "BOCAU_DB_URL, jdbc:postgresql://localhost:1/bocau, The PostgreSQL in BOCAU_DB_URL does not answer"
    })
    void a_wrong_setting_is_named_with_its_cure(String name, String value, String said) throws Exception {
        Files.write(folder.resolve("file"), new byte[0]);

        assertSaid(start(Map.of(name, value)), said);
    }

    /** Without a locale a JVM takes names of files for ASCII. The script sets one; here is who goes past it. */
    @Test
    void a_folder_that_the_locale_cannot_name_is_told_with_the_cure() throws Exception {
        assertSaid(
                start(Map.of(
                        "LC_ALL", "C", "BOCAU_DATA", folder.resolve("dữ liệu").toString())),
                "cannot be named in the encoding of the locale");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() throws Exception {
        Ended ended = start(Map.of(
                "BOCAU_HTTP_PORT", "http",
                "BOCAU_SANDBOX", "maybe",
                "BOCAU_RULES_ATTEMPTS", "x",
                "BOCAU_SECRETS", "nowhere",
                "BOCAU_ADMINISTRATOR_PASSWORD", "my-secret"));

        assertThat(ended.text)
                .contains(
                        "BOCAU_HTTP_PORT is \"http\"",
                        "BOCAU_SANDBOX is \"maybe\"",
                        "BOCAU_RULES_ATTEMPTS is \"x\"",
                        "nowhere (BOCAU_SECRETS)",
                        "BOCAU_ADMINISTRATOR_PASSWORD is weak")
                .containsOnlyOnce("Bồ Câu cannot start.")
                .doesNotContain("\tat ", "Exception", "-secret");
        assertThat(ended.exit).isEqualTo(1);
    }

    /**
     * While it runs nobody of the sandbox is let in; it ends in order, with its PostgreSQL. Then its password is another's:
     * no check that goes before the next start can tell.
     */
    @Test
    void a_hub_alone_lets_nobody_of_the_sandbox_in_and_a_cluster_that_cannot_be_started_is_named() throws Exception {
        Path data = Files.createDirectories(folder.resolve("whole"));
        try (var hub = new HubProcess(data, Map.of(), Map.of("BOCAU_SANDBOX", ""))) {
            hub.start();
            assertNobodyOfTheSandboxIsKnown(hub);
            assertThat(hub.stop()).as("ended by the signal").isEqualTo(128 + TERM);

            assertThat(hub.said()).containsSubsequence("Đang dừng… · stopping …", "Đã dừng · stopped");
            await().untilAsserted(() -> assertThat(ours()).as("left running").isEmpty());
            assertThat(stateOf(data)).as("nothing is to be recovered").isEqualTo(SHUT_DOWN);
        }
        // There is no room for its programs.
        Files.move(data.resolve("postgresql-bin"), data.resolve("gone"));
        Files.writeString(data.resolve("postgresql-bin"), "");

        assertFailed(
                start(Map.of("BOCAU_DATA", data.toString())),
                "The PostgreSQL inside cannot be started on " + data.resolve("postgresql") + " (BOCAU_DATA)");
    }

    private static void assertNobodyOfTheSandboxIsKnown(HubProcess hub) {
        for (String name : List.of("buu-ta", "to-truong", "can-bo", "truc-ca", "quan-tri")) {
            assertThat(Http.get(hub.url().resolve("/api/ops/v1/partners"), Http.basic(name, name + "-sandbox"))
                            .status())
                    .as(name)
                    .isEqualTo(401);
        }
        assertThat(Http.post(
                                hub.url().resolve("/api/scan/v1/sign-in"),
                                Map.of(),
                                Map.of("user", "buu-ta", "password", "buu-ta-sandbox", "device", "phone-of-nobody"))
                        .status())
                .isEqualTo(401);
        for (Map.Entry<String, String> partner : Map.of(
                        "/oauth2/token portal-dvcqg",
                        "sandbox-portal-secret",
                        "/ngsp/token sandbox-key",
                        "sandbox-secret")
                .entrySet()) {
            String[] door = partner.getKey().split(" ");
            assertThat(Http.form(
                                    hub.url().resolve(door[0]),
                                    Http.basic(door[1], partner.getValue()),
                                    "grant_type=client_credentials")
                            .status())
                    .as(partner.getKey())
                    .isEqualTo(401);
        }
    }

    /** What PostgreSQL wrote down of how it ended: behind the system's identifier and the two versions. */
    private static int stateOf(Path data) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(data.resolve("postgresql/global/pg_control")))
                .order(ByteOrder.nativeOrder())
                .getInt(16);
    }

    /** What a newcomer types second: nobody runs yet, so it starts all, shows the journey and leaves nothing running. */
    @Test
    void a_demo_where_nobody_answers_starts_one_shows_the_whole_journey_and_stops_it_again() throws Exception {
        Ended ended = start(Map.of(), "demo");

        assertThat(ended.exit).as(ended.text).isZero();
        assertThat(ended.text)
                .containsSubsequence(
                        "khởi động một phiên",
                        "công dân nộp hồ sơ",
                        "bưu tá xác nhận",
                        "bưu tá đã nhận hồ sơ tại nhà",
                        "đã bàn giao cho bộ phận một cửa",
                        "cơ quan tiếp nhận và hẹn ngày",
                        "có kết quả, chuyển bưu điện",
                        "bưu điện đã nhận kết quả",
                        "đang đi phát",
                        "đã phát tận tay",
                        "Đã trả kết quả",
                        "Xong: trạng thái 10",
                        "Đã dừng phiên ấy")
                .containsPattern("Xong: .*, [1-5]?[0-9][.,][0-9] giây");
        assertThat(ended.left).as("left running").isEmpty();
    }

    @Test
    void what_could_be_replayed_for_longer_than_a_repeat_is_known_ends_the_start() throws Exception {
        assertSaid(
                start(Map.of("BOCAU_REPLAY_KEEP", "7d", "BOCAU_REPLAY_FURTHEST", "8d")),
                "The ids of messages are kept for 7d (BOCAU_REPLAY_KEEP) only, and a replay may begin 8d");
    }

    @Test
    void what_is_not_understood_is_said() throws Exception {
        Ended ended = start(Map.of(), "hub", "--bocau.http.port=8081");

        assertThat(ended.exit).isEqualTo(2);
        assertThat(ended.text).contains("not understood", "hub --bocau.http.port=8081", "./bocau --help");
    }

    @Test
    void a_demo_with_a_wrong_port_is_told_like_a_start() throws Exception {
        assertSaid(start(Map.of("BOCAU_HTTP_PORT", "http"), "demo"), "BOCAU_HTTP_PORT is \"http\"");
    }

    @ParameterizedTest
    @CsvSource({"BOCAU_HTTPS_PORT, hub", "BOCAU_SANDBOX_PORT, start", "BOCAU_SANDBOX_PORT, sandbox"})
    void a_port_that_somebody_has_is_named(String name, String command) throws Exception {
        try (var taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());

            assertSaid(
                    start(Map.of(name, port), command), "Port " + port + " (" + name + ") is used by another program");
        }
    }

    /** Too late for the check that goes before: everything is up but the doors. */
    @Test
    void a_port_that_is_taken_while_it_starts_leaves_nothing_running() throws Exception {
        int port = FreePort.any();
        Path late = folder.resolve("late");
        Thread thief = takes(port, late.resolve("postgresql/postmaster.pid"));
        try {
            Ended ended =
                    start(Map.of("BOCAU_HTTP_PORT", Integer.toString(port), "BOCAU_DATA", late.toString()), "start");

            assertFailed(ended, "Port " + port + " (BOCAU_HTTP_PORT) is used by another program");
            assertThat(late.resolve("postgresql/PG_VERSION")).exists();
        } finally {
            thief.interrupt();
            thief.join();
        }
    }

    private static Thread takes(int port, Path whenThereIs) {
        var thief = new Thread(() -> {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> Files.exists(whenThereIs));
            try (var taken = new ServerSocket(port)) {
                // Nobody comes but the end of the test.
                new CountDownLatch(1).await();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException theEnd) {
                Thread.currentThread().interrupt();
            }
        });
        thief.start();
        return thief;
    }

    /** The same command again in the same place, where the ports are taken as well. And the typing error of its day. */
    @Test
    void a_second_start_on_the_same_folder_is_told_so_and_the_first_goes_on() throws Exception {
        Path reference = Files.createDirectories(folder.resolve("reference"));
        Files.writeString(
                reference.resolve("fees.csv"),
                "procedure,channel,amount,valid_from,valid_to\n1.001193,FAX,1,2025-07-01,\n");
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        // A folder where a file should be cannot be read, by root neither.
        Files.createDirectories(secrets.resolve("dvcqg"));
        Path data = open(Files.createDirectories(folder.resolve("first")), "rwxr-xr-x");
        Path journal = open(Files.createDirectories(data.resolve("artemis")), "rwxr-xr-x");
        Path old = open(Files.createFile(journal.resolve("old")), "rw-r--r--");
        try (var first = new HubProcess(
                data,
                Map.of(
                        "bocau.reference", reference.toString(),
                        "bocau.secrets", secrets.toString(),
                        "bocau.broker.url", "tcp://localhost:1"),
                Map.of("BOCAU_HTTP_PROT", "8081", "BOCAU_SECRETS_HUE", "known"))) {
            first.start();
            String postmaster = Files.readAllLines(data.resolve("postgresql/postmaster.pid"))
                    .get(0);

            for (Path closed : List.of(data, journal, data.resolve("postgresql-bin"), data.resolve("postgresql"))) {
                assertThat(rights(closed)).as(closed.toString()).isEqualTo("rwx------");
            }
            for (Path closed : List.of(old, data.resolve("tls.p12"), data.resolve("tls.password"))) {
                assertThat(rights(closed)).as(closed.toString()).isEqualTo("rw-------");
            }

            Ended second = start(Map.of(
                    "BOCAU_DATA", data.toString(),
                    "BOCAU_HTTP_PORT", Integer.toString(first.url().getPort()),
                    "BOCAU_HTTPS_PORT", Integer.toString(first.urlOverTls().getPort())));

            assertFailed(second, "Another Bồ Câu runs on the data folder " + data);
            assertThat(Files.readAllLines(data.resolve("postgresql/postmaster.pid"))
                            .get(0))
                    .isEqualTo(postmaster);
            assertThat(first.isReady()).isTrue();
            assertThat(first.said())
                    .contains("BOCAU_HTTP_PROT", "perhaps BOCAU_HTTP_PORT?")
                    .contains("fees.csv dòng · line 2: ", "Column channel is \"FAX\"")
                    .contains("BOCAU_BROKER_URL chưa trả lời")
                    .doesNotContain("BOCAU_SECRETS_HUE", "\tat ");
        }
    }

    @Test
    void a_broker_that_refuses_us_is_told_from_one_that_is_away() throws Exception {
        int port = FreePort.any();
        var people = new SecurityConfiguration();
        people.addUser("bocau", "right-secret");
        people.addRole("bocau", "all");
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ()
                .setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), people))
                .setConfiguration(new ConfigurationImpl()
                        .setPersistenceEnabled(false)
                        .addAcceptorConfiguration("tcp", "tcp://localhost:" + port));
        broker.start();
        try {
            assertSaid(
                    start(Map.of(
                            "BOCAU_BROKER_URL", "tcp://localhost:" + port,
                            "BOCAU_BROKER_USER", "bocau",
                            "BOCAU_BROKER_PASSWORD", "wrong-secret")),
                    "Artemis refuses BOCAU_BROKER_USER and BOCAU_BROKER_PASSWORD");
        } finally {
            broker.stop();
        }
    }

    @Test
    void a_database_that_refuses_us_or_is_not_durable_is_named() throws Exception {
        Path cluster = folder.resolve("cluster");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .start()) {
            askForThePassword(postgres, cluster);
            String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/";
            Map<String, String> right = Map.of(
                    "BOCAU_DB_URL", url + "postgres", "BOCAU_DB_USER", "postgres", "BOCAU_DB_PASSWORD", "right-secret");

            assertSaid(start(right), "PostgreSQL runs with fsync=off");
            assertSaid(
                    start(with(right, "BOCAU_DB_PASSWORD", "wrong-secret")),
                    "PostgreSQL refuses BOCAU_DB_USER and BOCAU_DB_PASSWORD");
            assertSaid(start(with(right, "BOCAU_DB_URL", url + "other")), "no database of the name in BOCAU_DB_URL");
            assertSaid(
                    start(with(right, "BOCAU_DB_PASSWORD", "")), "PostgreSQL rejects the connection as it is set up");
        }
    }

    private static Path open(Path file, String rights) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** @param left processes of this start, its PostgreSQL too, that are there after its end */
    private record Ended(int exit, String text, List<String> left) {}

    /** And nothing was made. */
    private void assertSaid(Ended ended, String said) {
        assertFailed(ended, said);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private void assertFailed(Ended ended, String said) {
        assertThat(ended.text).contains(said).containsOnlyOnce("Bồ Câu không khởi động được.");
        String last = ended.text.substring(ended.text.indexOf("Bồ Câu không khởi động được."));
        assertThat(last.lines()).as(ended.text).hasSize(6);
        assertThat(last).contains("  Cách sửa: ", "Bồ Câu cannot start.", "  Cure: ");
        assertThat(ended.text.lines().filter(l -> !l.isBlank()))
                .as(ended.text)
                .hasSizeLessThanOrEqualTo(A_SCREEN)
                .noneMatch(l -> l.startsWith("\tat ") || l.contains("Exception"));
        assertThat(ended.text).doesNotContain("-secret");
        assertThat(ended.exit).isEqualTo(1);
        assertThat(ended.left).as("left running").isEmpty();
    }

    private Ended start(Map<String, String> settings, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "vn.bocau.Main"));
        words.addAll(1, HubProcess.quietJdk());
        words.addAll(command.length == 0 ? List.of("hub") : List.of(command));
        Path log = folder.resolve("start.log");
        var process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        process.environment()
                .putAll(Map.of(
                        "BOCAU_DATA", folder.resolve("data").toString(),
                        "BOCAU_HTTP_PORT", Integer.toString(FreePort.any()),
                        "BOCAU_HTTPS_PORT", Integer.toString(FreePort.any()),
                        "BOCAU_SANDBOX_PORT", Integer.toString(FreePort.any())));
        process.environment().putAll(settings);
        Set<Long> before = pids();
        Process running = process.start();
        try {
            assertThat(running.waitFor(90, TimeUnit.SECONDS))
                    .as("it ends by itself: " + Files.readString(log, StandardCharsets.UTF_8))
                    .isTrue();
        } finally {
            running.destroyForcibly();
        }
        return new Ended(running.exitValue(), Files.readString(log, StandardCharsets.UTF_8), newer(before));
    }

    private Set<Long> pids() {
        return ours().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private List<String> newer(Set<Long> before) {
        return ours().filter(p -> !before.contains(p.pid()))
                .map(p -> p.info().commandLine().orElse(""))
                .toList();
    }

    /** PostgreSQL is started with its folder on its command line. */
    private Stream<ProcessHandle> ours() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(folder.toString()));
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> changed = new java.util.HashMap<>(settings);
        changed.put(name, value);
        return changed;
    }

    private static void askForThePassword(EmbeddedPostgres postgres, Path cluster) throws IOException, SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter user postgres password 'right-secret'");
            Files.writeString(cluster.resolve("pg_hba.conf"), "host all all all scram-sha-256\n");
            statement.execute("select pg_reload_conf()");
        }
    }
}
