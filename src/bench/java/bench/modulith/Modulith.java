package bench.modulith;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jms.annotation.EnableJms;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Spring Modulith's event publication registry, externalised to JMS: an event is written with its transaction, an
 * {@code @ApplicationModuleListener} sends it, as its own support for JMS would, and what was not sent is published again after a
 * while and on start, as its reference advises.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.apache.camel.spring.boot.CamelAutoConfiguration",
            "org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpAutoConfiguration"
        })
@ComponentScan(basePackages = {"bench.modulith", "bench.peer"})
@EnableJms
@EnableAsync
@EnableScheduling
public class Modulith {}
