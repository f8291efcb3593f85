package vn.bocau;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import org.springframework.boot.ApplicationArguments;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import vn.bocau.code.Flaws;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/** Whether we could listen where we are told to: tried before the start, because the server itself listens last of all. */
@Order(StartCheck.PORTS)
class Ports implements StartCheck {

    private static final int LAST_PRIVILEGED = 1023;
    private static final int LAST = 65_535;
    private static final int LOOKED_AT = 100;

    private final Environment environment;
    private final boolean hub;
    private final boolean sandbox;

    Ports(Environment environment, ApplicationArguments command) {
        this.environment = environment;
        boolean alone = command.getNonOptionArgs().contains("sandbox");
        this.hub = !alone;
        this.sandbox = alone
                || command.getNonOptionArgs().contains("start")
                        && environment.getRequiredProperty("bocau.sandbox.enabled", Boolean.class);
    }

    @Override
    public void check() {
        var flaws = new Flaws();
        if (hub) {
            flaws.none(() -> checkFree("bocau.http.port"));
            flaws.none(() -> checkFree("bocau.https.port"));
        }
        if (sandbox) {
            flaws.none(() -> checkFree("bocau.sandbox.port"));
        }
        flaws.tell();
    }

    private void checkFree(String property) {
        String port = environment.getProperty(property, "");
        // What is no port has been told.
        if (port.matches("\\d{1,5}") && Integer.parseInt(port) <= LAST) {
            checkFree(KnownVariables.variable(property), Integer.parseInt(port));
        }
    }

    private static void checkFree(String variable, int port) {
        try {
            listen(port);
        } catch (IOException e) {
            boolean denied =
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("permission");
            throw denied && port <= LAST_PRIVILEGED ? denied(variable, port) : taken(variable, port);
        }
    }

    static Misconfigured taken(String variable, int port) {
        int free = nextFree(port);
        return new Misconfigured(
                new Text(
                        "Cổng " + port + " (" + variable + ") đang có chương trình khác dùng.",
                        "Port " + port + " (" + variable + ") is used by another program."),
                new Text(
                        "dừng chương trình kia, hoặc dùng một cổng còn trống: " + variable + "=" + free + " ./bocau",
                        "stop the other program, or use a free port: " + variable + "=" + free + " ./bocau"));
    }

    /** The next one up that nobody has; else the lowest that might do. */
    private static int nextFree(int port) {
        for (int next = port + 1; next < Math.min(port + LOOKED_AT, LAST); next++) {
            if (isFree(next)) {
                return next;
            }
        }
        return LAST_PRIVILEGED + 1;
    }

    private static boolean isFree(int port) {
        try {
            listen(port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** On all addresses, and beside connections that are just ending, as Tomcat does. */
    private static void listen(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        }
    }

    private static Misconfigured denied(String variable, int port) {
        return new Misconfigured(
                new Text(
                        "Người dùng này không được mở cổng " + port + " (" + variable + ").",
                        "This user may not open port " + port + " (" + variable + ")."),
                new Text(
                        "đặt " + variable + " thành một cổng từ 1024 trở lên.",
                        "set " + variable + " to a port from 1024 up."));
    }
}
