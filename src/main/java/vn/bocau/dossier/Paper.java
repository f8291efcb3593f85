package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A paper that travels, or is still asked for.
 *
 * @param original whether the original itself is meant, not a copy
 */
record Paper(String name, boolean original, int count) {

    static List<Paper> list(JsonNode json) {
        List<Paper> papers = new ArrayList<>();
        json.forEach(p -> papers.add(new Paper(
                p.path("name").asText(),
                p.path("original").asBoolean(false),
                p.path("count").asInt(1))));
        return List.copyOf(papers);
    }

    /** How many papers there are of each name. */
    static Map<String, Integer> names(JsonNode json) {
        Map<String, Integer> names = new HashMap<>();
        list(json).forEach(paper -> names.merge(paper.name, 1, Integer::sum));
        return names;
    }

    /** Both, in order; of one name, as it was said last. */
    static List<Paper> and(List<Paper> before, List<Paper> more) {
        Map<String, Paper> papers = new LinkedHashMap<>();
        Stream.of(before, more).flatMap(List::stream).forEach(paper -> papers.put(paper.name, paper));
        return List.copyOf(papers.values());
    }

    static ArrayNode json(List<Paper> papers) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        papers.forEach(p ->
                json.addObject().put("name", p.name).put("original", p.original).put("count", p.count));
        return json;
    }
}
