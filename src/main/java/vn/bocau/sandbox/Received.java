package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What each partner has received, in the order of arrival, on disk before it is answered. One file of JSON lines for
 * each partner.
 */
@Component
class Received {

    /**
     * One thing a partner took in.
     *
     * @param n counts up from 1 for each partner
     * @param fresh whether it was new to the partner; a repeat is written down too
     * @param dossier the dossier it is about, when it is about one
     */
    record Entry(
            int n,
            String receivedAt,
            String what,
            @Nullable String messageId,
            @Nullable String dossier,
            boolean fresh,
            JsonNode content) {}

    private final Path folder;
    private final Map<String, List<Entry>> entries = new HashMap<>();

    /** Partner, then dossier: of many thousands, what is asked for is nearly always one dossier's. */
    private final Map<String, Map<String, List<Entry>>> byDossier = new HashMap<>();

    private final Map<String, Set<String>> messageIds = new HashMap<>();

    Received(@Value("${sandbox.folder}") String folder) throws IOException {
        this.folder = Files.createDirectories(
                Path.of(folder), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    synchronized Entry add(
            String partner,
            String what,
            @Nullable String messageId,
            @Nullable String dossier,
            boolean fresh,
            JsonNode content) {
        List<Entry> known = of(partner);
        var entry = new Entry(known.size() + 1, Instant.now().toString(), what, messageId, dossier, fresh, content);
        append(partner, Json.write(entry) + "\n");
        known.add(entry);
        index(partner, entry);
        return entry;
    }

    /**
     * Writes down a message that its sender may repeat.
     *
     * @param messageId the sender's own id of it; null when it has none, and then nothing is a repeat
     * @return whether it was new; two of the same at the same moment are one new and one repeat
     */
    synchronized boolean addOnce(
            String partner, String what, @Nullable String messageId, @Nullable String dossier, JsonNode content) {
        of(partner);
        boolean fresh =
                messageId == null || !messageIds.getOrDefault(partner, Set.of()).contains(messageId);
        add(partner, what, messageId, dossier, fresh, content);
        return fresh;
    }

    synchronized List<Entry> all(String partner) {
        return List.copyOf(of(partner));
    }

    /** What it has of one dossier. */
    synchronized List<Entry> about(String partner, String dossier) {
        of(partner);
        return List.copyOf(byDossier.getOrDefault(partner, Map.of()).getOrDefault(dossier, List.of()));
    }

    private void index(String partner, Entry entry) {
        if (entry.dossier() != null) {
            byDossier
                    .computeIfAbsent(partner, p -> new HashMap<>())
                    .computeIfAbsent(entry.dossier(), d -> new ArrayList<>())
                    .add(entry);
        }
        if (entry.messageId() != null) {
            messageIds.computeIfAbsent(partner, p -> new HashSet<>()).add(entry.messageId());
        }
    }

    /** Forgets everything a partner received: for the next try. */
    synchronized void forget(String partner) {
        try {
            Files.deleteIfExists(file(partner));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.remove(partner);
        byDossier.remove(partner);
        messageIds.remove(partner);
    }

    private List<Entry> of(String partner) {
        List<Entry> known = entries.get(partner);
        if (known == null) {
            known = load(partner);
            entries.put(partner, known);
            known.forEach(entry -> index(partner, entry));
        }
        return known;
    }

    private List<Entry> load(String partner) {
        List<Entry> loaded = new ArrayList<>();
        if (Files.exists(file(partner))) {
            try {
                for (String line : Files.readAllLines(file(partner))) {
                    loaded.add(Json.as((ObjectNode) Json.read(line), Entry.class));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return loaded;
    }

    private void append(String partner, String line) {
        try (FileChannel file = FileChannel.open(file(partner), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String partner) {
        return folder.resolve(partner + ".jsonl");
    }
}
