package vn.bocau;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import vn.bocau.code.Flaws;
import vn.bocau.code.StartCheck;

/**
 * Before the hub starts or writes anything: every setting is read and bound, and every {@link StartCheck} made, in a small
 * application of their own. All that is found wrong is told together and ends the start while there is nothing to undo.
 */
@ComponentScan(
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = StartCheck.class))
class StartChecks {

    private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

    /**
     * Makes them all.
     *
     * @param command what is about to start: {@code start}, {@code hub} or {@code sandbox}; or {@code demo}, for which the
     *     values alone have to be right
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

    @Bean
    ApplicationRunner inTheirOrder(ConfigurableEnvironment environment, ObjectProvider<StartCheck> checks) {
        return command -> {
            new KnownVariables(environment, SettingsRecords.all())
                    .unknown(System.getenv().keySet())
                    .forEach(StartChecks::say);
            var flaws = new Flaws();
            new SettingsRecords(environment).check(flaws);
            for (int stage : stages(command.getNonOptionArgs())) {
                if (stage == StartCheck.SERVERS && !flaws.isEmpty()) {
                    // They may take their time, and are asked by names that may be among what is wrong.
                    break;
                }
                boolean right = true;
                for (StartCheck check : of(stage, checks)) {
                    right &= flaws.none(check::check);
                }
                if (stage == StartCheck.FOLDER && !right) {
                    // Whoever starts a second time finds the ports taken as well, and should read why.
                    break;
                }
            }
            flaws.tell();
        };
    }

    private static List<StartCheck> of(int stage, ObjectProvider<StartCheck> checks) {
        return checks.orderedStream()
                .filter(check -> Integer.valueOf(stage).equals(OrderUtils.getOrder(check.getClass())))
                .toList();
    }

    /** The sandbox alone needs a port and nothing else of what a hub does. */
    private static List<Integer> stages(List<String> command) {
        if (command.contains("demo")) {
            return List.of(StartCheck.VALUES);
        }
        return command.contains("sandbox")
                ? List.of(StartCheck.VALUES, StartCheck.PORTS)
                : List.of(StartCheck.VALUES, StartCheck.FILES, StartCheck.FOLDER, StartCheck.PORTS, StartCheck.SERVERS);
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
