package vn.bocau.prove;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What processes say from a moment on: their logs only grow, and are read from where they ended then. */
final class Watch {

    private final List<Path> logs;
    private final Map<Path, Long> from = new HashMap<>();

    Watch(List<Path> logs) {
        this.logs = logs;
    }

    void begin() throws IOException {
        for (Path log : logs) {
            from.put(log, Files.exists(log) ? Files.size(log) : 0);
        }
    }

    boolean hasSaid(Pattern what) throws IOException {
        for (Path log : logs) {
            if (Files.exists(log) && what.matcher(since(log)).find()) {
                return true;
            }
        }
        return false;
    }

    private String since(Path log) throws IOException {
        try (var open = new RandomAccessFile(log.toFile(), "r")) {
            long begin = from.getOrDefault(log, 0L);
            byte[] more = new byte[(int) Math.max(0, open.length() - begin)];
            open.seek(begin);
            open.readFully(more);
            return new String(more, StandardCharsets.ISO_8859_1);
        }
    }
}
