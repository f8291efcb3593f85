package vn.bocau.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.Browser;
import vn.bocau.code.Sha256;

/** The supervisor's page in a real Chromium, against a real hub: every section, looked at and acted on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OfficePageTest extends PostOffice {

    private static Browser browser;

    private Page page;

    @BeforeAll
    static void open() {
        browser = new Browser();
        Person.account(hub, "buu-ta-2", "POSTAL_WORKER", "520100", true);
        Person.account(hub, "to-pho", "POSTAL_SUPERVISOR", "520100", true);
        Person.account(hub, "to-truong-le-thuy", "POSTAL_SUPERVISOR", "511000", true);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @AfterEach
    void everybodyLeaves() {
        browser.everybodyLeaves();
    }

    @BeforeEach
    void visitor() {
        road.weather(Road.Weather.CLEAR);
        page = browser.page(Browser.PHONE);
    }

    @Test
    void who_is_out_and_a_lost_phone_from_its_being_locked_to_what_it_sent_being_accepted() {
        Person worker = Person.signIn(hub, "buu-ta");
        UUID shift = worker.openShift();
        ObjectNode collected = Person.handling(2, "COLLECTED", item("1 đường Ngoài"));
        collected.withObject("/details").put("feeCollected", 20_000).put("signature", "a".repeat(64));
        worker.handle(collected).ok();
        isOpenedTomorrow(shift);
        signIn("to-truong");
        page.waitForSelector("#bar .who:has-text('Bưu cục Đông Hà (520100)')");
        page.waitForSelector("[data-shift='" + shift + "']");
        assertThat(page.textContent("[data-shift='" + shift + "']"))
                .contains("buu-ta", "1, còn 1 chưa về", "20.000")
                .containsPattern("Mở caghi nhận \\d\\d:\\d\\d \\d\\d/\\d\\d/\\d{4}, nhận lúc \\d\\d:\\d\\d")
                .contains("Bằng chứng còn thiếu1");
        look("office-crew");

        String phone = "[data-device='" + worker.device() + "']";
        page.click(phone + " button.danger");
        page.waitForSelector("dialog[open]");
        assertThat(page.textContent("dialog")).contains("đăng xuất ngay", "giữ ở trang này");
        look("office-revoke");
        page.click("dialog button.danger");
        page.waitForSelector(phone + " .tag.warn");
        page.waitForSelector("#announce >> text=Đã khóa máy");
        String later = item("2 đường Ngoài");
        byte[] strokes = "[[[10,60,0],[40,10,9],[7000,60,18],[20,9000,27],[60,40,36]],[[90,60,50]]]".getBytes(UTF_8);
        byte[] photo = Browser.photo(page);
        ObjectNode proven = Person.handling(3, "COLLECTED", later);
        proven.withObject("/details")
                .put("signature", Sha256.hex(strokes))
                .put("countersignature", "0".repeat(64))
                .putArray("photos")
                .add(Sha256.hex(photo));
        assertThat(worker.handle(proven).status()).isEqualTo(403);
        assertThat(worker.prove(proven, "SIGNATURE", strokes).status()).isEqualTo(201);
        assertThat(worker.prove(proven, "PHOTO", photo).status()).isEqualTo(201);
        ObjectNode wrong = Person.handling(4, "COLLECTED", item("3 đường Ngoài"));
        wrong.withObject("/details").put("feeCollected", 80_000);
        ObjectNode takenBack = Person.handling(5, "VOIDED", wrong.path("item").asText())
                .put("voids", wrong.path("id").asText());
        assertThat(worker.handle(wrong, takenBack).status()).isEqualTo(403);

        page.reload();
        page.waitForSelector("[data-kept]");
        page.click("[data-kept] >> text=Xem bằng chứng (3)");
        page.waitForSelector("[data-kept] figure:has-text('chưa về máy chủ')");
        assertThat(page.locator("[data-kept] figure canvas").count()).isEqualTo(2);
        assertThat(page.evaluate(
                        "[...document.querySelectorAll('figure canvas')].map(c => Math.max(c.width, c.height))"))
                .as("a signature no larger than a browser draws, the photo as it was taken")
                .isEqualTo(List.of(2_000, 640));
        assertThat(page.textContent("[data-kept] >> nth=1"))
                .contains("Phí đã thu80.000", "HủyĐã nhận hồ sơ tại nhà · 80.000");
        look("office-kept");
        page.click("[data-kept] >> text=Xem bằng chứng (3)");
        gone("[data-kept] figure");
        hub.db()
                .sql("update evidence set content = :content where kind = 'SIGNATURE' and handling = cast(:id as uuid)")
                .param("content", "[[[\"x\",1],[2,3]]]".getBytes(UTF_8))
                .param("id", proven.path("id").asText())
                .update();
        page.click("[data-kept] >> text=Xem bằng chứng (3)");
        page.waitForSelector("[data-kept] figure >> text=Không hiện được bằng chứng này");
        page.click("[data-kept] >> nth=0 >> text=Nhận là đã làm");
        page.click("dialog button[type=submit]");
        page.waitForSelector("dialog .error");
        look("office-why");
        page.fill("#why", "Bưu tá xác nhận đã nhận hồ sơ");
        page.click("dialog button[type=submit]");
        page.waitForSelector("#announce >> text=Đã ghi 1, cần xem 0, không nhận 0.");
        page.click("[data-kept] button.danger");
        page.fill("#why", "Đã ghi lại trên máy khác");
        page.click("dialog button[type=submit]");
        page.waitForSelector("text=Không có gì chờ xem.");
        page.click("[data-shift='" + shift + "'] >> text=Đóng ca thay");
        page.fill("#why", "Máy mất, bưu tá đã nộp tiền");
        page.click("dialog button[type=submit]");
        page.waitForSelector("dialog .error");
        look("office-close-shift");
        page.fill("#counted", "15000");
        page.click("dialog button[type=submit]");
        page.waitForSelector("#announce >> text=lệch -5.000");
        gone("[data-shift='" + shift + "']");
        page.click("#sections a[href='#/cash']");
        page.waitForSelector("[data-shift='" + shift + "'] >> text=to-truong đóng thay: Máy mất");
        page.waitForSelector("[data-shift='" + shift + "'] >> text=Thiếu 5.000");
        look("office-closed-shift");
        Map<String, Object> about = about(shift, "đã nộp đủ");
        Person.signIn(hub, "buu-ta")
                .post("/discrepancies/" + shift + "/explain", about)
                .ok();
        Person.signIn(hub, "to-pho")
                .post("/office/discrepancies/" + shift + "/settle", about)
                .ok();
        assertThat(hub.db()
                        .sql("select count(*) from handling where item = :item and code = 'COLLECTED'")
                        .param("item", later)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    /** By the clock of its phone, which is a day ahead. */
    private static void isOpenedTomorrow(UUID shift) {
        hub.db()
                .sql("update shift set opened_at = opened_at + interval '1 day' where id = :id")
                .param("id", shift)
                .update();
    }

    @Test
    void what_is_overdue_in_pages_and_by_commune() {
        for (int i = 0; i < 52; i++) {
            office.asks("Lê Thị Mẫu", i + " đường Trễ");
        }
        hub.db().sql("""
                        update progress set due_at = now() - interval '3 days' where leg in (
                            select id from leg where sender #>> '{address,street}' like '%đường Trễ')
                        """).update();
        signIn("to-truong");
        page.click("#sections a[href='#/overdue']");
        page.waitForSelector("main li.card >> nth=49");
        assertThat(page.locator("main li.card").count()).isEqualTo(50);
        assertThat(page.textContent("main li.card")).contains("Xác nhận thu gom", "ngày trước", "đường Trễ");
        page.click("main button:has-text('Xem thêm')");
        page.waitForSelector("main li.card >> nth=51");
        page.click("text=Cả việc của cơ quan, người dân");
        page.selectOption("#commune", "19333");
        page.click("main form.filter button");
        page.waitForFunction("location.hash === '#/overdue/19333/others'");
        page.waitForSelector("main li.card");
        look("office-overdue");
        page.reload();
        page.waitForSelector("main li.card");
        assertThat(page.inputValue("#commune")).isEqualTo("19333");
        signOut();
        signIn("to-truong-le-thuy");
        page.click("#sections a[href='#/overdue']");
        page.waitForSelector("text=Không có việc nào quá hạn.");
        look("office-overdue-empty");
    }

    @Test
    void a_commune_and_an_item_are_assigned_and_who_was_slower_sees_it_and_the_worker_sees_the_own_first() {
        String code = office.asks("Lê Thị Mẫu", "5 đường Giao");
        String item = office.item(code, "PICKUP");
        signIn("to-truong");
        page.click("#sections a[href='#/assign']");
        page.waitForSelector("#worker-19333");
        look("office-assign");
        Person deputy = Person.signIn(hub, "to-pho");
        deputy.put(
                        "/office/assignments/communes/19333",
                        Office.JSON.createObjectNode().put("worker", "buu-ta-2").put("version", 0))
                .ok();
        page.selectOption("#worker-19333", "buu-ta");
        page.click("[data-commune='19333'] button");
        page.waitForSelector("#announce >> text=Người khác vừa phân công lại");
        assertThat(page.inputValue("#worker-19333")).as("as it stands now").isEqualTo("buu-ta-2");
        page.selectOption("#worker-19333", "buu-ta");
        page.click("[data-commune='19333'] button");
        page.waitForSelector("#announce >> text=đã giao cho buu-ta.");
        assertThat(page.textContent("[data-commune='19333']")).contains("to-truong giao lúc");

        page.click("[data-commune='19333'] a");
        String card = "main li.card:has-text('5 đường Giao')";
        page.waitForSelector("main li.card[data-leg]");
        while (page.locator(card).count() == 0) {
            int shown = page.locator("main li.card[data-leg]").count();
            page.click("main button:has-text('Xem thêm')");
            page.waitForSelector("main li.card[data-leg] >> nth=" + shown);
        }
        page.selectOption(card + " select", "buu-ta-2");
        page.click(card + " form button");
        page.waitForSelector(card + " >> text=Giao riêng");
        look("office-stops");

        page.click("main >> text=Về phân công");
        page.click("[data-worker='buu-ta-2'] >> text=Bảng kê đi phát");
        page.waitForSelector("table td");
        assertThat(page.textContent("table")).contains("5 đường Giao", "Lê Thị Mẫu", grouped(item));
        look("office-run");

        page.evaluate("import('/scan/state.js').then(s => s.signOut())");
        page.navigate(road.at("/scan/").toString());
        enter("buu-ta");
        page.waitForSelector("[data-waiting='0']");
        page.click("a[href='#/list']");
        page.waitForSelector("text=bưu gửi của người khác đang ẩn");
        assertThat(page.locator(card).count()).isZero();
        look("scan-list-own");
        page.click("main button:has-text('Cả bưu cục')");
        page.waitForSelector("main button[aria-pressed=true]");
        while (page.locator(card).count() == 0) {
            page.click("main button:has-text('Xem thêm')");
        }
        page.waitForSelector(card + " >> text=Của buu-ta-2");
        look("scan-list-whole");
    }

    @Test
    void a_conflict_is_left_and_another_one_voided() {
        Person worker = Person.signIn(hub, "buu-ta");
        String left = tooMuch(worker, 1);
        String voided = tooMuch(worker, 2);
        signIn("to-truong");
        page.click("#sections a[href='#/conflicts']");
        page.waitForSelector("[data-entry='" + left + "']");
        assertThat(page.textContent("[data-entry='" + left + "']"))
                .contains("Đã thu nhiều hơn số phải thu", "buu-ta", "Ghi trên máy", "Máy chủ nhận", "5.000");
        look("office-conflicts");
        page.click("[data-entry='" + left + "'] >> text=Để nguyên");
        page.fill("#why", "Đã trả lại 5.000 đồng");
        page.click("dialog button[type=submit]");
        gone("[data-entry='" + left + "']");
        page.waitForSelector("#announce >> text=Đã để nguyên.");
        page.click("[data-entry='" + voided + "'] >> text=Hủy thao tác");
        page.waitForSelector("dialog[open]");
        assertThat(page.textContent("dialog")).contains("Không hoàn tác được");
        page.keyboard().press("Escape");
        page.waitForSelector("dialog", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
        assertThat(page.locator("[data-entry='" + voided + "']").count()).isEqualTo(1);
        page.click("[data-entry='" + voided + "'] >> text=Hủy thao tác");
        page.fill("#why", "Ghi nhầm số tiền");
        page.click("dialog button[type=submit]");
        gone("[data-entry='" + voided + "']");
        assertThat(hub.db()
                        .sql("select supervisor from handling where voids = cast(:id as uuid)")
                        .param("id", voided)
                        .query(String.class)
                        .single())
                .isEqualTo("to-truong");
    }

    @Test
    void a_difference_is_explained_on_the_phone_and_settled_at_the_office() {
        String tooMuch = "[data-shift]:has-text('thừa 9.000')";
        Person worker = Person.signIn(hub, "buu-ta-2");
        UUID shift = worker.openShift();
        worker.closeShift(shift, 9_000);
        isOpenedTomorrow(shift);
        page.navigate(road.at("/scan/").toString());
        enter("buu-ta-2");
        page.waitForSelector("[data-waiting='0']");
        page.click("a[href='#/shift']");
        page.waitForSelector("[data-shift]");
        look("scan-shift-difference");
        page.click("[data-shift] button");
        page.route("**/explain", OfficePageTest::anotherAmount);
        page.fill("#why", "Tiền lẻ của tôi để lẫn");
        page.waitForResponse("**/discrepancies", () -> page.click("dialog button[type=submit]"));
        page.waitForSelector("#announce:has-text('Nay là 1 đồng')");
        page.waitForSelector("[data-shift]");
        look("scan-shift-another-amount");
        page.unroute("**/explain");
        page.click("[data-shift] button");
        page.fill("#why", "Tiền lẻ của tôi để lẫn");
        assertThat(page.waitForRequest("**/explain", () -> page.click("dialog button[type=submit]"))
                        .postData())
                .contains("\"amount\":9000");
        page.waitForSelector("[data-shift] .acts");
        page.evaluate("import('/scan/state.js').then(s => s.signOut())");

        signIn("to-truong");
        page.click("#sections a[href='#/cash']");
        page.waitForSelector(tooMuch);
        assertThat(page.textContent(tooMuch))
                .contains("buu-ta-2", "Tiền lẻ của tôi để lẫn")
                .containsPattern("Mở caghi nhận .*, nhận lúc \\d\\d:\\d\\dĐóng ca\\d\\d:\\d\\d");
        page.click(tooMuch + " >> text=Giải trình >> nth=-1");
        page.fill("#why", "Đã xem camera");
        page.click("dialog button[type=submit]");
        page.waitForSelector("text=Người khác phải xử lý");
        look("office-cash");
        signOut();
        ObjectNode found = Person.handling(1, "COLLECTED", item("8 đường Lẫn"));
        found.withObject("/details").put("feeCollected", 9_000);
        hub.db()
                .sql("update leg set fee_due = 9000 where item = :item")
                .param("item", found.path("item").asText())
                .update();
        worker.handle(found).ok();
        signIn("to-pho");
        page.click("#sections a[href='#/cash']");
        String tallies = "[data-shift]:has-text('Nay đã khớp tiền, vẫn phải giải trình và xử lý')";
        page.waitForSelector(tallies + " >> text=phải giải trình lại");
        look("office-cash-tallies");
        worker.post("/discrepancies/" + shift + "/explain", about(shift, "Ghi sót một lần thu"))
                .ok();
        page.reload();
        page.click(tallies + " button:has-text('Xử lý')");
        page.fill("#why", "Trả lại bưu tá");
        assertThat(page.waitForRequest("**/settle", () -> page.click("dialog button[type=submit]"))
                        .postData())
                .contains("\"amount\":0");
        gone(tallies);
        look("office-cash-left");
        page.click("main a[href='#/cash/settled']");
        page.waitForSelector("[data-shift] >> text=Trả lại bưu tá");
        look("office-cash-settled");
    }

    /** As the hub does, where money has come to light since. */
    private static void anotherAmount(Route route) {
        route.fulfill(
                new Route.FulfillOptions()
                        .setStatus(409)
                        .setContentType("application/problem+json")
                        .setBody(
                                "{\"status\":409,\"code\":\"another-amount\",\"flaws\":[{\"field\":\"/amount\",\"vi\":\"Nay là 1 đồng\",\"en\":\"It is 1 đồng by now\"}]}"));
    }

    @Test
    void a_wrong_handling_is_found_and_voided_after_it_was_sent() {
        Person worker = Person.signIn(hub, "buu-ta");
        String item = item("9 đường Nhầm");
        worker.handle(Person.handling(1, "COLLECTED", item)).ok();
        signIn("to-truong");
        page.click("#sections a[href='#/find']");
        page.waitForSelector("#q");
        page.press("#q", "Enter");
        page.waitForSelector(".error");
        page.fill("#q", "RR123456785VN");
        page.press("#q", "Enter");
        page.waitForSelector("text=Không có bưu gửi hay hồ sơ nào");
        look("office-find-nothing");
        page.fill("#q", grouped(item).toLowerCase(java.util.Locale.ROOT));
        page.press("#q", "Enter");
        page.waitForSelector("section li.card >> text=Hủy thao tác");
        look("office-find");
        page.click("section li.card >> text=Hủy thao tác");
        page.fill("#why", "Quét nhầm phong bì");
        page.click("dialog button[type=submit]");
        page.waitForSelector("section li.card >> text=Quét nhầm phong bì");
        page.waitForSelector("section >> text=Đã đăng ký, chờ bưu điện xác nhận");
        look("office-find-voided");
    }

    @Test
    void how_a_delivery_was_proven_and_what_an_agency_did_are_told_as_what_they_are() {
        String item = office.dispatches(List.of(office.asks("Lê Thị Mẫu", "10 đường Mẫu")))
                .get(0);
        Person worker = Person.signIn(hub, "buu-ta");
        worker.handle(Person.handling(1, "RESULT_COLLECTED", item)).ok();
        ObjectNode delivered = Person.handling(2, "DELIVERED", item);
        delivered
                .withObject("/details")
                .put("identity", "MATCHED")
                .put("relation", "SPOUSE")
                .put("signature", "a".repeat(64));
        worker.handle(delivered).ok();
        signIn("to-truong");
        page.evaluate("item => { location.hash = '#/find/' + item; }", item);
        String card = "li.card[data-entry='" + delivered.path("id").asText() + "']";
        page.waitForSelector(card);
        assertThat(page.textContent(card))
                .contains("Giấy tờ người nhậnKhớp", "Người nhận làVợ hoặc chồng", "Ghi trên máy", worker.device());
        String agencys = "li.card:has-text('trung-tam-hcc')";
        assertThat(page.textContent(agencys)).contains("Lúc").doesNotContain("Ghi trên máy", "Máytrung");
        look("office-find-delivered");
    }

    @Test
    void only_a_supervisor_and_only_with_a_network_and_in_english_and_enlarged() {
        page.navigate(road.at("/scan/office").toString());
        look("office-sign-in");
        enter("buu-ta");
        page.waitForSelector("text=Trang này chỉ dành cho trưởng bưu cục");
        look("office-not-yours");
        signOut();
        signIn("to-truong");
        page.waitForFunction("navigator.serviceWorker.controller !== null");
        page.reload();
        page.waitForSelector("text=Ca đang mở");
        page.click("button.language");
        page.waitForSelector("text=Open shifts");
        page.evaluate("document.documentElement.style.fontSize = '200%'");
        look("office-enlarged");
        page.evaluate("document.documentElement.style.fontSize = ''");
        page.click("button.language");
        page.waitForSelector("text=Ca đang mở");

        road.weather(Road.Weather.CLOSED);
        page.reload();
        page.waitForSelector("text=Trang của bưu cục chỉ dùng được khi có mạng");
        look("office-offline");
        road.weather(Road.Weather.CLEAR);
        page.click("main button:has-text('Tải lại')");
        page.waitForSelector("text=Ca đang mở");
        page.keyboard().press("Tab");
        page.click("#sections a[href='#/find']");
        page.waitForSelector("#q");
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("q");
    }

    // ---------------------------------------------------------------------------------------------------------------

    private void signIn(String user) {
        page.navigate(road.at("/scan/office").toString());
        enter(user);
        page.waitForSelector("#sections a");
        page.waitForSelector("main h2");
    }

    private void enter(String user) {
        page.waitForSelector("#user");
        page.fill("#user", user);
        page.fill("#password", user + "-sandbox");
        page.click("main button[type=submit]");
    }

    private void signOut() {
        page.evaluate("import('/scan/state.js').then(s => s.signOut())");
        page.navigate("about:blank");
    }

    private void gone(String selector) {
        page.waitForSelector(selector, new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
    }

    private static String item(String street) {
        return office.item(office.asks("Lê Thị Mẫu", street), "PICKUP");
    }

    private static String tooMuch(Person worker, long seq) {
        ObjectNode collected = Person.handling(seq, "COLLECTED", item(seq + " đường Thừa"));
        collected.withObject("/details").put("feeCollected", 5_000);
        worker.handle(collected).ok();
        return collected.path("id").asText();
    }

    private static String grouped(String item) {
        return item.replaceFirst("(..)(...)(...)(...)(..)", "$1 $2 $3 $4 $5");
    }

    private void look(String name) {
        Browser.picture(page, name);
        page.setViewportSize(Browser.DESKTOP, 800);
        Browser.picture(page, name + "-desktop");
        page.setViewportSize(Browser.PHONE, 640);
        Browser.isAccessible(page);
    }
}
