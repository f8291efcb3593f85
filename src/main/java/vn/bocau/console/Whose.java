package vn.bocau.console;

import vn.bocau.code.Text;
import vn.bocau.directory.Partner;

/** With whom a failure lies: who has to do something before it goes on. */
enum Whose {
    US("chúng ta, bên trung chuyển", "us, the relay"),
    PORTAL("cổng dịch vụ công", "the portal"),
    AGENCY("cơ quan", "the agency"),
    POST("bưu chính", "the post"),
    NOTIFIER("bên nhắn tin hoặc nhận cảnh báo", "who carries notices or alerts"),
    CITIZEN("người dân", "the citizen"),
    NOBODY("không của ai, tự qua", "nobody: it passes"),
    UNKNOWN("chưa rõ", "not known");

    private final Text words;

    Whose(String vi, String en) {
        this.words = new Text(vi, en);
    }

    Text words() {
        return words;
    }

    static Whose of(Partner.Kind kind) {
        return switch (kind) {
            case PORTAL -> PORTAL;
            case AGENCY, ONE_STOP -> AGENCY;
            case CARRIER -> POST;
            case NOTIFIER, ALERTS -> NOTIFIER;
        };
    }

    /** Of those who speak to us through a page or an app of ours, and have no row. */
    static Whose ofOwnDoor(String sender) {
        return switch (sender) {
            case "scan" -> POST;
            case "desk" -> AGENCY;
            case "track" -> CITIZEN;
            default -> UNKNOWN;
        };
    }
}
