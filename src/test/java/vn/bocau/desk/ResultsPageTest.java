package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.Browser;
import vn.bocau.code.Refused;
import vn.bocau.journey.Filed;

/** A clerk gives results to the post, by hand and by scanner. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResultsPageTest extends OneStop {

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void what_is_certain_goes_and_what_is_not_says_how_it_is_mended(int width) {
        String good = promised(asks(DONG_HA, "12 Hùng Vương"));
        String old = promised(asksInWords("Thôn Long Hưng, xã Hải Phú, huyện Hải Lăng, tỉnh Quảng Trị"));
        String unclear = asks(DONG_HA, "Thôn Hà Xá, xã Triệu Ái, huyện Triệu Phong");
        Page page = signedIn("can-bo", width);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Mở bàn một cửa"))
                .click();
        look(page, "desk-today-" + width);
        page.locator("main table a[href='/desk/results']").first().click();
        look(page, "desk-results-" + width);

        assertThat(row(page, unclear).locator("input[type=checkbox]").isDisabled())
                .isTrue();
        assertThat(row(page, unclear).locator(".error").textContent()).contains("hai nơi khác nhau");
        assertThat(row(page, old).textContent()).contains("Hải Lăng");
        row(page, good).locator("input[type=checkbox]").check();
        row(page, old).locator("input[type=checkbox]").check();
        page.locator("main button[type=submit]").last().click();
        look(page, "desk-dispatched-" + width);

        assertThat(page.locator("[role=status]").textContent()).contains("2 kết quả đã chuyển, 0 ở lại");
        assertThat(step(good)).isEqualTo("READY");
        assertThat(step(old)).isEqualTo("READY");
        assertThat(commune(old)).hasSize(5).isNotEqualTo(DONG_HA);

        page.getByText("Về danh sách").click();
        row(page, unclear).locator("a[href$='/address']").click();
        look(page, "desk-address-" + width);
        page.getByText("Lưu nơi nhận").click();
        assertThat(page.locator(".summary a").textContent()).contains("Hãy chọn xã, phường");
        page.locator("input[type=radio]").nth(0).check();
        page.getByText("Lưu nơi nhận").click();
        assertThat(page.locator(".summary a").textContent()).contains("hai nơi khác nhau");
        page.getByLabel("Số điện thoại").fill("12");
        page.locator("input[type=radio]").nth(1).check();
        page.getByText("Lưu nơi nhận").click();
        look(page, "desk-address-wrong-" + width);
        assertThat(page.locator(".summary a").textContent()).contains("số điện thoại");
        page.getByLabel("Số điện thoại").fill("0905 123 456");
        page.getByText("Lưu nơi nhận").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(unclear);
        assertThat(commune(unclear)).isNotEqualTo(DONG_HA);
        assertThat(row(page, unclear).locator("input[type=checkbox]").isEnabled())
                .isTrue();
        assertThat(told(unclear)).contains("ADDRESS_CHANGED");
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void what_is_taken_at_the_door_stands_beside_each_and_is_given_otherwise_as_in_a_file(int width) {
        String asked = promised(asksWithCod());
        String off = promised(asksWithCod());
        String wrong = promised(asksWithCod());
        String kept = promised(asksWithCod());
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/results").toString());
        assertThat(row(page, asked).locator(".door").textContent())
                .contains("Cước 30.000 đ", "Thu hộ 200.000 đ cho Văn phòng công chứng Mẫu");

        otherwise(page, asked, "", "90000", "dich-thuat-mau");
        assertThat(row(page, asked).locator("input[type=checkbox]").isChecked())
                .as("what somebody writes an amount for goes")
                .isTrue();
        otherwise(page, off, "", "0", "");
        otherwise(page, wrong, "", "chín mươi", "khong-co");
        row(page, kept).locator("input[type=checkbox]").check();
        look(page, "desk-results-money-" + width);
        row(page, off).locator("input[type=checkbox]").uncheck();
        page.locator("main button[type=submit]").last().click();
        look(page, "desk-results-left-" + width);
        assertThat(page.locator(".summary").textContent()).contains(off, "chưa đánh dấu");
        assertThat(step(kept)).isEqualTo("AWAITING_RESULT");
        assertThat(row(page, asked).locator("input[name^='cod.']").inputValue()).isEqualTo("90000");
        row(page, off).locator("input[type=checkbox]").check();
        page.locator("main button[type=submit]").last().click();
        look(page, "desk-dispatched-money-" + width);

        assertThat(of(asked, "concat_ws(' ', l.cod_due, l.payee_due)")).isEqualTo("90000 dich-thuat-mau");
        assertThat(of(off, "l.cod_due::text")).isEqualTo("0");
        assertThat(of(kept, "concat_ws(' ', l.cod_due, l.payee_due)")).isEqualTo("200000 cong-chung-mau");
        assertThat(step(wrong)).isEqualTo("AWAITING_RESULT");
        assertThat(row(page, wrong).locator(".error").first().textContent())
                .contains("Tiền thu hộ (COD): ", "số đồng thu hộ");
    }

    private static void otherwise(Page page, String code, String fee, String cod, String payee) {
        row(page, code).locator("summary").click();
        row(page, code).getByLabel("Phí phải thu").fill(fee);
        row(page, code).getByLabel("Tiền thu hộ").fill(cod);
        row(page, code).getByLabel("Mã đơn vị thụ hưởng").fill(payee);
    }

    private static String asksWithCod() {
        ObjectNode wish = Filed.both(DONG_HA);
        wish.remove("pickup");
        wish.withObject("/result").put("postage", 30_000);
        wish.withObject("/result/cod").put("amount", 200_000).put("payee", "cong-chung-mau");
        return files(wish);
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void all_are_those_that_may_be_decided_and_of_the_others_it_is_asked(int width) {
        String due = promised(asks(DONG_HA, "1 Lê Lợi"));
        String undecided = asks(DONG_HA, "2 Lê Lợi");
        String papers = promised(asksForBoth());
        String later = promised(asks(DONG_HA, "3 Lê Lợi"), 20);
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/results").toString());
        page.locator("[data-all]").check();
        assertThat(row(page, due).locator("input[type=checkbox]").isChecked()).isTrue();
        for (String early : List.of(undecided, papers, later)) {
            assertThat(row(page, early).locator("input[type=checkbox]").isChecked())
                    .isFalse();
        }
        page.locator("[data-all]").uncheck();
        for (String one : List.of(due, undecided, papers, later)) {
            row(page, one).locator("input[type=checkbox]").check();
        }
        assertThat(row(page, undecided).textContent()).contains("Chưa hẹn ngày trả");
        page.locator("main button[type=submit]").last().click();

        assertThat(page.locator(".summary").textContent()).contains("3 hồ sơ đã đánh dấu chưa giải quyết xong");
        assertThat(row(page, later).textContent()).contains("Hẹn trả ");
        row(page, later).locator("input[type=checkbox]").uncheck();
        look(page, "desk-results-early-" + width);
        assertThat(of(due, "d.status")).isEqualTo("2");
        assertThat(of(undecided, "d.status")).isEqualTo("1");
        assertThat(row(page, undecided).locator("input[type=checkbox]").isChecked())
                .isTrue();
        row(page, papers).locator("input[type=checkbox]").uncheck();
        page.locator("main button[type=submit]").last().click();
        assertThat(page.locator(".summary").textContent()).contains("1 hồ sơ đã đánh dấu chưa giải quyết xong");
        row(page, undecided).locator("input[type=checkbox]").uncheck();
        row(page, papers).locator("input[type=checkbox]").check();
        page.locator("#early").check();
        page.locator("main button[type=submit]").last().click();
        assertThat(page.locator(".summary").textContent())
                .as("the yes was for the other one")
                .contains("1 hồ sơ đã đánh dấu chưa giải quyết xong");
        row(page, papers).locator("input[type=checkbox]").uncheck();
        row(page, undecided).locator("input[type=checkbox]").check();
        page.locator("main button[type=submit]").last().click();
        page.locator("#early").check();
        withTheFieldsOfAFullPage(page);
        page.locator("main button[type=submit]").last().click();

        assertThat(page.locator("[role=status]").textContent()).contains("2 kết quả đã chuyển, 0 ở lại");
        assertThat(step(undecided)).isEqualTo("READY");
        assertThat(step(papers)).isEqualTo("AWAITING_RESULT");
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void what_was_given_by_mistake_is_taken_back_and_what_was_handed_out_here_is_waited_for_no_more(int width) {
        String mistaken = promised(asks(DONG_HA, "5 Lê Lợi"));
        String fetched = promised(asks(DONG_HA, "6 Lê Lợi"));
        String item = dispatched(List.of(mistaken)).get(0);
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/results").toString());
        row(page, fetched).locator("a[href$='/here']").click();
        look(page, "desk-here-" + width);
        assertThat(page.locator("#reason").count()).as("nothing was given").isZero();
        page.locator("form[action$='/handout'] button").click();
        look(page, "desk-here-unsure-" + width);
        assertThat(page.locator("#sure-error").textContent()).contains("đúng hồ sơ");
        assertThat(of(fetched, "p.step || ' ' || d.status")).isEqualTo("AWAITING_RESULT 2");
        page.locator("#sure").check();
        page.locator("form[action$='/handout'] button").click();
        assertThat(page.locator("[role=status]").first().textContent()).contains(fetched);
        assertThat(row(page, fetched).count()).isZero();
        assertThat(of(fetched, "p.step || ' ' || d.status")).isEqualTo("CANCELLED 9");

        page.locator("[role=status] a").click();
        look(page, "desk-dossier-mistake-" + width);
        page.locator("main a[href$='/here']").click();
        look(page, "desk-not-handed-out-" + width);
        page.locator("#reason").fill("Bấm nhầm hồ sơ.");
        Page second = page.context().newPage();
        second.navigate(page.url());
        second.locator("#reason").fill("Bấm nhầm hồ sơ.");
        page.locator("form[action$='/takeback'] button").click();
        look(page, "desk-dossier-undone-" + width);
        assertThat(page.locator("[role=status]").first().textContent()).contains(fetched);
        assertThat(of(fetched, "p.step || ' ' || d.status")).isEqualTo("AWAITING_RESULT 2");
        second.locator("form[action$='/takeback'] button").click();
        assertThat(second.locator("[role=status]").first().textContent()).contains("đã được giải quyết");
        second.close();

        page.navigate(hub.at("/desk/handover?search=" + item).toString());
        look(page, "desk-handover-here-" + width);
        String number =
                manifest("can-bo", List.of(item)).path("manifests").path(0).asText();
        page.navigate(hub.at("/desk/handover/" + number).toString());
        look(page, "desk-manifest-here-" + width);
        row(page, item).locator("a[href$='/here']").click();
        String here = page.url();
        page.locator("form[action$='/takeback'] button").click();
        look(page, "desk-here-wrong-" + width);
        assertThat(page.locator("#reason-error").textContent()).contains("ký tự");
        assertThat(of(mistaken, "p.step || ' ' || d.status")).isEqualTo("READY 9");
        page.locator("#reason").fill("Đánh dấu nhầm, chưa ký.");
        page.locator("form[action$='/takeback'] button").click();
        look(page, "desk-taken-back-" + width);
        assertThat(page.locator("[role=status]").first().textContent()).contains(mistaken);
        assertThat(row(page, mistaken).locator("input[type=checkbox]").isEnabled())
                .isTrue();
        assertThat(of(mistaken, "p.step || ' ' || d.status")).isEqualTo("AWAITING_RESULT 2");
        assertThat(hub.db()
                        .sql("select note from handling where code = 'VOIDED' and leg = cast(:leg as uuid)")
                        .param("leg", of(mistaken, "l.id"))
                        .query(String.class)
                        .list())
                .hasSize(2)
                .containsOnly("Đánh dấu nhầm, chưa ký.");
        page.navigate(here);
        assertThat(page.locator("#reason").count()).as("taken back already").isZero();
        assertThat(page.navigate(here.replaceAll("[0-9a-f]{12}/here", "000000000000/here"))
                        .status())
                .isEqualTo(404);
    }

    /** Two hundred results that were all scanned: a dossier, its mark, and three amounts of each. */
    private static void withTheFieldsOfAFullPage(Page page) {
        page.locator("form[data-tick]")
                .evaluate("form => { for (let i = 0; i < 1000; i++) {"
                        + " const field = document.createElement('input');"
                        + " field.type = 'hidden'; field.name = 'fee.of-row-' + i; form.append(field); } }");
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void those_that_are_due_and_those_whose_address_is_not_certain_are_shown_by_themselves(int width) {
        String due = promised(asks(DONG_HA, "3 Lê Lợi"));
        String later = promised(asks(DONG_HA, "4 Lê Lợi"));
        String unclear = promised(asks(DONG_HA, "Thôn Hà Xá, xã Triệu Ái, huyện Triệu Phong"));
        dueIn(due, "0 hours");
        dueIn(later, "9 days");
        dueIn(unclear, "9 days");
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/results").toString());
        page.locator("#only").selectOption("due");
        page.locator("form[role=search] button").click();
        look(page, "desk-results-due-" + width);
        assertThat(row(page, due).count()).isEqualTo(1);
        assertThat(row(page, later).count()).isZero();
        assertThat(row(page, unclear).count()).isZero();
        page.locator("#only").selectOption("address");
        page.locator("form[role=search] button").click();
        assertThat(row(page, due).count()).isZero();
        assertThat(row(page, unclear).count()).isEqualTo(1);
        assertThat(page.locator("tbody tr").count())
                .isEqualTo(page.locator("tbody tr .error").count());
        page.locator("main form[data-tick] button[type=submit]").last().click();
        assertThat(page.locator("#only").inputValue())
                .as("stays when nothing was ticked")
                .isEqualTo("address");
        assertThat(row(page, due).count()).isZero();
        page.locator("form[role=search] a").click();
        assertThat(row(page, due).count()).isEqualTo(1);
        assertThat(page.navigate(hub.at("/desk/results?only=all").toString()).status())
                .isEqualTo(400);
    }

    private static void dueIn(String code, String time) {
        hub.db()
                .sql("update progress set due_at = clock_timestamp() + cast(:time as interval) where leg ="
                        + " (select l.id from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code)")
                .param("time", time)
                .param("code", code)
                .update();
    }

    private static String asksForBoth() {
        return files(Filed.both(DONG_HA));
    }

    @Test
    void a_scanner_ticks_and_nothing_else_goes() {
        List<String> codes = ask(3);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/results").toString());
        page.keyboard().type(codes.get(1).toLowerCase(java.util.Locale.ROOT));
        page.keyboard().press("Enter");
        page.keyboard().type("KHONG-CO");
        page.keyboard().press("Enter");

        assertThat(page.locator("[data-said]").textContent()).contains("KHONG-CO");
        assertThat(page.locator("tbody input:checked").count()).isEqualTo(1);
        page.locator("main button[type=submit]").last().click();
        assertThat(step(codes.get(1))).isEqualTo("READY");
        assertThat(step(codes.get(0))).isEqualTo("AWAITING_RESULT");
    }

    @Test
    void a_form_sent_twice_gives_nothing_twice_and_one_with_nothing_ticked_says_so() {
        String code = promised(asks(DONG_HA, "1 Lê Lợi"));
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/results?search=" + code).toString());
        page.locator("main button[type=submit]").last().click();
        look(page, "desk-results-nothing");
        assertThat(page.locator(".summary").textContent()).contains("ít nhất một kết quả");

        row(page, code).locator("input[type=checkbox]").check();
        page.locator("main button[type=submit]").last().click();
        String item = page.locator("tbody code").nth(1).textContent();
        page.reload();

        assertThat(page.locator("tbody code").nth(1).textContent()).isEqualTo(item);
        assertThat(hub.db()
                        .sql("select count(*) from handling where code = 'RESULT_READY' and item = :item"
                                + " or leg = (select id from leg where item = :item) and code = 'RESULT_READY'")
                        .param("item", item)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_form_that_this_page_did_not_give_out_and_a_code_that_nobody_can_have_cost_nothing() {
        String code = asks(DONG_HA, "1 Lê Lợi");
        assertThatThrownBy(() -> hub.bean(Clerks.class)
                        .say(new Clerk("can-bo", CENTRE), "dispatch", "\0", JsonNodeFactory.instance.objectNode()))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo("form"));

        JsonNode answer = dispatch("can-bo", List.of("A\0", code));
        assertThat(answer.path("results").findValuesAsText("outcome")).containsExactly("REFUSED", "DISPATCHED");
    }

    @Test
    void two_clerks_at_once_never_give_the_same_result_nor_take_the_same_number() {
        List<String> codes = ask(40);
        List<CompletableFuture<JsonNode>> both = List.of("can-bo", "can-bo-2").stream()
                .map(clerk -> CompletableFuture.supplyAsync(() -> dispatch(clerk, codes)))
                .toList();
        List<String> items = new ArrayList<>();
        both.forEach(answer -> items.addAll(answer.join().path("results").findValuesAsText("item")));

        assertThat(items).hasSize(40);
        assertThat(new HashSet<>(items)).hasSize(40);
        assertThat(both.stream()
                        .flatMap(answer -> answer.join().path("results").findValuesAsText("outcome").stream())
                        .filter("REFUSED"::equals)
                        .count())
                .isEqualTo(40);
    }

    @Test
    void nobody_else_opens_the_desk_and_nobody_sees_another_agencys() {
        String code = asks(DONG_HA, "1 Lê Lợi");
        String leg = hub.db()
                .sql("select l.id from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code")
                .param("code", code)
                .query(String.class)
                .single();
        for (String other : List.of("buu-ta", "to-truong", "truc-ca", "quan-tri")) {
            Page page = signedIn(other, Browser.DESKTOP);
            assertThat(page.navigate(hub.at("/desk").toString()).status())
                    .as(other)
                    .isEqualTo(404);
        }
        assertThat(browser.page(Browser.PHONE)
                        .navigate(hub.at("/desk/results").toString())
                        .url())
                .contains("/login");
        hub.db()
                .sql("update leg set agency = '000.01.12.H50' where id = cast(:leg as uuid)")
                .param("leg", leg)
                .update();
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/results").toString());
        assertThat(page.content()).doesNotContain(code);
        assertThat(page.navigate(hub.at("/desk/items/" + leg + "/address").toString())
                        .status())
                .isEqualTo(404);
        assertThat(page.locator("h1").textContent()).isEqualTo("Không tìm thấy");
        assertThat(page.navigate(hub.at("/desk/items/x/address").toString()).status())
                .isEqualTo(400);
        assertThat(page.navigate(hub.at("/desk/results?page=0").toString()).status())
                .isEqualTo(400);
    }

    private static String step(String code) {
        return of(code, "p.step");
    }

    private static String commune(String code) {
        return of(code, "l.receiver #>> '{address,commune}'");
    }
}
