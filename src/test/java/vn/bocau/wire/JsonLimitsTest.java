package vn.bocau.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.Reader;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Refused;

/** What is too much to be read is refused while it is read. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonLimitsTest {

    /** Read to its end it would fill any memory: each value takes a hundred bytes. */
    private static final class Endless extends Reader {

        private long given;

        @Override
        public int read(char[] into, int from, int length) {
            for (int i = 0; i < length; i++, given++) {
                into[from + i] = given == 0 ? '[' : given % 2 == 1 ? '1' : ',';
            }
            assertThat(given).isLessThan(1_000_000);
            return length;
        }

        @Override
        public void close() {}
    }

    @Test
    void values_without_end_are_refused_after_the_first_sixty_thousand() {
        var endless = new Endless();

        assertThatThrownBy(() -> Json.MAPPER.readTree(endless)).isInstanceOf(StreamConstraintsException.class);

        assertThat(endless.given).isBetween(60_000L, 200_000L);
    }

    @Test
    void who_sent_them_is_told_where_it_became_too_much() {
        assertThatThrownBy(() -> Json.parse("[" + "1,".repeat(100_000) + "1]"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("not-json"));
    }
}
