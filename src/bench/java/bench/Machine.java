package bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The one PostgreSQL and the one broker that all that is measured share, as durable as they come. */
final class Machine implements AutoCloseable {

    private static final String PASSWORD = "of-one-bench";

    private final Path folder;
    private final Path jar;
    private final boolean kept;
    private final EmbeddedPostgres postgres;
    private final Process broker;
    private final int brokerPort = port();

    /**
     * @param jar the product
     * @param kept what is in the folder is used again, and stays
     */
    Machine(Path folder, Path jar, boolean kept) throws IOException {
        this.folder = folder;
        this.jar = jar;
        this.kept = kept;
        if (!Processes.postmasters(data()).isEmpty()) {
            throw new CannotMeasure("PostgreSQL of an earlier run still runs in " + data() + ": stop process "
                    + Processes.postmasters(data()).get(0).pid());
        }
        // What lies on its queues is nobody's any more.
        delete(folder.resolve("artemis"));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        this.postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data())
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("autovacuum_naptime", "15s")
                .setServerConfig("max_connections", "300")
                .setServerConfig("max_wal_size", "4GB")
                // Counts what each asks of it; the same small cost for all.
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("pg_stat_statements.track_planning", "on")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", password.toString())
                .setConnectConfig("password", PASSWORD)
                .start();
        this.broker = java(
                "broker",
                jar,
                Map.of(),
                "prove-broker",
                "primary",
                folder.resolve("artemis").toString(),
                "localhost",
                Integer.toString(brokerPort),
                Integer.toString(port()));
        awaitPort(brokerPort, broker);
    }

    static int port() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void awaitPort(int port, Process process) throws IOException {
        for (int n = 0; n < 600; n++) {
            try (var socket = new java.net.Socket("localhost", port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IOException("it ended by itself", notYet);
                }
                Load.pause(200);
            }
        }
        throw new IOException("nobody listens at " + port);
    }

    /**
     * What is laid out keeps, as {@code ./bocau} has it, what it has loaded and linked for its next start. In an archive of its
     * own: {@code ./bocau} names the jar from where it stands, and under another name classes of sealed packages, such as those
     * that unpack PostgreSQL, cannot be loaded from what was kept under that.
     */
    private static List<String> archive(Path jar) {
        return Runtime.version().feature() >= 19 && jar.getParent().endsWith("laid-out")
                ? List.of(
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + jar.resolveSibling("measured.jsa"),
                        "-Xlog:disable")
                : List.of();
    }

    /** As {@code ./bocau} has them. */
    private static List<String> quietJdk() {
        return Runtime.version().feature() < 24
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    /** A process with its log in the folder. */
    Process java(String name, Path jar, Map<String, String> environment, String... arguments) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("temporary").resolve(name));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8"));
        command.addAll(quietJdk());
        command.addAll(archive(jar));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()));
        process.environment().keySet().removeIf(variable -> variable.startsWith("BOCAU_"));
        process.environment().putAll(environment);
        Process started = process.start();
        // Whoever stops the measuring stops all of it.
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return started;
    }

    /** What one of those measured has cost so far, with the database and the broker: all of the processors' time. */
    Duration busy(ProcessHandle subject) {
        return Processes.postmasters(data()).stream()
                .map(Processes::timeWithChildren)
                .reduce(Processes.time(subject).plus(Processes.time(broker.toHandle())), Duration::plus);
    }

    private Path data() {
        return folder.resolve("postgresql");
    }

    Path folder() {
        return folder;
    }

    Path jar() {
        return jar;
    }

    /** A database of its own, empty. */
    void database(String name) throws SQLException {
        drop(name);
        try (Connection db = connect("postgres");
                var say = db.createStatement()) {
            say.execute("create database " + name);
        }
        try (Connection db = connect(name);
                var say = db.createStatement()) {
            say.execute("create extension pg_stat_statements");
        }
    }

    boolean has(String database) throws SQLException {
        try (Connection db = connect("postgres");
                var ask = db.prepareStatement("select from pg_database where datname = ?")) {
            ask.setString(1, database);
            try (ResultSet row = ask.executeQuery()) {
                return row.next();
            }
        }
    }

    void drop(String database) throws SQLException {
        try (Connection db = connect("postgres");
                var say = db.createStatement()) {
            say.execute("drop database if exists " + database + " with (force)");
        }
    }

    /** On disk. */
    long bytes(String database) throws SQLException {
        try (Connection db = connect("postgres");
                ResultSet row = db.createStatement().executeQuery("select pg_database_size('" + database + "')")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** From now on is counted anew. */
    void countStatements() throws SQLException {
        try (Connection db = connect("postgres");
                var say = db.createStatement()) {
            say.execute("create extension if not exists pg_stat_statements");
            say.execute("select pg_stat_statements_reset()");
        }
    }

    /**
     * What was asked of the database since, the most frequent first.
     *
     * @param times how often, {@code millis} how long PostgreSQL worked at it, all together
     */
    record Statement(long times, double millis, String text) {}

    List<Statement> statements() throws SQLException {
        List<Statement> all = new ArrayList<>();
        try (Connection db = connect("postgres");
                ResultSet row = db.createStatement()
                        .executeQuery("select calls, total_exec_time + total_plan_time, regexp_replace(query, '\\s+', ' ', 'g') from"
                                + " pg_stat_statements order by calls desc")) {
            while (row.next()) {
                all.add(new Statement(row.getLong(1), row.getDouble(2), row.getString(3)));
            }
        }
        return all;
    }

    String url(String name) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name;
    }

    Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(url(name), "postgres", PASSWORD);
    }

    String password() {
        return PASSWORD;
    }

    String broker() {
        return "tcp://localhost:" + brokerPort;
    }

    /**
     * Of the broker, and of one of the databases.
     *
     * @throws IllegalStateException when anything is weaker than it has to be: then no figure counts
     */
    void assertDurable(String database) throws SQLException, IOException {
        try (Connection db = connect(database)) {
            Durable.assertDatabase(db);
        }
        Durable.assertBroker(broker.toHandle());
    }

    /** How often those who commit have waited for the disk. */
    long synced() throws SQLException {
        try (Connection db = connect("postgres")) {
            return Durable.synced(db);
        }
    }

    @Override
    public void close() throws IOException {
        broker.destroyForcibly().onExit().join();
        postgres.close();
        if (!kept) {
            delete(data());
            delete(folder.resolve("artemis"));
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
