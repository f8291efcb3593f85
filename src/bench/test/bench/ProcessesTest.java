package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessesTest {

    @Test
    void of_a_process_its_own_time_and_that_of_children_who_ended_is_read() {
        String stat = "42 (a name) of S (x) S 1 42 42 0 -1 4194304 100 200 0 0 150 50 300 25 20 0 1 0 12345";
        assertThat(Processes.timeWithChildren(stat)).isEqualTo(Duration.ofMillis(5_250));
    }

    @Test
    void memory_is_what_is_its_own_and_its_part_of_what_is_shared() {
        assertThat(Processes.proportional("Rss:  2000 kB\nPss:  1024 kB\nPss_Anon: 7 kB\n"))
                .isEqualTo(1024);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_child_that_has_ended_still_counts() throws Exception {
        Process parent = new ProcessBuilder(
                        "bash", "-c", "bash -c 'for ((n = 0; n < 300000; n++)); do :; done'; echo done; read")
                .start();
        try {
            parent.inputReader().readLine();
            assertThat(parent.toHandle().descendants()).isEmpty();
            assertThat(Processes.time(parent.toHandle())).isLessThan(Duration.ofMillis(200));
            assertThat(Processes.timeWithChildren(parent.toHandle()))
                    .isGreaterThan(Processes.time(parent.toHandle()).plusMillis(100));
        } finally {
            parent.destroyForcibly();
        }
    }
}
