package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.Edit;

/**
 * What a message says, field by field, as somebody sees it who may not see personal data: a field is named and shown as
 * {@link Masks} shows it, and can be given another value unseen. XML is named by its elements.
 */
@Component
public class Fields {

    private static final int LONGEST_VALUE = 20_000;
    private static final int MOST_CHANGES = 50;

    /**
     * @param path JSON pointer in the masked content; of XML, the elements with their place among their siblings
     * @param shown masked; null of what is null
     * @param type {@code text}, {@code number}, {@code boolean}, {@code null} or {@code empty}
     */
    public record Field(String path, @Nullable String shown, boolean masked, String type) {}

    /** @param value null to take the field away */
    public record Change(String path, @Nullable JsonNode value) {

        /** Without the value. */
        @Override
        public String toString() {
            return "Change[]";
        }
    }

    private final Masks masks;
    private final Mappings mappings;

    Fields(Masks masks, Mappings mappings) {
        this.masks = masks;
        this.mappings = mappings;
    }

    /** @param out whether we say it, in our own words */
    public List<Field> of(JsonNode body, String kind, boolean out) {
        if (XmlFields.isXml(body)) {
            return XmlFields.read(body.textValue()).fields();
        }
        List<Field> fields = new ArrayList<>();
        collect("", masks.masked(body, kind, out), body, fields);
        return fields;
    }

    private static void collect(String at, JsonNode masked, JsonNode real, List<Field> fields) {
        if (masked.isContainerNode() && !masked.isEmpty()) {
            List<JsonNode> values = values(real);
            int n = 0;
            for (Map.Entry<String, JsonNode> child : named(masked)) {
                collect(at + "/" + Pointers.escaped(child.getKey()), child.getValue(), values.get(n++), fields);
            }
            return;
        }
        String type = real.isTextual()
                ? "text"
                : real.isNumber() ? "number" : real.isBoolean() ? "boolean" : real.isNull() ? "null" : "empty";
        fields.add(new Field(at, shown(masked), isMask(masked), type));
    }

    private static boolean isMask(JsonNode masked) {
        return Masks.MASK.equals(masked.textValue());
    }

