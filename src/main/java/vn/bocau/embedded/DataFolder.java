package vn.bocau.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.util.FileSystemUtils;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * The folder that holds everything this installation keeps on its own disk: property {@code bocau.data}, {@code ./data}
 * unless set. Readable by its owner alone.
 */
final class DataFolder {

    private static final String OCCUPIED = "occupied";
    private static final FileAttribute<?> OWNERS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    /** What we make here ourselves. */
    private static final Pattern OURS =
            Pattern.compile("occupied|sandbox|artemis|audit|audit-key.*|drop|token-key.*|tls\\..*|postgresql.*");

    private static final long MEGABYTE = 1024L * 1024;

    /** PostgreSQL's programs and first files, and the journals of both. */
    private static final long FIRST_START = 300 * MEGABYTE;

    private static final long JOURNAL_FILES = 5 * 16 * MEGABYTE;

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
                    FileChannel.open(root.resolve(OCCUPIED), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (file.tryLock() == null) {
                throw occupied(root);
            }
            return file;
        } catch (OverlappingFileLockException alreadyOurs) {
            throw occupied(root);
        } catch (IOException e) {
            throw unusable(root);
        }
    }

    /**
     * Whether the folder could be made or used and is nobody else's, without making anything. One that is there is closed
     * to other users, also what an older version left open.
     *
     * @throws Misconfigured when not
     */
    static void check(Environment environment) {
        Path root = root(environment);
        Path there = root;
        while (Files.notExists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there) || !Files.isExecutable(there) || !keepsFiles(there)) {
            throw unusable(root);
        }
        if (Files.exists(root)) {
            close(root);
        }
        if (Files.exists(root.resolve(OCCUPIED))) {
            try (FileChannel file = new DataFolder(root).occupy()) {
                file.force(false);
            } catch (IOException e) {
                throw unusable(root);
            }
        } else if (free(there) < FIRST_START) {
            throw new Misconfigured(
                    new Text(
                            "Đĩa của thư mục dữ liệu " + root + " (BOCAU_DATA) chỉ còn " + megabytes(free(there)) + ".",
                            "The disk of the data folder " + root + " (BOCAU_DATA) has only " + megabytes(free(there))
                                    + " left."),
                    new Text(
                            "dành ra ít nhất " + megabytes(FIRST_START) + ", hoặc đặt BOCAU_DATA trên một đĩa khác.",
                            "free at least " + megabytes(FIRST_START)
                                    + ", or name a folder on another disk with BOCAU_DATA."));
        }
    }

    /** Whoever names a folder of other things by mistake must not find all of them closed to others. */
    private static void close(Path root) {
        try (Stream<Path> listed = Files.list(root)) {
            List<Path> inside =
                    listed.filter(file -> !file.endsWith("lost+found")).toList();
            List<Path> ours = inside.stream()
                    .filter(file -> OURS.matcher(file.getFileName().toString()).matches())
                    .toList();
            if (ours.isEmpty() && !inside.isEmpty()) {
                throw foreign(root);
            }
            Private.closeAlone(root);
            // What others drop has links and files of theirs in it; nobody gets into a folder that is closed.
            ours.forEach(file -> {
                if (file.endsWith("drop")) {
                    Private.closeAlone(file);
                } else {
                    Private.close(file);
                }
            });
        } catch (IOException e) {
            throw unusable(root);
        }
    }

    private static Misconfigured foreign(Path root) {
        return new Misconfigured(
                new Text(
                        "Thư mục dữ liệu " + root + " (BOCAU_DATA) đã có tệp khác, và không có gì của Bồ Câu.",
                        "The data folder " + root + " (BOCAU_DATA) holds other files, and nothing of Bồ Câu's."),
                new Text(
                        "đặt BOCAU_DATA thành một thư mục trống hoặc chưa có; Bồ Câu giữ cả thư mục cho riêng mình.",
                        "name an empty folder with BOCAU_DATA, or one that is not there yet: it is kept for Bồ Câu alone."));
    }

    /** {@code /proc} and its like say that they can be written to. */
    private static boolean keepsFiles(Path folder) {
        try {
            return Files.getFileStore(folder).getTotalSpace() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether PostgreSQL may fail for want of room: it needs some files of its journal to come up, and frees some as it ends. */
    boolean isFull() {
        return free(root) < JOURNAL_FILES;
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw unusable(folder);
        }
    }

    private static String megabytes(long bytes) {
        return bytes / MEGABYTE + " MB";
    }

    private static Misconfigured occupied(Path root) {
        return new Misconfigured(
                new Text(
                        "Một Bồ Câu khác đang chạy trên thư mục dữ liệu " + root + ".",
                        "Another Bồ Câu runs on the data folder " + root + "."),
                new Text(
                        "dừng nó, hoặc đặt BOCAU_DATA thành một thư mục khác.",
                        "stop it, or give this one another folder with BOCAU_DATA."));
    }

    private static Misconfigured unusable(Object root) {
        return new Misconfigured(
                new Text(
                        "Không tạo hoặc không ghi được thư mục dữ liệu " + root + " (BOCAU_DATA).",
                        "The data folder " + root + " (BOCAU_DATA) cannot be made or written to."),
                new Text(
                        "cho người dùng này quyền ghi vào đó, hoặc đặt BOCAU_DATA thành một thư mục khác.",
                        "let this user write there, or name another folder with BOCAU_DATA."));
    }

    static Path root(Environment environment) {
        return Path.of(environment.getProperty("bocau.data", "data"))
                .toAbsolutePath()
                .normalize();
    }

    static DataFolder of(Environment environment) {
        Path root = root(environment);
        try {
            if (Files.notExists(root)) {
                Files.createDirectories(root, OWNERS_ALONE);
            }
        } catch (IOException e) {
            throw unusable(root);
        }
        if (!Files.isDirectory(root) || !Files.isReadable(root) || !Files.isWritable(root)) {
            throw unusable(root);
        }
        return new DataFolder(root);
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    /** An empty folder to make a file of this name in, so that it is whole when it takes its place. */
    Path aside(String name) throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(root, name + ".unfinished-*")) {
            for (Path left : unfinished) {
                FileSystemUtils.deleteRecursively(left);
            }
        }
        return Files.createTempDirectory(root, name + ".unfinished-");
    }

    /** A random secret that this installation made for itself on first start and keeps. */
    String secret(String name) {
        Path file = root.resolve(name);
        try {
            if (Files.notExists(file)) {
                byte[] random = new byte[24];
                new SecureRandom().nextBytes(random);
                // Whole or not at all, should we die here. The temporary file is its owner's alone.
                Path made = Files.createTempFile(root, name, null);
                Files.writeString(made, HexFormat.of().formatHex(random));
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw unusable(file);
        }
    }
}
