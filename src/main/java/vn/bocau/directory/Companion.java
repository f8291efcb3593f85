package vn.bocau.directory;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What is kept in files beside ours and belongs to the same picture, such as how partners are spoken to: read together
 * with the reference files, in force together with them, refused together with them.
 */
public interface Companion {

    /**
     * Reads it anew.
     *
     * @param refused is told what is wrong; at start the rest is used all the same
     * @return what {@link Directory#companion} gives while this picture is in force
     */
    Object read(Consumer<LoadReport.Refusal> refused);

    /**
     * SHA-256 of each file that can change while we run, by its name as a refusal calls it.
     *
     * @param read what {@link #read} gave
     */
    default Map<String, String> digests(Object read) {
        return Map.of();
    }
}
