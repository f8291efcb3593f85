package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.Browser;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Worker;

/** Papers that the post brought are taken with a day, refused, or asked to be supplemented. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PapersPageTest extends OneStop {

    private static final LocalDate DAY = Stream.iterate(Filed.today().plusDays(14), day -> day.plusDays(1))
            .filter(hub.bean(Deadlines.class).desksWork())
            .findFirst()
            .orElseThrow();

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void those_scanned_are_taken_with_one_day_for_all(int width) {
        String here = sends("Nguyễn Văn A");
        String near = sends("Nguyễn Văn B");
        String later = sends("Nguyễn Văn C");
        arrives(here);
        Worker worker = worker("buu-ta");
        worker.scans("COLLECTED", of(near, "l.item"));
        arrives(later);
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/papers").toString());
        page.keyboard().type(of(here, "l.item"));
        page.keyboard().press("Enter");
        page.keyboard().type(of(near, "l.item"));
        page.keyboard().press("Enter");
        page.locator("form[data-tick] button[type=submit]").click();
        assertThat(page.locator(".summary").textContent()).contains("ngày hẹn trả");
        look(page, "desk-papers-" + width);
        assertThat(page.locator("tbody input:checked").count()).isEqualTo(2);
        page.locator("#appointment").fill(DAY.toString());
        page.locator("form[data-tick] button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains("2 hồ sơ");
        assertThat(row(page, here).count()).isZero();
        assertThat(row(page, near).count()).isZero();
        assertThat(row(page, later).count()).isEqualTo(1);
        assertThat(of(here, "d.appointment")).isEqualTo(DAY.toString());
        assertThat(of(near, "p.step")).isEqualTo("HANDED_TO_AGENCY");
        assertThat(told(here)).contains("RECEIVED");
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void all_are_those_that_are_here_and_of_the_others_it_is_asked(int width) {
        String name = "Nguyễn Văn K" + width;
        String here = sends(name);
        String coming = sends(name);
        String another = sends(name);
        arrives(here);
        worker("buu-ta").scans("COLLECTED", of(another, "l.item"));
        worker("buu-ta").scans("COLLECTED", of(coming, "l.item"));
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/papers").toString());
        page.locator("[data-all]").check();
        assertThat(row(page, here).locator("input[type=checkbox]").isChecked()).isTrue();
        assertThat(row(page, coming).locator("input[type=checkbox]").isChecked())
                .isFalse();
        page.locator("[data-all]").uncheck();
        row(page, here).locator("input[type=checkbox]").check();
        row(page, coming).locator("input[type=checkbox]").check();
        page.locator("#appointment").fill(DAY.toString());
        page.locator("form[data-tick] button[type=submit]").click();

        assertThat(page.locator(".summary").textContent()).contains("chưa báo đã giao 1 phong bì");
        page.waitForLoadState();
        page.locator("[data-all]").waitFor();
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        look(page, "desk-papers-coming-" + width);
        assertThat(of(coming, "p.step")).isEqualTo("COLLECTED");
        assertThat(of(here, "d.status")).isEqualTo("1");

        row(page, coming).locator("input[type=checkbox]").uncheck();
        row(page, another).locator("input[type=checkbox]").check();
        page.locator("#coming").check();
        page.locator("form[data-tick] button[type=submit]").click();
        assertThat(page.locator(".summary").textContent())
                .as("the yes was for the other one")
                .contains("chưa báo đã giao 1 phong bì");
        row(page, another).locator("input[type=checkbox]").uncheck();
        row(page, coming).locator("input[type=checkbox]").check();
        page.locator("form[data-tick] button[type=submit]").click();
        page.locator("#coming").check();
        page.locator("form[data-tick] button[type=submit]").click();
        assertThat(page.locator("[role=status]").first().textContent()).contains("2 hồ sơ");
        assertThat(of(coming, "p.step")).isEqualTo("HANDED_TO_AGENCY");
    }

    @Test
    void what_is_missing_is_fetched_by_the_post_and_the_portal_hears_of_it() {
        String code = sends("Nguyễn Văn D");
        arrives(code);
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        row(page, code).locator("a").click();
        page.locator("summary:has-text('bổ sung')").click();
        page.locator("details[open] button[type=submit]").click();
        look(page, "desk-decide-wrong");
        assertThat(page.locator(".summary a").count()).isEqualTo(2);
        page.locator("#missing").fill("Giấy chứng sinh\nTờ khai");
        page.locator("#reason").fill("Bản chụp không đọc được.");
        page.locator("details[open] button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(of(code, "l.kind")).isEqualTo("SUPPLEMENT");
        assertThat(of(code, "d.status")).isEqualTo("5");
        assertThat(told(code)).contains("SUPPLEMENT_ASKED");

        arrives(code);
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        assertThat(row(page, code).count()).isEqualTo(1);
    }

    /** A copy will do, or the citizen brings it: whichever page it is asked on. */
    @ParameterizedTest
    @ValueSource(strings = {"/desk/papers?search=", "/desk/dossiers?code="})
    void what_is_missing_may_be_a_copy_and_may_be_brought_by_the_citizen(String list) {
        for (String left : List.of("originals", "byPost")) {
            String code = sends("Nguyễn Văn L");
            arrives(code);
            Page page = signedIn("can-bo", Browser.PHONE);
            page.navigate(hub.at(list + code).toString());
            if (list.contains("papers")) {
                row(page, code).locator("a").click();
            }
            page.locator("summary:has-text('bổ sung')").click();
            page.locator("#missing").fill("Giấy chứng sinh");
            page.locator("input[name=" + left + "]").uncheck();
            page.locator("details[open] button[type=submit]").click();
            assertThat(page.locator("input[name=" + left + "]").isChecked())
                    .as("what else was wrong changes no box")
                    .isFalse();
            page.locator("#reason").fill("Bản chụp không đọc được.");
            page.locator("details[open] button[type=submit]").click();

            assertThat(page.locator("[role=status]").first().textContent()).contains(code);
            assertThat(of(code, "d.status")).isEqualTo("5");
            assertThat(of(code, "l.kind")).isEqualTo(left.equals("byPost") ? "PICKUP" : "SUPPLEMENT");
        }
    }

    @Test
    void what_is_refused_goes_back_and_a_day_that_has_passed_is_none() {
        String code = sends("Nguyễn Văn E");
        arrives(code);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/papers").toString());
        row(page, code).locator("a").click();
        look(page, "desk-decide");
        String address = page.url();
        page.locator("#appointment").fill("2026-01-05");
        page.locator("main button[type=submit]").first().click();
        assertThat(page.locator(".summary").textContent()).contains("đã qua");
        assertThat(page.locator("#appointment").inputValue()).isEqualTo("2026-01-05");
        page.locator("summary:has-text('Không tiếp nhận')").click();
        page.locator("#reasons").fill("Hồ sơ thuộc thẩm quyền cấp tỉnh.");
        page.locator("details[open] button[type=submit]").click();

        assertThat(of(code, "l.kind")).isEqualTo("ORIGINALS_BACK");
        assertThat(of(code, "d.status")).isEqualTo("3");
        assertThat(page.navigate(address).status()).isEqualTo(404);
    }

    @Test
    void what_another_agency_decides_is_sent_on_to_it() throws Exception {
        String code = sends("Nguyễn Văn H");
        arrives(code);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        row(page, code).locator("a").click();
        page.locator("summary:has-text('cơ quan khác')").click();
        page.locator("details[open] button[type=submit]").click();
        assertThat(page.locator(".summary").textContent()).contains("một cơ quan trong danh sách");
        page.locator("#toAgency").selectOption("000.04.12.H50");
        page.locator("details[open] button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(of(code, "l.kind")).isEqualTo("TRANSFER");
        assertThat(of(code, "d.agency")).isEqualTo("000.04.12.H50");
        assertThat(told(code)).contains("TRANSFERRED");
        String item = of(code, "l.item");
        page.navigate(hub.at("/desk/handover?search=" + code).toString());
        assertThat(row(page, code).textContent())
                .as("with what waits to be fetched")
                .contains(item);
        byte[] label = page.request()
                .get(hub.at("/desk/labels?item=" + item).toString())
                .body();
        assertThat(read(label, "label-transfer")).contains("CODE-128:" + item);
        assertThat(manifest("can-bo", List.of(item)).path("manifests")).hasSize(1);
    }

    /** The post has said of neither that it handed it over. */
    @Test
    void two_envelopes_of_one_dossier_are_taken_together() {
        String code = sends("Nguyễn Văn Hai");
        String first = of(code, "l.item");
        worker("buu-ta").scans("COLLECTED", first);
        ObjectNode more = JsonNodeFactory.instance
                .objectNode()
                .put("dossier", code)
                .put("reason", "Thiếu")
                .put("byPost", true);
        more.withArray("papers")
                .addObject()
                .put("name", "Giấy chứng sinh")
                .put("original", true)
                .put("count", 1);
        hub.bean(Clerks.class)
                .say(
                        new Clerk("can-bo", CENTRE),
                        "supplement",
                        UUID.randomUUID().toString(),
                        more);
        String second = of(code, "l.item");
        worker("buu-ta").scans("COLLECTED", second);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        for (String item : List.of(first, second)) {
            page.keyboard().type(item);
            page.keyboard().press("Enter");
        }
        page.locator("#appointment").fill(DAY.toString());
        page.locator("form[data-tick] button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains("1 hồ sơ");
        assertThat(page.locator(".summary").count()).isZero();
        assertThat(row(page, code).count()).isZero();
        assertThat(hub.db()
                        .sql(
                                "select p.step from progress p join leg l on l.id = p.leg where l.item in (:first, :second)")
                        .param("first", first)
                        .param("second", second)
                        .query(String.class)
                        .list())
                .containsExactly("HANDED_TO_AGENCY", "HANDED_TO_AGENCY");
        assertThat(told(code)).containsOnlyOnce("RECEIVED");
    }

    /** No envelope came, or one that nobody waits for any more: the dossier is there all the same. */
    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void a_dossier_no_envelope_came_of_is_decided_by_its_code(int width) {
        String code = asks(DONG_HA, "5 Hùng Vương");
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/papers").toString());
        page.locator("a[href^='/desk/dossiers']").click();
        page.locator("#code").fill("000.99");
        page.locator("form[role=search] button").click();
        assertThat(page.locator("[role=status]").textContent()).contains("không giải quyết hồ sơ nào");
        page.locator("#code").fill(code);
        page.locator("form[role=search] button").click();
        page.locator("summary:has-text('bổ sung')").click();
        page.locator("details[open] button[type=submit]").click();
        assertThat(page.locator(".summary a").count()).isEqualTo(2);
        look(page, "desk-dossier-wrong-" + width);
        page.locator("#missing").fill("Giấy chứng sinh");
        page.locator("#reason").fill("Bản chụp không đọc được.");
        page.locator("details[open] button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        look(page, "desk-dossier-" + width);
        assertThat(page.locator("main").textContent()).contains("Chờ bổ sung giấy tờ", "Giấy chứng sinh");
        assertThat(of(code, "l.kind")).isEqualTo("SUPPLEMENT");
        assertThat(told(code)).contains("SUPPLEMENT_ASKED");
        page.locator("summary:has-text('cơ quan khác')").click();
        page.locator("#toAgency").selectOption("000.04.12.H50");
        page.locator("details[open] button[type=submit]").click();
        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(of(code, "d.agency")).isEqualTo("000.04.12.H50");
        assertThat(of(code, "l.kind")).as("there is no paper to be taken there").isEqualTo("SUPPLEMENT");
        page.navigate(hub.at("/desk/dossiers?code=" + code).toString());
        assertThat(page.locator("[role=status]").textContent()).contains("không giải quyết hồ sơ nào");
    }

    /** Of a neighbour's code, say: no envelope of it is under way, so that it stands on no list. */
    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void a_dossier_refused_by_mistake_is_received_after_all(int width) {
        String code = sends("Nguyễn Văn V");
        arrives(code);
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/dossiers?code=" + code).toString());
        page.locator("summary:has-text('Không tiếp nhận')").click();
        page.locator("#reasons").fill("Nhầm mã.");
        page.locator("details[open] button[type=submit]").click();
        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(of(code, "d.status || ' ' || l.kind || ' ' || p.step")).isEqualTo("3 ORIGINALS_BACK READY");

        page.locator("summary:has-text('Rút lại')").click();
        assertThat(page.locator("main").textContent()).doesNotContain("không còn gì để quyết định");
        assertThat(page.locator("#reasons, #toAgency").count()).isZero();
        page.locator("main section button[type=submit]").click();
        assertThat(page.locator("#appointment-error").isVisible()).isTrue();
        look(page, "desk-dossier-refused-" + width);
        page.locator("#appointment").fill(DAY.toString());
        page.locator("main section button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(of(code, "d.status || ' ' || l.kind || ' ' || p.step")).isEqualTo("2 ORIGINALS_BACK CANCELLED");
        assertThat(page.locator("summary:has-text('Rút lại')").count()).isZero();
    }

    /** Filed wholly online, or carried by the commune's own car: its envelope is on no list. */
    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void a_dossier_that_another_agency_sent_on_in_no_envelope_is_on_the_list_until_it_is_decided(int width) {
        ObjectNode wish = Filed.both(DONG_HA);
        wish.remove("pickup");
        wish.withObject("/dossier").put("agency", "000.01.12.H50");
        String code = files(wish);
        hub.bean(Clerks.class)
                .say(
                        new Clerk("can-bo-dong-ha", "000.01.12.H50"),
                        "transfer",
                        UUID.randomUUID().toString(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("dossier", code)
                                .put("toAgency", CENTRE)
                                .put("byPost", false));
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk").toString());
        page.locator("[aria-labelledby=ours] a:has-text('Tiếp nhận, yêu cầu bổ sung')")
                .click();
        page.locator("a[href='#sent-on']").click();
        assertThat(page.locator("[aria-labelledby=sent-on]").isVisible()).isTrue();
        look(page, "desk-papers-sent-on-" + width);
        row(page, code).locator("a").click();
        page.locator("#appointment").fill(DAY.toString());
        page.locator("main section button[type=submit]").click();
        assertThat(page.locator("[role=status]").first().textContent()).contains(code);

        assertThat(of(code, "d.status || ' ' || d.appointment")).isEqualTo("2 " + DAY);
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        assertThat(row(page, code).count()).isZero();
    }

    /** Nobody has ever told where the citizen lives: it goes without the post, and the page says so where that is chosen. */
    @Test
    void of_a_dossier_without_an_address_the_post_fetches_and_brings_nothing() {
        String code = files(Filed.both(DONG_HA).without(List.of("pickup", "result")));
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/dossiers?code=" + code).toString());
        page.locator("summary:has-text('Không tiếp nhận')").click();
        page.locator("#reasons").fill("Sai nơi nộp.");
        page.locator("#returnPapers").check();
        page.locator("details[open] button[type=submit]").click();
        assertThat(page.locator("#returnPapers-error").textContent()).contains("địa chỉ", "bỏ đánh dấu gửi trả");
        assertThat(page.locator("#reasons-error").count()).isZero();
        page.locator("details[open] summary").click();
        page.locator("summary:has-text('bổ sung')").click();
        page.locator("#missing").fill("Giấy chứng sinh");
        page.locator("#reason").fill("Bản chụp không đọc được.");
        page.locator("details[open] button[type=submit]").click();
        look(page, "desk-dossier-no-address");
        assertThat(page.locator("#byPost-error").textContent()).contains("địa chỉ", "bỏ đánh dấu bưu tá");
        assertThat(page.locator(".summary a").getAttribute("href")).isEqualTo("#byPost");
        page.locator("#byPost").uncheck();
        page.locator("details[open] button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(page.locator("main").textContent()).contains("Chờ bổ sung giấy tờ");
    }

    @Test
    void what_a_colleague_has_decided_meanwhile_is_not_undone_on_a_stale_page() {
        String code = asks(DONG_HA, "6 Hùng Vương");
        String address = hub.at("/desk/dossiers?code=" + code).toString();
        Page stale = signedIn("can-bo", Browser.DESKTOP);
        stale.navigate(address);
        Page colleague = signedIn("can-bo", Browser.DESKTOP);
        colleague.navigate(address);
        colleague.locator("summary:has-text('bổ sung')").click();
        colleague.locator("#missing").fill("Giấy chứng sinh");
        colleague.locator("#reason").fill("Bản chụp không đọc được.");
        colleague.locator("details[open] button[type=submit]").click();
        stale.locator("#appointment").fill(DAY.toString());
        stale.locator("main section button[type=submit]").click();

        assertThat(stale.locator(".summary").textContent()).contains("đồng nghiệp đã quyết định");
        look(stale, "desk-dossier-stale");
        assertThat(stale.locator("#status").textContent()).contains("Chờ bổ sung giấy tờ");
        assertThat(of(code, "d.status")).isEqualTo("5");

        stale.locator("main section button[type=submit]").click();
        assertThat(stale.locator("[role=status]").first().textContent()).contains(code);
        assertThat(of(code, "d.status")).isEqualTo("2");
    }

    /** The envelope is still under way, and so is on the list: a colleague has refused the dossier meanwhile. */
    @Test
    void a_refusal_is_not_undone_by_who_has_not_seen_it_on_the_page_of_the_envelope_nor_on_the_list() {
        String code = sends("Nguyễn Văn U");
        worker("buu-ta").scans("COLLECTED", of(code, "l.item"));
        Page stale = signedIn("can-bo", Browser.PHONE);
        stale.navigate(hub.at("/desk/papers?search=" + code).toString());
        row(stale, code).locator("a").click();
        Page list = signedIn("can-bo", Browser.DESKTOP);
        list.navigate(hub.at("/desk/papers?search=" + code).toString());
        hub.bean(Clerks.class)
                .say(
                        new Clerk("can-bo", CENTRE),
                        "refuse",
                        UUID.randomUUID().toString(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("dossier", code)
                                .set(
                                        "reasons",
                                        JsonNodeFactory.instance.arrayNode().add("Sai nơi nộp.")));
        assertThat(of(code, "p.step || ' ' || d.status")).isEqualTo("COLLECTED 3");

        stale.locator("#appointment").fill(DAY.toString());
        stale.locator("main section button[type=submit]").click();
        assertThat(stale.locator(".summary").textContent()).contains("đồng nghiệp đã quyết định");
        look(stale, "desk-decide-stale");
        list.keyboard().type(of(code, "l.item"));
        list.keyboard().press("Enter");
        list.locator("#appointment").fill(DAY.toString());
        list.locator("form[data-tick] button[type=submit]").click();
        assertThat(list.locator(".summary").textContent()).contains(code, "đồng nghiệp đã quyết định");
        assertThat(of(code, "p.step || ' ' || d.status")).isEqualTo("COLLECTED 3");

        stale.locator("#appointment").fill(DAY.toString());
        stale.locator("main section button[type=submit]").click();
        assertThat(stale.locator("[role=status]").first().textContent()).contains(code);
        assertThat(of(code, "p.step || ' ' || d.status")).isEqualTo("HANDED_TO_AGENCY 2");
    }

    @Test
    void what_was_not_ticked_stays_so_when_something_else_was_wrong() {
        String code = sends("Nguyễn Văn R");
        arrives(code);
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/dossiers?code=" + code).toString());
        page.locator("summary:has-text('Không tiếp nhận')").click();
        page.locator("input[name=returnPapers]").uncheck();
        page.locator("details[open] button[type=submit]").click();
        assertThat(page.locator(".summary").isVisible()).isTrue();
        assertThat(page.locator("input[name=returnPapers]").isChecked()).isFalse();
        page.locator("#reasons").fill("Hồ sơ thuộc thẩm quyền cấp tỉnh.");
        page.locator("details[open] button[type=submit]").click();

        page.waitForURL(url -> url.contains("code="));
        assertThat(of(code, "d.status")).isEqualTo("3");
        assertThat(of(code, "l.kind")).as("nothing goes back").isEqualTo("PICKUP");
    }

    /** The phone has not reported it yet: with the clerk's word it is here, and the scan that comes later asks for nothing more. */
    @Test
    void an_envelope_that_is_asked_to_be_supplemented_is_here() {
        String code = sends("Nguyễn Văn S");
        Worker worker = worker("buu-ta");
        String item = of(code, "l.item");
        worker.scans("COLLECTED", item);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        row(page, code).locator("a").click();
        page.locator("summary:has-text('bổ sung')").click();
        page.locator("#missing").fill("Giấy chứng sinh");
        page.locator("#reason").fill("Bản chụp không đọc được.");
        page.locator("details[open] button[type=submit]").click();
        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        worker.send(worker.handling("HANDED_TO_AGENCY", item, Map.of()));

        assertThat(owed(code)).containsExactly("ACCEPT_PICKUP");
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        assertThat(row(page, code).count()).isZero();
    }

    /** The agency it went to has the papers now, and said nothing of them, whatever the first one had said. */
    @Test
    void papers_that_came_from_another_agency_are_owed_an_answer_too() {
        String code = sends("Nguyễn Văn T");
        arrives(code);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        row(page, code).locator("a").click();
        page.locator("#appointment").fill(DAY.toString());
        page.locator("main button[type=submit]").first().click();
        page.navigate(hub.at("/desk/dossiers?code=" + code).toString());
        page.locator("summary:has-text('cơ quan khác')").click();
        assertThat(page.locator("input[name=carried]").isChecked()).isTrue();
        page.locator("#toAgency").selectOption("000.04.12.H50");
        page.locator("details[open] button[type=submit]").click();
        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(of(code, "l.kind || ' ' || d.status")).isEqualTo("TRANSFER 2");
        arrives(code);

        assertThat(of(code, "p.next_act || ' ' || p.owner")).isEqualTo("DECIDE_ON_DOSSIER 000.04.12.H50");
    }

    /** What the post brought and nobody has said anything about is owed by the agency, until it has. */
    @Test
    void papers_that_came_are_owed_an_answer_until_there_is_one() {
        String code = sends("Nguyễn Văn Q");
        arrives(code);
        assertThat(of(code, "p.next_act || ' ' || p.owner_kind || ' ' || p.owner"))
                .isEqualTo("DECIDE_ON_DOSSIER AGENCY " + CENTRE);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk").toString());
        assertThat(page.locator("main").textContent()).contains("Tiếp nhận, yêu cầu bổ sung hoặc từ chối");
        look(page, "desk-owed-papers");
        page.locator("main a[href='/desk/papers']").first().click();
        row(page, code).locator("a").click();
        page.locator("summary:has-text('bổ sung')").click();
        page.locator("#missing").fill("Giấy chứng sinh");
        page.locator("#reason").fill("Bản chụp không đọc được.");
        page.locator("details[open] button[type=submit]").click();

        assertThat(owed(code)).containsExactly("ACCEPT_PICKUP");
        arrives(code);
        assertThat(owed(code)).containsExactly("DECIDE_ON_DOSSIER");
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        row(page, code).locator("a").click();
        page.locator("#appointment").fill(DAY.toString());
        page.locator("main button[type=submit]").first().click();
        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(owed(code)).isEmpty();
    }

    /** On all legs of a dossier. */
    private static List<String> owed(String code) {
        return hub.db()
                .sql("select p.next_act from progress p join leg l on l.id = p.leg join dossier_code c"
                        + " on c.dossier = l.dossier where c.code = :code and not p.closed")
                .param("code", code)
                .query(String.class)
                .list();
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void all_that_lies_there_is_held_against_what_the_post_says_it_brought(int width) {
        String here = sends("Nguyễn Văn A");
        String missing = sends("Nguyễn Văn B");
        String before = sends("Nguyễn Văn C");
        String coming = sends("Nguyễn Văn D");
        String anothers = sends("Nguyễn Văn E");
        String ours = asks(DONG_HA, "1 Lê Lợi");
        String sent = dispatched(List.of(ours)).get(0);
        Stream.of(here, missing, before, anothers).forEach(PapersPageTest::arrives);
        worker("buu-ta").scans("COLLECTED", of(coming, "l.item"));
        hub.db()
                .sql("update leg set agency = '000.04.12.H50' where item = :item")
                .param("item", of(anothers, "l.item"))
                .update();
        // From its office to the agency's it has a way to go.
        hub.db()
                .sql("update leg set to_office = '521000' where item = :item")
                .param("item", of(coming, "l.item"))
                .update();
        aged(before);
        String out = sends("Nguyễn Văn Đi");
        worker("buu-ta").scans("COLLECTED", of(out, "l.item"));
        worker("buu-ta").scans("OUT_FOR_DELIVERY", of(out, "l.item"));
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/papers").toString());
        page.locator("a[href='/desk/papers/check']").click();
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator(".summary").textContent()).contains("ít nhất một");
        String scanned = of(here, "l.item") + "\n" + of(here, "l.item").toLowerCase() + "\n" + of(anothers, "l.item")
                + "\n" + sent + "\nRV999999997VN\n";
        page.locator("#items").fill(scanned);
        page.locator("form[action$='/check'] button").click();

        look(page, "desk-check-" + width);
        assertThat(page.locator("main h2").first().textContent()).contains("1 đúng", "3 thừa");
        assertThat(page.locator("[data-missing]").allTextContents())
                .anyMatch(line -> line.contains(missing))
                .noneMatch(line -> line.contains(before) || line.contains(coming) || line.contains(here));
        assertThat(page.locator("[data-out]").allTextContents())
                .anyMatch(line -> line.contains(out))
                .noneMatch(line -> line.contains(coming));
        assertThat(page.locator("[data-extra]").allTextContents())
                .satisfiesExactly(
                        line -> assertThat(line).contains(of(anothers, "l.item"), "trả lại bưu tá"),
                        line -> assertThat(line).contains(sent, "gửi đi"),
                        line -> assertThat(line).contains("RV999999997VN", "không có trong hệ thống"));
        assertThat(page.locator("summary").allTextContents())
                .anyMatch(line -> line.contains("những ngày trước"))
                .anyMatch(line -> line.contains("còn đang đến"));
        assertThat(of(here, "d.status")).isEqualTo("1");

        page.locator("#appointment").fill(DAY.toString());
        page.locator("form.card button[type=submit]").click();
        assertThat(page.locator("[role=status]").first().textContent()).contains("1 hồ sơ");
        assertThat(of(here, "d.appointment")).isEqualTo(DAY.toString());

        List<String> all = hub.bean(vn.bocau.dossier.AgencyPapers.class).of(CENTRE, null, 0, 500).rows().stream()
                .map(vn.bocau.dossier.AgencyPapers.Row::item)
                .toList();
        check(page, all.stream().filter(item -> !item.equals(of(out, "l.item"))));
        assertThat(page.locator("[role=status]").textContent()).contains("chưa chắc là đủ", out);
        look(page, "desk-check-out-" + width);
        check(page, all.stream());
        assertThat(page.locator("[role=status]").textContent()).contains("không thiếu, không thừa");
    }

    private static void check(Page page, Stream<String> items) {
        page.navigate(hub.at("/desk/papers/check").toString());
        page.locator("#items").fill(String.join("\n", items.toList()));
        page.locator("form[action$='/check'] button").click();
    }

    @Test
    void an_envelope_the_post_brought_in_vain_before_is_taken_when_it_is_here() {
        String code = sends("Nguyễn Văn R");
        Worker worker = worker("buu-ta");
        worker.scans("COLLECTED", of(code, "l.item"));
        worker.scans("DELIVERY_FAILED", of(code, "l.item"), Map.of("reason", "ABSENT"));
        assertThat(of(code, "p.step")).isEqualTo("DELIVERY_FAILED");
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/papers").toString());
        page.keyboard().type(of(code, "l.item"));
        page.keyboard().press("Enter");
        page.locator("#appointment").fill(DAY.toString());
        page.locator("form[data-tick] button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains("1 hồ sơ");
        assertThat(of(code, "p.step")).isEqualTo("HANDED_TO_AGENCY");
    }

    private static void aged(String code) {
        hub.db()
                .sql("update handling set happened_at = happened_at - interval '2 days' where item = :item")
                .param("item", of(code, "l.item"))
                .update();
    }

    private static void arrives(String code) {
        Worker worker = worker("buu-ta");
        worker.scans("COLLECTED", of(code, "l.item"));
        worker.scans("HANDED_TO_AGENCY", of(code, "l.item"));
    }

    @Test
    void a_day_on_which_nobody_is_there_is_asked_about_once() {
        String code = sends("Nguyễn Văn Chủ");
        arrives(code);
        LocalDate sunday = DAY.with(TemporalAdjusters.next(DayOfWeek.SUNDAY));
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/papers?search=" + code).toString());
        page.locator("tbody input[type=checkbox]").check();
        page.locator("#appointment").fill(sunday.toString());
        page.locator("form[data-tick] button[type=submit]").click();

        assertThat(page.locator(".summary").textContent()).contains("Chủ nhật hoặc ngày nghỉ");
        assertThat(page.locator("#appointment").inputValue()).isEqualTo(sunday.toString());
        assertThat(of(code, "coalesce(d.appointment::text, 'none')")).isEqualTo("none");
        look(page, "desk-papers-rest");
        page.locator("input[name=rest]").check();
        page.locator("form[data-tick] button[type=submit]").click();

        assertThat(of(code, "d.appointment")).isEqualTo(sunday.toString());
    }
}
