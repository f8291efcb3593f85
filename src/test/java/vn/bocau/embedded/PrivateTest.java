package vn.bocau.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;
import vn.bocau.code.Misconfigured;

/** The data folder is its owner's alone, whoever made it and when. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PrivateTest {

    private static final int NOBODY = 65_534;

    @TempDir
    Path folder;

    @Test
    void what_was_there_and_open_is_closed_and_what_may_be_run_still_may() throws Exception {
        Path data = open(Files.createDirectory(folder.resolve("data")), "rwxrwxrwx");
        Path journal = open(Files.createDirectories(data.resolve("artemis/journal")), "rwxr-xr-x");
        Path message = open(Files.createFile(journal.resolve("activemq-data-1.amq")), "rw-r--r--");
        Path program = open(Files.createFile(data.resolve("initdb")), "rwxr-xr-x");
        Path elsewhere = open(Files.createFile(folder.resolve("elsewhere")), "rw-r--r--");
        Files.createSymbolicLink(data.resolve("link"), elsewhere);

        DataFolder.check(settings(data));

        assertThat(rights(data)).isEqualTo("rwx------");
        assertThat(rights(journal)).isEqualTo("rwx------");
        assertThat(rights(message)).isEqualTo("rw-------");
        assertThat(rights(program)).isEqualTo("rwx------");
        assertThat(rights(elsewhere)).as("not ours").isEqualTo("rw-r--r--");
    }

    @Test
    void one_that_is_not_there_is_made_so() throws IOException {
        Path data = folder.resolve("new/data");

        DataFolder.of(settings(data));

        assertThat(rights(data)).isEqualTo("rwx------");
    }

    @Test
    void another_users_folder_is_told_of_with_what_to_do() throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "who is not root can give nothing away");
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setAttribute(data, "unix:uid", NOBODY);

        assertThatThrownBy(() -> DataFolder.check(settings(data))).isInstanceOfSatisfying(Misconfigured.class, told -> {
            assertThat(told.flaws()).hasSize(1);
            assertThat(told.flaws().get(0).wrong().en())
                    .startsWith("The data folder " + data + " (BOCAU_DATA) belongs to the user ");
            assertThat(told.flaws().get(0).cure().en()).contains("chown -R");
        });
    }

    private static MockEnvironment settings(Path data) {
        return new MockEnvironment().withProperty("bocau.data", data.toString());
    }

    private static Path open(Path file, String rights) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
