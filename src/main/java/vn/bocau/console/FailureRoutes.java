package vn.bocau.console;

import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;

/** Which messages go by which route of {@code routes/}, read from the routes that run. */
@Component
class FailureRoutes {

    private static final String LINE = "line.";
    static final Text UNKNOWN = new Text(
            "Không có tuyến nào mang mã này mà thông điệp đi qua.",
            "There is no route of this id that messages go by.");

    private static final String QUEUE = "queue-in.";
    private static final String DOOR = "direct://";

    /** What of a message says that it went this way; null says nothing. */
    record Stretch(
            String id,
            String direction,
            @Nullable String partner,
            @Nullable String kind) {}

    private final CamelContext camel;

    FailureRoutes(CamelContext camel) {
        this.camel = camel;
    }

    /** Those that messages go by, by their ids. */
    List<Stretch> all() {
        return camel.getRoutes().stream()
                .map(FailureRoutes::stretch)
                .flatMap(Optional::stream)
                .sorted(java.util.Comparator.comparing(Stretch::id))
                .toList();
    }

    Optional<Stretch> named(String id) {
        return Optional.ofNullable(camel.getRoute(id)).flatMap(FailureRoutes::stretch);
    }

    private static Optional<Stretch> stretch(Route route) {
        String id = route.getRouteId();
        if (id.startsWith(LINE)) {
            return Optional.of(new Stretch(id, "OUT", id.substring(LINE.length()), null));
        }
        if (id.startsWith(QUEUE)) {
            return Optional.of(new Stretch(id, "IN", id.substring(QUEUE.length()), null));
        }
        String from = route.getEndpoint().getEndpointUri();
        return from.startsWith(DOOR)
                ? Optional.of(new Stretch(id, "IN", null, from.substring(DOOR.length())))
                : Optional.empty();
    }
}
