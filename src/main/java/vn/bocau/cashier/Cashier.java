package vn.bocau.cashier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import vn.bocau.code.Refused;
import vn.bocau.fee.Side;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;
import vn.bocau.wire.http.people.Rights;

/** Who is signed in, and so whose money is shown. */
record Cashier(String user, Side side) {

    private static final String SUPERVISOR = "POSTAL_SUPERVISOR";
    private static final String CLERK = "AGENCY_CLERK";

    /** @throws Refused FORBIDDEN {@code nowhere} when the account belongs to no office or agency, {@code no-right} when it may look at
     *     some partners alone */
    static Cashier of(Authentication who) {
        String role = Rights.of(who, Rights.ROLE).orElse("");
        Optional<Side> side = switch (role) {
            case SUPERVISOR -> Rights.of(who, Rights.OFFICE).map(Side::ofOffice);
            case CLERK -> Rights.of(who, Rights.AGENCY).map(Side::ofAgency);
            default -> {
                // Money is everybody's: whoever may look at some partners alone looks at none of it.
                Grants.of(who).demandForAll(Right.SEE);
                yield Optional.of(Side.all());
            }
        };
        return side.map(seen -> new Cashier(who.getName(), seen))
                .orElseThrow(() -> new Refused(
                        Refused.Ground.FORBIDDEN,
                        "nowhere",
                        "",
                        "Tài khoản này chưa gắn với nơi nào; hãy báo quản trị.",
                        "This account belongs nowhere; tell the administrator."));
    }

    public boolean ofPost() {
        return side.office() != null;
    }

    public boolean ofAgency() {
        return side.agency() != null;
    }

    /** Names who says it. */
    ObjectNode sign(ObjectNode said) {
        ObjectNode by = said.putObject("by").put("user", user);
        if (side.office() != null) {
            by.put("office", side.office());
        }
        if (side.agency() != null) {
            by.put("agency", side.agency());
        }
        return said;
    }
}
