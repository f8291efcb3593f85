package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vn.bocau.code.OwnFault;
import vn.bocau.code.Unavailable;

/**
 * Fills the blanks of a dialect's paths and headers: {@code {client}}, {@code {partner.<setting>}}, {@code {id}},
 * {@code {session}}, and {@code {message.<field>}}, a field of the translated message. A field that a path took is not
 * sent again in the message.
 */
final class Blanks {

    private static final Pattern BLANK = Pattern.compile("\\{([A-Za-z0-9._-]+)}");

    private final Peer peer;
    private final Map<String, String> values;
    private final JsonNode message;

    /**
     * @param values by the name of the blank
     * @param message the translated message; fields that are used are taken out of it
     */
    Blanks(Peer peer, Map<String, String> values, JsonNode message) {
        this.peer = peer;
        this.values = values;
        this.message = message;
    }

    /** The names of the blanks in a template. */
    static Stream<String> in(String template) {
        return BLANK.matcher(template).results().map(blank -> blank.group(1));
    }

    /** Percent-encoded: what fills a blank never opens another part of the address. */
    String path(String template) {
        return fill(
                template,
                value -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    String text(String template) {
        return fill(template, value -> value);
    }

    Map<String, String> headers(Map<String, String> templates) {
        Map<String, String> filled = new LinkedHashMap<>();
        templates.forEach((name, template) -> {
            String value = text(template);
            if (!DialectCheck.isValue(value)) {
                throw in(template).anyMatch(blank -> blank.startsWith("message."))
                        ? new OwnFault(
                                "mapping-failed",
                                "dialect " + peer.dialect().name() + ": what fills the header " + name
                                        + " is not ASCII")
                        : unfit(peer, name);
            }
            filled.put(name, value);
        });
        return filled;
    }

    /** What a row or its secret puts into a header cannot stand there. */
    static Unavailable unfit(Peer peer, String header) {
        return new Unavailable(
                "setting-wrong",
                peer.id() + ": tiêu đề " + header
                        + " chỉ chứa được ký tự ASCII, không dấu; hãy sửa settings, client_id hoặc"
                        + " bí mật được đưa vào đó.",
                peer.id() + ": the header " + header + " can hold ASCII only; look at the setting, the client_id or the"
                        + " secret that goes into it.");
    }

    private String fill(String template, UnaryOperator<String> written) {
        return BLANK.matcher(template)
                .replaceAll(blank -> Matcher.quoteReplacement(written.apply(value(blank.group(1)))));
    }

    private String value(String name) {
        if (name.startsWith("partner.")) {
            return peer.setting(name.substring("partner.".length()));
        }
        if (name.equals("client")) {
            return peer.client();
        }
        if (name.startsWith("message.") && message instanceof ObjectNode fields) {
            JsonNode taken = fields.remove(name.substring("message.".length()));
            if (taken != null && taken.isValueNode()) {
                return taken.asText();
            }
        }
        String value = values.get(name);
        if (value == null) {
            throw new OwnFault(
                    "mapping-failed", "dialect " + peer.dialect().name() + ": nothing fills the blank {" + name + "}");
        }
        return value;
    }
}
