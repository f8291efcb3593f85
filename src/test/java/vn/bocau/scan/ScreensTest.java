package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.Browser;

/** The app comes up wherever it is asked for, and what it shows is not cut off. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScreensTest extends PostOffice {

    /** Tabs of which a word is written on more than one line. */
    private static final String BROKEN_TABS = """
            [...document.querySelectorAll('#tabs a span')].filter(span => {
              const text = span.firstChild;
              let at = 0;
              return text.data.split(' ').some(word => {
                const range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + word.length);
                at += word.length + 1;
                return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
              });
            }).map(span => span.textContent)
            """;

    @Test
    void it_starts_without_signal_also_where_the_address_was_typed_without_its_slash() {
        try (Phone phone = phone()) {
            phone.signIn(road.at("/scan/"), "buu-ta");
            road.weather(Road.Weather.CLOSED);
            Page other = phone.page().context().newPage();
            other.navigate(road.at("/scan").toString());
            other.waitForSelector("h1:text-is('Quét bưu gửi')");
            assertThat(other.url()).endsWith("/scan/");
        }
    }

    @Test
    void what_is_to_be_done_lies_under_no_tabs_and_large_letters_break_no_word_of_them() {
        String item = office.item(office.asks("Lê Thị Mẫu", "14 đường Mẫu"), "PICKUP");
        try (Phone phone = phone()) {
            phone.signIn(road.at("/scan/"), "buu-ta");
            phone.openShift();
            Page page = phone.page();
            page.reload();
            page.waitForSelector("#typed");
            page.fill("#typed", item);
            page.press("#typed", "Enter");
            page.waitForSelector("#answer a.button");
            var button = page.locator("#answer a.button").boundingBox();
            assertThat(button.y + button.height)
                    .isLessThanOrEqualTo(page.locator("#tabs").boundingBox().y);

            page.evaluate("document.documentElement.style.fontSize = '200%'");
            Browser.picture(page, "scan-large");
            assertThat(page.evaluate(BROKEN_TABS)).isEqualTo(List.of());
            assertThat(page.evaluate("getComputedStyle(document.getElementById('tabs')).position"))
                    .isEqualTo("static");
        }
    }
}
