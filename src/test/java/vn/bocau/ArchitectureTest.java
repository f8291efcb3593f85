package vn.bocau;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The modules and who knows whom, as a picture that can fail: equal to it, not merely without something. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {

    private static final String BASE = "vn.bocau";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(BASE);

    @Test
    void modules_know_each_other_exactly_as_drawn() {
        Map<String, Set<String>> drawn = new TreeMap<>(Map.ofEntries(
                entry(BASE, Set.of("audit", "code", "demo", "embedded", "prove", "sandbox", "wire")),
                entry("code", Set.of()),
                entry("audit", Set.of("code")),
                entry("directory", Set.of("code")),
                entry("journal", Set.of("audit", "code")),
                entry("dossier", Set.of("code", "directory", "journal")),
                entry("alert", Set.of("code", "directory", "dossier", "journal")),
                entry("wire", Set.of("audit", "code", "directory", "journal")),
                entry("scan", Set.of("code", "dossier", "journal", "print", "wire")),
                entry("console", Set.of("alert", "audit", "code", "directory", "dossier", "journal", "wire")),
                entry("desk", Set.of("code", "directory", "dossier", "journal", "print", "wire")),
                entry("fee", Set.of("code", "dossier", "journal")),
                entry("cashier", Set.of("code", "directory", "fee", "journal", "print", "wire")),
                entry("track", Set.of("code", "directory", "dossier", "journal", "wire")),
                entry("print", Set.of("code")),
                entry("embedded", Set.of("code")),
                entry("sandbox", Set.of()),
                entry("demo", Set.of()),
                entry("prove", Set.of())));

        assertThat(arrows()).isEqualTo(drawn);
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() {
        assertThat(packages())
                .allSatisfy(p -> assertThat(Class.forName(p + ".package-info")
                                .isAnnotationPresent(org.jspecify.annotations.NullMarked.class))
                        .as(p)
                        .isTrue());
    }

    @Test
    void every_package_has_a_row_in_the_readme() throws IOException {
        Set<String> rows = Files.readAllLines(Path.of("README.md")).stream()
                .dropWhile(line -> !line.startsWith("| package |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(row -> row.replaceFirst("^\\| `([a-z.]+)` .*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows)
                .isEqualTo(packages().stream()
                        .map(ArchitectureTest::shortly)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void packages_know_each_other_one_way() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_rules_know_no_framework_of_messages() {
        assertThat(CLASSES.stream()
                        .filter(c -> module(c).equals("dossier") || module(c).equals("code")))
                .isNotEmpty()
                .allSatisfy(c -> assertThat(c.getDirectDependenciesFromSelf())
                        .noneMatch(d -> d.getTargetClass().getPackageName().startsWith("org.apache.camel")
                                || d.getTargetClass().getPackageName().startsWith("jakarta.jms")));
    }

    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass from : CLASSES) {
            Set<String> known = arrows.computeIfAbsent(module(from), m -> new TreeSet<>());
            from.getDirectDependenciesFromSelf().stream()
                    .map(d -> d.getTargetClass().getBaseComponentType())
                    .filter(c -> c.getPackageName().startsWith(BASE))
                    .map(ArchitectureTest::module)
                    .filter(m -> !m.equals(module(from)))
                    .forEach(known::add);
        }
        return arrows;
    }

    private static Set<String> packages() {
        return CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** First package below the base; the base itself for the classes that start everything. */
    private static String module(JavaClass c) {
        String name = c.getPackageName();
        return name.equals(BASE) ? BASE : shortly(name).split("\\.")[0];
    }

    private static String shortly(String name) {
        return name.equals(BASE) ? BASE : name.substring(BASE.length() + 1);
    }
}
