package vn.bocau.desk;

import org.springframework.security.core.Authentication;
import vn.bocau.code.Refused;
import vn.bocau.wire.http.people.Rights;

/**
 * Who is signed in.
 *
 * @param agency id of the own agency
 */
record Clerk(String user, String agency) {

    /** @throws Refused FORBIDDEN {@code no-agency} when the account belongs to none */
    static Clerk of(Authentication who) {
        return Rights.of(who, Rights.AGENCY)
                .map(agency -> new Clerk(who.getName(), agency))
                .orElseThrow(() -> new Refused(
                        Refused.Ground.FORBIDDEN,
                        "no-agency",
                        "",
                        "Tài khoản này chưa gắn với cơ quan nào; hãy báo quản trị.",
                        "This account belongs to no agency; tell the administrator."));
    }
}
