package vn.bocau.journal;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The operators' record of what was done to accounts: who, when, what and why. Never a password. */
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
        DISABLE,
        ENABLE,
        /** Its owner changed the password. */
        PASSWORD
    }

    private final JdbcClient db;

    AccountActs(JdbcClient db) {
        this.db = db;
    }

    /** Belongs to the transaction of what it records. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(What what, String account, String by, String reason) {
        db.sql("insert into act (by, what, account, reason) values (:by, :what, :account, :reason)")
                .param("by", by)
                .param("what", what.name())
                .param("account", account)
                .param("reason", reason)
                .update();
    }

    /** The oldest first. */
    public List<Records.Act> of(String account) {
        return db.sql("select at, by, what, reason from act where account = :account order by seq")
                .param("account", account)
                .query(Records.Act.class)
                .list();
    }
}
