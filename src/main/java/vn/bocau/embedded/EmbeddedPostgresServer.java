package vn.bocau.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL as a child process on this machine's loopback, on a folder that outlives it.
 *
 * <p>Durable: the library behind it starts PostgreSQL with fsync off, so both switches are turned on again here, and
 * {@link Durability} refuses to go on without them.
 */
final class EmbeddedPostgresServer implements AutoCloseable {

    static final String USER = "postgres";

    /** Of the PostgreSQL inside; another cannot read its data. */
    static final int MAJOR = 18;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);

    /** So many ends or failed starts in a row are not an accident any more. */
    private static final int MOST_FAILURES = 5;

    private static final String PROGRAMS = "postgresql-bin";

    private static final String PASSWORD = "postgresql.password";

    /** Of one query's sorts and the like, so that none fills the disk. */
    private static final String MOST_TEMPORARY = "1GB";

    private static final String THE_LIBRARYS_LOCK = "epg-lock";

    private static final String UNFINISHED = "postgresql.unfinished-";

    private final DataFolder data;
    private final Path cluster;
    private final String password;
    private final FileChannel occupied;
    private final Duration patience;
    private final Runnable givingUp;
    private EmbeddedPostgres postgres;
    private ProcessHandle postmaster;
    private final Keeper keeper;
    private boolean closed;

    private EmbeddedPostgresServer(DataFolder data, FileChannel occupied, Duration patience, Runnable givingUp)
            throws IOException {
        this.data = data;
        this.cluster = data.resolve("postgresql");
        this.password = data.secret(PASSWORD);
        this.occupied = occupied;
        this.patience = patience;
        this.givingUp = givingUp;
        OrphanedPostgres.stop(cluster);
        makeCluster();
        this.postgres = launch(cluster, 0);
        // The library lets everybody write where it unpacks the programs we run, once for each process.
        if (Files.exists(data.resolve(PROGRAMS))) {
            Private.close(data.resolve(PROGRAMS));
        }
        this.postmaster = OrphanedPostgres.holderOf(cluster).orElseThrow();
        this.keeper = new Keeper("PostgreSQL", new Kept());
    }

    /**
     * Starts it and keeps it running.
     *
     * @param patience how long it may take to start; after an accident it first reads its journal
     * @param givingUp called once, when it ends time and again and cannot be kept running
     */
    static EmbeddedPostgresServer start(DataFolder data, Duration patience, Runnable givingUp) throws IOException {
        FileChannel occupied = data.occupy();
        EmbeddedPostgresServer server;
        try {
            server = new EmbeddedPostgresServer(data, occupied, patience, givingUp);
        } catch (IOException | RuntimeException e) {
            // Half started is not started: nobody else would stop it.
            OrphanedPostgres.stop(data.resolve("postgresql"));
            occupied.close();
            throw e;
        }
        LOG.info("PostgreSQL runs on port {}, data in {}", server.postgres.getPort(), server.cluster);
        return server;
    }

    /**
     * On the first start: made aside, and whole when it takes its place. Whoever is killed before that leaves nothing that
     * could be taken for a cluster.
     */
    private void makeCluster() throws IOException {
        clearUnfinished();
        if (Files.exists(cluster)) {
            return;
        }
        Path made = Files.createTempDirectory(data.resolve(""), UNFINISHED);
        try {
            launch(made, 0).close();
        } catch (IOException | RuntimeException e) {
            OrphanedPostgres.stop(made);
            throw e;
        }
        Files.move(made, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private void clearUnfinished() throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(data.resolve(""), UNFINISHED + "*")) {
            for (Path left : unfinished) {
                OrphanedPostgres.stop(left);
                try {
                    FileSystemUtils.deleteRecursively(left);
                } catch (IOException stillWrittenTo) {
                    // By an initdb that outlived its JVM: it ends by itself, and the next start clears this.
                    LOG.warn("{} is left for the next start to clear", left);
                }
            }
        }
    }

    /** @param port 0 for any free one */
    private EmbeddedPostgres launch(Path folder, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(data.resolve(PROGRAMS).toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                // What is open turns over all the time: the indexes of it are long in a minute, unless swept.
                .setServerConfig("autovacuum_naptime", "15s")
                // The machine's own cache of files has the rest; what a server keeps apart counts for each who runs it.
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("autovacuum_work_mem", "16MB")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("temp_file_limit", MOST_TEMPORARY)
                // The library's own "-A trust" would let everybody on this machine in at first. Its locale settings
                // are initdb's last options, and of two the last one counts.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", data.resolve(PASSWORD).toString())
                .setConnectConfig("password", password)
                .setPGStartupWait(patience)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .start();
    }

    /** The same data on the same port: whoever was connected finds it again. */
    private final class Kept implements Keeper.Part {

        /** Failures up to the last one on a full disk. */
        private int excused;

        @Override
        public boolean runs() {
            return postmaster.isAlive();
        }

        @Override
        public void startAgain() throws IOException {
            synchronized (EmbeddedPostgresServer.this) {
                if (closed) {
                    return;
                }
                int port = postgres.getPort();
                // Lets go of the folder; there is nothing left to stop.
                postgres.close();
                OrphanedPostgres.stop(cluster);
                // The library keeps its lock when a start fails, and would find it taken ever after. Ours is on the
                // folder.
                Files.deleteIfExists(cluster.resolve(THE_LIBRARYS_LOCK));
                postgres = launch(cluster, port);
                postmaster = OrphanedPostgres.holderOf(cluster).orElseThrow();
            }
        }

        @Override
        public boolean isGivenUp(int failures) {
            if (data.isFull()) {
                // It can be helped, and nothing is lost meanwhile: what cannot be kept is not accepted.
                excused = failures;
                LOG.error(
                        "Hết chỗ trên đĩa của {}, Bồ Câu không nhận thêm gì cho đến khi có chỗ · the disk is full,"
                                + " nothing more is accepted until there is room",
                        cluster);
            }
            if (failures - excused <= MOST_FAILURES) {
                return false;
            }
            LOG.error(
                    "PostgreSQL cứ dừng mãi, Bồ Câu dừng theo; hãy xem đĩa và nhật ký trong {} · PostgreSQL ends time and"
                            + " again, and Bồ Câu with it; look at the disk and at the log in {}",
                    cluster,
                    cluster);
            givingUp.run();
            return true;
        }
    }

    synchronized String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    String password() {
        return password;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        keeper.close();
        postgres.close();
        occupied.close();
    }
}
