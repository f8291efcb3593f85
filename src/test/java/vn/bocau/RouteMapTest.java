package vn.bocau;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The mistakes in routes/ that Camel starts with and says nothing about. Reads the files as a newcomer does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RouteMapTest {

    private static final Set<String> POLICIES = Set.of("answer", "park", "line", "again", "stay");
    private static final Path ROUTES = Path.of("routes");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void every_file_puts_something_on_the_map_and_fits_two_screens() throws IOException {
        for (Path file : files()) {
            assertThat(YAML.readTree(file.toFile())).as(file.toString()).isNotEmpty();
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(120);
        }
    }

    @Test
    void prose_stands_in_descriptions_because_designers_drop_comments() throws IOException {
        for (Path file : files()) {
            assertThat(Files.readAllLines(file))
                    .as(file.toString())
                    .noneMatch(l -> l.strip().startsWith("#"));
        }
    }

    @Test
    void every_route_has_an_id_a_purpose_and_a_policy_for_failure() {
        assertThat(routes()).isNotEmpty().allSatisfy((id, stretch) -> {
            assertThat(id).matches("[a-z][a-z0-9.-]*");
            assertThat(stretch.route.path("description").asText()).as(id).isNotBlank();
            assertThat(POLICIES)
                    .as(id)
                    .contains(stretch.route.path("routeConfigurationId").asText());
        });
    }

    @Test
    void every_direct_call_is_answered_and_arrows_never_run_back_up_the_map() {
        Map<String, Stretch> homes = new TreeMap<>();
        routes().values().forEach(s -> homes.put(s.from(), s));

        routes().forEach((id, stretch) -> stretch.calls().stream()
                .filter(uri -> uri.startsWith("direct:") && !uri.contains("$") && !uri.contains("{{"))
                .forEach(uri -> {
                    assertThat(homes).as(id).containsKey(uri);
                    assertThat(homes.get(uri).file).as(id + " -> " + uri).isGreaterThanOrEqualTo(stretch.file);
                }));
    }

    @Test
    void every_mapping_named_exists() {
        routes().forEach((id, stretch) -> stretch.texts().stream()
                .filter(t -> t.startsWith("check(") || t.startsWith("translate(") || t.startsWith("judge("))
                .forEach(t -> {
                    String named = t.replaceAll("^.*'([^']*)'[^']*$", "$1");
                    assertThat(Path.of("mappings", named)).as(id).exists();
                }));
    }

    @Test
    void no_header_is_set_on_the_way() {
        routes().forEach((id, stretch) -> stretch.walk((key, node) -> {
            assertThat(key).as(id).isNotIn("setHeader", "setHeaders");
        }));
    }

    @Test
    void every_border_takes_off_every_header() {
        routes().forEach((id, stretch) -> {
            String from = stretch.from();
            if (!from.startsWith("direct:") && !from.startsWith("scheduler:") && !from.startsWith("seda:")) {
                JsonNode first =
                        stretch.route.path("from").path("steps").path(0).path("removeHeaders");
                assertThat(first.path("pattern").asText()).as(id).isEqualTo("*");
            }
        });
    }

    @Test
    void no_script_hides_in_the_map() throws IOException {
        for (Path file : files()) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContainPattern("(?m)^\\s*-?\\s*(script|groovy|js|python|mvel|spel):");
        }
    }

    private static List<Path> files() {
        try (Stream<Path> all = Files.list(ROUTES)) {
            return all.filter(p -> p.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Stretch> routes() {
        Map<String, Stretch> routes = new TreeMap<>();
        for (Path file : files()) {
            try {
                for (JsonNode entry : YAML.readTree(file.toFile())) {
                    String name = file.getFileName().toString();
                    if (entry.has("route")) {
                        add(routes, new Stretch(name, entry.get("route")), entry.get("route"));
                    } else if (entry.has("routeTemplate")) {
                        JsonNode template = entry.get("routeTemplate");
                        JsonNode route = template.has("route") ? template.get("route") : template;
                        add(routes, new Stretch(name, route), template);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return routes;
    }

    private static void add(Map<String, Stretch> routes, Stretch stretch, JsonNode named) {
        assertThat(routes.put(named.path("id").asText(), stretch))
                .as("two routes of one name")
                .isNull();
    }

    private record Stretch(String file, JsonNode route) {

        String from() {
            return route.path("from").path("uri").asText();
        }

        List<String> calls() {
            List<String> calls = new ArrayList<>();
            walk((key, node) -> {
                if (Set.of("to", "toD", "wireTap", "enrich").contains(key)) {
                    calls.add(
                            node.isTextual() ? node.asText() : node.path("uri").asText());
                }
            });
            return calls;
        }

        List<String> texts() {
            List<String> texts = new ArrayList<>();
            walk((key, node) -> {
                if (node.isTextual()) {
                    texts.add(node.asText());
                }
            });
            return texts;
        }

        void walk(BiConsumer<String, JsonNode> visitor) {
            walk(route, visitor);
        }

        private static void walk(JsonNode node, BiConsumer<String, JsonNode> visitor) {
            node.properties().forEach(e -> {
                visitor.accept(e.getKey(), e.getValue());
                walk(e.getValue(), visitor);
            });
            if (node.isArray()) {
                node.forEach(child -> walk(child, visitor));
            }
        }
    }
}
