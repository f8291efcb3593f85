package vn.bocau.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Each node's own memory of how far the record had come, outside the database: whoever cuts the newest rows off there and
 * puts an older signed head in place is found out by a later one here. A line each in {@code audit/heads.log} of the
 * data: seq, digest, key, signature, a full stop.
 */
@Component
class AuditWitness {

    static final String FILE = "heads.log";
    private static final long LONGEST = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(AuditWitness.class);

    private final Path file;

    AuditWitness(Environment environment) {
        this.file = Path.of(environment.getProperty("bocau.data", "data"), AuditKey.FOLDER, FILE);
    }

    /** The row is committed: a disk that is full now takes nothing back, and the next head covers this one too. */
    synchronized void saw(AuditSeal seal) {
        String line = AuditFile.witness(seal);
        try {
            Files.createDirectories(file.getParent());
            if (Files.exists(file) && Files.size(file) > LONGEST) {
                // Later ones cover the earlier ones; the last of the old file stays beside the new.
                Files.move(
                        file,
                        file.resolveSibling(FILE + ".old"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                // A disk that was full may have left half a line: it stays alone on its own.
                ByteBuffer bytes = ByteBuffer.wrap(((endsALine() ? "" : "\n") + line).getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            }
        } catch (IOException e) {
            LOG.warn("the head {} of the record is not kept beside the database", seal.seq());
        }
    }

    private boolean endsALine() throws IOException {
        try (var read = new RandomAccessFile(file.toFile(), "r")) {
            if (read.length() == 0) {
                return true;
            }
            read.seek(read.length() - 1);
            return read.read() == '\n';
        }
    }
}
