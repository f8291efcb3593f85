package bench.bare;

import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * A bare Camel route without a journal: in by HTTP, durable on a queue, out by HTTP in the session's transaction. Nothing is
 * known again, nothing can be asked; the order of an item is kept by message groups alone.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.modulith.events.config.EventPublicationAutoConfiguration",
            "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration"
        })
public class Bare {

    @Bean
    RouteBuilder routes(@Value("${portal.url}") String portal) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/scans?httpMethodRestrict=POST")
                        .unmarshal()
                        .json(List.class)
                        .split(body())
                        .setHeader("JMSXGroupID")
                        .message(scan -> scan.getBody(Map.class).get("item"))
                        .setHeader("said")
                        .message(scan -> scan.getBody(Map.class).get("id"))
                        .marshal()
                        .json()
                        .removeHeaders("Camel*")
                        .to("jms:queue:bare.portal?deliveryPersistent=true")
                        .end()
                        .setBody(constant("[]"));
                from("jms:queue:bare.portal?transacted=true&concurrentConsumers=8&cacheLevelName=CACHE_CONSUMER")
                        .setHeader("Idempotency-Key", header("said"))
                        .removeHeaders("JMS*")
                        .setHeader("CamelHttpMethod", constant("POST"))
                        .to(portal + "?httpClient.cookieSpec=ignoreCookies");
            }
        };
    }
}
