package vn.bocau.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.mock.env.MockEnvironment;

/** What a killed process leaves behind is picked up by the next one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SurvivalTest {

    @TempDir
    Path folder;

    @Test
    void a_postgres_left_behind_by_a_killed_process_is_stopped_and_its_data_are_there() throws Exception {
        Process killed = anotherProcess();
        await(killed);
        killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        long orphan = postmaster();
        assertThat(ProcessHandle.of(orphan))
                .as("postgres outlives the process that started it")
                .isPresent();

        try (var again = EmbeddedPostgresServer.start(data(), Duration.ofMinutes(1), () -> {})) {
            assertThat(ProcessHandle.of(orphan)).isEmpty();
            assertThat(ask(again, "select word from kept")).isEqualTo("before");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PG_VERSION", "postgresql.conf", "postmaster.pid"})
    void killed_with_all_its_children_while_the_first_files_are_made_it_begins_anew(String file) throws Exception {
        Process killed = anotherProcess();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> unfinished().anyMatch(made -> Files.exists(made.resolve(file))));
        List<ProcessHandle> children = killed.descendants().toList();
        killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        children.forEach(ProcessHandle::destroyForcibly);
        for (Path made : unfinished().toList()) {
            assertThat(doors(made))
                    .as("nobody is ever let in without the password")
                    .noneMatch(l -> l.contains("trust"));
        }
        assertThat(folder.resolve("postgresql")).as("nothing that looks whole").doesNotExist();

        try (var again = EmbeddedPostgresServer.start(data(), Duration.ofMinutes(1), () -> {})) {
            assertThat(ask(again, "select 'it runs'")).isEqualTo("it runs");
        }
        try (var later = EmbeddedPostgresServer.start(data(), Duration.ofMinutes(1), () -> {})) {
            assertThat(ask(later, "select 'it runs'")).isEqualTo("it runs");
            assertThat(unfinished()).as("cleared at last").isEmpty();
        }
    }

    /** The lines of its {@code pg_hba.conf} that count. */
    private static List<String> doors(Path cluster) throws IOException {
        Path file = cluster.resolve("pg_hba.conf");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList()
                : List.of();
    }

    private Stream<Path> unfinished() throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().contains("unfinished")).toList().stream();
        }
    }

    @Test
    void a_cluster_that_was_made_open_and_closed_afterwards_goes_on() throws Exception {
        try (var made = EmbeddedPostgresServer.start(data(), Duration.ofMinutes(1), () -> {})) {
            ask(made, "create table kept (word text); insert into kept values ('before'); select 1");
        }
        Files.writeString(
                folder.resolve("postgresql/pg_hba.conf"),
                "host all all 127.0.0.1/32 scram-sha-256\nlocal all all scram-sha-256\n");

        try (var again = EmbeddedPostgresServer.start(data(), Duration.ofMinutes(1), () -> {})) {
            assertThat(ask(again, "select word from kept")).isEqualTo("before");
            assertThat(ask(again, "show temp_file_limit")).isEqualTo("1GB");
        }
    }

    @Test
    void a_second_start_on_an_occupied_folder_is_refused_and_leaves_the_first_alone() throws Exception {
        Process first = anotherProcess();
        await(first);
        long running = postmaster();

        assertThatThrownBy(() -> EmbeddedPostgresServer.start(data(), Duration.ofMinutes(1), () -> {}))
                .hasMessageContaining("Another Bồ Câu runs on the data folder");

        assertThat(ProcessHandle.of(running)).isPresent();
        first.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        OrphanedPostgres.stop(folder.resolve("postgresql"));
    }

    @Test
    void a_postgres_that_is_killed_alone_runs_again_on_its_port_and_one_that_cannot_is_given_up_in_the_end()
            throws Exception {
        var givenUp = new CountDownLatch(1);
        try (var server = EmbeddedPostgresServer.start(data(), Duration.ofSeconds(5), givenUp::countDown)) {
            String url = server.url();
            ask(server, "create table kept (word text); insert into kept values ('before'); select 1");
            ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> ask(server, "select word from kept").equals("before"));
            assertThat(server.url()).isEqualTo(url);

            Files.move(folder.resolve("postgresql/global"), folder.resolve("gone"));
            ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
            assertThat(givenUp.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void postgres_is_durable_and_asks_for_its_password() throws Exception {
        try (var server = EmbeddedPostgresServer.start(data(), Duration.ofMinutes(1), () -> {})) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(ask(server, "show " + setting)).as(setting).isEqualTo("on");
            }
            assertThatThrownBy(() -> DriverManager.getConnection(server.url(), "postgres", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("postgresql.password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_migration_may_take_its_time_and_what_comes_after_it_on_the_connection_may_not() throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("later")).resolve("V999__long.sql"),
                "create table kept as select current_setting('statement_timeout') as word");
        try (var server = EmbeddedPostgresServer.start(data(), Duration.ofMinutes(1), () -> {});
                Connection db = DriverManager.getConnection(server.url(), "postgres", server.password())) {
            db.createStatement().execute("set statement_timeout = '30s'");

            Flyway.configure()
                    .dataSource(new SingleConnectionDataSource(db, true))
                    .locations("classpath:db/migration", "filesystem:" + folder.resolve("later"))
                    .load()
                    .migrate();

            assertThat(ask(server, "select word from kept")).isEqualTo("0");
            ResultSet after = db.createStatement().executeQuery("show statement_timeout");
            after.next();
            assertThat(after.getString(1)).isEqualTo("30s");
        }
    }

    private DataFolder data() {
        return DataFolder.of(new MockEnvironment().withProperty("bocau.data", folder.toString()));
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("postgresql/postmaster.pid"))
                .get(0)
                .strip());
    }

    private static String ask(EmbeddedPostgresServer server, String question) throws SQLException {
        try (Connection db = DriverManager.getConnection(server.url(), "postgres", server.password());
                var statement = db.createStatement()) {
            for (boolean rows = statement.execute(question); !rows; rows = statement.getMoreResults()) {
                // The answer is the last of several statements' results.
            }
            ResultSet answer = statement.getResultSet();
            answer.next();
            return answer.getString(1);
        }
    }

    private Process anotherProcess() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartAndStay.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static void await(Process process) throws IOException {
        try (var output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.equals("stays")) {
                line = output.readLine();
            }
            assertThat(line).as("the other process started").isEqualTo("stays");
        }
    }

    /** The process that will be killed. */
    static final class StartAndStay {

        public static void main(String[] args) throws Exception {
            var server = EmbeddedPostgresServer.start(
                    DataFolder.of(new MockEnvironment().withProperty("bocau.data", args[0])),
                    Duration.ofMinutes(1),
                    () -> {});
            try (Connection db = DriverManager.getConnection(server.url(), "postgres", server.password())) {
                db.createStatement().execute("create table kept (word text)");
                db.createStatement().execute("insert into kept values ('before')");
            }
            System.out.println("stays");
            Thread.currentThread().join();
        }
    }
}
