package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StockTest {

    private final List<Integer> filed = new ArrayList<>();

    private List<String> file(int items) {
        filed.add(items);
        return IntStream.range(0, items)
                .mapToObj(n -> "I" + filed.size() + "." + n)
                .toList();
    }

    @Test
    void what_is_left_over_serves_the_next_time() throws Exception {
        var stock = new Stock(this::file);
        stock.ready(5);
        assertThat(stock.take(2)).containsExactly("I1.0", "I1.1");
        stock.ready(4);
        assertThat(stock.take(4)).containsExactly("I1.2", "I1.3", "I1.4", "I2.0");
        assertThat(filed).containsExactly(5, 1);
    }

    @Test
    void more_than_is_ready_is_refused_and_not_filed() throws Exception {
        var stock = new Stock(this::file);
        stock.ready(2);
        assertThatThrownBy(() -> stock.take(3)).hasMessageContaining("no items are left");
        assertThat(filed).containsExactly(2);
    }

    @Test
    void beside_an_outage_dossiers_are_filed_only_while_nobody_is_looked_at() throws Exception {
        var beside = new Outage.Filed(this::file, 3);
        assertThat(beside.next()).hasSize(3);
        beside.measured(Duration.ZERO);
        assertThat(filed).containsExactly(3, 6);
        beside.next();
        beside.next();
        assertThatThrownBy(beside::next).hasMessageContaining("no items are left");
        assertThat(filed).hasSize(2);
        beside.unmeasured();
        assertThat(beside.next()).hasSize(3);
    }
}
