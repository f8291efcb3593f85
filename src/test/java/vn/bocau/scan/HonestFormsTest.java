package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the app says was recorded is, once; what was not is said, and what was entered stays. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HonestFormsTest extends PostOffice {

    /** Taps once more when the first tap has been recorded, and once more while its form goes from the screen. */
    private static final String TAP_AGAIN = """
            () => {
              const tap = () => document.querySelector('main form:has(canvas)').requestSubmit();
              addEventListener('outbox', tap, { once: true });
              addEventListener('hashchange', tap, { once: true });
            }
            """;

    /** Somebody sets the phone's clock, while the app is open. */
    private static final String THREE_HOURS_AHEAD = """
            () => {
              const Right = Date;
              globalThis.Date = class extends Right {
                constructor(...a) { if (a.length) super(...a); else super(Right.now() + 10800000); }
                static now() { return Right.now() + 10800000; }
              };
            }
            """;

    /** Waits for everything that was asked to be written down. */
    private static final String SETTLED = "navigator.locks.request('bocau-shift', () => null)";

    private static final String FULL = """
            () => {
              const add = IDBObjectStore.prototype.add;
              IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); };
              window.makeRoom = () => { IDBObjectStore.prototype.add = add; };
            }
            """;

    @Test
    void a_double_tap_is_one_tap() {
        String item = pickup();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            hand.withoutSignal();
            hand.at("pickup", item);
            hand.papers(false);
            Page page = hand.page();
            page.evaluate(TAP_AGAIN);
            page.dblclick("main form:has(canvas) button[type=submit]");
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");
            page.evaluate(SETTLED);

            assertThat(hand.held("outbox")).isEqualTo(1);
        }
    }

    @Test
    void what_waits_to_be_sent_is_not_recorded_again_in_another_tab_nor_after_a_reload() {
        String item = pickup();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Hand other = hand.inAnotherTab();
            hand.withoutSignal();
            hand.at("pickup", item);
            hand.papers(true);
            other.at("pickup", item);
            other.papers(true);
            hand.submit();
            hand.page().waitForSelector("#typed");
            other.submit();
            other.page().waitForSelector("main .summary:has-text('đang chờ gửi')");

            assertThat(hand.held("outbox")).isEqualTo(1);
            hand.go("#/pickup/" + hand.leg(item));
            hand.page().waitForSelector("main:has-text('Đã ghi trên máy này')");
            look(hand.page(), "honest-recorded-here");
            assertThat(hand.page().locator("main form").count()).isZero();
        }
    }

    @Test
    void who_works_at_another_office_by_now_closes_the_shift_of_the_former_one_first() {
        String item = pickup();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            hand.withoutSignal();
            phone.run(
                    "async () => { const { keep, meta } = await import('/scan/store.js');"
                            + " await keep('session', { ...(await meta('session')), office: '511000' }); }",
                    null);

            assertThat(phone.run(
                            "item => import('/scan/outbox.js').then(o => o.record([{ handling: { code: 'COLLECTED', item } }]))"
                                    + ".then(() => 'recorded', no => no.notRecorded)",
                            item))
                    .isEqualTo("shift-elsewhere");
            hand.go("#/pickup/" + hand.leg(item));
            hand.page().waitForSelector("main:has-text('thuộc Bưu cục Đông Hà (520100)')");
            hand.page().click("main a[href='#/shift']");
            hand.page().waitForSelector("#cash");
            assertThat(hand.page().textContent("main dl.facts")).contains("Bưu cục Đông Hà (520100)");
            look(hand.page(), "honest-shift-elsewhere");
            assertThat(hand.held("outbox")).isZero();
        }
    }

    @Test
    void a_shift_closed_in_another_tab_takes_nothing_any_more() {
        String item = pickup();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.at("pickup", item);
            hand.papers(true);
            Hand other = hand.inAnotherTab();
            other.go("#/shift");
            other.page().fill("#cash", "0");
            other.page().click("main form button[type=submit]");
            other.page().waitForSelector("#shift-result");
            hand.submit();
            page.waitForSelector("main .summary:has-text('ca đã đóng')");

            look(page, "honest-shift-closed");
            assertThat(hand.held("outbox")).isZero();
            assertThat(page.inputValue("#seal")).as("what was entered stays").isEqualTo("NP-001");
            assertThat(
                            String.valueOf(
                                    page.evaluate(
                                            "import('/scan/outbox.js').then(o => o.record([{ handling: { code: 'COLLECTED' } }])).catch(no => no.notRecorded)")))
                    .isEqualTo("no-shift");
        }
    }

    @Test
    void a_full_phone_says_that_nothing_was_recorded_and_keeps_what_was_entered() {
        String item = pickup();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            hand.at("pickup", item);
            hand.papers(true);
            page.evaluate(FULL);
            hand.submit();
            page.waitForSelector("main .summary:has-text('hết chỗ')");
            look(page, "honest-full");
            assertThat(hand.held("outbox")).isZero();
            assertThat(hand.held("evidence")).isZero();

            page.evaluate("makeRoom()");
            hand.submit();
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");
            assertThat(hand.held("outbox")).isEqualTo(1);
            hand.go("#/done");
            page.waitForSelector("h1:text-is('Đã làm')");
            assertThat(page.textContent("#announce"))
                    .as("said on one screen, not on the next")
                    .isEmpty();
            page.evaluate("() => { Promise.reject(new Error('nobody thought of it')); }");
            page.waitForSelector("#announce .bad:has-text('có thể chưa ghi')");
        }
    }

    @Test
    void a_full_phone_sends_all_it_holds_and_keeps_what_a_person_has_to_see_until_there_is_room() {
        String item = delivery("1.000656");
        try (Phone phone = small()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", item), "[[[1,2,3]]]");
            hand.record(delivered(item), "[[[4,5,6]]]");
            hand.record(Map.of("code", "NO_SUCH_CODE", "item", item), "[[[7,8,9]]]");
            hand.record(Map.of("code", "NO_SUCH_CODE", "item", item), null);
            phone.fill();
            hand.signal();

            page.waitForSelector("#bar .net.off:has-text('máy hết chỗ')");
            assertThat(hand.held("evidence")).isZero();
            assertThat(hand.held("outbox")).isEqualTo(2);
            assertThat(page.evaluate(
                            "async item => (await import('/scan/state.js')).state.stops.some(s => s.item === item)",
                            item))
                    .as("what it cannot remember as done is not offered again")
                    .isEqualTo(false);
            assertThat(hub.db()
                            .sql("select code from handling where item = :item and device_seq in (1, 2)"
                                    + " and source = 'scan' and device = :device order by device_seq")
                            .param("item", item)
                            .param("device", page.evaluate("import('/scan/store.js').then(s => s.meta('device'))"))
                            .query(String.class)
                            .list())
                    .containsExactly("OUT_FOR_DELIVERY", "DELIVERED");
            hand.go("#/shift");
            page.fill("#cash", "0");
            page.click("main form button[type=submit]");
            page.waitForSelector("main .summary:has-text('còn 2 mục chưa xong. Hãy xóa bớt ảnh')");
            look(page, "honest-full-with-signal");

            phone.makeRoom();
            hand.sent();
            hand.go("#/tray");
            page.waitForSelector("[data-entry] >> nth=1");
            closes(hand);
        }
    }

    @Test
    void a_shift_the_supervisor_closed_ends_on_the_phone_also_with_what_the_hub_cannot_read() {
        String item = delivery("1.000656");
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            page.context().route("**/scan/v1/handlings", HonestFormsTest::refuse);
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", item), "[[[1,2,3]]]");
            page.waitForSelector("#tabs .count");
            hand.go("#/shift");
            page.fill("#cash", "0");
            page.click("main form button[type=submit]");
            page.waitForSelector("main .summary:has-text('nhờ trưởng bưu cục đóng ca thay')");
            Person.signIn(hub, "to-truong")
                    .post(
                            "/office/shifts/"
                                    + page.evaluate(
                                            "import('/scan/store.js').then(s => s.meta('shift')).then(s => s.id)")
                                    + "/close",
                            Map.of("counted", 0, "reason", "máy không gửi được"))
                    .ok();

            page.click("main form button[type=submit]");
            page.waitForSelector("#announce:has-text('Trưởng bưu cục đã đóng ca này thay bạn')");
            look(page, "honest-closed-for");
            page.click("main button:has-text('Mở ca')");
            page.waitForSelector("#typed");
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", item), null);
            assertThat(hand.held("outbox")).as("that one is still here").isEqualTo(2);
        }
    }

    @Test
    void a_shift_the_hub_refuses_is_said_and_no_money_goes_before_it() {
        String item = pickup();
        try (Phone phone = phone()) {
            Hand hand = Hand.onUntold(road, phone, "buu-ta");
            Page page = hand.page();
            page.context().route("**/scan/v1/shifts/*", HonestFormsTest::refuse);
            hand.record(Map.of("code", "COLLECTED", "item", item), null);
            hand.signal();
            page.waitForSelector("#bar .net.off:has-text('máy chủ từ chối')");
            assertThat(hand.synced()).isEqualTo("refused");
            assertThat(hand.held("outbox")).isEqualTo(1);
            hand.go("#/shift");
            page.fill("#cash", "0");
            page.click("main form button[type=submit]");
            page.waitForSelector("main .summary:has-text('Còn 1 mục chưa gửi'):has-text('không nêu')");
            look(page, "honest-shift-refused");

            page.context().unroute("**/scan/v1/shifts/*");
            hand.sent();
            closes(hand);
        }
    }

    @Test
    void signed_in_is_who_is_also_where_the_list_does_not_come() {
        String item = pickup();
        try (Phone phone = phone()) {
            Page page = phone.open(road.at("/scan/"));
            page.context().route("**/scan/v1/worklist", Route::abort);
            page.fill("#user", "buu-ta");
            page.fill("#password", "buu-ta-sandbox");
            page.click("main button[type=submit]");
            page.waitForSelector("#bar .net.off:has-text('mất mạng')");
            page.waitForSelector("h1:text-is('Quét bưu gửi')");
            look(page, "honest-signed-in-without-list");

            page.context().unroute("**/scan/v1/worklist");
            page.evaluate("dispatchEvent(new Event('online'))");
            page.waitForFunction(
                    "async item => (await import('/scan/state.js')).state.stops.some(stop => stop.item === item)",
                    item);
        }
    }

    @Test
    void after_a_pickup_in_part_the_rest_is_asked_for_and_neither_the_fee_nor_the_part_again() {
        String item = pickup();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            Hand other = hand.inAnotherTab();
            hand.withoutSignal();
            hand.at("pickup", item);
            other.at("pickup", item);
            hand.papers(false);
            hand.submit();
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");

            other.papers(false);
            other.submit();
            other.page().waitForSelector("main .summary:has-text('đang chờ gửi')");

            hand.go("#/list/pickup");
            page.waitForSelector("[data-leg='" + hand.leg(item) + "'] .tag:has-text('Đã nhận một phần')");
            assertThat(page.locator("[data-leg='" + hand.leg(item) + "'] .tag:has-text('Thu')")
                            .count())
                    .isZero();
            hand.at("pickup", item);
            page.waitForSelector("main:has-text('Phí, lệ phí: không phải thu.')");
            look(page, "honest-pickup-rest");
            page.fill("#note", "vẫn thiếu như trước");
            page.fill("#seal", "NP-002");
            hand.sign();
            hand.submit();
            page.waitForSelector("main .summary:has-text('ngoài những giấy đã nhận')");
            hand.papers(true);
            hand.submit();
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");
            hand.sent();

            assertThat(hub.db()
                            .sql("select code || ' ' || (details ->> 'feeCollected') from handling"
                                    + " where item = :item and source = 'scan' order by device_seq")
                            .param("item", item)
                            .query(String.class)
                            .list())
                    .containsExactly("PICKUP_PARTIAL 8000", "COLLECTED 0");
        }
    }

    @Test
    void what_was_taken_stays_ticked_also_of_papers_of_one_name_and_who_only_pays_is_recorded() {
        String item = office.item(
                office.asks("Lê Thị Mẫu", "12 đường Mẫu", asked -> {
                    withFee(asked);
                    ObjectNode first = (ObjectNode) asked.at("/pickup/papers/0");
                    asked.withObject("/pickup").withArray("papers").add(first.deepCopy());
                }),
                "PICKUP");
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.at("pickup", item);
            hand.papers(false);
            page.fill("#fee", "0");
            hand.submit();
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");
            hand.sent();
            page.waitForFunction(
                    "async item => (await import('/scan/state.js')).state.stops.find(s => s.item === item)?.papers[0].taken",
                    item);

            hand.go("#/list/pickup");
            page.waitForSelector("[data-leg='" + hand.leg(item) + "'] .tag:has-text('Đã nhận một phần')");
            hand.at("pickup", item);
            assertThat(page.locator("main fieldset input[type=checkbox]").all().stream()
                            .map(Locator::isChecked))
                    .containsExactly(true, false, false);
            page.fill("#note", "vẫn thiếu như trước");
            page.fill("#seal", "NP-002");
            page.fill("#receipt", "BL-002");
            hand.sign();
            hand.submit();
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");
            hand.sent();

            // The rest in two parts, of which the second is told alone: when all is there, that is all.
            part(hand, item, true, false, true);
            part(hand, item, false, true, false);
            page.waitForFunction(
                    "async item => (await import('/scan/state.js')).state.stops.find(s => s.item === item)?.papers[1].taken",
                    item);
            part(hand, item, true, true, true);

            assertThat(hub.db()
                            .sql(
                                    "select code || ' ' || (details ->> 'feeCollected') from handling"
                                            + " where item = :item and source = 'scan' and conflict is null order by device_seq")
                            .param("item", item)
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "PICKUP_PARTIAL 0",
                            "PICKUP_PARTIAL 8000",
                            "PICKUP_PARTIAL 0",
                            "PICKUP_PARTIAL 0",
                            "COLLECTED 0");
        }
    }

    /** Comes again, and ticks just these. */
    private static void part(Hand hand, String item, boolean... ticked) {
        Page page = hand.page();
        hand.at("pickup", item);
        Locator boxes = page.locator("main fieldset input[type=checkbox]");
        for (int i = 0; i < ticked.length; i++) {
            boxes.nth(i).setChecked(ticked[i]);
        }
        page.fill("#note", "giấy còn lại nhận sau");
        page.fill("#seal", "NP-003");
        hand.sign();
        hand.submit();
        page.waitForSelector("#announce:has-text('Đã ghi trên máy')");
        hand.sent();
    }

    @Test
    void a_picture_that_cannot_be_read_is_said_to_be_none() {
        String item = delivery("1.000656");
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            hand.at("deliver", item);
            hand.page().setInputFiles("#photo", new FilePayload("door.jpg", "image/jpeg", new byte[] {1, 2, 3}));
            hand.page().waitForSelector("#photo-wrong:has-text('chụp lại')");
        }
    }

    @Test
    void what_is_taken_at_the_door_is_asked_for_and_kept_by_whose_it_is() {
        String item = delivery("1.000656", asked -> {
            asked.withObject("/dossier").put("channel", "DIRECT").put("paidOnline", false);
            asked.withObject("/result").put("collectFee", 8_000).put("postage", 30_000);
            asked.withObject("/result/cod").put("amount", 150_000).put("payee", "cong-chung-mau");
        });
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            hand.at("deliver", item);
            assertThat(page.textContent("main"))
                    .contains(
                            "Phí, lệ phí đã thu (phải thu 8.000",
                            "Cước đã thu (phải thu 30.000",
                            "Tiền thu hộ đã thu cho Văn phòng công chứng Mẫu (phải thu 150.000");
            assertThat(page.textContent("#money-total")).contains("188.000");
            look(page, "honest-cod");
            hand.sign();
            page.fill("#cod", "100000");
            hand.submit();
            page.click(".summary a");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("cod");
            page.fill("#cod", "150000");
            hand.submit();
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");
            hand.sent();

            assertThat(hub.db()
                            .sql("select concat_ws(' ', details ->> 'feeCollected', details ->> 'postageCollected',"
                                    + " details ->> 'codCollected', details ->> 'codPayee', conflict) from handling"
                                    + " where item = :item and code = 'DELIVERED'")
                            .param("item", item)
                            .query(String.class)
                            .list())
                    .containsExactly("8000 30000 150000 cong-chung-mau");
        }
    }

    @Test
    void the_skip_link_and_another_language_keep_what_was_entered() {
        String item = pickup();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.at("pickup", item);
            hand.papers(true);
            String url = page.url();
            page.focus("a.skip");
            page.keyboard().press("Enter");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
            page.click("button.language");
            page.waitForSelector("dialog[open] >> text=Changing the language");
            look(page, "honest-language");
            page.click("dialog button.plain");
            page.waitForSelector(
                    "dialog",
                    new Page.WaitForSelectorOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
            assertThat(page.url()).isEqualTo(url);
            assertThat(page.inputValue("#seal")).isEqualTo("NP-001");
            assertThat(page.getAttribute("html", "lang")).isEqualTo("vi");

            hand.withoutSignal();
            hand.submit();
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");
            page.click("button.language");
            page.waitForSelector("h1:text-is('Scan items')");
        }
    }

    @Test
    void a_clock_that_is_set_in_mid_shift_moves_neither_what_was_done_before_nor_after() {
        String before = pickup();
        String after = pickup();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            Instant began = Instant.now();
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", before), null);
            page.evaluate(THREE_HOURS_AHEAD);
            hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", after), null);
            hand.sent();

            record Row(Instant happened, Instant occurred) {}
            List<Row> rows = hub.db()
                    .sql(
                            "select happened_at, occurred_at from handling where item in (:items) and source = 'scan' order by device_seq")
                    .param("items", List.of(before, after))
                    .query((row, n) -> new Row(
                            row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()))
                    .list();
            assertThat(rows)
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.happened())
                            .isBetween(began.minusSeconds(2), Instant.now().plusSeconds(1)));
            assertThat(rows.get(0).occurred()).isBefore(Instant.now());
            assertThat(rows.get(1).occurred()).as("its own clock is kept").isAfter(began.plusSeconds(10_000));
            hand.go("#/done");
            page.waitForSelector("[data-entry] >> nth=1");
            assertThat(page.locator("[data-entry]:has-text('đồng hồ máy khi đó')")
                            .count())
                    .as("and shown, where it was wrong")
                    .isEqualTo(1);
            look(page, "honest-clock");
        }
    }

    @Test
    void what_the_hub_refuses_is_kept_there_with_its_evidence_and_the_shift_closes() {
        String item = delivery("1.000656");
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.record(Map.of("code", "NO_SUCH_CODE", "item", item), "[[[1,2,3]]]");
            hand.sent();
            await().until(() -> hand.held("evidence") == 0);
            Object id = page.evaluate("import('/scan/store.js').then(s => s.all('done')).then(rows => rows[0].id)");
            assertThat(hub.db()
                            .sql("select kind from evidence where handling = cast(:id as uuid)")
                            .param("id", id)
                            .query(String.class)
                            .list())
                    .containsExactly("SIGNATURE");
            hand.go("#/tray");
            page.waitForSelector("[data-entry]:has-text('được giữ lại cùng bằng chứng')");
            look(page, "honest-tray-kept");
            closes(hand);
        }
    }

    @Test
    void evidence_the_hub_does_not_take_is_in_the_tray_and_keeps_no_shift_open() {
        String item = delivery("1.000656");
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            page.context().route("**/evidence/*", HonestFormsTest::refuse);
            hand.withoutSignal();
            hand.record(delivered(item), "[[[1,2,3]]]");
            hand.signal();
            page.waitForSelector("#tabs .count");
            hand.go("#/tray");
            page.waitForSelector("[data-evidence=SIGNATURE]:has-text('không cản đóng ca')");
            look(page, "honest-tray-evidence");
            closes(hand);
            assertThat(page.textContent("#shift-result")).contains("Bằng chứng còn thiếu1");
            look(page, "honest-closed-without-evidence");

            page.context().unroute("**/evidence/*");
            hand.go("#/tray");
            page.click("[data-evidence] button");
            page.waitForSelector("main p:has-text('Không có gì cần xem')");
            assertThat(hand.held("evidence")).isZero();
        }
    }

    @Test
    void an_answer_that_is_not_the_hubs_own_makes_nothing_stick() {
        List<String> items = List.of(delivery("1.000656"), delivery("1.000656"));
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            items.forEach(item -> hand.record(Map.of("code", "OUT_FOR_DELIVERY", "item", item), null));
            await().untilAsserted(() -> assertThat(page.textContent("#bar"))
                    .as(String.valueOf(hand.held("outbox")))
                    .contains("2 chưa gửi"));
            page.context().route("**/scan/v1/handlings", HonestFormsTest::block);
            road.weather(Road.Weather.CLEAR);
            assertThat(hand.synced()).isEqualTo("busy");
            page.context().unroute("**/scan/v1/handlings");

            page.context().route("**/scan/v1/handlings", HonestFormsTest::refuse);
            assertThat(hand.synced()).isEqualTo("stuck");
            page.context().unroute("**/scan/v1/handlings");
            assertThat(hand.synced()).as("as long as they wait for the worker").isEqualTo("stuck");
            hand.go("#/tray");
            page.click("main button:has-text('cả 2')");
            page.waitForSelector("[data-waiting='0']");
            assertThat(hub.db()
                            .sql("select count(*) from handling where code = 'OUT_FOR_DELIVERY' and item in (:items)")
                            .param("items", items)
                            .query(Long.class)
                            .single())
                    .isEqualTo(2);
        }
    }

    @Test
    void what_was_taken_back_is_sent_with_its_voiding_whatever_lies_between_them_or_not_at_all() {
        List<String> items = List.of(pickup(), pickup());
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            hand.record(Map.of("code", "COLLECTED", "item", items.get(0)), null);
            hand.record(Map.of("code", "COLLECTED", "item", items.get(1), "note", "KHÔNG ĐỌC ĐƯỢC"), null);
            page.evaluate(
                    "import('/scan/outbox.js').then(async o => {"
                            + " const rows = await (await import('/scan/store.js')).all('outbox');"
                            + " for (const row of rows.sort((a, b) => a.entry.seq - b.entry.seq)) await o.takeBack(row.id); })");
            page.context().route("**/scan/v1/handlings", route -> {
                if (route.request().postData().contains("KHÔNG ĐỌC ĐƯỢC")) {
                    refuse(route);
                } else {
                    route.resume();
                }
            });
            hand.signal();
            page.waitForSelector("#tabs .count");
            assertThat(hand.synced()).isEqualTo("stuck");
            assertThat(hand.held("outbox")).as("neither without the other").isEqualTo(2);
            assertThat(conflicts(items)).containsExactly("COLLECTED null", "VOIDED null");

            page.context().unroute("**/scan/v1/handlings");
            hand.go("#/tray");
            page.click("[data-entry] button");
            page.waitForSelector("[data-waiting='0']");
            assertThat(conflicts(items))
                    .containsExactly("COLLECTED null", "COLLECTED null", "VOIDED null", "VOIDED null");
        }
    }

    private static List<String> conflicts(List<String> items) {
        return hub.db()
                .sql("select code || ' ' || coalesce(conflict, 'null') from handling where item in (:items)"
                        + " and source = 'scan' order by 1")
                .param("items", items)
                .query(String.class)
                .list();
    }

    private static void refuse(Route route) {
        route.fulfill(
                new Route.FulfillOptions()
                        .setStatus(422)
                        .setContentType("application/problem+json")
                        .setBody(
                                "{\"status\":422,\"code\":\"evidence-not-named\",\"flaws\":[{\"field\":\"\",\"vi\":\"không nêu\",\"en\":\"not named\"}]}"));
    }

    private static void block(Route route) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(403)
                .setContentType("text/html")
                .setBody("<html>Blocked</html>"));
    }

    private static void closes(Hand hand) {
        hand.go("#/shift");
        hand.page().fill("#cash", "0");
        hand.page().click("main form button[type=submit]");
        hand.page().waitForSelector("#shift-result");
    }

    private static Map<String, Object> delivered(String item) {
        return Map.of(
                "code",
                "DELIVERED",
                "item",
                item,
                "details",
                Map.of(
                        "identity", "NOT_NEEDED",
                        "originalsTaken", 0,
                        "feeCollected", 0,
                        "postageCollected", 0,
                        "relation", "SELF"));
    }

    private static String pickup() {
        return office.item(office.asks("Lê Thị Mẫu", "12 đường Mẫu", HonestFormsTest::withFee), "PICKUP");
    }

    private static void withFee(ObjectNode asked) {
        asked.withObject("/dossier")
                .put("procedure", "1.000656")
                .put("channel", "DIRECT")
                .put("paidOnline", false);
        asked.withObject("/pickup").put("collectFee", 8_000);
        asked.withObject("/pickup")
                .withArray("papers")
                .addObject()
                .put("name", "Giấy tờ kèm theo")
                .put("original", true);
    }

    /** An item out for delivery. */
    private static String delivery(String procedure) {
        return delivery(procedure, asked -> {});
    }

    private static String delivery(String procedure, Consumer<ObjectNode> otherwise) {
        String item = office.dispatches(List.of(office.asks("Lê Thị Mẫu", "12 đường Mẫu", asked -> {
                    asked.withObject("/dossier").put("procedure", procedure);
                    otherwise.accept(asked);
                })))
                .get(0);
        Person colleague = Person.signIn(hub, "buu-ta");
        assertThat(colleague
                        .handle(Person.handling(1, "RESULT_COLLECTED", item))
                        .ok()
                        .at("/handlings/0/outcome")
                        .asText())
                .isEqualTo("RECORDED");
        return item;
    }
}
