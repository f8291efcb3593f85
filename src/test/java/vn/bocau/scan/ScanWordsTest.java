package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Every word of the phones' app, in both languages: none missing, none left over, the same blanks to fill. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScanWordsTest {

    private static final Path APP = Path.of("src/main/resources/static/scan");
    private static final Pattern WORD = Pattern.compile("^  '([^']+)': '((?:[^'\\\\]|\\\\.)*)',$", Pattern.MULTILINE);
    private static final Pattern QUOTED =
            Pattern.compile("['`]([a-zA-Z0-9]+(?:[.-][a-zA-Z0-9_]+)*\\.?)(?:['`]|\\$\\{)");
    private static final Pattern ASKED = Pattern.compile("\\bt\\(['`]([\\w.-]+?)(\\.?)(?:['`]|\\$\\{)");
    private static final Pattern BLANK = Pattern.compile("\\{\\w+}");

    private final Map<String, String> vi = words("vi");
    private final Map<String, String> en = words("en");

    @Test
    void both_languages_say_the_same_things_with_the_same_blanks() {
        assertThat(en.keySet()).isEqualTo(vi.keySet());
        vi.forEach((key, text) ->
                assertThat(blanks(String.valueOf(en.get(key)))).as(key).isEqualTo(blanks(text)));
    }

    @Test
    void nothing_is_asked_for_that_is_not_there() {
        Set<String> missing = new TreeSet<>();
        code().forEach(text -> ASKED.matcher(text).results().forEach(asked -> {
            String key = asked.group(1);
            boolean family = !asked.group(2).isEmpty();
            if (family ? vi.keySet().stream().noneMatch(k -> k.startsWith(key + ".")) : !vi.containsKey(key)) {
                missing.add(key);
            }
        }));
        assertThat(missing).isEmpty();
    }

    @Test
    void nothing_is_there_that_nobody_asks_for() {
        Set<String> said = new TreeSet<>();
        code().forEach(text -> QUOTED.matcher(text).results().forEach(quoted -> said.add(quoted.group(1))));
        assertThat(vi.keySet())
                .allSatisfy(key -> assertThat(
                                said.contains(key) || said.stream().anyMatch(s -> s.endsWith(".") && key.startsWith(s)))
                        .as(key)
                        .isTrue());
    }

    private static Map<String, String> words(String language) {
        Map<String, String> words = new TreeMap<>();
        String text = read(APP.resolve("words/" + language + ".js"));
        WORD.matcher(text)
                .results()
                .forEach(word -> assertThat(words.put(word.group(1), word.group(2)))
                        .as("twice: " + word.group(1))
                        .isNull());
        assertThat(words).as("every line is a word").hasSize((int) text.lines().count() - 2);
        return words;
    }

    private static Set<String> blanks(String text) {
        return BLANK.matcher(text).results().map(r -> r.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> code() {
        return Stream.of(APP, APP.resolve("views"), APP.resolve("office"))
                .flatMap(ScanWordsTest::list)
                .map(ScanWordsTest::read);
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".js")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
