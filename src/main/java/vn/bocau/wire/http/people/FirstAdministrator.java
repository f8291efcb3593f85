package vn.bocau.wire.http.people;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.journal.AccountActs;
import vn.bocau.journal.AccountActs.What;

/**
 * Makes the account of {@link AdministratorSettings}. An account of that name that is there already stays as
 * it is; a sandbox login of that name gives way to it.
 */
@Component
class FirstAdministrator implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);

    private final AdministratorSettings settings;
    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final PasswordEncoder hashes;
    private final AccountActs acts;

    FirstAdministrator(
            AdministratorSettings settings,
            JdbcClient db,
            TransactionTemplate transactions,
            PasswordEncoder hashes,
            AccountActs acts) {
        this.settings = settings;
        this.db = db;
        this.transactions = transactions;
        this.hashes = hashes;
        this.acts = acts;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (settings.wanted()) {
            boolean made = Boolean.TRUE.equals(transactions.execute(t -> make()));
            LOG.info(made ? "Made the administrator's account" : "The administrator's account is there already");
        }
    }

    private boolean make() {
        int made = db.sql("insert into account (name, password, role) values (:name, :password, :role)"
                        + " on conflict (name) do nothing")
                .param("name", settings.name())
                .param("password", hashes.encode(settings.password()))
                .param("role", Administrators.ROLE)
                .update();
        if (made == 1) {
            acts.note(What.ADD, settings.name(), settings.name(), "BOCAU_ADMINISTRATOR_PASSWORD");
        }
        return made == 1;
    }
}
