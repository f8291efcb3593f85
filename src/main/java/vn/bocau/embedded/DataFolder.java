package vn.bocau.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.core.env.Environment;

/**
 * The folder that holds everything this installation keeps on its own disk: property {@code bocau.data}, {@code ./data}
 * unless set. Readable by its owner alone.
 */
final class DataFolder {

    private final Path root;

    private DataFolder(Path root) {
        this.root = root;
    }

    /**
     * Makes this process the only one on the folder, until the channel is closed; the system lets go of the lock even after
     * {@code kill -9}. Without it a second start would take the first one's PostgreSQL for an orphan.
     */
    FileChannel occupy() {
        try {
            FileChannel file =
                    FileChannel.open(root.resolve("occupied"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (file.tryLock() == null) {
                throw new IllegalStateException("Another Bồ Câu runs on the data folder " + root
                        + ". Stop it, or give this one another folder with BOCAU_DATA.");
            }
            return file;
        } catch (OverlappingFileLockException alreadyOurs) {
            throw new IllegalStateException("This process already runs a Bồ Câu on the data folder " + root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + root, e);
        }
    }

    static DataFolder of(Environment environment) {
        Path root = Path.of(environment.getProperty("bocau.data", "data"))
                .toAbsolutePath()
                .normalize();
        try {
            if (Files.notExists(root)) {
                Files.createDirectories(root);
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the data folder " + root, e);
        }
        return new DataFolder(root);
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    /** A random secret that this installation made for itself on first start and keeps. */
    String secret(String name) {
        Path file = root.resolve(name);
        try {
            if (Files.notExists(file)) {
                byte[] random = new byte[24];
                new SecureRandom().nextBytes(random);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(random));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + file, e);
        }
    }
}
