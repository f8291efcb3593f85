package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;
import static vn.bocau.dossier.Domain.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Citizens.Offer;
import vn.bocau.dossier.rules.Choice;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Entrance;

/** What a citizen asks for on our own page goes the way of everything else, by the routes: once, judged, and told. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CitizensTest {

    /** Served by carrier-x. */
    private static final String HAI_LANG = "19681";

    private final Domain at = new Domain();

    @Test
    void another_day_for_a_pickup_that_failed_is_told_to_the_portal_and_stands_on_the_worklist() {
        at.accept(at.pickupAlone());
        holds(at.report(absent("PICKUP_FAILED", at.item("PICKUP"))), "RECORDED");
        LocalDate day = offer("PICKUP").days().get(2);

        ask("day", "PICKUP", json("{\"day\": \"%s\"}", day));

        assertThat(at.step("PICKUP")).isEqualTo("ACCEPTED");
        assertThat(at.toldCodes("dvcqg", "progress")).endsWith("PICKUP_FAILED", "REDELIVERY_REQUESTED");
        assertThat(last(at.told("dvcqg", "progress")).at("/event/vi").asText())
                .contains("hẹn ngày " + day.format(java.time.format.DateTimeFormatter.ofPattern("dd/MM/yyyy")));
        assertThat(stop("520100").at("/next/dueAt").asText()).startsWith(day + "T17:00");
    }

    @Test
    void a_day_can_be_chosen_before_anybody_has_come_and_the_post_that_confirms_keeps_it() {
        at.accept(at.pickupAlone());
        LocalDate day = offer("PICKUP").days().get(3);

        ask("day", "PICKUP", json("{\"day\": \"%s\"}", day));
        assertThat(at.step("PICKUP")).isEqualTo("REQUESTED");
        holds(at.report(at.scan("PICKUP_ACCEPTED", at.item("PICKUP"))), "RECORDED");

        assertThat(stop("520100").at("/next/dueAt").asText()).startsWith(day + "T17:00");
        assertThat(offer("PICKUP").agreed()).isEqualTo(day);
    }

    @Test
    void an_outside_carrier_that_came_in_vain_gets_another_order_with_the_day() {
        ObjectNode asked = at.pickupAlone();
        ((ObjectNode) asked.path("pickup")).set("sender", party(HAI_LANG));
        at.accept(asked);
        String first = at.item("PICKUP");
        at.heard("carrier-x", first, "PICKUP_FAILED");
        LocalDate day = offer("PICKUP").days().get(1);

        ask("day", "PICKUP", json("{\"day\": \"%s\"}", day));

        assertThat(at.item("PICKUP")).isNotEqualTo(first);
        JsonNode order = last(at.told("carrier-x", "order"));
        assertThat(order.path("item").asText()).isEqualTo(at.item("PICKUP"));
        assertThat(order.path("day").asText()).isEqualTo(day.toString());
    }

    @Test
    void an_item_is_held_at_the_counter_of_the_office_that_would_bring_it() {
        String item = atTheOffice();
        Offer offer = offer("RESULT");
        assertThat(offer.office()).isEqualTo("Bưu cục Đông Hà");

        ask("hold", "RESULT", json("{}"));

        assertThat(at.step("RESULT")).isEqualTo("HELD");
        assertThat(stop("520100").at("/next/act").asText()).isEqualTo("HAND_OUT");
        assertThat(stop("520100").at("/next/dueAt").asText())
                .startsWith(offer.until().toString());
        assertThat(at.toldCodes("dvcqg", "progress")).endsWith("HELD_FOR_PICKUP");
        holds(at.report(at.delivered(item, at.signature())), "RECORDED");
        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
    }

    @Test
    void what_could_not_be_handed_over_is_at_the_counter_by_the_next_morning_or_as_soon_as_it_was_seen_there() {
        String item = atTheOffice();
        at.report(at.scan("OUT_FOR_DELIVERY", item));
        holds(
                at.report(at.scan("DELIVERY_FAILED", item)
                        .with("reason", "ABSENT")
                        .with("action", "RETRY")),
                "RECORDED");
        LocalDate tomorrow = offer("RESULT").days().get(0);
        assertThat(offer("RESULT").from()).isEqualTo(tomorrow);

        ask("hold", "RESULT", json("{}"));
        assertThat(at.step("RESULT")).isEqualTo("HELD");
        assertThat(offer("RESULT").notBefore()).as("on the worker's bike").contains(tomorrow);

        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");
        assertThat(offer("RESULT").notBefore()).isEmpty();
        assertThat(offer("RESULT").from()).isEqualTo(Legs.today());
    }

    @Test
    void what_could_not_be_handed_over_a_while_ago_is_at_the_counter() {
        String item = atTheOffice();
        at.report(at.scan("OUT_FOR_DELIVERY", item));
        holds(
                at.report(at.scan("DELIVERY_FAILED", item)
                        .with("reason", "ABSENT")
                        .with("action", "RETRY")),
                "RECORDED");
        Domain.hub()
                .db()
                .sql("update handling set happened_at = happened_at - interval '6 days', recorded_at = recorded_at"
                        + " - interval '6 days' where leg = :leg")
                .param("leg", Domain.uuid(at.leg("RESULT").path("id").asText()))
                .update();

        assertThat(offer("RESULT").from()).isEqualTo(Legs.today());
    }

    @Test
    void another_door_of_the_same_person_goes_the_way_of_a_portals_change() {
        atTheOffice();

        ask("address", "RESULT", there("19360", "34 đường Thử"));

        assertThat(at.step("RESULT")).isEqualTo("AT_OFFICE");
        JsonNode receiver = receiver();
        assertThat(receiver.at("/address/commune").asText()).isEqualTo("19360");
        assertThat(receiver.path("name").asText()).isEqualTo("Lê Thị Mẫu");
        assertThat(receiver.path("phone").asText()).isEqualTo("0900000001");
        assertThat(at.leg("RESULT").at("/next/act").asText())
                .as("to the other office")
                .isEqualTo("FORWARD");
        assertThat(at.toldCodes("dvcqg", "progress")).endsWith("ADDRESS_CHANGED");
    }

    @Test
    void an_outside_carrier_hears_where_to_instead() {
        at.accept(at.pickupAlone());
        ask("address", "PICKUP", there(HAI_LANG, "Thôn 2"));

        assertThat(last(at.told("carrier-x", "order"))
                        .at("/sender/address/street")
                        .asText())
                .isEqualTo("Thôn 2");
        String first = at.item("PICKUP");
        ask("address", "PICKUP", there(HAI_LANG, "Thôn 3"));

        assertThat(last(at.told("carrier-x", "order-cancel")).path("item").asText())
                .isEqualTo(first);
        assertThat(last(at.told("carrier-x", "order"))
                        .at("/sender/address/street")
                        .asText())
                .isEqualTo("Thôn 3");
    }

    @Test
    void where_it_goes_has_to_be_one_place() {
        atTheOffice();
        refused("address", "RESULT", there("19333", "Thôn 2, xã Vĩnh Linh, tỉnh Quảng Trị"), "address-not-certain");
        refused("address", "RESULT", there("00004", "1 Hàng Bài"), "no-post-office");
    }

    /** A code and four digits stand on papers that others see. */
    @Test
    void an_address_is_changed_by_whoever_has_the_telephone_alone() {
        atTheOffice();
        List<Long> before = Domain.traces();
        ObjectNode asked = asked("RESULT", there("19360", "34 đường Thử"));
        asked.withObject("/by").put("shown", "CODE");

        assertThatThrownBy(() -> bring("address", "one-form", asked))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("not-by-message"));
        assertThat(Domain.traces()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "address", "hold", "link"})
    void a_telephone_that_is_not_on_the_leg_any_more_shows_nothing(String what) {
        atTheOffice();
        ObjectNode asked = asked("RESULT", said(what));
        asked.withObject("/by").put("telephone", "0911111111");
        List<Long> before = Domain.traces();

        assertThatThrownBy(() -> bring(what, "one-form", asked))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("not-shown"));
        assertThat(Domain.traces()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "address", "hold"})
    void what_comes_too_late_is_said_and_changes_nothing(String what) {
        String item = atTheOffice();
        holds(at.report(at.scan("OUT_FOR_DELIVERY", item)), "RECORDED");
        List<Long> before = Domain.traces();

        refused(what, "RESULT", said(what), "too-late");

        assertThat(Domain.traces()).isEqualTo(before);
        assertThat(offer("RESULT").choices()).isEmpty();
    }

    @Test
    void only_a_day_that_was_offered_is_agreed() {
        at.accept(at.pickupAlone());
        for (LocalDate day : List.of(LocalDate.now(), LocalDate.now().plusDays(30), LocalDate.of(2027, 1, 1))) {
            if (!offer("PICKUP").days().contains(day)) {
                refused("day", "PICKUP", json("{\"day\": \"%s\"}", day), "day-not-offered");
            }
        }
    }

    @Test
    void a_form_that_is_sent_twice_does_it_once() {
        at.accept(at.pickupAlone());
        ObjectNode asked = asked("PICKUP", said("day"));
        bring("day", "a-form", asked);
        List<Long> before = Domain.traces();

        bring("day", "a-form", asked);

        assertThat(Domain.traces()).isEqualTo(before);
    }

    /** The phone that had it on the road says so only afterwards. */
    @Test
    void that_it_shall_lie_at_the_counter_is_not_told_as_if_it_did() {
        atTheOffice();
        ask("hold", "RESULT", json("{}"));

        assertThat(at.leg("RESULT").at("/next/act").asText()).isEqualTo("HAND_OUT");
        assertThat(Domain.hub().bean(Dossiers.class).history(at.code).findValuesAsText("code"))
                .containsExactly("RESULT_READY", "RESULT_COLLECTED", "FACILITY_IN");
    }

    @Test
    void so_many_changes_of_one_item_a_day_and_no_more() {
        at.accept(at.pickupAlone());
        List<LocalDate> days = offer("PICKUP").days();
        for (int i = 0; i < 5; i++) {
            ask("day", "PICKUP", json("{\"day\": \"%s\"}", days.get(i)));
        }
        List<Long> before = Domain.traces();

        refused("day", "PICKUP", json("{\"day\": \"%s\"}", days.get(5)), "changed-too-often");

        assertThat(Domain.traces()).isEqualTo(before);
        assertThat(offer("PICKUP").agreed()).isEqualTo(days.get(4));
    }

    @Test
    void what_was_held_for_as_long_as_it_may_be_goes_to_a_door_and_not_to_the_counter_again() {
        atTheOffice();
        ask("hold", "RESULT", json("{}"));
        LocalDate until = offer("RESULT").until();
        ask("day", "RESULT", said("day"));
        assertThat(offer("RESULT").choices()).contains(Choice.OFFICE);
        assertThat(offer("RESULT").until()).as("held since it first was").isEqualTo(until);
        Domain.hub()
                .db()
                .sql("update handling set happened_at = happened_at - interval '12 days', recorded_at = recorded_at"
                        + " - interval '12 days' where leg = :leg")
                .param("leg", Domain.uuid(at.leg("RESULT").path("id").asText()))
                .update();

        assertThat(offer("RESULT").choices()).contains(Choice.ADDRESS).doesNotContain(Choice.OFFICE);
        refused("hold", "RESULT", json("{}"), "too-late");
    }

    @Test
    void what_may_be_asked_for_follows_the_item() {
        at.accept(at.both());
        assertThat(offer("PICKUP").choices()).containsExactly(Choice.DAY, Choice.ADDRESS);
        assertThat(offer("RESULT").choices()).containsExactly(Choice.ADDRESS);
        assertThat(offer("PICKUP").days())
                .hasSize(6)
                .isSorted()
                .allMatch(day -> day.isAfter(LocalDate.now(java.time.ZoneOffset.ofHours(7))));
    }

    private String atTheOffice() {
        at.accept(at.resultAlone());
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");
        return item;
    }

    private Domain.Scan absent(String code, String item) {
        return at.scan(code, item).with("reason", "ABSENT").with("action", "HOLD");
    }

    private JsonNode said(String what) {
        return switch (what) {
            case "day" -> json("{\"day\": \"%s\"}", offers().get(0).days().get(0));
            case "address" -> there("19360", "34 đường Thử");
            default -> json("{}");
        };
    }

    private static JsonNode there(String commune, String street) {
        return json("{\"address\": {\"commune\": \"%s\", \"street\": \"%s\"}}", commune, street);
    }

    private void ask(String what, String kind, JsonNode said) {
        bring(what, UUID.randomUUID().toString(), asked(kind, said));
    }

    private void refused(String what, String kind, JsonNode said, String code) {
        assertThatThrownBy(() -> ask(what, kind, said))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code));
    }

    private ObjectNode asked(String kind, JsonNode said) {
        ObjectNode asked = said.deepCopy();
        asked.put("dossier", at.dossier().toString())
                .put("leg", at.leg(kind).path("id").asText());
        asked.putObject("by").put("telephone", "0900000001").put("shown", "MESSAGE");
        return asked;
    }

    private void bring(String what, String form, ObjectNode asked) {
        String key = "citizen." + what + "-" + at.code + form;
        Domain.bean(Entrance.class).bring(new Inbound(Citizens.TRACK, key, "citizen." + what, asked));
    }

    private List<Offer> offers() {
        return Domain.bean(Citizens.class).offers(at.dossier());
    }

    private Offer offer(String kind) {
        return offers().stream()
                .filter(offer -> offer.kind().name().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode receiver() {
        return Rows.json(Domain.hub()
                .db()
                .sql("select receiver from leg where id = :id")
                .param("id", Domain.uuid(at.leg("RESULT").path("id").asText()))
                .query(String.class)
                .single());
    }

    private JsonNode stop(String office) {
        for (JsonNode stop : Domain.bean(Worklists.class).of(office)) {
            if (stop.path("dossier").toString().contains(at.code)) {
                return stop;
            }
        }
        throw new AssertionError("no stop of " + at.code);
    }

    private static JsonNode last(List<JsonNode> all) {
        return all.get(all.size() - 1);
    }
}
