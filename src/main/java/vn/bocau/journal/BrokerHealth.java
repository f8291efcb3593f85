package vn.bocau.journal;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the broker answers, as the relay finds it anyhow. Spring Boot's own indicator asks a pooled connection, and of a
 * broker that is away hears after half a minute: whoever asks for health has gone by then.
 */
@Component("brokerHealthIndicator")
class BrokerHealth implements HealthIndicator {

    private final Relay relay;

    BrokerHealth(Relay relay) {
        this.relay = relay;
    }

    @Override
    public Health health() {
        return relay.brokerAway().isEmpty()
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "the broker does not answer")
                        .build();
    }
}
