package vn.bocau.scan;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.Browser;
import vn.bocau.wire.http.OwnHub;

/** The postal worker's app in a real Chromium, against a real hub. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScanAppTest {

    private static OwnHub hub;
    private static Office office;
    private static Road road;

    @TempDir
    Path memory;

    @BeforeAll
    static void open() {
        hub = new OwnHub(Map.of("bocau.relay.enabled", "false"));
        office = new Office(hub);
        road = new Road(hub.at(""));
    }

    @AfterAll
    static void close() {
        road.close();
        hub.close();
    }

    @Test
    void a_day_from_sign_in_to_the_closed_shift() {
        String code = office.asks("Lê Thị Mẫu", "12 đường Mẫu");
        try (Phone phone = new Phone(memory, Duration.ZERO, null)) {
            phone.signIn(road.at("/scan/"), "buu-ta");
            Page page = phone.page();
            look(page, "scan-no-shift");
            page.click("a[href='#/shift']");
            look(page, "scan-shift");
            page.click("main button:has-text('Mở ca')");
            page.waitForSelector("#typed");
            look(page, "scan-today");

            String item = hub.db()
                    .sql(
                            "select item from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code and kind = 'PICKUP'")
                    .param("code", code)
                    .query(String.class)
                    .single();
            road.weather(Road.Weather.CLOSED);
            page.fill("#typed", item);
            page.press("#typed", "Enter");
            page.waitForSelector("[data-answer=right]");
            look(page, "scan-right");
            page.click("#answer a.button");
            page.waitForSelector("#seal");
            look(page, "scan-pickup");
        }
    }

    private static void look(Page page, String name) {
        Browser.picture(page, name);
        page.setViewportSize(Browser.DESKTOP, 800);
        Browser.picture(page, name + "-desktop");
        page.setViewportSize(Browser.PHONE, 640);
        Browser.isAccessible(page);
    }
}
