package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.security.spec.KeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.journey.Http;

/** Every screen a worker meets between the first door and the counted cash, in a real Chromium against a real hub. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DayAtWorkTest extends PostOffice {

    private static final String NUMBER = "045000000001";
    private static final String SALT = "00112233445566778899aabbccddeeff";
    private static final String NAME = "Lê Thị Mẫu";

    @Test
    void papers_are_fetched_handed_over_and_results_brought_back() throws Exception {
        String withFee = office.asks(NAME, "1 đường Mẫu", DayAtWorkTest::withFee);
        String later = office.asks("Trần Văn Thử", "2 đường Mẫu");
        String elsewhere = office.asks(
                "Phạm Thị Thí",
                "3 đường Mẫu",
                asked -> asked.withObject("/dossier").put("agency", "000.02.12.H50"));
        String proven = office.asks(NAME, "4 đường Mẫu", DayAtWorkTest::withIdentity);
        String first = office.asks("Hồ Văn Đôi", "5 đường Mẫu", DayAtWorkTest::withoutIdentity);
        String second = office.asks("Hồ Văn Đôi", "5 đường Mẫu", DayAtWorkTest::withoutIdentity);
        String refused = office.asks("Ngô Thị Vắng", "6 đường Mẫu", DayAtWorkTest::withoutIdentity);

        try (Phone phone = phone()) {
            phone.open(road.at("/scan/"));
            phone.page().waitForSelector("#user");
            look(phone.page(), "day-sign-in");
            phone.signIn(road.at("/scan/"), "buu-ta");
            phone.openShift();
            Page page = phone.page();
            page.reload();
            pickUp(page, withFee, "day-pickup");
            pickUp(page, elsewhere, null);
            fail(page, later);
            sent(page);

            handOver(page, office.item(withFee, "PICKUP"), office.item(elsewhere, "PICKUP"));
            sent(page);
            await().untilAsserted(
                            () -> assertThat(handlings("HANDED_TO_AGENCY")).isEqualTo(1));
            assertThat(remitted()).isEqualTo(8_000);

            refreshed(page);
            go(page, "#/list/fetch");
            page.waitForSelector("text=Không có bưu gửi nào");
            List<String> items = office.dispatches(List.of(proven, first, second, refused));
            page.evaluate("dispatchEvent(new Event('online'))");
            page.click("button:has-text('Danh sách đã thay đổi')");
            fetch(page, items);
            takeOut(page, items);
            deliverToTheCardsHolder(page, items.get(0));
            deliverTwoAtOneDoor(page, items.get(1));
            sent(page);
            await().untilAsserted(() -> assertThat(handlings("DELIVERED")).isEqualTo(3));
            assertThat(hub.db()
                            .sql(
                                    "select details ->> 'identityHash' from handling where item = :item and code = 'DELIVERED'")
                            .param("item", items.get(0))
                            .query(String.class)
                            .single())
                    .isEqualTo(hash());

            contradicted(phone, items.get(3));
            takenBack(page, items.get(3));
            sent(page);
            closed(page);
        }
        assertThat(hub.db()
                        .sql("select count(*) from discrepancy")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static void withFee(ObjectNode asked) {
        asked.withObject("/dossier")
                .put("procedure", "1.000656")
                .put("channel", "DIRECT")
                .put("paidOnline", false);
        asked.withObject("/pickup").put("collectFee", 8_000);
    }

    private static void withoutIdentity(ObjectNode asked) {
        asked.withObject("/dossier").put("procedure", "1.000656");
    }

    private static void withIdentity(ObjectNode asked) {
        asked.withObject("/dossier").put("procedure", "1.001193");
        asked.withObject("/result")
                .put("originalsToTakeBack", 1)
                .withObject("/receiver")
                .putObject("identity")
                .put("salt", SALT)
                .put("hash", hash());
    }

    private void pickUp(Page page, String code, String picture) {
        scan(page, office.item(code, "PICKUP"));
        page.waitForSelector("[data-answer=right]");
        page.click("#answer a.button");
        page.waitForSelector("#seal");
        if (picture != null) {
            look(page, picture);
        }
        for (Locator box : page.locator("main fieldset input[type=checkbox]").all()) {
            box.check();
        }
        page.fill("#seal", "NP-" + code.substring(code.length() - 3));
        if (page.locator("#receipt").count() > 0) {
            page.fill("#receipt", "BL-0001");
        }
        sign(page, 0);
        submit(page);
    }

    private void fail(Page page, String code) {
        scan(page, office.item(code, "PICKUP"));
        page.click("#answer a.button");
        page.click("main form a.button.plain");
        page.waitForSelector("input[name=reason]");
        page.click("main form button[type=submit]");
        page.waitForSelector(".summary");
        look(page, "day-fail-flaws");
        page.locator("input[name=reason]").first().check();
        page.waitForSelector("input[name=action]");
        look(page, "day-fail");
        page.locator("input[name=action]").first().check();
        if (page.locator("#next-date").isVisible()) {
            page.fill("#next-date", page.getAttribute("#next-date", "min"));
        }
        submit(page);
    }

    private void handOver(Page page, String right, String wrong) {
        go(page, "#/list/handover");
        page.locator("main nav a.tag")
                .all()
                .forEach(tag -> assertThat(tag.boundingBox().height)
                        .as("for a finger in a glove")
                        .isGreaterThanOrEqualTo(48));
        page.waitForSelector("main li.card >> text=" + Office.CENTRE);
        look(page, "day-list-handover");
        page.click("main a.button:has-text('cơ sở Đông Hà')");
        scan(page, right);
        page.waitForSelector("[data-answer=right]");
        scan(page, wrong);
        page.waitForSelector("[data-answer=wrong-agency]");
        scan(page, "RR123456785VN");
        page.waitForSelector("[data-answer=unlisted]");
        assertThat(page.locator("[data-extra]").count()).isEqualTo(2);
        look(page, "day-desk");
        submitWrongly(page);
        page.fill("#manifest", "BK-01");
        page.fill("#appointment", "2030-01-15");
        sign(page, 0);
        sign(page, 1);
        submit(page);
    }

    private void fetch(Page page, List<String> items) {
        page.click("main a.button:has-text('cơ sở Đông Hà')");
        items.subList(0, 3).forEach(item -> {
            scan(page, item);
            page.waitForSelector("[data-answer=right] :text('" + item.substring(8, 11) + "')");
        });
        page.waitForSelector("main details [data-leg]:has-text('" + Office.CENTRE + "-')");
        assertThat(page.locator("main details a").count())
                .as("leads nowhere but here")
                .isZero();
        look(page, "day-desk-fetch");
        sign(page, 0);
        sign(page, 1);
        page.click("main form:has(canvas) button[type=submit]");
        page.waitForSelector("dialog[open]");
        look(page, "day-desk-some-missing");
        page.click("dialog button.plain");
        scan(page, items.get(3));
        page.waitForSelector("[data-answer=right] :text('" + items.get(3).substring(8, 11) + "')");
        submit(page);
        sent(page);
    }

    private void takeOut(Page page, List<String> items) {
        refreshed(page);
        go(page, "#/list/deliver");
        page.waitForSelector("main li.card");
        look(page, "day-list-deliver");
        page.click("main a.button:has-text('phát')");
        items.forEach(item -> {
            scan(page, item);
            page.waitForSelector("main ul li.code:has-text('" + item.substring(8, 11) + "')");
        });
        look(page, "day-out");
        go(page, "#/");
        sent(page);
    }

    private void deliverToTheCardsHolder(Page page, String item) {
        refreshed(page);
        go(page, "#/");
        scan(page, item);
        page.waitForSelector("[data-answer=stop]");
        look(page, "day-stop");
        page.click("#answer a.button");
        page.waitForSelector("#originals");
        submitWrongly(page);
        look(page, "day-deliver-flaws");
        scan(page, "045999999999||" + NAME.toUpperCase() + "|01011990|Nữ|ở đây|01012022");
        page.waitForSelector("text=Thẻ này không phải của người nhận");
        look(page, "day-deliver-card-differs");
        scan(page, NUMBER + "||" + NAME.toUpperCase() + "|01011990|Nữ|ở đây|01012022");
        page.waitForSelector("text=Thẻ này đúng là của người nhận");
        page.fill("#originals", "1");
        look(page, "day-deliver");
        sign(page, 0);
        submit(page);
    }

    /** Without a finger on the glass: the photo is the proof. */
    private void deliverTwoAtOneDoor(Page page, String item) {
        scan(page, item);
        page.waitForSelector("[data-answer=right]");
        page.focus("#answer a.button");
        page.keyboard().press("Enter");
        page.waitForSelector("#also-0");
        page.focus("#also-0");
        page.keyboard().press("Space");
        page.setInputFiles("#photo", new FilePayload("door.png", "image/png", page.screenshot()));
        page.waitForSelector("main ul.plain li.choice");
        look(page, "day-deliver-same-door");
        page.focus("main form:has(canvas) button[type=submit]");
        page.keyboard().press("Enter");
        left(page);
    }

    /** A colleague had brought it already, and this phone could not know. */
    private void contradicted(Phone phone, String item) {
        Page page = phone.page();
        road.weather(Road.Weather.CLOSED);
        Map<String, String> colleague = office.signIn("buu-ta", "phone-of-a-colleague");
        Http.Answer told = Http.post(
                hub.at("/api/scan/v1/handlings"),
                colleague,
                Map.of(
                        "device", "phone-of-a-colleague",
                        "sentAt", Instant.now().toString(),
                        "handlings",
                                List.of(Map.of(
                                        "id",
                                        com.github.f4b6a3.uuid.UuidCreator.getTimeOrderedEpoch()
                                                .toString(),
                                        "seq",
                                        1,
                                        "code",
                                        "DELIVERED",
                                        "item",
                                        item,
                                        "occurredAt",
                                        Instant.now().toString(),
                                        "details",
                                        Map.of(
                                                "identity", "NOT_NEEDED",
                                                "relation", "SELF",
                                                "signature", "0".repeat(64))))));
        assertThat(told.ok().path("handlings").path(0).path("outcome").asText()).isEqualTo("RECORDED");
        go(page, "#/");
        scan(page, item);
        page.click("#answer a.button");
        page.click("main form a.button.plain");
        page.locator("input[name=reason]").first().check();
        page.locator("input[name=action]").first().check();
        if (page.locator("#next-date").isVisible()) {
            page.fill("#next-date", page.getAttribute("#next-date", "min"));
        }
        submit(page);
        road.weather(Road.Weather.CLEAR);
        page.evaluate("dispatchEvent(new Event('online'))");
        sent(page);
        go(page, "#/tray");
        page.waitForSelector("[data-entry]");
        look(page, "day-tray");
        page.click("[data-entry] button");
        page.waitForSelector("main p:has-text('Không có')");
    }

    private void takenBack(Page page, String item) {
        road.weather(Road.Weather.CLOSED);
        go(page, "#/out");
        scan(page, item);
        go(page, "#/done");
        look(page, "day-done");
        if (page.locator("main li button").count() > 0) {
            page.locator("main li button").first().click();
            page.waitForSelector("dialog[open]");
            look(page, "day-take-back");
            page.click("dialog button >> nth=0");
            page.waitForSelector("text=Đã rút lại");
        }
        road.weather(Road.Weather.CLEAR);
        page.evaluate("dispatchEvent(new Event('online'))");
    }

    private void closed(Page page) {
        go(page, "#/shift");
        page.waitForSelector("#cash");
        page.fill("#cash", "0");
        page.click("main form button[type=submit]");
        page.waitForSelector("#shift-result");
        look(page, "day-closed");
    }

    private static void go(Page page, String screen) {
        page.evaluate("screen => { location.hash = screen; }", screen);
        page.waitForURL(Pattern.compile(".*/scan/" + Pattern.quote(screen)));
    }

    /** The newest list, as at the next signal. */
    private static void refreshed(Page page) {
        page.evaluate("dispatchEvent(new Event('online'))");
        page.waitForSelector("#bar .net.on");
        page.evaluate(
                "import('/scan/state.js').then(async s => { await s.refresh(s.state.session); await s.load(); })");
    }

    private static void sent(Page page) {
        page.evaluate("import('/scan/sync.js').then(s => s.sync())");
        page.waitForSelector("[data-waiting='0']");
    }

    private static void submit(Page page) {
        page.click("main form:not(:has(#typed)) button[type=submit]");
        left(page);
    }

    /** The form has gone, and with it the field for codes it may have had, as the next screen has one. */
    private static void left(Page page) {
        page.waitForURL(Pattern.compile(".*/scan/(#/)?"));
        page.waitForSelector(
                "main form:has(canvas)", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
        page.waitForSelector("#typed");
    }

    private static void submitWrongly(Page page) {
        page.click("main form:not(:has(#typed)) button[type=submit]");
        page.waitForSelector(".summary");
    }

    private static void scan(Page page, String text) {
        page.waitForSelector("#typed");
        page.fill("#typed", text);
        page.press("#typed", "Enter");
    }

    private static void sign(Page page, int which) {
        Locator canvas = page.locator("canvas.signature").nth(which);
        canvas.scrollIntoViewIfNeeded();
        var box = canvas.boundingBox();
        page.mouse().move(box.x + 30, box.y + 40);
        page.mouse().down();
        page.mouse().move(box.x + 120, box.y + 100);
        page.mouse().move(box.x + 200, box.y + 50);
        page.mouse().up();
    }

    private static long handlings(String code) {
        return hub.db()
                .sql("select count(*) from handling where source = 'scan' and code = :code")
                .param("code", code)
                .query(Long.class)
                .single();
    }

    private static long remitted() {
        return hub.db()
                .sql("select (details ->> 'feeRemitted')::bigint from handling where code = 'HANDED_TO_AGENCY'")
                .query(Long.class)
                .single();
    }

    private static String hash() {
        try {
            KeySpec number = new PBEKeySpec(NUMBER.toCharArray(), SALT.getBytes(StandardCharsets.UTF_8), 200_000, 256);
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(number)
                            .getEncoded());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
