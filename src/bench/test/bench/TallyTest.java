package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TallyTest {

    private static final List<String> ALL = Subject.STEPS;
    private static final Map<String, List<String>> ONE = Tally.allTheWay(List.of("A"));

    @Test
    void all_once_and_in_order_is_clean() {
        Tally tally = Tally.of(Map.of("A", ALL, "B", ALL), Tally.allTheWay(List.of("A", "B")));
        assertThat(tally).isEqualTo(new Tally(6, 0, 0, 0));
        assertThat(tally.clean()).isTrue();
    }

    @Test
    void nothing_at_all_is_not_clean() {
        assertThat(Tally.of(Map.of(), Map.of()).clean()).isFalse();
    }

    @Test
    void what_does_not_come_is_lost_and_so_is_an_item_that_is_never_spoken_of() {
        assertThat(Tally.of(Map.of("A", ALL.subList(0, 2)), ONE)).isEqualTo(new Tally(2, 1, 0, 0));
        assertThat(Tally.of(Map.of(), ONE)).isEqualTo(new Tally(0, 3, 0, 0));
    }

    @Test
    void what_comes_twice_is_doubled_and_does_not_stand_for_what_is_lost() {
        Tally tally = Tally.of(Map.of("A", List.of(ALL.get(0), ALL.get(0), ALL.get(1))), ONE);
        assertThat(tally).isEqualTo(new Tally(2, 1, 1, 0));
        assertThat(tally.clean()).isFalse();
    }

    @Test
    void what_nobody_did_is_doubled() {
        assertThat(Tally.of(Map.of("A", ALL, "B", List.of(ALL.get(0))), ONE)).isEqualTo(new Tally(3, 0, 1, 0));
    }

    @Test
    void what_comes_after_a_later_one_is_out_of_order() {
        assertThat(Tally.of(Map.of("A", List.of(ALL.get(1), ALL.get(0), ALL.get(2))), ONE))
                .isEqualTo(new Tally(3, 0, 0, 1));
        assertThat(Tally.of(Map.of("A", List.of(ALL.get(2), ALL.get(0), ALL.get(1))), ONE))
                .isEqualTo(new Tally(3, 0, 0, 2));
    }

    @Test
    void two_are_added_up() {
        assertThat(new Tally(1, 2, 3, 4).and(new Tally(10, 20, 30, 40))).isEqualTo(new Tally(11, 22, 33, 44));
    }
}
