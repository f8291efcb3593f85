package vn.bocau.journal;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Which message a thread is at: as fields of whatever is logged meanwhile, as a time by partner and kind, and as a span
 * of a trace where {@code BOCAU_TRACES_URL} asks for them. A message out continues the trace of what caused it. Codes and
 * ids alone: never what a message says.
 */
@Component
public class UnderWay {

    /** The header by which partners and we tell each other of a trace (W3C Trace Context). */
    public static final String HEADER = "traceparent";

    private static final String MESSAGE = "bocau.message";
    private static final String PARTNER = "bocau.partner";
    private static final String DOSSIER = "bocau.dossier";

    private final ObservationRegistry observations;
    private final @Nullable Tracer tracer;

    @Autowired
    UnderWay(ObservationRegistry observations, ObjectProvider<Tracer> tracer) {
        this(observations, tracer.getIfAvailable());
    }

    /** @param tracer null where no traces are written */
    public UnderWay(ObservationRegistry observations, @Nullable Tracer tracer) {
        this.observations = observations;
        this.tracer = tracer;
    }

    /** Accepts a message. */
    <T> T in(Inbound in, Supplier<T> accepting) {
        try {
            MDC.put(PARTNER, in.partner());
            return accepting(in).observe(accepting);
        } finally {
            clear();
        }
    }

    /** The accepting of one message among several, not begun yet. */
    Observation accepting(Inbound in) {
        return Observation.createNotStarted("bocau.message.in", observations)
                .contextualName("in " + in.kind())
                .lowCardinalityKeyValue("partner", in.partner())
                .lowCardinalityKeyValue("kind", in.kind());
    }

    /** What is done meanwhile is done for this one of them. */
    void at(Heard heard, Runnable effect) {
        try {
            MDC.put(PARTNER, heard.in().partner());
            heard.accepting().scoped(() -> {
                message(heard.id());
                effect.run();
            });
        } finally {
            clear();
        }
    }

    /** Says a message to its partner. */
    public <T> T out(Sending sending, Supplier<T> saying) {
        var context = new ReceiverContext<Sending>(
                (carried, name) -> name.equals(HEADER) ? carried.trace() : null, Kind.CONSUMER);
        context.setCarrier(sending);
        return Observation.createNotStarted("bocau.message.out", () -> context, observations)
                .contextualName("out " + sending.kind())
                .lowCardinalityKeyValue("partner", sending.partner())
                .lowCardinalityKeyValue("kind", sending.kind())
                .highCardinalityKeyValue(MESSAGE, sending.id().toString())
                .highCardinalityKeyValue(DOSSIER, sending.subject() == null ? "" : sending.subject())
                .observe(saying);
    }

    /** This thread is carrying a message; until {@link #clear}. */
    static void carrying(Sending sending) {
        MDC.put(MESSAGE, sending.id().toString());
        MDC.put(PARTNER, sending.partner());
        if (sending.subject() != null) {
            MDC.put(DOSSIER, sending.subject());
        }
    }

    static void clear() {
        MDC.remove(MESSAGE);
        MDC.remove(PARTNER);
        MDC.remove(DOSSIER);
    }

    /** The message that is being accepted is this one. */
    void message(UUID id) {
        note(MESSAGE, id.toString());
    }

    /** It turned out to be about this dossier. */
    void dossier(String code) {
        note(DOSSIER, code);
    }

    private void note(String name, String value) {
        MDC.put(name, value);
        Observation current = observations.getCurrentObservation();
        if (current != null) {
            current.highCardinalityKeyValue(name, value);
        }
    }

    /** Where in which trace we are, as {@link #HEADER} says it; empty where no traces are written. */
    public Optional<String> here() {
        Span span = tracer == null ? null : tracer.currentSpan();
        return Optional.ofNullable(span).map(Span::context).map(UnderWay::header);
    }

    private static String header(TraceContext context) {
        return "00-" + context.traceId() + "-" + context.spanId() + "-"
                + (Boolean.TRUE.equals(context.sampled()) ? "01" : "00");
    }
}
