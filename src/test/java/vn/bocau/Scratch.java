package vn.bocau;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;

/** Folders of tests that last longer than a test: gone when they are deleted, and with this process at the latest. */
public final class Scratch {

    private Scratch() {}

    /** A new one. */
    public static Path folder(String name) {
        try {
            Path folder = Files.createTempDirectory(name);
            // Spring's own hook, because it runs these when the hubs are closed, and the JVM's all at once.
            SpringApplication.getShutdownHandlers().add(() -> delete(folder));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With all in it, also when a PostgreSQL that is still stopping writes into it. */
    public static void delete(Path folder) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isDeleted(folder));
    }

    private static boolean isDeleted(Path folder) {
        if (Files.notExists(folder)) {
            return true;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
            return true;
        } catch (IOException | UncheckedIOException stillWrittenTo) {
            return false;
        }
    }
}
