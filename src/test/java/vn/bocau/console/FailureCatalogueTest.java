package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The catalogue holds what the sources say can fail, each once, and nothing that cannot. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FailureCatalogueTest {

    private static final List<Explanations.Row> ROWS = Explanations.read();

    @Test
    void every_code_of_the_sources_has_one_row_and_every_row_a_code() throws Exception {
        FailureCodes codes = FailureCodes.read();

        assertThat(codes.lost()).isEmpty();
        assertThat(ROWS).extracting(Explanations.Row::code).doesNotHaveDuplicates();
        Set<String> explained =
                ROWS.stream().map(Explanations.Row::code).collect(Collectors.toCollection(TreeSet::new));
        assertThat(explained).isEqualTo(new TreeSet<>(codes.found().keySet()));
    }

    @Test
    void every_row_says_in_both_languages_what_has_happened_and_what_to_do() {
        assertThat(ROWS).allSatisfy(row -> {
            assertThat(List.of(row.vi(), row.en(), row.nextVi(), row.nextEn()))
                    .as(row.code())
                    .allSatisfy(said -> assertThat(said).matches("(?s)\\S.{8,}[.]"))
                    .doesNotHaveDuplicates();
            assertThat(row.vi() + row.nextVi()).as(row.code()).containsPattern("[àáảãạăâđêôơưếềệ]");
            assertThat(row.en() + row.nextEn()).as(row.code()).doesNotContainPattern("[ăâđêôơưếềệ]");
            assertThat(row.whose()).as(row.code()).matches("PARTNER|US|PORTAL|AGENCY|POST|NOTIFIER|CITIZEN|NOBODY");
        });
    }
}
