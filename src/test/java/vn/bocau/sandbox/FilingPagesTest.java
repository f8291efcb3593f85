package vn.bocau.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    @AfterEach
    void everybodyLeaves() {
        browser.everybodyLeaves();
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

        assertThat(page.getByRole(AriaRole.ALERT).locator("p").allTextContents())
                .isNotEmpty()
                .doesNotHaveDuplicates();

        page.getByText("English").click();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
        assertThat(page.url()).contains("/dvcqg?lang=en");
        assertThat(page.getByLabel("Procedure").locator("option").first().textContent())
                .isEqualTo("1.012786 – New land-use certificate for a lost one");
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

    @Test
    void cod_is_asked_for_with_the_result_and_taken_at_the_door() {
        Page page = form();
        page.locator("#cod").fill("200.000");
        page.locator("#payee").fill("khong-co");
        submit(page);
        assertThat(page.locator("#payee-error").textContent()).contains("Danh bạ không có");
        assertThat(page.locator("#cod").inputValue()).isEqualTo("200.000");
        Browser.picture(page, "sandbox-portal-cod");
        Browser.isAccessible(page);
        page.locator("#payee").fill("");
        submit(page);
        assertThat(page.locator("#payee-error").count()
                        + page.locator("#cod-error").count())
                .isPositive();

        page.locator("#payee").fill("cong-chung-mau");
        submit(page);

        playToTheEnd(page, 8, "10 ");
    }

    @ParameterizedTest
    @MethodSource("everyPlace")
    void from_every_commune_on_offer_the_buttons_lead_to_the_end(Place place) {
        Page page = form();
        page.getByLabel("Nơi ở").selectOption(place.commune);
        submit(page);

        playToTheEnd(page, 8, "10 ");
    }

    static Stream<Place> everyPlace() {
        return Stream.of(Place.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pickup", "result"})
    void what_was_not_asked_for_is_not_waited_for(String unwanted) {
        Page page = form();
        page.locator("#" + unwanted).uncheck();
        submit(page);

        if (unwanted.equals("pickup")) {
            playToTheEnd(page, 5, "10 ");
        } else {
            playToTheEnd(page, 4, "2 ");
        }
    }

    @Test
    void a_fee_is_collected_at_the_door_unless_it_was_paid_before() {
        Page page = form();
        page.locator("#pickup").uncheck();
        page.getByLabel("Phí bưu tá thu").fill("25.000");
        submit(page);
        assertThat(page.locator("#fee-error").textContent()).contains("đã nộp trực tuyến");
        assertThat(page.getByLabel("Phí bưu tá thu").inputValue()).isEqualTo("25.000");
        Browser.picture(page, "sandbox-portal-fee");
        Browser.isAccessible(page);

        page.locator("#paid").uncheck();
        page.getByLabel("Phí bưu tá thu").fill("hai mươi");
        submit(page);
        assertThat(page.locator("#fee-error").textContent()).isNotBlank();
        page.getByLabel("Phí bưu tá thu").fill("25.000");
        submit(page);
        // Proven, because whoever brought the result was paid.
        playToTheEnd(page, 5, "10 ");
    }

    @Test
    void every_line_on_a_partner_s_page_can_be_copied_into_a_terminal() throws Exception {
        Page form = form();
        form.getByLabel("Nơi ở").selectOption(Place.HAI_LANG.commune);
        submit(form);
        await().atMost(World.SOON)
                .until(() -> world.twin("carrier-x").received().stream()
                        .anyMatch(entry -> entry.path("what").asText().equals("order")));
        for (Twin twin : Twin.values()) {
            Page page = browser.page(Browser.DESKTOP);
            page.navigate(world.sandbox("/twins/" + twin.id + "?lang=vi").toString());
            assertThat(page.content()).doesNotContain("??");
            Browser.picture(page, "sandbox-lines-" + twin.id);
            for (String command : page.locator("pre code").allTextContents()) {
                Process shell = new ProcessBuilder("bash", "-c", command)
                        .redirectErrorStream(true)
                        .start();
                String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(shell.waitFor()).as(command + "\n" + said).isZero();
            }
            page.close();
        }
        assertThat(world.twin("qti-tthcc").received().toString()).contains("\"Status\":100");
        await().atMost(World.SOON).untilAsserted(() -> {
            form.reload();
            assertThat(form.locator(".journey li").count())
                    .as("what the carrier told")
                    .isPositive();
        });
        Browser.picture(form, "sandbox-carrier-told");
    }

    /** Presses the one button there is, again where the hub needs a moment, until none is left. */
    /** Until nobody comes next, the journey has so many steps, and the dossier this status. */
    private static void playToTheEnd(Page page, int steps, String status) {
        await().atMost(World.SOON.multipliedBy(2)).until(() -> {
            if (page.locator("form button").count() > 0) {
                page.locator("form button").click();
            }
            return page.locator("main .note").count() > 0
                    && page.locator(".journey li").count() == steps
                    && page.locator(".lead .tag").textContent().startsWith(status);
        });
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
