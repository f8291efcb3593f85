package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.Browser;

/** A worker's day without a finger on the glass: whoever cannot draw, and whoever has keys alone, gets through it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyboardTest extends PostOffice {

    /** More stops than any screen has. */
    private static final int MOST = 150;

    private static final String FOCUSED = """
            ([selector, text]) => document.activeElement.matches(selector) && document.activeElement.textContent.includes(text)
            """;

    @Test
    void a_shift_from_its_opening_to_its_closing_by_keys_alone() {
        String item = office.item(office.asks("Lê Thị Mẫu", "12 đường Mẫu"), "PICKUP");
        try (Phone phone = phone()) {
            phone.signIn(road.at("/scan/"), "buu-ta");
            Page page = phone.page();
            press(page, "#tabs a[href='#/shift']", "", "Enter");
            press(page, "main button", "Mở ca", "Enter");
            page.waitForSelector("#typed");

            scan(page, item);
            press(page, "#answer a.button", "", "Enter");
            page.waitForSelector("#seal");
            assertThat(page.innerText("main")).contains("Ai không vẽ được chữ ký");
            press(page, "#paper-0", "", "Space");
            press(page, "#seal", "", null);
            page.keyboard().type("NP-001");
            press(page, "main form button[type=submit]", "", "Enter");
            page.waitForSelector(".summary:has-text('ảnh thay chữ ký')");
            Browser.picture(page, "keyboard-pickup");
            photo(page);
            press(page, "main form button[type=submit]", "", "Enter");
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");
            sent(page);
            page.waitForFunction(
                    "import('/scan/state.js').then(({ state }) => state.stops[0].next.act === 'HAND_OVER')");

            press(page, "#tabs a[href='#/list']", "", "Enter");
            press(page, "main nav a[href='#/list/handover']", "", "Enter");
            press(page, "main .actions a.button", "", "Enter");
            page.waitForSelector("#manifest");
            scan(page, item);
            photo(page);
            press(page, "main form button[type=submit]", "", "Enter");
            page.waitForSelector(".summary:has-text('thiếu chữ ký nào')");
            photo(page);
            press(page, "main form button[type=submit]", "", "Enter");
            page.waitForSelector("#announce:has-text('Đã ghi 1 bưu gửi')");
            page.evaluate(
                    "item => import('/scan/outbox.js').then(o => o.record([{ handling: { code: 'NO_SUCH_CODE', item } }]))",
                    item);
            sent(page);

            press(page, "#tabs a[href='#/tray']", "", "Enter");
            press(page, "[data-entry] button", "Đã xem", "Enter");
            page.waitForSelector("main p:has-text('Không có gì cần xem')");

            press(page, "#tabs a[href='#/shift']", "", "Enter");
            press(page, "#cash", "", null);
            page.keyboard().type("0");
            page.keyboard().press("Enter");
            page.waitForSelector("#shift-result");
            press(page, "main button", "Đăng xuất", "Enter");
            press(page, "dialog button", "Đăng xuất", "Enter");
            page.waitForSelector("#user");
        }
        assertThat(hub.db()
                        .sql("select h.code, count(e.sha256) as photos from handling h"
                                + " left join evidence e on e.handling = h.id and e.kind = 'PHOTO'"
                                + " where h.item = :item and h.source = 'scan' group by h.code order by h.code")
                        .param("item", item)
                        .query((row, n) -> row.getString(1) + " " + row.getInt(2))
                        .list())
                .isEqualTo(List.of("COLLECTED 1", "HANDED_TO_AGENCY 2"));
    }

    /** As somebody without a mouse: Tab until it is there, then the key. */
    private static void press(Page page, String selector, String text, @Nullable String key) {
        page.waitForSelector(selector);
        for (int i = 0; !isFocused(page, selector, text); i++) {
            assertThat(i).as(selector + " is reached").isLessThan(MOST);
            page.keyboard().press("Tab");
        }
        if (key != null) {
            page.keyboard().press(key);
        }
    }

    private static boolean isFocused(Page page, String selector, String text) {
        return (Boolean) page.evaluate(FOCUSED, List.of(selector, text));
    }

    private static void scan(Page page, String item) {
        press(page, "#typed", "", null);
        page.keyboard().type(item);
        page.keyboard().press("Enter");
        page.waitForSelector("[data-answer=right]");
    }

    private static void photo(Page page) {
        int taken = page.locator("main form ul.plain li.choice").count();
        FileChooser chooser = page.waitForFileChooser(() -> press(page, "#photo", "", "Enter"));
        chooser.setFiles(new FilePayload("paper.png", "image/png", page.screenshot()));
        page.waitForSelector("main form ul.plain li.choice >> nth=" + taken);
    }

    private static void sent(Page page) {
        page.evaluate("dispatchEvent(new Event('online'))");
        page.waitForSelector("[data-waiting='0']");
    }
}
