package vn.bocau.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TableFileTest {

    /** Of a dossier's code, or of what an agency calls itself. */
    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(\"http://x\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"})
    void no_cell_begins_a_formula_whoever_wrote_it(String written) throws Exception {
        var table =
                new TableFile("So", List.of("Mã hồ sơ", "Số tiền", "Chủ"), List.of(List.of(written, -5_000L, "A=1")));

        String csv = new String(table.as("csv"), StandardCharsets.UTF_8);
        assertThat(csv.substring(csv.indexOf('\n') + 1).replace("\"\"", "\"").replaceFirst("^\"", ""))
                .startsWith("'" + written)
                .contains(";-5000;")
                .contains("A=1");
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(table.as("xlsx")))) {
            Row row = workbook.getFirstSheet().read().get(1);
            assertThat(row.getCell(0).getType()).isEqualTo(CellType.STRING);
            assertThat(row.getCellAsString(0).orElseThrow()).startsWith("'" + written.charAt(0));
            assertThat(row.getCellAsNumber(1).orElseThrow().intValue()).isEqualTo(-5_000);
            assertThat(row.getCellAsString(2)).contains("A=1");
        }
    }
}
