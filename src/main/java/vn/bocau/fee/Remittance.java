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
 * @param owner whose it is: an agency's id, or PAYEE:id
 * @param office code of the post office; of an agency's slip also the outside carrier's partner id
 * @param carrier who pays a payee in place of that office: its partner id
 * @param acknowledgedBy user name of the clerk who counted it; of a payee's slip, of the supervisor who has its word
 * @param reference by what that payee confirmed: its receipt, or the bank's transfer
 */
public record Remittance(
        String number,
        String owner,
        String office,
        @Nullable String carrier,
        Instant madeAt,
        String madeBy,
        @Nullable Instant withdrawnAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        @Nullable String reference,
        List<Line> lines) {

    /**
     * @param code first code of the dossier
     * @param act HANDED_OVER with its papers, or PAID_OVER with the slip
     * @param received what its owner counted; null until it has
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

    /** It is paid to a third, who has nobody here: what it received the post says. */
    public boolean payees() {
        return Entry.isPayee(owner);
    }

    /** Who pays what is paid with it: the post office, or an outside carrier. */
    public String from() {
        return carrier == null ? office : carrier;
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
