package vn.bocau.console;

import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;

/** Why an operator does what he does: every act asks for it, and keeps it. No personal data. */
record Why(@Nullable String reason) {

    private static final int LONGEST = 500;

    /** @throws Refused MALFORMED {@code reason} when there is none, or a novel */
    static String given(@Nullable Why why) {
        String reason = why == null || why.reason == null ? "" : why.reason.strip();
        if (reason.isEmpty() || reason.length() > LONGEST) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "reason",
                    "/reason",
                    "Hãy ghi lý do, từ 1 đến " + LONGEST + " ký tự, không có dữ liệu cá nhân.",
                    "Give a reason of 1 to " + LONGEST + " characters, without personal data.");
        }
        return reason;
    }
}
