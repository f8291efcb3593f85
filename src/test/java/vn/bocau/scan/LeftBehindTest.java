package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a phone still shows when it is lost, when its session is over, and when the next worker takes it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeftBehindTest extends PostOffice {

    private static final String NAME = "Đặng Thị Riêng";

    /** All that lies on the phone as text, read by other code than the app's. */
    private static final String DUMP = """
            () => new Promise((resolve, reject) => {
              const open = indexedDB.open('bocau-scan');
              open.onerror = () => reject(open.error);
              open.onsuccess = () => {
                const names = [...open.result.objectStoreNames];
                const tx = open.result.transaction(names);
                const held = {};
                names.forEach(name => { tx.objectStore(name).getAll().onsuccess = e => { held[name] = e.target.result; }; });
                tx.oncomplete = () => { open.result.close(); resolve(JSON.stringify(held)); };
              };
            })
            """;

    /** While another tab sends, this one asks for nothing that only whoever is signed in may ask for. */
    private static final String SENDS_ELSEWHERE = """
            () => navigator.locks.request('bocau-outbox', () => new Promise(resolve => {
              addEventListener('refreshed', () => resolve('refreshed'), { once: true });
              addEventListener('unhandledrejection', event => resolve(String(event.reason)), { once: true });
              dispatchEvent(new Event('online'));
            }))
            """;

    /** Somebody has set the phone's clock, by so many days, before the app starts. */
    private static final String SET = """
            (() => {
              const Right = Date;
              const off = %d * 86400000;
              globalThis.Date = class extends Right {
                constructor(...a) { if (a.length) super(...a); else super(Right.now() + off); }
                static now() { return Right.now() + off; }
              };
            })()
            """;

    @BeforeAll
    static void open() {
        Person.account(hub, "thu.hai", "POSTAL_WORKER", "520100", true);
        Person.account(hub, "mot.ca", "POSTAL_WORKER", "520100", true);
    }

    @Test
    void a_lost_phone_keeps_what_was_not_sent_and_nothing_of_anybody() {
        String item = item();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.at("pickup", item);
            hand.withoutSignal();
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", item), "[[[1,2,3]]]");
            assertThat(dump(page)).contains(NAME);
            String device = String.valueOf(page.evaluate("import('/scan/state.js').then(s => s.state.session.device)"));
            String token = String.valueOf(page.evaluate("import('/scan/state.js').then(s => s.state.session.token)"));
            Person.signIn(hub, "to-truong")
                    .post("/devices/" + device + "/revoke", Map.of())
                    .ok();
            hand.signal();

            page.waitForSelector("h1:text-is('Máy này bị khóa')");
            look(page, "left-locked");
            assertThat(dump(page)).doesNotContain(NAME).contains(item);
            assertThat(hand.held("outbox")).isEqualTo(1);
            assertThat(hand.held("stops")).isZero();
            await().untilAsserted(() -> assertThat(hub.db()
                            .sql("select kind from evidence e where exists (select from message m"
                                    + " where m.key = 'kept-' || e.handling and m.body like :device)")
                            .param("device", "%" + device + "%")
                            .query(String.class)
                            .list())
                    .as("for whoever decides whether it was done")
                    .containsExactly("SIGNATURE"));
            await().until(() -> hand.held("evidence") == 0);
            await().untilAsserted(() -> assertThat(dump(page)).doesNotContain(token));
            page.reload();
            page.waitForSelector("h1:text-is('Máy này bị khóa')");
            hand.go("#/list/pickup");
            page.waitForSelector("h1:text-is('Máy này bị khóa')");
        }
    }

    @Test
    void a_lost_phone_tells_all_it_has_not_sent_also_what_one_batch_does_not_hold_of_a_shift_nobody_knows() {
        try (Phone phone = phone()) {
            Hand hand = Hand.onUntold(road, phone, "buu-ta");
            Page page = hand.page();
            page.evaluate("import('/scan/outbox.js').then(o => o.record(Array.from({ length: 501 },"
                    + " () => ({ handling: { code: 'OUT_FOR_DELIVERY', item: 'RV100000005VN' } })))"
                    + ".then(([first]) => o.takeBack(first.id)))");
            hand.record(Map.of("code", "DELIVERED", "item", "RV100000005VN"), "[[[1,2,3]]]");
            String device = String.valueOf(page.evaluate("import('/scan/state.js').then(s => s.state.session.device)"));
            Person.signIn(hub, "to-truong")
                    .post("/devices/" + device + "/revoke", Map.of())
                    .ok();
            // As the hub has left it that no longer let its worker in, before it was lost.
            page.evaluate(
                    "import('/scan/store.js').then(s => s.write(['meta'], tx => tx.objectStore('meta').delete('until')))");
            page.evaluate("new Promise(resume => { addEventListener('refreshed', resume, { once: true });"
                    + " dispatchEvent(new Event('online')); })");
            page.click("#bar a.net[href='#/sign-in']");
            page.waitForSelector("#password");
            // The signal goes again after the first of its batches until that was looked at, and once more before its
            // evidence.
            AtomicInteger batches = new AtomicInteger();
            AtomicInteger proofs = new AtomicInteger();
            var looked = new AtomicBoolean();
            var batchesAreThere = new AtomicBoolean();
            road.cut(".*/v1/handlings", () -> batches.incrementAndGet() > 1 && !looked.get());
            road.cut(".*/evidence/.*", () -> proofs.incrementAndGet() > 0 && !batchesAreThere.get());
            hand.signal();

            // What its service worker was sending at that moment is seen when the app asks the next time.
            page.waitForSelector(
                    "main .card:has-text('503 thao tác chưa tới máy chủ')",
                    new Page.WaitForSelectorOptions().setTimeout(150_000));
            look(page, "left-locked-untold");
            await().until(() -> batches.get() >= 2);
            looked.set(true);
            assertThat(page.evaluate(SENDS_ELSEWHERE)).isEqualTo("refreshed");
            await().until(() -> hand.synced().equals("offline") && proofs.get() > 0);
            assertThat(hand.held("evidence")).isEqualTo(1);
            batchesAreThere.set(true);
            await().until(() -> hand.synced().equals("revoked"));
            assertThat(hand.held("evidence")).isZero();
            assertThat(hub.db()
                            .sql("select count(*) from message where fault = 'device-revoked' and body like :device")
                            .param("device", "%" + device + "%")
                            .query(Integer.class)
                            .single())
                    .as("what was taken back lies beside its voiding")
                    .isEqualTo(502);
            assertThat(hand.held("outbox")).isEqualTo(503);
            page.reload();
            page.waitForSelector("main .card:has-text('503 thao tác của máy này đã tới máy chủ')");
            look(page, "left-locked-told");
        }
    }

    @Test
    void a_lost_phone_whose_session_ended_before_it_told_all_says_so() {
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", "RV100000005VN"), "[[[1,2,3]]]");
            // As a signal that went after the first of its batches has left it.
            page.evaluate("import('/scan/store.js').then(s => s.write(['meta'], async tx => {"
                    + " await tx.objectStore('meta').delete('session'); }))");
            page.reload();
            page.waitForSelector("main .card:has-text('1 thao tác chưa tới máy chủ')");
            hub.db()
                    .sql("update device_session set expires_at = now(), revoked_at = now(), revoked_office = office"
                            + " where account = 'buu-ta' and device = (select device from device_session"
                            + " where account = 'buu-ta' order by opened_at desc limit 1)")
                    .update();

            hand.signal();

            page.waitForSelector(
                    "main .card:has-text('Phiên đăng nhập đã hết')",
                    new Page.WaitForSelectorOptions().setTimeout(150_000));
            look(page, "left-locked-over");
            assertThat(hand.held("outbox")).isEqualTo(1);
        }
    }

    @Test
    void a_session_that_is_over_shows_no_list_with_signal_or_without() {
        item();
        try (Phone phone = small()) {
            Hand hand = Hand.on(road, phone, "mot.ca");
            Page page = hand.page();
            hand.go("#/list/pickup");
            page.waitForSelector("main:has-text('" + NAME + "')");
            hand.withoutSignal();
            page.evaluate(
                    "import('/scan/store.js').then(s => s.keep('until', new Date(Date.now() - 1000).toISOString()))");
            page.reload();
            page.waitForSelector("main .card:has-text('Phiên đăng nhập đã hết') >> a[href='#/sign-in']");
            look(page, "left-session-over");
            assertThat(page.textContent("main")).doesNotContain(NAME);

            page.click("#bar a.net[href='#/sign-in']");
            road.weather(Road.Weather.CLEAR);
            page.fill("#user", "mot.ca");
            page.fill("#password", "mot.ca-sandbox");
            page.click("main button[type=submit]");
            page.waitForSelector("#typed");
            hand.go("#/list/pickup");
            page.waitForSelector("main:has-text('" + NAME + "')");

            hub.db()
                    .sql("update account set epoch = epoch + 1 where name = 'mot.ca'")
                    .update();
            phone.fill();
            hand.signal();
            // What was lost on the road is asked for again after half a minute.
            page.waitForSelector(
                    "main .card:has-text('Phiên đăng nhập đã hết')",
                    new Page.WaitForSelectorOptions().setTimeout(150_000));
            assertThat(dump(page)).doesNotContain(NAME);
        }
    }

    @Test
    void a_lost_phone_that_is_full_is_locked_and_tells_all_the_same() {
        String item = item();
        try (Phone phone = small()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.leg(item);
            hand.withoutSignal();
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", item), "[[[1,2,3]]]");
            String device = device(page);
            String token = String.valueOf(page.evaluate("import('/scan/state.js').then(s => s.state.session.token)"));
            phone.fill();
            Person.signIn(hub, "to-truong")
                    .post("/devices/" + device + "/revoke", Map.of())
                    .ok();
            hand.signal();

            page.waitForSelector("h1:text-is('Máy này bị khóa')");
            assertThat(dump(page)).doesNotContain(NAME).contains(item);
            page.waitForSelector("main .card:has-text('1 thao tác của máy này đã tới máy chủ')");
            await().untilAsserted(() -> assertThat(dump(page)).doesNotContain(token));
            assertThat(hand.held("evidence")).isZero();
            page.reload();
            page.waitForSelector("main .card:has-text('1 thao tác của máy này đã tới máy chủ')");
        }
    }

    @Test
    void a_session_ends_by_the_hubs_clock_whatever_somebody_sets_the_phones_to() {
        item();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.go("#/list/pickup");
            page.waitForSelector("main:has-text('" + NAME + "')");
            hand.withoutSignal();
            page.context().addInitScript(SET.formatted(2));
            page.reload();
            page.waitForSelector("main .card:has-text('Phiên đăng nhập đã hết')");

            hand.signal();
            page.waitForSelector("main:has-text('" + NAME + "')");

            hand.withoutSignal();
            page.context().addInitScript(SET.formatted(-2));
            page.reload();
            page.waitForSelector("main:has-text('" + NAME + "')");
            page.context().addInitScript(SET.formatted(-2));
            page.reload();
            page.waitForSelector("main .card:has-text('Phiên đăng nhập đã hết')");
            assertThat(page.textContent("main")).doesNotContain(NAME);
        }
    }

    @Test
    void whoever_takes_the_phone_over_is_in_also_when_the_answer_was_lost() {
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            String device = device(page);
            closeFor(device);
            takesItOverAndHearsNothing(hand, "thu.hai");
            assertThat(shifts(device)).containsExactly("buu-ta closed", "thu.hai open");
            for (String other : List.of("mot.ca", "buu-ta")) {
                signIn(page, other);
                page.waitForSelector("main .summary:has-text('ca chưa đóng của thu.hai')");
            }
            closeFor(device);
            signIn(page, "thu.hai");
            page.waitForSelector("main .summary:has-text('Chưa có mạng')");
            page.context().unroute("**/scan/v1/shifts/*");

            signIn(page, "thu.hai");
            page.waitForSelector("#typed");
            assertThat(shifts(device)).containsExactly("buu-ta closed", "thu.hai closed", "thu.hai open");
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", "RV100000005VN"), null);
            hand.sent();
        }
    }

    @Test
    void whoever_opens_a_shift_that_was_asked_for_before_has_that_one() {
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            String device = device(page);
            closeFor(device);
            takesItOverAndHearsNothing(hand, "thu.hai");
            page.context().unroute("**/scan/v1/shifts/*");
            page.evaluate("import('/scan/shift.js').then(s => s.close(0)).catch(() => {})");
            page.evaluate("import('/scan/state.js').then(s => s.signOut())");
            page.reload();
            page.waitForSelector("#user");

            page.fill("#user", "thu.hai");
            page.fill("#password", "thu.hai-sandbox");
            page.click("main button[type=submit]");
            await().until(() -> Boolean.TRUE.equals(
                    page.evaluate("import('/scan/store.js').then(async s => Boolean(await s.meta('session')))")));
            page.evaluate("import('/scan/shift.js').then(s => s.open())");

            assertThat(shifts(device)).containsExactly("buu-ta closed", "thu.hai open");
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", "RV100000005VN"), null);
            hand.sent();
        }
    }

    @Test
    void who_signed_in_with_an_app_that_kept_it_all_in_one_row_stays_signed_in() {
        item();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.go("#/list/pickup");
            page.waitForSelector("main:has-text('" + NAME + "')");
            hand.withoutSignal();
            page.evaluate("import('/scan/store.js').then(s => s.write(['meta'], tx => Promise.all("
                    + "['holder', 'token', 'until'].map(row => tx.objectStore('meta').delete(row)))))");

            page.reload();

            page.waitForSelector("main:has-text('" + NAME + "')");
            assertThat(page.evaluate("import('/scan/store.js').then(async s => Boolean(await s.meta('holder')))"))
                    .isEqualTo(true);
        }
    }

    /** The hub has opened the shift, and its answer was lost, as all of that kind are from now on. */
    private static void takesItOverAndHearsNothing(Hand hand, String user) {
        Page page = hand.page();
        page.context().route("**/scan/v1/shifts/*", route -> {
            route.fetch();
            route.abort();
        });
        hand.go("#/sign-in");
        page.waitForSelector("#user");
        signIn(page, user);
        page.waitForSelector("main .summary:has-text('Chưa có mạng')");
    }

    private static void signIn(Page page, String user) {
        page.fill("#user", user);
        page.fill("#password", user + "-sandbox");
        page.click("main button[type=submit]");
        page.waitForSelector("main form:not([aria-busy=true])");
    }

    private static String device(Page page) {
        return String.valueOf(page.evaluate("import('/scan/store.js').then(s => s.meta('device'))"));
    }

    /** As the supervisor does it for whoever has a shift open on the phone. */
    private static void closeFor(String device) {
        String shift = hub.db()
                .sql("select id from shift where device = :device and closed_at is null")
                .param("device", device)
                .query(String.class)
                .single();
        Person.signIn(hub, "to-truong")
                .post("/office/shifts/" + shift + "/close", Map.of("counted", 0, "reason", "đã về"))
                .ok();
    }

    private static List<String> shifts(String device) {
        return hub.db()
                .sql("select account || case when closed_at is null then ' open' else ' closed' end from shift"
                        + " where device = :device order by recorded_at")
                .param("device", device)
                .query(String.class)
                .list();
    }

    @Test
    void the_next_worker_sees_nothing_of_the_last_ones_day() {
        String item = item();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", item), null);
            hand.sent();
            hand.go("#/shift");
            page.fill("#cash", "0");
            page.click("main form button[type=submit]");
            page.waitForSelector("#shift-result");
            page.click("main button:has-text('Đăng xuất')");
            page.waitForRequest(
                    request -> request.url().endsWith("/api/scan/v1/sign-out")
                            && request.method().equals("POST")
                            && request.headers().containsKey("authorization"),
                    () -> page.click("dialog[open] button >> nth=0"));
            page.waitForSelector("#user");
            phone.signIn(road.at("/scan/#/sign-in"), "thu.hai");
            hand.go("#/shift");
            page.waitForSelector("main:has-text('thu.hai')");
            assertThat(page.locator("#shift-result").count()).isZero();
            hand.go("#/done");
            page.waitForSelector("main:has-text('Chưa ghi thao tác nào')");
            assertThat(page.locator("[data-entry]").count()).isZero();
        }
    }

    private static String item() {
        return office.item(office.asks(NAME, "12 đường Mẫu"), "PICKUP");
    }

    private static String dump(Page page) {
        return String.valueOf(page.evaluate(DUMP));
    }
}
