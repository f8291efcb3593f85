package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static vn.bocau.journal.Hub.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.HubProcess;
import vn.bocau.journey.Http;

/**
 * A real disk without room: what cannot be kept is not accepted, and all goes on when there is room again. It takes minutes:
 * {@code ./verify -Dtest=FullDiskTest -Dfull.disk=true}, as root.
 */
@EnabledIfSystemProperty(named = "full.disk", matches = "true")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FullDiskTest {

    private static final int REFUSALS = 5;

    @TempDir
    Path folder;

    private final List<String> accepted = new ArrayList<>();
    private Path disk;
    private HubProcess hub;
    private String token;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(new UnixSystem().getUid() == 0, "who is not root can mount no small disk");
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=420m", "tmpfs", disk.toString()) == 0, "no mounting here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (hub != null) {
            hub.close();
            run("umount", "--lazy", disk.toString());
        }
    }

    @Test
    void nothing_accepted_is_lost_and_it_goes_on_when_there_is_room_again() throws Exception {
        hub = new HubProcess(disk.resolve("data"), Map.of());
        hub.start();
        token = Http.form(
                        hub.url().resolve("/oauth2/token"),
                        Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
        assertThat(ask()).isEqualTo(202);

        Path filler = disk.resolve("filler");
        List<Integer> answers = new ArrayList<>();
        within(120).until(() -> {
            fill(filler);
            answers.add(ask());
            return refusals(answers) >= REFUSALS;
        });
        // Now not even the journal of the database can be written: it ends by itself, time and again.
        beginNewJournalFile();
        within(60).until(() -> {
            fill(filler);
            answers.add(ask());
            return refusals(answers) >= 2 * REFUSALS;
        });
        assertThat(answers).as("answers while it was full").allMatch(status -> status == 202 || status == 503);

        Files.delete(filler);
        try {
            within(180).until(() -> ask() == 202 && hub.database().isValid(1));
        } catch (UncheckedIOException gone) {
            throw new AssertionError(hub.said(), gone);
        }
        assertThat(kept()).containsAll(accepted);
    }

    /** A code that is accepted is noted. */
    private int ask() {
        String code = "000.00.12.H50-" + UUID.randomUUID();
        Http.Answer answer = Http.send(
                "POST",
                hub.url().resolve("/api/portal/v1/requests"),
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json", "Idempotency-Key", code),
                request(code).toString());
        if (answer.status() == 202) {
            accepted.add(code);
        } else {
            assertThat(answer.text()).as("told in our words").contains("\"status\":503");
            assertThat(answer.whole().headers().firstValue("Retry-After")).isPresent();
        }
        return answer.status();
    }

    private static ObjectNode request(String code) {
        ObjectNode request = Http.JSON.createObjectNode();
        ObjectNode dossier = request.putObject("dossier")
                .put("procedure", "1.012786")
                .put("channel", "ONLINE")
                .put("filedOn", LocalDate.now().toString())
                .put("agency", "000.00.12.H50")
                .put("paidOnline", true);
        dossier.putArray("codes").addObject().put("system", "dvcqg").put("code", code);
        ObjectNode receiver = request.putObject("result")
                .putObject("receiver")
                .put("name", "Lê Thị Mẫu")
                .put("phone", "0900000001");
        receiver.putObject("address").put("commune", "19333").put("street", "12 đường Mẫu");
        return request;
    }

    private static long refusals(List<Integer> answers) {
        return answers.stream().filter(status -> status == 503).count();
    }

    private void beginNewJournalFile() {
        try (Connection db = hub.database();
                var statement = db.createStatement()) {
            statement.execute("select pg_switch_wal()");
        } catch (SQLException | IOException itEnded) {
            // As it should: there is no room for the next file.
        }
    }

    private Set<String> kept() throws Exception {
        Set<String> codes = new HashSet<>();
        try (Connection db = hub.database();
                var statement = db.createStatement();
                ResultSet rows = statement.executeQuery("select code from dossier_code")) {
            while (rows.next()) {
                codes.add(rows.getString(1));
            }
        }
        return codes;
    }

    /** To the last byte. */
    private static void fill(Path filler) {
        for (int size = 1 << 20; size > 0; size /= 16) {
            byte[] block = new byte[size];
            try (OutputStream out =
                    Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(block);
                }
            } catch (IOException full) {
                // What is left is smaller than this block.
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
