package vn.bocau.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import vn.bocau.code.Sha256;
import vn.bocau.code.Text;

/**
 * {@code ./bocau audit verify [file]}: holds an exported record, or the one in the database, against the public keys and
 * the heads in the folder {@code audit} of the data. Needs nothing that runs, but for the database when no file is given.
 * {@code --from=n}: whole days before row n were taken away by those whose record it is.
 */
public final class AuditCommand {

    /** All is as it was written. */
    public static final int WHOLE = 0;

    /** Something is not. */
    public static final int TAMPERED = 1;

    /** It could not be looked at. */
    public static final int UNREADABLE = 2;

    private static final String FROM = "--from=";
    private static final String EMBEDDED_USER = "postgres";

    private final Map<String, String> environment;
    private final PrintStream out;

    public AuditCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    /** @return the exit code */
    public int verify(List<String> arguments) {
        Path folder = data().resolve(AuditKey.FOLDER);
        List<String> files =
                arguments.stream().filter(one -> !one.startsWith(FROM)).toList();
        try {
            var check = new AuditCheck(keys(folder), from(arguments), !files.isEmpty());
            witnesses(folder, check);
            if (files.isEmpty()) {
                database(check);
            } else {
                for (boolean rows : new boolean[] {false, true}) {
                    for (String file : files) {
                        file(Path.of(file), check, rows);
                    }
                }
            }
            return tell(check);
        } catch (DataAccessException e) {
            return unreadable(e.getMostSpecificCause());
        } catch (IOException | SQLException | GeneralSecurityException e) {
            return unreadable(e);
        }
    }

    private int unreadable(Throwable why) {
        out.println("Không đọc được: " + why.getMessage());
        out.println("Cannot be read: " + why.getMessage());
        return UNREADABLE;
    }

    private static long from(List<String> arguments) throws IOException {
        List<String> said = arguments.stream()
                .filter(one -> one.startsWith(FROM))
                .map(one -> one.substring(FROM.length()))
                .toList();
        if (said.isEmpty()) {
            return 1;
        }
        if (said.size() > 1 || !said.get(0).matches("[1-9][0-9]{0,17}")) {
            throw new IOException(FROM + said.get(said.size() - 1)
                    + ": cần số của dòng đầu tiên còn giữ · give the number of the first row that is still kept");
        }
        return Long.parseLong(said.get(0));
    }

    private int tell(AuditCheck check) {
        List<AuditCheck.Finding> findings = check.end();
        for (AuditCheck.Finding finding : findings) {
            out.println(
                    finding.flaw() + " " + finding.from() + (finding.to() == finding.from() ? "" : "–" + finding.to())
                            + ": " + finding.what().both());
        }
        check.remark().map(Text::both).ifPresent(out::println);
        out.println(
                findings.isEmpty()
                        ? check.count() + " dòng, nguyên vẹn · rows, all as they were written"
                        : check.count() + " dòng, " + findings.size() + " chỗ không nguyên vẹn · rows, "
                                + findings.size() + " not as they were written");
        return findings.isEmpty() ? WHOLE : TAMPERED;
    }

    private Path data() {
        return Path.of(environment.getOrDefault("BOCAU_DATA", "data"));
    }

    private static Map<String, PublicKey> keys(Path folder) throws IOException, GeneralSecurityException {
        Map<String, PublicKey> keys = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " (BOCAU_DATA): không có thư mục khóa công khai · no folder of public keys");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
            for (Path file : files) {
                try {
                    byte[] encoded =
                            Base64.getDecoder().decode(Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", ""));
                    keys.put(
                            Sha256.hex(encoded),
                            KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded)));
                } catch (IllegalArgumentException | GeneralSecurityException e) {
                    throw new IOException(file + ": không phải khóa công khai RSA · no public RSA key", e);
                }
            }
        }
        return keys;
    }

    /** A line that a full disk cut short says nothing, and takes nothing from the others. */
    private void witnesses(Path folder, AuditCheck check) throws IOException {
        for (String name : AuditWitness.FILES) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                int number = 0;
                for (String line :
                        Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                    number++;
                    try {
                        if (!line.isBlank()) {
                            check.witness(AuditFile.witness(line));
                        }
                    } catch (IOException e) {
                        out.println(file + ":" + number + ": bỏ qua một dòng dở dang · half a line is left out");
                    }
                }
            }
        }
    }

    /** A byte that is no UTF-8 becomes another character: the row that it is in was changed. */
    private static void file(Path file, AuditCheck check, boolean rows) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    line(file, number, line, check, rows);
                }
            }
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void line(Path file, long number, String line, AuditCheck check, boolean rows) {
        try {
            AuditFile.read(line, check, rows);
        } catch (IOException e) {
            check.unreadable(String.valueOf(file.getFileName()), number, String.valueOf(e.getMessage()));
        }
    }

    private void database(AuditCheck check) throws IOException, SQLException {
        String url = environment.getOrDefault("BOCAU_DB_URL", "");
        String user = environment.getOrDefault("BOCAU_DB_USER", "");
        String password = environment.getOrDefault("BOCAU_DB_PASSWORD", "");
        if (url.isEmpty()) {
            Path pid = data().resolve("postgresql/postmaster.pid");
            if (Files.notExists(pid)) {
                throw new IOException("PostgreSQL không chạy; khởi động Bồ Câu, hoặc cho biết tệp đã xuất"
                        + " · PostgreSQL does not run; start Bồ Câu, or name an exported file");
            }
            url = "jdbc:postgresql://127.0.0.1:"
                    + Files.readAllLines(pid).get(3).strip() + "/postgres";
            user = EMBEDDED_USER;
            password = Files.readString(data().resolve("postgresql.password")).strip();
        }
        try (var connection = DriverManager.getConnection(url, user, password)) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(java.sql.Connection.TRANSACTION_REPEATABLE_READ);
            var rows = new AuditRows(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            rows.export(head -> check.seal(head, true), root -> check.seal(root, false), check::row);
        }
    }
}
