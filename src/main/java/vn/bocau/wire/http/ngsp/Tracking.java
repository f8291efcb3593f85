package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.journal.DossierNames;
import vn.bocau.journal.Feed;
import vn.bocau.wire.mapping.Mappings;

/** A page of a one-stop system's feed, in N-GSP's words. Bean {@code tracking}. */
@Component("tracking")
public final class Tracking {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * @param after the cursor: everything up to it has been read
     * @param order one order's number; then all its events are asked for, and the cursor does not matter
     */
    public record Question(
            String partner, long after, int size, @Nullable String order) {}

    private final Feed feed;
    private final DossierNames names;
    private final Mappings mappings;
    private final Directories directories;

    Tracking(Feed feed, DossierNames names, Mappings mappings, Directories directories) {
        this.feed = feed;
        this.names = names;
        this.mappings = mappings;
        this.directories = directories;
    }

    public JsonNode page(Question question) {
        if (question.order() != null) {
            List<Feed.Entry> all = ofOrder(question.partner(), question.order());
            return written(question.partner(), all, all.size(), all.isEmpty() ? 0 : 1);
        }
        Feed.Page page = feed.page(question.partner(), question.after(), question.size());
        long pages = (page.left() + question.size() - 1) / question.size();
        return written(question.partner(), page.entries(), page.left(), pages);
    }

    /** By the time it happened, so that the last one says how it stands, also when an earlier one was told late. */
    private List<Feed.Entry> ofOrder(String partner, String number) {
        return feed.about(partner, number, names.ordered(number)).stream()
                .filter(e -> number.equals(number(e.body())))
                .sorted(Comparator.comparing(Tracking::happened).thenComparing(Feed.Entry::position))
                .toList();
    }

    private static String number(JsonNode body) {
        JsonNode order = body.path("leg").path("orderNumber");
        return order.isTextual()
                ? order.asText()
                : body.path("dossier").path("code").asText();
    }

    private static OffsetDateTime happened(Feed.Entry entry) {
        return OffsetDateTime.parse(
                entry.body().path("event").path("happenedAt").asText());
    }

    private JsonNode written(String partner, List<Feed.Entry> entries, long size, long pages) {
        ObjectNode page = NODES.objectNode().put("size", size).put("pages", pages);
        ArrayNode list = page.putArray("entries");
        entries.forEach(
                e -> list.addObject().put("id", "%024x".formatted(e.position())).set("body", e.body()));
        return mappings.current()
                .json(
                        page,
                        "ngsp/tracking.out.jslt",
                        Map.of(
                                "partner",
                                Mappings.variable(
                                        directories.current().partner(partner).orElseThrow())));
    }
}
