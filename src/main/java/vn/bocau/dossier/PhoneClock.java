package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a phone knew of its clock when it wrote something down. What its clock shows when it sends, hours later, says nothing
 * of then if somebody set it in between.
 *
 * @param heard the hub's own time in the last answer of the hub before
 * @param ahead by how much the phone's clock was ahead of that
 * @param steady time since that answer by a clock that nobody can set, and that may stand still while the phone sleeps; null
 *     when the app was started anew in between
 */
record PhoneClock(Instant heard, Duration ahead, @Nullable Duration steady) {

    /** A clock that is wrong by less is not corrected: the message itself takes that long in the mountains. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    /** @param entry of a phone, as its schema wants it; empty when it says nothing of its clock */
    static Optional<PhoneClock> of(JsonNode entry) {
        JsonNode clock = entry.path("clock");
        return Clocks.time(clock.path("heard").asText())
                .map(OffsetDateTime::toInstant)
                .map(heard -> new PhoneClock(
                        heard,
                        Duration.ofMillis(clock.path("ahead").asLong()),
                        clock.hasNonNull("steady")
                                ? Duration.ofMillis(clock.path("steady").asLong())
                                : null));
    }

    /**
     * A batch as it came in.
     *
     * @param at when the hub heard of it
     * @param skew by how much the sender's clock was behind the hub's when it sent
     */
    record Sending(Instant at, Duration skew) {

        /** @param at when the hub heard of it @param sentAt by the sender's clock */
        static Sending of(Instant at, Instant sentAt) {
            Duration behind = Duration.between(sentAt, at);
            return new Sending(at, behind.abs().compareTo(TOLERANCE) > 0 ? behind : Duration.ZERO);
        }

        /** When it happened that an entry says was then by the sender's clock. */
        Instant happened(JsonNode entry, Instant shown) {
            return PhoneClock.of(entry)
                    .map(clock -> clock.happened(shown, this))
                    .orElse(shown.plus(skew));
        }
    }

    /**
     * When it happened. Where the clock was set between that answer and the sending, one of the two corrections is wrong: it
     * lies before the hub's last answer or after the hub heard of it, or further from what the steady clock says.
     *
     * @param shown what the phone's clock showed
     */
    private Instant happened(Instant shown, Sending sending) {
        Instant asThen = shown.minus(ahead);
        Instant asSending = shown.plus(sending.skew());
        if (heard.isAfter(sending.at()) || apart(asThen, asSending).compareTo(TOLERANCE) <= 0) {
            return asSending;
        }
        Instant earliest = heard.plus(steady == null ? Duration.ZERO : steady);
        return Stream.of(asThen, asSending)
                .filter(at -> !at.isBefore(earliest.minus(TOLERANCE))
                        && !at.isAfter(sending.at().plus(TOLERANCE)))
                .min((a, b) -> steady == null ? 0 : apart(a, earliest).compareTo(apart(b, earliest)))
                .orElse(asSending);
    }

    private static Duration apart(Instant a, Instant b) {
        return Duration.between(a, b).abs();
    }
}
