package vn.bocau.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.ResourcePropertySource;

/** What follows from the settings given, decided once and before anything reads it. */
final class Settings implements EnvironmentPostProcessor {

    /** The command that starts neither a demo nor the sandbox's partners. */
    private static final String HUB_ALONE = "hub";

    /** Off is off: no span is made, none is kept with a message, and no partner is told of one. */
    private static final Map<String, Object> WITHOUT_TRACES = Map.of(
            "spring.autoconfigure.exclude",
            String.join(
                    ",",
                    "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
                    "org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
                    "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
                    "org.springframework.boot.opentelemetry.autoconfigure.logging"
                            + ".OpenTelemetryLoggingAutoConfiguration",
                    "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure"
                            + ".OpenTelemetryTracingAutoConfiguration",
                    "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp"
                            + ".OtlpTracingAutoConfiguration"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean ownDatabase = environment.getProperty("bocau.db.url", "").isEmpty();
        boolean ownBroker = environment.getProperty("bocau.broker.url", "").isEmpty();
        // A database that somebody named is somebody's real one, and a hub alone serves somebody: no sandbox there
        // unless asked for, for everybody knows its passwords.
        boolean sandbox = isOn(environment, "BOCAU_SANDBOX", ownDatabase && !isHubAlone(environment));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "bocau",
                        Map.of(
                                "spring.artemis.mode",
                                ownBroker ? "embedded" : "native",
                                "spring.artemis.embedded.enabled",
                                Boolean.toString(ownBroker),
                                "bocau.embedded.database",
                                Boolean.toString(ownDatabase),
                                "bocau.embedded.broker",
                                Boolean.toString(ownBroker),
                                "bocau.sandbox.enabled",
                                Boolean.toString(sandbox))));
        // Any other value is told by LogSettings, which can only do so when there is a log.
        if (environment.getProperty("bocau.log.format", "").equals("ecs")) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("log", Map.of("logging.structured.format.console", "ecs")));
        }
        if (environment.getProperty("bocau.traces.url", "").isEmpty()) {
            environment.getPropertySources().addLast(new MapPropertySource("withoutTraces", WITHOUT_TRACES));
        }
        if (environment.getProperty("bocau.sandbox.enabled", Boolean.class, sandbox)) {
            environment.getPropertySources().addLast(secretsOfTheSandbox());
        }
    }

    private static boolean isHubAlone(ConfigurableEnvironment environment) {
        return HUB_ALONE.equals(
                environment.getProperty(CommandLinePropertySource.DEFAULT_NON_OPTION_ARGS_PROPERTY_NAME));
    }

    /** What is neither is told by {@link SettingsCheck}. */
    private static boolean isOn(ConfigurableEnvironment environment, String name, boolean unlessSaid) {
        try {
            return environment.getProperty(name, Boolean.class, unlessSaid);
        } catch (ConversionException e) {
            return unlessSaid;
        }
    }

    /** Last in line: a secret of the same name that the operator has set goes before. */
    private static ResourcePropertySource secretsOfTheSandbox() {
        try {
            return new ResourcePropertySource("sandbox", "classpath:reference/sandbox/secrets.properties");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
