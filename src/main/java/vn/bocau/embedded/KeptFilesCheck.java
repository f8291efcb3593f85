package vn.bocau.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import vn.bocau.code.Flaws;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/** Whether what earlier starts made for themselves in the data folder is still whole, and ours. */
@Order(StartCheck.FILES)
class KeptFilesCheck implements StartCheck {

    private final Environment environment;

    KeptFilesCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check() {
        Path data = DataFolder.root(environment);
        // Of what cannot be looked into nothing is missing: FolderCheck tells of that.
        if (!Files.isDirectory(data) || !Files.isReadable(data) || !Files.isExecutable(data)) {
            return;
        }
        var flaws = new Flaws();
        if (environment.getProperty("bocau.embedded.database", Boolean.class, false)) {
            flaws.none(() -> checkCluster(data.resolve("postgresql"), data));
        }
        if (environment.getProperty("bocau.tls.keystore", "").isEmpty()) {
            flaws.none(() -> Https.checkMade(data));
        }
        flaws.tell();
    }

    private static void checkCluster(Path cluster, Path data) {
        Path password = data.resolve("postgresql.password");
        if (Files.notExists(cluster)) {
            if (Files.exists(password) && read(password).isEmpty()) {
                throw empty(
                        password,
                        new Text("xóa tệp này; một mật khẩu mới sẽ được tạo.", "delete the file; a new one is made."));
            }
            return;
        }
        String version = read(cluster.resolve("PG_VERSION"));
        if (!version.equals(Integer.toString(EmbeddedPostgresServer.MAJOR))) {
            throw foreign(cluster, version);
        }
        if (read(password).isEmpty()) {
            throw empty(
                    password,
                    new Text(
                            "khôi phục tệp này từ bản sao lưu; dữ liệu trong " + cluster + " chỉ mở được bằng nó.",
                            "restore it from a backup; the data in " + cluster + " open with it alone."));
        }
    }

    private static Misconfigured foreign(Path cluster, String version) {
        return new Misconfigured(
                new Text(
                        version.isEmpty()
                                ? cluster
                                        + " (BOCAU_DATA) không phải là dữ liệu PostgreSQL còn nguyên: thiếu PG_VERSION."
                                : cluster + " (BOCAU_DATA) là dữ liệu của PostgreSQL “" + version + "”, bản đi kèm là "
                                        + EmbeddedPostgresServer.MAJOR + ".",
                        version.isEmpty()
                                ? cluster + " (BOCAU_DATA) holds no whole data of a PostgreSQL: PG_VERSION is missing."
                                : cluster + " (BOCAU_DATA) are data of PostgreSQL \"" + version
                                        + "\", the one inside is " + EmbeddedPostgresServer.MAJOR + "."),
                new Text(
                        "khôi phục thư mục ấy từ bản sao lưu, chạy phiên bản Bồ Câu đã tạo ra nó, hoặc đặt BOCAU_DATA thành"
                                + " thư mục khác.",
                        "restore that folder from a backup, run the Bồ Câu that made it, or name another with"
                                + " BOCAU_DATA."));
    }

    /** @param cure what to do about it */
    static Misconfigured empty(Path file, Text cure) {
        return new Misconfigured(
                new Text(
                        file + " (BOCAU_DATA) trống hoặc không có, mà phải giữ một mật khẩu.",
                        file + " (BOCAU_DATA) is empty or missing, and should hold a password."),
                cure);
    }

    /** @return empty when it is not there */
    static String read(Path file) {
        try {
            return Files.notExists(file) ? "" : Files.readString(file).strip();
        } catch (IOException e) {
            throw new Misconfigured(
                    new Text("Không đọc được " + file + " (BOCAU_DATA).", file + " (BOCAU_DATA) cannot be read."),
                    new Text(
                            "cho người dùng này quyền đọc, hoặc khôi phục tệp từ bản sao lưu.",
                            "let this user read it, or restore it from a backup."));
        }
    }
}
