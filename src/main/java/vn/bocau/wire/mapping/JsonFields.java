package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.Edit;

/** JSON by the paths that its masked twin has: the two have the same fields in the same places, only the names may differ. */
final class JsonFields {

    private final JsonNode body;
    private final JsonNode masked;
    private final UnaryOperator<JsonNode> mask;

    JsonFields(JsonNode body, UnaryOperator<JsonNode> mask) {
        this.body = body;
        this.mask = mask;
        this.masked = mask.apply(body);
    }

    /** A field without others in it, as it is shown and as it is. */
    private record Leaf(@Nullable String shown, boolean hidden, JsonNode real) {

        Fields.Field at(String path) {
            return new Fields.Field(path, shown, hidden, type());
        }

        private String type() {
            if (real.isTextual()) {
                return "text";
            }
            return real.isNumber() ? "number" : real.isBoolean() ? "boolean" : real.isNull() ? "null" : "empty";
        }

        String orNull() {
            return shown == null ? "null" : shown;
        }
    }

    List<Fields.Field> fields() {
        List<Fields.Field> fields = new ArrayList<>();
        leaves(masked, body).forEach((path, leaf) -> fields.add(leaf.at(path)));
        return fields;
    }

    private static Map<String, Leaf> leaves(JsonNode masked, JsonNode real) {
        Map<String, Leaf> leaves = new LinkedHashMap<>();
        collect("", masked, real, leaves);
        return leaves;
    }

    private static void collect(String at, JsonNode masked, JsonNode real, Map<String, Leaf> leaves) {
        if (masked.isContainerNode() && !masked.isEmpty()) {
            List<JsonNode> values = values(real);
            int n = 0;
            for (Map.Entry<String, JsonNode> child : named(masked)) {
                collect(at + "/" + Pointers.escaped(child.getKey()), child.getValue(), values.get(n++), leaves);
            }
            return;
        }
        String shown = masked.isNull() ? null : masked.isTextual() ? masked.textValue() : masked.toString();
        leaves.put(at, new Leaf(shown, Masks.MASK.equals(masked.textValue()), real));
    }

    /**
     * Where a change is made: found before any is made, so that none can move the place of another.
     *
     * @param path as it is listed; of a new entry of a list, behind those that are
     * @param parent null of the whole
     * @param at in a list; -1 of what is new
     */
    private record Place(String path, @Nullable JsonNode parent, int at, String name, Fields.Change change) {

        void set() {
            JsonNode value = change.value();
            if (value == null) {
                return;
            }
            if (parent instanceof ArrayNode list) {
                if (at < 0) {
                    list.add(value);
                } else {
                    list.set(at, value);
                }
            } else if (parent instanceof ObjectNode object) {
                object.set(name, value);
            }
        }

        void remove() {
            if (parent instanceof ArrayNode list) {
                list.remove(at);
            } else if (parent instanceof ObjectNode object) {
                object.remove(name);
            }
        }

        boolean holds(String leaf) {
            return leaf.equals(path) || leaf.startsWith(path + "/");
        }
    }

    Fields.Changed changed(List<Fields.Change> changes) {
        JsonNode changed = body.deepCopy();
        List<Place> places = places(changed, changes);
        for (Place place : places) {
            if (place.parent == null && place.change.value() != null) {
                changed = place.change.value();
            }
            place.set();
        }
        List<Edit.Difference> difference = difference(places, leaves(mask.apply(changed), changed));
        // The last first: those before it keep their places.
        places.stream()
                .filter(place -> place.change.removes())
                .sorted(Comparator.comparing(Place::at).reversed())
                .forEach(Place::remove);
        if (difference.isEmpty()) {
            Fields.refuse(List.of(new Flaw(
                    "/changes",
                    new Text(
                            "Không có gì khác trước; hãy sửa ít nhất một trường.",
                            "Nothing differs; change one field at least."))));
        }
        return new Fields.Changed(changed, difference);
    }

