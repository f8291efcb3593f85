package vn.bocau.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

/** The reference files we ship, as they are or with some of them replaced. */
public final class References {

    private References() {}

    public static FileDirectories shipped() {
        return read("", true);
    }

    static FileDirectories withoutSandbox() {
        return read("", false);
    }

    static FileDirectories in(Path folder) {
        return read(folder.toString(), true);
    }

    /** What brings the communes of a folder up to date. */
    static CommuneRefresh refreshing(String folder, Directories directories) {
        return refreshing(folder, directories, () -> true);
    }

    static CommuneRefresh refreshing(String folder, Directories directories, OtherNodes others) {
        return new CommuneRefresh(
                new ReferenceFiles(new MockEnvironment()
                        .withProperty("bocau.reference", folder)
                        .withProperty("bocau.sandbox.enabled", "true")),
                directories,
                others);
    }

    /** With somebody who has a word on partners, and something that is read along. */
    static FileDirectories in(Path folder, PartnerCheck check) {
        return read(folder.toString(), true, List.of(refused -> "read with it"), List.of(check));
    }

    /** With somebody who still needs rows. */
    static FileDirectories in(Path folder, StillNeeded needed) {
        var beans = new StaticListableBeanFactory();
        beans.addBean("needed", needed);
        return read(folder.toString(), true, List.of(), List.of(), beans);
    }

    private static FileDirectories read(String folder, boolean sandbox) {
        return read(folder, sandbox, List.of(), List.of());
    }

    private static FileDirectories read(
            String folder, boolean sandbox, List<Companion> companions, List<PartnerCheck> checks) {
        return read(folder, sandbox, companions, checks, new StaticListableBeanFactory());
    }

    private static FileDirectories read(
            String folder,
            boolean sandbox,
            List<Companion> companions,
            List<PartnerCheck> checks,
            StaticListableBeanFactory needed) {
        return new FileDirectories(
                new ReferenceFiles(new MockEnvironment()
                        .withProperty("bocau.reference", folder)
                        .withProperty("bocau.sandbox.enabled", Boolean.toString(sandbox))
                        .withProperty("bocau.sandbox.url", "http://localhost:8090")),
                companions,
                checks,
                needed.getBeanProvider(StillNeeded.class));
    }

    static String shipped(String file) throws IOException {
        return new ClassPathResource("reference/" + file).getContentAsString(StandardCharsets.UTF_8);
    }

    static void write(Path folder, String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
