package vn.bocau.wire;

import java.util.Objects;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;

/** The step from a door onto the map of routes: what a partner says goes to {@code direct:<kind>}. */
@Component
public class Entrance {

    private final ProducerTemplate routes;

    Entrance(ProducerTemplate routes) {
        this.routes = routes;
    }

    /**
     * Brings a message in, and waits until it is committed.
     *
     * @throws Refused when it was not accepted; nothing of it is kept
     * @throws Unavailable when it was not accepted now
     */
    public Receipt bring(Inbound in) {
        return ask(in.kind(), in, Receipt.class);
    }

    /**
     * Asks a question that changes nothing.
     *
     * @param what names the route that answers
     * @throws Unavailable when it cannot be answered now
     */
    public <T> T ask(String what, Object question, Class<T> answer) {
        AtTheDoor.brings(what);
        // The server's doors are open before the routes are up, and a moment longer.
        if (!routes.getCamelContext().isStarted()) {
            throw new Unavailable("not-running", "hệ thống đang khởi động hoặc đang dừng", "the routes are not up");
        }
        try {
            return Objects.requireNonNull(routes.requestBody("direct:" + what, question, answer), what);
        } catch (CamelExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof DirectConsumerNotAvailableException) {
                throw new Unavailable("stretch-paused", "đoạn này đang tạm dừng", "this stretch is paused");
            }
            throw cause instanceof Refused refused
                    ? refused
                    : Outage.in(cause).<RuntimeException>map(u -> u).orElseGet(() -> ours(cause));
        }
    }

    private static RuntimeException ours(Throwable cause) {
        return cause instanceof RuntimeException bug ? bug : new IllegalStateException(cause);
    }
}