    private List<Place> places(JsonNode root, List<Fields.Change> changes) {
        List<Flaw> flaws = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        for (int n = 0; n < changes.size(); n++) {
            Place place = place(root, changes.get(n), places);
            if (place == null) {
                flaws.add(Fields.at(n, Fields.noPlace()));
            } else {
                places.add(place);
            }
        }
        Fields.refuse(flaws);
        return places;
    }

    /** @param before of the changes before it, for the entries they add to a list */
    private @Nullable Place place(JsonNode root, Fields.Change change, List<Place> before) {
        if (change.path().isEmpty()) {
            return new Place("", null, -1, "", change);
        }
        List<String> names = Pointers.names(change.path());
        if (names == null) {
            return null;
        }
        JsonNode real = root;
        JsonNode shown = masked;
        for (String name : names.subList(0, names.size() - 1)) {
            int at = index(shown, name);
            if (at < 0) {
                return null;
            }
            real = values(real).get(at);
            shown = values(shown).get(at);
        }
        String last = names.get(names.size() - 1);
        int at = index(shown, last);
        if (at >= 0) {
            return new Place(change.path(), real, at, named(real).get(at).getKey(), change);
        }
        if (change.removes()) {
            return null;
        }
        if (real instanceof ArrayNode list && (last.equals("-") || last.equals(Integer.toString(list.size())))) {
            String above = change.path().substring(0, change.path().lastIndexOf('/'));
            long added = before.stream()
                    .filter(place -> place.parent == list && place.at < 0)
                    .count();
            return new Place(above + "/" + (list.size() + added), list, -1, last, change);
        }
        return real instanceof ObjectNode && isDeclared(names)
                ? new Place(change.path(), real, -1, last, change)
                : null;
    }

    /**
     * Whether some schema knows a field by this name. Others cannot be added: one that is there and whose name is hidden could be
     * overwritten so, and being refused would tell that it is there.
     */
    private boolean isDeclared(List<String> names) {
        String last = names.get(names.size() - 1);
        JsonNode tried = body.deepCopy();
        JsonNode real = tried;
        JsonNode shown = masked;
        for (String name : names.subList(0, names.size() - 1)) {
            int at = index(shown, name);
            real = values(real).get(at);
            shown = values(shown).get(at);
        }
        ((ObjectNode) real).putNull(last);
        JsonNode seen = mask.apply(tried);
        for (String name : names.subList(0, names.size() - 1)) {
            seen = values(seen).get(index(seen, name));
        }
        return seen.has(last) && !last.startsWith(Masks.MASK);
    }

    private List<Edit.Difference> difference(List<Place> places, Map<String, Leaf> now) {
        Map<String, Leaf> before = leaves(masked, body);
        Set<String> all = new LinkedHashSet<>(before.keySet());
        all.addAll(now.keySet());
        List<Edit.Difference> difference = new ArrayList<>();
        for (String path : all) {
            places.stream().filter(place -> place.holds(path)).findFirst().ifPresent(place -> {
                Leaf was = before.get(path);
                Leaf is = place.change.removes() ? null : now.get(path);
                if (was == null || is == null || was.hidden || is.hidden || !was.real.equals(is.real)) {
                    difference.add(Edit.Difference.of(
                            path, was == null ? null : was.orNull(), is == null ? null : is.orNull()));
                }
            });
        }
        return difference;
    }

    /** Where in a masked container; -1 when nowhere. */
    private static int index(JsonNode masked, String name) {
        List<Map.Entry<String, JsonNode>> all = named(masked);
        for (int n = 0; n < all.size(); n++) {
            if (all.get(n).getKey().equals(name)) {
                return n;
            }
        }
        return -1;
    }

    private static List<Map.Entry<String, JsonNode>> named(JsonNode container) {
        if (container.isObject()) {
            return List.copyOf(container.properties());
        }
        List<Map.Entry<String, JsonNode>> items = new ArrayList<>();
        for (JsonNode item : container) {
            items.add(Map.entry(Integer.toString(items.size()), item));
        }
        return items;
    }

    private static List<JsonNode> values(JsonNode container) {
        List<JsonNode> values = new ArrayList<>();
        container.forEach(values::add);
        return values;
    }
}
