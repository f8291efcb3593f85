package vn.bocau.wire.out;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.dossier.rules.Choice;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.wire.Json;
import vn.bocau.wire.mapping.FewPartners;
import vn.bocau.wire.mapping.MappingSet;

/** Whatever a citizen is told is one message that every telephone can show, with the longest words and address there are. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NoticeTextsTest {

    /** The basic letters of GSM 03.38, which count once. */
    private static final String GSM = "[A-Za-z0-9 @$_!\"#%&'()*+,./:;<=>?-]*";

    private static final int ONE_MESSAGE = 160;
    private static final MappingSet MAPPINGS =
            FewPartners.of(Path.of("mappings")).mappings();

    @Test
    void every_text_with_every_reason_fits_into_one_message_of_latin_letters() throws IOException {
        Set<String> said = new TreeSet<>();
        for (String language : List.of("vi", "en")) {
            for (ObjectNode notice : notices()) {
                String text = text(notice, language);
                said.add(text);
                assertThat(text)
                        .matches(GSM)
                        .doesNotContain("{", "null")
                        .endsWith(notice.path("link").asText())
                        .hasSizeLessThanOrEqualTo(ONE_MESSAGE);
            }
        }
        assertThat(said).hasSizeGreaterThan(100);
    }

    @Test
    void every_reason_for_which_somebody_at_the_door_came_in_vain_has_words() throws IOException {
        Set<String> told = Files.readAllLines(Path.of("mappings/notifier/reasons.csv")).stream()
                .skip(1)
                .map(row -> row.split(",")[0])
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.toSet());
        // Of these nobody is told; what is behind "other" only the office knows.
        Set<String> all = new TreeSet<>(Set.of("MISSENT", "DAMAGED", "LOST", "DECEASED", "OTHER"));
        all.addAll(told);

        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(java.util.Arrays.stream(FailureReason.values())
                        .map(Enum::name)
                        .toList());
    }

    private static List<ObjectNode> notices() {
        List<ObjectNode> all = new ArrayList<>();
        for (String kind : List.of("PICKUP", "SUPPLEMENT", "RESULT", "ORIGINALS_BACK")) {
            for (String what : List.of(
                    "COMING", "NOT_COMING", "HELD", "DELIVERED", "NOT_DELIVERED", "SUPPLEMENT", "MOVED", "LINK")) {
                all.add(notice(what, kind));
            }
            all.add(notice("HELD", kind).put("then", "CARRIER"));
            all.add(notice("HELD", kind).put("then", "CARRIER").put("hotline", "+84 (0)233 385 00"));
            for (String then : List.of("COMING", "DELIVERED", "BACK", "SEE")) {
                for (Choice asked : Choice.values()) {
                    all.add(notice("TOO_LATE", kind).put("then", then).put("asked", asked.name()));
                }
            }
            for (FailureReason reason : FailureReason.values()) {
                all.add(notice("TRIED", kind)
                        .put("then", "HELD")
                        .put("from", "2026-11-30")
                        .put("reason", reason.name()));
            }
            for (String then : List.of("AGAIN", "HELD", "ASK", "SEE")) {
                for (FailureReason reason : FailureReason.values()) {
                    all.add(notice("TRIED", kind).put("then", then).put("reason", reason.name()));
                }
            }
        }
        return all;
    }

    private static ObjectNode notice(String what, String kind) {
        ObjectNode notice = (ObjectNode) Json.parse("{\"telephone\": \"0900000001\"}");
        String base = "https://" + "b".repeat(40 - "https:///track".length()) + "/track";
        assertThat(base).hasSize(40);
        return notice.put("what", what)
                .put("kind", kind)
                .put("link", base + "/" + "Z".repeat(40))
                .put("day", "2026-11-30")
                .put("until", "2026-12-08")
                .put("at", "2026-11-28T10:05:00+07:00")
                .put("office", "Bưu cục Trường Xuân Đông")
                .put("validUntil", "2026-11-30T17:00:00+07:00");
    }

    private static String text(ObjectNode notice, String language) {
        JsonNode partner = Json.parse("{\"id\": \"tin-nhan\"}");
        return MAPPINGS.json(notice.put("language", language), "notifier/notice.out.jslt", Map.of("partner", partner))
                .path("text")
                .asText();
    }
}
