package vn.bocau.wire.http.people;

import vn.bocau.code.Text;
import vn.bocau.journal.Mend;

/** What somebody of the operators may do, for each partner. */
public enum Right {
    /** What became of its messages, without their words. */
    SEE("xem thông tin vận hành", "see what became of messages"),
    /** The words of its messages, masked. */
    READ("xem nội dung đã che", "read the masked content"),
    RETRY("gửi lại", "retry"),
    /** Other words for a parked message: proposes them, or approves what somebody else proposes. */
    EDIT("sửa nội dung và duyệt sửa", "edit, and approve edits"),
    DISCARD("bỏ thông điệp", "discard"),
    PAUSE("tạm dừng và cho chạy lại", "pause and resume"),
    /** What changes how it is spoken to: reading its feed anew, its rows. */
    ADMINISTER("quản trị", "administer");

    private final Text words;

    Right(String vi, String en) {
        this.words = new Text(vi, en);
    }

    /** What it takes, for each partner in a mend, to begin it, and to end it. */
    public static Right of(Mend.Sort sort) {
        return switch (sort) {
            case RETRY -> RETRY;
            case REPLAY -> ADMINISTER;
            case DISCARD -> DISCARD;
        };
    }

    public Text words() {
        return words;
    }
}
