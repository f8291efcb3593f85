package vn.bocau.wire.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.dossier.Handlings;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;
import vn.bocau.journey.Http;
import vn.bocau.journey.Twin;
import vn.bocau.sandbox.Sandbox;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.http.OwnHub;

/** The feed of the sandbox's carrier, followed by a real hub; only what the events mean to a dossier is made up. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CarriersTest {

    private static final String CARRIER = "carrier-x";
    private static final String POLLED = "myvnpost";
    private static final String SAME = Long.toHexString(Instant.now().getEpochSecond()) + "00000000000000ff";

    /** All days have been read, this one too. */
    private static final String CAUGHT_UP = "feed_cursor where partner = 'myvnpost' and cursor ="
            + " to_char(now() at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')";

    /** Hears what comes, once; fails for the orders a test says. Not annotated, so that no other hub finds it. */
    static class Listening {

        static final List<Inbound> HEARD = new CopyOnWriteArrayList<>();
        static final Map<String, RuntimeException> FAILS = new ConcurrentHashMap<>();

        static class Hearing {

            private final Journal journal;

            Hearing(Journal journal) {
                this.journal = journal;
            }

            public Receipt record(Inbound in) {
                throw new UnsupportedOperationException(in.kind());
            }

            public Receipt heard(Inbound in) {
                RuntimeException failure =
                        FAILS.get(in.payload().path("orderNumber").asText());
                return journal.once(in, () -> {
                    if (failure != null) {
                        throw failure;
                    }
                    HEARD.add(in);
                    return JsonNodeFactory.instance.objectNode();
                });
            }
        }

        @Bean("handlings")
        Hearing handlings(Journal journal) {
            return new Hearing(journal);
        }

        /** For who asks for them by what they are. */
        @Bean
        Handlings realHandlings(AutowireCapableBeanFactory beans) {
            return beans.createBean(Handlings.class);
        }
    }

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext sandbox;
    private static URI at;
    private static Twin carrier;
    private static OwnHub hub;
    private static Carriers carriers;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(0, folder, Map.of("hub.url", "http://localhost:1"));
        at = URI.create("http://localhost:" + sandbox.getEnvironment().getProperty("local.server.port"));
        carrier = new Twin(at, CARRIER);
        // The timer's second turn comes too late to be in the way, and the first is over: the tests say when it is
        // time.
        hub = new OwnHub(
                Map.of(
                        "bocau.sandbox.url",
                        at,
                        "bocau.carriers.period",
                        "10m",
                        "bocau.carriers.delay",
                        "1",
                        "bocau.metrics.every",
                        "200ms"),
                Listening.class);
        carriers = hub.bean(Carriers.class);
        nobodyAsksByItself();
    }

    /** Nor does a round go on that was begun before. */
    private static void nobodyAsksByItself() throws Exception {
        var routes = hub.bean(CamelContext.class).getRouteController();
        routes.stopRoute("carrier-feeds");
        routes.stopRoute("carrier-feed");
        routes.startRoute("carrier-feed");
    }

    @AfterAll
    static void stop() {
        hub.close();
        sandbox.close();
    }

    @BeforeEach
    void fresh() {
        carrier.behaves();
        Http.delete(at.resolve("/api/carrier-x/received"), Map.of()).ok();
        // One after the other: the hub's own clock reads both, and each would wait for what the other holds.
        hub.db().sql("truncate message cascade").update();
        hub.db().sql("truncate feed_cursor, feed_outage, feed_turn cascade").update();
        Listening.HEARD.clear();
        Listening.FAILS.clear();
    }

    /** Of an error that comes with HTTP 200, as of any other: nothing that happened is passed over for it. */
    @ParameterizedTest
    @ValueSource(strings = {"words", "not-found"})
    void an_order_whose_history_is_not_told_keeps_no_other_waiting_and_is_heard_once_it_is(String told) {
        String silent = polled();
        String other = polled();
        control("histories", Map.of("saleOrderCode", silent, "told", told));

        await().atMost(Duration.ofSeconds(20)).until(() -> hears(other));

        assertThat(hears(silent)).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(() -> followed("feed_outage where partner = 'myvnpost'") == 1);
        assertThat(hub.db()
                        .sql("select reason_en from feed_outage where partner = 'myvnpost'")
                        .query(String.class)
                        .single())
                .contains(told.equals("words") ? "200" : "404", "without the history of 1 orders");
        assertThat(followed(CAUGHT_UP)).isZero();
        control("histories", Map.of("saleOrderCode", silent, "told", "again"));
        await().atMost(Duration.ofSeconds(20)).until(() -> hears(silent));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> followed(CAUGHT_UP) == 1 && followed("feed_outage where partner = 'myvnpost'") == 0);
    }

    /** After so many in a row it is not asked about more of them in that round. */
    @Test
    void many_orders_in_a_row_whose_histories_are_not_told_keep_no_other_waiting() {
        List<String> silent = Stream.generate(CarriersTest::polled).limit(41).toList();
        silent.forEach(order -> control("histories", Map.of("saleOrderCode", order, "told", "not-found")));
        String other = polled();

        await().atMost(Duration.ofSeconds(30)).until(() -> hears(other));
        control("histories", Map.of("saleOrderCode", silent.get(40), "told", "again"));
        await().atMost(Duration.ofSeconds(30)).until(() -> hears(silent.get(40)));

        assertThat(followed(CAUGHT_UP)).isZero();
        silent.forEach(order -> control("histories", Map.of("saleOrderCode", order, "told", "again")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> followed(CAUGHT_UP) == 1 && followed("feed_outage where partner = 'myvnpost'") == 0);
        assertThat(Listening.HEARD)
                .extracting(in -> in.payload().path("orderNumber").asText())
                .containsAll(silent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"words", "status"})
    void a_carrier_that_is_asked_is_logged_in_to_again_however_it_says_that_our_token_has_ended(String told) {
        String first = polled();
        await().atMost(Duration.ofSeconds(20)).until(() -> hears(first));
        control("tokens", Map.of("told", told));
        String second = polled();

        await().atMost(Duration.ofSeconds(20)).until(() -> hears(second));

        assertThat(followed("feed_outage where partner = 'myvnpost'")).isZero();
    }

    /** An order that has been delivered, in the books of the carrier that is asked. */
    private static String polled() {
        String number = "P-" + UUID.randomUUID();
        String token = Http.post(
                        at.resolve("/carrier/myvnpost/GetAccessToken"),
                        Map.of(),
                        Map.of("username", "bocau", "password", "sandbox-myvnpost-secret"))
                .ok()
                .path("token")
                .asText();
        Http.post(
                        at.resolve("/carrier/myvnpost/CreateOrder"),
                        Map.of("token", token),
                        Map.of("informationOrder", Map.of("saleOrderCode", number)))
                .ok();
        control("events", Map.of("saleOrderCode", number, "statusCode", 14));
        return number;
    }

    private static void control(String what, Map<String, ?> said) {
        Http.post(at.resolve("/api/myvnpost/" + what), Map.of(), said).ok();
    }

    /** Whether it is heard once the carrier was asked, if it is time. */
    private static boolean hears(String order) {
        carriers.follow("myvnpost");
        return Listening.HEARD.stream()
                .anyMatch(in -> in.payload().path("orderNumber").asText().equals(order));
    }

    /** It has read of a carrier already that this one learns of with its own reload. */
    @Test
    void what_another_node_says_of_a_carrier_stays_until_this_one_reads_the_files_again() {
        carriers.next();
        hub.db()
                .sql(
                        "insert into feed_outage (partner, fault, reason_vi, reason_en) values ('new-elsewhere', 'x', 'x', 'x')")
                .update();
        carriers.next();
        assertThat(followed("feed_outage where partner = 'new-elsewhere'")).isOne();

        hub.bean(Directories.class).reload();
        carriers.next();
        assertThat(followed("feed_outage where partner = 'new-elsewhere'")).isZero();
    }

    private static long followed(String table) {
        carriers.follow("myvnpost");
        return hub.db().sql("select count(*) from " + table).query(Long.class).single();
    }

    @Test
    void every_event_is_heard_once_in_our_words_and_in_order() {
        order("N-1");
        happen("N-1", 1);
        happen("N-1", 4);

        carriers.follow(CARRIER);
        carriers.follow(CARRIER);
        happen("N-1", 99);
        carriers.follow(CARRIER);

        assertThat(Listening.HEARD)
                .extracting(in -> in.payload().path("code").asText())
                .containsExactly("FACILITY_IN", "DELIVERED", "UNKNOWN");
        assertThat(Listening.HEARD.get(2).payload().path("rawCode").asText()).isEqualTo("99");
        assertThat(Listening.HEARD.get(0).received().path("StatusCode").asInt()).isEqualTo(1);
        assertThat(count("state = 'RECEIVED' and kind = 'carrier.event' and partner = 'carrier-x'"))
                .isEqualTo(3);
        assertThat(cursor()).isEqualTo(Listening.HEARD.get(2).key());
    }

    @Test
    void many_pages_are_read_to_the_end() {
        order("N-2");
        for (int i = 0; i < 1_100; i++) {
            happen("N-2", 1);
        }

        carriers.follow(CARRIER);

        assertThat(Listening.HEARD).hasSize(1_100);
        assertThat(Listening.HEARD).extracting(Inbound::key).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void pages_said_twice_or_backwards_do_no_harm() {
        order("N-3");
        for (String mode : List.of("duplicate", "out-of-order")) {
            carrier.misbehaves(mode);
            happen("N-3", 1);
            happen("N-3", 3);
            happen("N-3", 4);
            carriers.follow(CARRIER);
        }

        assertThat(Listening.HEARD)
                .extracting(in -> in.payload().path("code").asText())
                .containsExactly(
                        "FACILITY_IN", "OUT_FOR_DELIVERY", "DELIVERED", "FACILITY_IN", "OUT_FOR_DELIVERY", "DELIVERED");
        assertThat(Listening.HEARD).extracting(Inbound::key).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void what_nobody_can_make_sense_of_is_parked_and_the_rest_goes_on() {
        order("N-4");
        order("N-5");
        Listening.FAILS.put(
                "N-4", new Refused(Refused.Ground.UNKNOWN, "unknown-order", "orderNumber", "Không có.", "None."));
        Listening.FAILS.put("N-5", new IllegalStateException("a bug"));
        order("N-6");
        happen("N-4", 1);
        happen("N-5", 1);
        happen("N-6", 1);

        carriers.follow(CARRIER);

        assertThat(Listening.HEARD)
                .extracting(in -> in.payload().path("orderNumber").asText())
                .containsExactly("N-6");
        assertThat(hub.db()
                        .sql("select fault from message where state = 'PARKED' order by seq")
                        .query(String.class)
                        .list())
                .containsExactly("unknown-order", "ours");
        assertThat(cursor()).isEqualTo(Listening.HEARD.get(0).key());
    }

    @Test
    void an_event_against_the_schema_is_parked_with_the_field_named() {
        order("N-7");
        Http.post(
                        at.resolve("/api/carrier-x/events"),
                        Map.of(),
                        Map.of("OrderNumber", "N-7", "StatusCode", 4, "StatusMessage", "x".repeat(1_001)))
                .ok();

        carriers.follow(CARRIER);

        assertThat(hub.db()
                        .sql("select reason_en from message where state = 'PARKED' and fault = 'schema'")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .startsWith("/rawText");
        assertThat(cursor()).isNotEmpty();
    }

    @Test
    void broken_characters_in_what_a_carrier_writes_neither_stop_its_feed_nor_are_shown() {
        order("N-14");
        Map<String, Object> event = new HashMap<>(Map.of("OrderNumber", "N-14", "StatusCode", 4));
        event.put("StatusMessage", "Đã\u0000 phát\u202e 42 \u0007");
        event.put("Notes", "\u0000");
        Http.post(at.resolve("/api/carrier-x/events"), Map.of(), event).ok();

        carriers.follow(CARRIER);

        assertThat(Listening.HEARD)
                .extracting(in -> in.payload().path("rawText").asText())
                .containsExactly("Đã\ufffd phát\ufffd 42 \ufffd");
        assertThat(count("state = 'PARKED'")).isZero();
        assertThat(count("body ~ '\\\\u00|\u202e'")).isZero();
        assertThat(cursor()).isEqualTo(Listening.HEARD.get(0).key());
    }

    @Test
    void a_retry_of_what_was_parked_takes_the_same_way_in() {
        order("N-8");
        Listening.FAILS.put("N-8", new IllegalStateException("a bug"));
        happen("N-8", 4);
        carriers.follow(CARRIER);
        Listening.FAILS.clear();
        String raw = hub.db()
                .sql("select body from message where state = 'PARKED'")
                .query(String.class)
                .single();

        hub.db().sql("delete from message").update();
        hub.bean(Entrance.class).bring(new Inbound(CARRIER, "retried", "carrier.event", vn.bocau.wire.Json.parse(raw)));

        assertThat(Listening.HEARD)
                .extracting(in -> in.payload().path("code").asText())
                .containsExactly("DELIVERED");
    }

    @Test
    void the_cursor_stays_before_what_is_not_committed_yet() {
        order("N-9");
        order("N-10");
        happen("N-9", 1);
        carriers.follow(CARRIER);
        String before = cursor();
        Listening.FAILS.put(
                "N-10",
                new Unavailable("database-away", "the database does not answer", "the database does not answer"));
        happen("N-10", 1);

        carriers.follow(CARRIER);
        assertThat(cursor()).isEqualTo(before);
        assertThat(count("state = 'PARKED'")).isZero();
        assertThat(carriers.reached())
                .as("it is not the carrier's doing")
                .allSatisfy(reached -> assertThat(reached.silentSince()).isNull());

        Listening.FAILS.clear();
        carriers.follow(CARRIER);
        assertThat(Listening.HEARD)
                .extracting(in -> in.payload().path("orderNumber").asText())
                .containsExactly("N-9", "N-10");
    }

    @Test
    void a_carrier_that_is_down_or_talks_nonsense_is_asked_again_and_nothing_is_lost() {
        order("N-11");
        happen("N-11", 1);
        for (String mode : List.of("down", "500", "garbage")) {
            carrier.misbehaves(mode);
            carriers.follow(CARRIER);
            assertThat(Listening.HEARD).as(mode).isEmpty();
        }

        carrier.behaves();
        carriers.follow(CARRIER);
        assertThat(Listening.HEARD).hasSize(1);
    }

    @Test
    void a_feed_that_cannot_be_read_says_since_when_and_why_until_it_can() {
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");
        carrier.misbehaves("500");
        carriers.follow(CARRIER);
        JsonNode first = feed(operator);
        carrier.misbehaves("garbage");
        carriers.follow(CARRIER);
        JsonNode later = feed(operator);

        assertThat(first.at("/reason/en").asText()).contains("answered 500");
        assertThat(later.at("/reason/en").asText()).isNotEmpty().doesNotContain("500");
        assertThat(first.path("silentSince").asText()).isNotEmpty();
        assertThat(later.path("silentSince")).isEqualTo(first.path("silentSince"));
        assertThat(first.path("cursor").isNull()).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(silence(operator)).isGreaterThan(0));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> incident(operator).at("/reason/en").equals(later.at("/reason/en")));
        assertThat(incident(operator).path("way").asText()).isEqualTo("IN");
        assertThat(incident(operator).path("endedAt").isNull()).isTrue();
        assertThat(Instant.parse(incident(operator).path("beganAt").asText()))
                .isEqualTo(Instant.parse(first.path("silentSince").asText()));
        carrier.behaves();
        carriers.follow(CARRIER);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !incident(operator).path("endedAt").isNull());

        assertThat(feed(operator).path("silentSince").isMissingNode()
                        || feed(operator).path("silentSince").isNull())
                .isTrue();
        order("N-15");
        happen("N-15", 4);
        carriers.follow(CARRIER);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(silence(operator)).isZero());
    }

    private static JsonNode feed(Map<String, String> operator) {
        for (JsonNode partner :
                Http.get(hub.at("/api/ops/v1/partners"), operator).ok()) {
            if (partner.path("id").asText().equals(CARRIER)) {
                return partner.path("feed");
            }
        }
        throw new AssertionError("no such partner");
    }

    private static JsonNode incident(Map<String, String> operator) {
        return Http.get(hub.at("/api/ops/v1/incidents?partner=" + CARRIER), operator)
                .ok()
                .path(0);
    }

    private static double silence(Map<String, String> operator) {
        return Http.get(hub.at("/actuator/prometheus"), operator)
                .text()
                .lines()
                .filter(line -> line.startsWith("bocau_feed_silent_seconds{partner=\"carrier-x\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(-1);
    }

    @Test
    void one_reads_at_a_time_and_a_node_that_dies_leaves_no_lock() {
        order("N-12");
        happen("N-12", 1);
        hub.bean(Cursors.class).alone(CARRIER, () -> {
            carriers.follow(CARRIER);
            return true;
        });
        assertThat(Listening.HEARD).as("while another reads").isEmpty();

        carriers.follow(CARRIER);
        assertThat(Listening.HEARD).hasSize(1);
        assertThat(hub.db()
                        .sql("select count(*) from pg_locks where locktype = 'advisory'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** However many nodes there are; and one that dies is waited for no longer than for a turn. */
    @Test
    void a_carrier_is_asked_at_its_pace_by_one_node_as_long_as_that_goes_on() {
        var here = hub.bean(Cursors.class);
        var elsewhere = new Cursors(hub.bean(JdbcTemplate.class));
        assertThat(here.turn("slow", 60)).isTrue();
        assertThat(here.turn("slow", 60)).isFalse();
        assertThat(elsewhere.turn("slow", 60)).isFalse();

        passed(61);
        assertThat(elsewhere.turn("slow", 60)).as("it is the other's turn").isFalse();
        assertThat(here.turn("slow", 60)).isTrue();
        passed(121);
        assertThat(elsewhere.turn("slow", 60)).as("which has missed it").isTrue();
        assertThat(here.turn("slow", 60)).isFalse();

        passed(-3_600);
        assertThat(here.turn("slow", 60)).as("the clock was put back").isTrue();
        elsewhere.turnNow("slow");
        assertThat(here.turn("slow", 60)).isFalse();
        assertThat(elsewhere.turn("slow", 60)).as("an operator said so there").isTrue();

        passed(600);
        here.turnEnds("slow");
        assertThat(here.turn("slow", 60)).as("whose turn it is not").isTrue();
        passed(600);
        here.turnEnds("slow");
        assertThat(elsewhere.turn("slow", 60))
                .as("after a round of ten minutes")
                .isFalse();
    }

    @Test
    void who_waits_while_another_asks_takes_no_turn() {
        var elsewhere = new Cursors(hub.bean(JdbcTemplate.class));
        assertThat(elsewhere.alone(POLLED, () -> {
                    elsewhere.turnNow(POLLED);
                    passed(600);
                    carriers.follow(POLLED);
                    return elsewhere.turn(POLLED, 60);
                }))
                .as("still the turn of who asks")
                .isTrue();
    }

    private static void passed(int seconds) {
        hub.db()
                .sql("update feed_turn set next_at = next_at - make_interval(secs => :seconds)")
                .param("seconds", seconds)
                .update();
    }

    /** Sorted among the others it would be the last, and the cursor would stand behind everything still to come. */
    @Test
    void an_event_under_an_id_of_another_form_is_kept_and_never_becomes_the_cursor() {
        order("N-14");
        happen("N-14", 1);
        Http.post(
                        at.resolve("/api/carrier-x/events"),
                        Map.of(),
                        Map.of("OrderNumber", "N-14", "StatusCode", 3, "_id", Map.of("$oid", "zzz")))
                .ok();
        happen("N-14", 4);

        carriers.follow(CARRIER);
        assertThat(cursor()).isEqualTo(Listening.HEARD.get(1).key()).matches("[0-9a-f]{24}");
        happen("N-14", 1);
        carriers.follow(CARRIER);

        assertThat(cursor()).isEqualTo(Listening.HEARD.get(3).key());
        assertThat(Listening.HEARD)
                .extracting(in -> in.payload().path("rawCode").asText())
                .containsExactly("1", "4", "3", "1");
    }

    @Test
    void two_rows_under_one_id_that_say_different_things_are_both_kept() {
        order("N-15");
        for (int code : new int[] {1, 4}) {
            Http.post(
                            at.resolve("/api/carrier-x/events"),
                            Map.of(),
                            Map.of("OrderNumber", "N-15", "StatusCode", code, "_id", Map.of("$oid", SAME)))
                    .ok();
        }

        carriers.follow(CARRIER);
        carriers.follow(CARRIER);

        assertThat(Listening.HEARD).hasSize(1);
        assertThat(hub.db()
                        .sql("select state || ' ' || split_part(key, '~', 1) || ' ' || coalesce(fault, '') from message"
                                + " where kind = 'carrier.event' order by seq")
                        .query(String.class)
                        .list())
                .containsExactly("RECEIVED " + SAME + " ", "PARKED " + SAME + " key-reused");
    }

    @Test
    void the_cursor_never_moves_back() {
        hub.bean(Cursors.class).move(CARRIER, "00b");
        hub.bean(Cursors.class).move(CARRIER, "00a");

        assertThat(cursor()).isEqualTo("00b");
    }

    @Test
    void a_cursor_of_a_day_to_come_or_of_another_form_is_no_place_to_go_on_from() {
        Dialect.Feed feed = hub.bean(Peers.class).named(CARRIER).dialect().feed();
        String now = Long.toHexString(Instant.now().getEpochSecond());
        String later = Long.toHexString(Instant.now().plus(Duration.ofDays(2)).getEpochSecond());

        assertThat(feed.isPlace(now + "0000000000000001")).isTrue();
        for (String place : List.of(later + "0000000000000001", "ffffffffffffffffffffffff", now, "", "N-1")) {
            assertThat(feed.isPlace(place)).as(place).isFalse();
        }
    }

    @Test
    void an_operator_reads_a_feed_from_its_beginning_again_and_hears_what_was_passed_over() {
        order("N-14");
        happen("N-14", 1);
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");
        URI rewind = hub.at("/api/ops/v1/partners/carrier-x/feed/rewind");
        assertThat(Http.post(rewind, operator, Map.of("reason", "nothing read yet"))
                        .status())
                .isEqualTo(409);
        carriers.follow(CARRIER);
        hub.bean(Cursors.class).move(CARRIER, "ffffffffffffffffffffffff");
        happen("N-14", 4);
        carriers.follow(CARRIER);
        assertThat(Listening.HEARD).as("passed over").hasSize(1);

        JsonNode before = Http.get(hub.at("/api/ops/v1/partners"), operator).ok();
        Http.post(rewind, operator, Map.of("reason", "a cursor out of all order"))
                .ok();
        carriers.follow(CARRIER);

        assertThat(before.findValues("feed").stream()
                        .map(feed -> feed.path("cursor").asText("")))
                .contains("ffffffffffffffffffffffff");
        assertThat(Listening.HEARD).hasSize(2);
        assertThat(hub.db()
                        .sql(
                                "select by || ' ' || what || ' ' || reason from audit where kind = 'PARTNER' and target = 'carrier-x' and outcome = 'DONE'")
                        .query(String.class)
                        .list())
                .contains("truc-ca REWIND a cursor out of all order");
    }

    @Test
    void the_map_asks_by_itself() throws Exception {
        order("N-13");
        happen("N-13", 4);

        hub.bean(CamelContext.class).getRouteController().startRoute("carrier-feeds");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Listening.HEARD).hasSize(1));
        nobodyAsksByItself();
    }

    private static void order(String number) {
        JsonNode body = Outward.body("ngsp-carrier/examples/order.out/result-with-fee.in.json");
        var order = ((com.fasterxml.jackson.databind.node.ObjectNode) body).put("orderNumber", number);
        hub.bean(Dialects.class).speak(Outward.sending(CARRIER, "order", order));
    }

    private static void happen(String number, int code) {
        Map<String, Object> event = new HashMap<>(Map.of("OrderNumber", number, "StatusCode", code));
        event.put("StatusMessage", "Mã " + code);
        Http.post(at.resolve("/api/carrier-x/events"), Map.of(), event).ok();
    }

    private static String cursor() {
        return hub.db()
                .sql("select cursor from feed_cursor where partner = 'carrier-x'")
                .query(String.class)
                .single();
    }

    private static long count(String where) {
        return hub.db()
                .sql("select count(*) from message where " + where)
                .query(Long.class)
                .single();
    }
}
