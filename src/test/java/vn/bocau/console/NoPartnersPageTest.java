package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.Browser;
import vn.bocau.wire.http.OwnHub;

/** What an operator sees before anybody has named a partner. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NoPartnersPageTest {

    @Test
    void nothing_is_called_well_where_there_is_nothing(@TempDir Path reference) throws Exception {
        Files.createDirectories(reference.resolve("sandbox"));
        Files.writeString(
                reference.resolve("sandbox/partners.csv"),
                "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n");
        try (var hub = new OwnHub(Map.of("bocau.reference", reference.toString()));
                var browser = new Browser()) {
            for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
                Page page = browser.page(width);
                page.navigate(hub.at("/login").toString());
                page.getByLabel("Tên đăng nhập").fill("truc-ca");
                page.getByLabel("Mật khẩu").fill("truc-ca-sandbox");
                page.locator("main button").click();

                assertThat(page.getByRole(AriaRole.MAIN).textContent())
                        .contains("Chưa có đối tác nào", "partners.csv")
                        .doesNotContain("Mọi đường đều thông");
                assertThat(page.locator("#lines").count()).isZero();
                Browser.picture(page, "home-no-partners-" + width);
                Browser.isAccessible(page);
            }
        }
    }
}
