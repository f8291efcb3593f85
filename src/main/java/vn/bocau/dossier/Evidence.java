package vn.bocau.dossier;

import java.util.UUID;
import org.springframework.stereotype.Component;

/** Signatures and photos, bound by their hash to the handling that named them. */
@Component("evidence")
public class Evidence {

    /**
     * Keeps what a handling named.
     *
     * @param sha256 64 lower-case hex digits
     * @param kind {@code SIGNATURE} or {@code PHOTO}
     * @return whether it was new; keeping the same again changes nothing
     */
    public boolean keep(UUID handling, String sha256, String kind, byte[] content) {
        throw new UnsupportedOperationException(handling + sha256 + kind + content.length);
    }
}
