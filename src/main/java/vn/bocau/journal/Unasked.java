package vn.bocau.journal;

/** Why a message is closed of which its partner was not told: no word of the partner's, and no sign that it is there. */
public final class Unasked {

    /** Its dialect says nothing of this kind. */
    public static final String NOT_TOLD = "không cần báo / not told";

    /** It does not hold any more. */
    public static final String NO_LONGER_SO = "không còn đúng, không gửi / no longer so, not sent";

    private Unasked() {}

    static boolean is(String answer) {
        return answer.equals(NOT_TOLD) || answer.equals(NO_LONGER_SO);
    }
}
