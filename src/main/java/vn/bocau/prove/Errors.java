package vn.bocau.prove;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lines of the hubs' logs that say ERROR, by what they say without its numbers. One that no fault accounts for is a bug,
 * whatever came of it.
 *
 * @param expected what a full disk brings about in the servers inside
 * @param others each of them breaks the proof
 */
record Errors(Map<String, Long> expected, Map<String, Long> others) {

    /** All of them, and only where a disk was full. */
    private static final List<Pattern> OF_A_FULL_DISK = List.of(
            // Artemis that cannot write down what it was given ends itself.
            Pattern.compile(" ERROR (o\\.a\\.a\\.|org\\.apache\\.activemq\\.)"),
            // It and PostgreSQL are started again, once there is room.
            Pattern.compile("ended by itself and could not be started again"),
            Pattern.compile("the disk is full, nothing more is accepted until there is room"));

    /** @param diskWasFull whether any disk was filled */
    static Errors in(List<Path> logs, boolean diskWasFull) throws IOException {
        var errors = new Errors(new TreeMap<>(), new TreeMap<>());
        for (Path log : logs) {
            // A letter that a kill cut in two is no reason to say nothing.
            try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                lines.filter(line -> line.contains(" ERROR ")).forEach(line -> {
                    boolean known = diskWasFull
                            && OF_A_FULL_DISK.stream()
                                    .anyMatch(what -> what.matcher(line).find());
                    String said = line.substring(line.indexOf(" ERROR "));
                    (known ? errors.expected : errors.others)
                            .merge(said.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|\\d+", "…"), 1L, Long::sum);
                });
            }
        }
        return errors;
    }
}
