package vn.bocau.wire.out;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Partner;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.mapping.MappingSet;

/**
 * Whom we speak with: a partner, its dialect, and what we and it alone know. What is not set holds the line, and says
 * what to set.
 *
 * @param mappings the files its dialect was read with: what is being said is said by these to its end
 */
record Peer(Partner partner, Dialect dialect, MappingSet mappings, Secrets secrets) {

    /** In milliseconds. Saying a word takes at most four such waits: login, word, login anew, word again. */
    private static final int LONGEST_WAIT = 30_000;

    String id() {
        return partner.id();
    }

    /** Whether what was made ready for the other is still good for this one. */
    boolean isSameAs(Peer other) {
        return partner.equals(other.partner) && dialect.equals(other.dialect);
    }

    String setting(String name) {
        String value = partner.settings().get(name);
        if (value == null) {
            throw new Unavailable(
                    "setting-missing",
                    "Thiếu thiết lập " + name + " trong settings của " + id() + ".",
                    "Partner " + id() + " has no setting " + name + ".");
        }
        return value;
    }

    /** What we call ourselves towards it. */
    String client() {
        String client = partner.clientId();
        if (client == null) {
            throw new Unavailable(
                    "setting-missing",
                    "Thiếu client_id của " + id() + " mà phương ngữ của nó cần.",
                    "Partner " + id() + " has no client_id, which its dialect needs.");
        }
        return client;
    }

    /** The secret its login uses. */
    String secret() {
        return secret(dialect.login().secret());
    }

    /** @param setting that names the secret; null for the partner's own */
    String secret(@Nullable String setting) {
        return (setting == null ? secrets.of(partner) : secrets.named(setting(setting)))
                .orElseThrow(() -> new Unavailable(
                        "secret-missing",
                        "Bí mật của " + id() + " chưa được đặt.",
                        "The secret of partner " + id() + " is not set."));
    }

    int connectTimeout() {
        return milliseconds("connect-timeout", dialect.timeouts().connect());
    }

    int readTimeout() {
        return milliseconds("read-timeout", dialect.timeouts().read());
    }

    /** Seconds between two rounds of questions. */
    int every(int otherwise) {
        String set = partner.settings().get("poll-seconds");
        if (set == null) {
            return otherwise;
        }
        if (!set.matches("[1-9][0-9]{0,4}")) {
            throw new Unavailable(
                    "setting-wrong",
                    "settings của " + id() + ": poll-seconds phải là số giây từ 1 đến 99999.",
                    "Partner " + id() + ": setting poll-seconds must be seconds from 1 to 99999.");
        }
        return Integer.parseInt(set);
    }

    private int milliseconds(String setting, int otherwise) {
        String set = partner.settings().get(setting);
        if (set == null) {
            return otherwise;
        }
        if (!set.matches("[1-9][0-9]{2,4}") || Integer.parseInt(set) > LONGEST_WAIT) {
            throw new Unavailable(
                    "setting-wrong",
                    "settings của " + id() + ": " + setting + " phải từ 100 đến " + LONGEST_WAIT + " mili giây.",
                    "Partner " + id() + ": setting " + setting + " must be milliseconds from 100 to " + LONGEST_WAIT
                            + ".");
        }
        return Integer.parseInt(set);
    }

    /**
     * Where a session or a token is asked for: behind the base URL, or at a server of its own that is no less private.
     *
     * @param path filled already
     */
    URI login(String path) {
        if (path.isEmpty() || path.startsWith("/")) {
            return uri(path);
        }
        if (path.startsWith("http:") && "https".equals(uri("").getScheme())) {
            throw new Unavailable(
                    "base-url-wrong",
                    "Địa chỉ đăng nhập của " + id() + " phải bắt đầu bằng https:// như base_url.",
                    "Where we log in to " + id() + " must begin with https:// as its base_url does.");
        }
        try {
            URI address = URI.create(path);
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new Unavailable(
                "base-url-wrong",
                "Nơi đăng nhập của " + id() + " trong dialect.json không phải một địa chỉ.",
                "Where we log in to " + id() + " is no address in its dialect.json.");
    }

    /** @param path filled already */
    URI uri(String path) {
        String base = partner.baseUrl() == null ? "" : partner.baseUrl().replaceFirst("/+$", "");
        if (!base.matches("https?://[^/].*")) {
            throw new Unavailable(
                    "base-url-wrong",
                    "base_url của " + id() + " phải bắt đầu bằng http:// hoặc https://.",
                    "Partner " + id() + " has no base_url that begins with http:// or https://.");
        }
        try {
            return URI.create(base + path);
        } catch (IllegalArgumentException e) {
            throw new Unavailable(
                    "base-url-wrong",
                    "base_url của " + id() + " không ghép thành địa chỉ được.",
                    "Partner " + id() + ": its base_url and the dialect's path make no URL.");
        }
    }
}
