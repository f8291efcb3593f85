package vn.bocau.prove;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who may see all money, signs in on the pages and takes the ledger away as a table. */
final class Cashier {

    /** What the table calls a fee. */
    static final String FEE = "Phí, lệ phí";

    private static final Pattern GUARD = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final int OK = 200;

    /** Clocks jump, and a run may begin in one month and end in the next. */
    private static final int DAYS_BEFORE = 40;

    private final URI hub;

    Cashier(URI hub) {
        this.hub = hub;
    }

    /** @param item empty for what was paid online */
    record Row(String dossier, String item, String money, Fees.Amounts amounts) {}

    List<Row> ledger() throws IOException {
        HttpClient browser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .connectTimeout(PATIENCE)
                .build();
        Matcher guard = GUARD.matcher(ask(browser, HttpRequest.newBuilder(hub.resolve("/login"))));
        if (!guard.find()) {
            throw new IOException("the page to sign in has no _csrf");
        }
        String form = "username=truc-ca&password=truc-ca-sandbox&_csrf="
                + URLEncoder.encode(guard.group(1), StandardCharsets.UTF_8);
        send(
                browser,
                Talk.post(hub.resolve("/login"), Map.of("Content-Type", "application/x-www-form-urlencoded"), form));
        LocalDate today = LocalDate.now(VIETNAM);
        return rows(ask(
                browser,
                HttpRequest.newBuilder(hub.resolve("/fees/items/export.csv?from=" + today.minusDays(DAYS_BEFORE)
                        + "&until=" + today.plusDays(1)))));
    }

    private static String ask(HttpClient browser, HttpRequest.Builder what) throws IOException {
        HttpResponse<String> answer = send(browser, what);
        if (answer.statusCode() != OK) {
            throw new IOException(answer.uri().getPath() + " is answered " + answer.statusCode());
        }
        return answer.body();
    }

    private static HttpResponse<String> send(HttpClient browser, HttpRequest.Builder what) throws IOException {
        try {
            return browser.send(what.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static List<Row> rows(String table) throws IOException {
        // As spreadsheets want it: it begins with a mark, and semicolons part its columns.
        String text = table.startsWith("\uFEFF") ? table.substring(1) : table;
        List<Row> rows = new ArrayList<>();
        try (MappingIterator<Map<String, String>> lines = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader().withColumnSeparator(';'))
                .readValues(text)) {
            while (lines.hasNext()) {
                rows.add(row(lines.next()));
            }
        }
        return rows;
    }

    private static Row row(Map<String, String> cells) throws IOException {
        return new Row(
                cell(cells, "Mã hồ sơ"),
                cell(cells, "Bưu gửi"),
                cell(cells, "Khoản"),
                new Fees.Amounts(
                        amount(cells, "Phải thu trong kỳ"),
                        amount(cells, "Nộp trực tuyến trong kỳ"),
                        amount(cells, "Thu trong kỳ"),
                        amount(cells, "Trả lại người dân trong kỳ"),
                        amount(cells, "Nộp chủ khoản tiền trong kỳ"),
                        amount(cells, "Chủ khoản tiền xác nhận trong kỳ"),
                        amount(cells, "Cuối kỳ còn phải thu"),
                        amount(cells, "Cuối kỳ đang giữ"),
                        amount(cells, "Cuối kỳ chờ xác nhận"),
                        amount(cells, "Cuối kỳ thiếu, không thu nữa"),
                        amount(cells, "Cuối kỳ thừa, chưa trả lại")));
    }

    private static long amount(Map<String, String> cells, String heading) throws IOException {
        return Long.parseLong(cell(cells, heading));
    }

    private static String cell(Map<String, String> cells, String heading) throws IOException {
        String cell = cells.get(heading);
        if (cell == null) {
            throw new IOException("the ledger has no column " + heading);
        }
        return cell;
    }
}
