package vn.bocau;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start that cannot succeed, as who types it sees it: a few lines, what is wrong, the cure, and a failure for an exit. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StartTest {

    private static final int A_SCREEN = 12;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "BOCAU_SANDBOX, maybe, BOCAU_SANDBOX must be on or off",
        "BOCAU_HTTP_PORT, http, BOCAU_HTTP_PORT is not a port",
        "BOCAU_RULES_ATTEMPTS, x, BOCAU_RULES_ATTEMPTS has a value that cannot be read",
        "BOCAU_LINE_CLAIM, soon, BOCAU_LINE_CLAIM has a value that cannot be read",
        "BOCAU_TLS_KEYSTORE, nowhere.p12, The certificate nowhere.p12 (BOCAU_TLS_KEYSTORE) cannot be read",
        "BOCAU_DATA, data/occupied/here, (BOCAU_DATA) cannot be made or written to",
        "BOCAU_ADMINISTRATOR_PASSWORD, my-secret, BOCAU_ADMINISTRATOR_PASSWORD is weak",
        "BOCAU_DB_URL, jdbc:postgresql://localhost:1/bocau, The PostgreSQL in BOCAU_DB_URL does not answer"
    })
    void a_wrong_setting_is_named_with_its_cure(String name, String value, String said) throws Exception {
        assertSaid(start(Map.of(name, value)), said);
    }

    @Test
    void a_keystore_that_its_password_does_not_open_is_told_from_one_that_is_not_there() throws Exception {
        Path keystore = Files.writeString(folder.resolve("some.p12"), "no keystore");
        assertSaid(
                start(Map.of("BOCAU_TLS_KEYSTORE", keystore.toString(), "BOCAU_TLS_PASSWORD", "wrong-secret")),
                "BOCAU_TLS_PASSWORD does not open " + keystore);
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
        }
    }

    private record Ended(int exit, String text) {}

    private static void assertSaid(Ended ended, String said) {
        assertThat(ended.text).contains(said).contains("Bồ Câu không khởi động được.", "Cách sửa: ", "Cure: ");
        assertThat(ended.text.indexOf("Cách sửa")).isLessThan(ended.text.indexOf("Cure"));
        assertThat(ended.text.lines().filter(l -> !l.isBlank()))
                .as(ended.text)
                .hasSizeLessThanOrEqualTo(A_SCREEN)
                .noneMatch(l -> l.startsWith("\tat "));
        assertThat(ended.text).doesNotContain("-secret");
        assertThat(ended.exit).isEqualTo(1);
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
        words.addAll(command.length == 0 ? List.of("hub") : List.of(command));
        Path log = folder.resolve("start.log");
        var process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        process.environment()
                .putAll(Map.of(
                        "BOCAU_DATA", folder.resolve("data").toString(),
                        "BOCAU_HTTP_PORT", Integer.toString(HubProcess.freePort()),
                        "BOCAU_HTTPS_PORT", Integer.toString(HubProcess.freePort()),
                        "BOCAU_SANDBOX_PORT", Integer.toString(HubProcess.freePort())));
        process.environment().putAll(settings);
        Files.createDirectories(folder.resolve("data"));
        Files.write(folder.resolve("data/occupied"), new byte[0]);
        Process running = process.start();
        try {
            assertThat(running.waitFor(60, TimeUnit.SECONDS))
                    .as("it ends by itself: " + Files.readString(log, StandardCharsets.UTF_8))
                    .isTrue();
        } finally {
            running.destroyForcibly();
        }
        return new Ended(running.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
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
