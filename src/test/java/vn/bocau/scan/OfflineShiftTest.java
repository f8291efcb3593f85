package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * A whole shift in the mountains, made without signal (here a short one; {@code -Dshift.items=250 -Dshift.photos=200
 * -Dshift.kills=20} is a long day): the phone dying again and again, its
 * clock a day wrong, and then a road that loses every third answer. What the hub holds afterwards is compared with what the
 * worker was told was recorded, by code that knows nothing of the app or the hub.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OfflineShiftTest extends PostOffice {

    private static final int ITEMS = Integer.getInteger("shift.items", 40);
    private static final int PHOTOS = Integer.getInteger("shift.photos", 30);
    private static final int KILLS = Integer.getInteger("shift.kills", 3);
    private static final Duration OFF = Duration.ofHours(24);
    /** A phone learns the hub's clock from an answer, so it is right but for the time that one took. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(30);

    private static final Duration LONG = Duration.ofMinutes(5);

    /** Records step after step; says each to the test as soon as, and not before, the app says that it is on the disk. */
    private static final String WORK = """
            async ({ items, done, photos }) => {
              const { record } = await import('/scan/outbox.js');
              const bytes = (n, text) => new TextEncoder().encode(text.padEnd(n, ' ')).buffer;
              const strokes = item => bytes(300, JSON.stringify([[...item].map((c, i) => [i, c.charCodeAt(0), i * 16])]));
              const jpeg = item => { const photo = bytes(20000, '...photo of ' + item); new Uint8Array(photo).set([0xff, 0xd8, 0xff]); return photo; };
              for (let i = 0; i < items.length * 2; i++) {
                if (done.includes(i)) continue;
                const item = items[Math.floor(i / 2)];
                const out = i % 2 === 0;
                const evidence = out ? [] : [{ kind: 'SIGNATURE', content: strokes(item) }];
                if (!out && (i - 1) / 2 < photos) evidence.push({ kind: 'PHOTO', content: jpeg(item) });
                const [entry] = await record([{
                  handling: out ? { code: 'OUT_FOR_DELIVERY', item }
                    : { code: 'DELIVERED', item, details: { identity: 'MATCHED', originalsTaken: 0, feeCollected: 0, postageCollected: 0, relation: 'SELF' } },
                  evidence,
                }]);
                await window.recorded(i, entry.id);
              }
            }
            """;

    /** What the phone holds, read from its store by other code than the app's. */
    private static final String HELD = """
            () => new Promise((resolve, reject) => {
              const open = indexedDB.open('bocau-scan');
              open.onerror = () => reject(open.error);
              open.onsuccess = () => {
                const tx = open.result.transaction(['outbox', 'evidence', 'done']);
                const held = {};
                for (const store of ['outbox', 'evidence', 'done']) {
                  tx.objectStore(store).getAll().onsuccess = e => { held[store] = e.target.result.map(r => r.entry ? [r.id, r.entry.code, r.entry.item] : r.sha256); };
                }
                tx.oncomplete = () => { open.result.close(); resolve(JSON.stringify(held)); };
              };
            })
            """;

    /** By step: the id the app gave it. */
    private final Map<Integer, String> told = new LinkedHashMap<>();

    @Test
    void nothing_is_lost_and_nothing_is_doubled() throws Exception {
        Random random = new Random(20261125);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            codes.add(office.asks("Lê Thị Mẫu", i + " đường Mẫu"));
        }
        List<String> items = office.dispatches(codes);
        assertThat(items).hasSize(ITEMS).doesNotContain("");

        Phone phone = new Phone(memory, OFF, null);
        phone.signIn(road.at("/scan/"), "buu-ta");
        phone.openShift();
        Instant began = Instant.now();

        road.weather(Road.Weather.CLOSED);
        for (int kill = 0; told.size() < ITEMS * 2; kill++) {
            phone.open(road.at("/scan/"));
            adopt(phone, items);
            boolean last = kill >= KILLS;
            workUntil(phone, items, last ? Integer.MAX_VALUE : 10 + random.nextInt(25));
            if (!last) {
                phone.kill();
                phone.startAgain();
            }
        }
        assertThat(told).hasSize(ITEMS * 2);
        assertThat(count("handling where source = 'scan'")).as("no signal").isZero();

        road.weather(Road.Weather.LOSES_EVERY_THIRD_ANSWER);
        for (int kill = 0; kill < 3; kill++) {
            phone.open(road.at("/scan/"));
            await().atMost(LONG).until(() -> count("handling where source = 'scan'") > 0);
            phone.kill();
            phone.startAgain();
        }
        phone.open(road.at("/scan/"));
        Phone sending = phone;
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            sending.run("import('/scan/sync.js').then(s => s.sync())", null);
            JsonNode held = held(sending);
            assertThat(held.path("outbox")).isEmpty();
            assertThat(held.path("evidence")).isEmpty();
        });
        assertThat(road.lost()).as("answers lost after the hub had committed").isGreaterThan(10);
        assertThat(held(phone).path("done")).hasSize(ITEMS * 2);
        sameAsTold(items, codes, began);
        phone.close();
    }

    /** What was on the disk when the phone died, but whose word did not reach the worker any more. */
    private void adopt(Phone phone, List<String> items) {
        for (JsonNode row : held(phone).path("outbox")) {
            int step = items.indexOf(row.path(2).asText()) * 2
                    + (row.path(1).asText().equals("DELIVERED") ? 1 : 0);
            String before = told.putIfAbsent(step, row.path(0).asText());
            assertThat(before == null || before.equals(row.path(0).asText()))
                    .as("step %s was told as %s and is held as %s", step, before, row.path(0))
                    .isTrue();
        }
        Set<String> held = new HashSet<>();
        held(phone).path("outbox").forEach(row -> held.add(row.path(0).asText()));
        assertThat(held).as("whatever the worker was told is recorded").containsAll(told.values());
    }

    private void workUntil(Phone phone, List<String> items, int steps) throws InterruptedException {
        var enough = new CountDownLatch(1);
        int before = told.size();
        var failed = new AtomicReference<>("");
        phone.page().exposeFunction("recorded", said -> {
            if (((Number) said[0]).intValue() < 0) {
                failed.set((String) said[1]);
                enough.countDown();
                return null;
            }
            told.put(((Number) said[0]).intValue(), (String) said[1]);
            if (told.size() - before >= steps || told.size() == ITEMS * 2) {
                enough.countDown();
            }
            return null;
        });
        phone.run(
                "plan => { (" + WORK + ")(plan).catch(no => window.recorded(-1, String(no?.stack ?? no))); }",
                Map.of("items", items, "done", List.copyOf(told.keySet()), "photos", PHOTOS));
        Instant patience = Instant.now().plus(LONG);
        while (enough.getCount() > 0) {
            assertThat(Instant.now())
                    .as("recorded %s of %s", told.size(), ITEMS * 2)
                    .isBefore(patience);
            // Playwright tells what the page says only while it is asked something.
            try {
                phone.page().waitForTimeout(5);
            } catch (PlaywrightException gone) {
                break;
            }
        }
        assertThat(enough.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(failed.get()).isEmpty();
    }

    private void sameAsTold(List<String> items, List<String> codes, Instant began) {
        record Row(String id, String code, String item, Instant happened, Instant occurred) {}
        List<Row> rows = hub.db()
                .sql(
                        "select id, code, item, happened_at, occurred_at from handling where source = 'scan' order by device_seq")
                .query((row, n) -> new Row(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getObject(5, OffsetDateTime.class).toInstant()))
                .list();
        Map<String, Integer> stepOf = new HashMap<>();
        told.forEach((step, id) -> stepOf.put(id, step));
        assertThat(rows).hasSize(told.size());
        assertThat(rows).allSatisfy(row -> {
            int step = stepOf.getOrDefault(row.id(), -1);
            assertThat(row.item()).isEqualTo(items.get(step / 2));
            assertThat(row.code()).isEqualTo(step % 2 == 0 ? "OUT_FOR_DELIVERY" : "DELIVERED");
            assertThat(row.happened())
                    .as("the phone's clock is a day off")
                    .isBetween(began.minus(ON_THE_WAY), Instant.now().plus(ON_THE_WAY));
            assertThat(Duration.between(row.happened(), row.occurred()))
                    .as("and its own time is kept")
                    .isBetween(OFF.minusMinutes(1), OFF.plusMinutes(1));
        });
        assertThat(count("evidence where kind = 'SIGNATURE'")).isEqualTo(ITEMS);
        assertThat(count("evidence where kind = 'PHOTO'")).isEqualTo(PHOTOS);
        assertThat(hub.db()
                        .sql("select count(*) from evidence where sha256 <> encode(sha256(content), 'hex')")
                        .query(Long.class)
                        .single())
                .as("evidence that is not what was hashed on the phone")
                .isZero();
        assertThat(hub.db().sql("""
                                select count(*) from evidence e join handling h on h.id = e.handling
                                where case when e.kind = 'PHOTO' then position(convert_to(h.item, 'UTF8') in e.content) = 0
                                    else h.item <> (select string_agg(chr(cast(point ->> 1 as int)), '' order by n)
                                        from jsonb_array_elements(cast(convert_from(e.content, 'UTF8') as jsonb) -> 0)
                                            with ordinality as stroke (point, n)) end
                                """).query(Long.class).single())
                .as("evidence of another item")
                .isZero();
        assertThat(count("dossier where status = 10")).isEqualTo(codes.size());
        assertThat(count("message where direction = 'OUT' and partner = 'dvcqg' and kind = 'status'"))
                .as("told once that the result was returned")
                .isEqualTo(codes.size());
    }

    private static JsonNode held(Phone phone) {
        try {
            return Office.JSON.readTree(String.valueOf(phone.run(HELD, null)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(String rows) {
        return hub.db().sql("select count(*) from " + rows).query(Long.class).single();
    }
}
