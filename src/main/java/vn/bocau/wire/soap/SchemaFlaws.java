package vn.bocau.wire.soap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.XMLFilterImpl;
import vn.bocau.code.Refused;
import vn.bocau.code.Telephone;
import vn.bocau.code.Text;
import vn.bocau.wire.Json;

/**
 * Turns what the validator reports into flaws that say where (a path such as {@code /dispatchResults/result[3]/item})
 * and what would be right, and never repeat the value: it may be a person's name.
 */
final class SchemaFlaws implements ErrorHandler {

    /** What would be right, by element. */
    private static final Map<String, Text> RIGHT = Map.ofEntries(
            right("requestId", "mã 8–100 ký tự gồm chữ, số, . _ : -", "8 to 100 letters, digits, . _ : -"),
            right("dossier", "mã hồ sơ 1–100 ký tự", "a dossier code of 1 to 100 characters"),
            right("item", "mã bưu gửi UPU S10 như RR123456785VN", "a UPU S10 item identifier such as RR123456785VN"),
            right("appointment", "ngày dạng yyyy-MM-dd", "a day as yyyy-MM-dd"),
            right(
                    "reason",
                    "câu 1–500 ký tự, có chữ hoặc số",
                    "a sentence of 1 to 500 characters, with letters or digits"),
            right("name", "tên 1–200 ký tự, có chữ hoặc số", "a name of 1 to 200 characters, with letters or digits"),
            right(
                    "phone",
                    "số điện thoại có thật: di động 10 chữ số (03, 05, 07, 08, 09), cố định 11 chữ số (02)",
                    "a telephone number that can be: a mobile number of 10 digits (03, 05, 07, 08, 09), a landline of 11 (02)"),
            right("commune", "mã xã năm chữ số đang hiệu lực", "a five-digit commune code in force"),
            right(
                    "street",
                    "địa chỉ 1–200 ký tự, có chữ hoặc số",
                    "an address of 1 to 200 characters, with letters or digits"),
            right("original", "true hoặc false", "true or false"),
            right("byPost", "true hoặc false", "true or false"),
            right("returnPapers", "true hoặc false", "true or false"),
            right("count", "số nguyên 1–999", "a whole number from 1 to 999"),
            right("originalsToTakeBack", "số nguyên 0–999", "a whole number from 0 to 999"),
            right("collectFee", "số đồng nguyên từ 0 trở lên", "a whole number of đồng from 0 up"),
            right("amount", "số đồng nguyên từ 0 đến 1000000000", "a whole number of đồng from 0 to 1000000000"),
            right(
                    "payee",
                    "mã đơn vị thụ hưởng đã đăng ký, ví dụ cong-chung-mau",
                    "the id of a registered payee, such as cong-chung-mau"),
            right("toAgency", "mã định danh cơ quan", "an agency's identifier"));

    private static final Pattern EXPECTED = Pattern.compile("One of '\\{?(.*?)\\}?' is expected");
    private static final Pattern NAME = Pattern.compile("(?:\"?urn:bocau:agency:v1\"?:)([\\w]+)");

    private static final Text TOO_MANY = new Text(
            "Thừa phần tử này, hoặc có quá nhiều.", "This element is not expected here, or there are too many.");

    private final Deque<String> path = new ArrayDeque<>();
    private final Deque<Map<String, Integer>> counts = new ArrayDeque<>();
    private final Map<String, Refused.Flaw> flaws = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private String root = "";
    private boolean unknownRoot;

    List<Refused.Flaw> found() {
        return order.stream().map(flaws::get).toList();
    }

    String root() {
        return root;
    }

    /** What stood in the elements right below the root, the first of each name, without comments and the like. */
    Map<String, String> values() {
        return values;
    }

    boolean unknownRoot() {
        return unknownRoot;
    }

    /** Knows at every moment which element is being read, and passes everything on. */
    ContentHandler watching(ContentHandler validator) {
        var watcher = new XMLFilterImpl((XMLReader) null) {
            @Override
            public void startElement(String uri, String name, String qualified, Attributes attributes)
                    throws SAXException {
                enter(name);
                super.startElement(uri, name, qualified, attributes);
            }

            @Override
            public void endElement(String uri, String name, String qualified) throws SAXException {
                super.endElement(uri, name, qualified);
                if (path.size() == 2) {
                    values.putIfAbsent(name, text.toString());
                }
                if (name.equals("phone") && !Telephone.isNumber(text.toString().strip())) {
                    add("/" + String.join("/", path), expectedValue(name));
                }
                if (!Json.printable(text.toString())) {
                    add(
                            "/" + String.join("/", path),
                            new Text(
                                    "Có ký tự điều khiển hoặc ký tự hỏng; hãy bỏ đi.",
                                    "It holds control characters or broken ones; remove them."));
                }
                text.setLength(0);
                path.removeLast();
                counts.removeLast();
            }

            @Override
            public void characters(char[] characters, int from, int length) throws SAXException {
                super.characters(characters, from, length);
                text.append(characters, from, length);
            }
        };
        watcher.setContentHandler(validator);
        return watcher;
    }

    private void enter(String name) {
        text.setLength(0);
        if (path.isEmpty()) {
            root = name;
            path.addLast(name);
        } else {
            int n = counts.getLast().merge(name, 1, Integer::sum);
            path.addLast(n == 1 ? name : name + "[" + n + "]");
        }
        counts.addLast(new HashMap<>());
    }

    @Override
    public void error(SAXParseException e) {
        String message = String.valueOf(e.getMessage());
        String here = "/" + String.join("/", path);
        if (message.startsWith("cvc-elt.1")) {
            unknownRoot = true;
        } else if (message.startsWith("cvc-complex-type.2.4.b")) {
            String missing = expected(message);
            add(here + "/" + missing, new Text("Thiếu phần tử bắt buộc này.", "This element is required."));
        } else if (message.startsWith("cvc-complex-type.2.4")) {
            boolean tooMany =
                    message.startsWith("cvc-complex-type.2.4.d") || message.startsWith("cvc-complex-type.2.4.e");
            String wanted = expected(message);
            add(here, tooMany ? TOO_MANY : other(wanted));
        } else {
            add(here, expectedValue(path.peekLast()));
        }
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw e;
    }

    @Override
    public void warning(SAXParseException e) {}

    private void add(String field, Text wrong) {
        if (flaws.putIfAbsent(field, new Refused.Flaw(field, wrong)) == null) {
            order.add(field);
        }
    }

    private static Text expectedValue(@Nullable String element) {
        String name = element == null ? "" : element.replaceFirst("\\[\\d+]$", "");
        Text right = RIGHT.getOrDefault(name, new Text("giá trị theo lược đồ", "a value the schema allows"));
        return new Text("Giá trị đúng phải là: " + right.vi() + ".", "Expected " + right.en() + ".");
    }

    /** What bears the right name already is in another namespace, or in none. */
    private Text other(String wanted) {
        String full = wanted + " (namespace " + AgencyEndpoint.NAMESPACE + ")";
        String right = wanted.equals(path.peekLast()) ? full : wanted;
        return new Text("Ở đây phải là " + right + ".", "Here " + right + " is expected.");
    }

    private static String expected(String message) {
        Matcher wanted = EXPECTED.matcher(message);
        if (!wanted.find()) {
            return "";
        }
        List<String> names = new ArrayList<>();
        Matcher name = NAME.matcher(wanted.group(1));
        while (name.find()) {
            names.add(name.group(1));
        }
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    private static Map.Entry<String, Text> right(String element, String vi, String en) {
        return Map.entry(element, new Text(vi, en));
    }
}
