package vn.bocau.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Sha256;

/**
 * A row of the record as it is stored and exported.
 *
 * @param seq 1, 2, 3 … without a gap
 * @param at to the microsecond, as the database keeps it
 * @param previous the digest of the row before it; of the first 32 zeros
 * @param digest SHA-256 of all before it, see {@link #expected()}
 * @param stamp of this row and those before it that the same transaction wrote; null of all but its last
 */
public record AuditRow(
        long seq,
        Instant at,
        String by,
        String what,
        String outcome,
        String kind,
        String target,
        @Nullable String partner,
        @Nullable String reason,
        @Nullable String detail,
        byte[] previous,
        byte[] digest,
        @Nullable AuditStamp stamp) {

    static final byte[] BEGINNING = new byte[32];

    static AuditRow after(long seq, byte[] previous, Instant at, Audited said) {
        var open = new AuditRow(
                seq,
                at,
                said.by(),
                said.what(),
                said.outcome().name(),
                said.kind().name(),
                said.target(),
                said.partner(),
                said.reason(),
                said.detail(),
                previous,
                previous,
                null);
        return new AuditRow(
                open.seq,
                open.at,
                open.by,
                open.what,
                open.outcome,
                open.kind,
                open.target,
                open.partner,
                open.reason,
                open.detail,
                previous,
                open.expected(),
                null);
    }

    AuditRow with(AuditStamp by) {
        return new AuditRow(
                seq, at, this.by, what, outcome, kind, target, partner, reason, detail, previous, digest, by);
    }

    /**
     * What its digest has to be: SHA-256 of the UTF-8 of a JSON array, without spaces, of seq, at (ISO 8601), by, what,
     * outcome, kind, target, partner, reason, detail and the previous digest in lower-case hex; null where there is none.
     */
    byte[] expected() {
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        content.add(seq)
                .add(at.toString())
                .add(by)
                .add(what)
                .add(outcome)
                .add(kind)
                .add(target);
        content.add(partner).add(reason).add(detail).add(HexFormat.of().formatHex(previous));
        return Sha256.of(content.toString().getBytes(StandardCharsets.UTF_8));
    }

    boolean isWhole() {
        return Arrays.equals(expected(), digest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuditRow row && seq == row.seq && Arrays.equals(digest, row.digest);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq);
    }

    @Override
    public String toString() {
        return "AuditRow[" + seq + "]";
    }
}
