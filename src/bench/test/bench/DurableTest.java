package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.util.Properties;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DurableTest {

    private static Properties journal() {
        var said = new Properties();
        said.setProperty("persistenceEnabled", "true");
        said.setProperty("journalSyncTransactional", "true");
        said.setProperty("journalSyncNonTransactional", "true");
        said.setProperty("journalDatasync", "true");
        return said;
    }

    @Test
    void a_broker_that_waits_for_its_disk_is_good() {
        assertThatCode(() -> Durable.assertJournal(journal())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "persistenceEnabled",
                "journalSyncTransactional",
                "journalSyncNonTransactional",
                "journalDatasync"
            })
    void one_that_does_not_or_does_not_say_so_is_refused(String setting) {
        Properties off = journal();
        off.setProperty(setting, "false");
        assertThatThrownBy(() -> Durable.assertJournal(off)).hasMessageContaining(setting + " is false");
        off.remove(setting);
        assertThatThrownBy(() -> Durable.assertJournal(off)).hasMessageContaining(setting + " is null");
    }

    @Test
    void a_process_without_a_broker_does_not_pass() {
        assertThatThrownBy(() -> Durable.assertBroker(ProcessHandle.current())).isInstanceOf(Exception.class);
    }

    @Test
    void what_is_set_for_a_database_a_user_or_a_session_is_seen() throws Exception {
        try (var postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            try (Connection db = postgres.getPostgresDatabase().getConnection();
                    var say = db.createStatement()) {
                Durable.assertDatabase(db);
                long before = Durable.synced(db);
                say.execute("create table t as select 1 as n");
                say.execute("select pg_stat_force_next_flush()");
                long after = Durable.synced(db);
                assertThat(after).isGreaterThan(before);
                say.execute("set synchronous_commit = off");
                assertThatThrownBy(() -> Durable.assertDatabase(db)).hasMessageContaining("synchronous_commit is off");
                say.execute("reset synchronous_commit");
                say.execute("alter role postgres set synchronous_commit = off");
                // This session began before.
                assertThatThrownBy(() -> Durable.assertDatabase(db)).hasMessageContaining("synchronous_commit=off");
            }
        }
    }
}
