package vn.bocau.scan;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a worker does on the app's screens, and what lies on the phone afterwards. */
final class Hand {

    /** How many rows a store holds, read by other code than the app's. */
    private static final String COUNT = """
            store => new Promise((resolve, reject) => {
              const open = indexedDB.open('bocau-scan');
              open.onerror = () => reject(open.error);
              open.onsuccess = () => {
                const count = open.result.transaction(store).objectStore(store).count();
                count.onsuccess = () => { open.result.close(); resolve(count.result); };
              };
            })
            """;

    private final Road road;
    private final Page page;

    private Hand(Road road, Page page) {
        this.road = road;
        this.page = page;
    }

    /** Signed in, with a shift open and the list as it is now. */
    static Hand on(Road road, Phone phone, String user) {
        phone.signIn(road.at("/scan/"), user);
        phone.openShift();
        phone.page().reload();
        phone.page().waitForSelector("#typed");
        return new Hand(road, phone.page());
    }

    /** The same, but that the hub has never heard of the shift. There is no signal. */
    static Hand onUntold(Road road, Phone phone, String user) {
        phone.signIn(road.at("/scan/"), user);
        Hand hand = new Hand(road, phone.page());
        hand.withoutSignal();
        phone.openShift();
        phone.page().reload();
        phone.page().waitForSelector("#typed");
        return hand;
    }

    /** The same hand in another tab of the same phone. */
    Hand inAnotherTab() {
        Page other = page.context().newPage();
        other.navigate(road.at("/scan/").toString());
        other.waitForSelector("#tabs a");
        return new Hand(road, other);
    }

    Page page() {
        return page;
    }

    void go(String screen) {
        page.evaluate("screen => { location.hash = screen; }", screen);
        page.waitForURL(Pattern.compile(".*/scan/" + Pattern.quote(screen)));
    }

    /** To the screen where something is done about an item. */
    void at(String screen, String item) {
        go("#/" + screen + "/" + leg(item));
        // The screen before has a form too, to type a code into.
        page.waitForSelector("main form:not(:has(#typed)):has(button[type=submit])");
    }

    /** As soon as the phone knows it: after a start it has to read its list first. */
    String leg(String item) {
        return String.valueOf(page.waitForFunction(
                        "async item => (await import('/scan/state.js')).state.stops.find(stop => stop.item === item)?.leg",
                        item)
                .jsonValue());
    }

    void withoutSignal() {
        road.weather(Road.Weather.CLOSED);
    }

    /** Signal again, and everything sent that can be. */
    void signal() {
        road.weather(Road.Weather.CLEAR);
        page.evaluate("dispatchEvent(new Event('online'))");
    }

    void sent() {
        signal();
        // What was being sent as the signal came back may fail once more; the app sends again every half minute.
        page.waitForSelector("[data-waiting='0']", new Page.WaitForSelectorOptions().setTimeout(90_000));
    }

    void scan(String text) {
        page.waitForSelector("#typed");
        page.fill("#typed", text);
        page.press("#typed", "Enter");
    }

    void sign() {
        for (Locator canvas : page.locator("canvas.signature").all()) {
            canvas.scrollIntoViewIfNeeded();
            var box = canvas.boundingBox();
            page.mouse().move(box.x + 30, box.y + 40);
            page.mouse().down();
            page.mouse().move(box.x + 120, box.y + 100);
            page.mouse().move(box.x + 200, box.y + 50);
            page.mouse().up();
        }
    }

    void papers(boolean all) {
        inFront();
        List<Locator> boxes = page.locator("main fieldset input[type=checkbox]").all();
        boxes.subList(0, all ? boxes.size() : 1).forEach(Locator::check);
        page.fill("#seal", "NP-001");
        if (page.locator("#receipt").count() > 0) {
            page.fill("#receipt", "BL-001");
        }
        if (!all) {
            page.fill("#note", "thiếu bản sao, đã giải thích");
        }
        sign();
    }

    /** Of two tabs, the one that is used is looked at. */
    private void inFront() {
        page.bringToFront();
    }

    void submit() {
        inFront();
        page.click("main form:has(canvas) button[type=submit]");
    }

    /** Records as the screens do, for what is not looked at here. */
    void record(Map<String, ?> handling, @Nullable String signature) {
        page.evaluate(
                "([handling, signature]) => import('/scan/outbox.js').then(o => o.record([{ handling, evidence: !signature ? []"
                        + " : [{ kind: 'SIGNATURE', content: new TextEncoder().encode(signature).buffer }] }]))",
                Arrays.asList(handling, signature));
    }

    /** @return rows of outbox, evidence, done or stops */
    int held(String store) {
        return ((Number) page.evaluate(COUNT, store)).intValue();
    }

    /** What came of sending now; what was being sent already is waited for. */
    String synced() {
        return String.valueOf(page.evaluate("""
                async () => {
                  const { sync } = await import('/scan/sync.js');
                  for (;;) {
                    const { state } = await sync();
                    if (state !== 'elsewhere') return state;
                    await new Promise(resume => setTimeout(resume, 50));
                  }
                }
                """));
    }
}
