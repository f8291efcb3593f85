package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the proof of the money is worth: each kind of damage to the ledger a cashier takes away is seen. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeesTest {

    private static final String HEADINGS = "Mã hồ sơ;\"Bưu gửi\";Chặng;Khoản;\"Chủ khoản tiền\";\"Phải thu trong kỳ\";"
            + "\"Nộp trực tuyến trong kỳ\";\"Thu trong kỳ\";\"Trả lại người dân trong kỳ\";\"Nộp chủ khoản tiền trong kỳ\";"
            + "\"Chủ khoản tiền xác nhận trong kỳ\";\"Cuối kỳ còn phải thu\";\"Cuối kỳ đang giữ\";"
            + "\"Cuối kỳ chờ xác nhận\";\"Cuối kỳ thiếu, không thu nữa\";\"Cuối kỳ thừa, chưa trả lại\";\"Biến động cuối\"\r\n";

    private static final String AT_THE_DOOR =
            row("HS-1", "EA1VN", "Phí, lệ phí", "25000;0;25000;0;25000;0;0;0;25000;0;0");
    private static final String ON_THE_PORTAL = row("HS-2", "", "Phí, lệ phí", "25000;25000;0;0;0;0;0;25000;0;0;0");
    private static final String IN_PART =
            row("HS-3", "EA3VN", "Phí, lệ phí", "25000;0;24000;0;24000;0;0;0;24000;1000;0");
    private static final String ON_DELIVERY = row("HS-4", "EA4VN", "Phí, lệ phí", "25000;0;25000;0;0;0;0;25000;0;0;0");
    private static final String ALL = AT_THE_DOOR + ON_THE_PORTAL + IN_PART + ON_DELIVERY;

    private final Fees fees = new Fees();
    private HttpServer hub;
    private String ledger = ALL;

    @BeforeEach
    void open() throws IOException {
        fees.due("HS-1", "EA1VN", 25_000);
        fees.told("HS-1", "EA1VN", 20_000, 0);
        fees.voided("HS-1", "EA1VN", 20_000);
        fees.told("HS-1", "EA1VN", 25_000, 0);
        fees.told("HS-1", "EA1VN", 0, 25_000);
        // Asked for at a door, and paid on the portal before anybody came.
        fees.due("HS-2", "EA2VN", 25_000);
        fees.due("HS-2", "EA2VN", -25_000);
        fees.paidOnline("HS-2", 25_000);
        fees.due("HS-3", "EA3VN", 25_000);
        fees.told("HS-3", "EA3VN", 24_000, 24_000);
        fees.due("HS-4", "EA4VN", 25_000);
        fees.told("HS-4", "EA4VN", 25_000, 0);
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/login", exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 200, "<form><input type=\"hidden\" name=\"_csrf\" value=\"g+1\"></form>");
                return;
            }
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (form.equals("username=truc-ca&password=truc-ca-sandbox&_csrf=g%2B1")) {
                exchange.getResponseHeaders().add("Set-Cookie", "SESSION=s-1; Path=/; HttpOnly");
            }
            answer(exchange, 302, "");
        });
        hub.createContext("/fees/items/export.csv", exchange -> {
            boolean known = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"))
                    .contains("SESSION=s-1");
            answer(exchange, known ? 200 : 302, known ? "\uFEFF" + HEADINGS + ledger : "");
        });
        hub.start();
    }

    @AfterEach
    void close() {
        hub.stop(0);
    }

    @Test
    void what_both_say_alike_is_no_difference() throws IOException {
        assertThat(differences()).isEmpty();
        assertThat(fees.compared()).isEqualTo(4);
        assertThat(fees.collected()).isEqualTo(3);
        assertThat(fees.paidOnline()).isEqualTo(1);
        assertThat(fees.voided()).isEqualTo(1);
    }

    @Test
    void a_collection_that_is_lost_is_told() throws IOException {
        assertThat(damaged(all -> all.replace(AT_THE_DOOR, "")))
                .singleElement()
                .asString()
                .startsWith("HS-1 EA1VN: counted outside")
                .contains("collected=25000", "collected=0");
        assertThat(damaged(all -> all.replace(";0;25000;0;0;0;0;25000;", ";0;0;0;0;0;25000;0;")))
                .hasSize(1);
    }

    @Test
    void a_remittance_that_is_doubled_or_left_out_is_told() throws IOException {
        assertThat(damaged(all -> all.replace(";0;25000;0;25000;0;0;0;25000;", ";0;25000;0;50000;0;0;-25000;50000;")))
                .singleElement()
                .asString()
                .contains("remitted=25000", "remitted=50000");
        assertThat(damaged(all -> all.replace(";0;25000;0;25000;0;0;0;25000;", ";0;25000;0;0;0;0;25000;0;")))
                .hasSize(1);
    }

    @Test
    void an_amount_that_is_wrong_is_told_whichever_it_is() throws IOException {
        String[] cells = AT_THE_DOOR.split(";");
        IntStream.range(5, 16).forEach(cell -> {
            String[] other = cells.clone();
            other[cell] = Long.toString(Long.parseLong(other[cell]) + 1);
            ledger = ALL.replace(AT_THE_DOOR, String.join(";", other));
            assertThat(differencesNow()).as("column " + cell).hasSize(1);
        });
    }

    @Test
    void a_wrong_amount_that_was_voided_and_still_counts_is_told() throws IOException {
        assertThat(damaged(all ->
                        all.replace(";0;25000;0;25000;0;0;0;25000;0;0;", ";0;45000;0;25000;0;0;20000;25000;0;20000;")))
                .singleElement()
                .asString()
                .contains("tooMuch=20000");
    }

    @Test
    void what_was_paid_online_and_is_asked_for_at_the_door_all_the_same_is_told() throws IOException {
        assertThat(damaged(all -> all + row("HS-2", "EA2VN", "Phí, lệ phí", "25000;0;0;0;0;0;25000;0;0;0;0")))
                .singleElement()
                .asString()
                .startsWith("HS-2 EA2VN");
        assertThat(damaged(all -> all.replace(ON_THE_PORTAL, ""))).hasSize(1);
    }

    @Test
    void rows_that_are_there_twice_or_that_nobody_brought_about_are_told() throws IOException {
        assertThat(damaged(all -> all + AT_THE_DOOR)).containsExactly("HS-1 EA1VN: more than one row");
        assertThat(damaged(all -> all + row("HS-9", "EA9VN", "Phí, lệ phí", "1;0;1;0;0;0;0;1;0;0;0")))
                .hasSize(1);
        assertThat(damaged(all -> all + row("HS-1", "EA1VN", "Cước", "1;0;1;0;0;0;0;1;0;0;0")))
                .singleElement()
                .asString()
                .contains("nobody asked for any Cước");
    }

    @Test
    void a_ledger_that_is_not_to_be_had_is_no_ledger_without_differences() {
        hub.removeContext("/fees/items/export.csv");
        assertThatThrownBy(this::differences).isInstanceOf(IOException.class).hasMessageContaining("404");
    }

    @Test
    void each_way_to_pay_is_drawn() {
        var chance = new Random(5);
        assertThat(IntStream.range(0, 200).mapToObj(n -> Paying.drawn(chance)).distinct())
                .containsExactlyInAnyOrder(Paying.values());
    }

    private List<String> damaged(UnaryOperator<String> damage) throws IOException {
        ledger = damage.apply(ALL);
        assertThat(ledger).isNotEqualTo(ALL);
        return differences();
    }

    private List<String> differencesNow() {
        try {
            return differences();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> differences() throws IOException {
        return fees.differences(
                new Cashier(URI.create("http://localhost:" + hub.getAddress().getPort())).ledger());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] said = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, said.length == 0 ? -1 : said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }

    /** @param amounts from due to too much */
    private static String row(String dossier, String item, String money, String amounts) {
        return dossier + ";" + item + ";\"Lấy hồ sơ\";\"" + money + "\";\"Trung tâm\";" + amounts
                + ";\"30/11/2026 08:00\"\r\n";
    }
}
