package vn.bocau;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.scheduling.annotation.EnableScheduling;
import vn.bocau.embedded.EarlyPostgres;

/** The hub. The sandbox's partners are not part of it, even when they run in the same process. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@ComponentScan(
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            @ComponentScan.Filter(type = FilterType.REGEX, pattern = "vn\\.bocau\\.(sandbox|demo)\\..*")
        })
public class BoCau {

    /** As it is started by itself: its PostgreSQL, where it has one, begins before anything else. */
    public static SpringApplicationBuilder hub() {
        return new SpringApplicationBuilder(BoCau.class).initializers(new EarlyPostgres());
    }
}