    /**
     * The same message with some fields changed; the others keep what they hold, seen or not.
     *
     * @throws Refused MALFORMED {@code edit} with every change that cannot be made
     */
    public JsonNode changed(JsonNode body, String kind, boolean out, List<Change> changes) {
        List<Flaw> flaws = new ArrayList<>();
        if (changes.isEmpty() || changes.size() > MOST_CHANGES) {
            flaws.add(new Flaw(
                    "/changes",
                    new Text(
                            "Hãy sửa từ 1 đến " + MOST_CHANGES + " trường.",
                            "Change from 1 to " + MOST_CHANGES + " fields.")));
        }
        JsonNode changed = body.deepCopy();
        for (Change change : flaws.isEmpty() ? changes : List.<Change>of()) {
            Text wrong = change.value() != null && change.value().asText().length() > LONGEST_VALUE
                    ? new Text(
                            "Dài quá " + LONGEST_VALUE + " ký tự; hãy rút ngắn.",
                            "It has more than " + LONGEST_VALUE + " characters; make it shorter.")
                    : null;
            if (wrong == null && XmlFields.isXml(changed) && !change.path().isEmpty()) {
                XmlFields xml = XmlFields.read(changed.textValue());
                wrong = xml.change(change);
                changed = TextNode.valueOf(xml.written());
            } else if (wrong == null && change.path().isEmpty()) {
                wrong = change.value() == null ? noPlace() : null;
                changed = change.value() == null ? changed : change.value().deepCopy();
            } else if (wrong == null) {
                wrong = change(changed, masks.masked(changed, kind, out), change);
            }
            if (wrong != null) {
                flaws.add(new Flaw(change.path(), wrong));
            }
        }
        if (flaws.isEmpty() && changed.equals(body)) {
            flaws.add(new Flaw(
                    "/changes",
                    new Text(
                            "Không có gì khác trước; hãy sửa ít nhất một trường.",
                            "Nothing differs; change one field at least.")));
        }
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "edit", flaws);
        }
        return changed;
    }

    private static @Nullable Text change(JsonNode root, JsonNode maskedRoot, Change change) {
        List<String> names = Pointers.names(change.path());
        if (names == null) {
            return noPlace();
        }
        JsonNode real = root;
        JsonNode masked = maskedRoot;
        for (String name : names.subList(0, names.size() - 1)) {
            int at = place(masked, name);
            if (at < 0) {
                return noPlace();
            }
            real = values(real).get(at);
            masked = values(masked).get(at);
        }
        String last = names.get(names.size() - 1);
        int at = place(masked, last);
        if (real instanceof ArrayNode list) {
            return changeList(list, at, last, change.value());
        }
        if (!(real instanceof ObjectNode object)) {
            return noPlace();
        }
        String name = at < 0 ? last : named(object).get(at).getKey();
        if (change.value() != null) {
            object.set(name, change.value());
        } else if (object.remove(name) == null) {
            return noPlace();
        }
        return null;
    }

    private static @Nullable Text changeList(ArrayNode list, int at, String name, @Nullable JsonNode value) {
        if (value == null) {
            return at < 0 || list.remove(at) == null ? noPlace() : null;
        }
        if (at >= 0) {
            list.set(at, value);
            return null;
        }
        if (name.equals("-") || name.equals(Integer.toString(list.size()))) {
            list.add(value);
            return null;
        }
        return noPlace();
    }

    private static Text noPlace() {
        return new Text(
                "Không có trường nào ở đây; hãy dùng đường dẫn như danh sách các trường ghi.",
                "There is no such field; name it as the list of fields does.");
    }

    /** Where in a masked container; -1 when nowhere. */
    private static int place(JsonNode masked, String name) {
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

    /** What differs, masked. */
    public List<Edit.Difference> differences(JsonNode before, JsonNode after, String kind, boolean out) {
        Map<String, Seen> old = seen(before, kind, out);
        Map<String, Seen> now = seen(after, kind, out);
        List<Edit.Difference> differences = new ArrayList<>();
        old.forEach((path, was) -> {
            Seen is = now.get(path);
            if (is == null) {
                differences.add(new Edit.Difference(path, was.shown, null));
            } else if (!is.real.equals(was.real)) {
                differences.add(new Edit.Difference(path, was.shown, is.shown));
            }
        });
        now.forEach((path, is) -> {
            if (!old.containsKey(path)) {
                differences.add(new Edit.Difference(path, null, is.shown));
            }
        });
        return differences;
    }

    /** A field, as it is shown and as it is. */
    private record Seen(String shown, Object real) {}

    private Map<String, Seen> seen(JsonNode body, String kind, boolean out) {
        Map<String, Seen> seen = new LinkedHashMap<>();
        if (XmlFields.isXml(body)) {
            XmlFields.read(body.textValue())
                    .values()
                    .forEach((path, value) -> seen.put(path, new Seen(Masks.MASK, value)));
            return seen;
        }
        see("", masks.masked(body, kind, out), body, seen);
        return seen;
    }

    private static void see(String at, JsonNode masked, JsonNode real, Map<String, Seen> seen) {
        if (masked.isContainerNode() && !masked.isEmpty()) {
            List<JsonNode> values = values(real);
            int n = 0;
            for (Map.Entry<String, JsonNode> child : named(masked)) {
                see(at + "/" + Pointers.escaped(child.getKey()), child.getValue(), values.get(n++), seen);
            }
            return;
        }
        seen.put(at, new Seen(Objects.requireNonNullElse(shown(masked), "null"), real));
    }

    private static @Nullable String shown(JsonNode masked) {
        return masked.isNull() ? null : masked.isTextual() ? masked.textValue() : masked.toString();
    }

    /**
     * Lets pass what is in our own words.
     *
     * @throws Refused MALFORMED {@code schema}, naming every field that is wrong
     */
    public void checkOwnWords(JsonNode body, String kind) {
        mappings.current().checkOwnWords(body, kind);
    }
}
