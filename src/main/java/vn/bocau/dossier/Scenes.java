package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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
        return scene(items, legs, handlings, batch.path("device").asText(), counts);
    }

    /** What is reserved while a batch of a device is heard. */
    static String deviceOf(JsonNode batch) {
        return "device " + batch.path("device").asText();
    }

    Scene ofCarrier(JsonNode event) {
        return scene(List.of(event.path("orderNumber").asText()), List.of(), List.of(), "", List.of());
    }

    private Scene scene(List<String> items, List<UUID> legs, List<UUID> handlings, String device, List<Long> counts) {
        UUID[] reported = handlings.toArray(UUID[]::new);
        Collection<Journey> locked =
                journeys.lock(dossiers(items, legs, reported)).values();
        // After the locks: whoever reported the same just before has committed by now.
        return Scene.of(locked, new HashSet<>(handlings), device, kin(reported, device, counts), givenUp(handlings));
    }

    /** An item nobody knows may be on somebody's label this very moment: whoever comes second sees what the first did. */
    private Collection<UUID> dossiers(List<String> items, List<UUID> legs, UUID... handlings) {
        List<String> unknown = new ArrayList<>(items);
        Collection<UUID> found = found(items, legs, unknown, handlings);
        if (unknown.isEmpty()) {
            return found;
        }
        journeys.reserve(unknown);
        return found(items, legs, unknown, handlings);
    }

    private Collection<UUID> found(List<String> items, List<UUID> legs, List<String> unknown, UUID... handlings) {
        Set<UUID> dossiers = new HashSet<>();
        db.sql("""
                        select dossier, item from leg where item = any(:items)
                        union all
                        select l.dossier, f.item from former_item f join leg l on l.id = f.leg where f.item = any(:items)
                        union all
                        select dossier, null from leg where id = any(:legs)
                        union all
                        select l.dossier, null from handling h join leg l on l.id = h.leg where h.id = any(:handlings)
                        """)
                .param("items", items.toArray(String[]::new))
                .param("legs", legs.toArray(UUID[]::new))
                .param("handlings", handlings)
                .query(row -> {
                    dossiers.add(row.getObject(1, UUID.class));
                    unknown.removeAll(Collections.singleton(row.getString(2)));
                });
        return dossiers;
    }

    /** What is recorded under these ids, or with these counts of this device, or waits for one of them to void it. */
    private List<Scene.Kin> kin(UUID[] handlings, String device, List<Long> counts) {
        if (handlings.length == 0 && counts.isEmpty()) {
            return List.of();
        }
        return db.sql("""
                        select * from handling
                        where id = any(:handlings) or leg is null and voids = any(:handlings)
                            or device = :device and device_seq = any(:counts)
                        order by seq
                        """)
                .param("handlings", handlings)
                .param("device", device)
                .param("counts", counts.toArray(Long[]::new))
                .query((row, n) ->
                        new Scene.Kin(Rows.report(row), row.getString("conflict"), row.getObject("leg") == null))
                .list();
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

    private Set<String> givenUp(List<UUID> handlings) {
        return kept.discarded(
                Handlings.PARTNER,
                handlings.stream().map(id -> Handlings.keptAs(id.toString())).toList());
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
