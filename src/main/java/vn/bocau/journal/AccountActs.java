package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.audit.AuditRows;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;

/** The record of what was done to accounts: who, when, what and why. Never a password. */
@Component
public class AccountActs {

    /** What can be done to an account. */
    public enum What {
        /** It was made. */
        ADD,
        /** It was given a new one-time password. */
        RESET,
        /** It was given another role, post office or agency. */
        ASSIGN,
        /** It was given other rights. */
        GRANT,
        DISABLE,
        ENABLE,
        /** Its owner changed the password. */
        PASSWORD
    }

    private final AuditTrail trail;
    private final AuditRows rows;

    AccountActs(AuditTrail trail, AuditRows rows) {
        this.trail = trail;
        this.rows = rows;
    }

    /** Belongs to the transaction of what it records. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(What what, String account, String by, String reason) {
        trail.note(Audited.act(by, what.name(), Audited.Kind.ACCOUNT, account, null, reason));
    }

    /**
     * Belongs to the transaction of what it records.
     *
     * @param change what the account may do now, and might before: roles, rights and places, nothing of the person
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(What what, String account, String by, String reason, JsonNode change) {
        trail.note(new Audited(
                by, what.name(), Audited.Outcome.DONE, Audited.Kind.ACCOUNT, account, null, reason, change.toString()));
    }

    /** The oldest first. */
    public List<Records.Act> of(String account) {
        return Records.acts(rows.of(Audited.Kind.ACCOUNT, account));
    }
}
