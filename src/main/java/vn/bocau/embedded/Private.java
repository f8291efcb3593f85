package vn.bocau.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * Keeps the data folder its owner's alone, whoever made it and with whatever rights: in it are passwords, private keys and
 * what people told us.
 */
final class Private {

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private Private() {}

    /**
     * The folder, and nothing in it.
     *
     * @throws Misconfigured when it is somebody else's, or cannot be made so
     */
    static void closeAlone(Path folder) {
        checkOwner(folder);
        take(folder);
    }

    /**
     * The folder and everything in it.
     *
     * @throws Misconfigured when it is somebody else's, or cannot be made so
     */
    static void close(Path folder) {
        closeAlone(folder);
        try {
            Files.walkFileTree(folder.toRealPath(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                    return take(inner) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!attributes.isSymbolicLink()) {
                        take(file);
                    } else if (Files.isDirectory(file)) {
                        checkClosed(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // Gone since, or another's: who may not look into it has been told so at its folder.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw open(folder);
        }
    }

    /**
     * What a link leads to stands outside, so it is looked at and left alone: a link to {@code /usr} must not close that. A
     * folder that others may not enter hides all that is in it.
     */
    private static void checkClosed(Path linked) throws IOException {
        checkOwner(linked);
        if (!OWNERS.containsAll(Files.getPosixFilePermissions(linked))) {
            throw linkedOpen(linked, linked.toRealPath());
        }
    }

    private static void checkOwner(Path folder) {
        try {
            int owner = (int) Files.getAttribute(folder, "unix:uid");
            if (owner != new UnixSystem().getUid()) {
                throw foreign(folder, Files.getOwner(folder).getName());
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw open(folder);
        }
    }

    /** @return whether it is there still */
    private static boolean take(Path file) {
        try {
            Set<PosixFilePermission> given = Files.getPosixFilePermissions(file);
            Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
            left.addAll(given);
            if (left.retainAll(OWNERS)) {
                Files.setPosixFilePermissions(file, left);
                // Some file systems take every change and make none.
                if (!OWNERS.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                        && !Files.isSymbolicLink(file)) {
                    throw open(file);
                }
            }
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            throw open(file);
        }
    }

    private static Misconfigured foreign(Path folder, String owner) {
        return new Misconfigured(
                new Text(
                        "Thư mục dữ liệu " + folder + " (BOCAU_DATA) là của người dùng " + owner
                                + ", không phải của người đang chạy Bồ Câu.",
                        "The data folder " + folder + " (BOCAU_DATA) belongs to the user " + owner
                                + ", not to who runs Bồ Câu."),
                new Text(
                        "giao nó cho người dùng này (chown -R), hoặc đặt BOCAU_DATA thành một thư mục con chưa có, Bồ Câu"
                                + " sẽ tự tạo.",
                        "give it to this user (chown -R), or name a folder in it that is not there yet with BOCAU_DATA,"
                                + " which Bồ Câu makes itself."));
    }

    private static Misconfigured linkedOpen(Path link, Path target) {
        return new Misconfigured(
                new Text(
                        link + " trong thư mục dữ liệu (BOCAU_DATA) dẫn đến " + target
                                + ", nơi người dùng khác vào được; trong đó có khóa và dữ liệu cá nhân.",
                        link + " in the data folder (BOCAU_DATA) leads to " + target
                                + ", which other users may enter; keys and personal data are in it."),
                new Text("đóng nó lại: chmod 700 " + target, "close it: chmod 700 " + target));
    }

    private static Misconfigured open(Path file) {
        return new Misconfigured(
                new Text(
                        "Không đóng được " + file
                                + " (BOCAU_DATA) với người dùng khác; trong đó có khóa và dữ liệu cá nhân.",
                        file + " (BOCAU_DATA) cannot be closed to other users; keys and personal data are in it."),
                new Text(
                        "giao cả thư mục cho người dùng này (chown -R) trên một đĩa giữ quyền truy cập, hoặc đặt BOCAU_DATA"
                                + " thành thư mục khác.",
                        "give the whole folder to this user (chown -R) on a disk that keeps permissions, or name another"
                                + " with BOCAU_DATA."));
    }
}
