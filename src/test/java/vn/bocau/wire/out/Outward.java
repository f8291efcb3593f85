package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Sending;
import vn.bocau.journal.UnderWay;
import vn.bocau.wire.Json;
import vn.bocau.wire.KnownSecrets;
import vn.bocau.wire.mapping.FewPartners;

/** The dialects as the hub has them, for partners of a test's own. */
final class Outward {

    /** Time-outs that a test can wait for; the sandbox's slow answers take longer. */
    static final Map<String, String> SHORT = Map.of("connect-timeout", "2000", "read-timeout", "2500");

    static final UnderWay NO_TRACES = new UnderWay(ObservationRegistry.NOOP, (Tracer) null);

    private static final AtomicLong SEQ = new AtomicLong();

    private Outward() {}

    static Dialects dialects(@Nullable Path folder, Map<String, String> secrets, Partner... partners) {
        return dialects(Clock.systemUTC(), folder, secrets, partners);
    }

    static Dialects dialects(Clock clock, @Nullable Path folder, Map<String, String> secrets, Partner... partners) {
        var web = new Web(NO_TRACES);
        var judge = new Judge();
        return new Dialects(
                new Peers(FewPartners.of(folder, partners).directories(), KnownSecrets.of(secrets)),
                new Logins(web),
                new OverHttp(web, judge),
                new OverSoap(BusFactory.newInstance().createBus(), judge, NO_TRACES),
                new Nameless(),
                NO_TRACES,
                List.of(),
                clock);
    }

    /** Nobody calls an order otherwise than we do. */
    private static final class Nameless implements OrderNumbers {

        @Override
        public Sending named(Sending sending) {
            return sending;
        }

        @Override
        public void learn(Sending sending, String theirs) {}

        @Override
        public void learn(String partner, String ours, String theirs) {}
    }

    static Partner partner(Partner.Kind kind, String id, String dialect, URI baseUrl, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(SHORT);
        all.putAll(settings);
        return new Partner(
                id, kind, id, dialect, Partner.Delivery.PUSH, baseUrl.toString(), id, id, null, 4, Map.copyOf(all));
    }

    /** A new message. */
    static Sending sending(String partner, String kind, JsonNode body) {
        return new Sending(
                SEQ.incrementAndGet(),
                UUID.randomUUID(),
                partner,
                kind,
                "key-" + SEQ.get(),
                "D-1",
                body,
                1,
                Instant.now().plus(Duration.ofMinutes(2)),
                null);
    }

    /** The same message on its next attempt. */
    static Sending again(Sending sending) {
        return new Sending(
                sending.seq(),
                sending.id(),
                sending.partner(),
                sending.kind(),
                sending.key(),
                sending.subject(),
                sending.body(),
                sending.attempt() + 1,
                sending.until(),
                sending.trace());
    }

    /** A body in our words, from the examples of the mappings. */
    static JsonNode body(String example) {
        try {
            return Json.parse(Files.readString(Path.of("mappings").resolve(example)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
