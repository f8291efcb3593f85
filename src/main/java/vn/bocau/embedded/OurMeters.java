package vn.bocau.embedded;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.activemq.artemis.core.server.metrics.ActiveMQMetricsPlugin;

/** Has Artemis count into the registry that everything else here counts into, under the names it has everywhere. */
final class OurMeters implements ActiveMQMetricsPlugin {

    private static final long serialVersionUID = 1;

    private final transient MeterRegistry meters;

    OurMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public ActiveMQMetricsPlugin init(Map<String, String> options) {
        return this;
    }

    @Override
    public MeterRegistry getRegistry() {
        return meters;
    }
}
