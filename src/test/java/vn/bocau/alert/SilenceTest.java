package vn.bocau.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.Browser;
import vn.bocau.code.Text;
import vn.bocau.dossier.Requests;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Partners;
import vn.bocau.journal.Samples;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;
import vn.bocau.wire.http.Visitor;

/** Weeks as they usually are, and a day on which something does not come; the clock is moved, the rows are real. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SilenceTest {

    /** A Thursday like any other, three weeks after the first of these weeks. */
    private static final String TODAY = "2026-03-26";

    private static final String FIRST = "2026-03-05";
    private static final String OFFICE = "520100";
    private static final Map<String, String> OPERATOR = Http.basic("truc-ca", "truc-ca-sandbox");

    private static OwnHub hub;

    private long before;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of("bocau.silence.look", "1d", "bocau.map.look", "1d"), Partners.class);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void anew() {
        hub.db()
                .sql("truncate heard, heard_last, watched, silence, alert, sample, handling cascade")
                .update();
        hub.db().sql("delete from message where direction = 'IN'").update();
        before = hub.db()
                .sql("select coalesce(max(seq), 0) from message")
                .query(Long.class)
                .single();
        hub.db().sql("update line set state = 'OPEN'").update();
        hub.db()
                .sql("update heard_until set counted = :at, judged = :at")
                .param("at", at(FIRST + "T00:00"))
                .update();
    }

    @Test
    void an_office_that_reports_nothing_is_told_once_when_it_is_time_and_ends_when_it_does() {
        listening(FIRST, "2026-03-28");
        pickups(OFFICE, FIRST, "2026-03-25", 10);
        pickups(OFFICE, TODAY, TODAY, 10, "09:05");

        clock(TODAY + "T11:58");
        assertThat(silences().standing()).isEmpty();
        clock(TODAY + "T12:02");
        assertThat(silences().standing()).singleElement().satisfies(one -> {
            assertThat(one.cause()).isEqualTo("office " + OFFICE);
            Text today = one.textAt(at(TODAY + "T12:02").toInstant());
            assertThat(today.vi())
                    .isEqualTo("Chưa có thu gom nào của bưu cục 520100 kể từ 09:00; bình thường 20 lượt.");
            assertThat(today.en()).isEqualTo("No pickup from post office 520100 since 09:00; normally 20.");
            assertThat(one.textAt(at("2026-03-27T08:00").toInstant()).vi())
                    .as("read the day after")
                    .isEqualTo("Chưa có thu gom nào của bưu cục 520100 kể từ 09:00 26/03; bình thường 20 lượt.");
        });
        clock(TODAY + "T13:02");
        assertThat(silences().standing())
                .singleElement()
                .satisfies(one -> assertThat(one.usual()).isEqualTo(30));
        JsonNode told = Http.get(hub.at("/api/ops/v1/silences"), OPERATOR).ok();
        assertThat(told.findValuesAsText("cause")).containsExactly("office " + OFFICE);
        assertThat(told.path("stalled").isNull()).isTrue();
        assertThat(told.at("/silences/0/gaps/0/kind").asText()).isEqualTo("PICKUP");

        scanned(OFFICE, at(TODAY + "T13:10"));
        clock(TODAY + "T13:12");
        assertThat(silences().standing()).isEmpty();
        assertThat(told()).containsExactly("BEGUN office " + OFFICE, "OVER office " + OFFICE);
        assertThat(text("SILENCE", "BEGUN"))
                .contains(
                        "Chưa có thu gom nào của bưu cục 520100 kể từ 09:00 26/03",
                        "/console/obligations",
                        "\"SILENCE\"");
    }

    @Test
    void the_page_and_the_metric_show_it() throws IOException, InterruptedException {
        listening(FIRST, TODAY);
        pickups(OFFICE, FIRST, "2026-03-25", 20);
        said("dvcqg", "portal.request", FIRST, "2026-03-25", 20, "17:00");
        clock(TODAY + "T09:02");

        assertThat(silences().standing()).hasSize(2);
        var visitor = new Visitor(hub);
        visitor.signIn("truc-ca", "truc-ca-sandbox");
        assertThat(visitor.get("/console/obligations").body())
                .contains(
                        "Im lặng: điều thường đến mà chưa đến",
                        "Chưa có thu gom nào của bưu cục 520100 kể từ 16:57 25/03; bình thường 40 lượt.",
                        "Chưa có thông điệp portal.request nào của đối tác dvcqg kể từ 16:57 25/03; bình thường 40 lượt.");
        hub.bean(SilenceMeters.class).read();
        assertThat(Http.get(hub.at("/actuator/prometheus"), OPERATOR).text())
                .contains("bocau_silent_sources{side=\"OFFICE\"} 1.0", "bocau_silent_sources{side=\"PARTNER\"} 1.0");
    }

    @Test
    void by_night_on_sundays_and_on_holidays_nobody_is_waited_for_and_what_was_silent_before_stays_so() {
        listening("2026-04-01", "2026-04-29");
        said("dvcqg", "portal.request", "2026-04-01", "2026-04-24", 20, "17:00");
        hub.db()
                .sql("update heard_until set counted = :at, judged = :at")
                .param("at", at("2026-04-01T00:00"))
                .update();

        // Friday evening; Saturday is worked, Sunday and Monday are holidays.
        said("dvcqg", "portal.request", "2026-04-25", "2026-04-25", 20, "17:00");
        for (String time : List.of(
                "2026-04-24T23:02", "2026-04-25T06:32", "2026-04-26T10:02", "2026-04-27T10:02", "2026-04-27T16:58")) {
            clock(time);
            assertThat(silences().standing()).as(time).isEmpty();
        }
        clock("2026-04-28T09:02");
        assertThat(silences().standing()).hasSize(1);
        clock("2026-04-28T23:30");
        assertThat(silences().standing()).hasSize(1);
        assertThat(told()).containsExactly("BEGUN partner dvcqg");
    }

    @Test
    void small_offices_and_new_ones_are_not_waited_for() {
        listening(FIRST, "2026-03-28");
        // Two a day.
        hub.db()
                .sql(
                        "insert into handling (id, code, occurred_at, utc_offset, happened_at, recorded_at, stored_at, device, device_seq, actor,"
                                + " office, source) select gen_random_uuid(), 'COLLECTED', t, '+07:00', t, t, t, 'may', 1, 'buu-ta', '521000',"
                                + " 'scan' from generate_series(:from, :until, interval '1 day') d,"
                                + " lateral (values (d + interval '9 hours'), (d + interval '14 hours')) v (t)")
                .param("from", at(FIRST + "T00:00"))
                .param("until", at("2026-03-25T00:00"))
                .update();
        pickups("522000", "2026-03-22", "2026-03-25", 30);

        clock(TODAY + "T16:58");
        assertThat(silences().standing()).isEmpty();
        pickups("522000", TODAY, TODAY, 30);
        clock("2026-03-27T16:58");
        assertThat(silences().standing()).isEmpty();
        clock("2026-03-28T12:02");
        assertThat(silences().standing()).isEmpty();
    }

    @Test
    void nobody_is_silent_towards_a_hub_that_is_down_or_a_door_that_is_paused() {
        listening(FIRST, "2026-03-25");
        pickups(OFFICE, FIRST, "2026-03-25", 10);
        said("dvcqg", "portal.request", FIRST, "2026-03-25", 10, "17:00");
        pickups(OFFICE, TODAY, TODAY, 10, "09:05");
        said("dvcqg", "portal.request", TODAY, TODAY, 10, "09:05");
        listening(TODAY, TODAY);
        down(TODAY + "T09:10", TODAY + "T13:00");
        standing("scan-handlings", "", "PAUSED", TODAY + "T13:00", TODAY + "T15:00");

        clock(TODAY + "T13:58");
        assertThat(silences().standing()).isEmpty();
        clock(TODAY + "T14:02");
        assertThat(silences().standing()).extracting(Silence::cause).containsExactly("partner dvcqg");
        clock(TODAY + "T15:58");
        assertThat(silences().standing()).extracting(Silence::cause).containsExactly("partner dvcqg");
        clock(TODAY + "T16:02");
        assertThat(silences().standing())
                .extracting(Silence::cause)
                .containsExactlyInAnyOrder("partner dvcqg", "office " + OFFICE);
    }

    @Test
    void of_several_stretches_one_that_is_paused_stops_the_watch_over_nobody_else() {
        listening(FIRST, TODAY);
        for (String kind : List.of("portal.request", "portal.cancel")) {
            said("dvcqg", kind, FIRST, "2026-03-25", 20, "17:00");
        }
        standing("portal-cancel", "", "PAUSED", TODAY + "T07:00", TODAY + "T17:00");
        standing("queue-in.opencps", "", "PAUSED", TODAY + "T07:00", TODAY + "T17:00");

        clock(TODAY + "T10:02");

        assertThat(silences().standing())
                .flatExtracting(Silence::gaps)
                .extracting(Silence.Gap::kind)
                .containsExactly("portal.request");
    }

    @Test
    void the_hours_in_which_a_partner_was_known_to_be_away_are_not_held_against_it() {
        listening(FIRST, TODAY);
        for (String partner : List.of("dvcqg", "opencps", "webhook-portal")) {
            said(partner, "portal.request", FIRST, "2026-03-25", 20, "17:00");
            said(partner, "portal.request", TODAY, TODAY, 20, "09:00");
        }
        standing("line.dvcqg", "dvcqg", "HELD", TODAY + "T09:00", TODAY + "T14:55");
        standing("line.opencps", "opencps", "PAUSED", TODAY + "T09:00", TODAY + "T14:55");

        clock(TODAY + "T15:58");
        assertThat(silent()).containsExactly("webhook-portal");
        clock(TODAY + "T16:58");
        assertThat(silent()).containsExactlyInAnyOrder("webhook-portal", "dvcqg", "opencps");
    }

    private static List<String> silent() {
        return silences().standing().stream()
                .flatMap(one -> one.sources().stream())
                .toList();
    }

    @Test
    void time_and_number_of_a_silence_of_several_kinds_belong_together() {
        Silence one = Silence.of(
                "office 520100",
                "OFFICE",
                at(TODAY + "T12:00").toInstant(),
                List.of(
                        new Silence.Gap(
                                "520100", "DELIVERY", at(TODAY + "T09:00").toInstant(), 10),
                        new Silence.Gap(
                                "520100", "PICKUP", at("2026-03-25T14:00").toInstant(), 30)));

        assertThat(one.textAt(at(TODAY + "T12:00").toInstant()))
                .isEqualTo(new Text(
                        "Chưa có thu gom nào của bưu cục 520100 kể từ 14:00 25/03; bình thường 30 lượt. Cũng im lặng: phát.",
                        "No pickup from post office 520100 since 14:00 25/03; normally 30. Silent too: delivery."));
        assertThat(one.usual()).isEqualTo(30);
    }

    /** What was written by then and not committed yet is not lost, however long that takes. */
    @Test
    void nothing_is_counted_that_a_transaction_under_way_may_still_add_to() throws SQLException {
        Instant begin = now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(5));
        counted(begin);
        try (Connection slow = hub.bean(DataSource.class).getConnection()) {
            slow.setAutoCommit(false);
            try (var insert = slow.createStatement()) {
                insert.execute(
                        "insert into message (id, direction, partner, key, kind, body, state) values (gen_random_uuid(),"
                                + " 'IN', 'dvcqg', 'slow', 'portal.request', '{}', 'RECEIVED')");
            }
            silences().lookAt(now().plus(Duration.ofMinutes(10)));
            assertThat(heard("dvcqg")).isZero();
            slow.commit();
        }

        // The hub has transactions of its own, and one of them may be under way just then.
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            silences().lookAt(now().plus(Duration.ofMinutes(10)));
            return heard("dvcqg") == 1;
        });
    }

    @Test
    void a_clock_of_the_database_that_was_ahead_stops_the_count_no_longer_than_it_was() {
        Instant now = now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofMinutes(30));
        counted(now.plus(Duration.ofDays(1)));
        hub.db()
                .sql(
                        "insert into heard values ('PARTNER', 'dvcqg', 'portal.request', date_trunc('hour', :now, 'UTC'), 7)")
                .param("now", Timestamp.from(now))
                .update();
        hub.db()
                .sql(
                        "insert into message (id, direction, partner, key, kind, body, state, created_at) values (gen_random_uuid(),"
                                + " 'IN', 'dvcqg', 'again', 'portal.request', '{}', 'RECEIVED', :at)")
                .param("at", Timestamp.from(now.minus(Duration.ofMinutes(10))))
                .update();

        silences().lookAt(now);
        silences().lookAt(now);

        assertThat(heard("dvcqg")).as("of this hour, once").isEqualTo(1);
    }

    @Test
    void a_source_whose_row_was_missing_for_a_moment_stays_silent() {
        listening(FIRST, TODAY);
        pickups(OFFICE, FIRST, "2026-03-25", 10);
        clock(TODAY + "T09:02");
        hub.db()
                .sql("update silence set source = '999999', cause = 'office 999999'")
                .update();

        clock(TODAY + "T09:10");
        assertThat(silences().standing()).hasSize(1);
        clock(TODAY + "T10:02");
        assertThat(silences().standing()).extracting(Silence::cause).containsExactly("office " + OFFICE);
    }

    private static Instant now() {
        return hub.db().sql("select clock_timestamp()").query(Instant.class).single();
    }

    private static void counted(Instant until) {
        hub.db()
                .sql("update heard_until set counted = :at, judged = :at")
                .param("at", Timestamp.from(until))
                .update();
    }

    private static int heard(String source) {
        return hub.db()
                .sql("select coalesce(sum(count), 0) from heard where source = ?")
                .param(source)
                .query(Integer.class)
                .single();
    }

    @Test
    void one_cause_is_one_alert() {
        listening(FIRST, TODAY);
        for (String office : List.of("520100", "521000", "522000", "522500")) {
            pickups(office, FIRST, "2026-03-25", 20);
        }
        pickups("523000", FIRST, TODAY, 20);
        said("dvcqg", "portal.request", FIRST, "2026-03-25", 20, "17:00");
        said("dvcqg", "portal.cancel", FIRST, "2026-03-25", 20, "17:00");
        said("opencps", "portal.request", FIRST, "2026-03-25", 20, "17:00");
        hub.db()
                .sql("insert into line (partner, state) values ('opencps', 'HELD')"
                        + " on conflict (partner) do update set state = 'HELD'")
                .update();

        clock(TODAY + "T09:02");
        clock(TODAY + "T10:02");

        assertThat(told()).containsExactlyInAnyOrder("BEGUN offices", "BEGUN partner dvcqg");
        assertThat(silences().standing())
                .extracting(one -> one.text().vi())
                .containsExactlyInAnyOrder(
                        "Chưa có thu gom nào của 4 bưu cục (520100, 521000, 522000 …) kể từ 16:57 25/03; bình thường 240 lượt.",
                        "Chưa có thông điệp portal.cancel, thông điệp portal.request nào của đối tác dvcqg kể từ 16:57 25/03;"
                                + " bình thường 120 lượt.");
        scanned("520100", at(TODAY + "T10:10"));
        clock(TODAY + "T10:12");
        assertThat(told()).doesNotContain("OVER offices");
        Stream.of("521000", "522000", "522500").forEach(office -> scanned(office, at(TODAY + "T10:20")));
        clock(TODAY + "T10:22");
        assertThat(told()).contains("OVER offices").doesNotContain("OVER partner dvcqg");
    }

    @Test
    void one_that_stays_silent_alone_is_the_cause_of_nobody_else_s_silence() {
        listening(FIRST, TODAY);
        List<String> back = List.of("521000", "522000", "522500");
        Stream.concat(back.stream(), Stream.of("520100", "523000"))
                .forEach(office -> pickups(office, FIRST, "2026-03-25", 20));
        scanned("523000", at(TODAY + "T08:10"));
        scanned("523000", at(TODAY + "T09:10"));
        clock(TODAY + "T09:02");
        clock(TODAY + "T10:02");
        assertThat(told()).containsExactly("BEGUN offices");

        for (String hour : List.of("10", "11", "12", "13", "14", "15")) {
            back.forEach(office -> scanned(office, at(TODAY + "T" + hour + ":10")));
            clock(TODAY + "T" + hour + ":50");
        }

        assertThat(told())
                .as(
                        "who stays silent when the others speak again has a cause of its own, and the next time is told anew")
                .contains("BEGUN office 523000", "BEGUN office 520100", "OVER offices");
    }

    /** It brings results, and has picked up nothing since yesterday for a reason people know of; then its line is cut. */
    @Test
    void who_is_silent_in_one_kind_and_then_in_all_is_told_of_again() {
        listening(FIRST, "2026-03-27");
        pickups(OFFICE, FIRST, "2026-03-25", 10);
        handled(OFFICE, "scan", "DELIVERED", FIRST, TODAY, 10, "17:00");
        handled(OFFICE, "scan", "FEE_REMITTED", FIRST, TODAY, 10, "17:00");
        clock(TODAY + "T10:02");
        assertThat(told()).containsExactly("BEGUN office " + OFFICE);

        for (int hour = 9; hour < 16; hour++) {
            clock("2026-03-27T%02d:02".formatted(hour));
        }

        assertThat(told())
                .as("once, whatever is silent since then")
                .containsExactly("BEGUN office " + OFFICE, "BEGUN office " + OFFICE + " 09:02 27/03");
        handled(OFFICE, "scan", "DELIVERED", "2026-03-27", "2026-03-27", 10, "16:05");
        handled(OFFICE, "scan", "FEE_REMITTED", "2026-03-27", "2026-03-27", 10, "16:05");
        clock("2026-03-27T16:10");
        assertThat(told()).last().isEqualTo("OVER office " + OFFICE + " 09:02 27/03");
        assertThat(text("SILENCE", "OVER")).contains("Bưu cục 520100 hết im lặng.");
    }

    /** One is read, the other tells by itself. */
    @Test
    void of_carriers_too_only_those_are_not_watched_whose_way_in_stands_still() {
        listening(FIRST, TODAY);
        hub.db()
                .sql("insert into feed_cursor (partner, cursor) values ('myvnpost', '1') on conflict do nothing")
                .update();
        for (String carrier : List.of("ems", "myvnpost")) {
            said(carrier, "carrier.told", FIRST, "2026-03-25", 20, "17:00");
            handled(null, carrier, "DELIVERED", FIRST, "2026-03-25", 20, "17:00");
        }
        said("carrier-x", "carrier.event", FIRST, "2026-03-25", 20, "17:00");
        handled(null, "carrier-x", "DELIVERED", FIRST, "2026-03-25", 20, "17:00");
        standing("carrier-feeds", "", "PAUSED", TODAY + "T07:00", TODAY + "T12:00");
        standing("carrier-event", "", "PAUSED", TODAY + "T07:00", TODAY + "T12:00");

        clock(TODAY + "T10:02");

        assertThat(silences().standing())
                .flatExtracting(Silence::gaps)
                .extracting(gap -> gap.source() + " " + gap.kind())
                .containsExactlyInAnyOrder("ems carrier.told", "ems DELIVERY");
    }

    @Test
    void a_sample_is_of_the_time_that_the_database_says_it_is() {
        elsewhere("create function elsewhere.clock_timestamp() returns timestamptz language sql as"
                + " 'select pg_catalog.clock_timestamp() + make_interval(hours => 2)'");
        try {
            hub.bean(TransactionTemplate.class).executeWithoutResult(t -> {
                hub.db()
                        .sql("set local search_path = elsewhere, pg_catalog, public")
                        .update();
                hub.bean(Samples.class).keep();
                assertThat(hub.db()
                                .sql("select max(at) > pg_catalog.clock_timestamp() + interval '1 hour' from sample")
                                .query(Boolean.class)
                                .single())
                        .isTrue();
                t.setRollbackOnly();
            });
        } finally {
            hub.db().sql("drop schema elsewhere cascade").update();
        }
    }

    /** Somebody's psql, say: nothing can be counted after it began, and so nobody is found to be silent. */
    @Test
    void a_transaction_that_stands_open_for_long_is_said_to_stop_the_watch() throws SQLException {
        filed("HS-SAP-TRE");
        due("HS-SAP-TRE", Timestamp.from(now().plus(Duration.ofMinutes(30))));
        filed("HS-TRE");
        due("HS-TRE", Timestamp.from(now().minus(Duration.ofMinutes(30))));
        var pool = hub.bean(HikariDataSource.class);
        try (Connection open = pool.getConnection()) {
            open.setAutoCommit(false);
            try (var writes = open.createStatement()) {
                writes.execute("select pg_current_xact_id()");
            }
            assertThat(silences().stalled()).as("it has only begun").isEmpty();

            elsewhere("create view elsewhere.pg_stat_activity as select datname, pid, backend_type, backend_xid,"
                    + " wait_event_type, application_name, usename, state, xact_start - interval '20 minutes' as xact_start"
                    + " from pg_catalog.pg_stat_activity");
            hub.db()
                    .sql("alter role current_user set search_path = elsewhere, pg_catalog, public")
                    .update();
            pool.getHikariPoolMXBean().softEvictConnections();
            hub.bean(Alerts.class).look();

            assertThat(told()).containsExactly("BEGUN watch");
            assertThat(text("SILENCE", "BEGUN"))
                    .contains("Không theo dõi được ai im lặng kể từ", "idle in transaction")
                    .doesNotContain("pg_current_xact_id");
            assertThat(Http.get(hub.at("/api/ops/v1/silences"), OPERATOR)
                            .ok()
                            .at("/stalled/what")
                            .asText())
                    .contains("idle in transaction");
            try (var browser = new Browser()) {
                Page page = signedIn(browser);
                page.navigate(hub.at("/console/obligations").toString());
                for (int width : List.of(Browser.DESKTOP, Browser.PHONE)) {
                    page.setViewportSize(width, 640);
                    Browser.isAccessible(page);
                    Browser.picture(page, "console-obligations-stalled-" + width);
                }
                assertThat(page.locator("main").textContent()).contains("Không theo dõi được ai im lặng kể từ");
                assertThat(page.locator("tr:has-text('HS-SAP-TRE'):has-text('Sắp đến hạn')")
                                .count())
                        .isEqualTo(1);
            }
            open.rollback();
        } finally {
            hub.db().sql("alter role current_user reset search_path").update();
            pool.getHikariPoolMXBean().softEvictConnections();
            hub.db().sql("drop schema if exists elsewhere cascade").update();
        }
        hub.bean(Alerts.class).look();
        assertThat(told()).containsExactly("BEGUN watch", "OVER watch");
    }

    /** Before what the database brings along, for whoever looks there first. */
    private static void elsewhere(String what) {
        hub.db().sql("create schema elsewhere").update();
        hub.db().sql(what).update();
    }

    private static Page signedIn(Browser browser) {
        Page page = browser.page(Browser.DESKTOP);
        page.navigate(hub.at("/login").toString());
        page.getByLabel("Tên đăng nhập").fill("truc-ca");
        page.getByLabel("Mật khẩu").fill("truc-ca-sandbox");
        page.locator("main button").click();
        return page;
    }

    /** Of the last that was told of this kind in this state. */
    private String text(String kind, String state) {
        return hub.db()
                .sql("select body from message where kind = 'alert' and body::jsonb ->> 'what' = :kind"
                        + " and body::jsonb ->> 'state' = :state and seq > :before order by seq desc limit 1")
                .param("kind", kind)
                .param("state", state)
                .param("before", before)
                .query(String.class)
                .single();
    }

    /** The hub ran from one day to another, so many minutes are known. */
    private static void listening(String from, String until) {
        sampled(at(from + "T00:00"), at(until + "T23:59"));
    }

    private static void sampled(Timestamp from, Timestamp until) {
        hub.db()
                .sql(
                        "insert into sample (at, stretch) select t, 'hub' from generate_series(:from, :until, interval '1 minute') t"
                                + " where extract(hour from t at time zone 'Asia/Ho_Chi_Minh') between 7 and 16 on conflict do nothing")
                .param("from", from)
                .param("until", until)
                .update();
    }

    /** While it can still be done, in the working hours of Vietnam; nobody is called for it by night. */
    @Test
    void what_is_owed_is_told_of_two_working_hours_before_it_is_late() {
        filed("HS-SAP-DEN-HAN");
        due("HS-SAP-DEN-HAN", "2026-03-26T17:00");

        look("2026-03-26T14:59");
        assertThat(due()).isEmpty();
        look("2026-03-26T15:01");
        look("2026-03-26T15:30");
        assertThat(due()).containsExactly("BEGUN POST_OFFICE 15:01 26/03");
        assertThat(text("DUE_SOON", "BEGUN")).contains("\"Việc của bưu cục sắp đến hạn: 1, sớm nhất lúc 17:00 26/03.");

        // What comes up later is told too, and not each by itself.
        filed("HS-SAU");
        due("HS-SAU", "2026-03-26T17:10");
        look("2026-03-26T15:40");
        assertThat(due()).hasSize(1);
        look("2026-03-26T16:02");
        look("2026-03-26T16:40");
        assertThat(due()).containsExactly("BEGUN POST_OFFICE 15:01 26/03", "BEGUN POST_OFFICE 16:02 26/03");
        assertThat(text("DUE_SOON", "BEGUN"))
                .contains("\"Thêm việc của bưu cục sắp đến hạn: 1, sớm nhất lúc 17:10 26/03.");

        hub.db()
                .sql("update progress set next_act = 'COLLECT', happened_at = :at, due_at = :due where leg in (" + OF
                        + ")" + " and not closed and owner_kind = 'POST_OFFICE'")
                .param("at", at("2026-03-26T16:50"))
                .param("due", at("2026-03-30T17:00"))
                .param("code", "HS-SAP-DEN-HAN")
                .update();
        look("2026-03-26T17:01");
        assertThat(due()).last().isEqualTo("OVER POST_OFFICE 15:01 26/03");
        assertThat(text("DUE_SOON", "OVER"))
                .contains(
                        "Việc sắp đến hạn của bưu cục, báo lúc 15:01 26/03: 1 xong đúng hạn hoặc không còn phải làm.",
                        "Acts owed by post offices that were due soon, told at 15:01 26/03: 1 done in time, or not owed any more.");
        look("2026-03-26T17:11");
        assertThat(due()).last().isEqualTo("OVER POST_OFFICE 16:02 26/03");
        assertThat(text("DUE_SOON", "OVER"))
                .contains("báo lúc 16:02 26/03: 1 quá hạn.", "told at 16:02 26/03: 1 late.");

        // Saturday 16:00 and Monday 08:00 are two working hours apart; what comes up on Sunday waits for Monday.
        due("HS-SAU", "2026-03-30T08:00");
        due("HS-SAP-DEN-HAN", "2026-03-30T08:00");
        look("2026-03-28T15:59");
        look("2026-03-29T10:00");
        assertThat(due()).hasSize(4);
        look("2026-03-30T07:00");
        assertThat(due()).hasSize(5).last().isEqualTo("BEGUN POST_OFFICE 07:00 30/03");
        due("HS-SAU", "2026-03-31T08:00");
        look("2026-03-30T08:01");
        assertThat(text("DUE_SOON", "OVER")).contains("báo lúc 07:00 30/03: 1 quá hạn, 1 có hạn khác.");
    }

    private static void filed(String code) {
        ObjectNode wish = Filed.both("19333");
        wish.withObject("/dossier")
                .putArray("codes")
                .addObject()
                .put("system", "dvcqg")
                .put("code", code);
        hub.bean(Requests.class).accept(new Inbound("dvcqg", code, "portal.request", wish));
    }

    private static final String OF = """
            select l.id from leg l join dossier_code f on f.dossier = l.dossier where f.code = :code
            """;

    private static void due(String code, String time) {
        due(code, at(time));
    }

    private static void due(String code, Timestamp at) {
        hub.db()
                .sql("update progress set due_at = :at where not closed and owner_kind = 'POST_OFFICE' and leg in ("
                        + OF + ")")
                .param("at", at)
                .param("code", code)
                .update();
    }

    private static void look(String time) {
        hub.bean(Alerts.class).lookAt(at(time).toInstant());
    }

    private List<String> due() {
        return told("DUE_SOON");
    }

    private static void standing(String stretch, String partner, String state, String from, String until) {
        hub.db()
                .sql(
                        "insert into sample (at, stretch, partner, state)"
                                + " select at, :stretch, :partner, :state from sample where stretch = 'hub' and at >= :from and at < :until")
                .param("stretch", stretch)
                .param("partner", partner)
                .param("state", state)
                .param("from", at(from))
                .param("until", at(until))
                .update();
    }

    private static void down(String from, String until) {
        hub.db()
                .sql("delete from sample where at >= :from and at < :until")
                .param("from", at(from))
                .param("until", at(until))
                .update();
    }

    private static void pickups(String office, String from, String until, int anHour) {
        pickups(office, from, until, anHour, "17:00");
    }

    private static void pickups(String office, String from, String until, int anHour, String end) {
        handled(office, "scan", "COLLECTED", from, until, anHour, end);
    }

    /** So many an hour from 07:00 on every day but Sundays. */
    private static void handled(
            @Nullable String office, String source, String code, String from, String until, int anHour, String end) {
        hub.db()
                .sql(
                        "insert into handling (id, code, occurred_at, utc_offset, happened_at, recorded_at, stored_at, device, device_seq, actor,"
                                + " office, source) select gen_random_uuid(), :code, t, '+07:00', t, t, t, 'may', 1, 'buu-ta', cast(:office as text),"
                                + " :source from " + TIMES)
                .param("office", office)
                .param("source", source)
                .param("code", code)
                .param("from", at(from + "T07:00"))
                .param("until", at(until + "T" + end))
                .param("end", end)
                .param("step", 60.0 / anHour)
                .update();
    }

    private static final String TIMES = """
            generate_series(:from, :until, make_interval(secs => :step * 60)) t
            where extract(isodow from t at time zone 'Asia/Ho_Chi_Minh') < 7
              and (t at time zone 'Asia/Ho_Chi_Minh')::time between '07:00' and cast(:end as time) - interval '1 second'
            """;

    private static void said(String partner, String kind, String from, String until, int anHour, String end) {
        hub.db()
                .sql("insert into message (id, direction, partner, key, kind, body, state, created_at)"
                        + " select gen_random_uuid(), 'IN', :partner, :kind || t, :kind, '{}', 'RECEIVED', t from "
                        + TIMES)
                .param("partner", partner)
                .param("kind", kind)
                .param("from", at(from + "T07:00"))
                .param("until", at(until + "T" + end))
                .param("end", end)
                .param("step", 60.0 / anHour)
                .update();
    }

    private static void scanned(String office, Timestamp when) {
        hub.db()
                .sql(
                        "insert into handling (id, code, occurred_at, utc_offset, happened_at, recorded_at, stored_at, device, device_seq, actor,"
                                + " office, source) values (gen_random_uuid(), 'PICKUP_ACCEPTED', :at, '+07:00', :at, :at, :at, 'may', 1,"
                                + " 'buu-ta', :office, 'scan')")
                .param("office", office)
                .param("at", when)
                .update();
    }

    /** It is that time of a day, and has been looked as often as needed; whoever calls people looks too. */
    private static void clock(String time) {
        Instant now = at(time).toInstant();
        Instant counted;
        do {
            silences().lookAt(now);
            counted = hub.db()
                    .sql("select counted from heard_until")
                    .query(Instant.class)
                    .single();
        } while (Duration.between(counted, now).compareTo(Duration.ofMinutes(2)) > 0);
        hub.bean(Alerts.class).look();
    }

    private static Silences silences() {
        return hub.bean(Silences.class);
    }

    private List<String> told() {
        return told("SILENCE");
    }

    private List<String> told(String kind) {
        return hub.db()
                .sql("select (body::jsonb ->> 'state') || ' ' || (body::jsonb ->> 'about') from message"
                        + " where kind = 'alert' and body::jsonb ->> 'what' = :kind and seq > :before order by seq")
                .param("kind", kind)
                .param("before", before)
                .query(String.class)
                .list();
    }

    private static Timestamp at(String time) {
        return Timestamp.from(LocalDateTime.parse(time).atZone(Rules.ZONE).toInstant());
    }
}
