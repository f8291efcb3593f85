package vn.bocau.journal;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.bocau.wire.http.OwnHub;

/** A hub whose partners are a test's own, quick to hold and to probe. */
final class Hub implements AutoCloseable {

    private final OwnHub hub;

    Hub(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "bocau.line.first-probe", "200ms",
                "bocau.line.longest-hold", "1s",
                "bocau.relay.sweep", "100",
                "bocau.metrics.every", "200ms"));
        all.putAll(settings);
        hub = new OwnHub(all, Partners.class);
    }

    Partners.Ears partners() {
        return hub.bean("dialects", Partners.Ears.class);
    }

    Journal journal() {
        return hub.bean(Journal.class);
    }

    <T> T bean(Class<T> type) {
        return hub.bean(type);
    }

    OwnHub own() {
        return hub;
    }

    JdbcClient db() {
        return hub.db();
    }

    /** Accepts a message of somebody's and tells a partner one thing for each key, in that order. */
    Receipt tell(String partner, String dossier, String... keys) {
        return journal().once(inbound(UUID.randomUUID().toString()), () -> {
            Stream.of(keys)
                    .forEach(key ->
                            journal().tell(new Outbound(partner, dossier, "progress", key, "HS-" + dossier, body())));
            return body();
        });
    }

    static Inbound inbound(String key) {
        return new Inbound("test", key, "test.kind", body());
    }

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode().put("said", "something");
    }

    String state(String key) {
        return db().sql("select state from message where key = ?")
                .param(key)
                .query(String.class)
                .single();
    }

    UUID id(String key) {
        return db().sql("select id from message where key = ?")
                .param(key)
                .query(UUID.class)
                .single();
    }

    /** By the clock of the database, which says when something was confirmed. */
    Instant now() {
        return db().sql("select clock_timestamp()")
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }

    String lineState(String partner) {
        return db().sql("select state from line where partner = ?")
                .param(partner)
                .query(String.class)
                .single();
    }

    void awaitState(String key, String state) {
        within(20).until(() -> state(key).equals(state));
    }

    /** Nothing of this partner is open any more. */
    void awaitAllConfirmed(String partner) {
        within(60)
                .until(() -> db().sql("select count(*) from message where direction = 'OUT' and partner = ?"
                                        + " and state in ('PENDING', 'QUEUED', 'PARKED')")
                                .param(partner)
                                .query(Long.class)
                                .single()
                        == 0);
    }

    static org.awaitility.core.ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(25));
    }

    static List<String> keys(List<Partners.Heard> heard) {
        return heard.stream().map(Partners.Heard::key).toList();
    }

    /** Ends all that is open, so that the next test starts with an empty journal and open lines. */
    void tidy() {
        partners().forget();
        db().sql("update message set state = 'DISCARDED' where state in ('PENDING', 'QUEUED', 'PARKED')")
                .update();
        db().sql("update line set state = 'OPEN', failures = 0, ramp = 1, next_probe_at = null, answers = 0,"
                        + " turned_at = clock_timestamp()")
                .update();
    }

    @Override
    public void close() {
        hub.close();
    }
}
