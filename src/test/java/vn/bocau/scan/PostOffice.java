package vn.bocau.scan;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.Browser;
import vn.bocau.wire.http.OwnHub;

/**
 * The hub, its office and the road to it, shared by all test classes of the phones, because starting a hub takes longer than
 * most of them: what one class left behind is gone when the next begins.
 */
abstract class PostOffice {

    static final OwnHub hub = new OwnHub(Map.of("bocau.relay.enabled", "false"));
    static final Office office = new Office(hub);
    static final Road road = new Road(hub.at(""));

    /** Of a phone. */
    @TempDir
    Path memory;

    @BeforeAll
    static void nothingOfAnotherClass() {
        hub.db()
                .sql(
                        "truncate message, act, account, dossier, handling, shift, device, device_session, assignment, evidence cascade")
                .update();
    }

    @AfterEach
    void repairTheRoad() {
        road.repair();
    }

    /** Whose clock is right, and that sees nothing. */
    Phone phone() {
        return new Phone(memory, Duration.ZERO, null);
    }

    /** A picture for people at both widths, axe, and letters twice as large. */
    static void look(Page page, String name) {
        Browser.picture(page, name);
        Browser.isAccessible(page);
        Browser.standsLargeText(page);
        page.setViewportSize(Browser.DESKTOP, 800);
        Browser.picture(page, name + "-desktop");
        page.setViewportSize(Browser.PHONE, 640);
    }
}
