package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.journey.Twin;
import vn.bocau.journey.Worker;
import vn.bocau.journey.World;

/** A notice on all real parts: from the door where nobody was to the message on the telephone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NoticeJourneyTest {

    @TempDir
    Path mappings;

    @Test
    void a_notifier_that_was_down_gets_everything_once_and_in_order_and_nobody_waits_for_it() throws Exception {
        speakAtAnyTime();
        try (var world = new World(Map.of("bocau.mappings", mappings.toString()), Map.of())) {
            Twin notifier = world.twin("tin-nhan");
            notifier.misbehaves("down");
            Worker worker = world.worker("buu-ta");
            Filed dossier = world.files(Filed.both("19333"));
            worker.scans("PICKUP_FAILED", dossier.item("PICKUP"), Map.of("reason", "ABSENT", "action", "HOLD"));
            tell(world);
            dossier.shows("Thu gom chưa thành công");
            world.centre()
                    .succeeds(
                            "askSupplement",
                            "<dossier>" + dossier.code()
                                    + "</dossier><paper><name>Ảnh</name><original>true</original><count>1</count></paper>"
                                    + "<reason>Thiếu ảnh</reason><byPost>false</byPost>");
            tell(world);
            assertThat(notifier.received()).isEmpty();

            notifier.misbehaves("drop-after-commit", 2);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(fresh(notifier)).hasSize(2));
            List<JsonNode> messages = fresh(notifier);
            assertThat(messages)
                    .allSatisfy(
                            message -> assertThat(message.path("to").asText()).isEqualTo("0900000001"));
            assertThat(messages.get(0).path("text").asText()).contains("khong ai o nha");
            assertThat(messages.get(1).path("text").asText()).contains("bo sung giay to");
            String link = messages.get(0).path("text").asText().replaceFirst(".*/track/", "");
            assertThat(Http.get(world.at("/track/" + link), Map.of()).whole().body())
                    .contains(dossier.code(), "Bạn có thể");
        }
    }

    /** At night nobody is spoken to, and a test may run at night. */
    private void speakAtAnyTime() throws Exception {
        Path shipped = Path.of("mappings/notifier/dialect.json");
        ObjectNode dialect = (ObjectNode) Http.JSON.readTree(Files.readString(shipped));
        dialect.remove("hours");
        Path own = Files.createDirectories(mappings.resolve("notifier"));
        Files.writeString(own.resolve("dialect.json"), dialect.toString());
    }

    private static void tell(World world) {
        Instant noon = LocalDate.now(Rules.ZONE)
                .plusDays(1)
                .atTime(12, 0)
                .atZone(Rules.ZONE)
                .toInstant();
        world.hub().bean(Notices.class).tellAt(noon);
    }

    private static List<JsonNode> fresh(Twin notifier) {
        return notifier.received().stream()
                .filter(entry -> entry.path("fresh").asBoolean())
                .map(entry -> entry.path("content"))
                .toList();
    }
}
