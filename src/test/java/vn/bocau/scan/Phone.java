package vn.bocau.scan;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.Browser;

/** A cheap phone: Chromium with a memory that survives its being killed, a clock that may be wrong, a camera that sees a film. */
final class Phone implements AutoCloseable {

    private static final String FILMS = """
            async work => {
              const { openDB } = await import('/scan/lib/idb.js');
              const db = await openDB('films', 1, { upgrade: db => db.createObjectStore('films', { autoIncrement: true }) });
              for (const size of work === 'fill' ? [150000, 1000, 1] : []) {
                try {
                  for (;;) await db.add('films', 'x'.repeat(size));
                } catch (no) {
                  if (no.name !== 'QuotaExceededError') throw no;
                }
              }
              db.close();
              // Deleted whole: of a store that is only emptied the browser gives the room back when it gets to it.
              if (work === 'clear') {
                await new Promise((gone, no) => Object.assign(indexedDB.deleteDatabase('films'), { onsuccess: gone, onerror: no }));
              }
            }
            """;

    private final Path memory;
    private final Duration clockIsOff;
    private final @Nullable Path film;
    private BrowserContext context;
    private Page page;
    private @Nullable CDPSession storage;

    Phone(Path memory, Duration clockIsOff, @Nullable Path film) {
        this.memory = memory;
        this.clockIsOff = clockIsOff;
        this.film = film;
        start();
    }

    private void start() {
        List<String> args = new ArrayList<>(List.of(
                "--no-sandbox",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-sync"));
        args.add("--use-fake-ui-for-media-stream");
        args.add("--use-fake-device-for-media-stream");
        if (film != null) {
            args.add("--use-file-for-fake-video-capture=" + film);
        }
        context = Browser.driver()
                .launchPersistentContext(
                        memory,
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(Browser.installed())
                                .setChromiumSandbox(false)
                                .setViewportSize(Browser.PHONE, 640)
                                .setLocale("vi-VN")
                                .setTimezoneId("Asia/Ho_Chi_Minh")
                                .setArgs(args));
        if (!clockIsOff.isZero()) {
            context.addInitScript(
                    ("(() => { const Right = Date; const off = %d; globalThis.Date = class extends Right {"
                                    + " constructor(...a) { if (a.length) super(...a); else super(Right.now() + off); }"
                                    + " static now() { return Right.now() + off; } }; })()")
                            .formatted(clockIsOff.toMillis()));
        }
        page = context.pages().isEmpty() ? context.newPage() : context.pages().get(0);
    }

    Page page() {
        return page;
    }

    Page open(URI app) {
        page.navigate(app.toString());
        return page;
    }

    /** Signs in and waits until the app can do without the network. */
    void signIn(URI app, String user) {
        if (!page.url().equals(app.toString())) {
            open(app);
        }
        page.fill("#user", user);
        page.fill("#password", user + "-sandbox");
        page.click("button[type=submit]");
        page.waitForSelector("[data-waiting='0']");
        page.evaluate("navigator.serviceWorker.ready.then(() => true)");
        // A page that was loading while the worker took over is held by it from its next start on.
        if (Boolean.FALSE.equals(page.evaluate("navigator.serviceWorker.controller !== null"))) {
            page.reload();
            page.waitForSelector("[data-waiting='0']");
        }
        page.waitForFunction("() => navigator.serviceWorker.controller !== null");
    }

    void openShift() {
        page.evaluate("import('/scan/shift.js').then(s => s.open())");
    }

    Object run(String script, @Nullable Object argument) {
        return page.evaluate(script, argument);
    }

    CDPSession devTools() {
        return context.newCDPSession(page);
    }

    /**
     * How much all that it keeps may take, in bytes. Before the app starts: on what the browser was once granted it counts for
     * half a minute.
     */
    void memory(URI app, long bytes) {
        storage = devTools();
        JsonObject quota = new JsonObject();
        quota.addProperty("origin", app.toString());
        quota.addProperty("quotaSize", bytes);
        storage.send("Storage.overrideQuotaForOrigin", quota);
    }

    /** Films fill it: from now on it takes nothing more, and lets go of everything. */
    void fill() {
        page.evaluate(FILMS, "fill");
    }

    void makeRoom() {
        page.evaluate(FILMS, "clear");
    }

    /** As when the battery falls out: no process of this browser gets to say goodbye. */
    void kill() {
        ProcessHandle.allProcesses()
                .filter(p -> p.info()
                        .arguments()
                        .map(a -> String.join(" ", a).contains(memory.toString()))
                        .orElse(false))
                .forEach(ProcessHandle::destroyForcibly);
        try {
            context.close();
        } catch (RuntimeException gone) {
            // It is: that was the point.
        }
    }

    void startAgain() {
        start();
    }

    @Override
    public void close() {
        context.close();
    }
}
