package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import com.google.zxing.BarcodeFormat;
import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.Browser;

/**
 * Labels held before the app's camera one after the other, on a phone whose processor is six times slower than this one.
 * {@code -Dscan.labels=60} is the full minute, and judges the time from frame to answer as well; every run writes its figures to
 * {@code target/figures}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CameraTest extends PostOffice {

    private static final int FULL = 60;
    private static final int LABELS = Integer.getInteger("scan.labels", 20);
    private static final int SLOWER = 6;
    private static final double P95_MILLIS = 250;

    /** Frames, of which there are ten a second: with a decoy after each fifth label, sixty labels take a minute. */
    private static final int IN_VIEW = 8;

    private static final int DECOY_IN_VIEW = 10;
    private static final int LEAD = 30;

    /** Longer than after which a code that was away counts as shown again. */
    private static final int HELD = 40;

    /** As on an identity card; nobody's. */
    private static final String CARD_NUMBER = "000000000000";

    /** Notes each answer the worker is shown, and for how long the camera's frame that led to it was under way. */
    private static final String WATCH = """
            (() => {
              const told = window.told = [];
              const known = new WeakSet();
              let frame = 0;
              window.frames = 0;
              const ask = HTMLVideoElement.prototype.requestVideoFrameCallback;
              HTMLVideoElement.prototype.requestVideoFrameCallback = function (then) {
                return ask.call(this, (now, about) => {
                  frame = about.captureTime ?? about.presentationTime;
                  window.frames++;
                  then(now, about);
                });
              };
              const note = box => {
                if (known.has(box)) return;
                known.add(box);
                const row = { answer: box.dataset.answer, text: box.querySelector('.code').textContent.replace(/\\u00a0/g, ''), at: performance.now() };
                const from = frame;
                requestAnimationFrame(() => { row.took = performance.now() - from; });
                told.push(row);
              };
              new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
                if (node.nodeType !== Node.ELEMENT_NODE) return;
                if (node.matches('.answer')) note(node);
                node.querySelectorAll('.answer').forEach(note);
              }))).observe(document, { childList: true, subtree: true });
            })()
            """;

    /** How long one label takes to decode, in milliseconds, on average. */
    private static final String DECODE = """
            async label => {
              const eye = await (await import('/scan/camera.js')).detector();
              const picture = new Image();
              picture.src = label;
              await picture.decode();
              const canvas = new OffscreenCanvas(720, 324).getContext('2d');
              canvas.drawImage(picture, 280, 198, 720, 324, 0, 0, 720, 324);
              const frame = canvas.getImageData(0, 0, 720, 324);
              await eye.detect(frame);
              const from = performance.now();
              for (let i = 0; i < 30; i++) {
                if ((await eye.detect(frame)).length === 0) throw new Error('nothing was read');
              }
              return (performance.now() - from) / 30;
            }
            """;

    @Test
    void sixty_labels_a_minute_are_told_once_each_and_nothing_else_is_taken_for_an_item() throws IOException {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < LABELS; i++) {
            items.add(office.item(office.asks("Lê Thị Mẫu", i + " đường Mẫu"), "PICKUP"));
        }
        List<Film.Scene> scenes = new ArrayList<>();
        scenes.add(new Film.Scene(Label.table(), LEAD));
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < LABELS; i++) {
            boolean last = i == LABELS - 1;
            scenes.add(new Film.Scene(Label.alone(items.get(i), Label.Wear.values()[i % 3]), last ? HELD : IN_VIEW));
            if (i % 5 == 4 && !last) {
                scenes.add(new Film.Scene(decoy(i / 5, items.get(i)), DECOY_IN_VIEW));
                wrong.addAll(i / 5 % 5 == 0 ? List.of("Sai số kiểm tra; hãy quét hoặc nhập lại.") : List.of());
            }
        }
        Duration length =
                Duration.ofSeconds(scenes.stream().mapToInt(Film.Scene::frames).sum() / Film.RATE);

        try (Phone phone = new Phone(memory, Duration.ZERO, Film.shoot(memory.resolve("labels.y4m"), scenes))) {
            Page page = watched(phone);
            page.click("a[href='#/shift']");
            slow(phone, SLOWER);
            page.click("main button:has-text('Mở ca')");
            page.waitForSelector(".viewfinder video");
            page.waitForFunction(
                    "([last, held]) => told.some(row => row.text === last && performance.now() - row.at > held)",
                    List.of(items.get(LABELS - 1), 2000),
                    new Page.WaitForFunctionOptions().setTimeout(length.toMillis()));
            List<JsonNode> told = told(page);
            Browser.picture(page, "scan-camera");
            figures(phone, told, length);

            assertThat(texts(told, "right")).containsExactlyElementsOf(items);
            assertThat(told).extracting(row -> row.path("answer").asText()).containsOnly("right", "unreadable");
            assertThat(texts(told, "unreadable")).containsAll(wrong);
            assertThat(page.textContent("body")).doesNotContain(CARD_NUMBER);
        }
    }

    @Test
    void eight_labels_in_one_frame_are_told_once_each() {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            codes.add(office.asks("Lê Thị Mẫu", i + " đường Mẫu"));
        }
        List<String> items = office.dispatches(codes);
        List<Film.Scene> scenes = List.of(
                new Film.Scene(Label.table(), LEAD),
                new Film.Scene(Label.together(items), HELD),
                new Film.Scene(Label.alone(wrongCheckDigit(items.get(0)), Label.Wear.NONE), HELD),
                new Film.Scene(Label.table(), LEAD));
        try (Phone phone = new Phone(memory, Duration.ZERO, Film.shoot(memory.resolve("eight.y4m"), scenes))) {
            Page page = watched(phone);
            phone.openShift();
            page.reload();
            page.click("a[href='#/list/fetch']");
            slow(phone, SLOWER);
            page.click("main .actions a.button");
            page.waitForSelector(".viewfinder.many video");
            page.waitForFunction("() => told.some(row => row.answer === 'unreadable')");
            List<JsonNode> told = told(page);
            Browser.picture(page, "scan-eight");

            assertThat(texts(told, "right")).containsExactlyInAnyOrderElementsOf(items);
            assertThat(texts(told, "unreadable")).containsExactly("Sai số kiểm tra; hãy quét hoặc nhập lại.");
            assertThat(told).hasSize(9);
            assertThat(page.textContent("main")).contains("Đã quét 8 trên 8");
        }
    }

    private static Page watched(Phone phone) {
        phone.page().addInitScript(WATCH);
        phone.signIn(road.at("/scan/"), "buu-ta");
        return phone.page();
    }

    private static void figures(Phone phone, List<JsonNode> told, Duration film) throws IOException {
        Page page = phone.page();
        double slower = decode(page);
        slow(phone, 1);
        double decode = decode(page);
        double[] took = told.stream()
                .filter(row -> row.path("answer").asText().equals("right"))
                .mapToDouble(row -> row.path("took").asDouble())
                .sorted()
                .toArray();
        double span = told.get(told.size() - 1).path("at").asDouble()
                - told.get(0).path("at").asDouble();
        String figures = String.format(
                Locale.ROOT,
                "labels told: %d in %.1f s of a film of %d s; frames decoded: %s%n"
                        + "camera frame to answer on the screen, ms: p50 %.0f, p95 %.0f, most %.0f%n"
                        + "decoding one label, ms: %.1f; with the processor made %d times slower: %.1f (%.1f times)%n",
                took.length,
                span / 1000,
                film.toSeconds(),
                page.evaluate("frames"),
                at(took, 0.5),
                at(took, 0.95),
                at(took, 1),
                decode,
                SLOWER,
                slower,
                slower / decode);
        Path folder = Files.createDirectories(Path.of("target/figures"));
        Files.writeString(folder.resolve("scan-camera.txt"), figures, StandardCharsets.UTF_8);
        assertThat(page.workers())
                .as("nothing decodes where the processor is not slower")
                .isEmpty();
        if (LABELS >= FULL) {
            assertThat(slower).as(figures).isGreaterThan(2 * decode);
            assertThat(at(took, 0.95)).as(figures).isLessThanOrEqualTo(P95_MILLIS);
        }
    }

    private static double decode(Page page) throws IOException {
        var png = new ByteArrayOutputStream();
        ImageIO.write(Label.alone("RR123456785VN", Label.Wear.NONE), "png", png);
        String label = "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
        return ((Number) page.evaluate(DECODE, label)).doubleValue();
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private static List<JsonNode> told(Page page) throws UncheckedIOException {
        List<JsonNode> rows = new ArrayList<>();
        try {
            Office.JSON
                    .readTree(String.valueOf(page.evaluate("JSON.stringify(told)")))
                    .forEach(rows::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static List<String> texts(List<JsonNode> told, String answer) {
        return told.stream()
                .filter(row -> row.path("answer").asText().equals(answer))
                .map(row -> row.path("text").asText())
                .toList();
    }

    private static BufferedImage decoy(int i, String item) {
        return switch (i % 5) {
            case 0 -> Label.alone(wrongCheckDigit(item), Label.Wear.NONE);
            case 1 -> Label.other(BarcodeFormat.EAN_13, "8934563138165");
            case 2 ->
                Label.other(
                        BarcodeFormat.QR_CODE, CARD_NUMBER + "|000000000|Lê Thị Mẫu|01011990|Nữ|12 đường Mẫu|01012022");
            case 3 -> Label.other(BarcodeFormat.QR_CODE, "https://bocau.example/t/" + item);
            default -> Label.other(BarcodeFormat.CODE_128, "PO-2026-000" + i);
        };
    }

    private static String wrongCheckDigit(String item) {
        char wrong = (char) ('0' + (item.charAt(10) - '0' + 1) % 10);
        return item.substring(0, 10) + wrong + item.substring(11);
    }

    private static void slow(Phone phone, int times) {
        JsonObject rate = new JsonObject();
        rate.addProperty("rate", times);
        phone.devTools().send("Emulation.setCPUThrottlingRate", rate);
    }
}
