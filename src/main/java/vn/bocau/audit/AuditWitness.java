package vn.bocau.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Each node's own memory of how far the record had come, outside the database: whoever cuts the newest rows off there and
 * puts an older signed head in place is found out by a later one here. A line each in {@code audit/heads.log} of the
 * data: seq, digest, key, signature, a full stop. The old ones give way, but for one of each day and those that a record
 * which went back has contradicted: these stay in {@code audit/heads.kept} for ever.
 */
@Component
class AuditWitness {

    static final String FILE = "heads.log";
    static final String KEPT = "heads.kept";

    /** In the order they were written. */
    static final List<String> FILES = List.of(KEPT, FILE + ".old", FILE);

    private static final long LONGEST = 1 << 20;

    /** About as many as the files hold. */
    private static final int REMEMBERED = 4000;

    /** For how long it is told that the record went back, once it has gone on. */
    private static final Duration TOLD = Duration.ofDays(1);

    /** More transactions than may tell of their heads in another order than they ended in. */
    private static final int AT_ONCE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(AuditWitness.class);

    private final Path folder;
    private final long longest;
    private final NavigableMap<Long, AuditSeal> seen = new TreeMap<>();
    private boolean remembers;
    private @Nullable Instant wentBackAt;
    private @Nullable LocalDate keptOn;

    @Autowired
    AuditWitness(Environment environment) {
        this(environment, LONGEST);
    }

    /** @param longest from how many bytes on a file gives way to the next */
    AuditWitness(Environment environment, long longest) {
        this.folder = Path.of(environment.getProperty("bocau.data", "data"), AuditKey.FOLDER);
        this.longest = longest;
    }

    /** The row is committed: a disk that is full now takes nothing back, and the next head covers this one too. */
    synchronized void saw(AuditSeal seal) {
        try {
            Files.createDirectories(folder);
            remember();
            compare(seal);
            LocalDate today = LocalDate.now(AuditCheck.VIETNAM);
            if (!today.equals(keptOn)) {
                append(KEPT, seal);
                keptOn = today;
            }
            Path file = folder.resolve(FILE);
            if (Files.exists(file) && Files.size(file) > longest) {
                Files.move(
                        file,
                        file.resolveSibling(FILE + ".old"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            }
            append(FILE, seal);
        } catch (IOException e) {
            LOG.warn("the head {} of the record is not kept beside the database", seal.seq());
        }
        seen.put(seal.seq(), seal);
        if (seen.size() > REMEMBERED) {
            seen.pollFirstEntry();
        }
    }

    /** The newest head that this node has seen of the record as it goes on now; null when it has seen none. */
    synchronized @Nullable AuditSeal newest() {
        try {
            remember();
        } catch (IOException e) {
            LOG.warn("the heads of the record beside the database cannot be read");
        }
        return seen.isEmpty() ? null : seen.lastEntry().getValue();
    }

    /** Whether the record was found to have gone on from an earlier row than it had come to: what is seen of it since does not say so. */
    synchronized boolean wentBackLately() {
        return wentBackAt != null && wentBackAt.isAfter(Instant.now().minus(TOLD));
    }

    /**
     * A record only grows. Two transactions may tell of their heads in the other order; but one that is another than it was,
     * or lies before all that are remembered, is of a record that somebody took back and that has gone on from there.
     */
    private void compare(AuditSeal seal) throws IOException {
        if (seen.isEmpty() || seal.seq() > seen.lastKey()) {
            return;
        }
        AuditSeal before = seen.get(seal.seq());
        boolean another = before != null && !Arrays.equals(before.digest(), seal.digest());
        boolean longAgo = before == null && seen.size() > AT_ONCE && seal.seq() < seen.firstKey();
        if (!another && !longAgo) {
            return;
        }
        AuditSeal newest = seen.lastEntry().getValue();
        LOG.error(
                "the record went back: it had come to row {} and is at row {} now, which was another. Rows were taken away,"
                        + " or an older database was restored; ./bocau audit verify names them",
                newest.seq(),
                seal.seq());
        if (before != null && before.seq() != newest.seq()) {
            append(KEPT, before);
        }
        append(KEPT, newest);
        // What comes now is of the other branch: said once, not of each of its rows.
        seen.clear();
        wentBackAt = Instant.now();
    }

    /** What was seen before this node was started again. */
    private void remember() throws IOException {
        if (remembers) {
            return;
        }
        for (String name : List.of(FILE + ".old", FILE)) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().forEach(this::remember);
            }
        }
        Path kept = folder.resolve(KEPT);
        if (Files.exists(kept)) {
            keptOn = LocalDate.ofInstant(Files.getLastModifiedTime(kept).toInstant(), AuditCheck.VIETNAM);
        }
        remembers = true;
    }

    private void remember(String line) {
        try {
            AuditSeal seal = AuditFile.witness(line);
            AuditSeal before = seen.put(seal.seq(), seal);
            if (before != null && !Arrays.equals(before.digest(), seal.digest())) {
                // Told when it happened: what follows is the other branch.
                seen.clear();
                seen.put(seal.seq(), seal);
            }
        } catch (IOException e) {
            LOG.debug("half a line is left out");
        }
    }

    private void append(String name, AuditSeal seal) throws IOException {
        Path file = folder.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            // A disk that was full may have left half a line: it stays alone on its own.
            String line = (endsALine(file) ? "" : "\n") + AuditFile.witness(seal);
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }

    private static boolean endsALine(Path file) throws IOException {
        try (var read = new RandomAccessFile(file.toFile(), "r")) {
            if (read.length() == 0) {
                return true;
            }
            read.seek(read.length() - 1);
            return read.read() == '\n';
        }
    }
}
