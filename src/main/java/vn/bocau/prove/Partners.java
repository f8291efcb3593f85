package vn.bocau.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sandbox in a process of its own that is never killed, and what its partners wrote down before they answered: read off
 * their files, not asked of anybody.
 */
final class Partners implements AutoCloseable {

    /** One thing a partner took in, in the order of arrival. */
    record Taken(String what, String messageId, String dossier, boolean fresh, JsonNode content) {}

    private static final String RECORD = ".jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path records;
    private final Child sandbox;
    private final int port;
    private final Map<String, Long> readUpTo = new HashMap<>();
    private final Map<String, List<Taken>> taken = new HashMap<>();

    /** @param hub the port of the hub that its pages would call; nobody presses anything there */
    Partners(Path folder, int hub) throws IOException {
        Path data = folder.resolve("partners");
        this.records = data.resolve("sandbox");
        this.port = Ports.free();
        this.sandbox = new Child(
                "sandbox",
                List.of(),
                List.of("sandbox"),
                Map.of(
                        "BOCAU_DATA",
                        data.toString(),
                        "BOCAU_SANDBOX_PORT",
                        Integer.toString(port),
                        "BOCAU_HTTP_PORT",
                        Integer.toString(hub)),
                folder);
    }

    void start() throws IOException {
        sandbox.start();
    }

    /** @param host the machine, as whoever asks sees it */
    URI at(String host) {
        return URI.create("http://" + host + ":" + port);
    }

    int port() {
        return port;
    }

    Path log() {
        return sandbox.log();
    }

    /** Who took anything in. */
    List<String> heard() throws IOException {
        if (!Files.exists(records)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(records)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(RECORD))
                    .map(name -> name.substring(0, name.length() - RECORD.length()))
                    .sorted()
                    .toList();
        }
    }

    /** Everything until now. */
    synchronized List<Taken> of(String partner) throws IOException {
        List<Taken> all = taken.computeIfAbsent(partner, p -> new ArrayList<>());
        Path file = records.resolve(partner + RECORD);
        if (Files.exists(file)) {
            try (var open = new RandomAccessFile(file.toFile(), "r")) {
                long from = readUpTo.getOrDefault(partner, 0L);
                byte[] more = new byte[(int) (open.length() - from)];
                open.seek(from);
                open.readFully(more);
                int whole = lastLineEnd(more);
                for (String line : new String(more, 0, whole, StandardCharsets.UTF_8).split("\n")) {
                    if (!line.isBlank()) {
                        all.add(read(JSON.readTree(line)));
                    }
                }
                readUpTo.put(partner, from + whole);
            }
        }
        return List.copyOf(all);
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static Taken read(JsonNode entry) {
        return new Taken(
                entry.path("what").asText(),
                entry.path("messageId").asText(""),
                entry.path("dossier").asText(""),
                entry.path("fresh").asBoolean(),
                entry.path("content"));
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
