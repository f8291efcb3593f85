package vn.bocau.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void every_page_is_accessible_at_phone_and_desktop_width(int width) {
        Page page = browser.page(width);
        Map<String, String> pages = Map.of(
                "home", "/",
                "portal", "/dvcqg",
                "dossier", "/dvcqg/dossier?code=000.00.12.H50-261124-MAU1",
                "twin", "/twins/dvcqg",
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
    void a_partner_is_told_to_misbehave_from_its_page() {
        Page page = browser.page(Browser.DESKTOP);
        page.navigate(at.resolve("/twins/opencps?lang=vi").toString());
        page.getByLabel("Cư xử").selectOption("GARBAGE");
        page.getByText("Đổi cách cư xử").click();

        assertThat(page.locator("p .tag").textContent()).isEqualTo("trả lời rác");
        assertThat(sandbox.getBean(Manners.class).of(Twin.OPENCPS).mode()).isEqualTo(Manners.Mode.GARBAGE);
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
