package vn.bocau.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * "Accepted means committed" is void on a database that does not write through, ours or another: such a one is refused,
 * and so is one that is too old, before anything is written into it.
 */
@Component
class Durability implements FlywayMigrationStrategy {

    private static final int OLDEST = 15;
    private static final int PER_MAJOR = 10_000;

    private final JdbcClient db;

    Durability(DataSource database) {
        this.db = JdbcClient.create(database);
    }

    @Override
    public void migrate(Flyway flyway) {
        check(db);
        unhurried(flyway).migrate();
    }

    /** A migration of much data says nothing for as long as it takes, and that is no silence of a server that is gone. */
    private static Flyway unhurried(Flyway flyway) {
        var patient = new DelegatingDataSource(flyway.getConfiguration().getDataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setNetworkTimeout(Runnable::run, 0);
                return connection;
            }
        };
        return Flyway.configure()
                .configuration(flyway.getConfiguration())
                .dataSource(patient)
                .load();
    }

    static void check(JdbcClient db) {
        checkVersion(Integer.parseInt(current(db, "server_version_num")));
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (current(db, setting).equals("off")) {
                throw new Misconfigured(
                        new Text(
                                "PostgreSQL chạy với " + setting + "=off nên có thể mất điều nó đã xác nhận.",
                                "PostgreSQL runs with " + setting + "=off and may lose what it has confirmed."),
                        new Text(
                                "bật " + setting + " trong postgresql.conf của nó (BOCAU_DB_URL).",
                                "turn " + setting + " on in its postgresql.conf (BOCAU_DB_URL)."));
            }
        }
    }

    static void checkVersion(int number) {
        int major = number / PER_MAJOR;
        if (major < OLDEST) {
            throw new Misconfigured(
                    new Text(
                            "PostgreSQL ghi trong BOCAU_DB_URL là bản " + major + ", quá cũ.",
                            "The PostgreSQL in BOCAU_DB_URL is version " + major + ", too old."),
                    new Text(
                            "dùng bản " + OLDEST + " trở lên, hoặc bỏ BOCAU_DB_URL để dùng bản đi kèm.",
                            "use version " + OLDEST + " or later, or leave BOCAU_DB_URL out for the one inside."));
        }
    }

    private static String current(JdbcClient db, String setting) {
        return db.sql("select current_setting(?)")
                .param(setting)
                .query(String.class)
                .single();
    }
}
