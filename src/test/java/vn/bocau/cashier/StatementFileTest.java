package vn.bocau.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StatementFileTest {

    private static final String HEADINGS = "STT;Ngày ghi có;Số tiền;Số tham chiếu;Mã hồ sơ\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "25000|25000",
                "25.000|25000",
                "25,000|25000",
                "1 025 000|1025000",
                "25000.00|25000",
                "25.000,00|25000",
                "25000 đ|25000",
                "25.000 VND|25000",
                "25000.5|\"25000.5\"",
                "2.50|\"2.50\"",
                "-25000|\"-25000\"",
                "'=1+1'|\"=1+1\""
            })
    void an_amount_is_read_as_it_is_meant_or_not_at_all(String written, String read) {
        assertThat(line(HEADINGS + "1;05/01/2026;\"" + written + "\";KB-1;H-1")
                        .path("amount")
                        .toString())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "05/01/2026,2026-01-05",
        "5/1/2026,2026-01-05",
        "05-01-2026,2026-01-05",
        "2026-01-05,2026-01-05",
        "46027,2026-01-05",
        "46027.5,2026-01-05",
        "31/02/2026,31/02/2026",
        "hôm qua,hôm qua"
    })
    void so_is_a_day(String written, String read) {
        assertThat(line(HEADINGS + "1;" + written + ";1;KB-1;H-1").path("day").asText())
                .isEqualTo(read);
    }

    @Test
    void headings_stand_below_whose_statement_it_is_and_rows_keep_their_numbers() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            var sheet = workbook.newWorksheet("1");
            sheet.value(0, 0, "KHO BẠC NHÀ NƯỚC");
            for (int i = 0; i < StatementFile.headings().size(); i++) {
                sheet.value(2, i, StatementFile.headings().get(i));
            }
            sheet.value(4, 0, "H-1");
            sheet.value(4, 1, "KB-1");
            sheet.value(4, 2, 25_000);
            sheet.value(4, 3, java.time.LocalDate.of(2026, 1, 5));
        }

        assertThat(StatementFile.read(bytes.toByteArray()).path("lines").toString())
                .isEqualTo("[{\"row\":5,\"dossier\":\"H-1\",\"reference\":\"KB-1\",\"amount\":25000,"
                        + "\"day\":\"2026-01-05\"}]");
    }

    @ParameterizedTest(name = "parted by {0}")
    @ValueSource(strings = {";", "\t", ","})
    void a_csv_may_say_above_its_headings_whose_it_is(String by) {
        String table = String.join(by, "Mã hồ sơ", "Số tham chiếu", "Số tiền", "Ngày ghi có") + "\n"
                + String.join(by, "H-1", "\"KB; 1,\t2\"", "25000", "05/01/2026");

        assertThat(line("KHO BẠC NHÀ NƯỚC, TỈNH QUẢNG TRỊ\n\n" + table)
                        .path("reference")
                        .asText())
                .isEqualTo("KB; 1,\t2");
        assertThat(line("Từ: ngày 1; đến ngày 5\n" + table).path("row").asInt()).isEqualTo(3);
    }

    @Test
    void what_is_no_statement_is_refused_by_name() {
        refused("", "column");
        refused("Mã hồ sơ;Số tiền\nH-1;1", "column");
        refused("Mã hồ sơ;Mã hồ sơ;Số tiền;Số tham chiếu;Ngày ghi có", "column");
        refused(HEADINGS, "no-rows");
        refused(HEADINGS + "1;05/01/2026;1;KB;H\n".repeat(StatementFile.MOST + 1), "too-many-rows");
    }

    private static void refused(String csv, String code) {
        assertThatThrownBy(() -> StatementFile.read(csv.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(code));
    }

    private static JsonNode line(String csv) {
        return StatementFile.read(csv.getBytes(StandardCharsets.UTF_8))
                .path("lines")
                .path(0);
    }
}
