package vn.bocau.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts several files of a folder in the place of others, all or none, whenever the process dies: the new ones are written
 * beside the old and a list of them is moved to its name at once. From then on the new ones are meant, and whoever reads
 * next brings to an end what was not.
 */
final class Replacement {

    private static final String LIST = ".replacing";
    private static final String WRITTEN = "+";
    private static final String GONE = "-";

    private final Path folder;

    Replacement(Path folder) {
        this.folder = folder;
    }

    /** @param texts by the name of the file; of one that is to be there no more, empty */
    void replace(Map<String, Optional<String>> texts) throws IOException {
        prepare(texts);
        finish();
    }

    /** Nothing has changed until this comes back; then everything has. */
    void prepare(Map<String, Optional<String>> texts) throws IOException {
        finish();
        List<String> list = new ArrayList<>();
        for (Map.Entry<String, Optional<String>> each : texts.entrySet()) {
            if (each.getValue().isPresent()) {
                write(beside(each.getKey()), each.getValue().get());
            }
            list.add((each.getValue().isPresent() ? WRITTEN : GONE) + each.getKey());
        }
        Path prepared = folder.resolve(LIST + ".new");
        write(prepared, String.join("\n", list));
        Files.move(prepared, folder.resolve(LIST), StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /** What was begun is brought to an end; so it is also when two do that at once. */
    void finish() throws IOException {
        Path list = folder.resolve(LIST);
        if (!Files.exists(list)) {
            return;
        }
        try {
            for (String each : Files.readAllLines(list)) {
                String name = each.substring(1);
                if (each.startsWith(WRITTEN)) {
                    moveIfThere(beside(name), folder.resolve(name));
                } else {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
            sync();
            Files.deleteIfExists(list);
        } catch (NoSuchFileException another) {
            // Somebody who shares the folder has ended it.
            sync();
        }
    }

    private static void moveIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path beside(String name) {
        return folder.resolve("." + name + ".new");
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** The names, too, are to be on disk. */
    private void sync() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
