package vn.bocau.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Entrance;

/** Brings in what is said on the pages of the money, once: a form that is sent twice gets the same answer. */
@Component
class Cashiers {

    private static final String PARTNER = "cashier";
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9-]{8,60}");

    private final Entrance entrance;

    Cashiers(Entrance entrance) {
        this.entrance = entrance;
    }

    /**
     * @param what such as {@code remit}
     * @param form names one page that was filled in: the idempotency key
     * @throws Refused when it was not accepted; nothing of it is kept
     */
    JsonNode say(Cashier who, String what, String form, ObjectNode said) {
        if (!FORM.matcher(form).matches()) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "form",
                    "form",
                    "Biểu mẫu không do trang này đưa ra; hãy mở lại trang.",
                    "The form is none that this page gave out; open the page again.");
        }
        if (!who.ofPost() && !who.ofAgency()) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "only-to-look",
                    "",
                    "Trực vận hành chỉ xem sổ tiền; việc này do bưu cục hoặc cơ quan làm.",
                    "An operator only looks at the ledger; a post office or an agency does this.");
        }
        String kind = PARTNER + "." + what;
        return entrance.bring(new Inbound(PARTNER, kind + "-" + who.user() + "-" + form, kind, who.sign(said)))
                .answer();
    }
}
