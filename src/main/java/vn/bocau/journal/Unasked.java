package vn.bocau.journal;

/** Why a message is closed of which its partner was not told: no word of the partner's, and no sign that it is there. */
public final class Unasked {

    /** Its dialect says nothing of this kind. */
    public static final String NOT_TOLD = "không cần báo / not told";

    /** It does not hold any more. */
    public static final String NO_LONGER_SO = "không còn đúng, không gửi / no longer so, not sent";

    private static final String ANY = "('" + NOT_TOLD + "', '" + NO_LONGER_SO + "')";

    /** In SQL, of a message m: that it was closed so. */
    static final String CLOSED = "coalesce(m.answer, '') in " + ANY;

    private Unasked() {}

    /** In SQL: that its partner has heard message l since then; it may have been told, and closed so later. */
    static String heard(String since) {
        return """
                l.state = 'CONFIRMED' and l.closed_at >= SINCE and (coalesce(l.answer, '') not in ANY or exists (
                    select from attempt a where a.message = l.seq and a.outcome = 'CONFIRMED' and a.ended_at >= SINCE
                      and coalesce(a.detail, '') not in ANY))
                """.replace("SINCE", since).replace("ANY", ANY);
    }

    static boolean is(String answer) {
        return answer.equals(NOT_TOLD) || answer.equals(NO_LONGER_SO);
    }
}
