package vn.bocau.fee;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Sha256;

/**
 * A slip with everything on it. Amounts in đồng.
 *
 * @param office code of the post office, or the outside carrier's partner id
 * @param acknowledgedBy user name of the clerk who counted it
 */
public record Remittance(
        String number,
        String agency,
        String office,
        Instant madeAt,
        String madeBy,
        @Nullable Instant withdrawnAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        List<Line> lines) {

    /**
     * @param code first code of the dossier
     * @param act HANDED_OVER with its papers, or PAID_OVER with the slip
     * @param received what the agency counted; null until it has
     */
    public record Line(
            int no,
            String code,
            @Nullable String item,
            String act,
            long amount,
            @Nullable Long received) {}

    /** Names what lines say: another item, order or amount is another list. */
    public static String list(List<Line> lines) {
        return Sha256.hex(lines.stream()
                .map(line -> line.code() + "/" + line.item() + "/" + line.amount())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8));
    }

    public boolean open() {
        return withdrawnAt == null && acknowledgedAt == null;
    }

    public long total() {
        return lines.stream().mapToLong(Line::amount).sum();
    }

    /** What changes hands with the slip itself. */
    public long paid() {
        return lines.stream()
                .filter(line -> line.act().equals("PAID_OVER"))
                .mapToLong(Line::amount)
                .sum();
    }

    public long received() {
        return lines.stream()
                .mapToLong(line -> line.received() == null ? 0 : line.received())
                .sum();
    }
}
