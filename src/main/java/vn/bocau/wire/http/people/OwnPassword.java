package vn.bocau.wire.http.people;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.AccountActs;
import vn.bocau.journal.AccountActs.What;

/** A person changes the own password, and by that ends everything that was open under the old one. */
@Component
public class OwnPassword {

    private final JdbcClient db;
    private final Accounts accounts;
    private final PasswordEncoder hashes;
    private final AccountActs acts;

    OwnPassword(JdbcClient db, Accounts accounts, PasswordEncoder hashes, AccountActs acts) {
        this.db = db;
        this.accounts = accounts;
        this.hashes = hashes;
        this.acts = acts;
    }

    /** Sandbox logins keep the passwords that are printed for everybody. */
    public boolean changeable(String name) {
        return accounts.named(name).filter(SandboxLogins::isOne).isEmpty();
    }

    /**
     * @throws Refused RULE {@code old-password} when the old one is not right, RULE {@code password} when the new one
     *     will not do; fields {@code old} and {@code fresh}
     */
    @Transactional
    public void change(String name, String old, String fresh) {
        String hash = db.sql("select password from account where name = :name and enabled for update")
                .param("name", name)
                .query(String.class)
                .optional()
                .orElseThrow(SessionEnded::new);
        if (!hashes.matches(old, hash)) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "old-password",
                    "old",
                    "Mật khẩu hiện nay không đúng.",
                    "The present password is wrong.");
        }
        List<Flaw> flaws = new ArrayList<>();
        Passwords.wrong(fresh, name).ifPresent(wrong -> flaws.add(new Flaw("fresh", wrong)));
        if (flaws.isEmpty() && hashes.matches(fresh, hash)) {
            flaws.add(new Flaw(
                    "fresh",
                    new Text(
                            "Mật khẩu mới phải khác mật khẩu hiện nay.",
                            "The new password must not be the present one.")));
        }
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.RULE, "password", flaws);
        }
        db.sql("update account set password = :password, one_time = false, epoch = epoch + 1 where name = :name")
                .param("password", hashes.encode(fresh))
                .param("name", name)
                .update();
        acts.note(What.PASSWORD, name, name, "Tự đổi mật khẩu. / Changed the own password.");
    }
}
