package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** What a batch names. */
    private record Named(String device, List<String> items, List<UUID> legs, List<UUID> handlings, List<Long> counts) {

        static Named of(JsonNode batch) {
            var named = new Named(
                    batch.path("device").asText(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
            for (JsonNode entry : batch.path("handlings")) {
                named.counts.add(entry.path("seq").asLong());
                if (entry.hasNonNull("item")) {
                    named.items.add(Scene.item(entry.path("item").asText()));
                }
                add(named.legs, entry.path("leg"));
                add(named.handlings, entry.path("id"));
                add(named.handlings, entry.path("voids"));
            }
            return named;
        }

        static <T> List<T> all(List<Named> some, Function<Named, List<T>> what) {
            return some.stream().flatMap(named -> what.apply(named).stream()).toList();
        }

        /** All by which a dossier is found. */
        Stream<String> names() {
            return Stream.of(items, legs, handlings).flatMap(List::stream).map(Object::toString);
        }
    }

    Scene of(JsonNode batch) {
        Named named = Named.of(batch);
        // What one device says is heard one after the other, or two at once might share a count.
        journeys.reserve(List.of(deviceOf(batch)));
        return of(named);
    }

    /** What is reserved while a batch of a device is heard. */
    static String deviceOf(JsonNode batch) {
        return deviceOf(batch.path("device").asText());
    }

    private static String deviceOf(String device) {
        return "device " + device;
    }

    Scene ofCarrier(JsonNode event) {
        return of(new Named("", List.of(event.path("orderNumber").asText()), List.of(), List.of(), List.of()));
    }

    private Scene of(Named named) {
        Collection<Journey> locked = journeys.lock(dossiers(named)).values();
        // After the locks: whoever reported the same just before has committed by now.
        List<Named> one = List.of(named);
        return Scene.of(locked, named.handlings, named.device, kin(one), givenUp(one));
    }

    /** An item nobody knows may be on somebody's label this very moment: whoever comes second sees what the first did. */
    private Collection<UUID> dossiers(Named named) {
        Map<String, Set<UUID>> found = found(List.of(named));
        List<String> unknown =
                named.items.stream().filter(item -> !found.containsKey(item)).toList();
        if (unknown.isEmpty()) {
            return of(found.values());
        }
        journeys.reserve(unknown);
        return of(found(List.of(named)).values());
    }

    private static Set<UUID> of(Collection<Set<UUID>> dossiers) {
        return dossiers.stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /**
     * Of several batches at once, without waiting for anybody. In their order; null for one that has to be heard by itself:
     * somebody else has something of it right now, it has an item nobody knows, or something in common with one before it.
     *
     * @param batches null for one that is not asked for
     */
    List<@Nullable Scene> ofEach(List<? extends @Nullable JsonNode> batches) {
        List<@Nullable Named> all = batches.stream()
                .map(batch -> batch == null ? null : Named.of(batch))
                .toList();
        Map<Named, Set<UUID>> apart =
                apart(all.stream().filter(Objects::nonNull).toList());
        Set<UUID> locked = journeys.lockFree(of(apart.values()));
        apart.values().removeIf(dossiers -> !locked.containsAll(dossiers));
        List<Named> heard = List.copyOf(apart.keySet());
        // After the locks, as for one.
        Map<UUID, Journey> read = journeys.read(of(apart.values()).toArray(UUID[]::new));
        List<Scene.Kin> kin = kin(heard);
        Set<String> givenUp = givenUp(heard);
        return all.stream()
                .map(named -> named == null || !apart.containsKey(named)
                        ? null
                        : Scene.of(
                                apart.get(named).stream()
                                        .map(dossier -> Objects.requireNonNull(read.get(dossier)))
                                        .toList(),
                                named.handlings,
                                named.device,
                                kin,
                                givenUp))
                .toList();
    }

    /** Those of which nobody else has the device, all of whose items are known, with their dossiers, each of which one has alone. */
    private Map<Named, Set<UUID>> apart(List<Named> all) {
        Set<String> devices = journeys.reserveFree(
                all.stream().map(named -> deviceOf(named.device)).collect(Collectors.toSet()));
        Map<String, Set<UUID>> found = found(all);
        Map<Named, Set<UUID>> apart = new IdentityHashMap<>();
        Set<Object> taken = new HashSet<>();
        for (Named named : all) {
            Set<UUID> dossiers = of(named.names()
                    .map(name -> found.getOrDefault(name, Set.of()))
                    .toList());
            Set<Object> own = new HashSet<>(dossiers);
            own.addAll(named.handlings);
            own.add(named.device);
            if (devices.contains(deviceOf(named.device))
                    && found.keySet().containsAll(named.items)
                    && Collections.disjoint(taken, own)) {
                taken.addAll(own);
                apart.put(named, dossiers);
            }
        }
        return apart;
    }

    /** The dossiers of what is named, by its names: items, legs and handlings. */
    private Map<String, Set<UUID>> found(List<Named> all) {
        Map<String, Set<UUID>> dossiers = new HashMap<>();
        db.sql("""
                        select item, dossier from leg where item = any(:items)
                        union all
                        select f.item, l.dossier from former_item f join leg l on l.id = f.leg where f.item = any(:items)
                        union all
                        select cast(id as text), dossier from leg where id = any(:legs)
                        union all
                        select cast(h.id as text), l.dossier
                            from handling h join leg l on l.id = h.leg where h.id = any(:handlings)
                        """)
                .param("items", Named.all(all, Named::items).toArray(String[]::new))
                .param("legs", Named.all(all, Named::legs).toArray(UUID[]::new))
                .param("handlings", Named.all(all, Named::handlings).toArray(UUID[]::new))
                .query(row -> {
                    dossiers.computeIfAbsent(row.getString(1), name -> new HashSet<>())
                            .add(row.getObject(2, UUID.class));
                });
        return dossiers;
    }

    /** What is recorded under these ids, or with these counts of their device, or waits for one of them to void it. */
    private List<Scene.Kin> kin(List<Named> all) {
        UUID[] handlings = Named.all(all, Named::handlings).toArray(UUID[]::new);
        Long[] counts = Named.all(all, Named::counts).toArray(Long[]::new);
        if (handlings.length == 0 && counts.length == 0) {
            return List.of();
        }
        return db.sql("""
                        select * from handling where id in (
                            select id from handling where id = any(:handlings)
                            union all
                            select id from handling where leg is null and voids = any(:handlings)
                            union all
                            select h.id from unnest(cast(:devices as text[]), cast(:counts as bigint[])) as c (device, seq)
                                join handling h on h.device = c.device and h.device_seq = c.seq)
                        order by seq
                        """)
                .param("handlings", handlings)
                .param(
                        "devices",
                        all.stream()
                                .flatMap(named -> named.counts.stream().map(count -> named.device))
                                .toArray(String[]::new))
                .param("counts", counts)
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

    private Set<String> givenUp(List<Named> all) {
        return kept.discarded(
                Handlings.PARTNER,
                Named.all(all, Named::handlings).stream()
                        .map(id -> Handlings.keptAs(id.toString()))
                        .toList());
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
