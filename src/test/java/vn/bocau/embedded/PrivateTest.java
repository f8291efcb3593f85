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
        Path programs = Files.createDirectory(data.resolve("postgresql-bin"));
        Path program = open(Files.createFile(programs.resolve("initdb")), "rwxr-xr-x");
        Path elsewhere = open(Files.createFile(folder.resolve("elsewhere")), "rw-r--r--");
        Files.createSymbolicLink(programs.resolve("link"), elsewhere);
        Path notes = open(Files.createFile(data.resolve("notes.txt")), "rw-r--r--");

        DataFolder.check(settings(data));

        assertThat(rights(data)).isEqualTo("rwx------");
        assertThat(rights(journal)).isEqualTo("rwx------");
        assertThat(rights(message)).isEqualTo("rw-------");
        assertThat(rights(program)).isEqualTo("rwx------");
        assertThat(rights(elsewhere)).as("not ours").isEqualTo("rw-r--r--");
        assertThat(rights(notes)).as("not ours").isEqualTo("rw-r--r--");
    }

    @Test
    void a_link_to_a_folder_that_others_may_enter_is_told_of_and_what_it_leads_to_left_alone() throws Exception {
        Path disk = open(Files.createDirectory(folder.resolve("disk")), "rwxr-xr-x");
        Path target = disk.toRealPath();
        Path data = Files.createDirectory(folder.resolve("data"));
        Path link = Files.createSymbolicLink(
                Files.createDirectory(data.resolve("artemis")).resolve("journal"), disk);

        assertThatThrownBy(() -> DataFolder.check(settings(data))).isInstanceOfSatisfying(Misconfigured.class, told -> {
            assertThat(told.flaws().get(0).wrong().en()).startsWith(link + " ").contains(target + ",");
            assertThat(told.flaws().get(0).cure().en()).isEqualTo("close it: chmod 700 " + target);
        });
        assertThat(rights(disk)).isEqualTo("rwxr-xr-x");

        open(disk, "rwx------");
        DataFolder.check(settings(data));
    }

    @Test
    void what_an_agency_has_dropped_hinders_no_start_for_nobody_gets_into_the_folder() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path drop = open(Files.createDirectory(data.resolve("drop")), "rwxrwxrwx");
        Path elsewhere = open(Files.createDirectory(folder.resolve("elsewhere")), "rwxrwxrwx");
        Files.createSymbolicLink(Files.createDirectory(drop.resolve("xa")).resolve("link"), elsewhere);

        DataFolder.check(settings(data));

        assertThat(rights(drop)).isEqualTo("rwx------");
        assertThat(rights(elsewhere)).isEqualTo("rwxrwxrwx");
    }

    @Test
    void a_folder_of_other_things_is_refused_and_left_as_it_was() throws Exception {
        Path home = open(Files.createDirectory(folder.resolve("home")), "rwxr-xr-x");
        Path letter = open(Files.createFile(home.resolve("letter.txt")), "rw-r--r--");

        assertThatThrownBy(() -> DataFolder.check(settings(home)))
                .isInstanceOfSatisfying(
                        Misconfigured.class,
                        told -> assertThat(told.flaws().get(0).wrong().en()).contains("holds other files"));

        assertThat(rights(home)).isEqualTo("rwxr-xr-x");
        assertThat(rights(letter)).isEqualTo("rw-r--r--");
    }

    @Test
    void an_empty_folder_of_an_own_disk_is_taken() throws Exception {
        Path disk = open(Files.createDirectory(folder.resolve("disk")), "rwxr-xr-x");
        Files.createDirectory(disk.resolve("lost+found"));

        DataFolder.check(settings(disk));

        assertThat(rights(disk)).isEqualTo("rwx------");
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
