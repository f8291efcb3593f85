package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.Browser;
import vn.bocau.code.ItemId;
import vn.bocau.code.Sha256;

/** A newer version of the app comes to a phone at work: whole, when the worker takes it, and with all that was recorded. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UpdateTest extends PostOffice {

    /** Items recorded that are on no list: kept like any other. */
    private static final int UNKNOWN = 300;

    private static final String WORDS = "/scan/words/vi.js";
    private static final String STORE = "/scan/store.js";
    private static final String WORKER = "/scan/sw.js";

    /** What an update of the service worker came to. */
    private static final String UPDATE = """
            async () => {
              const registration = await navigator.serviceWorker.ready;
              await registration.update();
              const worker = registration.installing;
              if (!worker) return registration.waiting ? 'installed' : 'nothing new';
              return new Promise(done => worker.addEventListener('statechange', () => done(worker.state)));
            }
            """;

    private static final String CACHES = """
            async () => {
              const names = await caches.keys();
              return [names.length, (await (await caches.open(names[0])).keys()).length];
            }
            """;

    private static final String RECORD = """
            async ({ out, delivered }) => {
              const { record } = await import('/scan/outbox.js');
              for (const item of out) await record([{ handling: { code: 'OUT_FOR_DELIVERY', item } }]);
              const details = { identity: 'MATCHED', originalsTaken: 0, feeCollected: 0, postageCollected: 0, relation: 'SELF' };
              for (const item of delivered) {
                const content = new TextEncoder().encode(JSON.stringify([[...item].map((c, i) => [i, c.charCodeAt(0), i * 16])])).buffer;
                await record([{ handling: { code: 'DELIVERED', item, details }, evidence: [{ kind: 'SIGNATURE', content }] }]);
              }
            }
            """;

    /** All that waits on the phone, byte for byte, read by other code than the app's. */
    private static final String HELD = """
            () => new Promise((resolve, reject) => {
              const open = indexedDB.open('bocau-scan');
              open.onerror = () => reject(open.error);
              open.onsuccess = () => {
                const tx = open.result.transaction(['outbox', 'evidence', 'meta']);
                const held = [];
                for (const store of ['outbox', 'evidence']) tx.objectStore(store).getAll().onsuccess = e => held.push(e.target.result);
                tx.objectStore('meta').get('seq').onsuccess = e => held.push(e.target.result);
                tx.oncomplete = () => {
                  const { version } = open.result;
                  open.result.close();
                  resolve([version, JSON.stringify(held, (_name, value) => value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value)]);
                };
              };
            })
            """;

    @Test
    void a_newer_version_is_taken_whole_and_works_without_signal_camera_and_all() {
        String item = office.item(office.asks("Lê Thị Mẫu", "12 đường Mẫu"), "PICKUP");
        Path film = Film.shoot(
                memory.resolve("label.y4m"),
                List.of(new Film.Scene(Label.table(), 20), new Film.Scene(Label.alone(item, Label.Wear.NONE), 20)));
        Phone phone = new Phone(memory, Duration.ZERO, film);
        try {
            phone.signIn(road.at("/scan/"), "buu-ta");
            phone.openShift();
            Page page = phone.page();
            Object before = phone.run(CACHES, null);

            // Announced, and then another one is served: that is no version, and the phone stays with the one it has.
            UnaryOperator<String> second = text -> text.replace("'Quét bưu gửi'", "'Quét bưu gửi, bản hai'");
            road.serveNewer(
                    WORKER,
                    text -> text.replaceFirst("'" + WORDS + "': '\\w+'", "'" + WORDS + "': '" + "0".repeat(64) + "'"));
            assertThat(phone.run(UPDATE, null)).isEqualTo("redundant");
            page.reload();
            page.waitForSelector("h1:text-is('Quét bưu gửi')");
            assertThat(phone.run(CACHES, null)).as("nothing half fetched stays").isEqualTo(before);

            newer(WORDS, second);
            assertThat(phone.run(UPDATE, null)).isEqualTo("installed");
            page.waitForSelector("#announce button");
            page.evaluate("import('/scan/ui.js').then(ui => ui.announce('đã ghi', 'good'))");
            page.waitForSelector("#announce .good");
            Browser.picture(page, "scan-update");
            assertThat(page.textContent("h1")).isEqualTo("Quét bưu gửi");
            page.click("#announce button");
            page.waitForSelector("h1:text-is('Quét bưu gửi, bản hai')");
            assertThat(phone.run(CACHES, null)).as("one version, whole").isEqualTo(before);

            road.weather(Road.Weather.CLOSED);
            phone.kill();
            phone.startAgain();
            phone.open(road.at("/scan/"));
            phone.page().waitForSelector("h1:text-is('Quét bưu gửi, bản hai')");
            phone.page().waitForSelector("[data-answer=right]");
            assertThat(phone.page().textContent("[data-answer=right] .code").replace("\u00a0", ""))
                    .isEqualTo(item);
        } finally {
            phone.close();
        }
    }

    @Test
    void a_version_that_keeps_its_records_otherwise_keeps_all_that_waits() {
        List<String> delivered = office.dispatches(
                List.of(office.asks("Lê Thị Mẫu", "12 đường Mẫu"), office.asks("Lê Thị Mẫu", "14 đường Mẫu")));
        List<String> out = new ArrayList<>(delivered);
        for (int i = 0; i < UNKNOWN; i++) {
            out.add(ItemId.of("RE", i, "VN").value());
        }
        int recorded = out.size() + delivered.size();
        String waiting = "[data-waiting='" + (recorded + delivered.size()) + "']";
        try (Phone phone = phone()) {
            phone.signIn(road.at("/scan/"), "buu-ta");
            phone.openShift();
            road.weather(Road.Weather.FILES_ONLY);
            phone.run(RECORD, Map.of("out", out, "delivered", delivered));
            Page page = phone.page();
            List<?> before = (List<?>) phone.run(HELD, null);
            assertThat(before.get(1).toString()).contains(out).contains("\"seq\":" + recorded);
            Page otherTab = page.context().newPage();
            otherTab.navigate(road.at("/scan/").toString());
            otherTab.waitForSelector(waiting);

            newer(
                    STORE,
                    text -> text.replace(
                            "\n];\n",
                            "\n  (db, tx) => {\n    db.createObjectStore('routes', { keyPath: 'id' });\n"
                                    + "    tx.objectStore('outbox').createIndex('code', 'entry.code');\n  },\n];\n"));
            assertThat(phone.run(UPDATE, null)).isEqualTo("installed");
            page.click("#announce button");
            page.waitForFunction("() => performance.getEntriesByType('navigation')[0].type === 'reload'");
            page.waitForSelector(waiting);
            List<?> after = (List<?>) phone.run(HELD, null);
            assertThat(after.get(0)).isEqualTo(2);
            assertThat(after.get(1)).as("byte for byte").isEqualTo(before.get(1));
            otherTab.click("#announce button");
            otherTab.waitForFunction("() => performance.getEntriesByType('navigation')[0].type === 'reload'");
            otherTab.waitForSelector(waiting);

            phone.run(RECORD, Map.of("out", List.of(ItemId.of("RF", 1, "VN").value()), "delivered", List.of()));
            road.weather(Road.Weather.CLEAR);
            page.evaluate("dispatchEvent(new Event('online'))");
            page.waitForSelector("[data-waiting='0']", new Page.WaitForSelectorOptions().setTimeout(120_000));
            assertThat(hub.db()
                            .sql("select count(distinct id) from handling where source = 'scan'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(recorded + 1);
        }
    }

    /** The server has a newer version of one file of the app, and announces it. */
    private void newer(String path, UnaryOperator<String> change) {
        String now = get(path);
        String newer = change.apply(now);
        assertThat(newer).isNotEqualTo(now);
        String hash = Sha256.hex(newer.getBytes(StandardCharsets.UTF_8));
        road.serveNewer(path, text -> newer);
        road.serveNewer(WORKER, text -> text.replaceFirst("'" + path + "': '\\w+'", "'" + path + "': '" + hash + "'"));
    }

    private String get(String path) {
        try (var file = UpdateTest.class.getResourceAsStream("/static" + path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
