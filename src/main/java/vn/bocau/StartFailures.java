package vn.bocau;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * What is said when a start fails for a reason that who starts it can mend: what is wrong, by the name of its setting,
 * and the cure, in a few lines. Everything else is ours, and Spring Boot shows it whole.
 */
final class StartFailures implements SpringBootExceptionReporter {

    /** A start failed, and why has been said. */
    static final class Said extends RuntimeException {

        Said(RuntimeException failure) {
            super(failure);
        }
    }

    private final @Nullable ConfigurableApplicationContext context;

    StartFailures(@Nullable ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean reportException(Throwable failure) {
        Optional<Misconfigured> known = known(failure);
        known.ifPresent(k -> print(new PrintStream(System.err, true, StandardCharsets.UTF_8), k));
        return known.isPresent();
    }

    private static void print(PrintStream out, Misconfigured said) {
        out.printf(
                """

                Bồ Câu không khởi động được.
                  %s
                  Cách sửa: %s
                Bồ Câu cannot start.
                  %s
                  Cure: %s
                """,
                said.wrong().vi(),
                said.cure().vi(),
                said.wrong().en(),
                said.cure().en());
    }

    private Optional<Misconfigured> known(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            Misconfigured known = sorted(e);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    private @Nullable Misconfigured sorted(Throwable e) {
        if (e instanceof Misconfigured known) {
            return known;
        }
        if (e instanceof PortInUseException taken) {
            return portTaken(taken.getPort());
        }
        if (e instanceof ConnectorStartFailedException taken) {
            return portTaken(taken.getPort());
        }
        if (e instanceof BindException value) {
            String property = value.getName().toString();
            return new Misconfigured(
                    new Text(
                            variable(property) + " có giá trị không đọc được.",
                            variable(property) + " has a value that cannot be read."),
                    new Text(
                            "số viết như 2, khoảng thời gian viết như 10s, 5m, 2h, 10d; hoặc bỏ biến này đi.",
                            "write a number as 2, a time as 10s, 5m, 2h, 10d; or leave the variable out."));
        }
        return e instanceof SQLException refused ? database(String.valueOf(refused.getSQLState())) : null;
    }

    private Misconfigured portTaken(int port) {
        String variable = Map.of(
                        setting("bocau.http.port"), "BOCAU_HTTP_PORT",
                        setting("bocau.https.port"), "BOCAU_HTTPS_PORT")
                .getOrDefault(Integer.toString(port), "BOCAU_SANDBOX_PORT");
        return new Misconfigured(
                new Text(
                        "Cổng " + port + " (" + variable + ") đang có chương trình khác dùng.",
                        "Port " + port + " (" + variable + ") is used by another program."),
                new Text(
                        "dừng chương trình kia, hoặc đặt " + variable + " thành một cổng còn trống.",
                        "stop the other program, or set " + variable + " to a free port."));
    }

    /** By the class of its SQL state. */
    private static @Nullable Misconfigured database(String state) {
        if (state.startsWith("28")) {
            return new Misconfigured(
                    new Text(
                            "PostgreSQL không nhận BOCAU_DB_USER và BOCAU_DB_PASSWORD.",
                            "PostgreSQL refuses BOCAU_DB_USER and BOCAU_DB_PASSWORD."),
                    new Text("sửa hai biến ấy.", "correct the two."));
        }
        if (state.equals("3D000")) {
            return new Misconfigured(
                    new Text(
                            "PostgreSQL không có cơ sở dữ liệu ghi trong BOCAU_DB_URL.",
                            "PostgreSQL has no database of the name in BOCAU_DB_URL."),
                    new Text("tạo nó, hoặc sửa BOCAU_DB_URL.", "create it, or correct BOCAU_DB_URL."));
        }
        if (state.startsWith("08") || state.startsWith("57P")) {
            return new Misconfigured(
                    new Text(
                            "PostgreSQL ghi trong BOCAU_DB_URL không trả lời.",
                            "The PostgreSQL in BOCAU_DB_URL does not answer."),
                    new Text(
                            "khởi động nó, hoặc sửa BOCAU_DB_URL (jdbc:postgresql://máy:5432/tên).",
                            "start it, or correct BOCAU_DB_URL (jdbc:postgresql://host:5432/name)."));
        }
        return null;
    }

    private String setting(String name) {
        return context == null ? name : context.getEnvironment().getProperty(name, name);
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
    }
}
