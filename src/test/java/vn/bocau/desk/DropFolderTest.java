package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.code.Unavailable;

/** A drop folder for an agency that is another user of the system. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DropFolderTest {

    /** Of no user and no group that Debian or anybody names. */
    private static final String STRANGER = "64001";

    @TempDir
    Path temp;

    @Test
    void its_group_may_drop_and_read_what_became_of_it_and_nobody_else_may_anything() throws IOException {
        String group = ownGroup();
        Path folder = temp.resolve("drop/xa");

        new DropFolder(folder, group).open();

        assertThat(mode(folder.getParent())).isEqualTo(0711);
        assertThat(mode(folder)).as("group writes, sticky").isEqualTo(03770);
        assertThat(mode(folder.resolve("done"))).isEqualTo(02750);
        assertThat(mode(folder.resolve("refused"))).isEqualTo(02750);
        assertThat(mode(folder.resolve("taken"))).isEqualTo(0700);
        assertThat(group(folder.resolve("done"))).isEqualTo(group);
        assertThatThrownBy(() -> new DropFolder(folder, "khong-co-nhom-nay").check())
                .isInstanceOfSatisfying(
                        Unavailable.class, why -> assertThat(why.reason().en()).contains("no group as in drop-group"));
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void an_agency_cannot_put_a_link_in_the_place_of_our_folder() throws Exception {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
        Path folder = temp.resolve("drop/xa");
        new DropFolder(folder, "nogroup").open();
        String gid = Files.getAttribute(folder, "unix:gid").toString();

        assertThat(as(gid, "umask 007; echo dossier > " + folder + "/a.csv")).isZero();
        assertThat(mode(folder.resolve("a.csv"))).isEqualTo(0660);
        assertThat(as(gid, "ls " + folder + "/done")).isZero();
        assertThat(as(gid, "mv " + folder + "/done " + folder + "/x")).isNotZero();
        assertThat(as(gid, "rmdir " + folder + "/done")).isNotZero();
        assertThat(as(gid, "echo x > " + folder + "/done/a.csv")).isNotZero();
        assertThat(as(gid, "ls " + folder + "/taken")).isNotZero();
        assertThat(as(STRANGER, "ls " + folder)).as("another agency").isNotZero();
        assertThat(folder.resolve("done")).isDirectory();
    }

    private static int as(String gid, String command) throws Exception {
        return new ProcessBuilder(
                        "setpriv", "--reuid=" + STRANGER, "--regid=" + gid, "--clear-groups", "sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private String ownGroup() throws IOException {
        return group(Files.createDirectory(temp.resolve("own")));
    }

    private static String group(Path file) throws IOException {
        return ((GroupPrincipal) Files.getAttribute(file, "posix:group", LinkOption.NOFOLLOW_LINKS)).getName();
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }
}
