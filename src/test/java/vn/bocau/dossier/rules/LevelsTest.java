package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.dossier.rules.Levels.Terms;

/** The four levels of online service: what may travel by post, and what may be collected at the door. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LevelsTest {

    private static final String NOTHING_FILED = "nothing is filed";
    private static final String NOT_BY_POST = "by post";
    private static final String PAID = "paid online and must not be collected again";

    /** Level, whether the procedure allows the post, whether it was paid online; then papers, result and fee. */
    @ParameterizedTest(name = "level {0}, by post: {1}, paid online: {2}: pickup {3}, result {4}, fee {5}")
    @CsvSource({
        "1, yes, no,  nothing filed, nothing filed, no fee",
        "1, yes, yes, nothing filed, nothing filed, no fee",
        "1, no,  no,  nothing filed, nothing filed, no fee",
        "1, no,  yes, nothing filed, nothing filed, no fee",
        "2, yes, no,  allowed,       allowed,       allowed",
        "2, yes, yes, allowed,       allowed,       paid",
        "2, no,  no,  not by post,   not by post,   allowed",
        "2, no,  yes, not by post,   not by post,   paid",
        "3, yes, no,  allowed,       allowed,       allowed",
        "3, yes, yes, allowed,       allowed,       paid",
        "3, no,  no,  not by post,   not by post,   allowed",
        "3, no,  yes, not by post,   not by post,   paid",
        "4, yes, no,  allowed,       allowed,       allowed",
        "4, yes, yes, allowed,       allowed,       paid",
        "4, no,  no,  not by post,   allowed,       allowed",
        "4, no,  yes, not by post,   allowed,       paid"
    })
    void each_cell_of_the_matrix(
            int level, String byPost, String paidOnline, String pickup, String result, String fee) {
        boolean allowed = byPost.equals("yes");
        var levels = new Levels(new Terms(level, allowed, allowed, true), level);

        assertVerdict(levels.pickup(List.of(true)), "/pickup", pickup);
        assertVerdict(levels.result(), "/result", result);
        assertVerdict(levels.fee("/pickup/collect", 50_000L, paidOnline.equals("yes")), "/pickup/collect", fee);
    }

    private static void assertVerdict(List<Flaw> flaws, String field, String verdict) {
        if (verdict.equals("allowed")) {
            assertThat(flaws).isEmpty();
            return;
        }
        String words = switch (verdict) {
            case "nothing filed" -> NOTHING_FILED;
            case "not by post" -> NOT_BY_POST;
            case "paid" -> PAID;
            default -> "no fee at level 1";
        };
        assertThat(flaws).singleElement().satisfies(flaw -> {
            assertThat(flaw.field()).isEqualTo(field);
            assertThat(flaw.wrong().en()).contains(words);
            assertThat(flaw.wrong().vi()).isNotBlank().isNotEqualTo(flaw.wrong().en());
        });
    }

    @ParameterizedTest(name = "level {0}, paid online: {1}")
    @CsvSource({"1, false", "1, true", "2, false", "2, true", "3, false", "3, true", "4, false", "4, true"})
    void nothing_asked_for_at_the_door_is_never_refused(int level, boolean paidOnline) {
        var levels = new Levels(new Terms(level, true, true, true), level);

        assertThat(levels.fee("/pickup/collect", null, paidOnline)).isEmpty();
        assertThat(levels.fee("/pickup/collect", 0L, paidOnline)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void nobody_is_paid_at_the_door(int level) {
        assertThat(new Levels(new Terms(level, true, true, true), level).fee("/pickup/collect", -1L, false))
                .singleElement()
                .satisfies(flaw -> assertThat(flaw.wrong().en()).isEqualTo("The amount cannot be negative."));
    }

    @ParameterizedTest(name = "level {0}, originals asked for: {1}, papers {2}: {3}")
    @CsvSource({
        "2, true,  original copy copy, ",
        "2, false, copy,               ",
        "3, true,  original original,  ",
        "3, true,  original copy copy, /pickup/papers/1/original /pickup/papers/2/original",
        "3, true,  copy,               /pickup/papers/0/original",
        "3, false, original,           /pickup",
        "4, true,  original,           ",
        "4, true,  copy original,      /pickup/papers/0/original",
        "4, false, copy,               /pickup"
    })
    void what_was_filed_online_is_fetched_in_originals_only_and_only_if_they_are_asked_for(
            int level, boolean asked, String papers, String fields) {
        var levels = new Levels(new Terms(level, true, true, asked), level);
        List<Boolean> originals =
                Arrays.stream(papers.split(" ")).map("original"::equals).toList();

        assertThat(levels.pickup(originals))
                .extracting(Flaw::field)
                .containsExactly(fields == null ? new String[0] : fields.split(" "));
    }

    @ParameterizedTest(name = "{0} is level {1}")
    @CsvSource({
        "1, 1",
        "2, 2",
        "3, 3",
        "4, 4",
        "MOT_PHAN, 3",
        "TOAN_TRINH, 4",
        "'', 0",
        "0, 0",
        "5, 0",
        "toan_trinh, 0",
        "03, 0",
        "' 3', 0"
    })
    void both_vocabularies_are_read_and_nothing_is_guessed(String said, int level) {
        assertThat(Levels.read(said)).isEqualTo(level);
    }

    @Test
    void a_dossier_may_be_filed_below_its_procedure_s_level_and_not_above() {
        for (int offered = 1; offered <= 4; offered++) {
            for (int claimed = 1; claimed <= 4; claimed++) {
                List<Flaw> flaws = new Levels(new Terms(offered, true, true, true), claimed).claim();

                assertThat(flaws.isEmpty()).as(claimed + " of " + offered).isEqualTo(claimed <= offered);
                int level = offered;
                assertThat(flaws).allSatisfy(flaw -> {
                    assertThat(flaw.field()).isEqualTo("/dossier/level");
                    assertThat(flaw.wrong().vi()).contains("mức " + level);
                    assertThat(flaw.wrong().en()).contains("level " + level);
                });
            }
        }
    }

    @Test
    void a_level_that_is_none_is_no_level_to_file_at() {
        assertThat(new Levels(new Terms(4, true, true, true), 0).claim()).isNotEmpty();
    }

    @Test
    void a_dossier_filed_below_its_procedure_s_level_travels_by_the_level_it_was_filed_at() {
        var procedure = new Terms(4, true, true, false);

        assertThat(new Levels(procedure, 2).pickup(List.of(false))).isEmpty();
        assertThat(new Levels(procedure, 4).pickup(List.of(false))).isNotEmpty();
        assertThat(new Levels(new Terms(4, true, false, true), 3).result()).isNotEmpty();
        assertThat(new Levels(new Terms(4, true, false, true), 4).result()).isEmpty();
    }
}
