package vn.bocau.embedded;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** "Accepted means committed" is void on a database that does not write through, ours or another: such a one is refused. */
@Component
class Durability implements InitializingBean {

    private final JdbcClient db;

    Durability(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void afterPropertiesSet() {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            String value = db.sql("select current_setting(?)")
                    .param(setting)
                    .query(String.class)
                    .single();
            if (value.equals("off")) {
                throw new IllegalStateException(
                        "PostgreSQL runs with " + setting + "=off and may lose what it has confirmed; turn it on");
            }
        }
    }
}
