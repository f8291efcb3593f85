package vn.bocau.journal;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.journal.Hub.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.HubProcess;
import vn.bocau.journal.PlainPartner.Got;
import vn.bocau.journey.Http;

/**
 * Messages that a partner refused are retried by one group, by lists and singly, all overlapping, while the hub is killed
 * again and again: the partner has each once, and what the console counts is what the ledger counts.
 *
 * <p>{@code -Dretries=10000 -Dkills=20 -Dseed=…} is the long run: {@code ./verify --long}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RetriedAndKilledTest {

    private static final int RETRIES = Integer.getInteger("retries", 160);
    private static final int KILLS = Integer.getInteger("kills", 1);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int IN_A_LIST = 1000;
    private static final Map<String, String> ADMINISTRATOR = Http.basic("quan-tri", "bốn từ không liên quan");

    @TempDir
    Path folder;

    private final Queue<Integer> killsAfter = new ConcurrentLinkedQueue<>();
    private final Semaphore killed = new Semaphore(0);
    private volatile boolean refuses = true;
    private volatile int before;
    private PlainPartner partner;
    private HubProcess hub;

    @Test
    void each_reaches_the_partner_once_whoever_retries_and_whenever_the_hub_dies() throws Exception {
        System.out.println("RetriedAndKilledTest: -Dretries=" + RETRIES + " -Dkills=" + KILLS + " -Dseed=" + SEED);
        partner = new PlainPartner(this::hear);
        hub = partner.hub(
                folder,
                Map.of("bocau.mends.look", "200"),
                Map.of("BOCAU_ADMINISTRATOR_PASSWORD", "bốn từ không liên quan"));
        hub.start();
        List<UUID> ids = parkAll();
        new Random(SEED).ints(KILLS, 1, Math.max(2, RETRIES * 9 / 10)).sorted().forEach(killsAfter::add);
        before = partner.got().size();
        refuses = false;

        var people = Executors.newFixedThreadPool(4);
        List<java.util.concurrent.Future<?>> busy = new ArrayList<>();
        try {
            for (int list = 0; list < 2; list++) {
                int from = list * ids.size() / 4;
                begin(Map.of("messages", text(ids.subList(from, from + Math.min(IN_A_LIST, ids.size() / 8)))));
            }
            begin(Map.of("code", "odd", "partner", PlainPartner.ID));
            for (int person = 0; person < 3; person++) {
                busy.add(people.submit(() -> singly(ids)));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                killed.acquire();
                hub.start();
            }
            for (var each : busy) {
                each.get();
            }
        } finally {
            people.shutdownNow();
        }
        within(600).until(() -> count("select count(*) from message where state <> 'CONFIRMED'") == 0);
        within(30).until(() -> count("select count(*) from mend where ended_at is null") == 0);

        assertThatThePartnerHasEachOnce();
        assertThatTheConsoleCountsWhatTheLedgerCounts();
    }

    @AfterEach
    void close() {
        hub.close();
        partner.close();
    }

    private int hear(Got now) {
        if (refuses) {
            return 422;
        }
        Integer next = killsAfter.peek();
        if (next != null && partner.got().size() - before >= next && killsAfter.remove(next)) {
            hub.kill();
            killed.release();
        }
        return 200;
    }

    /** Each of another dossier, so that none waits for another. */
    private List<UUID> parkAll() throws SQLException, IOException {
        List<UUID> ids = new ArrayList<>();
        try (Connection db = hub.database();
                var insert = db.prepareStatement(
                        "insert into message (id, direction, partner, key, kind, message_group,"
                                + " subject, body, state) values (?, 'OUT', 'plain', ?, 'progress', ?, ?, '{}', 'PENDING')")) {
            for (int n = 0; n < RETRIES; n++) {
                UUID id = UUID.randomUUID();
                ids.add(id);
                insert.setObject(1, id);
                insert.setString(2, "key-" + n);
                insert.setString(3, "HS-" + n);
                insert.setString(4, "HS-" + n);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        within(600).until(() -> count("select count(*) from message where state = 'PARKED'") == RETRIES);
        return ids;
    }

    private void begin(Map<String, String> which) {
        Map<String, String> ask = new HashMap<>(which);
        ask.putAll(Map.of("perMinute", "60000", "reason", "mended"));
        Http.post(hub.url().resolve("/api/ops/v1/mends"), ADMINISTRATOR, ask).ok();
    }

    /** Every tenth, by everybody; whoever is not heard says it again. */
    private void singly(List<UUID> ids) {
        for (int n = 0; n < ids.size() && !Thread.currentThread().isInterrupted(); n += 10) {
            UUID id = ids.get(n);
            within(120).until(() -> {
                try {
                    int status = Http.post(
                                    hub.url().resolve("/api/ops/v1/messages/" + id + "/retry"),
                                    ADMINISTRATOR,
                                    Map.of("reason", "singly"))
                            .status();
                    assertThat(status).isIn(200, 409, 503);
                    return status != 503;
                } catch (UncheckedIOException down) {
                    return false;
                }
            });
        }
    }

    private void assertThatThePartnerHasEachOnce() {
        List<Got> retried = partner.got().subList(before, partner.got().size());
        assertThat(retried.stream().map(Got::key).collect(toSet()))
                .isEqualTo(IntStream.range(0, RETRIES).mapToObj(n -> "key-" + n).collect(toSet()));
        assertThat(partner.got().stream().distinct().count())
                .as("under one id for ever")
                .isEqualTo(RETRIES);
        assertThat(retried.size())
                .as("what comes twice was on its way when the hub died")
                .isLessThanOrEqualTo(RETRIES + KILLS * 4);
    }

    private void assertThatTheConsoleCountsWhatTheLedgerCounts() throws Exception {
        JsonNode mends =
                Http.get(hub.url().resolve("/api/ops/v1/mends"), ADMINISTRATOR).ok();
        JsonNode line = named(
                Http.get(hub.url().resolve("/api/ops/v1/partners"), ADMINISTRATOR)
                        .ok(),
                "id");
        JsonNode day = named(
                Http.get(hub.url().resolve("/api/ops/v1/ledger?days=2"), ADMINISTRATOR)
                        .ok(),
                "partner");

        assertThat(mends).hasSize(3);
        for (JsonNode mend : mends) {
            assertThat(mend.path("state").asText()).isEqualTo("DONE");
            assertThat(sum(mend, "confirmed", "left"))
                    .isEqualTo(mend.path("total").asLong());
            assertThat(sum(mend, "waiting", "sent", "failed")).isZero();
        }
        long byMends = sumOf(mends, "confirmed");
        long singly =
                count("select count(*) from audit where what = 'RETRY' and reason = 'singly' and outcome = 'DONE'");
        assertThat(sumOf(mends, "total")).isEqualTo(RETRIES);
        assertThat(byMends + singly).isEqualTo(RETRIES);
        assertThat(count("select count(distinct target) from audit where what = 'RETRY' and outcome = 'DONE'"))
                .isEqualTo(count("select count(*) from audit where what = 'RETRY' and outcome = 'DONE'"))
                .isEqualTo(RETRIES);
        assertThat(sum(line, "pending", "queued", "parked")).isZero();
        assertThat(day.path("accepted").asLong()).isEqualTo(RETRIES);
        assertThat(day.path("confirmed").asLong()).isEqualTo(RETRIES);
        assertThat(sum(day, "open", "parked", "discarded")).isZero();
    }

    private static JsonNode named(JsonNode all, String field) {
        return Stream.of(all, all.path("days"), all.path("partners"))
                .flatMap(array -> {
                    List<JsonNode> each = new ArrayList<>();
                    array.forEach(each::add);
                    return each.stream();
                })
                .filter(one -> one.path(field).asText().equals(PlainPartner.ID))
                .findFirst()
                .orElseThrow();
    }

    private static long sum(JsonNode of, String... fields) {
        return Stream.of(fields).mapToLong(field -> of.required(field).asLong()).sum();
    }

    private static long sumOf(JsonNode all, String field) {
        long sum = 0;
        for (JsonNode one : all) {
            sum += one.required(field).asLong();
        }
        return sum;
    }

    private long count(String sql) throws SQLException, IOException {
        try (Connection db = hub.database();
                var rows = db.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String text(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(" "));
    }
}
