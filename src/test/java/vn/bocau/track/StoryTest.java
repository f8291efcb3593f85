package vn.bocau.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.dossier.Citizens.Carrier;
import vn.bocau.dossier.Citizens.Offer;
import vn.bocau.dossier.rules.Choice;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.dossier.rules.Rules;

/** What a citizen reads of the own dossier. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoryTest {

    private static final UUID LEG = UUID.fromString("018f6b1e-7c2a-7000-8000-000000000002");

    @ParameterizedTest
    @ValueSource(strings = {"", "_en"})
    void no_help_advises_what_is_offered_or_not_beside_it(String language) {
        Properties messages = messages(language);
        for (String key : messages.stringPropertyNames()) {
            if (key.startsWith("track.help.")) {
                assertThat(messages.getProperty(key))
                        .as(key)
                        .doesNotContainIgnoringCase("ngày khác", "địa chỉ", "another", "address", "a day");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELIVERY_FAILED", "HELD", "TO_DELIVER_AGAIN", "OUT_FOR_DELIVERY"})
    void who_else_carries_it_is_named_with_its_telephone(String step) {
        Carrier ems = new Carrier("EMS", "1900 0001");

        Story.Next next = Story.of(facts(step), List.of(offer(Set.of(), ems)), false, one -> false, false, 0)
                .next()
                .get(0);

        assertThat(next.acts()).isEmpty();
        assertThat(next.carrier()).isEqualTo(ems);
    }

    @Test
    void until_when_an_outside_carrier_holds_it_is_not_said() {
        ObjectNode facts = facts("HELD");
        ((ObjectNode) facts.at("/legs/0/next")).put("ownerKind", "CARRIER");

        assertThat(Story.of(facts, List.of(), false, one -> false, false, 0).next())
                .extracting(Story.Next::due)
                .containsOnlyNulls();
        assertThat(Story.of(facts("HELD"), List.of(), false, one -> false, false, 0)
                        .next())
                .extracting(Story.Next::due)
                .containsExactly("17:00 22/04/2026");
    }

    @Test
    void what_is_handed_out_at_a_counter_is_for_the_citizen_to_fetch() {
        ObjectNode facts = facts("HELD");
        ((ObjectNode) facts.at("/legs/0/next")).put("act", "HAND_OUT").put("ownerKind", "POST_OFFICE");

        Story.Next next =
                Story.of(facts, List.of(), false, one -> false, false, 0).next().get(0);

        assertThat(next.yours()).isTrue();
        assertThat(next.act()).isEqualTo("Đến nơi giữ để nhận");
        assertThat(Story.of(facts, List.of(offer(Set.of(), null)), false, one -> false, false, 0)
                        .next()
                        .get(0)
                        .act())
                .isEqualTo("Đến nhận tại Bưu cục");
    }

    @Test
    void what_a_worker_brings_back_in_the_evening_is_to_be_fetched_from_the_next_day_on() {
        ObjectNode facts = facts("HELD");
        ((ObjectNode) facts.at("/legs/0/next")).put("act", "HAND_OUT").put("ownerKind", "POST_OFFICE");
        LocalDate tomorrow = LocalDate.now(Rules.ZONE).plusDays(1);

        assertThat(Story.of(facts, List.of(held(tomorrow)), false, one -> false, false, 0)
                        .next()
                        .get(0)
                        .act())
                .isEqualTo("Từ ngày " + tomorrow.format(DateTimeFormatter.ofPattern("dd/MM/yyyy"))
                        + ", đến nhận tại Bưu cục");
        assertThat(Story.of(facts, List.of(held(tomorrow.minusDays(1))), false, one -> false, false, 0)
                        .next()
                        .get(0)
                        .act())
                .isEqualTo("Đến nhận tại Bưu cục");
    }

    private static Offer held(LocalDate from) {
        return new Offer(
                "D-1",
                1,
                LEG,
                LegKind.RESULT,
                "0900000001",
                true,
                Set.of(),
                List.of(),
                "Bưu cục",
                "",
                from,
                from,
                true,
                null,
                null,
                null);
    }

    @Test
    void what_a_worker_still_has_on_the_road_is_not_for_the_citizen_to_fetch() {
        ObjectNode facts = facts("DELIVERY_FAILED");
        ((ObjectNode) facts.at("/legs/0/next")).put("act", "HAND_OUT").put("ownerKind", "POST_OFFICE");

        assertThat(Story.of(facts, List.of(), false, one -> false, false, 0)
                        .next()
                        .get(0)
                        .yours())
                .isFalse();
    }

    @Test
    void what_a_worker_holds_for_the_citizen_is_theirs_to_fetch_from_the_day_on_which_it_is_back() {
        ObjectNode facts = facts("DELIVERY_FAILED");
        ((ObjectNode) facts.at("/legs/0/next")).put("act", "HAND_OUT").put("ownerKind", "POST_OFFICE");
        LocalDate back = LocalDate.now(Rules.ZONE).plusDays(1);

        Story.Next next = Story.of(facts, List.of(held(back, null)), false, one -> false, false, 0)
                .next()
                .get(0);

        assertThat(next.yours()).isTrue();
        assertThat(next.act())
                .isEqualTo(
                        "Từ ngày " + back.format(DateTimeFormatter.ofPattern("dd/MM/yyyy")) + ", đến nhận tại Bưu cục");
        assertThat(Story.of(facts, List.of(held(back, new Carrier("EMS", "1900 0001"))), false, one -> false, false, 0)
                        .next()
                        .get(0)
                        .yours())
                .isFalse();
    }

    private static Offer held(LocalDate from, Carrier carrier) {
        return new Offer(
                "D-1",
                1,
                LEG,
                LegKind.RESULT,
                "0900000001",
                true,
                Set.of(),
                List.of(),
                "Bưu cục",
                "02333850001",
                from,
                from,
                true,
                null,
                null,
                carrier);
    }

    @Test
    void what_our_own_post_carries_has_no_other_carrier() {
        Story.Next next = Story.of(
                        facts("HELD"), List.of(offer(Set.of(Choice.ADDRESS), null)), false, one -> false, false, 0)
                .next()
                .get(0);

        assertThat(next.acts()).containsExactly("address");
        assertThat(next.carrier()).isNull();
    }

    @Test
    void an_address_is_changed_elsewhere_where_no_message_can_be_sent() {
        Offer landline = offer("02333850000", Set.of(Choice.DAY, Choice.ADDRESS), null);
        Story.Next byCode = Story.of(facts("HELD"), List.of(landline), false, one -> false, false, 0)
                .next()
                .get(0);
        Story.Next byMessage = Story.of(facts("HELD"), List.of(landline), false, one -> true, true, 0)
                .next()
                .get(0);

        assertThat(byCode.acts()).containsExactly("day");
        assertThat(byCode.moves()).isEqualTo("Bưu cục");
        assertThat(byMessage.acts()).contains("address");
        assertThat(byMessage.moves()).isNull();
    }

    @Test
    void of_what_was_delivered_it_is_said_whom_to_ask_if_somebody_else_got_it() {
        ObjectNode facts = facts("DELIVERED");
        ((ObjectNode) facts.at("/legs/0")).remove("next");
        Carrier ems = new Carrier("EMS", "1900 0001");

        assertThat(Story.of(facts, List.of(offer(Set.of(), null)), false, one -> false, false, 0)
                        .delivered())
                .containsExactly(new Story.Delivered("RESULT", "Bưu cục", "02333850001", null));
        assertThat(Story.of(facts, List.of(offer(Set.of(), ems)), false, one -> false, false, 0)
                        .delivered())
                .extracting(Story.Delivered::carrier)
                .containsExactly(ems);
        assertThat(Story.of(facts("HELD"), List.of(offer(Set.of(), null)), false, one -> false, false, 0)
                        .delivered())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_en"})
    void whose_turn_it_is_has_a_word(String language) {
        assertThat(messages(language).stringPropertyNames())
                .containsAll(java.util.Arrays.stream(OwnerKind.values())
                        .filter(kind -> kind != OwnerKind.CITIZEN)
                        .map(kind -> "track.owner." + kind)
                        .toList());
    }

    @Test
    void of_a_long_story_the_newest_stand_on_the_first_page_and_all_on_some_page() {
        ObjectNode facts = facts("HELD");
        for (int i = 0; i < 100; i++) {
            facts.withArray("events")
                    .addObject()
                    .put("code", "FACILITY_IN")
                    .put("vi", "Việc " + i)
                    .put("happenedAt", "2026-04-15T08:45:00+07:00")
                    .put("recordedAt", "2026-04-15T08:45:00+07:00");
        }

        Story first = Story.of(facts, List.of(), false, one -> false, false, 0);
        Story last = Story.of(facts, List.of(), false, one -> false, false, 80);

        assertThat(first.events())
                .hasSize(40)
                .extracting(Story.Event::text)
                .startsWith("Việc 99")
                .endsWith("Việc 60");
        assertThat(first.earlier()).isEqualTo(60);
        assertThat(first.later()).isZero();
        assertThat(last.events())
                .hasSize(20)
                .extracting(Story.Event::text)
                .startsWith("Việc 19")
                .endsWith("Việc 0");
        assertThat(last.earlier()).isZero();
        assertThat(last.later()).isEqualTo(80);
        assertThat(Story.of(facts, List.of(), false, one -> false, false, 999_999)
                        .events())
                .isEmpty();
    }

    @Test
    void what_an_agency_calls_a_paper_is_shown_behind_a_link_that_was_sent_alone() {
        ObjectNode facts = facts("HELD");
        ObjectNode five = (ObjectNode) facts.path("facts");
        five.putArray("supplement").add("Tờ khai").add("CCCD bà Lê Thị Mẫu 045000000001");
        five.putArray("listed").add("Tờ khai");

        Story byCode = Story.of(facts, List.of(), false, one -> false, false, 0);
        Story byMessage = Story.of(facts, List.of(offer(Set.of(), null)), false, one -> false, true, 0);

        assertThat(byCode.missing()).containsExactly("Tờ khai");
        assertThat(byCode.others()).isEqualTo(1);
        assertThat(byMessage.missing()).containsExactly("Tờ khai", "CCCD bà Lê Thị Mẫu …");
        assertThat(byMessage.others()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"ữ, 300, 6", "a, 300, 19", "&, 300, 3", "a, 20, 100"})
    void of_many_papers_or_long_names_as_many_are_named_as_a_page_may_weigh_and_the_others_counted(
            String letter, int letters, int named) {
        ObjectNode facts = facts("HELD");
        ObjectNode five = (ObjectNode) facts.path("facts");
        for (int i = 0; i < 100; i++) {
            five.withArray("supplement").add(letter.repeat(letters));
        }

        Story story = Story.of(facts, List.of(offer(Set.of(), null)), false, one -> true, true, 0);

        assertThat(story.missing()).hasSize(named);
        assertThat(story.others()).isEqualTo(100 - named);
        assertThat(story.sendTo()).as("no link shows more").isNull();
    }

    @Test
    void a_link_that_names_papers_is_sent_where_messages_go_and_by_such_a_link_or_where_nothing_is_missing_it_is_not() {
        ObjectNode facts = facts("HELD");
        Offer landline = offer("02333850000", Set.of(), null);
        Offer mobile = offer(Set.of(), null);
        assertThat(Story.of(facts, List.of(mobile), false, one -> false, false, 0)
                        .sendTo())
                .as("nothing is missing")
                .isNull();
        ((ObjectNode) facts.path("facts")).putArray("supplement").add("CCCD bà Lê Thị Mẫu");

        assertThat(Story.of(facts, List.of(mobile), false, one -> false, false, 0)
                        .sendTo())
                .isEqualTo(1);
        assertThat(Story.of(facts, List.of(landline), false, one -> false, false, 0)
                        .sendTo())
                .isNull();
        assertThat(Story.of(facts, List.of(mobile), false, one -> false, true, 0)
                        .sendTo())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-15T08:45:00+07:00, true, 2026-12-31T00:00:00Z, false",
        "2026-04-15T08:45:00+07:00, false, 2026-07-14T01:44:00Z, false",
        "2026-04-15T08:45:00+07:00, false, 2026-07-14T01:46:00Z, true",
        "'', false, 2026-12-31T00:00:00Z, false"
    })
    void a_dossier_is_over_ninety_days_after_the_last_of_it_was_heard_and_nothing_is_owed(
            String last, boolean owed, String now, boolean over) {
        ObjectNode facts = facts("DELIVERED");
        if (!owed) {
            ((ObjectNode) facts.at("/legs/0")).remove("next");
        }
        if (!last.isEmpty()) {
            facts.withArray("events").addObject().put("recordedAt", last);
            facts.withArray("events").addObject().put("recordedAt", "2026-04-14T08:45:00+07:00");
        }

        assertThat(Story.isOver(facts, Instant.parse(now))).isEqualTo(over);
    }

    static ObjectNode facts(String step) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.putObject("dossier").put("code", "D-1").put("status", 9);
        facts.putObject("facts")
                .put("sentOn", "2026-04-15")
                .putObject("step")
                .put("vi", "Giữ tại bưu cục")
                .put("en", "Held");
        ObjectNode leg = facts.putArray("legs").addObject();
        leg.put("id", LEG.toString())
                .put("kind", "RESULT")
                .put("item", "RR1")
                .putObject("step")
                .put("code", step);
        leg.putObject("next")
                .put("vi", "Trao tại quầy")
                .put("en", "Hand out")
                .put("ownerKind", "CITIZEN")
                .put("dueAt", "2026-04-22T17:00:00+07:00");
        facts.putArray("events");
        return facts;
    }

    static Offer offer(Set<Choice> choices, Carrier carrier) {
        return offer("0900000001", choices, carrier);
    }

    private static Offer offer(String telephone, Set<Choice> choices, Carrier carrier) {
        LocalDate day = LocalDate.of(2026, 4, 21);
        return new Offer(
                "D-1",
                1,
                LEG,
                LegKind.RESULT,
                telephone,
                telephone.startsWith("09"),
                choices,
                List.of(day),
                "Bưu cục",
                "02333850001",
                day,
                day,
                false,
                null,
                null,
                carrier);
    }

    private static Properties messages(String language) {
        var messages = new Properties();
        try (var in = new InputStreamReader(
                StoryTest.class.getResourceAsStream("/messages" + language + ".properties"), StandardCharsets.UTF_8)) {
            messages.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }
}
