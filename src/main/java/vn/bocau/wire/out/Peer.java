package vn.bocau.wire.out;

import java.net.URI;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Partner;
import vn.bocau.wire.Secrets;

/**
 * Whom we speak with: a partner, its dialect, and what we and it alone know. What is not set holds the line, and says
 * what to set.
 */
record Peer(Partner partner, Dialect dialect, Secrets secrets) {

    String id() {
        return partner.id();
    }

    String setting(String name) {
        String value = partner.settings().get(name);
        if (value == null) {
            throw new Unavailable("partner " + id() + " has no setting " + name);
        }
        return value;
    }

    /** The secret its login uses. */
    String secret() {
        String setting = dialect.login().secret();
        return (setting == null ? secrets.of(partner) : secrets.named(setting(setting)))
                .orElseThrow(() -> new Unavailable("the secret of partner " + id() + " is not set"));
    }

    int connectTimeout() {
        return milliseconds("connect-timeout", dialect.timeouts().connect());
    }

    int readTimeout() {
        return milliseconds("read-timeout", dialect.timeouts().read());
    }

    private int milliseconds(String setting, int otherwise) {
        try {
            return Integer.parseInt(partner.settings().getOrDefault(setting, Integer.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw new Unavailable("partner " + id() + ": setting " + setting + " must be whole milliseconds");
        }
    }

    /** @param path filled already */
    URI uri(String path) {
        String base = partner.baseUrl() == null ? "" : partner.baseUrl().replaceFirst("/+$", "");
        if (!base.matches("https?://[^/].*")) {
            throw new Unavailable("partner " + id() + " has no base_url that begins with http:// or https://");
        }
        try {
            return URI.create(base + path);
        } catch (IllegalArgumentException e) {
            throw new Unavailable("partner " + id() + ": its base_url and the dialect's path make no URL");
        }
    }
}
