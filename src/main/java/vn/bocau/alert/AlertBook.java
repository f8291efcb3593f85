package vn.bocau.alert;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What has begun and not ended: each thing once, however many nodes look. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AlertBook {

    private final JdbcClient db;

    AlertBook(JdbcClient db) {
        this.db = db;
    }

    /** Something that has begun. */
    record Entry(UUID id, Alert.Kind kind, String about, Instant since) {}

    /** Only one node looks at a time: who has read the world earlier would take back what another has just written. */
    boolean mine() {
        return db.sql("select pg_try_advisory_xact_lock(hashtextextended('alerts', 6))")
                .query(Boolean.class)
                .single();
    }

    /** Whether people have been called for it, and it is not over. */
    boolean stands(Alert.Kind kind, String about) {
        return db.sql("select exists (select from alert where kind = :kind and about = :about and ended_at is null)")
                .param("kind", kind.name())
                .param("about", about)
                .query(Boolean.class)
                .single();
    }

    /** @return empty when it had begun before */
    Optional<Entry> begin(UUID id, Alert alert) {
        return db.sql("""
                        insert into alert (id, kind, about, since) values (:id, :kind, :about, :since)
                        on conflict (kind, about) where ended_at is null do nothing
                        returning id, kind, about, since
                        """)
                .param("id", id)
                .param("kind", alert.kind().name())
                .param("about", alert.about())
                .param("since", Timestamp.from(alert.since()))
                .query(Entry.class)
                .optional();
    }

    /** Ends all that is not among these; of {@link DueSoon} each batch ends by itself. */
    List<Entry> endOthers(List<Alert> standing) {
        return db.sql("""
                        update alert set ended_at = clock_timestamp()
                        where ended_at is null and kind <> 'DUE_SOON' and not exists (
                            select from unnest(cast(:kinds as text[]), cast(:abouts as text[])) as s (kind, about)
                            where s.kind = alert.kind and s.about = alert.about)
                        returning id, kind, about, since
                        """)
                .param("kinds", each(standing.stream().map(alert -> alert.kind().name())))
                .param("abouts", each(standing.stream().map(Alert::about)))
                .query(Entry.class)
                .list();
    }

    private static String[] each(Stream<String> values) {
        return values.toArray(String[]::new);
    }
}
