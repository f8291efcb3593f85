package vn.bocau;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code ./bocau} on a machine that lacks something, and for who types something else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptTest {

    private static final List<String> TOOLS =
            List.of("bash", "cat", "dirname", "find", "head", "mkdir", "mv", "printf", "readlink", "rm", "sed");

    @TempDir
    Path folder;

    private Path jdks;
    private Path tools;

    /** A copy that looks for JDKs in a folder of the test, on a path with nothing but what every system has. */
    @BeforeEach
    void aBareMachine() throws IOException {
        jdks = Files.createDirectories(folder.resolve("jvm"));
        tools = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path real = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(tools.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
        }
        String script = Files.readString(Path.of("bocau"))
                .replace("/usr/lib/jvm/*", jdks + "/*")
                .replace("/opt/*jdk*", jdks + "/none*")
                .replace("/Library/Java/JavaVirtualMachines/*/Contents/Home", jdks + "/none*");
        Files.writeString(folder.resolve("bocau"), script);
        for (String built : List.of("pom.xml", "src/main", "routes", "mappings", "target")) {
            Files.createDirectories(folder.resolve(built));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start now", "strat", "demo --fr", "-v", "hub now"})
    void words_it_does_not_know_are_said_back_with_the_help(String words) throws Exception {
        Ended ended = run(words.split(" "));

        assertThat(ended.text).startsWith("Không hiểu · unknown: " + words).contains("./bocau demo");
        assertThat(ended.exit).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void the_help_is_in_both_languages(String word) throws Exception {
        Ended ended = run(word);

        assertThat(ended.text).contains("khởi động tất cả trên máy này", "start everything on this machine", "Ctrl-C");
        assertThat(ended.exit).isZero();
    }

    @Test
    void without_a_jdk_it_says_which_would_do() throws Exception {
        assertSaid(run(), "No JDK from 17 to 25 was found.", "Không tìm thấy JDK từ 17 đến 25.");
    }

    @ParameterizedTest
    @CsvSource({"11.0.2, 11", "26, 26", "1.8.0_402, 1"})
    void a_jdk_that_is_too_old_or_too_new_is_named(String version, int said) throws Exception {
        Path jdk = jdk("some", version);

        assertSaid(
                run(),
                "was found; only: " + said + " (" + jdk + ").",
                "17 đến 25; chỉ có: " + said + " (" + jdk + ").");
    }

    /** Wherever it lies among the others: they are found in the order of their names. */
    @ParameterizedTest
    @ValueSource(strings = {"17 21 25 26", "25 17 26 21", "26 21 17 25", "11 25 21 17"})
    void of_several_jdks_the_newest_that_will_do_is_taken(String versions) throws Exception {
        char name = 'a';
        for (String version : versions.split(" ")) {
            jdk(name + "-jdk", version + ".0.1");
            name++;
        }
        char newest = (char) ('a' + List.of(versions.split(" ")).indexOf("25"));

        assertThat(run("--version").text.strip()).endsWith("Java at " + jdks.resolve(newest + "-jdk"));
    }

    @Test
    void without_maven_it_says_what_to_install() throws Exception {
        jdk("new-enough", "21.0.1");

        assertSaid(run("build"), "Maven was not found", "Không tìm thấy Maven");
    }

    @Test
    void a_build_that_fails_ends_it() throws Exception {
        jdk("new-enough", "21.0.1");
        executable(tools.resolve("mvn"), "#!/bin/sh\nexit 7\n");

        assertSaid(run("build"), "could not be built", "Không dựng được");
    }

    /** A build that is cut off leaves a jar that no JVM can start, newer than its sources. */
    @Test
    void a_jar_whose_build_was_not_seen_to_end_is_built_again_and_then_taken_as_it_is() throws Exception {
        jdk("new-enough", "21.0.1");
        executable(tools.resolve("mvn"), "#!/bin/sh\necho maven\n: >target/bocau.jar\n");
        Files.write(folder.resolve("target/bocau.jar"), new byte[] {1});

        assertThat(run("build").text).contains("maven");
        assertThat(run("build").text).isEmpty();

        Files.delete(folder.resolve("target/bocau.jar"));
        assertThat(run("build").text).contains("maven");
    }

    /** What it makes on disk is its owner's alone, and no JDK is given an option it does not know. */
    @ParameterizedTest
    @CsvSource({"17, false", "25, true"})
    void it_runs_with_files_of_its_own_and_with_the_options_its_jdk_knows(int version, boolean knows) throws Exception {
        Path jdk = jdk("some", version + ".0.1");
        executable(jdk.resolve("bin/java"), """
                #!/bin/bash
                if [ "$2" = -version ]; then
                  case "$1" in --sun-misc-unsafe*) exit %d ;; *) exit 0 ;; esac
                fi
                echo "umask $(umask)"
                echo "locale ${LC_ALL:-${LC_CTYPE:-}}"
                echo "run $*"
                """.formatted(knows ? 0 : 1));
        executable(tools.resolve("mvn"), "#!/bin/bash\necho \"maven $MAVEN_OPTS\"\n");

        Ended ended = run(Map.of("LANG", "C"), "hub");

        assertThat(ended.exit).as(ended.text).isZero();
        assertThat(ended.text)
                .contains("umask 0077", "locale C.UTF-8", " hub\n", "run ", "--enable-native-access=ALL-UNNAMED");
        assertThat(ended.text.lines().filter(l -> l.startsWith("run ") || l.startsWith("maven ")))
                .hasSize(2)
                .allMatch(l -> l.contains("--sun-misc-unsafe-memory-access=allow") == knows);
        assertThat(ended.text.contains("-XX:+AutoCreateSharedArchive")).isEqualTo(knows);
    }

    /** What a hub has loaded is kept by a hub alone: others load less, and would leave a file that helps nobody. */
    @Test
    void what_a_hub_has_loaded_is_taken_by_all_and_kept_by_none_but_a_hub() throws Exception {
        Path jdk = jdk("some", "25.0.1");
        executable(jdk.resolve("bin/java"), "#!/bin/bash\nif [ \"$2\" != -version ]; then echo \"run $*\"; fi\n");
        executable(tools.resolve("mvn"), "#!/bin/bash\n");

        assertThat(run("sandbox").text).contains("run ").doesNotContain("Archive");
        assertThat(run("start").text).contains("-XX:+AutoCreateSharedArchive");
        Files.createFile(folder.resolve("target/laid-out/bocau.jsa"));
        assertThat(run("sandbox").text)
                .contains("-XX:SharedArchiveFile=target/laid-out/bocau.jsa")
                .doesNotContain("AutoCreate");
    }

    private static void assertSaid(Ended ended, String english, String vietnamese) {
        assertThat(ended.text).contains(english, vietnamese, "Cách sửa: ", "Cure: ");
        assertThat(ended.text.lines().filter(l -> !l.isBlank())).hasSizeLessThanOrEqualTo(7);
        assertThat(ended.exit).isEqualTo(1);
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = jdks.resolve(name);
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        executable(jdk.resolve("bin/java"), "#!/bin/sh\n");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int exit, String text) {}

    private Ended run(String... words) throws IOException, InterruptedException {
        return run(Map.of("LC_ALL", "C.UTF-8"), words);
    }

    private Ended run(Map<String, String> locale, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/bin/bash", folder.resolve("bocau").toString()));
        command.addAll(List.of(words));
        Path said = folder.resolve("said");
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        process.environment().clear();
        process.environment().put("PATH", tools.toString());
        process.environment().putAll(locale);
        Process running = process.start();
        try {
            assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            running.destroyForcibly();
        }
        return new Ended(running.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }
}
