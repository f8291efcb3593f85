package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault counts when something has come of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultTest {

    @TempDir
    Path folder;

    @Test
    void a_full_disk_is_felt_when_a_log_tells_of_it_or_a_door_turns_somebody_away() throws IOException {
        Path log = Files.writeString(folder.resolve("hub.log"), "ERROR: could not extend file: No space left\n");
        AtomicLong turnedAway = new AtomicLong(3);
        var felt = new NoRoom(new Watch(List.of(log, folder.resolve("none.log"))), turnedAway::get);

        felt.begin();
        assertThat(felt.isFelt()).as("what was said before").isFalse();
        Files.writeString(log, "AMQ222210: Free storage space is at 0B\n", StandardOpenOption.APPEND);
        assertThat(felt.isFelt()).isTrue();

        felt.begin();
        assertThat(felt.isFelt()).isFalse();
        turnedAway.incrementAndGet();
        assertThat(felt.isFelt()).isTrue();
    }

    @Test
    void what_was_struck_is_mended_also_when_striking_failed() {
        List<String> done = new ArrayList<>();
        Fault partner = Fault.lasting(
                Fault.Kind.PARTNER, "partner", 0, 0, c -> done.add("bad"), c -> done.add("good"), () -> true);
        Fault both = Fault.death(
                        "kill",
                        0,
                        0,
                        c -> {
                            throw new IOException("no such process");
                        },
                        c -> {
                            throw new IOException("does not start");
                        })
                .amid(partner);

        assertThatThrownBy(() -> both.befall(new Random(1))).isInstanceOf(IOException.class);
        assertThat(done).containsExactly("bad", "good");
    }

    @Test
    void a_log_is_read_from_where_it_ended() throws IOException {
        Path log = Files.writeString(folder.resolve("hub.log"), "one\n");
        var watch = new Watch(List.of(log));
        assertThat(watch.hasSaid(Pattern.compile("one"))).isTrue();
        watch.begin();
        assertThat(watch.hasSaid(Pattern.compile("one"))).isFalse();
    }

    @Test
    void who_has_taken_over_listens() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(Ports.listens("localhost", port)).isTrue();
        }
        assertThat(Ports.listens("localhost", port)).isFalse();
    }
}
