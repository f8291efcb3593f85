package vn.bocau.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Our word that we wrote these rows, which one transaction did: on the last of them. A row that no stamp covers was put there by
 * somebody else, whatever was chained to it since.
 *
 * @param from number of the first of them
 * @param key which public key verifies it: the SHA-256 of that key, in hex
 * @param signature SHA256withRSA of {@link #words}
 */
public record AuditStamp(long from, String key, byte[] signature) {

    /** What is signed: {@code bocau-audit}, {@code rows}, the first and the last number and the last digest, a line each. */
    static byte[] words(long from, long seq, byte[] digest) {
        return ("bocau-audit\nrows\n" + from + "\n" + seq + "\n"
                        + HexFormat.of().formatHex(digest) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuditStamp stamp && from == stamp.from && Arrays.equals(signature, stamp.signature);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(from);
    }

    @Override
    public String toString() {
        return "AuditStamp[" + from + "]";
    }
}
