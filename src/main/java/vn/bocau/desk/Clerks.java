package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Decisions;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Entrance;

/** Brings in what clerks say, once: a form that is sent twice, or by a page that was loaded anew, gets the same answer. */
@Component
class Clerks {

    /** As {@link DeskPages} names a form; of a file its hash. */
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9-]{8,160}");

    private final Entrance entrance;

    Clerks(Entrance entrance) {
        this.entrance = entrance;
    }

    /**
     * @param what such as {@code dispatch}
     * @param form names one page that was filled in: the idempotency key
     * @throws Refused when it was not accepted; nothing of it is kept
     */
    JsonNode say(Clerk clerk, String what, String form, ObjectNode said) {
        form(form);
        said.putObject("by").put("user", clerk.user()).put("agency", clerk.agency());
        String kind = Decisions.DESK + "." + what;
        return entrance.bring(new Inbound(Decisions.DESK, kind + "-" + clerk.agency() + "-" + form, kind, said))
                .answer();
    }

    /** A form's name as a page of ours gives it out. */
    static String form(String form) {
        if (!FORM.matcher(form).matches()) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "form",
                    "form",
                    "Biểu mẫu không do trang này đưa ra; hãy mở lại trang.",
                    "The form is none that this page gave out; open the page again.");
        }
        return form;
    }
}
