package vn.bocau;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ScreenshotType;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, driven as a person would: at phone width, at desktop width, checked by axe. One process for
 * all tests of a thread; who came by one of these knows nothing of who came by another.
 */
public final class Browser implements AutoCloseable {

    /** A cheap phone, held upright. */
    public static final int PHONE = 360;

    public static final int DESKTOP = 1280;

    /** {@code -Dscreens=true}: they prove nothing, and making one costs as much as a look by axe. */
    public static final boolean PICTURES = Boolean.getBoolean("screens");

    /** One for each thread of tests, until they all have ended: starting one costs as much as a page or two. */
    private static final ThreadLocal<Playwright> DRIVER = ThreadLocal.withInitial(() ->
            // It must not fetch a browser of its own: the one installed is the one people use.
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));

    private static final ThreadLocal<com.microsoft.playwright.Browser> CHROMIUM =
            ThreadLocal.withInitial(() -> driver().launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(installed())
                    .setChromiumSandbox(false)
                    .setArgs(List.of(
                            "--no-sandbox",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync"))));

    private static final String AXE = axe();

    private final List<BrowserContext> visitors = new ArrayList<>();

    /** What starts browsers; of the thread that calls. */
    public static BrowserType driver() {
        return DRIVER.get().chromium();
    }

    /** A new visitor, who trusts the certificate we made ourselves. */
    public Page page(int width) {
        BrowserContext visitor = CHROMIUM.get()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(width, width == PHONE ? 640 : 800)
                        .setLocale("vi-VN")
                        .setIgnoreHTTPSErrors(true));
        visitors.add(visitor);
        return visitor.newPage();
    }

    /** Whoever came is gone: a page left open goes on asking, and keeps a process of its own. */
    public void everybodyLeaves() {
        visitors.forEach(BrowserContext::close);
        visitors.clear();
    }

    /** A JPEG such as a phone takes: of what is on the page now. */
    public static byte[] photo(Page page) {
        return page.screenshot(new Page.ScreenshotOptions().setType(ScreenshotType.JPEG));
    }

    /** Where they are asked for, keeps one for a person to look at, under target/screens. Nothing is read from it. */
    public static void picture(Page page, String name) {
        if (PICTURES) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target/screens", name + ".png"))
                    .setFullPage(true));
        }
    }

    /** No accessibility violation, nothing wider than the screen, and no word that only a program understands. */
    public static void isAccessible(Page page) {
        String said = page.innerText("body");
        for (String command : page.locator("pre").allInnerTexts()) {
            said = said.replace(command, "");
        }
        assertThat(said).as(page.url()).doesNotContainPattern("\\b(null|undefined|true|false|NaN)+\\b|\\[object");
        assertThat(violations(page, Map.of())).as(page.url()).isEmpty();
        Object overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assertThat(((Number) overflow).intValue())
                .as("sideways scrolling on " + page.url())
                .isLessThanOrEqualTo(0);
    }

    /** In other colours, all that a change of colours can spoil. */
    public static void isLegible(Page page) {
        assertThat(violations(page, Map.of("runOnly", List.of("color-contrast"))))
                .as(page.url())
                .isEmpty();
    }

    /**
     * What axe finds in the page, an example of each. Asked as it stands there, because what its builder does in a second page
     * is for frames, and no page here has any; and because the builder brings it anew, half a megabyte, each time it asks.
     */
    private static List<?> violations(Page page, Map<String, Object> options) {
        if (Boolean.FALSE.equals(page.evaluate("typeof window.axe?.run === 'function'"))) {
            page.evaluate(AXE);
        }
        Map<String, Object> all = new HashMap<>(options);
        // Of what it found in order it names an example; all of it would be most of what it takes to ask.
        all.put("resultTypes", List.of("violations"));
        return (List<?>) page.evaluate(
                "async all => (await axe.run(document, all)).violations.map(v => v.id + ' ' + v.nodes[0].html)", all);
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With letters twice as large nothing is cut off and nothing is wider than the screen. */
    public static void standsLargeText(Page page) {
        page.evaluate("document.documentElement.style.fontSize = '200%'");
        Object overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assertThat(((Number) overflow).intValue())
                .as("sideways scrolling with large text on " + page.url())
                .isLessThanOrEqualTo(0);
        page.evaluate("document.documentElement.style.fontSize = ''");
    }

    /** The first on the path under one of the names that {@code ./verify} looks for. */
    public static Path installed() {
        List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator));
        return Stream.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium found; ./verify installs it"));
    }

    @Override
    public void close() {
        everybodyLeaves();
    }
}
