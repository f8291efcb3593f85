package vn.bocau.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

/** The reference files of another node of the same deployment, with a folder of its own. */
public final class OtherNode {

    private final FileDirectories directories;
    private final CommuneNodes nodes;

    public OtherNode(Path folder, JdbcClient db) throws IOException {
        Files.createDirectories(folder);
        directories = References.in(folder);
        nodes = new CommuneNodes(
                new ReferenceFiles(new MockEnvironment()
                        .withProperty("bocau.reference", folder.toString())
                        .withProperty("bocau.sandbox.enabled", "true")),
                directories,
                db);
    }

    public Directory current() {
        return directories.current();
    }

    /** As its clock does every few seconds. */
    public void follow() {
        nodes.followInTime();
    }
}
