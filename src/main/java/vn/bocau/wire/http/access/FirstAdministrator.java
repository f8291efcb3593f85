package vn.bocau.wire.http.access;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;
import vn.bocau.journal.AccountActs;
import vn.bocau.journal.AccountActs.What;

/**
 * The account that can do something about there being no other: {@code bocau.administrator.name} with
 * {@code bocau.administrator.password}. An account of that name that is there already stays as it is. Both keep the
 * rules of every account, or nothing starts.
 */
@Component
class FirstAdministrator implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);

    private final String name;
    private final String password;
    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final PasswordEncoder hashes;
    private final AccountActs acts;

    FirstAdministrator(
            @Value("${bocau.administrator.name:quan-tri}") String name,
            @Value("${bocau.administrator.password:}") String password,
            JdbcClient db,
            TransactionTemplate transactions,
            PasswordEncoder hashes,
            AccountActs acts) {
        this.name = name;
        this.password = password;
        this.db = db;
        this.transactions = transactions;
        this.hashes = hashes;
        this.acts = acts;
        if (!password.isEmpty()) {
            check();
        }
    }

    private void check() {
        if (!AccountDesk.NAME.matcher(name).matches()) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_ADMINISTRATOR_NAME không phải là tên đăng nhập.",
                            "BOCAU_ADMINISTRATOR_NAME is no user name."),
                    AccountDesk.RIGHT_NAME);
        }
        Optional<Text> wrong = Passwords.wrong(password, name);
        if (wrong.isPresent()) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_ADMINISTRATOR_PASSWORD yếu: " + wrong.get().vi(),
                            "BOCAU_ADMINISTRATOR_PASSWORD is weak: "
                                    + wrong.get().en()),
                    new Text(
                            "đặt một mật khẩu dài và riêng, chẳng hạn bốn từ không liên quan.",
                            "set a long one used nowhere else, four unrelated words for instance."));
        }
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!password.isEmpty()) {
            boolean made = Boolean.TRUE.equals(transactions.execute(t -> make()));
            LOG.info(made ? "Made the administrator's account" : "The administrator's account is there already");
        }
    }

    private boolean make() {
        int made = db.sql("insert into account (name, password, role) values (:name, :password, :role)"
                        + " on conflict (name) do nothing")
                .param("name", name)
                .param("password", hashes.encode(password))
                .param("role", Administrators.ROLE)
                .update();
        if (made == 1) {
            acts.note(What.ADD, name, name, "BOCAU_ADMINISTRATOR_PASSWORD");
        }
        return made == 1;
    }
}
