package vn.bocau.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL as a child process on this machine's loopback, on a folder that outlives it.
 *
 * <p>Durable: the library behind it starts PostgreSQL with fsync off, so both switches are turned on again here, and
 * {@link Durability} refuses to go on without them.
 */
final class EmbeddedPostgresServer implements AutoCloseable {

    static final String USER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);

    private final EmbeddedPostgres postgres;
    private final String password;
    private final FileChannel occupied;

    private EmbeddedPostgresServer(EmbeddedPostgres postgres, String password, FileChannel occupied) {
        this.postgres = postgres;
        this.password = password;
        this.occupied = occupied;
    }

    static EmbeddedPostgresServer start(DataFolder data) throws IOException, SQLException {
        FileChannel occupied = data.occupy();
        Path cluster = data.resolve("postgresql");
        OrphanedPostgres.stop(cluster);
        String password = data.secret("postgresql.password");
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(data.resolve("postgresql-bin").toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setConnectConfig("password", password)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setRegisterShutdownHook(false)
                .start();
        var server = new EmbeddedPostgresServer(postgres, password, occupied);
        server.askForThePassword(cluster);
        LOG.info("PostgreSQL runs on port {}, data in {}", postgres.getPort(), cluster);
        return server;
    }

    /** initdb lets everybody on this machine in; from the first start on, only who knows the password. */
    private void askForThePassword(Path cluster) throws IOException, SQLException {
        Path rules = cluster.resolve("pg_hba.conf");
        String onlyWithPassword = "host all all 127.0.0.1/32 scram-sha-256\nlocal all all scram-sha-256\n";
        if (Files.readString(rules).equals(onlyWithPassword)) {
            return;
        }
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter user " + USER + " password '" + password + "'");
            Files.writeString(rules, onlyWithPassword);
            statement.execute("select pg_reload_conf()");
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        occupied.close();
    }
}
