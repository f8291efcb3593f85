package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.Browser;
import vn.bocau.code.Refused;

/** Results from a file: what is right goes, what is wrong is explained, and the same file twice changes nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FilePageTest extends OneStop {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @Test
    void of_500_results_with_10_bad_ones_490_go_and_10_are_explained() throws IOException {
        List<String> codes = ask(491);
        String taken = dispatched(List.of(asks(DONG_HA, "1 Lê Lợi"))).get(0);
        List<List<String>> rows = new ArrayList<>();
        rows.add(ResultColumn.headings());
        codes.subList(0, 489).forEach(code -> rows.add(List.of(code)));
        rows.add(List.of(codes.get(490), "", "", "", "", "", "", "", "150000", "cong-chung-mau"));
        rows.add(List.of(codes.get(0)));
        rows.add(List.of("000.00.12.H50-000000-KHONG-CO"));
        rows.add(List.of(codes.get(489), "Nguyễn Văn Mẫu", "12", "12 Hùng Vương", DONG_HA));
        rows.add(List.of(codes.get(489), "", "", "", "", taken));
        rows.add(List.of(codes.get(489), "", "", "", "", "RV100000004VN"));
        rows.add(List.of(codes.get(489), "", "", "", "", "", "tám nghìn"));
        rows.add(List.of(codes.get(489), "", "", "", "", "", "8000"));
        rows.add(List.of(codes.get(489), "", "", "", "", "", "", "", "150.00.0", "cong-chung-mau"));
        rows.add(List.of(codes.get(489), "", "", "", "", "", "", "", "150000"));
        rows.add(List.of(codes.get(489), "", "", "", "", "", "", "", "150000", "khong-co"));

        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/results").toString());
        page.getByText("từ tệp CSV").click();
        look(page, "desk-file");
        byte[] file = xlsx(rows);
        upload(page, "ket-qua.xlsx", XLSX, file);
        Browser.isAccessible(page);
        Browser.picture(page, "desk-file-report");

        assertThat(page.locator("[role=status]").textContent()).contains("490 kết quả đã chuyển, 10 ở lại");
        assertThat(page.locator("table").first().locator("tbody tr").allTextContents())
                .hasSize(10)
                .satisfiesExactly(
                        twice -> assertThat(twice).contains("492", "hai lần"),
                        unknown -> assertThat(unknown).contains("493", "KHONG-CO"),
                        phone -> assertThat(phone).contains("494", "Điện thoại: ", "số điện thoại có thật"),
                        label -> assertThat(label).contains("495", "Số bưu gửi: ", "đã dùng"),
                        digit -> assertThat(digit).contains("496", "Số bưu gửi: "),
                        words -> assertThat(words).contains("497", "Phí phải thu: ", "số đồng từ 0"),
                        paid -> assertThat(paid).contains("498", "Phí phải thu: ", "trực tuyến"),
                        amount -> assertThat(amount).contains("499", "Tiền thu hộ (COD): ", "số nguyên"),
                        payee -> assertThat(payee).contains("500", "Đơn vị thụ hưởng: "),
                        unregistered -> assertThat(unregistered).contains("501", "Đơn vị thụ hưởng: ", "đã đăng ký"));
        assertThat(of(codes.get(490), "l.cod_due || ' ' || l.payee_due")).isEqualTo("150000 cong-chung-mau");
        long told = count("message");
        long handled = count("handling");

        page.getByText("Gửi tệp khác").click();
        upload(page, "lan-nua.xlsx", XLSX, file);
        assertThat(page.locator(".note").textContent()).contains("đã được nhận trước đó");
        assertThat(page.locator("[role=status]").textContent()).contains("490 kết quả đã chuyển, 10 ở lại");
        assertThat(count("message")).isEqualTo(told);
        assertThat(count("handling")).isEqualTo(handled);
    }

    @Test
    void a_row_that_we_fail_at_is_given_up_alone_and_what_was_answered_stays_so() {
        List<String> codes = ask(3);
        byte[] file = ("dossier\n" + String.join("\n", codes) + "\n").getBytes(StandardCharsets.UTF_8);
        ResultFiles files = hub.bean(ResultFiles.class);
        hub.db().sql("""
                        create function fail() returns trigger language plpgsql as $$ begin
                          if new.direction = 'OUT' and new.subject = '%s' then raise 'a bug'; end if; return new; end $$
                        """.formatted(codes.get(1))).update();
        hub.db()
                .sql("create trigger fail before insert on message for each row execute function fail()")
                .update();
        UUID id;
        try {
            id = files.keep(new Clerk("can-bo", CENTRE), ResultFile.key(file), ResultFile.read(file))
                    .id();
            files.finish(id);
        } finally {
            hub.db().sql("drop function fail cascade").update();
        }

        List<RowOutcome> rows = RowOutcome.of(files.judged(id), "vi");
        assertThat(rows.get(0).item()).isEqualTo(of(codes.get(0), "l.item")).startsWith("RV");
        assertThat(rows.get(1).item()).isNull();
        assertThat(rows.get(1).wrong()).singleElement().asString().contains("mã sự cố");
        assertThat(of(codes.get(1), "p.step")).doesNotContain("DISPATCHED");
        assertThat(rows.get(2).item()).isEqualTo(of(codes.get(2), "l.item")).startsWith("RV");
    }

    @Test
    void how_far_a_file_is_shows_and_goes_on_showing_until_it_is_done() throws IOException {
        List<String> codes = ask(60);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("dossier"));
        codes.forEach(code -> rows.add(List.of(code)));
        byte[] file = xlsx(rows);
        ResultFiles files = hub.bean(ResultFiles.class);
        Page page = signedIn("can-bo", Browser.PHONE);

        UUID id = hub.bean(TransactionTemplate.class).execute(tx -> {
            // Nothing is accepted meanwhile: the first rows wait.
            hub.db().sql("lock table message in exclusive mode").update();
            UUID kept = CompletableFuture.supplyAsync(
                            () -> files.keep(new Clerk("can-bo", CENTRE), ResultFile.key(file), ResultFile.read(file))
                                    .id())
                    .join();
            page.navigate(hub.at("/desk/file/" + kept).toString());
            assertThat(page.getByRole(AriaRole.PROGRESSBAR).getAttribute("max")).isEqualTo("60");
            assertThat(page.getByRole(AriaRole.PROGRESSBAR).getAttribute("value"))
                    .isEqualTo("0");
            assertThat(page.locator("[role=status]").textContent()).contains("trên 60 dòng");
            look(page, "desk-file-progress");
            return kept;
        });

        page.locator("#gone").waitFor();
        assertThat(page.locator(".lead").textContent()).contains("60 kết quả đã chuyển, 0 ở lại");
        assertThat(files.progress("000.02.12.H50", id)).as("of another agency").isEmpty();
        page.navigate(hub.at("/desk/file").toString());
        assertThat(page.locator("ul.links").last().textContent()).contains("do can-bo gửi: 60/60 dòng");
    }

    @Test
    void whoever_is_at_a_file_at_once_each_row_goes_once() throws Exception {
        List<String> codes = ask(55);
        byte[] file = utf8("dossier\n" + String.join("\n", codes) + "\n" + codes.get(0) + "\n");
        ResultFiles files = hub.bean(ResultFiles.class);
        long before = count("message where direction = 'IN' and partner = 'desk'");
        var kept = files.keep(new Clerk("can-bo", CENTRE), ResultFile.key(file), ResultFile.read(file));
        assertThat(files.keep(new Clerk("can-bo-2", CENTRE), ResultFile.key(file), ResultFile.read(file)))
                .isEqualTo(new ResultFiles.Kept(kept.id(), true, null));

        List<Thread> nodes = Stream.generate(() -> new Thread(() -> files.finish(kept.id())))
                .limit(4)
                .toList();
        nodes.forEach(Thread::start);
        for (Thread node : nodes) {
            node.join();
        }

        List<RowOutcome> outcomes = RowOutcome.of(files.judged(kept.id()), "vi");
        assertThat(outcomes.stream().filter(one -> one.item() != null).map(RowOutcome::item))
                .hasSize(55)
                .doesNotHaveDuplicates();
        assertThat(outcomes.get(55).wrong()).containsExactly("Hồ sơ này có hai lần trong tệp.");
        assertThat(count("message where direction = 'IN' and partner = 'desk'")).isEqualTo(before + 3);
        assertThat(count("result_row where said is not null and file = '" + kept.id() + "'"))
                .as("names and addresses that are kept after they were judged")
                .isZero();
    }

    @Test
    void what_the_row_says_of_the_receiver_counts_and_the_portal_hears_of_it() {
        String code = asks(DONG_HA, "Thôn Hà Xá, xã Triệu Ái, huyện Triệu Phong");
        byte[] file = utf8("dossier,name,phone,street,commune\n" + code + ",Nguyễn Văn Mẫu,0905123456,9 Lê Lợi,"
                + DONG_HA + "\n\"A\0\",,,,\n");
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/file").toString());
        upload(page, "sua.csv", "text/csv", file);

        assertThat(page.locator("[role=status]").textContent()).contains("1 kết quả đã chuyển, 1 ở lại");
        assertThat(of(code, "l.receiver #>> '{address,street}'")).isEqualTo("9 Lê Lợi");
        assertThat(told(code)).contains("ADDRESS_CHANGED");
        page.navigate(hub.at("/desk/file").toString());
        page.locator("input[name=again]").check();
        upload(page, "sua.csv", "text/csv", file);
        assertThat(page.locator("[role=status]").textContent()).contains("0 kết quả đã chuyển, 2 ở lại");
    }

    @Test
    void an_address_in_words_is_read_and_one_that_may_be_two_places_is_asked() {
        String to = asks(DONG_HA, "1 Lê Lợi");
        String table = "dossier;name;phone;street;commune\n" + to
                + ";Nguyễn Văn Mẫu;0905 123 456;Thôn Long Hưng;xã Hải Phú, huyện Hải Lăng, Quảng Trị\n";
        ResultFile read = ResultFile.read(("\uFEFF" + table).getBytes(StandardCharsets.UTF_8));

        assertThat(read.results().get(0).at("/receiver/phone").asText()).isEqualTo("0905123456");
        assertThat(read.results().get(0).at("/receiver/address/street").asText())
                .isEqualTo("Thôn Long Hưng, xã Hải Phú, huyện Hải Lăng, Quảng Trị");
        assertThat(read.rows()).containsExactly(2);
    }

    @Test
    void both_templates_are_read_as_they_are_filled_in() throws IOException {
        Page page = signedIn("can-bo", Browser.PHONE);
        for (String kind : List.of("csv", "xlsx")) {
            byte[] template = page.request()
                    .get(hub.at("/desk/file/template." + kind).toString())
                    .body();
            assertThatThrownBy(() -> ResultFile.read(template))
                    .isInstanceOfSatisfying(
                            Refused.class, no -> assertThat(no.code()).isEqualTo("no-rows"));
        }
        page.navigate(hub.at("/desk/file").toString());
        page.locator("main button[type=submit]").click();
        look(page, "desk-file-nothing");
        assertThat(page.locator(".summary").textContent()).contains("Hãy chọn một tệp");
        upload(page, "anh.png", "image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
        assertThat(page.locator(".summary").textContent()).contains("UTF-8");
    }

    static Stream<Arguments> none() throws IOException {
        return Stream.of(
                Arguments.of("no-rows", utf8("")),
                Arguments.of("no-rows", utf8("\n\n")),
                Arguments.of("no-rows", utf8("Mã hồ sơ\n \n")),
                Arguments.of("column", utf8("Họ tên,Tuổi\nA,1\n")),
                Arguments.of("column", utf8("name,phone\nA,1\n")),
                Arguments.of("column", utf8("dossier,Mã hồ sơ\nA,B\n")),
                Arguments.of("no-table", utf8("dossier\n\"A\n")),
                Arguments.of("no-table", new byte[] {'d', (byte) 0xC3}),
                Arguments.of("no-table", new byte[] {'P', 'K', 3, 4, 0, 0, 0}),
                Arguments.of("no-table", zip("xl/nothing.xml", 10)),
                Arguments.of("too-many-rows", zip("xl/worksheets/sheet1.xml", 30_000_000)),
                Arguments.of("too-many-rows", utf8("dossier\n" + "A\n".repeat(501))));
    }

    @ParameterizedTest
    @MethodSource("none")
    void what_is_no_table_of_results_is_refused_by_name(String code, byte[] content) {
        assertThatThrownBy(() -> ResultFile.read(content))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(code));
    }

    private static void upload(Page page, String name, String type, byte[] content) {
        page.locator("#file").setInputFiles(new FilePayload(name, type, content));
        page.locator("main button[type=submit]").click();
        page.locator("#stay, #gone, .summary").first().waitFor();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] xlsx(List<List<String>> rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            var sheet = workbook.newWorksheet("1");
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    sheet.value(row, column, rows.get(row).get(column));
                }
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, int zeros) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(new byte[zeros]);
        }
        return bytes.toByteArray();
    }

    private static long count(String table) {
        return hub.db().sql("select count(*) from " + table).query(Long.class).single();
    }
}
