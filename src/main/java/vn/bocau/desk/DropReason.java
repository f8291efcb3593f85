package vn.bocau.desk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Unavailable;

/** Why a drop does not work, in words of ours: those of libraries name files, and so at times citizens. */
final class DropReason {

    private DropReason() {}

    static Unavailable of(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof Unavailable told) {
                return told;
            }
            Unavailable known = known(e);
            if (known != null) {
                return known;
            }
        }
        String kind = failure.getClass().getSimpleName();
        return why(
                "drop-not-read",
                "không đọc hoặc không ghi được (" + kind + ")",
                "it cannot be read or written (" + kind + ")",
                failure);
    }

    private static @Nullable Unavailable known(Throwable e) {
        String said = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
        if (said.contains("hostkey")) {
            return why(
                    "sftp-key-other",
                    "khóa của máy chủ SFTP không phải khóa trong drop-host-key; hãy hỏi người giữ máy chủ rồi sửa",
                    "the SFTP server's key is not the one in drop-host-key; ask who keeps the server, then mend it",
                    e);
        }
        if (said.contains("auth fail") || said.contains("auth cancel")) {
            return why(
                    "sftp-refuses-us",
                    "máy chủ SFTP không nhận mật khẩu hoặc khóa của chúng ta; hãy thay bí mật",
                    "the SFTP server does not take our password or key; give the secret anew",
                    e);
        }
        if (e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof SocketTimeoutException
                || said.contains("timeout")
                || said.contains("session is down")) {
            return why("sftp-away", "máy chủ SFTP không trả lời", "the SFTP server does not answer", e);
        }
        if (said.contains("no space left") || said.contains("quota exceeded")) {
            return why("disk-full", "đĩa đầy", "the disk is full", e);
        }
        if (e instanceof AccessDeniedException || said.contains("permission denied")) {
            return why(
                    "drop-rights",
                    "không có quyền đọc hoặc ghi trong thư mục",
                    "we may not read or write in the folder",
                    e);
        }
        if (e instanceof UserPrincipalNotFoundException) {
            return why(
                    "drop-group-unknown",
                    "hệ thống không có nhóm trong drop-group",
                    "the system has no group as in drop-group",
                    e);
        }
        if (e instanceof NoSuchFileException
                || e instanceof FileNotFoundException
                || said.contains("no such file")
                || said.contains("cannot change directory")) {
            return why("drop-file-gone", "thư mục hoặc tệp không còn", "the folder or the file is gone", e);
        }
        return null;
    }

    /** Whether it lies with disk, server or folder, not with us. */
    static boolean isOutside(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof IOException
                    || e instanceof Unavailable
                    || e instanceof org.apache.camel.component.file.GenericFileOperationFailedException) {
                return true;
            }
        }
        return false;
    }

    private static Unavailable why(String code, String vi, String en, Throwable cause) {
        return new Unavailable(
                code, "Không lấy được tệp thả: " + vi + ".", "Dropped files cannot be taken: " + en + ".", cause);
    }
}
