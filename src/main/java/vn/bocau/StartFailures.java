package vn.bocau;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.unit.DataSize;
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

    /** What would be right, by the kind of value. */
    private static final Map<Class<?>, Text> EXAMPLES = Map.of(
            int.class, new Text("viết một số nguyên như 2", "write a whole number as 2"),
            boolean.class, new Text("viết true hoặc false", "write true or false"),
            LocalTime.class, new Text("viết giờ như 17:00", "write a time of day as 17:00"),
            DataSize.class, new Text("viết cỡ như 512KB, 2MB", "write a size as 512KB, 2MB"));

    private final @Nullable ConfigurableApplicationContext context;

    StartFailures(@Nullable ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean reportException(Throwable failure) {
        if (isSaid(failure)) {
            return true;
        }
        if (isStopping()) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8).println("Đã dừng · stopped");
            return true;
        }
        Optional<Misconfigured> known = known(failure);
        known.ifPresent(k -> print(new PrintStream(System.err, true, StandardCharsets.UTF_8), k));
        return known.isPresent();
    }

    private static void print(PrintStream out, Misconfigured said) {
        out.println("\nBồ Câu không khởi động được.");
        said.flaws()
                .forEach(f -> out.printf(
                        "  %s%n  Cách sửa: %s%n", f.wrong().vi(), f.cure().vi()));
        out.println("Bồ Câu cannot start.");
        said.flaws()
                .forEach(f -> out.printf(
                        "  %s%n  Cure: %s%n", f.wrong().en(), f.cure().en()));
    }

    /** Somebody has changed their mind while it started. */
    private static boolean isStopping() {
        var nothing = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(nothing);
            Runtime.getRuntime().removeShutdownHook(nothing);
            return false;
        } catch (IllegalStateException shutdown) {
            return true;
        }
    }

    /** By the sandbox beside, whose failure is the hub's as well. */
    private static boolean isSaid(Throwable failure) {
        return causes(failure).anyMatch(Said.class::isInstance);
    }

    /** Our own word goes before what was made of it on the way out. */
    Optional<Misconfigured> known(Throwable failure) {
        return causes(failure)
                .filter(Misconfigured.class::isInstance)
                .map(Misconfigured.class::cast)
                .findFirst()
                .or(() -> causes(failure)
                        .flatMap(e -> Stream.ofNullable(sorted(e)))
                        .findFirst());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private @Nullable Misconfigured sorted(Throwable e) {
        if (e instanceof PortInUseException taken) {
            return portTaken(taken.getPort());
        }
        if (e instanceof ConnectorStartFailedException taken) {
            return portTaken(taken.getPort());
        }
        if (e instanceof BindException value) {
            return unreadable(value);
        }
        if (e instanceof InvalidPathException path) {
            return unnameable(path.getInput());
        }
        if (e instanceof FlywayValidateException) {
            return ofAnotherBuild();
        }
        return e instanceof SQLException refused ? database(String.valueOf(refused.getSQLState())) : null;
    }

    private Misconfigured portTaken(int port) {
        String variable = Map.of(
                        setting("bocau.http.port"), "BOCAU_HTTP_PORT",
                        setting("bocau.https.port"), "BOCAU_HTTPS_PORT")
                .getOrDefault(Integer.toString(port), "BOCAU_SANDBOX_PORT");
        return Ports.taken(variable, port);
    }

    /** Of an older one whose migrations were others, or of a newer one. */
    private static Misconfigured ofAnotherBuild() {
        return new Misconfigured(
                new Text(
                        "Dữ liệu là của một bản Bồ Câu khác: các bảng không phải như bản này tạo ra.",
                        "The data are those of another Bồ Câu: the tables are not as this one makes them."),
                new Text(
                        "chạy bản đã tạo ra chúng; nếu không cần giữ gì, đặt BOCAU_DATA (hoặc BOCAU_DB_URL) thành nơi còn"
                                + " trống.",
                        "run the one that made them; where nothing is to be kept, name an empty place with BOCAU_DATA (or"
                                + " BOCAU_DB_URL)."));
    }

    /** On Linux a name that the JVM cannot write in the encoding of its locale, or one with a zero in it. */
    private static Misconfigured unnameable(String path) {
        return new Misconfigured(
                new Text(
                        "Không gọi tên được tệp hay thư mục “" + path + "” trong bảng mã của máy.",
                        "The file or folder \"" + path + "\" cannot be named in the encoding of the locale."),
                new Text(
                        "đặt LC_ALL=C.UTF-8, hoặc chỉ dùng chữ không dấu trong đường dẫn.",
                        "set LC_ALL=C.UTF-8, or use plain letters alone in paths."));
    }

    private static Misconfigured unreadable(BindException value) {
        String variable = KnownVariables.variable(value.getName().toString());
        Class<?> type = value.getTarget().getType().resolve(Object.class);
        String given = value.getProperty() == null || variable.contains("PASSWORD")
                ? ""
                : String.valueOf(value.getProperty().getValue());
        Text example = EXAMPLES.getOrDefault(type, new Text("sửa " + variable, "correct " + variable));
        return new Misconfigured(
                new Text(
                        variable + " là “" + given + "”, không đọc được.",
                        variable + " is \"" + given + "\", which cannot be read."),
                new Text(example.vi() + "; hoặc bỏ biến này đi.", example.en() + "; or leave the variable out."));
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
        if (state.equals("08004")) {
            return new Misconfigured(
                    new Text(
                            "PostgreSQL từ chối kết nối theo cách đã đặt.",
                            "PostgreSQL rejects the connection as it is set up."),
                    new Text(
                            "đặt đủ BOCAU_DB_USER và BOCAU_DB_PASSWORD; xem lại phần ssl trong BOCAU_DB_URL.",
                            "set both BOCAU_DB_USER and BOCAU_DB_PASSWORD; look at the ssl options in BOCAU_DB_URL."));
        }
        if (state.equals("42501")) {
            return new Misconfigured(
                    new Text(
                            "BOCAU_DB_USER không được tạo bảng trong cơ sở dữ liệu ghi trong BOCAU_DB_URL.",
                            "BOCAU_DB_USER may not make tables in the database in BOCAU_DB_URL."),
                    new Text(
                            "cho người dùng ấy làm chủ cơ sở dữ liệu (alter database … owner to …).",
                            "make that user its owner (alter database … owner to …)."));
        }
        if (state.startsWith("53")) {
            return new Misconfigured(
                    new Text(
                            "PostgreSQL ghi trong BOCAU_DB_URL hết kết nối, bộ nhớ hoặc đĩa.",
                            "The PostgreSQL in BOCAU_DB_URL is out of connections, memory or disk."),
                    new Text(
                            "nâng max_connections (mỗi nút cần 20), hoặc dành thêm chỗ cho nó.",
                            "raise its max_connections (each node needs 20), or give it more room."));
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
}
