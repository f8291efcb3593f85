package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.journal.Kept;

/** Looks up and locks what a batch of handlings touches, in a handful of statements however long it is. */
@Component
class Scenes {

    private final JdbcClient db;
    private final Journeys journeys;
    private final Kept kept;

    Scenes(JdbcClient db, Journeys journeys, Kept kept) {
        this.db = db;
        this.journeys = journeys;
        this.kept = kept;
    }

    Scene of(JsonNode batch) {
        JsonNode entries = batch.path("handlings");
        List<String> items = new ArrayList<>();
        List<UUID> legs = new ArrayList<>();
        List<UUID> handlings = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (JsonNode entry : entries) {
            counts.add(entry.path("seq").asLong());
            if (entry.hasNonNull("item")) {
                items.add(Scene.item(entry.path("item").asText()));
            }
            add(legs, entry.path("leg"));
            add(handlings, entry.path("id"));
            add(handlings, entry.path("voids"));
        }
        // What one device says is heard one after the other, or two at once might share a count.
        journeys.reserve(List.of(deviceOf(batch)));
        return scene(items, legs, handlings, () -> taken(batch.path("device").asText(), counts));
    }

    /** What is reserved while a batch of a device is heard. */
    static String deviceOf(JsonNode batch) {
        return "device " + batch.path("device").asText();
    }

    private Set<Long> taken(String device, List<Long> counts) {
        return Set.copyOf(db.sql("select device_seq from handling where device = :device and device_seq = any(:counts)")
                .param("device", device)
                .param("counts", counts.toArray(Long[]::new))
                .query(Long.class)
                .list());
    }

    Scene ofCarrier(JsonNode event) {
        return scene(List.of(event.path("orderNumber").asText()), List.of(), List.of(), Set::of);
    }

    private Scene scene(List<String> items, List<UUID> legs, List<UUID> handlings, Supplier<Set<Long>> counts) {
        UUID[] reported = handlings.toArray(UUID[]::new);
        reserveUnknown(items);
        Collection<UUID> dossiers = db.sql("""
                        select dossier from leg where item = any(:items) or id = any(:legs)
                        union
                        select l.dossier from former_item f join leg l on l.id = f.leg where f.item = any(:items)
                        union
                        select l.dossier from handling h join leg l on l.id = h.leg where h.id = any(:handlings)
                        """)
                .param("items", items.toArray(String[]::new))
                .param("legs", legs.toArray(UUID[]::new))
                .param("handlings", reported)
                .query(UUID.class)
                .list();
        Collection<Journey> locked = journeys.lock(dossiers).values();
        // After the locks: whoever reported the same just before has committed by now.
        List<Scene.Known> known = reported.length == 0
                ? List.of()
                : db.sql("select * from handling where id = any(:handlings)")
                        .param("handlings", reported)
                        .query((row, n) -> new Scene.Known(Rows.report(row), row.getString("conflict")))
                        .list();
        List<Report> unplaced = reported.length == 0
                ? List.of()
                : db.sql("select * from handling where leg is null and voids = any(:handlings) order by seq")
                        .param("handlings", reported)
                        .query((row, n) -> Rows.report(row))
                        .list();
        return new Scene(locked, known, unplaced, givenUp(handlings), counts.get());
    }

    /** Which of a batch's entries are recorded as they are said here, as their own words for their ids. */
    Set<String> recorded(JsonNode batch) {
        Map<UUID, JsonNode> said = new HashMap<>();
        for (JsonNode entry : batch.path("handlings")) {
            List<UUID> id = new ArrayList<>();
            add(id, entry.path("id"));
            id.forEach(known -> said.put(known, entry));
        }
        return db
                .sql("select * from handling where id = any(:ids) and device = :device")
                .param("ids", said.keySet().toArray(UUID[]::new))
                .param("device", batch.path("device").asText())
                .query((row, n) -> Rows.report(row))
                .list()
                .stream()
                .filter(report -> report.saidBy(Objects.requireNonNull(said.get(report.id()))))
                .map(report ->
                        Objects.requireNonNull(said.get(report.id())).path("id").asText())
                .collect(Collectors.toSet());
    }

    private Set<UUID> givenUp(List<UUID> handlings) {
        Map<String, UUID> keys = new HashMap<>();
        handlings.forEach(id -> keys.put(Handlings.keptAs(id.toString()), id));
        return kept.discarded(Handlings.PARTNER, keys.keySet()).stream()
                .map(keys::get)
                .collect(Collectors.toSet());
    }

    /** An item nobody knows may be on somebody's label this very moment: whoever comes second sees what the first did. */
    private void reserveUnknown(List<String> items) {
        List<String> unknown = new ArrayList<>(items);
        unknown.removeAll(db.sql("select item from leg where item = any(:items)"
                        + " union select item from former_item where item = any(:items)")
                .param("items", items.toArray(String[]::new))
                .query(String.class)
                .list());
        if (!unknown.isEmpty()) {
            journeys.reserve(unknown);
        }
    }

    private static void add(List<UUID> ids, @Nullable JsonNode text) {
        if (text != null && text.isTextual()) {
            try {
                ids.add(UUID.fromString(text.asText()));
            } catch (IllegalArgumentException notAnId) {
                // It is refused by itself when its turn comes.
                return;
            }
        }
    }
}
