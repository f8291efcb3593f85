package vn.bocau.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.ResourcePropertySource;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/** What follows from the settings given, decided once and before anything reads it. */
final class Settings implements EnvironmentPostProcessor {

    private static final int LAST_PORT = 65_535;
    private static final List<String> PORTS = List.of("bocau.http.port", "bocau.https.port", "bocau.sandbox.port");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean ownDatabase = environment.getProperty("bocau.db.url", "").isEmpty();
        boolean ownBroker = environment.getProperty("bocau.broker.url", "").isEmpty();
        // A database that somebody named is somebody's real one: no sandbox there unless asked for.
        boolean sandbox = isOn(environment, "BOCAU_SANDBOX", ownDatabase);
        for (String port : PORTS) {
            checkPort(environment, port);
        }
        checkApart(environment, sandbox ? PORTS : PORTS.subList(0, 2));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "bocau",
                        Map.of(
                                "spring.artemis.mode",
                                ownBroker ? "embedded" : "native",
                                "bocau.embedded.database",
                                Boolean.toString(ownDatabase),
                                "bocau.embedded.broker",
                                Boolean.toString(ownBroker),
                                "bocau.sandbox.enabled",
                                Boolean.toString(sandbox))));
        if (environment.getProperty("bocau.sandbox.enabled", Boolean.class, sandbox)) {
            environment.getPropertySources().addLast(secretsOfTheSandbox());
        }
    }

    private static boolean isOn(ConfigurableEnvironment environment, String name, boolean unlessSaid) {
        try {
            return environment.getProperty(name, Boolean.class, unlessSaid);
        } catch (ConversionException e) {
            throw new Misconfigured(
                    new Text(name + " phải là on hoặc off.", name + " must be on or off."),
                    new Text("đặt lại, hoặc bỏ biến này đi.", "set it so, or leave the variable out."));
        }
    }

    private static void checkPort(ConfigurableEnvironment environment, String property) {
        String port = environment.getProperty(property, "");
        if (!port.isEmpty() && !isPort(port)) {
            throw new Misconfigured(
                    new Text(variable(property) + " không phải là một cổng.", variable(property) + " is not a port."),
                    new Text("đặt thành một số từ 1 đến 65535.", "set it to a number from 1 to 65535."));
        }
    }

    private static boolean isPort(String port) {
        return port.matches("\\d{1,5}") && Integer.parseInt(port) > 0 && Integer.parseInt(port) <= LAST_PORT;
    }

    private static void checkApart(ConfigurableEnvironment environment, List<String> properties) {
        Map<String, String> taken = new HashMap<>();
        for (String property : properties) {
            String port = environment.getProperty(property, "");
            String other = port.isEmpty() ? null : taken.put(port, variable(property));
            if (other != null) {
                throw new Misconfigured(
                        new Text(
                                other + " và " + variable(property) + " cùng là cổng " + port + ".",
                                other + " and " + variable(property) + " are both port " + port + "."),
                        new Text("đặt mỗi biến một cổng riêng.", "give each a port of its own."));
            }
        }
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
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
