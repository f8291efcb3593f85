package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Decisions;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;
import vn.bocau.wire.Entrance;

/** Brings in what clerks say, once: a form that is sent twice, or by a page that was loaded anew, gets the same answer. */
@Component
class Clerks {

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
        return bring(clerk, what, form, said).answer();
    }

    /** The same, and whether it had been said before. */
    Receipt bring(Clerk clerk, String what, String form, ObjectNode said) {
        said.putObject("by").put("user", clerk.user()).put("agency", clerk.agency());
        String kind = Decisions.DESK + "." + what;
        return entrance.bring(new Inbound(Decisions.DESK, kind + "-" + clerk.user() + "-" + form, kind, said));
    }
}
