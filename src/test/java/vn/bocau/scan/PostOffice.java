package vn.bocau.scan;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.Browser;
import vn.bocau.wire.http.OwnHub;

/**
 * The hub, its office and the road to it, shared by all test classes of the phones, because starting a hub takes longer than
 * most of them: what one class left behind is gone when the next begins.
 */
abstract class PostOffice {

    static final OwnHub hub = new OwnHub(Map.of());
    static final Office office = new Office(hub);
    static final Road road = new Road(hub.at(""));

    /** Room for the app and a morning's work, in bytes. */
    private static final long SMALL = 6_000_000;

    /** Of a phone. */
    @TempDir
    Path memory;

    @BeforeAll
    static void nothingOfAnotherClass() {
        hub.empty("message, account, dossier, handling, shift, device, device_session, assignment, evidence");
    }

    /** A fee is its worker's with every phone, until it is handed over: those of another test were of others. */
    @BeforeEach
    void nothingInHand() {
        hub.db().sql("update handling set actor = actor || '-'").update();
        hub.db().sql("update shift set account = account || '-'").update();
    }

    /** What somebody says about a difference, as it stands. */
    static Map<String, Object> about(UUID shift, String said) {
        return Map.of("amount", difference(shift), "reason", said);
    }

    /** đồng counted less expected */
    static long difference(UUID shift) {
        return hub.db()
                .sql("select s.counted - c.expected from shift s join shift_cash c on c.shift = s.id where s.id = :id")
                .param("id", shift)
                .query(Long.class)
                .single();
    }

    @AfterEach
    void repairTheRoad() {
        road.repair();
    }

    /** Whose clock is right, and that sees nothing. */
    Phone phone() {
        return new Phone(memory, Duration.ZERO, null);
    }

    /** One that can be filled. */
    Phone small() {
        Phone phone = phone();
        phone.memory(road.at(""), SMALL);
        return phone;
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
