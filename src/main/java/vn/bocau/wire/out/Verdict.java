package vn.bocau.wire.out;

import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/**
 * What a partner's answer means, as {@code answer.jslt} or {@code answer.xsl} of its dialect judged it.
 *
 * @param detail short, in the mapping's own words: a partner's text may name a person
 * @param number what a carrier calls the order itself; empty when it says nothing of that
 * @param code of a refusal, or of what holds the line, for programs
 * @param text of a refusal, for people; null when the detail is all there is to say
 * @param remedy of a refusal, for who looks at the parked message; null when the usual one will do
 */
record Verdict(
        Outcome outcome,
        String detail,
        String number,
        String code,
        @Nullable Text text,
        @Nullable Text remedy) {

    enum Outcome {
        /** The partner has it, now or since an earlier attempt. */
        CONFIRMED,
        /** Not now: the same again, later. */
        UNAVAILABLE,
        /** The partner makes no sense of it; the same again will not help. */
        REFUSED,
        /** The partner does not know us any more: log in, then the same again. */
        LOGIN_EXPIRED
    }
}
