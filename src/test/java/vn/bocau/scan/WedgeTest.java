package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.ItemId;

/**
 * A scanner that types, in the app and on the computers people have: with a Vietnamese keyboard program, another layout, a
 * lost Shift, a lost key. Every scan is read right, or refused in words; none is taken for another item.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WedgeTest extends PostOffice {

    private static final int SCANS = 20_000;
    private static final int LISTED = 400;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final List<String> COUNTRIES = List.of(
            "VN", "VN", "VN", "VN", "VN", "VN", "EE", "AS", "AF", "AR", "ES", "WS", "TW", "AW", "IS", "US", "UA", "QA",
            "ZW", "DO", "MM", "VU");

    /** Puts these items on the phone's worklist, each like the one stop there is. */
    private static final String LIST = """
            async items => {
              const { all, write } = await import('/scan/store.js');
              const [stop] = await all('stops');
              await write(['stops'], tx => items.forEach((item, i) => tx.objectStore('stops').put({ ...stop, item, leg: 'leg-' + i })));
            }
            """;

    /** Sends bursts of keys, and says what the worker is shown after each, and what the reader made of it. */
    private static final String SCAN = """
            async ({ bursts, items }) => {
              const { readBurst } = await import('/scan/wedge.js');
              const listed = new Set(items);
              const answer = document.getElementById('answer');
              let clock = performance.now();
              return JSON.stringify(bursts.map(({ keys, gap }) => {
                answer.replaceChildren();
                clock += 1000;
                for (const [code, key] of keys) {
                  const event = new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true });
                  Object.defineProperty(event, 'timeStamp', { value: clock += gap });
                  document.activeElement.dispatchEvent(event);
                }
                const box = answer.querySelector('.answer');
                const read = readBurst(keys.slice(0, -1).map(([code, key]) => ({ code, key })), item => listed.has(item));
                return [box?.dataset.answer ?? '', box?.querySelector('.code').textContent.replace(/\\u00a0/g, '') ?? '', read.outcome];
              }));
            }
            """;

    /** What became of a scan. */
    enum Fate {
        RIGHT,
        /** Read right although something had changed it. */
        REPAIRED,
        /** Refused, in words. */
        REFUSED,
        /** Read as an item that it is not, and told that this is not on the list. */
        STRANGER,
        /** Taken for another item. */
        WRONG,
        /** No answer at all. */
        SILENT
    }

    /** What lies between the scanner and the page. */
    enum Way {
        NOTHING((keys, random) -> keys),
        CAPS_LOCK_ON((keys, random) -> each(keys, Key::lower)),
        NO_SHIFT((keys, random) -> each(without(keys, Key.SHIFT), Key::lower)),
        SHIFT_LOST_ONCE((keys, random) -> at(keys, random.nextInt(keys.size()), key -> List.of(key.lower()))),
        SHIFT_STUCK((keys, random) -> each(keys, Key::shifted)),
        QWERTY_SCANNER_ON_AZERTY((keys, random) -> each(keys, Key::onAzerty)),
        AZERTY_SCANNER_ON_QWERTY((keys, random) -> each(each(keys, Key::fromAzerty), Key::shifted)),
        AZERTY_SCANNER_WITH_KEYPAD((keys, random) -> each(each(keys, Key::fromAzerty), Key::onKeypad)),
        AZERTY_SCANNER_WITH_CAPS_LOCK((keys, random) -> capsLocked(each(without(keys, Key.SHIFT), Key::fromAzerty))),
        AZERTY_WITHOUT_SHIFT((keys, random) ->
                each(each(keys, key -> key.isDigit() ? key.onAzerty() : key.azertyOnAzerty()), Key::lower)),
        QWERTY_SCANNER_ON_QWERTZ((keys, random) -> each(keys, Key::onQwertz)),
        /** Nothing tells it from one set up rightly: then the list has to. */
        QWERTZ_SCANNER_ON_QWERTY((keys, random) -> each(keys, Key::fromQwertz)),
        WINDOWS_VIETNAMESE((keys, random) -> each(keys, Key::onVietnameseLayout)),
        TELEX_REWRITES((keys, random) ->
                keyboard(VietnameseKeyboard.Method.TELEX, random).rewriting(keys)),
        VNI_REWRITES((keys, random) ->
                keyboard(VietnameseKeyboard.Method.VNI, random).rewriting(keys)),
        VIQR_REWRITES((keys, random) ->
                keyboard(VietnameseKeyboard.Method.VIQR, random).rewriting(keys)),
        VIQR_COMPOSES((keys, random) ->
                keyboard(VietnameseKeyboard.Method.VIQR, random).composing(keys)),
        TELEX_COMPOSES((keys, random) ->
                keyboard(VietnameseKeyboard.Method.TELEX, random).composing(keys)),
        VNI_COMPOSES((keys, random) ->
                keyboard(VietnameseKeyboard.Method.VNI, random).composing(keys)),
        KEY_LOST((keys, random) ->
                at(keys, random.nextInt(keys.size()), key -> key == Key.SHIFT ? List.of(key) : List.of())),
        KEY_TWICE((keys, random) -> at(keys, random.nextInt(keys.size()), key -> List.of(key, key))),
        /** S10's one check digit lets some through: then the list has to. */
        ONE_LOST_ONE_TWICE((keys, random) -> KEY_TWICE.corrupt.apply(KEY_LOST.corrupt.apply(keys, random), random)),
        NO_SHIFT_AND_TELEX(
                (keys, random) -> TELEX_REWRITES.corrupt.apply(NO_SHIFT.corrupt.apply(keys, random), random)),
        KEY_LOST_AND_VNI((keys, random) -> VNI_REWRITES.corrupt.apply(KEY_LOST.corrupt.apply(keys, random), random));

        private final BiFunction<List<Key>, Random, List<Key>> corrupt;

        Way(BiFunction<List<Key>, Random, List<Key>> corrupt) {
            this.corrupt = corrupt;
        }

        private static VietnameseKeyboard keyboard(VietnameseKeyboard.Method method, Random random) {
            return new VietnameseKeyboard(method, random.nextBoolean());
        }

        private static List<Key> each(List<Key> keys, java.util.function.UnaryOperator<Key> change) {
            return keys.stream().map(change).toList();
        }

        private static List<Key> without(List<Key> keys, Key one) {
            return keys.stream().filter(key -> !key.equals(one)).toList();
        }

        private static List<Key> at(List<Key> keys, int place, java.util.function.Function<Key, List<Key>> change) {
            List<Key> changed = new ArrayList<>(keys.subList(0, place));
            changed.addAll(change.apply(keys.get(place)));
            changed.addAll(keys.subList(place + 1, keys.size()));
            return changed;
        }

        private static List<Key> capsLocked(List<Key> keys) {
            List<Key> locked = new ArrayList<>(List.of(Key.CAPS_LOCK));
            locked.addAll(keys);
            locked.add(Key.CAPS_LOCK);
            return locked;
        }
    }

    private record Scan(String code, Way way, List<Key> keys, int gap) {}

    @BeforeAll
    static void open() {
        office.asks("Lê Thị Mẫu", "12 đường Mẫu");
    }

    @Test
    void twenty_thousand_scans_are_read_right_or_refused_and_none_is_taken_for_another_item() throws IOException {
        Random random = new Random(20261126);
        Set<String> listed = new LinkedHashSet<>();
        while (listed.size() < LISTED) {
            String code = item(random);
            listed.add(code);
            if (random.nextInt(10) == 0) {
                listed.add(twin(code));
            }
        }
        List<String> items = List.copyOf(listed);
        List<Scan> scans = new ArrayList<>();
        for (int i = 0; i < SCANS; i++) {
            String known = items.get(random.nextInt(items.size()));
            String code = switch (random.nextInt(4)) {
                case 0 -> twin(known);
                case 1 -> item(random);
                default -> known;
            };
            Way way = Way.values()[i % Way.values().length];
            List<Key> keys = new ArrayList<>(way.corrupt.apply(Key.typed(code), random));
            keys.add(random.nextInt(3) == 0 ? Key.TAB : Key.ENTER);
            scans.add(new Scan(code, way, keys, 1 + random.nextInt(30)));
        }
        Map<Way, Map<Fate, Integer>> all = new EnumMap<>(Way.class);
        Map<Way, Map<Fate, Integer>> ofListed = new EnumMap<>(Way.class);
        List<String> bad = new ArrayList<>();
        try (Phone phone = phone()) {
            working(phone, items);
            List<JsonNode> shown = scan(phone, scans, items);
            for (int i = 0; i < SCANS; i++) {
                Scan scan = scans.get(i);
                Fate fate = fate(scan, listed, shown.get(i));
                count(all, scan.way(), fate);
                if (listed.contains(scan.code())) {
                    count(ofListed, scan.way(), fate);
                }
                boolean letThrough = fate == Fate.STRANGER
                        && (scan.way() == Way.ONE_LOST_ONE_TWICE || scan.way() == Way.QWERTZ_SCANNER_ON_QWERTY);
                if (fate.compareTo(Fate.STRANGER) >= 0 && !letThrough) {
                    bad.add(fate + " " + scan + " " + shown.get(i));
                }
            }
        }
        double share = share(ofListed);
        String figures = "All scans\n" + table(all) + "Scans of items on the list\n" + table(ofListed)
                + String.format(Locale.ROOT, "read right, where no key was lost or doubled: %.1f %%%n", 100 * share);
        Path folder = Files.createDirectories(Path.of("target/figures"));
        Files.writeString(folder.resolve("scan-keys.txt"), figures);
        assertThat(bad).isEmpty();
        assertThat(share).as(figures).isGreaterThan(0.8);
    }

    @Test
    void a_dossiers_code_is_no_item_whatever_the_keyboard_makes_of_it() {
        Random random = new Random(20261127);
        List<Scan> scans = new ArrayList<>();
        for (Way way : Way.values()) {
            for (int i = 0; i < 50; i++) {
                String code = String.format(
                        Locale.ROOT, "000.00.%02d.H50-2401%02d-%04d", i % 20, 1 + i % 28, random.nextInt(10_000));
                List<Key> keys = new ArrayList<>(way.corrupt.apply(Key.typed(code), random));
                keys.add(Key.ENTER);
                scans.add(new Scan(code, way, keys, 5));
            }
        }
        try (Phone phone = phone()) {
            working(phone, List.of());
            assertThat(scan(phone, scans, List.of()))
                    .extracting(row -> row.path(0).asText() + ": " + row.path(1).asText())
                    .containsOnly("unreadable: Mã phải gồm 2 chữ cái, 9 chữ số, 2 chữ cái.");
        }
    }

    @Test
    void a_real_scanner_is_told_from_a_person_who_types_fast() {
        String code = office.asks("Lê Thị Mẫu", "14 đường Mẫu");
        String item = office.dispatches(List.of(code)).get(0);
        try (Phone phone = phone()) {
            phone.signIn(road.at("/scan/"), "buu-ta");
            phone.openShift();
            Page page = phone.page();
            page.reload();
            page.click("a[href='#/list/fetch']");
            page.click("main .actions a.button");
            page.fill("#manifest", "BK-");
            page.focus("#manifest");
            Keyboard keyboard = new Keyboard(phone.devTools());

            // A scanner: what it means is told, and the field with the focus stays as it was; nothing is submitted.
            keyboard.press(Key.typed(item), 8);
            keyboard.press(List.of(Key.ENTER), 8);
            page.waitForSelector("[data-answer=right]");
            assertThat(page.inputValue("#manifest")).isEqualTo("BK-");
            assertThat(page.locator(".summary").count()).isZero();

            // One that sends no Enter, over a radio that holds a key back.
            keyboard.press(Key.typed("RR123456785VN").subList(0, 9), 8);
            keyboard.press(Key.typed("RR123456785VN").subList(9, 17), 20);
            page.waitForSelector("[data-answer=unlisted]");
            assertThat(page.textContent("[data-answer=unlisted] .code"))
                    .isEqualTo("RR\u00a0123\u00a0456\u00a0785\u00a0VN");
            assertThat(page.inputValue("#manifest")).isEqualTo("BK-");

            // A person as fast as any: the field keeps what was typed, and Enter does what Enter does.
            keyboard.press(Key.typed("RR473124829VN"), 45);
            keyboard.press(List.of(Key.ENTER), 45);
            page.waitForSelector(".summary");
            assertThat(page.inputValue("#manifest")).isEqualTo("BK-RR473124829VN");
            assertThat(page.locator("[data-answer=unlisted]").count())
                    .as("the answer before")
                    .isEqualTo(1);

            // A person who holds a key down to wipe the field.
            page.focus("#manifest");
            keyboard.hold(Key.BACKSPACE, 40, 30);
            keyboard.press(List.of(Key.TAB), 30);
            assertThat(page.inputValue("#manifest")).isEmpty();

            // By hand into the field for it.
            page.focus("#typed");
            keyboard.press(Key.typed("RR473124829VN"), 45);
            keyboard.press(List.of(Key.ENTER), 45);
            page.waitForSelector("#answer:has-text('RR\u00a0473\u00a0124\u00a0829\u00a0VN')");
            assertThat(page.inputValue("#typed")).isEmpty();
        }
    }

    @Test
    void real_keys_are_read_as_those_dispatched_by_a_script() {
        Random random = new Random(20261128);
        List<Scan> scans = new ArrayList<>();
        for (Way way : Way.values()) {
            String code = item(random);
            List<Key> keys = new ArrayList<>(way.corrupt.apply(Key.typed(code), random));
            keys.add(Key.ENTER);
            scans.add(new Scan(code, way, keys, 6));
        }
        List<String> items = scans.stream().map(Scan::code).toList();
        try (Phone phone = phone()) {
            working(phone, items);
            List<JsonNode> dispatched = scan(phone, scans, items);
            Page page = phone.page();
            Keyboard keyboard = new Keyboard(phone.devTools());
            for (int i = 0; i < scans.size(); i++) {
                page.evaluate("document.getElementById('answer').replaceChildren()");
                keyboard.press(scans.get(i).keys(), 6);
                page.waitForSelector("#answer .answer");
                assertThat(page.getAttribute("#answer .answer", "data-answer"))
                        .as(scans.get(i).toString())
                        .isEqualTo(dispatched.get(i).path(0).asText());
                assertThat(page.textContent("#answer .code").replace("\u00a0", ""))
                        .as(scans.get(i).toString())
                        .isEqualTo(dispatched.get(i).path(1).asText());
            }
        }
    }

    /** The browser's own keyboard, with a clock of its own: how busy this machine is does not make it slower. */
    private static final class Keyboard {

        private final CDPSession browser;
        private double clock = System.currentTimeMillis() / 1000.0;

        Keyboard(CDPSession browser) {
            this.browser = browser;
        }

        void press(List<Key> keys, int gap) {
            keys.forEach(key -> {
                clock += gap / 1000.0;
                down(key, false);
                send("keyUp", key, false);
            });
        }

        void hold(Key key, int times, int gap) {
            for (int i = 0; i < times; i++) {
                clock += gap / 1000.0;
                down(key, i > 0);
            }
            send("keyUp", key, false);
        }

        private void down(Key key, boolean again) {
            send("keyDown", key, again);
        }

        private void send(String type, Key key, boolean again) {
            JsonObject event = new JsonObject();
            event.addProperty("type", type);
            event.addProperty("code", key.code());
            event.addProperty("key", key.key());
            event.addProperty("timestamp", clock);
            event.addProperty("autoRepeat", again);
            int virtual = switch (key.key()) {
                case "Backspace" -> 8;
                case "Tab" -> 9;
                case "Enter" -> 13;
                default -> 0;
            };
            event.addProperty("windowsVirtualKeyCode", virtual);
            String text = key.equals(Key.ENTER)
                    ? "\r"
                    : key.key().codePointCount(0, key.key().length()) == 1 ? key.key() : "";
            if (type.equals("keyDown") && !text.isEmpty()) {
                event.addProperty("text", text);
            }
            browser.send("Input.dispatchKeyEvent", event);
        }
    }

    private static void working(Phone phone, List<String> items) {
        phone.signIn(road.at("/scan/"), "buu-ta");
        phone.openShift();
        road.weather(Road.Weather.CLOSED);
        try {
            // Whatever list was still on its way does not replace the one made here.
            phone.page().reload();
            phone.page().waitForSelector("#typed");
            phone.run(LIST, items);
            phone.page().reload();
            phone.page().waitForSelector("#typed");
        } finally {
            road.weather(Road.Weather.CLEAR);
        }
    }

    private static List<JsonNode> scan(Phone phone, List<Scan> scans, List<String> items) {
        List<JsonNode> shown = new ArrayList<>();
        for (int from = 0; from < scans.size(); from += 1000) {
            List<Map<String, Object>> bursts = scans.subList(from, Math.min(from + 1000, scans.size())).stream()
                    .map(scan -> Map.<String, Object>of(
                            "gap", scan.gap(),
                            "keys",
                                    scan.keys().stream()
                                            .map(key -> List.of(key.code(), key.key()))
                                            .toList()))
                    .toList();
            try {
                Office.JSON
                        .readTree(String.valueOf(phone.run(SCAN, Map.of("bursts", bursts, "items", items))))
                        .forEach(shown::add);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return shown;
    }

    private static Fate fate(Scan scan, Set<String> listed, JsonNode shown) {
        String answer = shown.path(0).asText();
        boolean same = shown.path(1).asText().equals(scan.code());
        return switch (answer) {
            case "" -> Fate.SILENT;
            case "unreadable" -> shown.path(1).asText().isBlank() ? Fate.SILENT : Fate.REFUSED;
            case "unlisted" -> !same ? Fate.STRANGER : listed.contains(scan.code()) ? Fate.WRONG : Fate.RIGHT;
            case "right" ->
                !same || !listed.contains(scan.code())
                        ? Fate.WRONG
                        : shown.path(2).asText().equals("repaired") ? Fate.REPAIRED : Fate.RIGHT;
            default -> Fate.WRONG;
        };
    }

    /** The share of scans read right, of those of which nothing was lost or doubled. */
    private static double share(Map<Way, Map<Fate, Integer>> all) {
        int right = 0;
        int sum = 0;
        for (var one : all.entrySet()) {
            if (!Set.of(Way.KEY_LOST, Way.KEY_TWICE, Way.ONE_LOST_ONE_TWICE, Way.KEY_LOST_AND_VNI)
                    .contains(one.getKey())) {
                right += one.getValue().getOrDefault(Fate.RIGHT, 0)
                        + one.getValue().getOrDefault(Fate.REPAIRED, 0);
                sum += one.getValue().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
            }
        }
        return (double) right / sum;
    }

    private static void count(Map<Way, Map<Fate, Integer>> all, Way way, Fate fate) {
        all.computeIfAbsent(way, one -> new EnumMap<>(Fate.class)).merge(fate, 1, Integer::sum);
    }

    private static String table(Map<Way, Map<Fate, Integer>> all) {
        StringBuilder text = new StringBuilder(String.format("%-30s", ""));
        for (Fate fate : Fate.values()) {
            text.append(String.format("%9s", fate));
        }
        all.forEach((way, fates) -> {
            text.append(String.format("%n%-30s", way));
            for (Fate fate : Fate.values()) {
                text.append(String.format("%9d", fates.getOrDefault(fate, 0)));
            }
        });
        return text.append(System.lineSeparator()).toString();
    }

    private static String item(Random random) {
        String service = "" + LETTERS.charAt(random.nextInt(26)) + LETTERS.charAt(random.nextInt(26));
        return ItemId.of(service, random.nextInt(100_000_000), COUNTRIES.get(random.nextInt(COUNTRIES.size())))
                .value();
    }

    /** Another item with the same digits, whose letters lie where another layout has them. */
    private static String twin(String item) {
        StringBuilder twin = new StringBuilder(item);
        for (int i = 0; i < 2; i++) {
            int at = "AQZW".indexOf(item.charAt(i));
            twin.setCharAt(i, at < 0 ? item.charAt(i) : "QAWZ".charAt(at));
        }
        return twin.toString();
    }
}
