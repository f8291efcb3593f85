package vn.bocau.wire.http.signin;

import vn.bocau.code.Refused;

/** What programs are told whose person still has to change a one-time password; browsers are led to the page. */
public final class PasswordExpired {

    private PasswordExpired() {}

    /** FORBIDDEN {@code password-expired}. */
    public static Refused refused() {
        return new Refused(
                Refused.Ground.FORBIDDEN,
                "password-expired",
                "",
                "Mật khẩu này chỉ dùng một lần: mở trang /password của máy chủ này bằng trình duyệt, đổi mật khẩu, rồi đăng"
                        + " nhập lại.",
                "This password is for one time: open the page /password of this server in a browser, change it, then sign"
                        + " in again.");
    }
}
