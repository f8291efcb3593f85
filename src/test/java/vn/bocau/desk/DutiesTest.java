package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.Browser;
import vn.bocau.dossier.AgencyDay;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Pile;
import vn.bocau.dossier.AgencyPapers;
import vn.bocau.dossier.Arrivals;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Worker;

/** Whatever an agency owes, on whatever leg: it is counted on the page of today, which leads to a page that shows it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DutiesTest extends OneStop {

    private static final String OTHER = "000.01.12.H50";

    private static Worker worker;
    private static Worker supervisor;

    /** What an agency owes, as the database has it. */
    record Duty(String owner, String act, String kind, String step, String dossier) {

        String what() {
            return act + " " + kind + " " + step;
        }
    }

    @BeforeAll
    static void one_dossier_for_each_duty() {
        worker = worker("buu-ta");
        supervisor = worker("to-truong");
        asks(DONG_HA, "1 Lê Lợi");
        worker.scans("DISPATCH_SHORT", result());
        String lost = fetched();
        supervisor.scans("LOST", lost);
        worker.scans("DELIVERY_FAILED", fetched(), Map.of("reason", "ADDRESS_INCOMPLETE"));
        worker.scans("PICKUP_FAILED", of(sends("Nguyễn Văn A"), "l.item"), Map.of("reason", "ADDRESS_INCOMPLETE"));
        comesBack(fetched());
        worker.scans("RETURNED_TO_AGENCY", comesBack(fetched()));
        worker.scans("DELIVERY_FAILED", comesBack(fetched()), Map.of("reason", "ADDRESS_INCOMPLETE"));
        turnedAway();
        turnedAwayBeforeItsResultWent();
        say("transfer", about(turnedAway()).put("toAgency", OTHER));
        ObjectNode refused = about(arrived()).put("returnPapers", true);
        refused.putArray("reasons").add("Thiếu giấy tờ");
        worker.scans("DISPATCH_SHORT", say("refuse", refused));
        worker.scans("DISPATCH_SHORT", transferred());
        String onItsWay = transferred();
        worker.scans("COLLECTED", onItsWay);
        supervisor.scans("LOST", onItsWay);
        onItsWay = transferred();
        worker.scans("COLLECTED", onItsWay);
        worker.scans("DELIVERY_FAILED", onItsWay, Map.of("reason", "ADDRESS_INCOMPLETE"));
        arrived();
        strayed();
    }

    @Test
    void every_duty_of_an_agency_is_on_the_page_of_today_and_on_the_page_that_it_leads_to() {
        assertThat(duties().stream().map(Duty::what).distinct())
                .containsExactlyInAnyOrder(
                        "DISPATCH RESULT AWAITING_RESULT",
                        "EXPLAIN_DIFFERENCE RESULT SHORT",
                        "EXPLAIN_DIFFERENCE ORIGINALS_BACK SHORT",
                        "EXPLAIN_DIFFERENCE TRANSFER SHORT",
                        "REISSUE RESULT LOST",
                        "DECIDE_ON_PAPERS TRANSFER LOST",
                        "DECIDE_ON_PAPERS PICKUP AGENCY_RETURNED",
                        "DECIDE_ON_DOSSIER PICKUP HANDED_TO_AGENCY",
                        "FORWARD PICKUP HANDED_TO_AGENCY",
                        "DECIDE_ON_RETURN RETURN RETURNED_TO_AGENCY",
                        "VERIFY_ADDRESS RESULT DELIVERY_FAILED",
                        "VERIFY_ADDRESS PICKUP PICKUP_FAILED",
                        "VERIFY_ADDRESS TRANSFER DELIVERY_FAILED",
                        "VERIFY_ADDRESS RETURN DELIVERY_FAILED");
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk").toString());
        for (Duty duty : duties()) {
            List<AgencyDay.Load> loads = hub.bean(AgencyDay.class).of(duty.owner()).stream()
                    .filter(load -> load.turn() == AgencyDay.Turn.OURS
                            && load.act().code().equals(duty.act()))
                    .toList();
            assertThat(loads).as(duty.what()).isNotEmpty();
            assertThat(loads)
                    .as(duty.toString())
                    .anySatisfy(load -> assertThat(shown(duty.owner(), load.where(), duty.dossier()))
                            .isTrue());
            if (duty.owner().equals(CENTRE)) {
                List<String> links = page
                        .locator("table a")
                        .filter(new com.microsoft.playwright.Locator.FilterOptions()
                                .setHasText(loads.get(0).act().vi()))
                        .all()
                        .stream()
                        .map(link -> link.getAttribute("href"))
                        .toList();
                assertThat(links).as(duty.toString()).anySatisfy(link -> {
                    APIResponse answer = page.request()
                            .get(hub.at(link + "?search=" + duty.dossier()).toString());
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.text()).contains("<code>" + duty.dossier() + "</code>");
                });
            }
        }
        assertThat(duties().stream().map(Duty::owner).distinct()).containsExactlyInAnyOrder(CENTRE, OTHER);
        assertThat(hub.bean(AgencyDay.class).mostUrgent(CENTRE, 10)).hasSize(10).allSatisfy(urgent -> {
            String link = page.locator("[aria-labelledby=urgent] a:has-text('" + urgent.dossier() + "')")
                    .first()
                    .getAttribute("href");
            assertThat(page.request().get(hub.at(link).toString()).text())
                    .as(urgent.toString())
                    .contains("<code>" + urgent.dossier() + "</code>");
        });
    }

    @Test
    void what_goes_to_an_agency_and_did_not_find_it_is_delivered_once_more() {
        Page page = signedIn("can-bo", Browser.DESKTOP);
        for (String kind : List.of("TRANSFER", "RETURN")) {
            oneMore(kind);
            Duty duty = duties().stream()
                    .filter(one ->
                            one.act().equals("VERIFY_ADDRESS") && one.kind().equals(kind))
                    .findFirst()
                    .orElseThrow();
            page.navigate(hub.at("/desk/returns").toString());
            Browser.isAccessible(page);
            row(page, duty.dossier()).locator("form[action$='/deliver'] button").click();
            assertThat(page.locator("[role=status]").textContent()).contains("ghi nhận");
            assertThat(of(duty.dossier(), "p.step")).isEqualTo("TO_DELIVER_AGAIN");
            assertThat(of(duty.dossier(), "p.owner_kind")).isNotEqualTo("AGENCY");
        }
    }

    @Test
    void what_was_turned_away_of_a_dossier_that_is_decided_now_is_taken_or_seen_to() {
        String taken = turnedAwayBeforeItsResultWent();
        String fetched = turnedAwayBeforeItsResultWent();
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/papers?search=" + taken).toString());
        look(page, "desk-papers-decided");
        assertThat(row(page, taken).locator("input[type=checkbox]").count()).isZero();
        row(page, taken).locator("a").click();
        look(page, "desk-decide-decided");
        page.locator("form[action$='/take'] button").click();
        assertThat(page.locator(".note[role=status]").textContent()).contains(taken);
        assertThat(pickup(taken, "p.step || ' ' || p.closed")).isEqualTo("HANDED_TO_AGENCY true");

        page.navigate(hub.at("/desk/papers?search=" + fetched).toString());
        row(page, fetched).locator("a").click();
        page.locator("summary").click();
        page.locator("form[action$='/settle'] button").click();
        assertThat(page.locator(".summary").textContent()).contains("500 ký tự");
        page.getByLabel("Đã giải quyết thế nào?").fill("Công dân đã nhận lại tại bưu cục.");
        page.locator("form[action$='/settle'] button").click();
        assertThat(page.locator(".note[role=status]").textContent()).contains(fetched);
        assertThat(pickup(fetched, "p.step || ' ' || p.closed")).isEqualTo("AGENCY_RETURNED true");

        assertThat(duties().stream().map(Duty::dossier)).doesNotContain(taken, fetched);
        page.navigate(hub.at("/desk/papers?search=" + fetched).toString());
        assertThat(row(page, fetched).count()).isZero();
    }

    @Test
    void papers_that_came_after_their_dossier_had_gone_on_are_sent_after_it_or_seen_to() {
        String on = strayed();
        String fetched = strayed();
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/papers?search=" + on).toString());
        look(page, "desk-papers-strayed");
        assertThat(row(page, on).locator("input[type=checkbox]").count()).isZero();
        assertThat(row(page, on).textContent()).contains("hồ sơ đã chuyển đến");
        assertThat(page.locator("#appointment, #scan, main form[method=post] button")
                        .count())
                .as("nothing to tick")
                .isZero();
        assertThat(hub.bean(Arrivals.class)
                        .of(CENTRE, List.of(of(on, "l.item")))
                        .extra())
                .singleElement()
                .satisfies(extra -> assertThat(extra.why().vi()).contains("chuyển tiếp"));
        row(page, on).locator("a").click();
        look(page, "desk-decide-strayed");
        page.locator("form[action$='/forward'] button").click();
        assertThat(page.locator(".note[role=status]").textContent()).contains(on);
        assertThat(of(on, "l.kind || ' ' || l.agency || ' ' || l.to_agency || ' ' || p.step"))
                .isEqualTo("TRANSFER " + CENTRE + " " + OTHER + " READY");

        page.navigate(hub.at("/desk/papers?search=" + fetched).toString());
        row(page, fetched).locator("a").click();
        page.locator("summary").click();
        page.getByLabel("Đã giải quyết thế nào?").fill("Cán bộ đã mang đến tận nơi.");
        page.locator("form[action$='/settle'] button").click();
        assertThat(page.locator(".note[role=status]").textContent()).contains(fetched);

        assertThat(duties().stream().map(Duty::dossier)).doesNotContain(on, fetched);
        page.navigate(hub.at("/desk/papers?search=" + fetched).toString());
        assertThat(row(page, fetched).count()).isZero();
    }

    @Test
    void what_waits_for_the_citizen_is_counted_as_such_and_stands_on_the_page_that_it_leads_to() {
        long before = waiting();
        String held = asks(DONG_HA, "8 Lê Lợi");
        String item = dispatched(List.of(held)).get(0);
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("HELD_FOR_PICKUP", item);
        String askedFor = sends("Nguyễn Văn D");
        worker.scans("PICKUP_FAILED", of(askedFor, "l.item"), Map.of("reason", "ABSENT", "action", "HOLD"));

        assertThat(waiting()).isEqualTo(before + 2);
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk").toString());
        look(page, "desk-today-waiting");
        String link = page.locator("[aria-labelledby=others] a:has-text('Chờ công dân đến nhận hoặc hẹn lại')")
                .getAttribute("href");
        for (String code : List.of(held, askedFor)) {
            page.navigate(hub.at(link + "?search=" + code).toString());
            assertThat(row(page, code).textContent()).contains("Chờ công dân");
        }
    }

    @Test
    void a_row_may_say_anew_who_gets_what_is_handed_over_once_more() {
        String code = asks(DONG_HA, "5 Lê Lợi");
        worker.scans("DISPATCH_SHORT", dispatched(List.of(code)).get(0));
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        ObjectNode receiver =
                said.withArray("results").addObject().put("dossier", code).putObject("receiver");
        receiver.put("name", "Trần Thị Mới")
                .put("phone", "0905123456")
                .putObject("address")
                .put("commune", DONG_HA)
                .put("street", "7 Lê Lợi");

        JsonNode answer = hub.bean(Clerks.class)
                .say(new Clerk("can-bo", CENTRE), "dispatch", UUID.randomUUID().toString(), said);

        assertThat(answer.at("/results/0/outcome").asText()).isEqualTo("DISPATCHED");
        assertThat(of(code, "l.receiver ->> 'name'")).isEqualTo("Trần Thị Mới");
        assertThat(of(code, "p.step")).isEqualTo("READY");
        assertThat(told(code)).contains("ADDRESS_CHANGED");
    }

    private static long waiting() {
        return hub.bean(AgencyDay.class).of(CENTRE).stream()
                .filter(load -> load.turn() == AgencyDay.Turn.CITIZEN)
                .mapToLong(AgencyDay.Load::count)
                .sum();
    }

    private static boolean shown(String agency, AgencyDay.Where where, String dossier) {
        if (where == AgencyDay.Where.PAPERS) {
            return !hub.bean(AgencyPapers.class)
                    .of(agency, dossier, 0, 9)
                    .rows()
                    .isEmpty();
        }
        Pile pile = switch (where) {
            case RESULTS -> Pile.TO_DISPATCH;
            case HANDOVER -> Pile.TO_BE_FETCHED;
            default -> Pile.RETURNS;
        };
        return !hub.bean(AgencyLegs.class)
                .of(agency, new AgencyLegs.Wanted(pile, dossier, null, 0, 9))
                .rows()
                .isEmpty();
    }

    private static List<Duty> duties() {
        return hub.db()
                .sql(
                        "select p.owner, p.next_act, l.kind, p.step, (select min(code) from dossier_code c where c.dossier ="
                                + " l.dossier) from progress p join leg l on l.id = p.leg where p.owner_kind = 'AGENCY' and not p.closed")
                .query((row, n) -> new Duty(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                .list();
    }

    /** So that the other test has one left, whichever runs first. */
    private static void oneMore(String kind) {
        String item = kind.equals("TRANSFER") ? transferred() : comesBack(fetched());
        if (kind.equals("TRANSFER")) {
            worker.scans("COLLECTED", item);
        }
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ADDRESS_INCOMPLETE"));
    }

    private static String result() {
        return dispatched(List.of(asks(DONG_HA, "2 Lê Lợi"))).get(0);
    }

    private static String fetched() {
        String item = result();
        worker.scans("RESULT_COLLECTED", item);
        return item;
    }

    private static String comesBack(String item) {
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "UNKNOWN_PERSON"));
        supervisor.scans("RETURN_APPROVED", item);
        worker.scans("RETURNING", item);
        return item;
    }

    private static String arrived() {
        String code = sends("Nguyễn Văn B");
        worker.scans("COLLECTED", of(code, "l.item"));
        worker.scans("HANDED_TO_AGENCY", of(code, "l.item"));
        return code;
    }

    /** The agency did not take the envelope, and has said nothing of the dossier. @return its code */
    private static String turnedAway() {
        String code = sends("Nguyễn Văn C");
        worker.scans("COLLECTED", of(code, "l.item"));
        worker.scans("AGENCY_RETURNED", of(code, "l.item"));
        return code;
    }

    /** The clerk was quicker with the result than with the envelope. @return its code */
    private static String turnedAwayBeforeItsResultWent() {
        String code = files(Filed.both(DONG_HA));
        String item = pickup(code, "l.item");
        worker.scans("COLLECTED", item);
        worker.scans("AGENCY_RETURNED", item);
        assertThat(dispatched(List.of(code))).hasSize(1);
        return code;
    }

    /** That the envelope had been handed over was a mistake, as was found out after the dossier had gone. @return its code */
    private static String strayed() {
        String code = sends("Nguyễn Văn E");
        String item = of(code, "l.item");
        worker.scans("COLLECTED", item);
        ObjectNode mistake = worker.handling("HANDED_TO_AGENCY", item, Map.of());
        worker.send(mistake);
        say("transfer", about(code).put("toAgency", OTHER).put("byPost", false));
        supervisor.scans("VOIDED", item, Map.of("voids", mistake.path("id").asText()));
        worker.scans("HANDED_TO_AGENCY", item);
        return code;
    }

    private static String pickup(String code, String what) {
        return hub.db()
                .sql("select " + what + " from leg l join progress p on p.leg = l.id"
                        + " join dossier_code c on c.dossier = l.dossier where c.code = :code and l.kind = 'PICKUP'")
                .param("code", code)
                .query(String.class)
                .single();
    }

    /** @return the item that goes to the other agency */
    private static String transferred() {
        return say("transfer", about(arrived()).put("toAgency", OTHER));
    }

    private static ObjectNode about(String code) {
        return JsonNodeFactory.instance.objectNode().put("dossier", code);
    }

    /** @return the item of the leg that it opened */
    private static String say(String act, ObjectNode said) {
        return hub.bean(Clerks.class)
                .say(new Clerk("can-bo", CENTRE), act, UUID.randomUUID().toString(), said)
                .at("/legs/0/item")
                .asText();
    }
}
