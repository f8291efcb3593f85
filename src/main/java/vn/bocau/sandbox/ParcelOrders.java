package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** The orders of a carrier of parcels, by our numbers and by its own. */
@Component
class ParcelOrders {

    static final String ORDER = "order";
    static final String CANCEL = "cancel";

    private final Received received;

    ParcelOrders(Received received) {
        this.received = received;
    }

    /** @return whether it was new */
    synchronized boolean take(Twin twin, String number, JsonNode order) {
        boolean fresh = of(twin, number).isEmpty();
        received.add(twin.id, ORDER, null, number, fresh, order);
        return fresh;
    }

    void cancel(Twin twin, String number, JsonNode asked) {
        received.add(twin.id, CANCEL, null, number, true, asked);
    }

    Optional<Received.Entry> of(Twin twin, String number) {
        return placed(twin).stream().filter(e -> number.equals(e.dossier())).findFirst();
    }

    /** Our number of the order that is meant: the one named, else the newest. */
    String named(Twin twin, String number) {
        List<Received.Entry> placed = placed(twin);
        return placed.stream()
                .map(Received.Entry::dossier)
                .filter(known -> number.isEmpty() || number.equals(known))
                .reduce((before, after) -> after)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "chưa có đơn này · no such order was placed"));
    }

    /** What the carrier calls it: the same order, the same number. */
    String own(Twin twin, String prefix, String number) {
        int n = of(twin, number).map(Received.Entry::n).orElse(0);
        return String.format(java.util.Locale.ROOT, "%s%07d", prefix, n);
    }

    /** How much it was told to collect. */
    long told(Twin twin, String number, String field) {
        return of(twin, number)
                .map(order -> order.content().path(field).asLong())
                .orElse(0L);
    }

    /** Our number of what the carrier calls so. */
    Optional<String> byOwn(Twin twin, String prefix, String own) {
        return placed(twin).stream()
                .map(e -> String.valueOf(e.dossier()))
                .filter(number -> own(twin, prefix, number).equals(own))
                .findFirst();
    }

    /** The first code of a way that was not told of this order yet. */
    String next(Twin twin, String number, String pointer, List<String> way) {
        Set<String> told = received.all(twin.id).stream()
                .filter(e -> e.what().equals("event") && number.equals(e.dossier()))
                .map(e -> e.content().path("event").at(pointer).asText())
                .collect(Collectors.toSet());
        return way.stream()
                .filter(code -> !told.contains(code))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.CONFLICT, "không còn bước nào · nothing is left to do with this order"));
    }

    private List<Received.Entry> placed(Twin twin) {
        return received.all(twin.id).stream()
                .filter(e -> e.what().equals(ORDER))
                .toList();
    }
}
