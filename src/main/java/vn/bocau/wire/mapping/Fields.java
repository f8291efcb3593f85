package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.Edit;
import vn.bocau.wire.Json;

/**
 * What a message says, field by field, as somebody sees it who may not see personal data: a field is named and shown as
 * {@link Masks} shows it, and can be given another value unseen. XML is named by its elements.
 */
@Component
public class Fields {

    private static final int LONGEST_VALUE = 20_000;
    private static final int LONGEST_PATH = 1000;
    private static final int MOST_CHANGES = 50;

    /**
     * @param path JSON pointer in the masked content; of XML, the elements with their place among their siblings
     * @param shown masked; null of what is null
     * @param type {@code text}, {@code number}, {@code boolean}, {@code null} or {@code empty}
     */
    public record Field(String path, @Nullable String shown, boolean masked, String type) {}

    /** @param value null to take the field away */
    public record Change(String path, @Nullable JsonNode value) {

        boolean removes() {
            return value == null;
        }

        /** Without the value. */
        @Override
        public String toString() {
            return "Change[]";
        }
    }

    /**
     * The message as it is to be.
     *
     * @param difference masked. A field whose value is hidden is in it whenever it was given one: whether that is the one it has
     *     would tell what that is
     */
    public record Changed(JsonNode body, List<Edit.Difference> difference) {

        /** Without what is said. */
        @Override
        public String toString() {
            return "Changed[]";
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
        return XmlFields.isXml(body)
                ? XmlFields.read(body.textValue()).fields()
                : new JsonFields(body, json -> masks.masked(json, kind, out)).fields();
    }

    /**
     * The same message with some fields changed; the others keep what they hold, seen or not. All are named as they are listed
     * now, whatever the other changes do.
     *
     * @throws Refused MALFORMED {@code edit} with every change that cannot be made
     */
    public Changed changed(JsonNode body, String kind, boolean out, List<Change> changes) {
        boolean xml = XmlFields.isXml(body);
        refuse(flaws(changes, xml));
        if (xml && !changes.get(0).path().isEmpty()) {
            return XmlFields.read(body.textValue()).changed(changes);
        }
        return new JsonFields(body, json -> masks.masked(json, kind, out)).changed(changes);
    }

    /** @throws Refused MALFORMED {@code edit} when there are flaws */
    static void refuse(List<Flaw> flaws) {
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "edit", flaws);
        }
    }

    private static List<Flaw> flaws(List<Change> changes, boolean xml) {
        List<Flaw> flaws = new ArrayList<>();
        if (changes.isEmpty() || changes.size() > MOST_CHANGES) {
            flaws.add(new Flaw(
                    "/changes",
                    new Text(
                            "Hãy sửa từ 1 đến " + MOST_CHANGES + " trường.",
                            "Change from 1 to " + MOST_CHANGES + " fields.")));
            return flaws;
        }
        for (int n = 0; n < changes.size(); n++) {
            Text wrong = wrong(changes.get(n));
            if (wrong == null && isSaidTwice(changes, n, xml)) {
                wrong = new Text(
                        "Trường này, hoặc trường chứa nó, đã có trong những thay đổi trước; mỗi trường sửa một lần.",
                        "This field, or one that holds it, is among the changes before; change each once.");
            }
            if (wrong != null) {
                flaws.add(at(n, wrong));
            }
        }
        return flaws;
    }

    /** By its place: what somebody typed may be a name. */
    static Flaw at(int change, Text wrong) {
        return new Flaw("/changes/" + change, wrong);
    }

    private static @Nullable Text wrong(Change change) {
        JsonNode value = change.value();
        if (value != null && value.asText().length() > LONGEST_VALUE) {
            return new Text(
                    "Dài quá " + LONGEST_VALUE + " ký tự; hãy rút ngắn.",
                    "It has more than " + LONGEST_VALUE + " characters; make it shorter.");
        }
        if (value != null && !Json.flaws(value).isEmpty() || !Json.printable(change.path())) {
            return new Text(
                    "Có ký tự điều khiển hoặc ký tự hỏng; hãy bỏ đi.",
                    "It holds control characters or broken ones; remove them.");
        }
        if (value != null && change.path().chars().filter(c -> c == '/').count() + depth(value) > Json.DEEPEST) {
            return new Text(
                    "Lồng sâu quá " + Json.DEEPEST + " tầng; hãy bớt đi.",
                    "It is nested deeper than " + Json.DEEPEST + "; make it flatter.");
        }
        return change.path().length() > LONGEST_PATH
                        || change.removes() && change.path().isEmpty()
                ? noPlace()
                : null;
    }

    private static int depth(JsonNode value) {
        int deepest = 0;
        for (JsonNode child : value) {
            deepest = Math.max(deepest, depth(child));
        }
        return value.isContainerNode() ? deepest + 1 : deepest;
    }

    private static boolean isSaidTwice(List<Change> changes, int n, boolean xml) {
        Change change = changes.get(n);
        for (int other = 0; other < changes.size(); other++) {
            Change there = changes.get(other);
            boolean same = other < n
                    && there.path().equals(change.path())
                    && !change.path().endsWith("/-");
            if (same || other != n && isBelow(change.path(), there, xml)) {
                return true;
            }
        }
        return false;
    }

    /** The text and the attributes of an element are beside each other, as long as it stays. */
    private static boolean isBelow(String path, Change above, boolean xml) {
        return path.startsWith(above.path() + "/")
                && !(xml && !above.removes() && path.startsWith(above.path() + "/@"));
    }

    static Text noPlace() {
        return new Text(
                "Không có trường nào ở đây; hãy dùng đường dẫn như danh sách các trường ghi.",
                "There is no such field; name it as the list of fields does.");
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
