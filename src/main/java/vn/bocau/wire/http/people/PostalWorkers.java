package vn.bocau.wire.http.people;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The workers of a post office: who may sign in as one now, by the accounts and with the sandbox its logins. */
@Component
public class PostalWorkers {

    private static final String WORKER = "POSTAL_WORKER";

    private final JdbcClient db;
    private final SandboxLogins sandbox;

    PostalWorkers(JdbcClient db, SandboxLogins sandbox) {
        this.db = db;
        this.sandbox = sandbox;
    }

    /** @return their user names, sorted */
    public List<String> of(String office) {
        List<String> kept = db.sql("select name from account where enabled and role = :role and office = :office")
                .param("role", WORKER)
                .param("office", office)
                .query(String.class)
                .list();
        return Stream.concat(kept.stream(), sandbox.names(WORKER, office).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
