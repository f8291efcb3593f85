package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.Browser;
import vn.bocau.journey.Worker;

/** What could not be delivered is never without an owner: the clerk sees why, and sends it again or says how it was seen to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReturnsPageTest extends OneStop {

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void what_came_back_is_sent_again_to_another_door(int width) {
        String code = asks(DONG_HA, "12 Hùng Vương");
        String item = comesBack(code);
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/returns").toString());
        look(page, "desk-returns-" + width);
        assertThat(row(page, code).textContent())
                .contains("Không có người này tại địa chỉ", "Quyết định về bưu gửi bị hoàn", "Hạn");
        row(page, code).locator("a.button").click();
        look(page, "desk-again-" + width);
        page.getByLabel("Số nhà, đường, thôn").fill("Thôn Hà Xá, xã Triệu Ái, huyện Triệu Phong");
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator(".summary").textContent()).contains("hai nơi khác nhau");
        page.getByLabel("Số nhà, đường, thôn").fill("9 Lê Lợi");
        page.locator("main form button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains("RV");
        assertThat(of(code, "l.kind")).isEqualTo("RESULT");
        assertThat(of(code, "p.step")).isEqualTo("READY");
        assertThat(of(code, "l.item")).isNotEqualTo(item);
        assertThat(of(code, "l.receiver #>> '{address,street}'")).isEqualTo("9 Lê Lợi");
        page.navigate(hub.at("/desk/returns").toString());
        assertThat(row(page, code).count()).isZero();
    }

    @Test
    void what_the_citizen_fetched_at_the_agency_is_recorded_with_how() {
        String code = asks(DONG_HA, "12 Hùng Vương");
        comesBack(code);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns").toString());
        row(page, code).locator("a:has-text('Không gửi nữa')").click();
        page.locator("main form button[type=submit]").click();
        look(page, "desk-settle-wrong");
        assertThat(page.locator(".summary").textContent()).contains("500 ký tự");
        page.getByLabel("Đã giải quyết thế nào?").fill("Công dân đã đến nhận tại cơ quan.");
        page.locator("main form button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(row(page, code).count()).isZero();
        assertThat(of(code, "p.closed")).isEqualTo("t");
        assertThat(hub.db()
                        .sql("select by from handling_review where what = 'SETTLED' and reason like 'Công dân đã đến%'")
                        .query(String.class)
                        .list())
                .containsExactly("can-bo");
    }

    @Test
    void who_is_called_and_will_fetch_it_finds_it_at_the_post_office() {
        String code = asks(DONG_HA, "12 Hùng Vương");
        String item = dispatched(List.of(code)).get(0);
        Worker worker = worker("buu-ta");
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ADDRESS_INCOMPLETE"));
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/returns?search=" + code).toString());
        assertThat(row(page, code).locator("a[href^='tel:']").getAttribute("href"))
                .matches("tel:\\+?[0-9]{9,12}");

        row(page, code).locator("form[action$='/call'] button").click();
        assertThat(page.locator(".summary").textContent()).contains("kết quả gọi");
        for (String outcome : List.of("NO_ANSWER", "WILL_FETCH")) {
            row(page, code).locator("select").selectOption(outcome);
            row(page, code).locator("form[action$='/call'] button").click();
            assertThat(page.locator("[role=status]").first().textContent()).contains("ghi cuộc gọi", code);
        }
        assertThat(row(page, code).textContent())
                .containsSubsequence("can-bo đã gọi: Sẽ đến nhận", "can-bo đã gọi: Không nghe máy");
        look(page, "desk-returns-called");
        assertThat(of(code, "p.owner_kind")).isEqualTo("AGENCY");

        row(page, code).locator("form[action$='/hold'] button").click();
        assertThat(page.locator("[role=status]").first().textContent())
                .containsPattern("chờ công dân đến bưu cục nhận, từ ngày [0-9/]{10}");
        assertThat(of(code, "p.step || ' ' || p.owner_kind || ' ' || p.next_act"))
                .isEqualTo("HELD POST_OFFICE HAND_OUT");
        assertThat(told(code)).contains("HELD_FOR_PICKUP");
        assertThat(row(page, code).textContent()).contains("Giữ đến hết", "Chờ công dân", "Sẽ đến nhận");
        assertThat(row(page, code).locator("form[action$='/hold']").count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void what_waits_at_the_post_office_or_failed_once_stands_below_what_the_agency_decides(int width) {
        String back = asks(DONG_HA, "1 Hùng Vương");
        comesBack(back);
        String held = asks(DONG_HA, "2 Hùng Vương");
        Worker worker = worker("buu-ta");
        String item = dispatched(List.of(held)).get(0);
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ABSENT"));
        worker.scans("HELD_FOR_PICKUP", item);
        String failed = asks(DONG_HA, "3 Hùng Vương");
        item = dispatched(List.of(failed)).get(0);
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ABSENT"));
        String pickup = sends("Nguyễn Văn H");
        worker.scans("PICKUP_FAILED", of(pickup, "l.item"), Map.of("reason", "ABSENT"));
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/returns").toString());
        look(page, "desk-returns-held-" + width);

        assertThat(page.locator("main h2").allInnerTexts())
                .containsExactly("Cơ quan quyết định", "Để biết, và gọi công dân nếu cần");
        assertThat(codes(page, "decide")).contains(back).doesNotContain(held, failed, pickup);
        assertThat(codes(page, "know")).contains(held, failed, pickup).doesNotContain(back);
        for (String pile : List.of("decide", "know")) {
            assertThat(page.locator("[aria-labelledby=" + pile + "] caption").textContent())
                    .startsWith(codes(page, pile).size() + " bưu gửi");
        }
        assertThat(row(page, held).textContent())
                .contains("Vắng", "Chờ công dân", "Giữ đến hết", "Hỏi: Bưu cục", "sau đó chuyển hoàn");
        assertThat(row(page, failed).textContent()).contains("Vắng", "Hạn").doesNotContain("Chờ công dân");
        assertThat(row(page, failed).locator("form[action$='/hold']").count()).isOne();

        row(page, pickup).locator("select").selectOption("CALL_LATER");
        row(page, pickup).locator("form[action$='/call'] button").click();
        assertThat(row(page, pickup).textContent()).contains("can-bo đã gọi: Hẹn gọi lại");
        row(page, held).locator("a.button").click();
        page.getByLabel("Số nhà, đường, thôn").fill("9 Lê Lợi");
        page.locator("main form button[type=submit]").click();
        assertThat(page.url()).endsWith("/desk/returns");
        assertThat(of(held, "p.step")).isEqualTo("TO_DELIVER_AGAIN");
        assertThat(of(held, "l.receiver #>> '{address,street}'")).isEqualTo("9 Lê Lợi");
        assertThat(row(page, held).count()).isZero();

        page.navigate(hub.at("/desk/returns?search=" + failed).toString());
        assertThat(page.locator(".note").textContent()).contains("không có bưu gửi nào chờ cơ quan quyết định");
        assertThat(codes(page, "know")).containsExactly(failed);
        page.navigate(hub.at("/desk/returns?search=" + back).toString());
        assertThat(page.locator("main h2").allInnerTexts()).containsExactly("Cơ quan quyết định");
        page.navigate(hub.at("/desk/returns?search=khong-co").toString());
        assertThat(page.locator("main h2").count()).isZero();
    }

    @Test
    void what_was_held_for_as_long_as_it_may_be_is_not_held_again_by_a_clerk() {
        String code = asks(DONG_HA, "12 Hùng Vương");
        String item = dispatched(List.of(code)).get(0);
        Worker worker = worker("buu-ta");
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("HELD_FOR_PICKUP", item);
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ADDRESS_INCOMPLETE"));
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns?search=" + code).toString());
        assertThat(row(page, code).locator("form[action$='/hold']").count()).isOne();
        hub.db()
                .sql("update handling set happened_at = happened_at - interval '12 days', recorded_at = recorded_at"
                        + " - interval '12 days' where item = :item and code <> 'DELIVERY_FAILED'")
                .param("item", item)
                .update();

        row(page, code).locator("form[action$='/hold'] button").click();

        assertThat(page.locator(".summary").textContent()).contains("Không giữ được tại bưu cục");
        assertThat(of(code, "p.step")).isEqualTo("DELIVERY_FAILED");
        assertThat(row(page, code).locator("form[action$='/hold']").count()).isZero();
    }

    @Test
    void what_is_not_where_it_would_be_fetched_cannot_be_held() {
        String code = asks(DONG_HA, "12 Hùng Vương");
        comesBack(code);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns?search=" + code).toString());
        assertThat(row(page, code).locator("form[action$='/hold']").count()).isZero();
        assertThatThrownBy(() -> hub.bean(Clerks.class)
                        .say(
                                new Clerk("can-bo", CENTRE),
                                "hold",
                                java.util.UUID.randomUUID().toString(),
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("dossier", code)
                                        .put("leg", of(code, "l.id"))))
                .isInstanceOf(vn.bocau.code.Refused.class);
    }

    @Test
    void an_address_that_was_not_found_is_verified_and_the_item_goes_out_again() {
        String code = asks(DONG_HA, "12 Hùng Vương");
        String item = dispatched(List.of(code)).get(0);
        Worker worker = worker("buu-ta");
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ADDRESS_INCOMPLETE"));
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns").toString());
        row(page, code).locator("a.button").click();
        page.getByLabel("Số nhà, đường, thôn").fill("12 Hùng Vương, khu phố 3");
        page.locator("main form button[type=submit]").click();

        assertThat(page.url()).endsWith("/desk/returns");
        assertThat(row(page, code).count()).isZero();
        assertThat(of(code, "p.step")).isEqualTo("TO_DELIVER_AGAIN");
        assertThat(told(code)).contains("ADDRESS_CHANGED");
    }

    /** Whoever sends it knows where it goes; the agency that decides now never had these papers. */
    @Test
    void an_address_is_put_right_by_who_sent_the_item_also_when_the_dossier_has_gone_on() {
        String code = sends("Nguyễn Văn P");
        Worker worker = worker("buu-ta");
        worker.scans("COLLECTED", of(code, "l.item"));
        worker.scans("HANDED_TO_AGENCY", of(code, "l.item"));
        refusesAndSendsBack(code);
        String item = of(code, "l.item");
        worker.scans("RESULT_COLLECTED", item);
        hub.bean(Clerks.class)
                .say(
                        new Clerk("can-bo", CENTRE),
                        "transfer",
                        java.util.UUID.randomUUID().toString(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("dossier", code)
                                .put("toAgency", "000.01.12.H50")
                                .put("byPost", false));
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ADDRESS_INCOMPLETE"));
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns?search=" + code).toString());
        row(page, code).locator("a.button").click();
        page.getByLabel("Số nhà, đường, thôn").fill("12 Hùng Vương, khu phố 3");
        page.locator("main form button[type=submit]").click();

        assertThat(page.url()).endsWith("/desk/returns");
        assertThat(of(code, "p.step")).isEqualTo("TO_DELIVER_AGAIN");
        assertThat(of(code, "l.receiver #>> '{address,street}'")).contains("khu phố 3");
    }

    @Test
    void what_was_lost_while_its_address_was_put_right_goes_out_anew_only_when_the_clerk_has_seen_that() {
        String code = asks(DONG_HA, "12 Hùng Vương");
        String item = dispatched(List.of(code)).get(0);
        Worker worker = worker("buu-ta");
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ADDRESS_INCOMPLETE"));
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/returns?search=" + code).toString());
        row(page, code).locator("a.button").click();
        page.getByLabel("Số nhà, đường, thôn").fill("9 Lê Lợi");
        worker("to-truong").scans("LOST", item);
        page.locator("main form button[type=submit]").click();

        assertThat(page.locator(".summary").textContent()).contains("Trong khi trang này mở");
        assertThat(page.locator("h1").textContent()).contains("Gửi lại");
        assertThat(page.getByLabel("Số nhà, đường, thôn").inputValue()).isEqualTo("9 Lê Lợi");
        assertThat(of(code, "l.item")).isEqualTo(item);
        page.locator("main form button[type=submit]").click();
        assertThat(of(code, "concat_ws(' ', l.kind, p.step)")).isEqualTo("RESULT READY");
    }

    @Test
    void what_another_agency_did_not_get_goes_to_it_once_more() {
        String code = sends("Nguyễn Văn T");
        Worker worker = worker("buu-ta");
        worker.scans("COLLECTED", of(code, "l.item"));
        worker.scans("HANDED_TO_AGENCY", of(code, "l.item"));
        hub.bean(Clerks.class)
                .say(
                        new Clerk("can-bo", CENTRE),
                        "transfer",
                        java.util.UUID.randomUUID().toString(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("dossier", code)
                                .put("toAgency", "000.01.12.H50"));
        String item = of(code, "l.item");
        comesBack(item, worker);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns?search=" + code).toString());
        look(page, "desk-returns-transfer");
        row(page, code).locator("form[action$='/again'] button").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(code, "phong bì mới");
        assertThat(of(code, "concat_ws(' ', l.kind, p.step, l.agency, l.to_agency)"))
                .isEqualTo("TRANSFER READY " + CENTRE + " 000.01.12.H50");
        assertThat(of(code, "l.item")).isNotEqualTo(item);
        assertThat(row(page, code).count()).isZero();
    }

    @Test
    void of_what_does_not_wait_here_nobody_says_that_the_post_comes_again() {
        Page page = signedIn("can-bo", Browser.DESKTOP);
        String code = asks(DONG_HA, "12 Hùng Vương");
        comesBack(code);
        page.navigate(hub.at("/desk/returns?search=" + code).toString());
        // As when a colleague was quicker: the form is still on the page, and what it is about is not.
        page.evaluate("document.querySelector(\"form[action$='/call']\").action = '/desk/returns/"
                + java.util.UUID.randomUUID() + "/deliver'");
        row(page, code).locator("form button:has-text('cuộc gọi')").click();
        assertThat(page.locator("[role=status]").first().textContent()).contains("không còn chờ ở đây");
    }

    @Test
    void a_pickup_whose_address_was_not_found_is_put_right_too() {
        String code = sends("Nguyễn Văn F");
        worker("buu-ta").scans("PICKUP_FAILED", of(code, "l.item"), Map.of("reason", "ADDRESS_INCOMPLETE"));
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns").toString());
        assertThat(row(page, code).textContent()).contains("Nguyễn Văn F", "Địa chỉ thiếu");
        row(page, code).locator("a.button").click();
        page.getByLabel("Số nhà, đường, thôn").fill("12 Hùng Vương, khu phố 3");
        page.locator("main form button[type=submit]").click();

        assertThat(page.url()).endsWith("/desk/returns");
        assertThat(row(page, code).count()).isZero();
        assertThat(of(code, "l.sender #>> '{address,street}'")).contains("khu phố 3");
    }

    @Test
    void papers_that_came_back_go_out_again_as_papers_and_the_dossier_stays_refused() {
        String code = sends("Nguyễn Văn G");
        Worker worker = worker("buu-ta");
        worker.scans("COLLECTED", of(code, "l.item"));
        worker.scans("HANDED_TO_AGENCY", of(code, "l.item"));
        refusesAndSendsBack(code);
        comesBack(of(code, "l.item"), worker);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns").toString());
        row(page, code).locator("a.button").click();
        String address = page.url();
        page.locator("main form button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(of(code, "l.item"));
        assertThat(of(code, "l.kind")).isEqualTo("ORIGINALS_BACK");
        assertThat(of(code, "d.status")).isEqualTo("3");
        assertThat(page.navigate(address).status()).isEqualTo(404);
    }

    private static void refusesAndSendsBack(String code) {
        hub.bean(Clerks.class)
                .say(
                        new Clerk("can-bo", CENTRE),
                        "refuse",
                        "form-" + code.substring(code.length() - 8),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("dossier", code)
                                .put("returnPapers", true)
                                .set(
                                        "reasons",
                                        JsonNodeFactory.instance.arrayNode().add("Sai nơi nộp.")));
    }

    /** Of the dossiers in one of the tables. */
    private static List<String> codes(Page page, String pile) {
        return page.locator("[aria-labelledby=" + pile + "] tbody td:first-child code:not(.item)")
                .allInnerTexts();
    }

    /** @return its item */
    private static String comesBack(String code) {
        String item = dispatched(List.of(code)).get(0);
        comesBack(item, worker("buu-ta"));
        return item;
    }

    private static void comesBack(String item, Worker worker) {
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "UNKNOWN_PERSON"));
        worker("to-truong").scans("RETURN_APPROVED", item);
        worker.scans("RETURNING", item);
        worker.scans("RETURNED_TO_AGENCY", item);
    }
}
