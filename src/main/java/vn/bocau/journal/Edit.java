package vn.bocau.journal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A change to what a parked message says, proposed by one person and decided by another.
 *
 * @param message the message that is, or would be, sent
 * @param original what keeps the words from before, given up; null until it is approved
 * @param difference masked
 * @param maybeHeard whether it waits and the partner may have the old words, or those they replaced: an attempt was not answered, or by
 *     no refusal
 * @param state PROPOSED, APPROVED, REJECTED, WITHDRAWN, or LAPSED when somebody dealt with the message otherwise
 */
public record Edit(
        UUID id,
        UUID message,
        @Nullable UUID original,
        String partner,
        String direction,
        String kind,
        @Nullable String subject,
        String state,
        List<Difference> difference,
        String by,
        String reason,
        Instant madeAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String endedReason,
        boolean maybeHeard) {

    private static final Pattern IDENTIFIES = Pattern.compile(
            "•|/id$|link|dossier(\\[\\d+])?$|dossier(/code|code)|/codes?(/|$)|portalref|receiver|recipient|sender|party|identity|name"
                    + "|phone|tel$|email|address|street|commune|province|district|amount|fee|paid|postage|payee|collect"
                    + "|item(code|id)?(\\[\\d+])?$|number",
            Pattern.CASE_INSENSITIVE);

    /**
     * A field that is another now. Null: it was, or is, not there.
     *
     * @param identifies whether its name says that it tells whose message it is, where to it goes or what is paid; also of one
     *     whose name is hidden, and of the whole
     */
    public record Difference(
            String path, @Nullable String old, @Nullable String now, boolean identifies) {

        public static Difference of(String path, @Nullable String old, @Nullable String now) {
            return new Difference(
                    path, old, now, path.isEmpty() || IDENTIFIES.matcher(path).find());
        }

        /** It stays to be seen whether the field was there. */
        private Difference hidden(String mask) {
            return new Difference(path, old == null ? null : mask, now == null ? null : mask, identifies);
        }
    }

    /** The same for who may know which fields differ and not what they say. */
    public Edit hidden(String mask) {
        return new Edit(
                id,
                message,
                original,
                partner,
                direction,
                kind,
                subject,
                state,
                difference.stream().map(each -> each.hidden(mask)).toList(),
                by,
                reason,
                madeAt,
                endedAt,
                endedBy,
                endedReason,
                maybeHeard);
    }

    /** Whether it changes whose message it is, where to it goes or what is paid. */
    public boolean identifies() {
        return difference.stream().anyMatch(Difference::identifies);
    }

    public boolean open() {
        return state.equals("PROPOSED");
    }

    /** Whether it may be decided by this person: anybody but who proposed it. */
    public boolean waitsForAnother(String person) {
        return open() && !by.equals(person);
    }
}
