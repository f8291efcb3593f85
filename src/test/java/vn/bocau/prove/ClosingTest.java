package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Nothing is left mounted, laid or running. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClosingTest {

    private final Closing closing = new Closing();
    private final List<String> closed = new ArrayList<>();

    @Test
    void the_last_is_closed_first_and_each_though_another_could_not_be() throws IOException {
        closing.opened(() -> closed.add("disk"));
        closing.opened(() -> {
            throw new IOException("PostgreSQL stays");
        });
        closing.opened(() -> closed.add("node"));

        assertThatThrownBy(closing::close).isInstanceOf(IOException.class).hasMessageContaining("PostgreSQL stays");
        assertThat(closed).containsExactly("node", "disk");

        closing.close();
        closing.opened(() -> closed.add("too late"));
        assertThat(closed).containsExactly("node", "disk", "too late");
    }
}
