package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** From where the relay looks: late enough to walk past nothing dead, early enough to miss nothing. */
class FrontsTest {

    private static final String PARTNER = "portal";
    private static final int ROOM = 4;

    private final Fronts fronts = new Fronts();

    @Test
    void what_was_numbered_before_a_look_and_committed_after_it_is_looked_for() {
        assertThat(fronts.look(PARTNER, () -> 10)).isEqualTo(10);
        fronts.looked(PARTNER, List.of(12L, 14L), true);
        fronts.report(PARTNER, 13);
        assertThat(fronts.look(PARTNER, () -> -1)).isEqualTo(13);
        fronts.looked(PARTNER, List.of(13L), true);
        assertThat(fronts.look(PARTNER, () -> -1)).isEqualTo(15);
    }

    @Test
    void what_is_reported_while_it_is_looked_is_looked_for_next() {
        fronts.look(PARTNER, () -> 10);
        fronts.report(PARTNER, 11);
        fronts.looked(PARTNER, List.of(10L, 12L), true);
        assertThat(fronts.look(PARTNER, () -> -1)).isEqualTo(11);
    }

    @Test
    void what_found_no_room_is_looked_for_again() {
        fronts.look(PARTNER, () -> 10);
        fronts.looked(PARTNER, List.of(40L), true);
        fronts.report(PARTNER, 20);
        fronts.look(PARTNER, () -> -1);
        fronts.looked(PARTNER, List.of(20L, 21L), false);
        assertThat(fronts.look(PARTNER, () -> -1)).isEqualTo(22);
    }

    @Test
    void where_nobody_knows_which_may_go_it_is_found_anew() {
        fronts.look(PARTNER, () -> 10);
        fronts.report(PARTNER, Fronts.ANYWHERE);
        assertThat(fronts.look(PARTNER, () -> 5)).isEqualTo(5);
        fronts.forgetAll();
        assertThat(fronts.look(PARTNER, () -> 3)).isEqualTo(3);
    }

    /** Commits in any order, ends, looks with little room: each look finds what a look from the beginning would. */
    @Test
    void no_look_misses_anything() {
        Random random = new Random(7);
        NavigableSet<Long> waiting = new TreeSet<>();
        long[] uncommitted = {0};
        NavigableSet<Long> open = new TreeSet<>();
        int found = 0;
        for (int n = 0; n < 20_000; n++) {
            if (random.nextInt(3) > 0) {
                open.add(++uncommitted[0]);
            }
            if (!open.isEmpty() && random.nextBoolean()) {
                long committed = random.nextBoolean() ? open.first() : open.last();
                open.remove(committed);
                waiting.add(committed);
                fronts.report(PARTNER, committed);
            }
            if (random.nextInt(4) == 0) {
                long from = fronts.look(PARTNER, () -> 0);
                List<Long> taken = waiting.tailSet(from).stream().limit(ROOM).toList();
                assertThat(taken).isEqualTo(waiting.stream().limit(ROOM).toList());
                fronts.looked(PARTNER, taken, taken.size() < ROOM);
                taken.forEach(waiting::remove);
                found += taken.size();
            }
        }
        assertThat(found).isGreaterThan(5_000);
    }
}
