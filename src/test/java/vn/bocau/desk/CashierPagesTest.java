package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.Browser;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Worker;

/** The supervisor gives the agency its fees by slip, the clerk counts them, and where they differ two of them close it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CashierPagesTest extends OneStop {

    private static final int FEE = 25_000;
    private static final int COD = 150_000;

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void a_fee_reaches_the_agency_and_what_is_missing_is_closed_by_two(int width) throws Exception {
        String code = paid(FEE);
        Page office = signedIn("to-truong", width);
        office.navigate(hub.at("/fees").toString());
        look(office, "fees-office-" + width);
        office.locator("a.button:has-text('Lập bảng kê')").first().click();
        look(office, "fees-draft-" + width);
        assertThat(row(office, code).textContent()).contains("25.000 đ", "Nộp kèm bảng kê");
        office.locator("main form button").click();
        assertThat(office.locator("[role=status]").textContent()).contains("Đã lập bảng kê");
        look(office, "fees-slip-office-" + width);
        String number = office.locator(".facts code").first().textContent();
        printed(office, number, code);

        Page agency = signedIn("can-bo", width);
        agency.navigate(hub.at("/fees").toString());
        look(agency, "fees-agency-" + width);
        agency.getByText(number).click();
        String field = "#line-" + row(agency, code).locator("td").first().textContent();
        agency.locator(field).fill("hai mươi");
        agency.locator("main form button").click();
        look(agency, "fees-count-wrong-" + width);
        assertThat(agency.locator(".summary").textContent()).contains("Dòng", "số tiền nguyên");
        assertThat(agency.locator(field).inputValue()).isEqualTo("hai mươi");
        agency.locator(field).fill("24.000");
        agency.locator("main form button").click();
        look(agency, "fees-counted-" + width);
        assertThat(row(agency, code).textContent()).contains("24.000 đ");

        office.navigate(hub.at("/fees/differences").toString());
        look(office, "fees-differences-" + width);
        row(office, code).locator("a").click();
        look(office, "fees-difference-" + width);
        office.locator("main form button").click();
        assertThat(office.locator(".summary").textContent()).contains("500 ký tự");
        office.getByLabel("Vì sao có chênh lệch này?").fill("Thiếu tiền lẻ.");
        office.locator("main form button").click();
        row(office, code).locator("a").click();
        assertThat(office.locator(".note").textContent()).contains("người khác phải xem và đóng");
        agency.navigate(office.url());
        look(agency, "fees-settle-" + width);
        agency.getByLabel("Đã xử lý thế nào?").fill("Bưu cục đã nộp bù.");
        agency.locator("main form button").click();
        assertThat(row(agency, code).count()).isZero();
        agency.navigate(hub.at("/fees/differences?closed=true").toString());
        look(agency, "fees-closed-" + width);
        assertThat(row(agency, code).textContent()).contains("to-truong: Thiếu tiền lẻ.", "can-bo: Bưu cục đã nộp bù.");
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void the_ledger_is_looked_through_and_taken_away(int width) throws Exception {
        String code = paid(FEE - 1_000);
        Page agency = signedIn("can-bo", width);
        agency.navigate(hub.at("/fees/items?state=HELD&search=" + code).toString());
        look(agency, "fees-items-" + width);
        assertThat(row(agency, code).textContent()).contains("25.000 đ", "24.000 đ");
        APIResponse csv = agency.request()
                .get(hub.at("/fees/items/export.csv?search=" + code).toString());
        assertThat(new String(csv.body(), StandardCharsets.UTF_8).lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .contains(code, "Trả kết quả", ";25000;0;24000;0;0;0;0;24000;0;");
        APIResponse xlsx = agency.request()
                .get(hub.at("/fees/items/export.xlsx?search=" + code).toString());
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx.body()))) {
            var rows = workbook.getFirstSheet().read();
            assertThat(rows).hasSize(2);
            assertThat(rows.get(1).getCellAsNumber(7).orElseThrow().intValue()).isEqualTo(24_000);
        }
        byte[] sheet = agency.request()
                .get(hub.at("/fees/items/export.pdf?search=" + code).toString())
                .body();
        try (PDDocument document = Loader.loadPDF(sheet)) {
            assertThat(text(document, "")).contains(code);
            assertThat(text(document, " "))
                    .contains("Bảng kê thu hộ: Phí, lệ phí", "Trung tâm Phục vụ hành chính công", "25.000", "24.000")
                    .doesNotContain("Lê Thị Mẫu", "0900000001");
        }
        assertThat(read(sheet, "fees-sheet"))
                .as("a look at the ledger, and no document that anybody scans")
                .isEmpty();
        row(agency, code).locator("a").click();
        look(agency, "fees-item-" + width);
        assertThat(agency.locator("tbody").textContent()).contains("Phải thu", "Thu tại nhà", "Thu thiếu");
        byte[] receipt = agency.request()
                .get(hub.at(agency.locator("main ul.links a").first().getAttribute("href"))
                        .toString())
                .body();
        try (PDDocument document = Loader.loadPDF(receipt)) {
            assertThat(text(document, " "))
                    .contains("Biên nhận thu hộ", code, "24.000 đồng", "biên lai phí, lệ phí do cơ quan cấp")
                    .doesNotContain("Lê Thị Mẫu", "0900000001");
        }
        assertThat(read(receipt, "receipt")).anyMatch(read -> read.startsWith("CODE-128:TH-"));
        agency.navigate(hub.at("/fees/items?search=khong-co").toString());
        assertThat(agency.locator(".note").textContent()).contains("Không có khoản nào");
    }

    @Test
    void cod_that_is_nobodys_is_named_so_in_words_on_page_and_paper() throws Exception {
        String code = paid(FEE, 0, COD);
        Page office = signedIn("to-truong", Browser.DESKTOP);
        office.navigate(hub.at("/fees/items?search=" + code).toString());
        assertThat(office.content()).contains("Chưa rõ đơn vị thụ hưởng").doesNotContain("NOBODY");
        office.locator("tbody a").first().click();
        assertThat(office.content()).doesNotContain("NOBODY");
        byte[] receipt = office.request()
                .get(hub.at(office.locator("main ul.links a").first().getAttribute("href"))
                        .toString())
                .body();

        try (PDDocument document = Loader.loadPDF(receipt)) {
            assertThat(text(document, " "))
                    .contains("COD: Chưa rõ đơn vị thụ hưởng 150.000 đồng")
                    .doesNotContain("NOBODY");
        }
        office.navigate(hub.at("/fees/differences").toString());
        assertThat(row(office, code).first().textContent()).contains("Chưa rõ đơn vị thụ hưởng");
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void the_agencys_own_statement_is_brought_as_a_file_and_told_row_by_row(int width) {
        ObjectNode wish = Filed.both(DONG_HA);
        wish.remove("pickup");
        wish.withObject("/dossier").put("paidOnline", true).remove("payment");
        String code = files(wish);
        Page agency = signedIn("can-bo", width);
        agency.navigate(hub.at("/fees").toString());
        agency.locator("a[href='/fees/statement']").click();
        look(agency, "fees-statement-" + width);
        agency.locator("main button[type=submit]").click();
        assertThat(agency.locator(".summary").textContent()).contains("Hãy chọn một tệp");
        look(agency, "fees-statement-wrong-" + width);
        String template = agency.request()
                .get(hub.at("/fees/statement/template.csv").toString())
                .text();
        byte[] file = (template + code + ";KB-9-" + width + ";7.000 đ;05/01/2026\r\nkhong-co;KB-9;1;05/01/2026\r\n")
                .getBytes(StandardCharsets.UTF_8);
        for (String outcome : List.of("Đã ghi sổ", "Đã ghi từ trước")) {
            agency.locator("#file").setInputFiles(new FilePayload("sao-ke.csv", "text/csv", file));
            agency.locator("main button[type=submit]").click();
            row(agency, code).getByText(outcome).waitFor();
            assertThat(row(agency, "khong-co").textContent()).contains("không có hồ sơ nào");
            look(agency, "fees-statement-report-" + width);
        }
        agency.navigate(hub.at("/fees/differences").toString());
        assertThat(row(agency, code).textContent()).contains("Sao kê của cơ quan khác số cổng báo");

        Page office = signedIn("to-truong", width);
        office.navigate(hub.at("/fees/statement").toString());
        assertThat(office.locator("main form").count()).isZero();
    }

    @Test
    void english_and_the_operator_who_only_looks() {
        String code = paid(FEE - 2_000);
        Page operator = signedIn("truc-ca", Browser.DESKTOP);
        operator.navigate(hub.at("/fees?lang=en").toString());
        look(operator, "fees-operator");
        operator.navigate(hub.at("/fees/differences").toString());
        row(operator, code).locator("a").click();
        look(operator, "fees-difference-operator");
        assertThat(operator.locator("main form").count()).isZero();
        assertThat(operator.locator(".note").textContent()).contains("only look on");
    }

    @Test
    void bad_addresses_are_refused_by_name_and_workers_have_no_business_here() {
        Page agency = signedIn("can-bo", Browser.DESKTOP);
        for (String path : List.of(
                "/fees/items?from=gestern",
                "/fees/items?state=X",
                "/fees/items?money=X",
                "/fees/items?page=0",
                "/fees/items?from=2026-12-01&until=2026-11-01",
                "/fees/slips?older=-1",
                "/fees/differences?skip=x")) {
            assertThat(agency.navigate(hub.at(path).toString()).status())
                    .as(path)
                    .isEqualTo(400);
        }
        for (String path : List.of(
                "/fees/slips/NT-520100-261128-99",
                "/fees/slips/new?owner=x",
                "/fees/items/018f6b1e-7c2a-7000-8000-000000000001",
                "/fees/differences/018f6b1e-7c2a-7000-8000-000000000001/018f6b1e-7c2a-7000-8000-000000000002")) {
            assertThat(agency.navigate(hub.at(path).toString()).status())
                    .as(path)
                    .isEqualTo(404);
        }
        Page worker = signedIn("buu-ta", Browser.DESKTOP);
        assertThat(worker.navigate(hub.at("/fees").toString()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void cod_is_paid_to_its_payee_by_slip_and_confirmed_by_another(int width) throws Exception {
        String code = paid(FEE, COD);
        Page office = signedIn("to-truong", width);
        office.navigate(hub.at("/fees").toString());
        look(office, "fees-cod-office-" + width);
        office.locator("tr:has-text('Văn phòng công chứng Mẫu') a.button").click();
        look(office, "fees-cod-draft-" + width);
        assertThat(row(office, code).textContent()).contains("150.000 đ");
        assertThat(office.locator("main").textContent()).contains("Mã số thuế 0100000000", "000111222333");
        office.locator("main form button").click();
        assertThat(office.locator(".note").allTextContents()).anyMatch(note -> note.contains("người khác ở bưu cục"));
        look(office, "fees-cod-slip-" + width);
        String number = office.locator(".facts code").first().textContent();
        byte[] pdf = office.request()
                .get(hub.at("/fees/slips/" + number + "/pdf").toString())
                .body();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(text(document, " "))
                    .contains(
                            "Bảng kê trả tiền thu hộ (COD)",
                            "Văn phòng công chứng Mẫu",
                            "Mã số thuế: 0100000000",
                            number)
                    .doesNotContain("Lê Thị Mẫu", "0900000001");
        }
        assertThat(read(pdf, "remittance-cod")).contains("CODE-128:" + number);

        Page other = signedIn("kiem-soat", width);
        other.navigate(office.url());
        other.locator("main form button").first().click();
        look(other, "fees-cod-confirm-wrong-" + width);
        assertThat(other.locator(".summary").textContent()).contains("Thiếu số chứng từ");
        assertThat(other.locator("#reference").getAttribute("aria-invalid")).isEqualTo("true");
        other.locator("#reference").fill("UNC-2026/1128");
        String field = "#line-" + row(other, code).locator("td").first().textContent();
        other.locator(field).fill("140.000");
        other.locator("main form button").first().click();
        look(other, "fees-cod-confirmed-" + width);
        assertThat(other.locator(".facts").textContent()).contains("UNC-2026/1128", "140.000 đ");
        for (String kind : List.of("csv", "xlsx")) {
            APIResponse table = other.request()
                    .get(hub.at("/fees/slips/" + number + "/export." + kind).toString());
            assertThat(kind.equals("csv") ? table.text() : cells(table.body()))
                    .contains(number, "Văn phòng công chứng Mẫu", code, "150000", "140000", "UNC-2026/1128");
        }

        office.navigate(hub.at("/fees/differences").toString());
        row(office, code).locator("a").click();
        look(office, "fees-cod-difference-" + width);
        assertThat(office.locator(".facts").textContent()).contains("Tiền thu hộ (COD)", "Văn phòng công chứng Mẫu");
        office.getByLabel("Vì sao có chênh lệch này?").fill("Ngân hàng trừ phí.");
        office.locator("main form button").click();
        other.navigate(hub.at("/fees/differences").toString());
        row(other, code).locator("a").click();
        other.getByLabel("Đã xử lý thế nào?").fill("Bưu cục trả bù.");
        other.getByLabel("Đơn vị thụ hưởng nay đã nhận đủ phần chênh lệch").check();
        other.locator("main form button").click();
        assertThat(row(other, code).count()).isZero();

        other.navigate(hub.at("/fees/items?money=COD&search=" + code).toString());
        look(other, "fees-cod-items-" + width);
        assertThat(row(other, code).textContent())
                .contains("Tiền thu hộ (COD)", "Văn phòng công chứng Mẫu", "150.000 đ");
        row(other, code).locator("a").click();
        look(other, "fees-cod-item-" + width);
        byte[] receipt = other.request()
                .get(hub.at(other.locator("main ul.links a").first().getAttribute("href"))
                        .toString())
                .body();
        try (PDDocument document = Loader.loadPDF(receipt)) {
            assertThat(text(document, " "))
                    .contains("25.000 đồng", "COD: Văn phòng công chứng Mẫu 150.000 đồng", "175.000 đồng");
        }
        assertThat(read(receipt, "receipt-cod")).anyMatch(read -> read.startsWith("CODE-128:TH-"));

        Page agency = signedIn("can-bo", width);
        agency.navigate(hub.at("/fees/items?search=" + code).toString());
        assertThat(agency.locator("tbody tr").count()).as("its own fee alone").isOne();
        row(agency, code).locator("a").click();
        byte[] part = agency.request()
                .get(hub.at(agency.locator("main ul.links a").first().getAttribute("href"))
                        .toString())
                .body();
        try (PDDocument document = Loader.loadPDF(part)) {
            assertThat(text(document, " "))
                    .contains("25.000 đồng", "Phần của cơ quan")
                    .doesNotContain("COD", "150.000", "175.000");
        }
        assertThat(agency.navigate(hub.at("/fees/slips/" + number).toString()).status())
                .isEqualTo(404);
    }

    private static String cells(byte[] xlsx) throws Exception {
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
            return workbook.getFirstSheet().read().stream()
                    .flatMap(row -> row.stream().map(cell -> String.valueOf(cell.getRawValue())))
                    .collect(java.util.stream.Collectors.joining(";"));
        }
    }

    /** A code that is too long for its column goes on in the next line. */
    private static String text(PDDocument document, String gap) throws Exception {
        return new PDFTextStripper().getText(document).replaceAll("\\s+", gap);
    }

    private static void printed(Page page, String number, String code) throws Exception {
        byte[] pdf = page.request()
                .get(hub.at("/fees/slips/" + number + "/pdf").toString())
                .body();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(text(document, "")).contains(code);
            assertThat(text(document, " "))
                    .contains("Bảng kê nộp phí, lệ phí thu hộ", "Trung tâm Phục vụ hành chính công", number)
                    .doesNotContain("Lê Thị Mẫu", "0900000001");
        }
        assertThat(read(pdf, "remittance")).contains("CODE-128:" + number);
    }

    /** A result with a fee, delivered, of which so much was taken. @return the dossier's code */
    private static String paid(long fee) {
        return paid(fee, 0);
    }

    private static String paid(long fee, long cod) {
        return paid(fee, cod, cod);
    }

    /** @param asked COD that the citizen asked for; {@code cod} of it was taken, or more */
    private static String paid(long fee, long asked, long cod) {
        ObjectNode wish = Filed.both(DONG_HA);
        wish.remove("pickup");
        wish.withObject("/dossier").put("paidOnline", false);
        wish.withObject("/result").put("collectFee", FEE);
        if (asked > 0) {
            wish.withObject("/result/cod").put("amount", asked).put("payee", "cong-chung-mau");
        }
        String code = files(wish);
        String item = dispatched(List.of(code)).get(0);
        Worker worker = worker("buu-ta");
        worker.scans("RESULT_COLLECTED", item);
        worker.send(worker.handling(
                "DELIVERED",
                item,
                Map.of(
                        "details",
                        Map.of(
                                "identity",
                                "MATCHED",
                                "signature",
                                "0".repeat(64),
                                "originalsTaken",
                                0,
                                "feeCollected",
                                fee,
                                "postageCollected",
                                0,
                                "codCollected",
                                cod,
                                "relation",
                                "SELF"))));
        return code;
    }
}
