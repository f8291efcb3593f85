package vn.bocau.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A postgres that outlived the process that started it: after {@code kill -9} of the JVM it still holds the data folder
 * and no new one could start there.
 */
final class OrphanedPostgres {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPostgres.class);

    private OrphanedPostgres() {}

    /** Stops the postgres that holds this folder, if one does: first politely, then at once. Both lose nothing. */
    static void stop(Path cluster) throws IOException {
        Optional<ProcessHandle> orphan = holderOf(cluster);
        if (orphan.isEmpty()) {
            return;
        }
        long pid = orphan.get().pid();
        LOG.warn("PostgreSQL {} was left behind by an earlier start; stopping it before starting again", pid);
        for (String signal : new String[] {"-INT", "-QUIT"}) {
            new ProcessBuilder("kill", signal, Long.toString(pid)).start();
            if (ended(orphan.get())) {
                return;
            }
        }
        throw new IOException("PostgreSQL " + pid + " holds " + cluster + " and does not stop");
    }

    static Optional<ProcessHandle> holderOf(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        String pid;
        try {
            pid = Files.readAllLines(pidFile).stream().findFirst().orElse("").strip();
        } catch (NoSuchFileException nobody) {
            return Optional.empty();
        }
        if (!pid.matches("\\d+")) {
            return Optional.empty();
        }
        // The number may have been given to some other program since.
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(p -> p.info().command().orElse("").contains("postgres"));
    }

    private static boolean ended(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }
}
