package vn.bocau.desk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.code.Numbers;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.wire.Outage;
import vn.bocau.wire.Unheard;

/**
 * The drops that do not work, since when and why: on the operators' page, as health, which is DEGRADED while there is one, and
 * as a number.
 */
@Component("drop")
class DropTroubles extends AbstractHealthIndicator implements Unheard {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final JdbcClient db;
    private final Numbers silent;

    DropTroubles(JdbcClient db, MeterRegistry registry) {
        super("the drops cannot be asked for");
        this.db = db;
        silent = new Numbers(
                registry,
                "bocau.drop.silent",
                "seconds",
                "For how long the files an agency drops could not be taken; gone while they can");
    }

    /**
     * @param look what of a drop does not work
     * @return whether that is new
     */
    boolean failed(String partner, String look, Unavailable why) {
        try {
            return db.sql("""
                            insert into drop_outage (partner, look, fault, reason_vi, reason_en)
                            values (:partner, :look, :fault, :vi, :en)
                            on conflict (partner, look) do update
                            set fault = excluded.fault, reason_vi = excluded.reason_vi, reason_en = excluded.reason_en
                            where drop_outage.fault <> excluded.fault or drop_outage.reason_en <> excluded.reason_en
                            returning silent_since = now()
                            """)
                    .param("partner", partner)
                    .param("look", look)
                    .param("fault", why.code())
                    .param("vi", why.reason().vi())
                    .param("en", why.reason().en())
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
        } catch (RuntimeException e) {
            if (Outage.in(e).isEmpty()) {
                throw e;
            }
            // It is our own database that is away, which is said elsewhere.
            return false;
        }
    }

    /** @return whether it did not work before */
    boolean works(String partner, String look) {
        return isGone(db.sql("delete from drop_outage where partner = :partner and look = :look")
                .param("partner", partner)
                .param("look", look));
    }

    private static boolean isGone(JdbcClient.StatementSpec deleted) {
        try {
            return deleted.update() > 0;
        } catch (RuntimeException e) {
            if (Outage.in(e).isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    /** What is not looked into any more does not fail. */
    void forget(String partner) {
        isGone(db.sql("delete from drop_outage where partner = :partner").param("partner", partner));
    }

    /** After a restart as well. */
    void keepOnly(Set<String> partners) {
        isGone(db.sql("delete from drop_outage where partner <> all(:partners)")
                .param("partners", partners.toArray(String[]::new)));
    }

    @Override
    public List<Silent> silent() {
        return db.sql("""
                        select distinct on (partner) partner, silent_since, reason_vi, reason_en
                        from drop_outage order by partner, silent_since
                        """)
                .query((row, n) -> new Silent(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        new Text(row.getString(3), row.getString(4))))
                .list();
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<Silent> all = silent();
        health.status(all.isEmpty() ? Status.UP : DEGRADED);
        all.forEach(each -> health.withDetail(each.partner(), each.reason().en()));
    }

    /** Numbers nobody knows are not shown: without the database the gauges are gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        List<Numbers.Row> rows = new ArrayList<>();
        try {
            silent().forEach(each -> rows.add(new Numbers.Row(
                    Tags.of("partner", each.partner()),
                    Duration.between(each.since(), Instant.now()).toMillis() / 1000.0)));
        } catch (RuntimeException e) {
            if (Outage.in(e).isEmpty()) {
                throw e;
            }
        }
        silent.show(rows);
    }
}
