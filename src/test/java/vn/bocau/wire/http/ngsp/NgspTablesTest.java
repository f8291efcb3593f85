package vn.bocau.wire.http.ngsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is written in two places says the same in both. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NgspTablesTest {

    private static final Path OURS = Path.of("mappings/ngsp");

    @Test
    void every_status_is_documented_and_no_other() throws IOException {
        List<String> documented = Files.readAllLines(OURS.resolve("README.md")).stream()
                .filter(l -> l.matches("\\| \\d{3} \\|.*"))
                .map(l -> l.split("\\|")[1].strip() + " " + l.split("\\|")[2].strip())
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(Status.values())
                        .map(s -> s.code + " " + s.message)
                        .toList());
    }

    @Test
    void words_clients_take_for_a_yes_stand_in_a_yes_alone() {
        assertThat(Status.values())
                .allSatisfy(s -> assertThat(s.message.matches("(?iu).*(thành công|đã tồn tại).*"))
                        .as(s.name())
                        .isEqualTo(s.code == 100 || s.code == 101));
    }

    @Test
    void every_handling_code_has_its_status_code_and_only_a_delivered_result_is_4() throws IOException {
        List<String> known = Files.readAllLines(Path.of("src/main/resources/reference/handling-codes.csv")).stream()
                .skip(1)
                .map(l -> l.substring(0, l.indexOf(',')))
                .filter(code -> !code.equals("CASH_DISCREPANCY"))
                .toList();
        List<String[]> rows = Files.readAllLines(OURS.resolve("codes.csv")).stream()
                .skip(1)
                .map(l -> l.split(","))
                .toList();

        assertThat(rows)
                .filteredOn(r -> r[1].isEmpty())
                .extracting(r -> r[0])
                .containsAll(known)
                .doesNotHaveDuplicates();
        assertThat(rows)
                .filteredOn(r -> r[2].equals("4"))
                .extracting(r -> r[0] + r[1])
                .containsExactly("DELIVEREDRESULT");
        assertThat(rows)
                .filteredOn(r -> !List.of("1", "4").contains(r[2]))
                .extracting(r -> r[2])
                .doesNotHaveDuplicates()
                .allMatch(s -> Integer.parseInt(s) >= 110 && !s.equals("199"));
        assertThat(rows)
                .filteredOn(r -> r[3].contains("thành công"))
                .extracting(r -> r[2])
                .containsExactly("4");
    }
}
