package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Refused;

/** What cannot be read is refused by name, and costs no memory. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResultFileTest {

    @Test
    void a_text_that_stands_in_every_cell_is_refused_where_it_stands_first() throws Exception {
        String endless = "x".repeat(1_000_000);

        refused(workbook("000.00.12.H50-1", endless), "no-table", "Row 2");
        refused(("Mã hồ sơ\n" + endless + "\n").getBytes(StandardCharsets.UTF_8), "no-table", "Row 2");
        assertThat(ResultFile.read(workbook("000.00.12.H50-1", "12 Hùng Vương")).results())
                .hasSize(1);
    }

    @Test
    void what_is_no_workbook_inside_is_refused_too() throws Exception {
        refused(zip("xl/workbook.xml", "<workbook/>"), "no-table", "cannot be read");
        refused(zip("a.txt", "a"), "no-table", "cannot be read");
    }

    /** The page writes "8.000 đ": so may whoever types it there or in a file. */
    @Test
    void money_is_read_as_people_write_it_and_what_may_be_another_amount_stays_as_it_is() {
        String table = ResultColumn.DOSSIER.heading + ";" + ResultColumn.FEE.heading + ";" + ResultColumn.COD.heading
                + "\n000.00.12.H50-1;8.000;200 000 đ\n000.00.12.H50-2;8.5;\n";

        var results = ResultFile.read(table.getBytes(StandardCharsets.UTF_8)).results();

        assertThat(results.get(0).path("collectFee").isNumber()).isTrue();
        assertThat(results.get(0).path("collectFee").asLong()).isEqualTo(8_000);
        assertThat(results.get(0).at("/cod/amount").asLong()).isEqualTo(200_000);
        assertThat(results.get(1).path("collectFee").asText()).isEqualTo("8.5");
    }

    private static void refused(byte[] content, String code, String why) {
        assertThatThrownBy(() -> ResultFile.read(content)).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo(code);
            assertThat(r.flaws().get(0).wrong().en()).contains(why);
        });
    }

    private static byte[] workbook(String dossier, String street) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            var sheet = workbook.newWorksheet("s");
            sheet.value(0, 0, ResultColumn.DOSSIER.heading);
            sheet.value(0, 1, ResultColumn.STREET.heading);
            sheet.value(1, 0, dossier);
            sheet.value(1, 1, street);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
