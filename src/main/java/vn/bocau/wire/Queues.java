package vn.bocau.wire;

import jakarta.jms.ConnectionFactory;
import org.apache.camel.component.jms.JmsComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How routes read queues: in a transaction of the broker, which ends after the route has, and with it the database. */
@Configuration(proxyBeanMethods = false)
class Queues {

    private static final int RECONNECT_MILLIS = 2000;

    @Bean
    JmsComponent jms(ConnectionFactory broker) {
        var jms = new JmsComponent();
        jms.setConnectionFactory(broker);
        jms.setTransacted(true);
        jms.setLazyCreateTransactionManager(false);
        jms.setCacheLevelName("CACHE_CONSUMER");
        jms.setRecoveryInterval(RECONNECT_MILLIS);
        return jms;
    }
}
