package vn.bocau.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.Browser;
import vn.bocau.journey.Http;

/** What a citizen asks for on the own page: chosen, read over, confirmed with four digits, once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ActPageTest extends AtHome {

    @Test
    void another_day_is_chosen_confirmed_and_known_to_portal_and_post() {
        String code = filed();
        failedAtTheDoor(code);
        Page page = browser.page(Browser.PHONE);
        List<Response> answers = new CopyOnWriteArrayList<>();
        page.onResponse(answers::add);
        page.navigate(story(code));
        page.locator("a:text-is('Chọn ngày khác')").click();
        go(page, "Tiếp tục");
        assertThat(page.title()).startsWith("Lỗi:");
        assertThat(page.innerText(".summary")).contains("Hãy chọn một ngày.");
        seen(page, "track-day");
        Locator third = page.locator("input[type=radio]").nth(2);
        String day = third.getAttribute("value");
        third.check();
        go(page, "Tiếp tục");
        assertThat(page.innerText("main h1")).isEqualTo("Xem lại ngày đã chọn");
        assertThat(page.innerText("main")).contains(written(day));
        assertThat(events(code)).doesNotContain("REDELIVERY_REQUESTED");
        page.getByLabel("Bốn số cuối điện thoại").fill("9999");
        go(page, "Hẹn ngày này");
        assertThat(page.innerText(".summary")).contains("Không phải bốn số cuối");
        seen(page, "track-day-confirm");
        page.getByLabel("Bốn số cuối điện thoại").fill("0001");
        answers.clear();
        String form = page.locator("input[name=form]").inputValue();
        go(page, "Hẹn ngày này");

        assertThat(page.url()).endsWith("/day/done");
        assertThat(page.innerText("main")).contains("Đã hẹn ngày", written(day));
        seen(page, "track-day-done");
        assertThat(answers.stream().mapToInt(AtHome::weight).sum()).isLessThanOrEqualTo(LIGHT);
        assertThat(events(code)).contains("REDELIVERY_REQUESTED");
        assertThat(stop(code, "PICKUP").at("/next/dueAt").asText()).startsWith(day);

        Http.Answer again = Http.form(
                java.net.URI.create(page.url().replace("/done", "")),
                Map.of(),
                "day=" + day + "&digits=0001&form=" + form);
        assertThat(again.whole().headers().firstValue("location").orElse("")).endsWith("/day/done");
        assertThat(handlings(code, "REDELIVERY_REQUESTED")).as("once").isEqualTo(1);
    }

    @Test
    void an_item_is_fetched_at_the_post_office() {
        String code = atTheOffice();
        Page page = browser.page(Browser.PHONE);
        page.navigate(story(code));
        page.locator("a:text-is('Đến bưu cục nhận')").click();
        assertThat(page.innerText("main")).contains("Bưu cục Đông Hà", "căn cước");
        seen(page, "track-office");
        page.getByLabel("Bốn số cuối điện thoại").fill("0001");
        String form = page.locator("input[name=form]").inputValue();
        go(page, "Giữ tại bưu cục");

        assertThat(page.innerText("main")).contains("Bưu gửi chờ bạn tại bưu cục", "Bưu cục Đông Hà", "Từ ngày");
        seen(page, "track-office-done");
        assertThat(stop(code, "RESULT").at("/next/act").asText()).isEqualTo("HAND_OUT");
        assertThat(events(code)).contains("HELD_FOR_PICKUP");
        page.getByText("Về hồ sơ").click();
        assertThat(page.innerText("main h1")).isEqualTo("Giữ tại bưu cục");

        Http.Answer again = send(code, "office", "digits=0001&form=" + form);
        assertThat(again.whole().headers().firstValue("location").orElse(""))
                .as("done already")
                .endsWith("/office/done");
        assertThat(handlings(code, "HELD_FOR_PICKUP")).isEqualTo(1);
    }

    @Test
    void by_a_link_that_was_sent_another_door_is_named_in_words_and_an_old_name_put_into_todays() {
        String code = atTheOffice();
        Page page = browser.page(Browser.PHONE);
        page.navigate(hub.at("/track/" + sent(code)).toString());
        page.locator("a:text-is('Đổi địa chỉ')").last().click();
        go(page, "Tiếp tục");
        assertThat(page.innerText(".summary")).contains("Hãy nhập số nhà");
        seen(page, "track-address");
        page.getByLabel("Số nhà, đường, thôn").fill("34 đường Thử");
        page.getByLabel("Xã hoặc phường, và tỉnh").fill("xã Hải Thượng");
        go(page, "Tiếp tục");
        assertThat(page.locator("#commune .choice").allInnerTexts()).anyMatch(one -> one.contains("Xã Hải Lăng"));
        seen(page, "track-address-asked");
        page.getByLabel("Xã hoặc phường, và tỉnh").fill("phường 1, thị xã Quảng Trị, tỉnh Quảng Trị");
        go(page, "Tiếp tục");
        assertThat(page.innerText("main")).contains("Xem lại địa chỉ mới", "34 đường Thử", "Phường Quảng Trị");
        assertThat(page.innerText(".note")).isNotBlank();
        seen(page, "track-address-confirm");
        page.getByLabel("Bốn số cuối điện thoại").fill("0001");
        go(page, "Đổi địa chỉ");

        assertThat(page.innerText("main h1")).isEqualTo("Đã đổi địa chỉ");
        seen(page, "track-address-done");
        assertThat(page.innerText("main")).doesNotContain("34 đường Thử");
        assertThat(page.url()).matches(".*/track/[\\w-]{20,}/\\d+/address/done\\?seal=[\\w-]+");
        assertThat(events(code)).contains("ADDRESS_CHANGED");
        assertThat(column(code, "receiver #>> '{address,street}'")).isEqualTo("34 đường Thử");
        assertThat(column(code, "to_office")).isEqualTo("521000");
        assertThat(column(code, "receiver ->> 'name'")).isEqualTo("Lê Thị Mẫu");
    }

    @Test
    void whoever_has_only_code_and_digits_is_sent_a_link_to_the_telephone_before_an_address_can_change() {
        String code = atTheOffice();
        Page page = browser.page(Browser.PHONE);
        page.navigate(story(code));
        page.locator("a:text-is('Đổi địa chỉ')").last().click();

        assertThat(page.innerText("main h1")).isEqualTo("Nhận đường dẫn qua tin nhắn");
        seen(page, "track-link");
        page.getByLabel("Bốn số cuối điện thoại").fill("0001");
        go(page, "Gửi đường dẫn");
        assertThat(page.innerText("main h1")).isEqualTo("Đường dẫn đang được gửi");
        String sealed = page.url();
        page.navigate(sealed.replaceFirst("\\?.*", ""));
        assertThat(page.url()).as("opened by hand it claims nothing").doesNotContain("/done");
        page.navigate(sealed.replace("/link/", "/address/"));
        assertThat(page.url()).as("the seal is this page's").doesNotContain("/done");
        page.navigate(sealed);
        seen(page, "track-link-done");
        assertThat(page.innerText("main")).contains("từ 21:00 đến 07:00 thì chờ đến 07:00");
        assertThat(hub.db()
                        .sql("select count(*) from notice n join leg l on l.id = n.leg join dossier_code c"
                                + " on c.dossier = l.dossier where c.code = :code and n.what = 'LINK'")
                        .param("code", code)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        Http.Answer forced = send(code, "address", "street=1&commune=19360&digits=0001&form=" + "x".repeat(38));
        assertThat(forced.status()).isEqualTo(422);
        assertThat(events(code)).doesNotContain("ADDRESS_CHANGED");
    }

    @Test
    void what_comes_too_late_is_said() {
        String code = atTheOffice();
        Page page = browser.page(Browser.PHONE);
        page.navigate(story(code));
        page.locator("a:text-is('Đến bưu cục nhận')").click();
        worker.scans("OUT_FOR_DELIVERY", item(code, "RESULT"));
        page.getByLabel("Bốn số cuối điện thoại").fill("0001");
        go(page, "Giữ tại bưu cục");

        assertThat(page.innerText("main")).contains("Việc này không còn làm được", "Đang đi phát");
        seen(page, "track-late");
        assertThat(handlings(code, "HELD_FOR_PICKUP")).isZero();
        page.getByText("Về hồ sơ").click();
        assertThat(page.locator("a:text-is('Đến bưu cục nhận')").count()).isZero();
        assertThat(Http.get(hub.at("/track/" + link(code) + "/" + no(code) + "/office"), Map.of())
                        .status())
                .isEqualTo(409);
    }

    /** The worker's phone had no signal when it was granted. */
    @Test
    void what_turns_out_to_have_come_too_late_stands_on_the_page_with_what_holds_instead() {
        String code = atTheOffice();
        String before = OffsetDateTime.now(ZoneOffset.ofHours(7)).toString();
        Page page = browser.page(Browser.PHONE);
        page.navigate(story(code));
        page.locator("a:text-is('Đến bưu cục nhận')").click();
        page.getByLabel("Bốn số cuối điện thoại").fill("0001");
        go(page, "Giữ tại bưu cục");
        assertThat(page.url()).endsWith("/office/done");

        worker.scans("OUT_FOR_DELIVERY", item(code, "RESULT"), Map.of("occurredAt", before));
        page.navigate(story(code));

        assertThat(page.innerText("main h1")).isEqualTo("Đang đi phát");
        assertThat(page.innerText(".card:has-text('Không làm được như bạn đã chọn')"))
                .contains("Kết quả đến bạn", "nhận tại bưu cục", "“Đang đi phát”");
        seen(page, "track-unmet");
        page.navigate(story(code) + "?lang=en");
        assertThat(page.innerText("main")).contains("What you chose cannot be done", "“Out for delivery”");
        assertThat(language(code)).as("switched, with the link").isEqualTo("en");
    }

    private static String language(String code) {
        return hub.db()
                .sql("select language from citizen_language where dossier ="
                        + " (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .query(String.class)
                .optional()
                .orElse("none");
    }

    @Test
    void a_stranger_with_the_link_guesses_a_few_times_and_no_more() {
        String code = atTheOffice();
        String link = link(code);
        String form = form(link, code, "office");
        for (int i = 0; i < 5; i++) {
            assertThat(send(code, "office", "digits=777" + i + "&form=" + form).status())
                    .isIn(422, 429);
        }

        Http.Answer blocked = send(link, code, "office", "digits=0001&form=" + form);

        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.whole().headers().firstValue("retry-after")).isPresent();
        assertThat(blocked.whole().body()).contains("Đã nhập sai quá nhiều lần");
        assertThat(handlings(code, "HELD_FOR_PICKUP")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "office, digits=0001&form=, 422",
        "office, digits=0001&form=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, 422",
        "day, digits=0001&day=2999-01-01&form=AAAA, 422",
        "day, digits=0001&day=%27&form=AAAA, 422",
        "day, day=, 422",
        "nothing, digits=0001, 404",
        "office, , 200"
    })
    void a_form_that_we_did_not_give_out_does_nothing(String act, String form, int status) {
        String code = atTheOffice();

        assertThat(send(code, act, form == null ? "" : form).status()).isEqualTo(status);

        assertThat(handlings(code, "HELD_FOR_PICKUP") + handlings(code, "REDELIVERY_REQUESTED"))
                .isZero();
    }

    /** The number on the leg was written otherwise meanwhile, so that the same form says something else. */
    @ParameterizedTest
    @ValueSource(strings = {"office", "link"})
    void a_form_that_was_used_for_something_else_is_asked_for_again(String act) {
        String code = atTheOffice();
        String link = link(code);
        String form = "digits=0001&form=" + form(link, code, act);
        assertThat(send(link, code, act, form).status()).isEqualTo(302);
        hub.db()
                .sql(
                        "update leg set receiver = jsonb_set(receiver::jsonb, '{phone}', '\"0911110001\"') where kind = 'RESULT'"
                                + " and dossier = (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .update();

        Http.Answer answer = send(link, code, act, form);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.whole().body()).contains("Trang này đã mở quá lâu", "id=\"digits-error\"");
    }

    @Test
    void a_form_of_another_dossier_does_nothing() {
        String code = atTheOffice();
        String other = atTheOffice();

        String body = "digits=0001&form=" + form(link(other), other, "office");

        assertThat(send(code, "office", body).status()).isEqualTo(422);
        assertThat(handlings(code, "HELD_FOR_PICKUP")).isZero();
    }

    @Test
    void a_page_of_another_citizen_is_not_found() {
        String code = filed();
        assertThat(Http.get(hub.at("/track/" + link(code) + "/99/day"), Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(Http.get(hub.at("/track/" + "A".repeat(43) + "/1/day"), Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void all_of_it_is_there_in_english() {
        String code = filed();
        failedAtTheDoor(code);
        Page page = browser.page(Browser.PHONE);
        page.navigate(story(code) + "?lang=en");
        assertThat(page.innerText("main")).contains("You can", "Choose another day", "Change the address");
        page.locator("a:text-is('Choose another day')").click();
        page.locator("input[type=radio]").first().check();
        go(page, "Continue");
        page.getByLabel("Last four digits").fill("0001");
        Browser.isAccessible(page);
        go(page, "Agree on this day");
        assertThat(page.innerText("main h1")).isEqualTo("The day is agreed");
        assertThat(language(code)).isEqualTo("en");
        Browser.isAccessible(page);
    }

    private static void go(Page page, String button) {
        page.locator("main button:text-is('" + button + "')").click();
        page.waitForLoadState();
    }

    private static void seen(Page page, String name) {
        assertThat(page.locator("script").count()).isZero();
        assertThat(page.content()).doesNotContain("??", "0900000001", "Lê Thị Mẫu", "12 đường Mẫu");
        look(page, name);
    }

    private static String story(String code) {
        return hub.at("/track/" + link(code)).toString();
    }

    /** As it stands in a message to the telephone. */
    private static String sent(String code) {
        return hub.bean(TrackLinks.class)
                .sent(
                        UUID.fromString(column(code, "dossier::text")),
                        "0900000001",
                        LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")));
    }

    /** A form as it is given out. */
    private static String form(String link, String code, String act) {
        return hub.bean(Forms.class).next("/track/" + link + "/" + no(code) + "/" + act);
    }

    private static Http.Answer send(String code, String act, String form) {
        return send(link(code), code, act, form);
    }

    private static Http.Answer send(String link, String code, String act, String form) {
        return Http.form(hub.at("/track/" + link + "/" + no(code) + "/" + act), Map.of(), form);
    }

    private static String no(String code) {
        return column(code, "no::text");
    }

    /** Of the result. */
    private static String column(String code, String what) {
        return hub.db()
                .sql("select " + what + " from leg where kind = 'RESULT' and dossier ="
                        + " (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .query(String.class)
                .single();
    }

    private static List<String> events(String code) {
        return hub.db()
                .sql("select body::jsonb #>> '{event,code}' from message where direction = 'OUT' and partner = 'dvcqg'"
                        + " and subject = :code")
                .param("code", code)
                .query(String.class)
                .list();
    }

    private static long handlings(String code, String handling) {
        return hub.db()
                .sql("select count(*) from handling h join leg l on l.id = h.leg join dossier_code c"
                        + " on c.dossier = l.dossier where c.code = :code and h.code = :handling")
                .param("code", code)
                .param("handling", handling)
                .query(Long.class)
                .single();
    }

    private static JsonNode stop(String code, String kind) {
        return worker.worklist().stream()
                .filter(one -> one.path("dossier").toString().contains(code)
                        && one.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static String item(String code, String kind) {
        return column(code, "item");
    }

    private static String written(String day) {
        return LocalDate.parse(day).format(java.time.format.DateTimeFormatter.ofPattern("dd/MM/yyyy"));
    }

    /** A result that lies at the office that delivers it. */
    private static String atTheOffice() {
        String code = filed();
        dispatch(code);
        worker.scans("RESULT_COLLECTED", item(code, "RESULT"));
        worker.scans("FACILITY_IN", item(code, "RESULT"));
        return code;
    }

    private static void dispatch(String code) {
        var said = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        said.withArray("results").addObject().put("dossier", code);
        said.putObject("by").put("user", "can-bo").put("agency", "000.00.12.H50");
        hub.bean(vn.bocau.wire.Entrance.class)
                .bring(new vn.bocau.journal.Inbound("desk", "desk-" + code, "desk.dispatch", said));
    }
}
