package vn.bocau.desk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.Partner;

/**
 * Where an agency drops files of results: a folder of its own under {@code bocau.drop}, or one of an SFTP server.
 *
 * @param agency whose results they are, whatever stands in them
 * @param folder its own; of a server it has none
 * @param server null for a folder
 */
record Drop(
        String partner,
        String agency,
        DropFolder folder,
        @Nullable Server server) {

    /** The setting of a partner's row: {@code folder}, or {@code sftp://user@host:port/folder}. */
    static final String SETTING = "drop";

    /** The setting with the server's key, as {@code ssh-keyscan} writes it after the name: its kind and itself. */
    static final String HOST_KEY = "drop-host-key";

    /** The setting with the group of the system that may write into the folder and read there. */
    static final String GROUP = "drop-group";

    static final String FOLDER = "folder";

    static final Pattern GROUPS = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");

    static final Pattern SFTP = Pattern.compile(
            "sftp://([A-Za-z0-9._-]{1,64})@([A-Za-z0-9.-]{1,253})(?::([0-9]{1,5}))?/([A-Za-z0-9._/-]{0,200})");

    static final Pattern KEY = Pattern.compile("[a-z0-9@.-]{5,60} [A-Za-z0-9+/]{40,2000}={0,2}");

    private static final int SSH = 22;

    /**
     * @param secret name of the password, or of the private key as PEM
     * @param key of the server: another one at that address is not spoken to
     */
    record Server(String user, String host, int port, String path, String secret, String key) {

        /** As a file of known hosts has it. */
        byte[] knownHosts() {
            return ((port == SSH ? host : "[" + host + "]:" + port) + " " + key + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** @param root the folder under which each has its own */
    static Optional<Drop> of(Partner partner, Path root) {
        String setting = partner.settings().get(SETTING);
        String agency = partner.agency();
        if (setting == null || agency == null) {
            return Optional.empty();
        }
        DropFolder folder = new DropFolder(
                root.resolve(partner.id()).toAbsolutePath(), partner.settings().get(GROUP));
        if (setting.equals(FOLDER)) {
            return Optional.of(new Drop(partner.id(), agency, folder, null));
        }
        Matcher sftp = SFTP.matcher(setting);
        String key = partner.settings().get(HOST_KEY);
        String secret = partner.secret();
        if (!sftp.matches() || key == null || secret == null) {
            return Optional.empty();
        }
        int port = sftp.group(3) == null ? SSH : Integer.parseInt(sftp.group(3));
        return Optional.of(new Drop(
                partner.id(),
                agency,
                folder,
                new Server(sftp.group(1), sftp.group(2), port, sftp.group(4), secret, key)));
    }

    /** As Camel's components write it, without options. */
    String uri() {
        return server == null
                ? "file:" + folder.path()
                : "sftp:" + server.user() + "@" + server.host() + ":" + server.port() + "/" + server.path();
    }
}
