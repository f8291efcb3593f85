package vn.bocau.dossier;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Sha256;
import vn.bocau.dossier.rules.LegTerms;
import vn.bocau.dossier.rules.Step;

/**
 * What an agency hands to the post at once (bảng kê bàn giao). No personal data.
 *
 * @param number what it is called, such as {@code BK-000.00.12.H50-261128-01}
 * @param agency id of who hands over
 * @param office code of the post office that comes for it
 * @param carrier OWN, or the partner who carries it
 * @param madeBy user name of the clerk
 * @param withdrawnAt when the clerk took it back before anything was fetched; null when it stands
 * @param signed for the agency; null when nobody has
 * @param received by the postal worker; null when that is done on the phone, or on paper
 */
public record Manifest(
        String number,
        String agency,
        String office,
        String carrier,
        String madeBy,
        Instant madeAt,
        @Nullable Instant withdrawnAt,
        @Nullable Signature signed,
        @Nullable Signature received,
        List<Line> lines) {

    /** At the desk, by an account's name. */
    public record Signature(String by, Instant at) {}

    /**
     * One envelope.
     *
     * @param leg its id
     * @param dossier its first code
     * @param step where it stands now
     * @param fetched whether the post has had it since
     * @param movedTo number of the manifest it was entered on later, when it was left behind; null when it was not
     * @param leftOut whether the postal worker who signed at the desk did not get it, and did not sign for it
     * @param renumbered what its envelope bears now; null when that is still the number here
     * @param readdressed when it was last said, since this was made, that it goes elsewhere: its label says where it went
     *     before; null when nobody has
     */
    public record Line(
            int no,
            UUID leg,
            String item,
            String dossier,
            Word kind,
            String to,
            Word step,
            boolean fetched,
            @Nullable String movedTo,
            boolean leftOut,
            @Nullable String renumbered,
            @Nullable Instant readdressed) {

        /** Whether it waits there for the postal worker. */
        public boolean isHere() {
            return movedTo == null && step.code().equals(Step.READY.name());
        }

        /** Whether it does not go by this any more: it was called off, called back, taken back or lost before it was fetched. */
        public boolean isGone() {
            return movedTo == null && !fetched && !isHere() && !isShort();
        }

        /** Whether the postal worker did not find it there, and the agency has not handed it over again. */
        public boolean isShort() {
            return movedTo == null && step.code().equals(Step.SHORT.name());
        }
    }

    /** What is handed over, should both sign now. */
    public long here() {
        return lines.stream().filter(Line::isHere).count();
    }

    public long fetched() {
        return lines.stream().filter(Line::fetched).count();
    }

    /** Whether a postal worker of ours may sign for it here: the agency has, and nothing of it was fetched with a phone. */
    public boolean receivable() {
        return untouched() && signed != null && carrier.equals(LegTerms.OWN);
    }

    /** The items a label can be printed for: not under a number that its envelope bears no more. */
    public List<String> labelled() {
        return lines.stream()
                .filter(line -> line.renumbered() == null)
                .map(Line::item)
                .toList();
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

    /** What the postal worker signed for at the desk. */
    public List<Line> signedFor() {
        return lines.stream().filter(line -> !line.leftOut()).toList();
    }

    /** The same of what the postal worker signed for: who has scanned those envelopes can work it out. */
    public String receivedDigest() {
        return digest(number, signedFor().stream().map(Line::item).toList());
    }

    static String digest(String number, List<String> items) {
        String text =
                number + "\n" + items.size() + "\n" + items.stream().sorted().collect(Collectors.joining("\n")) + "\n";
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
