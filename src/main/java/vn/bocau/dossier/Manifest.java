package vn.bocau.dossier;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Sha256;

/**
 * What an agency hands to the post at once (bảng kê bàn giao). No personal data.
 *
 * @param number what it is called, such as {@code BK-000.00.12.H50-261128-01}
 * @param agency id of who hands over
 * @param office code of the post office that comes for it
 * @param carrier OWN, or the partner who carries it
 * @param madeBy user name of the clerk
 * @param withdrawnAt when the clerk took it back before anything was fetched; null when it stands
 */
public record Manifest(
        String number,
        String agency,
        String office,
        String carrier,
        String madeBy,
        Instant madeAt,
        @Nullable Instant withdrawnAt,
        List<Line> lines) {

    /**
     * One envelope.
     *
     * @param dossier its first code
     * @param step where it stands now
     * @param fetched whether the post has had it since
     * @param movedTo number of the manifest it was entered on later, when it was left behind; null when it was not
     */
    public record Line(
            int no,
            String item,
            String dossier,
            Word kind,
            String to,
            Word step,
            boolean fetched,
            @Nullable String movedTo) {}

    public long fetched() {
        return lines.stream().filter(Line::fetched).count();
    }

    /** Whether it may still be taken back. */
    public boolean untouched() {
        return withdrawnAt == null && fetched() == 0;
    }

    /**
     * SHA-256, as hex, of the number, the count and the sorted items, a line each. Whoever has scanned all envelopes can work
     * it out without asking anybody: one more, one less or another one gives another digest.
     */
    public String digest() {
        return digest(number, lines.stream().map(Line::item).toList());
    }

    static String digest(String number, List<String> items) {
        String text =
                number + "\n" + items.size() + "\n" + items.stream().sorted().collect(Collectors.joining("\n")) + "\n";
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
