package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;
import vn.bocau.code.ItemId;

/** The postal worker's app in a real Chromium, against a real hub. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScanAppTest extends PostOffice {

    @Test
    void a_day_from_sign_in_to_the_closed_shift() {
        String code = office.asks("Lê Thị Mẫu", "12 đường Mẫu");
        String item = office.item(code, "PICKUP");
        long before = handlings();
        try (Phone phone = phone()) {
            phone.signIn(road.at("/scan/"), "buu-ta");
            Page page = phone.page();
            look(page, "scan-no-shift");
            page.click("a[href='#/shift']");
            page.waitForSelector("main >> text=Bưu cục Đông Hà (520100)");
            look(page, "scan-shift");
            page.click("main button:has-text('Mở ca')");
            page.waitForSelector("#typed");
            look(page, "scan-today");

            road.weather(Road.Weather.CLOSED);
            scan(page, item);
            page.waitForSelector("[data-answer=right]");
            look(page, "scan-right");
            page.click("#answer a.button");
            page.waitForSelector("#seal");
            page.click("main form button[type=submit]");
            page.waitForSelector(".summary");
            look(page, "scan-pickup-flaws");
            page.check("#paper-0");
            page.fill("#seal", "NP-001");
            sign(page);
            page.click("main form button[type=submit]");
            page.waitForSelector("[data-waiting='2']");
            assertThat(handlings()).as("no signal").isEqualTo(before);
            scan(page, item);
            page.waitForSelector("[data-answer=seen]");
            page.click("a[href='#/done']");
            page.waitForSelector("text=chưa gửi");
            look(page, "scan-done");

            road.weather(Road.Weather.CLEAR);
            page.evaluate("dispatchEvent(new Event('online'))");
            page.waitForSelector("[data-waiting='0']");
            assertThat(handlings()).isEqualTo(before + 1);
            page.reload();
            page.waitForSelector("text=máy chủ nhận lúc");
            look(page, "scan-done-sent");
            page.click("a[href='#/list']");
            page.waitForSelector("text=Không có bưu gửi nào");
            look(page, "scan-list-empty");

            page.click("a[href='#/shift']");
            page.waitForSelector("#cash");
            page.fill("#cash", "50000");
            page.click("main form button[type=submit]");
            page.waitForSelector("#shift-result");
            assertThat(page.textContent("#shift-result")).contains("Tiền lệch", "50.000");
            look(page, "scan-shift-closed");
            assertThat(hub.db()
                            .sql(
                                    "select s.counted - c.expected from discrepancy d join shift s on s.id = d.shift join shift_cash c on c.shift = s.id"
                                            + " where s.account = 'buu-ta'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(50_000);
        }
    }

    @Test
    void a_session_that_ends_in_a_shift_is_renewed_and_nothing_unsent_is_lost() {
        String user = "an.bien";
        hub.db()
                .sql(
                        "insert into account (name, password, role, office) values (:name, :hash, 'POSTAL_WORKER', '520100')")
                .param("name", user)
                .param("hash", hub.bean(PasswordEncoder.class).encode(user + "-sandbox"))
                .update();
        String item = office.item(office.asks("Lê Thị Mẫu", "13 đường Mẫu"), "PICKUP");
        long before = handlings();
        try (Phone phone = phone()) {
            phone.signIn(road.at("/scan/"), user);
            phone.openShift();
            Page page = phone.page();
            page.reload();
            road.weather(Road.Weather.CLOSED);
            scan(page, item);
            page.click("#answer a.button");
            page.check("#paper-0");
            page.fill("#seal", "NP-001");
            sign(page);
            page.click("main form button[type=submit]");
            page.waitForSelector("[data-waiting='2']");

            hub.db()
                    .sql("update account set epoch = epoch + 1 where name = :name")
                    .param("name", user)
                    .update();
            road.weather(Road.Weather.CLEAR);
            page.evaluate("dispatchEvent(new Event('online'))");

            page.waitForSelector("#bar a.net[href='#/sign-in']");
            look(page, "scan-session-ended");
            assertThat(page.locator("[data-waiting='2']").count()).isEqualTo(1);
            page.click("#bar a.net");
            enter(page, user);
            page.waitForSelector("[data-waiting='0']");
            assertThat(handlings()).isEqualTo(before + 1);
        }
    }

    @Test
    void a_phone_whose_shift_is_somebody_elses_is_free_again_when_the_supervisor_has_closed_it() {
        Person.account(hub, "binh.tre", "POSTAL_WORKER", "520100", true);
        Person.account(hub, "chi.som", "POSTAL_WORKER", "520100", true);
        try (Phone phone = phone()) {
            phone.signIn(road.at("/scan/"), "binh.tre");
            phone.openShift();
            Page page = phone.page();
            hub.db()
                    .sql("update account set epoch = epoch + 1 where name = 'binh.tre'")
                    .update();
            page.evaluate("dispatchEvent(new Event('online'))");
            page.click("#bar a.net[href='#/sign-in']");
            enter(page, "chi.som");
            page.waitForSelector("main .summary >> text=ca chưa đóng của binh.tre");
            look(page, "scan-shift-of-another");

            Person supervisor = Person.signIn(hub, "to-truong");
            String shift =
                    supervisor.get("/office/shifts").ok().at("/shifts/0/id").asText();
            supervisor
                    .post("/office/shifts/" + shift + "/close", Map.of("counted", 0, "reason", "bưu tá nghỉ ốm"))
                    .ok();
            enter(page, "chi.som");

            page.waitForSelector("#typed");
            assertThat(supervisor
                            .get("/office/shifts")
                            .ok()
                            .at("/shifts/0/account")
                            .asText())
                    .isEqualTo("chi.som");
        }
    }

    @Test
    void a_shift_the_server_does_not_know_of_is_closed_by_whoever_opened_it_and_nobody_is_sent_to_the_supervisor() {
        Person.account(hub, "dung.xa", "POSTAL_WORKER", "520100", true);
        Person.account(hub, "em.gan", "POSTAL_WORKER", "520100", true);
        try (Phone phone = phone()) {
            Hand hand = Hand.onUntold(road, phone, "dung.xa");
            Page page = hand.page();
            hub.db()
                    .sql("update account set epoch = epoch + 1 where name = 'dung.xa'")
                    .update();
            hand.signal();
            page.click("#bar a.net[href='#/sign-in']");
            enter(page, "em.gan");

            page.waitForSelector("main .summary >> text=máy chủ chưa biết nên không ai đóng thay được");
            look(page, "scan-shift-untold");
            assertThat(hub.db()
                            .sql("select count(*) from device_session where account = 'em.gan' and expires_at > now()")
                            .query(Long.class)
                            .single())
                    .as("the phone keeps no session, and neither does the hub")
                    .isZero();
            enter(page, "dung.xa");
            page.waitForSelector("#typed");
        }
    }

    @Test
    void a_phone_that_cannot_keep_the_app_is_told_so_before_its_worker_goes_where_there_is_no_signal() {
        String sw = "/scan/sw.js";
        try (Phone phone = phone()) {
            road.serveNewer(sw, text -> "throw new Error('not to be trusted');");
            Page page = phone.open(road.at("/scan/"));
            page.waitForSelector("#not-kept");
            assertThat(page.textContent("main")).doesNotContain("dùng được cả ngày");
            look(page, "scan-not-kept");
            page.click("button.language");
            page.waitForSelector("#not-kept:has-text('certificate')");
            page.click("button.language");

            // Announced, and another one is served: no first version comes of it.
            road.serveNewer(sw, text -> text.replaceFirst("'/scan/words/vi.js': '\\w+'", "'/scan/words/vi.js': '0'"));
            page.reload();
            enter(page, "buu-ta");
            page.waitForSelector("#tabs a");
            page.click("a[href='#/shift']");
            page.waitForSelector("#not-kept");
            look(page, "scan-shift-not-kept");

            road.repair();
            page.reload();
            page.evaluate("navigator.serviceWorker.ready.then(() => true)");
            page.waitForSelector("main button:has-text('Mở ca')");
            assertThat(page.locator("#not-kept").count()).isZero();
        }
    }

    private static void enter(Page page, String user) {
        page.fill("#user", user);
        page.fill("#password", user + "-sandbox");
        page.click("main button[type=submit]");
    }

    @Test
    void the_phone_and_the_hub_read_an_item_identifier_alike() throws IOException {
        List<String> texts = new ArrayList<>();
        try (var vectors = ScanAppTest.class.getResourceAsStream("/code/s10-test-vectors.csv")) {
            new String(vectors.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> texts.add(line.split(",", 2)[0]));
        }
        for (char a = 'A'; a <= 'Z'; a++) {
            for (char b = 'A'; b <= 'Z'; b++) {
                texts.add("RR123456785" + a + b);
                texts.add("" + a + b + "123456785VN");
            }
        }
        texts.addAll(List.of("Ê876543216CA", "RÁ23456785VN", "Đ123456785VN", "ß123456785VN", "rr 123 456 785 vn", ""));
        try (Phone phone = phone()) {
            phone.open(road.at("/scan/"));
            Object read = phone.run(
                    "texts => import('/scan/s10.js').then(s => texts.map(t => { const r = s.read(t);"
                            + " return r.outcome + ' ' + (r.item ?? '-'); }))",
                    texts);

            assertThat((List<?>) read)
                    .isEqualTo(texts.stream().map(ScanAppTest::asTheHubReads).toList());
        }
    }

    private static String asTheHubReads(String text) {
        ItemId.Reading read = ItemId.read(text);
        String outcome =
                read.outcome() == ItemId.Outcome.WARN ? "VALID" : read.outcome().name();
        return outcome.toLowerCase(Locale.ROOT) + " " + (read.item() == null ? "-" : read.item());
    }

    private static void scan(Page page, String item) {
        page.waitForSelector("#typed");
        page.fill("#typed", item);
        page.press("#typed", "Enter");
    }

    private static void sign(Page page) {
        page.locator("canvas.signature").scrollIntoViewIfNeeded();
        var box = page.locator("canvas.signature").boundingBox();
        page.mouse().move(box.x + 30, box.y + 40);
        page.mouse().down();
        page.mouse().move(box.x + 120, box.y + 100);
        page.mouse().move(box.x + 200, box.y + 50);
        page.mouse().up();
    }

    private static long handlings() {
        return hub.db()
                .sql("select count(*) from handling where source = 'scan'")
                .query(Long.class)
                .single();
    }
}
