package vn.bocau.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.Partners;
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
            assertThat(one.text().vi()).isEqualTo("Chưa có thu gom nào từ bưu cục 520100 từ 09:00, thường 20.");
            assertThat(one.text().en()).isEqualTo("No pickup from post office 520100 since 09:00, normally 20.");
        });
        clock(TODAY + "T13:02");
        assertThat(silences().standing())
                .singleElement()
                .satisfies(one -> assertThat(one.usual()).isEqualTo(30));
        JsonNode told = Http.get(hub.at("/api/ops/v1/silences"), OPERATOR).ok();
        assertThat(told.findValuesAsText("cause")).containsExactly("office " + OFFICE);
        assertThat(told.at("/0/gaps/0/kind").asText()).isEqualTo("PICKUP");

        scanned(OFFICE, at(TODAY + "T13:10"));
        clock(TODAY + "T13:12");
        assertThat(silences().standing()).isEmpty();
        assertThat(told()).containsExactly("BEGUN office " + OFFICE, "OVER office " + OFFICE);
        assertThat(hub.db()
                        .sql("select body from message where kind = 'alert' and seq > ? order by seq limit 1")
                        .param(before)
                        .query(String.class)
                        .single())
                .contains("Chưa có thu gom nào từ bưu cục 520100 từ 09:00", "/console/obligations", "\"SILENCE\"");
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
                        "Chưa có thu gom nào từ bưu cục 520100 từ 16:57 25/03, thường 40.",
                        "Chưa có thông điệp portal.request nào từ đối tác dvcqg từ 16:57 25/03, thường 40.");
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
                        "insert into handling (id, code, occurred_at, utc_offset, happened_at, recorded_at, device, device_seq, actor,"
                                + " office, source) select gen_random_uuid(), 'COLLECTED', t, '+07:00', t, t, 'may', 1, 'buu-ta', '521000',"
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
        hub.db()
                .sql("insert into sample (at, stretch, partner, state)"
                        + " select at, 'scan-handlings', '', 'PAUSED' from sample where at >= :from and at < :until")
                .param("from", at(TODAY + "T13:00"))
                .param("until", at(TODAY + "T15:00"))
                .update();

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
                        "Chưa có thu gom nào từ 4 bưu cục (520100, 521000, 522000 …) từ 16:57 25/03, thường 240.",
                        "Chưa có thông điệp portal.cancel, thông điệp portal.request nào từ đối tác dvcqg từ 16:57 25/03,"
                                + " thường 120.");
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

        assertThat(told()).contains("BEGUN office 523000").doesNotContain("OVER offices");
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

    /** So many an hour from 07:00 on every day but Sundays. */
    private static void pickups(String office, String from, String until, int anHour, String end) {
        hub.db()
                .sql(
                        "insert into handling (id, code, occurred_at, utc_offset, happened_at, recorded_at, device, device_seq, actor,"
                                + " office, source) select gen_random_uuid(), 'COLLECTED', t, '+07:00', t, t, 'may', 1, 'buu-ta', :office,"
                                + " 'scan' from " + TIMES)
                .param("office", office)
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
                        "insert into handling (id, code, occurred_at, utc_offset, happened_at, recorded_at, device, device_seq, actor,"
                                + " office, source) values (gen_random_uuid(), 'PICKUP_ACCEPTED', :at, '+07:00', :at, :at, 'may', 1,"
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
        return hub.db()
                .sql("select (body::jsonb ->> 'state') || ' ' || (body::jsonb ->> 'about') from message"
                        + " where kind = 'alert' and body like '%SILENCE%' and seq > ? order by seq")
                .param(before)
                .query(String.class)
                .list();
    }

    private static Timestamp at(String time) {
        return Timestamp.from(LocalDateTime.parse(time).atZone(Rules.ZONE).toInstant());
    }
}
