package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.bocau.wire.http.JsonBody;

/**
 * Parameters as these clients write them: in any case, after a second {@code ?} (OpenCPS through an LGSP writes
 * {@code ?service=ordertracking?pagesize=100}), or in the body, because Java's own client turns a GET with a body into
 * a POST. Read from the address itself: the server's reading of parameters would take the body of an order, which
 * comes under the content type of a form.
 */
final class Query {

    private Query() {}

    /** Those in the address. A parameter that stands twice counts the first time. */
    static Map<String, String> of(HttpServletRequest request) {
        return read(request.getQueryString());
    }

    /** Those in the address and in the body, as a JSON object that holds nothing unprintable. */
    static JsonNode json(HttpServletRequest request) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        of(request).forEach(json::put);
        byte[] body = request.getInputStream().readAllBytes();
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.startsWith("{")) {
            JsonBody.parse(body).properties().forEach(p -> json.putIfAbsent(p.getKey(), p.getValue()));
        } else {
            read(text).forEach((name, value) -> json.putIfAbsent(name, json.textNode(value)));
        }
        return JsonBody.parse(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> read(@Nullable String text) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (text != null) {
            for (String pair : text.split("[&?]")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    /** What is no URL encoding stands for itself. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
