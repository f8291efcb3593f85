package vn.bocau.wire.http.people;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;

/** The accounts that manage the others. There is always one, once there was one. */
@Component
public class Administrators {

    public static final String ROLE = "ADMINISTRATOR";

    private final JdbcClient db;

    Administrators(JdbcClient db) {
        this.db = db;
    }

    /** Whether anybody can manage accounts. Sandbox logins do not count: they go with the sandbox. */
    public boolean any() {
        return db.sql("select exists (select from account where role = :role and enabled)")
                .param("role", ROLE)
                .query(Boolean.class)
                .single();
    }

    /** Whether this account is kept, so that a sandbox login of its name is not there. */
    public boolean isKept(String name) {
        return db.sql("select exists (select from account where name = :name)")
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /**
     * Makes sure that another one is left when this one goes, until the end of the transaction: all are locked, in one
     * order, so that of two who would send each other away the second is refused.
     *
     * @throws Refused CONFLICT {@code last-administrator}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void letGo(String name) {
        List<String> enabled = db.sql(
                        "select name from account where role = :role and enabled order by name for update")
                .param("role", ROLE)
                .query(String.class)
                .list();
        if (enabled.equals(List.of(name))) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "last-administrator",
                    "name",
                    "Đây là quản trị cuối cùng còn hoạt động; hãy thêm một quản trị khác trước.",
                    "This is the last enabled administrator; add another one first.");
        }
    }
}
