package vn.bocau.wire.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every mapping against its examples ({@link Examples}), in every folder of {@code mappings/}. Files called
 * {@code <name>.lib.jslt} are parts of others and have no examples of their own.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MappingExamplesTest {

    private static final MappingFiles FILES = new MappingFiles(Path.of("mappings"), (name, why) -> {});
    private static final Collection<String> CASES = Examples.in(FILES.own().keySet());
    private static final Examples EXAMPLES = new Examples(FILES, new MappingSet(FILES));

    @TestFactory
    Stream<DynamicTest> every_mapping_does_what_its_examples_show() {
        return CASES.stream().map(example -> dynamicTest(example, () -> EXAMPLES.check(example)));
    }

    /** A schema beside a mapping of its name is held by that mapping's examples. */
    @Test
    void every_mapping_and_every_schema_has_examples_and_every_example_has_one_of_them() {
        Set<String> mappings = new TreeSet<>();
        FILES.own().keySet().stream()
                .filter(name -> name.matches("[^/]+/[^/]+\\.(jslt|xsl|schema\\.json)"))
                .filter(name -> !name.endsWith(".lib.jslt"))
                .map(name -> name.replaceFirst("\\.(jslt|xsl|schema\\.json)$", ""))
                .forEach(mappings::add);
        Set<String> shown = new TreeSet<>();
        CASES.forEach(example -> shown.add(example.replaceFirst("/examples/([^/]+)/.*", "/$1")));

        assertThat(shown).isEqualTo(mappings);
    }

    @Test
    void a_case_may_be_called_by_a_version() {
        assertThat(Examples.in(List.of("own/examples/answer/v1.2.in.json", "own/examples/answer/v1.2.variables.json")))
                .containsExactly("own/examples/answer/v1.2");
    }

    @Test
    void a_file_among_the_examples_is_half_of_one_or_its_variables() {
        List<String> halves = FILES.own().keySet().stream()
                .filter(name -> name.contains("/examples/"))
                .toList();

        assertThat(halves)
                .allMatch(name -> name.matches("[^/]+/examples/variables\\.json"
                        + "|[^/]+/examples/[^/]+/[a-z0-9-]+\\.((in|expected)\\.(json|xml)|variables\\.json)"));
    }
}
