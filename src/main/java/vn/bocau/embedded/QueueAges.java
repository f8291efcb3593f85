package vn.bocau.embedded;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.management.QueueControl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.code.Numbers;

/** How long the first ticket has lain on each queue of our own broker: what Artemis knows and does not count. */
@Component
@ConditionalOnProperty(name = "spring.artemis.mode", havingValue = "embedded")
class QueueAges {

    private static final double MILLIS = 1000;

    private final EmbeddedActiveMQ broker;
    private final Numbers ages;

    QueueAges(EmbeddedActiveMQ broker, MeterRegistry registry) {
        this.broker = broker;
        ages = new Numbers(
                registry,
                "bocau.queue.oldest",
                "seconds",
                "Age of the first message on a queue of the broker; 0 when it is empty");
    }

    /** Numbers nobody knows are not shown: without the broker the gauges are gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        List<Numbers.Row> rows = new ArrayList<>();
        ActiveMQServer server = broker.getActiveMQServer();
        if (server != null && server.isActive()) {
            Stream.of(server.getManagementService().getResources(QueueControl.class))
                    .map(QueueControl.class::cast)
                    .filter(queue -> !queue.isTemporary())
                    .forEach(queue -> rows.add(new Numbers.Row(Tags.of("queue", queue.getName()), seconds(queue))));
        }
        ages.show(rows);
    }

    private static double seconds(QueueControl queue) {
        try {
            Long age = queue.getFirstMessageAge();
            return Math.max(0, Objects.requireNonNullElse(age, 0L)) / MILLIS;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
