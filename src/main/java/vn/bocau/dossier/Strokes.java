package vn.bocau.dossier;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * A signature as the phones keep it: JSON in UTF-8 and nothing after it, an array of strokes, each an array of points, each
 * {@code [x, y]} or {@code [x, y, milliseconds]}.
 */
final class Strokes {

    /** Pixels of the pad, also beside it: whoever draws over its edge goes on there. More is no pad, and cannot be drawn. */
    private static final double FARTHEST = 10_000;

    private static final ObjectReader JSON =
            Rows.JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Strokes() {}

    static boolean are(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return each(JSON.readTree(text), stroke -> each(stroke, Strokes::point));
        } catch (IOException notJson) {
            return false;
        }
    }

    private static boolean point(JsonNode point) {
        return (point.size() == 2 || point.size() == 3)
                && each(point, JsonNode::isNumber)
                && near(point.path(0))
                && near(point.path(1));
    }

    private static boolean near(JsonNode coordinate) {
        return Math.abs(coordinate.doubleValue()) <= FARTHEST;
    }

    private static boolean each(JsonNode array, Predicate<JsonNode> right) {
        return array.isArray()
                && !array.isEmpty()
                && StreamSupport.stream(array.spliterator(), false).allMatch(right);
    }
}
