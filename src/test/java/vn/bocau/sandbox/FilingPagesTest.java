package vn.bocau.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.Browser;
import vn.bocau.journey.World;

/** A newcomer files on the portal's page and plays everybody, with a real hub behind it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FilingPagesTest {

    private static World world;
    private static Browser browser;

    @BeforeAll
    static void start() {
        world = new World();
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        world.close();
    }

    @Test
    void a_refused_filing_is_explained_at_its_fields_keeps_what_was_typed_and_is_not_listed() {
        Page page = form();
        int listed = page.locator("main li").count();
        page.getByLabel("Thủ tục").selectOption("2.000806");
        page.getByLabel("Số điện thoại").fill("không có");
        page.getByLabel("Số nhà, đường, thôn").fill("34 đường Thử");
        submit(page);

        assertThat(page.title()).startsWith("Lỗi: ");
        assertThat(page.locator("#phone-error").textContent()).isNotBlank();
        assertThat(page.getByLabel("Số điện thoại").inputValue()).isEqualTo("không có");
        assertThat(page.getByLabel("Số nhà, đường, thôn").inputValue()).isEqualTo("34 đường Thử");
        assertThat(page.getByLabel("Thủ tục").inputValue()).isEqualTo("2.000806");
        assertThat(page.getByRole(AriaRole.ALERT).locator("a[href='#phone']").count())
                .isEqualTo(1);
        assertThat(page.locator("main li").count()).isEqualTo(listed);
        Browser.picture(page, "sandbox-portal-refused");
        Browser.isAccessible(page);

        page.getByLabel("Số điện thoại").fill("0900000001");
        submit(page);
        assertThat(page.locator(".error").allTextContents()).isNotEmpty();
        assertThat(page.locator("#pickup-error").textContent()).isNotBlank();

        page.getByText("English").click();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
        assertThat(page.url()).contains("/dvcqg?lang=en");
    }

    @Test
    void what_was_played_while_the_portal_is_in_trouble_is_not_played_twice() {
        Page page = form();
        submit(page);
        assertThat(page.url()).contains("/dvcqg/dossier?code=");
        await().atMost(World.SOON)
                .untilAsserted(() ->
                        assertThat(page.locator("form button").textContent()).contains("xác nhận sẽ đến nhận"));
        world.twin("dvcqg").misbehaves("500");

        page.locator("form button").click();

        assertThat(page.locator("form button").textContent()).contains("nhận giấy tờ tại nhà");
        assertThat(page.getByRole(AriaRole.MAIN).textContent()).contains("Bước đầu tiên sẽ tự hiện ở đây");
        world.twin("dvcqg").behaves();
        Browser.picture(page, "sandbox-dossier-played");
    }

    private static Page form() {
        Page page = browser.page(Browser.PHONE);
        page.navigate(world.sandbox("/dvcqg?lang=vi").toString());
        return page;
    }

    private static void submit(Page page) {
        page.locator("form button").click();
    }
}
