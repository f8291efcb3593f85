package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** Goes to a screen, also to the one that is on, and marks what it takes the place of. */
    private static final String ANEW = """
            hash => {
              document.querySelector('main h1').dataset.old = '';
              if (location.hash === hash) dispatchEvent(new HashChangeEvent('hashchange'));
              else location.hash = hash;
            }
            """;

    @Test
    void it_starts_without_signal_also_where_the_address_was_typed_without_its_slash() {
        try (Phone phone = phone()) {
            phone.signIn(road.at("/scan/"), "buu-ta");
            phone.openShift();
            road.weather(Road.Weather.CLOSED);
            phone.run(
                    "import('/scan/outbox.js').then(o => o.record(Array.from({ length: 120 },"
                            + " () => ({ handling: { code: 'OUT_FOR_DELIVERY', item: 'RV100000005VN' } }))))",
                    null);
            Page other = phone.page().context().newPage();
            other.navigate(road.at("/scan").toString());
            other.waitForSelector("h1:text-is('Quét bưu gửi')");
            assertThat(other.url()).endsWith("/scan/");
            for (String net : List.of("mất mạng", "off-line")) {
                other.waitForSelector("#bar .net.off:has-text('" + net + "')");
                Browser.picture(other, "scan-bar-" + other.getAttribute("html", "lang"));
                assertThat(other.locator("#bar").boundingBox().height)
                        .as("one line of a small screen")
                        .isLessThan(56);
                other.click("#bar .language");
            }
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

    @Test
    void every_screen_of_the_phone_stands_in_both_languages_at_both_widths_and_with_large_letters() throws IOException {
        String item = office.item(office.asks("Lê Thị Mẫu", "15 đường Mẫu"), "PICKUP");
        String result = office.dispatches(List.of(office.asks("Lê Thị Mẫu", "16 đường Mẫu", asked -> {
                    asked.withObject("/result").put("postage", 30_000);
                    asked.withObject("/result/cod").put("amount", 150_000).put("payee", "cong-chung-mau");
                })))
                .get(0);
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.record(Map.of("code", "NO_SUCH_CODE", "item", item), "[[[1,2,3]]]");
            hand.sent();
            page.waitForSelector("#tabs .count");
            Object desk = page.evaluate(
                    "item => import('/scan/state.js').then(s => encodeURIComponent(s.state.stops.find(stop => stop.item === item).desk.id))",
                    result);
            Map<String, String> screens = new LinkedHashMap<>();
            screens.put("", "#/");
            screens.put("list", "#/list/pickup");
            screens.put("pickup", "#/pickup/" + hand.leg(item));
            screens.put("deliver", "#/deliver/" + hand.leg(result));
            screens.put("fail", "#/fail/" + hand.leg(item));
            screens.put("desk", "#/desk/" + desk + "/fetch");
            screens.put("out", "#/out");
            screens.put("done", "#/done");
            screens.put("tray", "#/tray");
            screens.put("shift", "#/shift");
            screens.put("sign-in", "#/sign-in");
            stand(page, "screen", screens);

            // The screen to sign in is for whoever has been signed out as well.
            hand.go("#/");
            page.evaluate("import('/scan/session.js').then(s => import('/scan/state.js')"
                    + ".then(({ state }) => s.heard('revoked', state.session.token)))");
            page.reload();
            page.waitForSelector("h1:text-is('This phone is locked')");
            stand(page, "screen", Map.of("locked", "#/locked"));
            screens.put("locked", "#/locked");
            assertThat(screens.keySet()).isEqualTo(known("app.js"));
        }
    }

    @Test
    void every_section_of_the_supervisors_page_stands_as_well() throws IOException {
        Person worker = Person.signIn(hub, "buu-ta");
        String item = office.item(office.asks("Lê Thị Mẫu", "17 đường Mẫu"), "PICKUP");
        ObjectNode taken = Person.handling(1, "COLLECTED", item);
        taken.withObject("/details").put("feeCollected", 9_000);
        worker.handle(taken).ok();
        ObjectNode refused = Person.handling(1, "COLLECTED", item);
        worker.handle(refused).ok();
        worker.openShift();
        hub.db()
                .sql("update progress set due_at = now() - interval '3 days' where not closed")
                .update();
        try (Phone phone = phone()) {
            Page page = phone.open(road.at("/scan/office"));
            page.fill("#user", "to-truong");
            page.fill("#password", "to-truong-sandbox");
            page.click("main button[type=submit]");
            page.waitForSelector("[data-kept]");
            Map<String, String> sections = new LinkedHashMap<>();
            sections.put("", "#/");
            sections.put("overdue", "#/overdue");
            sections.put("assign", "#/assign");
            sections.put("stops", "#/stops");
            sections.put("run", "#/run/buu-ta");
            sections.put("conflicts", "#/conflicts");
            sections.put("cash", "#/cash");
            sections.put("find", "#/find/" + item);
            sections.put("sign-in", "#/sign-in");
            sections.put("not-yours", "#/not-yours");
            stand(page, "office-screen", sections);
            assertThat(sections.keySet()).isEqualTo(known("office/app.js"));
        }
    }

    /** Axe at one width in each language, large letters at both in both; pictures for people where nothing else takes them. */
    private static void stand(Page page, String name, Map<String, String> screens) {
        for (String language : List.of("vi", "en")) {
            if (!language.equals(page.getAttribute("html", "lang"))) {
                page.click("#bar .language");
                page.waitForSelector("html[lang=" + language + "]");
            }
            screens.forEach((screen, hash) -> {
                page.evaluate(ANEW, hash);
                page.waitForSelector("main h1:not([data-old])");
                Browser.standsLargeText(page);
                if (language.equals("vi")) {
                    Browser.isAccessible(page);
                }
                page.setViewportSize(Browser.DESKTOP, 800);
                Browser.standsLargeText(page);
                if (language.equals("en")) {
                    Browser.isAccessible(page);
                    Browser.picture(page, name + "-" + screen + "-en-desktop");
                }
                page.setViewportSize(Browser.PHONE, 640);
                if (language.equals("en")) {
                    Browser.picture(page, name + "-" + screen + "-en");
                }
            });
        }
    }

    /** Every screen there is: one that is added is looked at here, or this fails. */
    private static Set<String> known(String script) throws IOException {
        String code = Files.readString(Path.of("src/main/resources/static/scan", script));
        Matcher screens = Pattern.compile("const SCREENS = \\{ (.*) };").matcher(code);
        assertThat(screens.find()).isTrue();
        return Arrays.stream(screens.group(1).split(", "))
                .map(one -> one.split(":")[0].replace("'", ""))
                .collect(Collectors.toSet());
    }
}
