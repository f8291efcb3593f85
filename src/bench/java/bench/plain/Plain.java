package bench.plain;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jms.annotation.EnableJms;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * What a good developer writes by hand in a week: a controller, a table of scans, a table of what is to be told, a queue and a
 * listener. One transaction for each message, each scan and each word once, in order for each item by JMS message groups, and
 * a sweep for what was committed when the process died before it could be queued.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.modulith.events.config.EventPublicationAutoConfiguration",
            "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration",
            "org.apache.camel.spring.boot.CamelAutoConfiguration",
            "org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpAutoConfiguration"
        })
@ComponentScan(basePackages = {"bench.plain", "bench.peer"})
@EnableJms
@EnableScheduling
public class Plain {}
