package vn.bocau.desk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Unavailable;

/**
 * A folder that an agency drops into, with ours in it: {@code taken}, {@code done}, {@code refused}. With a group its members
 * may drop, and read what became of it. They cannot put a link in the place of a folder of ours: the folder is sticky, so what
 * is ours in it only we move. That none of them is a link is looked at before each use, too, for whoever shares our user.
 *
 * @param path the agency's, under the folder of all
 * @param group of the system, may write and read; null when who serves the folder sees to that, as our own user
 */
record DropFolder(Path path, @Nullable String group) {

    private static final int MODE = 07777;
    private static final int STICKY_GROUP = 03770;
    private static final int GROUP_READS = 02750;
    private static final int OURS = 0700;

    private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

    /** Makes what is not there. */
    void open() {
        try {
            Path all = path.getParent();
            if (Files.notExists(all)) {
                Files.createDirectories(all);
                if (group != null) {
                    // To be gone through, by those whose folder is in it.
                    Files.setPosixFilePermissions(all, PosixFilePermissions.fromString("rwx--x--x"));
                }
            }
            make(path);
            check();
        } catch (IOException e) {
            throw DropReason.of(e);
        }
    }

    /**
     * Whether everything is as it has to be; what is not ours to mend is left as it is.
     *
     * @throws Unavailable says what is wrong
     */
    void check() {
        try {
            folder(path, STICKY_GROUP);
            for (String inner : List.of("taken", "done", "refused")) {
                make(path.resolve(inner));
                folder(path.resolve(inner), inner.equals("taken") ? OURS : GROUP_READS);
            }
        } catch (IOException e) {
            throw DropReason.of(e);
        }
    }

    private void folder(Path folder, int mode) throws IOException {
        if (!Files.isDirectory(folder, NOFOLLOW)) {
            String name = folder.equals(path) ? "" : "/" + folder.getFileName();
            boolean gone = Files.notExists(folder, NOFOLLOW);
            throw new Unavailable(
                    "drop-folder-wrong",
                    gone
                            ? "Thư mục nhận tệp không còn: tạo lại nó rồi nạp lại danh bạ."
                            : "Thư mục nhận tệp" + name + " là liên kết hoặc tệp, có thể dẫn đến nơi khác: thay nó bằng"
                                    + " thư mục thường.",
                    gone
                            ? "The folder to drop files into is gone: make it again and reload the directory."
                            : "The folder to drop files into" + name
                                    + " is a link or a file and may lead elsewhere: put a"
                                    + " plain folder in its place.");
        }
        if (group != null) {
            give(folder, group, mode);
        }
    }

    private static void give(Path folder, String group, int mode) throws IOException {
        String owned = Files.getAttribute(folder, "posix:group", NOFOLLOW).toString();
        if (!owned.equals(group)) {
            Files.setAttribute(
                    folder,
                    "posix:group",
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group),
                    NOFOLLOW);
        }
        if (mode(folder) != mode) {
            Files.setAttribute(folder, "unix:mode", mode);
            if (mode(folder) != mode) {
                throw new Unavailable(
                        "drop-rights",
                        "Thư mục nhận tệp không nhận quyền của nhóm " + group
                                + ": người dùng chạy Bồ Câu phải thuộc nhóm đó, trên một đĩa giữ quyền truy cập.",
                        "The folder to drop files into does not take the rights of the group " + group
                                + ": the user who runs Bồ Câu has to be in it, on a disk that keeps permissions.");
            }
        }
    }

    private static int mode(Path folder) throws IOException {
        return (int) Files.getAttribute(folder, "unix:mode", NOFOLLOW) & MODE;
    }

    private static void make(Path folder) throws IOException {
        if (Files.notExists(folder, NOFOLLOW)) {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException meanwhile) {
                // Another node's.
            }
        }
    }
}
