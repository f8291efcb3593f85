package vn.bocau.prove;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small disk of its own: an image mounted by a loop device, so that filling it fills nobody else's. */
final class Disk implements AutoCloseable {

    private static final int CHUNK = 4096;
    private static final int MOST_TRIES = 20;

    private final Path mounted;
    private final Path filler;

    private Disk(Path mounted) {
        this.mounted = mounted;
        this.filler = mounted.resolve("filler");
    }

    /**
     * @param size as {@code truncate -s} takes it
     * @throws IOException when this machine does not let us
     */
    static Disk mount(Path folder, String name, String size) throws IOException {
        Path image = folder.resolve(name + ".img");
        Path mounted = Files.createDirectories(folder.resolve(name));
        Shell.run("truncate", "-s", size, image.toString());
        Shell.run("mkfs.ext4", "-q", "-m", "0", image.toString());
        Shell.run("mount", "-o", "loop", image.toString(), mounted.toString());
        return new Disk(mounted);
    }

    Path folder() {
        return mounted;
    }

    /** To the last byte. */
    void fill() throws IOException {
        long free = Files.getFileStore(mounted).getUsableSpace();
        Shell.can("fallocate", "-l", Long.toString(Math.max(CHUNK, free - CHUNK)), filler.toString());
        // What others delete meanwhile makes room again.
        for (int n = 0; n < MOST_TRIES && !isFull(); n++) {
            fillUp();
        }
        if (!isFull()) {
            throw new IOException("the disk cannot be filled");
        }
    }

    private void fillUp() {
        try (OutputStream more = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] chunk = new byte[CHUNK];
            while (true) {
                more.write(chunk);
            }
        } catch (IOException full) {
            // As it should be, if it is.
        }
    }

    boolean isFull() throws IOException {
        return Files.getFileStore(mounted).getUsableSpace() < CHUNK;
    }

    void makeRoom() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Override
    public void close() {
        Shell.can("umount", "--lazy", mounted.toString());
    }
}
