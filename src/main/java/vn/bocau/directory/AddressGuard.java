package vn.bocau.directory;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/**
 * Reads the commune out of an address as people write it, in one line, and says where that is today. Since July 2025
 * there are no districts, communes were joined, and most of their codes and many of their names mean another place than
 * before: what is certain is taken, everything else is asked. Nothing is guessed, because a letter to the wrong commune
 * is worse than a question.
 *
 * <p>What became of an old commune is known for Quảng Bình and Quảng Trị alone. An old name of another province is never
 * rewritten.
 */
public interface AddressGuard {

    /**
     * What an address names on a day.
     *
     * @param address one line, with or without prefixes, districts, provinces, marks and separators; may be empty when
     *     there is a code
     * @param code the commune code that stands beside it, NSO, of today or of before July 2025; null when there is none
     * @param on the day the letter travels
     */
    Verdict check(String address, @Nullable String code, LocalDate on);

    /** How far an address can be relied on. */
    enum Certainty {
        /** It names a commune of that day. */
        KEPT,
        /** It names a commune that has ended, and it is certain to which one the place belongs on that day. */
        REWRITTEN,
        /** It may be several, or one that is not certain: a person chooses. */
        ASK,
        /** No commune can be read out of it: a person has to say more. */
        UNKNOWN
    }

    /**
     * What an address came to.
     *
     * @param commune on that day; null for ASK and UNKNOWN, always there otherwise
     * @param street what is left before the commune, as it was written, composed (NFC); for ASK and UNKNOWN the whole
     *     address
     * @param why what was rewritten, why it is asked, or what is missing; null for KEPT. Names places from the lists,
     *     never what somebody wrote
     * @param candidates for ASK the communes it may be, never empty, each once; empty otherwise
     */
    record Verdict(
            Certainty certainty,
            @Nullable Commune commune,
            String street,
            @Nullable Text why,
            List<Candidate> candidates) {}

    /** A commune it may be, and what speaks for it. */
    record Candidate(Commune commune, Text why) {}
}
