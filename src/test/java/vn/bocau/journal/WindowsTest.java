package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowsTest {

    private static final int SIZE = 32;

    private final Windows windows = new Windows();

    @Test
    void nobody_knows_that_it_is_full_until_somebody_has_looked() {
        assertThat(windows.isFull("dvcqg")).isFalse();
    }

    @Test
    void a_full_one_is_looked_at_again_when_a_quarter_has_ended() {
        windows.full("dvcqg", windows.ended("dvcqg"), SIZE);
        end(SIZE / 4 - 1);
        assertThat(windows.isFull("dvcqg")).isTrue();
        end(1);
        assertThat(windows.isFull("dvcqg")).isFalse();
    }

    @Test
    void what_ends_while_it_is_looked_at_counts() {
        long before = windows.ended("dvcqg");
        end(SIZE);
        windows.full("dvcqg", before, SIZE);
        assertThat(windows.isFull("dvcqg")).isFalse();
    }

    @Test
    void one_of_a_single_message_is_looked_at_after_each() {
        windows.full("dvcqg", windows.ended("dvcqg"), 1);
        assertThat(windows.isFull("dvcqg")).isTrue();
        end(1);
        assertThat(windows.isFull("dvcqg")).isFalse();
    }

    @Test
    void each_partner_has_its_own() {
        windows.full("dvcqg", windows.ended("dvcqg"), SIZE);
        assertThat(windows.isFull("opencps")).isFalse();
        windows.open("dvcqg");
        assertThat(windows.isFull("dvcqg")).isFalse();
    }

    private void end(int times) {
        for (int n = 0; n < times; n++) {
            windows.ends("dvcqg");
        }
    }
}
