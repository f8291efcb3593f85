package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A portal in trouble: whatever it does, in the end it has everything once and in order, and nobody else waited for it.
 * What it should have is taken from what the phones were answered, not from the hub's own records.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TroubleTest {

    private static final List<String> JOURNEY =
            List.of("PICKUP_ACCEPTED", "COLLECTED", "MISROUTED", "COMMUNE_TRANSFER", "HANDED_TO_AGENCY");
    private static final List<String> TEXTS =
            List.of("Bưu tá đã xác nhận", "Đã nhận hồ sơ tại nhà", "Lạc hướng", "Đang luân chuyển", "Đã bàn giao");

    @TempDir
    static Path reference;

    private static World world;

    @BeforeAll
    static void begin() throws IOException {
        Files.createDirectories(reference.resolve("sandbox"));
        String partners = Files.readString(Path.of("src/main/resources/reference/sandbox/partners.csv"));
        // So that a time-out does not cost the test a quarter of a minute each.
        Files.writeString(
                reference.resolve("sandbox/partners.csv"),
                partners.replace("dstcode=VN:GOV", "read-timeout=500;dstcode=VN:GOV"));
        world = new World(Map.of("bocau.reference", reference.toString()), Map.of("session.seconds", "1"));
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @AfterEach
    void behave() {
        world.twin("dvcqg").behaves();
    }

    @ParameterizedTest(name = "{0}, every {1}. request")
    @CsvSource({"500, 2", "drop-after-commit, 2", "garbage, 3", "timeout, 4", "down, 1", "drop-after-commit, 1"})
    void a_portal_in_trouble_has_everything_once_and_in_order_when_it_is_well_again(String mode, int every)
            throws Exception {
        List<Filed> dossiers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var wish = Filed.both("19333");
            wish.remove("result");
            dossiers.add(world.files(wish));
        }
        world.twin("dvcqg").misbehaves(mode, every);

        travel(dossiers);
        if (every == 1) {
            await().atMost(World.SOON)
                    .until(() -> !world.db()
                            .sql("select state from line where partner = 'dvcqg'")
                            .query(String.class)
                            .single()
                            .equals("OPEN"));
            assertOthersDoNotWait();
        }
        world.twin("dvcqg").behaves();

        for (Filed dossier : dossiers) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(dossier.shown()).hasSize(TEXTS.size()));
            List<String> shown = dossier.shown();
            for (int i = 0; i < TEXTS.size(); i++) {
                assertThat(shown.get(i)).as(shown.toString()).startsWith(TEXTS.get(i));
            }
        }
        assertThat(world.db()
                        .sql(
                                "select count(*) from message where direction = 'OUT' and partner = 'dvcqg' and state = 'PARKED'")
                        .query(Long.class)
                        .single())
                .as("nothing of it needs a person")
                .isZero();
    }

    /** Eight dossiers, four phones, each scan an hour after the one before, all at once. */
    private static void travel(List<Filed> dossiers) throws Exception {
        ExecutorService phones = Executors.newFixedThreadPool(4);
        OffsetDateTime begin = OffsetDateTime.now(ZoneOffset.ofHours(7)).minusHours(JOURNEY.size() + 1);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (Filed dossier : dossiers) {
                work.add(() -> {
                    Worker worker = world.worker("buu-ta");
                    String item = dossier.item("PICKUP");
                    for (int i = 0; i < JOURNEY.size(); i++) {
                        worker.scans(
                                JOURNEY.get(i),
                                item,
                                Map.of("occurredAt", begin.plusHours(i).toString()));
                    }
                    return JOURNEY.size();
                });
            }
            for (Future<Integer> done : phones.invokeAll(work)) {
                assertThat(done.get()).isEqualTo(JOURNEY.size());
            }
        } finally {
            phones.shutdown();
        }
    }

    /** A dossier of the webhook portal is told at once. */
    private static void assertOthersDoNotWait() {
        var wish = Filed.both("19429");
        wish.withObject("/dossier").put("agency", "000.04.12.H50");
        wish.remove("result");
        String code = "W-" + System.nanoTime();
        wish.withObject("/dossier").putArray("codes").addObject().put("code", code);
        String secret = "whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==";
        JsonNode answer = world.ask("portal-webhook", secret, "/requests", wish).ok();
        String leg = answer.path("legs").path(0).path("id").asText();
        assertThat(leg).isNotBlank();
        JsonNode cancel = Http.JSON.createObjectNode().put("dossier", code).put("leg", "PICKUP");
        world.ask("portal-webhook", secret, "/dossiers/cancellation", cancel).ok();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> world.twin("webhook-portal").received().stream()
                        .anyMatch(e -> e.path("content").toString().contains(code)));
    }

    /** Somebody's transaction holds six dossiers and does not end; many ask about each of them, some with one key. */
    @Test
    void dossiers_that_are_locked_for_long_leave_connections_for_all_the_others() throws Exception {
        List<Filed> locked =
                Stream.generate(() -> world.files(Filed.both("19333"))).limit(6).toList();
        Filed other = world.files(Filed.both("19333"));
        Map<String, String> portal = world.portal("portal-dvcqg", "sandbox-portal-secret");
        int askers = 60;
        ExecutorService many = Executors.newFixedThreadPool(askers);
        JdbcConnectionDetails database = world.hub().bean(JdbcConnectionDetails.class);
        HikariDataSource pool = world.hub().bean(HikariDataSource.class);
        try (Connection elsewhere =
                DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword())) {
            elsewhere.setAutoCommit(false);
            try (PreparedStatement lock = elsewhere.prepareStatement("select 1 from dossier where id in"
                    + " (select dossier from dossier_code where code = any(?)) order by id for update")) {
                lock.setArray(
                        1,
                        elsewhere.createArrayOf(
                                "text", locked.stream().map(Filed::code).toArray()));
                assertThat(lock.executeQuery().next()).isTrue();
            }
            List<Future<Http.Answer>> asking = new ArrayList<>();
            for (int i = 0; i < askers; i++) {
                String key = i % 2 == 0 ? "locked-once-and-again-" + i % 6 : "locked-" + i;
                Filed one = locked.get(i % 6);
                asking.add(many.submit(() -> cancel(portal, key, one)));
            }
            await().atMost(World.SOON)
                    .until(() -> asking.stream().filter(Future::isDone).count() >= askers / 2);

            assertThat(cancel(portal, "others", other).status()).isEqualTo(200);
            await("nobody waits for a connection any more")
                    .atMost(World.SOON)
                    .until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
            assertThat(asking).as("nor is it so because they have ended").anyMatch(one -> !one.isDone());
            for (Future<Http.Answer> one : asking) {
                assertThat(one.get().status()).isEqualTo(503);
                assertThat(one.get().whole().headers().firstValue("retry-after"))
                        .isPresent();
            }
            elsewhere.rollback();
        } finally {
            many.shutdownNow();
        }
        assertThat(cancel(portal, "locked-once-and-again-0", locked.get(0)).status())
                .isEqualTo(200);
    }

    private static Http.Answer cancel(Map<String, String> portal, String key, Filed dossier) {
        Map<String, String> headers = new HashMap<>(portal);
        headers.put("Idempotency-Key", key);
        return Http.post(
                world.at("/api/portal/v1/dossiers/cancellation"),
                headers,
                Map.of("dossier", dossier.code(), "leg", "PICKUP"));
    }

    /** Of two words in the wrong order the one that comes too early is refused, and the citizen hears so. */
    @ParameterizedTest
    @CsvSource({
        "dvcqg, portal-dvcqg, sandbox-portal-secret",
        "opencps, portal-opencps, sandbox-opencps-secret",
        "webhook-portal, portal-webhook, whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA=="
    })
    void a_portal_that_cancels_before_it_asks_is_refused_and_what_it_says_twice_is_done_once(
            String portal, String client, String secret) {
        Twin twin = world.twin(portal);
        String code = Filed.newCode();
        ObjectNode wish = Filed.both("19333");
        wish.withObject("/dossier").putArray("codes").addObject().put("code", code);
        Map<String, Object> cancel = Map.of("dossier", code, "leg", "PICKUP");
        twin.misbehaves("out-of-order");
        assertThat(citizen(portal, "dossiers", Map.of("code", code, "request", wish))
                        .status())
                .as("it keeps this to itself for now")
                .isEqualTo(202);
        assertThat(citizen(portal, "cancellations", cancel).status()).isEqualTo(404);
        assertThat(step(code, client, secret)).isEqualTo("REQUESTED");

        twin.misbehaves("duplicate");
        Map<String, Object> move = Map.of("dossier", code, "leg", "RESULT", "party", Filed.party("19429"));
        assertThat(citizen(portal, "address-changes", move).status()).isEqualTo(200);
        assertThat(citizen(portal, "cancellations", cancel).status()).isEqualTo(200);
        twin.behaves();
        assertThat(step(code, client, secret)).isEqualTo("CANCELLED");
        assertThat(world.db()
                        .sql(
                                "select kind from message where partner = :portal and direction = 'IN' and strpos(body, :code) > 0"
                                        + " and state = 'RECEIVED' order by seq")
                        .param("portal", portal)
                        .param("code", code)
                        .query(String.class)
                        .list())
                .containsExactly("portal.request", "portal.change-address", "portal.cancel");
    }

    private static Http.Answer citizen(String portal, String does, Object what) {
        return Http.post(world.sandbox("/api/" + portal + "/" + does), Map.of(), what);
    }

    private static String step(String code, String client, String secret) {
        return Http.get(world.at("/api/portal/v1/dossiers/" + code), world.portal(client, secret))
                .ok()
                .at("/legs/0/step/code")
                .asText();
    }

    @Test
    void a_message_the_portal_cannot_take_is_parked_holds_its_own_dossier_alone_and_goes_when_it_can() {
        var wish = Filed.both("19333");
        wish.remove("result");
        Filed dossier = world.files(wish, "LA-" + System.nanoTime());
        Worker worker = world.worker("buu-ta");
        String item = dossier.item("PICKUP");
        Http.delete(world.sandbox("/api/dvcqg/received"), Map.of()).ok();
        worker.scans("PICKUP_ACCEPTED", item);
        worker.scans("COLLECTED", item);
        await().atMost(World.SOON).until(() -> states(dossier).equals(List.of("PARKED", "PENDING")));

        Filed other = world.files(wish.deepCopy());
        worker.scans("PICKUP_ACCEPTED", other.item("PICKUP"));
        other.shows("Bưu tá đã xác nhận");

        Http.post(world.sandbox("/api/dvcqg/dossiers"), Map.of(), Map.of("code", dossier.code()))
                .ok();
        String parked = world.db()
                .sql("select id::text from message where subject = :code and state = 'PARKED'")
                .param("code", dossier.code())
                .query(String.class)
                .single();
        Http.post(
                        world.at("/api/ops/v1/messages/" + parked + "/retry"),
                        Http.basic("truc-ca", "truc-ca-sandbox"),
                        Map.of("reason", "cổng đã có hồ sơ"))
                .ok();

        dossier.shows("Bưu tá đã xác nhận", "Đã nhận hồ sơ tại nhà");
    }

    private static List<String> states(Filed dossier) {
        return world.db()
                .sql("select state from message where subject = :code and direction = 'OUT' order by seq")
                .param("code", dossier.code())
                .query(String.class)
                .list();
    }
}
