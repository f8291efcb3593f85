package vn.bocau.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.FileSystemUtils;
import vn.bocau.code.RsaKey;
import vn.bocau.code.Text;

/**
 * A hub's folder as its first start leaves it: a PostgreSQL with our tables, keys and certificate. Made once for each state of
 * the migrations, and copied for each hub of a test. Making them takes longer than the rest of a hub's start; that it can be
 * done is shown by {@link SurvivalTest} and by the tests of the start.
 */
public final class DataTemplate {

    private static final Path ALL = Path.of("target", "data-template").toAbsolutePath();

    /** Nobody writes into it: shared. */
    private static final String PROGRAMS = "postgresql-bin";

    /** That sign the record, and tokens and links. */
    private static final List<String> KEYS = List.of("audit-key.pem", "token-key.pem");

    private static final Text NOTHING = new Text("", "");
    private static final RsaKey.Use NO_USE = new RsaKey.Use("", NOTHING, NOTHING);

    private DataTemplate() {}

    /** @param data a hub's folder on which none was started yet */
    public static synchronized void into(Path data) {
        try {
            Path template = ALL.resolve(name());
            Files.createDirectories(ALL);
            // Several processes of tests begin at once.
            try (FileChannel file = FileChannel.open(
                            ALL.resolve("making"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock alone = file.lock()) {
                if (alone.isValid() && Files.notExists(template)) {
                    make(template);
                }
            }
            copy(template, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path template) throws IOException {
        Path unfinished = ALL.resolve("unfinished");
        FileSystemUtils.deleteRecursively(unfinished);
        Files.createDirectories(unfinished);
        var data = DataFolder.of(new MockEnvironment().withProperty("bocau.data", unfinished.toString()));
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, Duration.ofMinutes(1), () -> {})) {
            EarlyPostgres.Start.migrate(server);
        }
        Https.make(data, data.secret(Https.MADE_PASSWORD));
        for (String key : KEYS) {
            RsaKey.of("", unfinished.resolve(key), NO_USE);
        }
        Files.deleteIfExists(unfinished.resolve("occupied"));
        Files.move(unfinished, template, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copy(Path template, Path data) throws IOException {
        Files.createDirectories(data);
        Files.createSymbolicLink(data.resolve(PROGRAMS), template.resolve(PROGRAMS));
        List<Path> files;
        try (Stream<Path> all = Files.walk(template)) {
            files = all.filter(file -> !file.startsWith(template.resolve(PROGRAMS)) && !file.equals(template))
                    .toList();
        }
        for (Path file : files) {
            Files.copy(
                    file,
                    data.resolve(template.relativize(file)),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** By what the migrations say. */
    private static String name() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) EmbeddedPostgresServer.MAJOR);
            for (Resource migration :
                    new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/*")) {
                digest.update(migration.getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
