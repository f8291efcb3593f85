package vn.bocau.prove;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

/**
 * The clock of one process, set while it runs; what the process starts has the same. By a library of forty lines that is
 * preloaded: libfaketime lets no JVM wait (it takes part in every timed wait, and lets each return at once).
 */
final class Clock {

    private final Path library;
    private final Path ahead;

    private Clock(Path library, Path ahead) {
        this.library = library;
        this.ahead = ahead;
    }

    /** @throws IOException where no C compiler is, or no Linux */
    static Clock make(Path folder) throws IOException {
        Path source = folder.resolve("clock.c");
        try (InputStream shipped = Clock.class.getResourceAsStream("/prove/clock.c")) {
            Files.copy(Objects.requireNonNull(shipped), source);
        }
        var clock = new Clock(folder.resolve("clock.so"), folder.resolve("clock"));
        Shell.run("cc", "-O2", "-shared", "-fPIC", "-o", clock.library.toString(), source.toString(), "-ldl");
        clock.set(0);
        return clock;
    }

    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "PROVE_CLOCK", ahead.toString());
    }

    /** @param seconds ahead of the right time; below zero behind it */
    void set(long seconds) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        bytes.putLong(seconds).flip();
        // In place: whoever looks has this very file before the eyes.
        try (FileChannel file = FileChannel.open(ahead, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(bytes, 0);
        }
    }
}
