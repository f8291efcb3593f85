package vn.bocau.wire;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.springframework.stereotype.Component;

/** The routes of {@code routes/} in numbers, by their ids and nothing finer: how many went how fast, and how they ended. */
@Component
class RouteMeters implements RoutePolicyFactory {

    private static final String BEGUN = "bocau.begun.";

    private static final Duration[] SHOWN = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry registry;

    RouteMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String id, NamedNode route) {
        return new Measured(id);
    }

    /** One route, from when it is drawn until it is taken off the map. */
    private final class Measured extends RoutePolicySupport {

        private final String id;
        private final Timer done;
        private final Timer failed;
        private List<Meter> meters = List.of();

        Measured(String id) {
            this.id = id;
            this.done = timer("DONE");
            this.failed = timer("FAILED");
        }

        private Timer timer(String outcome) {
            return Timer.builder("bocau.route.exchanges")
                    .description(
                            "Messages through a route of the map; FAILED also where the route knew what to do then")
                    .tag("route", id)
                    .tag("outcome", outcome)
                    .serviceLevelObjectives(SHOWN)
                    // What the map says of a route: of the last five minutes.
                    .publishPercentiles(0.5, 0.95)
                    .distributionStatisticExpiry(Duration.ofMinutes(5))
                    .register(registry);
        }

        @Override
        public void onInit(Route route) {
            CamelContext camel = route.getCamelContext();
            Tags tags = Tags.of("route", id);
            meters = List.of(
                    done,
                    failed,
                    Gauge.builder(
                                    "bocau.route.inflight",
                                    () -> camel.getInflightRepository().size(id))
                            .description("Messages on a route of the map right now")
                            .tags(tags)
                            .register(registry),
                    Gauge.builder("bocau.route.started", () -> is(ServiceStatus.Started, camel))
                            .description("1 while a route of the map runs")
                            .tags(tags)
                            .register(registry),
                    // One that was paused when it was drawn is stopped, and was never started.
                    Gauge.builder(
                                    "bocau.route.suspended",
                                    () -> Math.max(is(ServiceStatus.Suspended, camel), route.isAutoStartup() ? 0 : 1))
                            .description("1 while somebody has paused it")
                            .tags(tags)
                            .register(registry));
        }

        private int is(ServiceStatus status, CamelContext camel) {
            return camel.getRouteController().getRouteStatus(id) == status ? 1 : 0;
        }

        @Override
        public void onRemove(Route route) {
            meters.forEach(registry::remove);
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            exchange.setProperty(BEGUN + id, System.nanoTime());
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            Object begun = exchange.removeProperty(BEGUN + id);
            boolean wrong = exchange.isFailed() || exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null;
            if (begun instanceof Long nanos) {
                (wrong ? failed : done).record(System.nanoTime() - nanos, TimeUnit.NANOSECONDS);
            }
        }
    }
}
