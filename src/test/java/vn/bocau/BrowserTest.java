package vn.bocau;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the tests of pages look for is found where it is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrowserTest {

    private static final String GOOD = "<!doctype html><html lang=vi><title>Trang</title><main><h1>Trang</h1>%s</main>";

    @Test
    void what_is_not_accessible_is_named_with_an_example_also_when_it_comes_later() {
        try (var browser = new Browser()) {
            Page page = browser.page(Browser.PHONE);
            page.setContent(GOOD.formatted(""));
            Browser.isAccessible(page);
            Browser.isLegible(page);

            page.evaluate("document.querySelector('main').innerHTML += '<img src=\"data:,\">'");
            assertThatThrownBy(() -> Browser.isAccessible(page)).hasMessageContaining("image-alt <img src=");
            Browser.isLegible(page);

            page.setContent(GOOD.formatted("<p style='color: #eee; background: #fff'>Chữ mờ</p>"));
            assertThatThrownBy(() -> Browser.isLegible(page)).hasMessageContaining("color-contrast <p style=");
        }
    }
}
