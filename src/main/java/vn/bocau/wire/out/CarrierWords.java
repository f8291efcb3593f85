package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Fault;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.Outage;

/**
 * Takes in what a carrier says, however it came: once, committed with its effect; what nobody can make sense of is kept
 * for a person. Nothing of it is lost but what cannot be taken now, and that is said again.
 */
@Component
final class CarrierWords {

    /**
     * What became of it.
     *
     * @param repeat it was known
     * @param parked why it waits for a person; null when it does not
     * @param outage why it could not be taken now; null when it was
     */
    record Taken(
            boolean repeat,
            @Nullable RuntimeException parked,
            @Nullable Unavailable outage) {

        /** It was not taken, and has to be said again. */
        boolean later() {
            return outage != null;
        }

        /** Its key stands for something else already. */
        Optional<Refused> otherwise() {
            return parked instanceof Refused refused && refused.code().equals("key-reused")
                    ? Optional.of(refused)
                    : Optional.empty();
        }
    }

    private final Entrance entrance;
    private final Journal journal;
    private final CamelContext camel;

    CarrierWords(Entrance entrance, Journal journal, CamelContext camel) {
        this.entrance = entrance;
        this.journal = journal;
        this.camel = camel;
    }

    Taken take(Inbound in) {
        try {
            return new Taken(entrance.bring(in).repeat(), null, null);
        } catch (Unavailable later) {
            return new Taken(false, null, later);
        } catch (Refused refused) {
            journal.parkApart(in, Fault.of(refused));
            return new Taken(false, refused, null);
        } catch (RuntimeException bug) {
            Optional<Unavailable> outage = Outage.in(bug);
            if (outage.isPresent() || !camel.isStarted()) {
                return new Taken(
                        false,
                        null,
                        outage.orElseGet(
                                () -> new Unavailable("not-running", "hệ thống đang dừng", "the system is stopping")));
            }
            journal.parkApart(in, Fault.of(bug));
            return new Taken(false, bug, null);
        }
    }

    /** The same for the same words. */
    static String mark(JsonNode content) {
        return Sha256.hex(content.toString().getBytes(StandardCharsets.UTF_8));
    }
}
