package vn.bocau.embedded;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;
import vn.bocau.code.Flaws;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/** Whether ports are ports, each of its own, and the switch of the sandbox is on or off. */
@Order(StartCheck.VALUES)
class SettingsCheck implements StartCheck {

    private static final List<String> PORTS = List.of("bocau.http.port", "bocau.https.port", "bocau.sandbox.port");
    private static final int LAST_PORT = 65_535;

    private final Environment environment;

    SettingsCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check() {
        var flaws = new Flaws();
        flaws.none(this::checkSwitch);
        boolean ports = true;
        for (String port : PORTS) {
            ports &= flaws.none(() -> checkPort(port));
        }
        if (ports) {
            boolean sandbox = environment.getProperty("bocau.sandbox.enabled", Boolean.class, false);
            flaws.none(() -> checkApart(sandbox ? PORTS : PORTS.subList(0, 2)));
        }
        flaws.tell();
    }

    private void checkSwitch() {
        try {
            environment.getProperty("BOCAU_SANDBOX", Boolean.class);
        } catch (ConversionException e) {
            String given = environment.getProperty("BOCAU_SANDBOX");
            throw new Misconfigured(
                    new Text(
                            "BOCAU_SANDBOX là “" + given + "”, phải là on hoặc off.",
                            "BOCAU_SANDBOX is \"" + given + "\", must be on or off."),
                    new Text("đặt lại, hoặc bỏ biến này đi.", "set it so, or leave the variable out."));
        }
    }

    private void checkPort(String property) {
        String port = environment.getProperty(property, "");
        if (!port.isEmpty() && !isPort(port)) {
            throw new Misconfigured(
                    new Text(
                            variable(property) + " là “" + port + "”, không phải là một cổng.",
                            variable(property) + " is \"" + port + "\", which is not a port."),
                    new Text("đặt thành một số từ 1 đến 65535.", "set it to a number from 1 to 65535."));
        }
    }

    private static boolean isPort(String port) {
        return port.matches("\\d{1,5}") && Integer.parseInt(port) > 0 && Integer.parseInt(port) <= LAST_PORT;
    }

    private void checkApart(List<String> properties) {
        Map<String, String> taken = new HashMap<>();
        var flaws = new Flaws();
        for (String property : properties) {
            String port = environment.getProperty(property, "");
            String other = port.isEmpty() ? null : taken.put(port, variable(property));
            flaws.none(() -> {
                if (other != null) {
                    throw same(other, variable(property), port);
                }
            });
        }
        flaws.tell();
    }

    private static Misconfigured same(String one, String other, String port) {
        return new Misconfigured(
                new Text(
                        one + " và " + other + " cùng là cổng " + port + ".",
                        one + " and " + other + " are both port " + port + "."),
                new Text("đặt mỗi biến một cổng riêng.", "give each a port of its own."));
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
