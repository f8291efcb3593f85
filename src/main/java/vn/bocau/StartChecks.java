package vn.bocau;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/**
 * Before the hub starts or writes anything: every setting is read and bound, and every {@link StartCheck} made, in a small
 * application of their own. What is found wrong ends the start while there is nothing to undo.
 */
@ConfigurationPropertiesScan
@ComponentScan(
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = StartCheck.class))
class StartChecks {

    private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

    /** Spring reads more than this, and the timers of {@code routes/} take some of that for 0 milliseconds. */
    private static final String TIME = "\\d{1,9}(ms|s|m|h|d)?";

    /**
     * Makes them all.
     *
     * @param command what is about to start: {@code start}, {@code hub} or {@code sandbox}
     * @return the settings
     */
    static Environment make(String command) {
        SpringApplication checks = new SpringApplicationBuilder(StartChecks.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .build();
        try (var context = checks.run(command)) {
            return context.getEnvironment();
        }
    }

    /** Before they are bound, which happens next and would take what is refused here. */
    @Bean
    static BeanFactoryPostProcessor timesAreWrittenAsTheRoutesReadThem(ConfigurableEnvironment environment) {
        return beans -> {
            List<Class<?>> records = records(beans);
            new KnownVariables(environment, records)
                    .unknown(System.getenv().keySet())
                    .forEach(StartChecks::say);
            records.forEach(type -> checkTimes(environment, type));
        };
    }

    @Bean
    ApplicationRunner inTheirOrder(ObjectProvider<StartCheck> checks) {
        // The sandbox alone needs a port and nothing else of what a hub does.
        return command -> checks.orderedStream()
                .filter(check -> !command.getNonOptionArgs().contains("sandbox") || check instanceof Ports)
                .forEach(StartCheck::check);
    }

    /** Ours. */
    private static List<Class<?>> records(ConfigurableListableBeanFactory beans) {
        List<Class<?>> records = new ArrayList<>();
        for (String bean : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            Class<?> type = beans.getType(bean, false);
            if (type != null) {
                records.add(type);
            }
        }
        return records;
    }

    private static void checkTimes(Environment environment, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String property = KnownVariables.prefix(type) + "." + kebab(component.getName());
            String value = environment.getProperty(property, "");
            if (component.getType() == Duration.class && !value.isEmpty() && !value.matches(TIME)) {
                throw noTime(KnownVariables.variable(property), value);
            }
        }
    }

    private static Misconfigured noTime(String variable, String value) {
        return new Misconfigured(
                new Text(
                        variable + " là “" + value + "”, không phải một khoảng thời gian.",
                        variable + " is \"" + value + "\", which is no length of time."),
                new Text(
                        "viết như 500ms, 10s, 5m, 2h, 10d; hoặc bỏ biến này đi.",
                        "write it as 500ms, 10s, 5m, 2h, 10d; or leave it out."));
    }

    private static String kebab(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static void say(String variable, String nearest) {
        LOG.warn(
                "{} không phải là biến của Bồ Câu nên không có tác dụng; có lẽ là {}? · is no variable of Bồ Câu and"
                        + " has no effect; perhaps {}?",
                variable,
                nearest,
                nearest);
    }
}
