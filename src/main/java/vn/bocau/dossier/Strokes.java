package vn.bocau.dossier;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * A signature as the phones keep it: JSON, an array of strokes, each an array of points, each {@code [x, y]} or {@code [x, y,
 * milliseconds]}.
 */
final class Strokes {

    private Strokes() {}

    static boolean are(byte[] content) {
        try {
            return each(Rows.JSON.readTree(content), stroke -> each(stroke, Strokes::point));
        } catch (JacksonException notJson) {
            return false;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean point(JsonNode point) {
        return (point.size() == 2 || point.size() == 3) && each(point, JsonNode::isNumber);
    }

    private static boolean each(JsonNode array, Predicate<JsonNode> right) {
        return array.isArray()
                && !array.isEmpty()
                && StreamSupport.stream(array.spliterator(), false).allMatch(right);
    }
}
