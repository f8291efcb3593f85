package vn.bocau.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.password.PasswordEncoder;
import vn.bocau.Browser;

/** The page to change the own password on, as a person sees it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PasswordPageTest {

    private static final String GIVEN = "abcd-efgh-jkmn";
    private static final String OWN = "một câu chỉ mình tôi biết";

    private static OwnHub hub;
    private static Browser browser;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of("bocau.login.per-account", 5));
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        hub.close();
    }

    @AfterEach
    void everybodyLeaves() {
        browser.everybodyLeaves();
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void a_one_time_password_leads_here_from_everywhere_until_it_is_changed(int width) {
        String name = person("moi-" + width, true);
        Page page = signedIn(name, GIVEN, width);

        assertThat(page.url()).endsWith("/password");
        assertThat(page.getByRole(AriaRole.MAIN).textContent()).contains("Mật khẩu này chỉ dùng một lần");
        Browser.picture(page, "password-" + width);
        Browser.isAccessible(page);
        page.navigate(hub.at("/").toString());
        assertThat(page.url()).endsWith("/password");

        fillIn(page, GIVEN, "ngắn quá", "ngắn quá");
        assertThat(page.title()).startsWith("Lỗi: ");
        assertThat(page.locator("#fresh-error").textContent()).contains("ít nhất 12 ký tự");
        assertThat(page.getByLabel("Mật khẩu mới", new Page.GetByLabelOptions().setExact(true))
                        .getAttribute("aria-invalid"))
                .isEqualTo("true");
        assertThat(page.locator("input[type=password]").evaluateAll("all => all.map(one => one.value).join('')"))
                .as("nothing typed is sent back")
                .isEqualTo("");
        Browser.picture(page, "password-wrong-" + width);
        Browser.isAccessible(page);

        fillIn(page, GIVEN, OWN, OWN);
        assertThat(page.url()).endsWith("/login?changed&lang=vi");
        assertThat(page.getByRole(AriaRole.STATUS).textContent()).contains("Mật khẩu đã đổi");
        Browser.picture(page, "password-changed-" + width);
        Browser.isAccessible(page);
        signIn(page, name, OWN);
        assertThat(page.locator("h1").textContent()).isEqualTo("Việc hôm nay");
    }

    @Test
    void by_keyboard_alone_from_the_home_page_and_in_english() {
        String name = person("ban-phim", false);
        Page page = signedIn(name, GIVEN, Browser.DESKTOP);
        page.getByText("English").click();
        page.getByText("Change your password").focus();
        page.keyboard().press("Enter");
        page.waitForURL("**/password");
        assertThat(page.locator("h1").textContent()).isEqualTo("Change your password");
        Browser.picture(page, "password-english");
        Browser.isAccessible(page);

        page.locator("#old").focus();
        page.keyboard().type(GIVEN);
        page.keyboard().press("Tab");
        page.keyboard().insertText(OWN);
        page.keyboard().press("Tab");
        page.keyboard().insertText(OWN);
        page.keyboard().press("Enter");

        page.waitForURL("**/login?changed&lang=en");
        assertThat(page.content()).contains("The password is changed.").doesNotContain("??");
    }

    @Test
    void each_thing_that_is_wrong_stands_at_its_field() {
        String name = person("sai", false);
        Page page = signedIn(name, GIVEN, Browser.PHONE);
        page.navigate(hub.at("/password").toString());

        fillIn(page, "not the old one", OWN, OWN);
        assertThat(page.locator("#old-error").textContent()).contains("không đúng");
        fillIn(page, GIVEN, OWN, OWN + "?");
        assertThat(page.locator("#again-error").textContent()).contains("khác nhau");
        fillIn(page, GIVEN, GIVEN, GIVEN);
        assertThat(page.locator("#fresh-error").textContent()).contains("phải khác mật khẩu hiện nay");
        page.getByRole(AriaRole.ALERT).getByRole(AriaRole.LINK).click();
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("fresh");

        assertThat(hub.db()
                        .sql("select what from audit where kind = 'ACCOUNT' and target = :name")
                        .param("name", name)
                        .query(String.class)
                        .list())
                .as("nothing was changed")
                .containsExactly("SIGN_IN");
    }

    @Test
    void who_guesses_the_old_password_is_slowed_down_like_everywhere() {
        String name = person("doan", false);
        Page page = signedIn(name, GIVEN, Browser.PHONE);
        page.navigate(hub.at("/password").toString());
        for (int i = 0; i < 5; i++) {
            fillIn(page, "a guess " + i, OWN, OWN);
        }

        fillIn(page, GIVEN, OWN, OWN);

        assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("Sai quá nhiều lần");
        Browser.isAccessible(page);
    }

    @Test
    void a_sandbox_login_is_told_that_it_keeps_its_password() {
        Page page = signedIn("truc-ca", "truc-ca-sandbox", Browser.PHONE);
        page.navigate(hub.at("/password").toString());

        assertThat(page.getByRole(AriaRole.MAIN).textContent()).contains("Tài khoản thử nghiệm");
        assertThat(page.locator("input[type=password]").count()).isZero();
        Browser.isAccessible(page);
    }

    private static String person(String name, boolean oneTime) {
        hub.db()
                .sql("insert into account (name, password, role, one_time) values (:name, :hash, 'OPERATOR', :oneTime)")
                .param("name", name)
                .param("hash", hub.bean(PasswordEncoder.class).encode(GIVEN))
                .param("oneTime", oneTime)
                .update();
        return name;
    }

    private static Page signedIn(String name, String password, int width) {
        Page page = browser.page(width);
        page.navigate(hub.at("/login").toString());
        signIn(page, name, password);
        return page;
    }

    private static void signIn(Page page, String name, String password) {
        page.locator("#username").fill(name);
        page.locator("#password").fill(password);
        page.locator("main button").click();
    }

    private static void fillIn(Page page, String old, String fresh, String again) {
        page.locator("#old").fill(old);
        page.locator("#fresh").fill(fresh);
        page.locator("#again").fill(again);
        page.locator("main form[action='/password'] button").click();
    }
}
