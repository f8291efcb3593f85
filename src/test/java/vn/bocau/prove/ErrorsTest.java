package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lines of a log break a proof. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ErrorsTest {

    private static final String OURS =
            "03:21:07 ERROR v.b.journal.Fault incident 4f3c0b1e-0c3e-4e0f-8d5a-0123456789ab: NullPointerException";
    private static final String ARTEMIS =
            "03:21:09 ERROR o.a.a.a.core.server AMQ224079: The process for the broker will stop";

    @TempDir
    Path folder;

    @Test
    void one_of_ours_breaks_it_whatever_was_struck() throws IOException {
        Errors errors = Errors.in(List.of(log("03:21:07 WARN  v.b.Main nothing", OURS, OURS)), true);

        assertThat(errors.others())
                .containsOnly(entry(" ERROR v.b.journal.Fault incident …: NullPointerException", 2L));
        assertThat(errors.expected()).isEmpty();
    }

    @Test
    void what_a_full_disk_does_to_the_broker_inside_is_expected_when_one_was_full() throws IOException {
        assertThat(Errors.in(List.of(log(ARTEMIS)), true).others()).isEmpty();
        assertThat(Errors.in(List.of(log(ARTEMIS)), true).expected()).hasSize(1);
        assertThat(Errors.in(List.of(log(ARTEMIS)), false).others()).hasSize(1);
    }

    private Path log(String... lines) throws IOException {
        return Files.write(folder.resolve("hub.log"), List.of(lines));
    }
}
