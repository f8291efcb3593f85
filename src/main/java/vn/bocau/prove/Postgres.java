package vn.bocau.prove;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL outside the hubs, as durable as it comes, which can be killed and started again on its files. */
final class Postgres implements AutoCloseable {

    private static final String PASSWORD = "of-one-proof";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path data;
    private final Path programs;
    private final Path password;
    private final String networks;
    private final int port;
    private @Nullable EmbeddedPostgres server;
    private boolean closed;

    /** @param networks who may come besides the machine itself, as {@code pg_hba.conf} writes it; empty for nobody */
    Postgres(Path folder, Path programs, String networks) throws IOException {
        this.data = folder.resolve("postgresql");
        this.programs = programs.resolve("postgresql-bin");
        this.password = Files.writeString(programs.resolve("postgresql.password"), PASSWORD);
        this.networks = networks;
        this.port = Ports.free();
    }

    synchronized void start() throws IOException {
        if (closed) {
            throw new IOException("PostgreSQL is closed");
        }
        boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
        if (server != null) {
            // Lets go of the folder; there is nothing left to stop.
            server.close();
        }
        Files.createDirectories(data);
        Files.deleteIfExists(data.resolve("epg-lock"));
        server = launch();
        if (fresh && !networks.isEmpty()) {
            Files.writeString(
                    data.resolve("pg_hba.conf"),
                    "host all all " + networks + " scram-sha-256\n",
                    StandardOpenOption.APPEND);
            server.close();
            Files.deleteIfExists(data.resolve("epg-lock"));
            server = launch();
        }
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(programs.toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("listen_addresses", networks.isEmpty() ? "127.0.0.1" : "*")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", password.toString())
                .setConnectConfig("password", PASSWORD)
                .setPGStartupWait(PATIENCE)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .start();
    }

    String url(String host) {
        return "jdbc:postgresql://" + host + ":" + port + "/postgres";
    }

    String user() {
        return "postgres";
    }

    String password() {
        return PASSWORD;
    }

    void kill() throws IOException {
        kill(data);
    }

    /** {@code kill -9} of a postmaster and of all its children, whoever started it. */
    static void kill(Path data) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
        ProcessHandle.of(Long.parseLong(lines.get(0).strip())).ifPresent(postmaster -> {
            List<ProcessHandle> children = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            postmaster.onExit().join();
        });
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (server != null) {
            server.close();
        }
    }
}
