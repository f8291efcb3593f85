package vn.bocau.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

        try (var again = EmbeddedPostgresServer.start(data())) {
            assertThat(ProcessHandle.of(orphan)).isEmpty();
            assertThat(ask(again, "select word from kept")).isEqualTo("before");
        }
    }

    @Test
    void a_second_start_on_an_occupied_folder_is_refused_and_leaves_the_first_alone() throws Exception {
        Process first = anotherProcess();
        await(first);
        long running = postmaster();

        assertThatThrownBy(() -> EmbeddedPostgresServer.start(data()))
                .hasMessageContaining("Another Bồ Câu runs on the data folder");

        assertThat(ProcessHandle.of(running)).isPresent();
        first.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        OrphanedPostgres.stop(folder.resolve("postgresql"));
    }

    @Test
    void postgres_is_durable_and_asks_for_its_password() throws Exception {
        try (var server = EmbeddedPostgresServer.start(data())) {
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
                var answer = db.createStatement().executeQuery(question)) {
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
                    DataFolder.of(new MockEnvironment().withProperty("bocau.data", args[0])));
            try (Connection db = DriverManager.getConnection(server.url(), "postgres", server.password())) {
                db.createStatement().execute("create table kept (word text)");
                db.createStatement().execute("insert into kept values ('before')");
            }
            System.out.println("stays");
            Thread.currentThread().join();
        }
    }
}
