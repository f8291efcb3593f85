package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/**
 * What became of one row of a file, in one language.
 *
 * @param row its number in the file
 * @param item where its result went; null when it stays
 * @param note what was put right in its address
 * @param address whether its address is what keeps it here
 * @param sent whether it stays because its result had gone before, by post or out of the agency's own hand
 * @param earlier whether all this was when the same file was brought before
 */
record RowOutcome(
        int row,
        String dossier,
        @Nullable String item,
        @Nullable String note,
        List<String> wrong,
        boolean address,
        boolean sent,
        boolean earlier) {

    private static final Set<String> GONE = Set.of("already-dispatched", "already-handed-out");

    private static final Text TWICE =
            new Text("Hồ sơ này có hai lần trong tệp.", "This dossier stands twice in the file.");

    /** @param language {@code vi} or {@code en} */
    static List<RowOutcome> of(List<ResultFiles.Judged> rows, String language) {
        Set<String> gone = new HashSet<>();
        List<RowOutcome> outcomes = new ArrayList<>();
        for (ResultFiles.Judged row : rows) {
            RowOutcome outcome = of(row, language, gone);
            if (outcome.item() != null) {
                gone.add(outcome.dossier());
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static RowOutcome of(ResultFiles.Judged row, String language, Set<String> gone) {
        JsonNode answer = row.answer();
        String dossier = answer.path("dossier").asText();
        List<String> wrong = new ArrayList<>();
        boolean sent = GONE.contains(answer.path("code").asText());
        if (sent && gone.contains(dossier)) {
            wrong.add(language.equals("en") ? TWICE.en() : TWICE.vi());
        } else {
            wrong.addAll(wrong(answer, language));
        }
        return new RowOutcome(
                row.no(),
                dossier,
                answer.path("item").asText(null),
                answer.path("rewritten").path(language).asText(null),
                wrong,
                answer.at("/flaws/0/field").asText().equals("address"),
                sent,
                row.earlier());
    }

    /** What is wrong with one result, each with the column it stood in. */
    static List<String> wrong(JsonNode answer, String language) {
        List<String> wrong = new ArrayList<>();
        answer.path("flaws")
                .forEach(flaw -> wrong.add(column(flaw.path("field").asText())
                        + flaw.path(language).asText()));
        return wrong;
    }

    /** The column that a field stood in, for the eye; nothing when it is the row as a whole. */
    private static String column(String field) {
        String last = field.substring(field.lastIndexOf('/') + 1);
        String name = switch (last) {
            case "address" -> "street";
            case "amount" -> "cod";
            default -> last;
        };
        return ResultColumn.of(name).map(column -> column.heading + ": ").orElse("");
    }
}
