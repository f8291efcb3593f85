package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * A day's handlings sent at once when there is signal again. {@code -Dscan.sync=500} is the long day, and judges the time
 * as well; every run writes its figures to {@code target/figures}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SyncTest extends PostOffice {

    private static final int FULL = 500;
    private static final int HANDLINGS = Integer.getInteger("scan.sync", 100);
    private static final Duration AT_MOST = Duration.ofSeconds(2);

    /** Records as the screens do, each with its own commit to the disk. */
    private static final String RECORD = """
            async items => {
              const { record } = await import('/scan/outbox.js');
              const began = performance.now();
              for (const item of items) {
                await record([{ handling: { code: 'OUT_FOR_DELIVERY', item } }]);
                await record([{ handling: { code: 'DELIVERY_FAILED', item, reason: 'ABSENT', action: 'RETRY' } }]);
              }
              return performance.now() - began;
            }
            """;

    private static final String SEND = """
            async () => {
              const { sync } = await import('/scan/sync.js');
              const began = performance.now();
              const { state, sent } = await sync();
              return JSON.stringify({ state, sent, took: performance.now() - began });
            }
            """;

    private static final String TAKE = """
            async item => {
              const { record } = await import('/scan/outbox.js');
              await record([{ handling: { code: 'COLLECTED', item, details: { feeCollected: 8000 } } }]);
            }
            """;

    @Test
    void a_shift_opened_without_signal_is_told_before_what_was_done_in_it() {
        try (var phone = phone()) {
            String item = office.item(office.asks("Lê Thị Mẫu", "1 đường Mẫu"), "PICKUP");
            phone.signIn(road.at("/scan/"), "buu-ta");
            road.weather(Road.Weather.CLOSED);
            phone.openShift();
            phone.run(TAKE, item);
            road.weather(Road.Weather.CLEAR);

            await().until(() -> phone.run("import('/scan/sync.js').then(s => s.sync()).then(r => r.state)", null)
                    .equals("sent"));

            assertThat(hub.db()
                            .sql("select s.recorded_at < h.recorded_at from shift s, handling h"
                                    + " where h.item = :item and h.code = 'COLLECTED'")
                            .param("item", item)
                            .query(Boolean.class)
                            .list())
                    .containsExactly(true);
        }
    }

    @Test
    void what_was_done_all_day_is_sent_at_once() throws Exception {
        try (var phone = phone()) {
            List<String> codes = new ArrayList<>();
            for (int i = 0; i < HANDLINGS / 2; i++) {
                codes.add(office.asks("Lê Thị Mẫu", i + " đường Mẫu"));
            }
            List<String> items = office.dispatches(codes);
            phone.signIn(road.at("/scan/"), "buu-ta");
            phone.openShift();
            road.weather(Road.Weather.CLOSED);
            double recording = ((Number) phone.run(RECORD, items)).doubleValue();
            await().until(() -> phone.run("import('/scan/sync.js').then(s => s.sync()).then(r => r.state)", null)
                    .equals("offline"));
            road.weather(Road.Weather.CLEAR);

            JsonNode sent = Office.JSON.readTree(String.valueOf(phone.run(SEND, null)));

            assertThat(sent.path("state").asText()).isEqualTo("sent");
            assertThat(sent.path("sent").asInt()).isEqualTo(HANDLINGS);
            assertThat(hub.db()
                            .sql("select count(*) from handling where source = 'scan' and item = any(:items)")
                            .param("items", items.toArray(String[]::new))
                            .query(Long.class)
                            .single())
                    .isEqualTo(HANDLINGS);
            double took = sent.path("took").asDouble();
            String figures = String.format(
                    Locale.ROOT,
                    "%d handlings: recorded one by one in %.0f ms (%.1f ms each), sent and acknowledged in %.0f ms (%.2f ms each),"
                            + " %.1f times as fast as they were made%n",
                    HANDLINGS,
                    recording,
                    recording / HANDLINGS,
                    took,
                    took / HANDLINGS,
                    recording / took);
            Files.writeString(
                    Files.createDirectories(Path.of("target", "figures")).resolve("sync.txt"), figures);
            if (HANDLINGS >= FULL) {
                assertThat(took).as(figures).isLessThan(AT_MOST.toMillis());
            }
        }
    }
}
