package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the proof is worth: each kind of damage to what a partner received is seen as what it is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ComparisonTest {

    private static final Map<String, List<String>> DUE = Map.of("HS-1", List.of("140", "1", "150", "4"));

    @Test
    void what_came_once_and_in_order_holds() {
        Comparison comparison = held("140", "1", "150", "4");

        assertThat(damage(comparison)).containsExactly(0, 0, 0, 0);
        assertThat(comparison.received()).isEqualTo(4);
    }

    @Test
    void what_did_not_come_is_lost() {
        assertThat(damage(held("140", "150", "4"))).containsExactly(1, 0, 0, 0);
        assertThat(damage(held())).containsExactly(4, 0, 0, 0);
    }

    @Test
    void what_came_twice_is_doubled() {
        assertThat(damage(held("140", "1", "150", "150", "4"))).containsExactly(0, 1, 0, 0);
    }

    @Test
    void what_came_before_its_time_is_out_of_order() {
        assertThat(damage(held("140", "150", "1", "4"))).containsExactly(0, 0, 1, 0);
    }

    @Test
    void what_nobody_was_promised_is_told() {
        assertThat(damage(held("140", "1", "150", "4", "8"))).containsExactly(0, 0, 0, 1);
        var comparison = new Comparison();
        comparison.hold("own", Map.of(), List.of(taken("1", "m-1", true)));
        assertThat(damage(comparison)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void a_repeat_that_the_partner_knew_does_no_harm_unless_it_had_another_name() {
        var comparison = new Comparison();
        comparison.hold(
                "own", Map.of("HS-1", List.of("1")), List.of(taken("1", "m-1", true), taken("1", "m-1", false)));
        assertThat(damage(comparison)).containsExactly(0, 0, 0, 0);
        assertThat(comparison.repeats()).isEqualTo(1);

        comparison.hold(
                "own", Map.of("HS-1", List.of("1")), List.of(taken("1", "m-1", true), taken("1", "m-2", false)));
        assertThat(damage(comparison)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void a_repeat_of_what_others_have_followed_moves_a_status_back() {
        var comparison = new Comparison();
        comparison.hold(
                "own",
                Map.of("HS-1", List.of("9", "10")),
                List.of(taken("9", "m-1", true), taken("10", "m-2", true), taken("9", "m-1", false)));
        assertThat(damage(comparison)).containsExactly(0, 0, 1, 0);

        comparison.hold(
                "own",
                Map.of("HS-1", List.of("9", "10")),
                List.of(taken("9", "m-1", true), taken("9", "m-1", false), taken("10", "m-2", true)));
        assertThat(damage(comparison)).containsExactly(0, 0, 1, 0);
    }

    @Test
    void a_citizen_who_is_told_the_same_words_under_two_names_is_told_twice() {
        var comparison = new Comparison();
        comparison.citizens(
                "own", List.of(message("m-1", "one", true), message("m-2", "two", true), message("m-2", "two", false)));
        assertThat(damage(comparison)).containsExactly(0, 0, 0, 0);
        assertThat(comparison.told()).isEqualTo(2);

        comparison.citizens("own", List.of(message("m-1", "one", true), message("m-2", "one", true)));
        assertThat(damage(comparison)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void what_came_too_late_for_a_citizen_was_told_to_nobody() {
        var comparison = new Comparison();
        comparison.citizens(
                "own",
                List.of(
                        new Partners.Taken("expired", "expired-m-1", "", true, Talk.JSON.createObjectNode()),
                        message("m-2", "two", true)));
        assertThat(comparison.told()).isEqualTo(1);
        assertThat(comparison.toldTooLate()).isEqualTo(1);
    }

    private static Partners.Taken message(String messageId, String text, boolean fresh) {
        return new Partners.Taken(
                "message", messageId, "", fresh, Talk.JSON.createObjectNode().put("text", text));
    }

    private static List<Integer> damage(Comparison of) {
        return List.of((int) of.lost(), (int) of.doubled(), (int) of.outOfOrder(), (int) of.unexpected());
    }

    private static Comparison held(String... got) {
        var comparison = new Comparison();
        comparison.hold(
                "own",
                DUE,
                IntStream.range(0, got.length)
                        .mapToObj(n -> taken(got[n], "m-" + n, true))
                        .toList());
        return comparison;
    }

    private static Partners.Taken taken(String what, String messageId, boolean fresh) {
        return new Partners.Taken(what, messageId, "HS-1", fresh, Talk.JSON.createObjectNode());
    }
}
