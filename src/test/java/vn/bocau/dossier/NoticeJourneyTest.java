package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import vn.bocau.code.DailyHours;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.SpokenHours;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.journey.Twin;
import vn.bocau.journey.Worker;
import vn.bocau.journey.World;

/** A notice on all real parts: from the door where nobody was to the message on the telephone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NoticeJourneyTest {

    @Test
    void a_notifier_that_was_down_gets_everything_once_and_in_order_and_nobody_waits_for_it() {
        try (var world = new World(Map.of(), Map.of(), Noon.class)) {
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
                                    + "</dossier><paper><name>Ảnh chụp nhà</name><original>true</original><count>1</count></paper>"
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
            assertThat(Http.get(world.at("/track/" + link), Map.of()).whole().body())
                    .as("what is passed on names nothing that an agency wrote")
                    .contains("1 giấy tờ", "Nhận đường dẫn qua tin nhắn")
                    .doesNotContain("Ảnh chụp nhà");
            String about = messages.get(1).path("text").asText().replaceFirst(".*/track/", "");
            assertThat(Http.get(world.at("/track/" + about), Map.of()).whole().body())
                    .as("the message leads to what it is about")
                    .contains("Ảnh chụp nhà")
                    .doesNotContain("giấy tờ nào");
            SpokenHours hours = world.hub().bean(NoticeHours.class);
            assertThat(hours.of("tin-nhan"))
                    .as("by which it is foreseen how long what waits takes")
                    .contains(new DailyHours(LocalTime.of(7, 0), LocalTime.of(21, 0)));
            assertThat(hours.of("dvcqg")).isEmpty();
        }
    }

    /** At night nobody is spoken to, and a test may run at night. */
    static final class Noon {

        @Bean
        Clock clock() {
            return Clock.fixed(
                    LocalDate.now(Rules.ZONE)
                            .plusDays(1)
                            .atTime(12, 0)
                            .atZone(Rules.ZONE)
                            .toInstant(),
                    Rules.ZONE);
        }
    }

    private static void tell(World world) {
        world.hub().bean(Notices.class).tell();
    }

    private static List<JsonNode> fresh(Twin notifier) {
        return notifier.received().stream()
                .filter(entry -> entry.path("fresh").asBoolean())
                .map(entry -> entry.path("content"))
                .toList();
    }
}
