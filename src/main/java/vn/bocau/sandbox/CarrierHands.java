package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The outside carrier's own people: what they do with an order stands in the carrier's feed, which the hub reads. */
@Component
class CarrierHands {

    private final Received received;
    private final Carrier carrier;

    CarrierHands(Received received, Carrier carrier) {
        this.received = received;
        this.carrier = carrier;
    }

    /** @return what went wrong; null when nothing did */
    @Nullable
    Problem act(String code, String act, boolean fetching) {
        Optional<String> order = order(code, fetching ? "Thu gom" : "Trả");
        Optional<CarrierStep> step = Stream.of(CarrierStep.values())
                .filter(known -> known.name().equals(act))
                .findFirst();
        if (order.isEmpty() || step.isEmpty()) {
            return Problem.of("play.carrier.none");
        }
        carrier.happen(order.get(), step.get());
        return null;
    }

    /** The newest one for this direction that was not taken back. */
    private Optional<String> order(String code, String service) {
        List<Received.Entry> all = received.all(Twin.CARRIER.id);
        return all.stream()
                .filter(e -> e.what().equals("order") && isFor(e.content(), code, service))
                .map(Received.Entry::dossier)
                .filter(number -> all.stream()
                        .noneMatch(e -> e.what().equals("cancel")
                                && String.valueOf(number).equals(e.dossier())))
                .reduce((before, after) -> after);
    }

    private static boolean isFor(JsonNode order, String code, String service) {
        return List.of(order.path("SenderDesc").asText().split("\\|\\|")).contains("Mã hồ sơ: " + code)
                && CarrierStep.isToBe(service, order);
    }
}
