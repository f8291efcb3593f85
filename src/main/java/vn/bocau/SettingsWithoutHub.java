package vn.bocau;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.Environment;

/** The settings as the hub would read them, for commands that run beside it: same file, same environment. */
final class SettingsWithoutHub {

    private SettingsWithoutHub() {}

    static Environment environment() {
        SpringApplication nothing = new SpringApplicationBuilder(SettingsWithoutHub.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .build();
        try (var context = nothing.run()) {
            return context.getEnvironment();
        }
    }
}
