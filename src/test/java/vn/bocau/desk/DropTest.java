package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.directory.Partner;

/** Files that an agency drops into its folder, or on an SFTP server: taken whole, once, and answered row by row. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DropTest extends OneStop {

    private static final Path FOLDER = hub.data().resolve("drop/trung-tam-hcc");

    @TempDir
    Path server;

    @Test
    void what_is_right_goes_what_is_wrong_is_explained_beside_it_and_the_same_again_changes_nothing()
            throws IOException {
        String good = asks(DONG_HA, "1 Lê Lợi");
        String content = "Mã hồ sơ;Phí phải thu\n" + good + ";\n=KHONG-CO;\n" + good + ";8.000\n";
        drop("kết quả tháng 11.csv", content);

        Path report = await("done", "kết quả tháng 11.csv.report.csv");
        List<String> rows = Files.readAllLines(report);
        assertThat(rows.get(0)).contains("Dòng", "Sai ở đâu", "Cách sửa");
        assertThat(rows.get(1)).startsWith("\"2\";\"" + good + "\";\"RV").contains("Đã chuyển");
        assertThat(rows.get(2))
                .startsWith("\"3\";\"'=KHONG-CO\";\"\";\"Ở lại\"")
                .contains("thả lại");
        assertThat(rows.get(3)).contains("không có dấu chấm");
        assertThat(await("done", "kết quả tháng 11.csv")).hasContent(content);
        assertThat(FOLDER.resolve("taken")).isEmptyDirectory();

        long told =
                hub.db().sql("select count(*) from message").query(Long.class).single();
        drop("lan nua.csv", content);
        assertThat(await("done", "lan nua.csv.report.csv")).hasSameTextualContentAs(report);
        assertThat(hub.db()
                        .sql("select count(*) from message")
                        .query(Long.class)
                        .single())
                .isEqualTo(told);
    }

    @Test
    void what_a_dead_process_had_taken_and_even_carried_out_is_finished_once() throws IOException {
        String code = asks(DONG_HA, "2 Lê Lợi");
        byte[] content = ("dossier\n" + code + "\n").getBytes(StandardCharsets.UTF_8);
        ResultFiles files = hub.bean(ResultFiles.class);
        ResultFiles.Kept kept =
                files.keep(new Clerk("trung-tam-hcc", CENTRE), ResultFile.key(content), ResultFile.read(content));
        files.finish(kept.id());
        String item = of(code, "l.item");

        Files.createDirectories(FOLDER.resolve("taken"));
        Files.write(FOLDER.resolve("taken/20261128-080000000-x.csv"), content);

        assertThat(Files.readString(await("done", "-x.csv.report.csv"))).contains(item);
        assertThat(of(code, "l.item")).isEqualTo(item);
    }

    @Test
    void a_file_that_is_still_written_is_taken_when_it_is_whole() throws IOException {
        List<String> codes = ask(4);
        Path growing = FOLDER.resolve("lon-dan.csv");
        Files.writeString(growing, "dossier\n");
        long begun = System.nanoTime();
        for (int i = 0; i < codes.size(); i++) {
            String row = codes.get(i) + "\n";
            Files.writeString(growing, row, StandardOpenOption.APPEND);
            // Longer than a look takes to come by: it has seen the file, and has left it.
            Duration until = Duration.ofMillis(700L * (i + 1));
            org.awaitility.Awaitility.await()
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> System.nanoTime() - begun > until.toNanos());
        }
        Files.writeString(FOLDER.resolve("chua-xong.csv.part"), "dossier\n");

        assertThat(Files.readString(await("done", "lon-dan.csv.report.csv")))
                .contains(codes)
                .doesNotContain("Ở lại");
        assertThat(FOLDER.resolve("chua-xong.csv.part")).exists();
    }

    @Test
    void what_is_no_table_and_what_is_another_agencys_is_refused_by_name() throws IOException {
        Files.write(FOLDER.resolve("anh.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
        Files.write(FOLDER.resolve("lon.csv"), new byte[1_100_000]);
        Files.createSymbolicLink(FOLDER.resolve("noi.csv"), Path.of("/etc/passwd"));
        String code = asks(DONG_HA, "3 Lê Lợi");
        hub.db()
                .sql(
                        "update dossier set agency = '000.02.12.H50' where id = (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .update();
        drop("cua-noi-khac.csv", "dossier\n" + code + "\n");

        assertThat(Files.readString(await("refused", "anh.png.report.csv"))).contains("UTF-8");
        assertThat(Files.readString(await("refused", "lon.csv.report.csv"))).contains("lớn hơn");
        assertThat(Files.readString(await("refused", "noi.csv.report.csv"))).contains("tệp thường");
        assertThat(Files.readString(await("done", "cua-noi-khac.csv.report.csv")))
                .contains("Ở lại", "Không có hồ sơ");
        await("refused", "anh.png");
    }

    @Test
    void an_agency_drops_by_SFTP_too_and_another_server_at_its_address_is_not_spoken_to() throws Exception {
        KeyPair key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        SshServer sftp = SshServer.setUpDefaultServer();
        sftp.setHost("127.0.0.1");
        sftp.setKeyPairProvider(KeyPairProvider.wrap(key));
        sftp.setPasswordAuthenticator((user, password, session) -> user.equals("xa") && password.equals("mat)khau&1"));
        sftp.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        sftp.setFileSystemFactory(new VirtualFileSystemFactory(server));
        sftp.start();
        System.setProperty("bocau.secrets.xa-sftp", "mat)khau&1");
        String code = asks(DONG_HA, "4 Lê Lợi");
        Files.createDirectories(server.resolve("ket-qua"));
        Files.writeString(server.resolve("ket-qua/ngày 28.csv"), "dossier\n" + code + "\n");
        KeyPair stranger = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        try {
            Drop wrong = at(sftp.getPort(), stranger);
            hub.bean(DropRoutes.class).open(wrong);
            org.awaitility.Awaitility.await()
                    .until(() -> sftp.getActiveSessions().isEmpty());
            hub.bean(DropRoutes.class).close(wrong);
            assertThat(server.resolve("ket-qua/ngày 28.csv")).exists();

            hub.bean(DropRoutes.class).open(at(sftp.getPort(), key));

            Path report = await(server.resolve("ket-qua/done"), "ngày 28.csv.report.csv");
            assertThat(Files.readString(report)).contains(of(code, "l.item"));
            assertThat(await(server.resolve("ket-qua/done"), "ngày 28.csv")).exists();
        } finally {
            hub.bean(DropRoutes.class).close(at(sftp.getPort(), key));
            sftp.stop(true);
            System.clearProperty("bocau.secrets.xa-sftp");
        }
    }

    @Test
    void a_row_that_could_not_work_says_why() {
        DropCheck check = hub.bean(DropCheck.class);
        String key = "ssh-ed25519 " + "A".repeat(68);

        assertThat(check.wrong(partner(CENTRE, null, Map.of("drop", "folder")), null))
                .isEmpty();
        assertThat(check.wrong(partner(null, null, Map.of("drop", "folder")), null))
                .hasSize(1);
        assertThat(check.wrong(partner(CENTRE, null, Map.of("drop", "ftp://x")), null))
                .hasSize(1);
        assertThat(check.wrong(partner(CENTRE, null, Map.of("drop", "sftp://a@b/c")), null))
                .hasSize(2);
        assertThat(check.wrong(
                        partner(CENTRE, "dvcqg", Map.of("drop", "sftp://a@b:2222/c", "drop-host-key", key)), null))
                .isEmpty();
    }

    private static Partner partner(String agency, String secret, Map<String, String> settings) {
        return new Partner(
                "xa", Partner.Kind.AGENCY, "Xã", null, Partner.Delivery.NONE, null, null, secret, agency, 1, settings);
    }

    private static Drop at(int port, KeyPair key) {
        return Drop.of(
                        partner(
                                CENTRE,
                                "xa-sftp",
                                Map.of(
                                        "drop",
                                        "sftp://xa@127.0.0.1:" + port + "/ket-qua",
                                        "drop-host-key",
                                        PublicKeyEntry.toString(key.getPublic()))),
                        hub.data())
                .orElseThrow();
    }

    /** As a careful program does it: whole at once. */
    private static void drop(String name, String content) throws IOException {
        Path aside = hub.data().resolve(UUID.randomUUID().toString());
        Files.writeString(aside, content);
        Files.move(aside, FOLDER.resolve(name));
    }

    private static Path await(String where, String name) {
        return await(FOLDER.resolve(where), name);
    }

    private static Path await(Path where, String name) {
        return org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> find(where, name), found -> found != null);
    }

    private static Path find(Path where, String name) {
        if (!Files.isDirectory(where)) {
            return null;
        }
        try (Stream<Path> all = Files.list(where)) {
            return all.filter(file -> file.getFileName().toString().endsWith(name)
                            && !file.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
