package vn.bocau.audit;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A signed word of ours that the record is this long and ends so: the head, renewed with every row, and the root of each
 * day.
 *
 * @param day of a root; null of the head
 * @param seq of the last row it covers
 * @param digest of that row
 * @param key which public key verifies it: the SHA-256 of that key, in hex
 * @param signature SHA256withRSA of {@link #words()}
 */
public record AuditSeal(@Nullable LocalDate day, long seq, byte[] digest, String key, byte[] signature) {

    /** What is signed: {@code bocau-audit}, the day or {@code head}, the number of rows and their last digest, a line each. */
    static byte[] words(@Nullable LocalDate day, long seq, byte[] digest) {
        return ("bocau-audit\n" + (day == null ? "head" : day) + "\n" + seq + "\n"
                        + HexFormat.of().formatHex(digest) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] words() {
        return words(day, seq, digest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuditSeal seal && seq == seal.seq && Arrays.equals(signature, seal.signature);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq);
    }

    @Override
    public String toString() {
        return "AuditSeal[" + (day == null ? "head" : day) + " " + seq + "]";
    }
}
