package vn.bocau;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import org.springframework.boot.ApplicationArguments;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/** Whether we could listen where we are told to: tried before the start, because the server itself listens last of all. */
@Order(StartCheck.PORTS)
class Ports implements StartCheck {

    private static final int LAST_PRIVILEGED = 1023;

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
        if (hub) {
            checkFree("BOCAU_HTTP_PORT", port("bocau.http.port"));
            checkFree("BOCAU_HTTPS_PORT", port("bocau.https.port"));
        }
        if (sandbox) {
            checkFree("BOCAU_SANDBOX_PORT", port("bocau.sandbox.port"));
        }
    }

    private int port(String property) {
        return environment.getRequiredProperty(property, Integer.class);
    }

    private static void checkFree(String variable, int port) {
        // On all addresses, and beside connections that are just ending, as Tomcat does.
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            boolean denied =
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("permission");
            throw denied && port <= LAST_PRIVILEGED ? denied(variable, port) : taken(variable, port);
        }
    }

    static Misconfigured taken(String variable, int port) {
        return new Misconfigured(
                new Text(
                        "Cổng " + port + " (" + variable + ") đang có chương trình khác dùng.",
                        "Port " + port + " (" + variable + ") is used by another program."),
                new Text(
                        "dừng chương trình kia, hoặc đặt " + variable + " thành một cổng còn trống.",
                        "stop the other program, or set " + variable + " to a free port."));
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
