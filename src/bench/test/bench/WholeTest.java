package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WholeTest {

    @Test
    void what_is_told_is_the_most_of_all_the_time_that_it_takes() {
        CountDownLatch looks = new CountDownLatch(3);
        double most = Whole.most(
                () -> {
                    looks.countDown();
                    return 3 - looks.getCount();
                },
                looks::await);
        assertThat(most).isEqualTo(3);
    }

    @Test
    void what_fails_meanwhile_fails_it() {
        assertThatThrownBy(() -> Whole.most(() -> 1, () -> {
                    throw new IllegalStateException("not carried");
                }))
                .hasStackTraceContaining("not carried");
    }
}
