package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.Browser;
import vn.bocau.code.ItemId;

/** What a worker hears, feels and sees after a scan: without eyes, without ears or without colours, each answer is another. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedbackTest extends PostOffice {

    /** WCAG 2.2, 1.4.11: what has to be seen to understand. */
    private static final double CONTRAST = 3;

    /** WCAG 2.2, 1.4.3: text. */
    private static final double TEXT_CONTRAST = 4.5;

    /** CIE 1976 colour difference; from about 2 on two colours side by side look different. */
    private static final double DIFFERENCE = 20;

    private static final List<String> ANSWERS =
            List.of("right", "seen", "unlisted", "wrong-agency", "recalled", "stop", "unreadable");

    /** Notes what the phone is told to play and how to shake. */
    private static final String SENSE = """
            (() => {
              const tones = window.tones = [];
              window.shaken = [];
              navigator.vibrate = pattern => { window.shaken.push(pattern); return true; };
              const make = BaseAudioContext.prototype.createOscillator;
              BaseAudioContext.prototype.createOscillator = function () {
                const wave = make.call(this);
                const { start, stop } = wave;
                const tone = {};
                wave.start = at => { Object.assign(tone, { hertz: wave.frequency.value, from: at }); tones.push(tone); start.call(wave, at); };
                wave.stop = at => { tone.until = at; stop.call(wave, at); };
                return wave;
              };
            })()
            """;

    private static final String SENSED = """
            () => {
              const box = document.querySelector('#answer .answer');
              const style = getComputedStyle(box);
              const ms = at => Math.round((at - tones[0].from) * 1000);
              return JSON.stringify({
                answer: box.dataset.answer,
                sound: tones.map(tone => [tone.hertz, ms(tone.from), ms(tone.until)]),
                vibration: shaken,
                icon: box.querySelector('use').getAttribute('href'),
                colour: style.borderLeftColor,
                words: box.querySelector('strong').textContent,
                text: style.color,
                paper: style.backgroundColor,
                ground: getComputedStyle(document.documentElement).backgroundColor,
              });
            }
            """;

    /** Makes other stops of one there is. */
    private static final String STOPS = """
            async stops => {
              const { all, write } = await import('/scan/store.js');
              const [stop] = await all('stops');
              await write(['stops'], tx => stops.forEach(({ act, desk, ...other }) => tx.objectStore('stops').put({
                ...stop, ...other, leg: 'leg-' + other.item,
                next: { ...stop.next, act }, desk: { ...stop.desk, ...(desk ? { id: desk } : {}) },
              })));
            }
            """;

    @Test
    void the_answers_differ_in_sound_vibration_icon_colour_and_words() {
        String here = office.dispatches(List.of(office.asks("Lê Thị Mẫu", "12 đường Mẫu")))
                .get(0);
        String elsewhere = ItemId.of("RE", 1, "VN").value();
        String recalled = ItemId.of("RE", 2, "VN").value();
        String stop = ItemId.of("RE", 3, "VN").value();
        String unknown = ItemId.of("RE", 4, "VN").value();
        try (Phone phone = phone()) {
            Page page = phone.page();
            page.addInitScript(SENSE);
            phone.signIn(road.at("/scan/"), "buu-ta");
            phone.openShift();
            road.weather(Road.Weather.CLOSED);
            // Whatever list was still on its way does not replace the one made here.
            page.reload();
            page.waitForSelector("#typed");
            phone.run(
                    STOPS,
                    List.of(
                            Map.of("item", elsewhere, "act", "FETCH", "desk", "another-agency"),
                            Map.of("item", recalled, "act", "FETCH", "recalled", true),
                            Map.of("item", stop, "act", "DELIVER", "identityCheck", true)));
            Map<String, JsonNode> vietnamese = answers(page, here, elsewhere, recalled, stop, unknown);
            page.click("#bar .language");
            Map<String, JsonNode> english = answers(page, here, elsewhere, recalled, stop, unknown);

            assertThat(vietnamese.keySet()).containsExactlyInAnyOrderElementsOf(ANSWERS);
            for (String sense : List.of("sound", "vibration", "icon", "colour", "words")) {
                assertThat(vietnamese.values())
                        .extracting(row -> row.path(sense).toString())
                        .as(sense)
                        .doesNotHaveDuplicates();
            }
            assertThat(english.values())
                    .extracting(row -> row.path("words").asText())
                    .doesNotHaveDuplicates();
            assertThat(vietnamese.values()).allSatisfy(FeedbackTest::isSensed);
            vietnamese
                    .values()
                    .forEach(one -> vietnamese.values().forEach(other -> {
                        if (one != other) {
                            assertThat(difference(colour(one, "colour"), colour(other, "colour")))
                                    .as(one + " beside " + other)
                                    .isGreaterThan(DIFFERENCE);
                        }
                    }));
        }
    }

    private static void isSensed(JsonNode answer) {
        assertThat(answer.path("sound")).as(answer.toString()).isNotEmpty();
        assertThat(answer.path("vibration")).as(answer.toString()).hasSize(1);
        double[] colour = colour(answer, "colour");
        assertThat(contrast(colour, colour(answer, "paper")))
                .as(answer.toString())
                .isGreaterThanOrEqualTo(CONTRAST);
        assertThat(contrast(colour, colour(answer, "ground")))
                .as(answer.toString())
                .isGreaterThanOrEqualTo(CONTRAST);
        assertThat(contrast(colour(answer, "text"), colour(answer, "paper")))
                .as(answer.toString())
                .isGreaterThanOrEqualTo(TEXT_CONTRAST);
    }

    /** All answers there are: most of them at an agency's desk, those of a door where any item may be scanned. */
    private static Map<String, JsonNode> answers(
            Page page, String here, String elsewhere, String recalled, String stop, String unknown) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        page.click("a[href='#/list']");
        page.click("a[href='#/list/fetch']");
        page.click("main .actions a.button");
        page.click("main button:has-text('"
                + (page.getAttribute("html", "lang").equals("vi") ? "Lấy mã này" : "Take it") + "')");
        page.waitForSelector("#typed[aria-invalid=true]");
        assertThat(page.textContent("#typed-wrong")).contains("RR 123 456 785 VN");
        Browser.picture(page, "scan-nothing-typed");
        for (String item : List.of(here, here, unknown, elsewhere, recalled)) {
            keep(all, page, item);
        }
        page.click("#bar a.brand");
        // The desk takes what is typed until the other screen is there.
        page.waitForSelector("main a[href='#/list/fetch']");
        keep(all, page, stop);
        keep(all, page, "RE 000 000 000 VN");
        return all;
    }

    private static void keep(Map<String, JsonNode> all, Page page, String text) {
        page.waitForSelector("#typed");
        page.evaluate("tones.length = shaken.length = 0; document.getElementById('answer').replaceChildren()");
        page.fill("#typed", text);
        page.press("#typed", "Enter");
        page.waitForSelector("#answer .answer");
        assertThat(page.locator("#typed-wrong").count()).isZero();
        try {
            JsonNode sensed = Office.JSON.readTree(String.valueOf(page.evaluate(SENSED)));
            Browser.picture(page, "scan-answer-" + sensed.path("answer").asText());
            assertThat(all.put(sensed.path("answer").asText(), sensed))
                    .as("twice: " + sensed)
                    .isNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] colour(JsonNode answer, String name) {
        return java.util.Arrays.stream(
                        answer.path(name).asText().replaceAll("[^0-9,]", "").split(","))
                .limit(3)
                .mapToDouble(Double::parseDouble)
                .map(c -> c / 255)
                .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
                .toArray();
    }

    private static double luminance(double[] rgb) {
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    private static double contrast(double[] one, double[] other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double difference(double[] one, double[] other) {
        double[] a = lab(one);
        double[] b = lab(other);
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    private static double[] lab(double[] rgb) {
        Function<Double, Double> f = t -> t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
        double x = f.apply((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
        double y = f.apply(luminance(rgb));
        double z = f.apply((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }
}
