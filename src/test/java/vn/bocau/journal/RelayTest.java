package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What wakes the relay. What it does when it is awake is in {@link LinesTest}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway")
class RelayTest {

    @Test
    void a_wake_up_that_did_not_get_through_does_not_stand_in_the_way_of_the_next() throws Exception {
        try (var camel = new DefaultCamelContext();
                var routes = camel.createProducerTemplate();
                var woken = camel.createConsumerTemplate()) {
            camel.start();
            var ways = new Ways();
            ways.put("portal", new Ways.Way("out.portal", 1));
            var relay = new Relay(null, null, null, null, ways, null, camel, routes, new SimpleMeterRegistry());
            routes.stop();

            assertThatThrownBy(() -> relay.wake("portal")).isInstanceOf(RuntimeException.class);
            routes.start();
            relay.wake("portal");

            assertThat(woken.receiveBody("seda:relay", 5000)).isEqualTo("portal");
        }
    }
}
