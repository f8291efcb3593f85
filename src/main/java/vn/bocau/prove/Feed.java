package vn.bocau.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The one-stop that fetches what it is told: reads its feed from where it stopped, and writes down what it read. */
final class Feed {

    private static final String FIRST = "0".repeat(24);

    private final Doors doors;
    private final List<Partners.Taken> read = new ArrayList<>();
    private String cursor = FIRST;

    Feed(Doors doors) {
        this.doors = doors;
    }

    /** To its end. */
    synchronized void read() {
        JsonNode page = page();
        while (!page.isEmpty()) {
            for (JsonNode event : page) {
                cursor = event.path("_id").path("$oid").asText();
                read.add(new Partners.Taken(
                        event.path("StatusCode").asText(),
                        cursor,
                        event.path("OrderNumber").asText(),
                        true,
                        event));
            }
            page = page();
        }
    }

    private JsonNode page() {
        return doors.feed(cursor).json().path("_embedded").path("rh:doc");
    }

    synchronized List<Partners.Taken> taken() {
        return List.copyOf(read);
    }
}
