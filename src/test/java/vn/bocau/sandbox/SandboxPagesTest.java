package vn.bocau.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import vn.bocau.Browser;
import vn.bocau.journey.Http;

/** The sandbox's pages as a person sees them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SandboxPagesTest {

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext sandbox;
    private static URI at;
    private static Browser browser;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0, folder, Map.of("hub.url", "http://localhost:1"));
        at = URI.create("http://localhost:" + sandbox.getEnvironment().getProperty("local.server.port"));
        browser = new Browser();
        Http.post(at.resolve("/api/dvcqg/dossiers"), Map.of(), Map.of("code", "000.00.12.H50-261124-MAU1"))
                .ok();
        sandbox.getBean(DvcqgDossiers.class)
                .steps(
                        Json.of(List.of(Map.of(
                                "MaHoSo", "000.00.12.H50-261124-MAU1",
                                "ThoiDiemXuLy", "20261124091200",
                                "TrangThai", "1",
                                "NoiDungXuLy", "Bưu tá đã nhận hồ sơ tại nhà"))),
                        "m-1");
    }

    @AfterAll
    static void stop() {
        browser.close();
        sandbox.close();
    }

    @AfterEach
    void everybodyLeaves() {
        browser.everybodyLeaves();
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void every_page_is_accessible_at_phone_and_desktop_width(int width) {
        Page page = browser.page(width);
        Map<String, String> pages = Map.of(
                "home", "/",
                "portal", "/dvcqg",
                "dossier", "/dvcqg/dossier?code=000.00.12.H50-261124-MAU1",
                "twin", "/twins/dvcqg",
                "unknown", "/twins/khong-co",
                "english", "/?lang=en");
        pages.forEach((name, path) -> {
            page.navigate(at.resolve(path).toString());
            Browser.picture(page, "sandbox-" + name + "-" + width);
            Browser.isAccessible(page);
        });
    }

    @Test
    void filing_without_the_hub_says_so_and_keeps_what_was_typed() {
        Page page = browser.page(Browser.PHONE);
        page.navigate(at.resolve("/dvcqg?lang=vi").toString());
        page.getByLabel("Số nhà, đường, thôn").fill("34 đường Thử");
        page.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON)
                .getByText("Nộp hồ sơ")
                .click();

        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT)
                        .textContent())
                .contains("Bồ Câu chưa trả lời");
        assertThat(page.getByLabel("Số nhà, đường, thôn").inputValue()).isEqualTo("34 đường Thử");
        Browser.isAccessible(page);
    }

    @Test
    void who_asks_the_post_for_nothing_is_asked_at_the_boxes_for_something() {
        Page page = browser.page(Browser.PHONE);
        page.navigate(at.resolve("/dvcqg?lang=vi").toString());
        page.locator("#pickup").uncheck();
        page.locator("#result").uncheck();
        page.locator("form button").click();

        assertThat(page.locator("#pickup-error").textContent())
                .isEqualTo("Hãy chọn ít nhất một việc nhờ bưu chính: nhận giấy tờ, mang kết quả, hoặc cả hai.");
        assertThat(page.locator("#result").isChecked()).isFalse();
        Browser.isAccessible(page);
    }

    @Test
    void the_one_stop_s_page_reads_its_feed_and_says_when_it_cannot() {
        Page page = browser.page(Browser.PHONE);
        page.navigate(at.resolve("/twins/qti-tthcc?lang=vi").toString());
        page.locator("button:has-text('Đọc bảng tin')").click();

        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT)
                        .textContent())
                .contains("Bồ Câu chưa trả lời");
        Browser.picture(page, "sandbox-one-stop");
        Browser.isAccessible(page);
    }

    @Test
    void a_partner_is_told_to_misbehave_from_its_page() {
        Page page = browser.page(Browser.DESKTOP);
        page.navigate(at.resolve("/twins/opencps?lang=vi").toString());
        page.locator("#mode").selectOption("GARBAGE");
        page.locator("button:has-text('Đổi cách cư xử')").click();

        assertThat(page.locator("p .tag").textContent()).isEqualTo("trả lời rác");
        assertThat(sandbox.getBean(Manners.class).of(Twin.OPENCPS).mode()).isEqualTo(Manners.Mode.GARBAGE);
    }

    @Test
    void a_number_out_of_reason_is_refused_at_its_field_and_stays_as_typed() {
        Page page = browser.page(Browser.PHONE);
        page.navigate(at.resolve("/twins/webhook-portal?lang=vi").toString());
        page.locator("#mode").selectOption("GARBAGE");
        page.locator("#minutes").fill("5000");
        page.locator("button:has-text('Đổi cách cư xử')").click();

        assertThat(page.title()).startsWith("Lỗi: ");
        assertThat(page.locator("#minutes-error").textContent()).isEqualTo("Hãy ghi một số từ 0 đến 1440.");
        assertThat(page.locator("#minutes").inputValue()).isEqualTo("5000");
        assertThat(page.locator("#mode").inputValue()).isEqualTo("GARBAGE");
        assertThat(page.locator("#every-error").count()).isZero();
        assertThat(sandbox.getBean(Manners.class).of(Twin.WEBHOOK).mode()).isEqualTo(Manners.Mode.NONE);
        Browser.picture(page, "sandbox-twin-wrong");
        Browser.isAccessible(page);
        page.getByText("English").click();
        assertThat(page.locator("h1").textContent()).isEqualTo("Webhook portal");
    }

    @Test
    void nothing_is_forgotten_by_who_is_not_sure() {
        Page page = browser.page(Browser.DESKTOP);
        page.navigate(at.resolve("/twins/dvcqg?lang=vi").toString());
        page.getByText("Xóa những gì đã nhận").click();

        assertThat(page.locator("#sure-error").textContent()).isEqualTo("Hãy đánh dấu là bạn chắc chắn.");
        assertThat(page.locator("tbody tr").count()).isPositive();
        Browser.isAccessible(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dvcqg/dossier?code=khong-co", "/twins/khong-co", "/khong-co"})
    void what_is_not_there_is_said_in_both_languages(String path) {
        Page page = browser.page(Browser.PHONE);

        assertThat(page.navigate(at.resolve(path).toString()).status()).isEqualTo(404);
        assertThat(page.locator("h1").textContent()).isEqualTo("Không tìm thấy");
        page.getByText("English").click();
        assertThat(page.locator("h1").textContent()).isEqualTo("Not found");
    }

    @Test
    void days_and_times_are_written_as_in_vietnam() {
        Page page = browser.page(Browser.PHONE);
        page.navigate(
                at.resolve("/dvcqg/dossier?code=000.00.12.H50-261124-MAU1").toString());

        assertThat(page.locator(".journey time").textContent())
                .matches("xảy ra 24/11/2026 09:12:00 · cổng nhận \\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d");
        assertThat(When.told("2026-11-24")).isEqualTo("24/11/2026");
        assertThat(When.told("2026-11-24T20:15:00Z")).isEqualTo("25/11/2026 03:15");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"en-US,en;q=0.9,vi;q=0.8 | en", "vi-VN,vi;q=0.9,en;q=0.8 | vi", "fr-FR,fr;q=0.9 | vi", "* | vi"})
    void who_has_chosen_nothing_reads_the_first_language_the_browser_prefers(String preferred, String language) {
        assertThat(Http.get(at.resolve("/"), Map.of("Accept-Language", preferred))
                        .text())
                .contains("<html lang=\"" + language + "\"");
    }

    @Test
    void both_languages_say_everything() throws Exception {
        var vi = new java.util.Properties();
        var en = new java.util.Properties();
        vi.load(SandboxPagesTest.class.getResourceAsStream("/sandbox/messages.properties"));
        en.load(SandboxPagesTest.class.getResourceAsStream("/sandbox/messages_en.properties"));

        assertThat(en.keySet()).isEqualTo(vi.keySet());
    }
}
