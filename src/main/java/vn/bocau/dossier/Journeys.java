package vn.bocau.dossier;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Waiters;

/**
 * Journeys from the database and back. Whoever loads one holds its dossier's row lock until the transaction ends: that
 * lock keeps what is told of a dossier in order. It is waited for a few seconds, by a few ({@link Waiters}). Several are
 * locked in the order of their ids, so that two batches never wait for each other. One that is not saved leaves nothing
 * behind, and nobody was told anything.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Journeys {

    private final JdbcClient db;
    private final Rows rows;
    private final Writes writes;
    private final Telling telling;
    private final Journal journal;
    private final Deadlines deadlines;
    private final Waiters waiters;
    private final Legs legs;
    private final CarrierOrders orders;
    private final Monies monies;
    private final NoticeBook notices;

    Journeys(
            JdbcClient db,
            Rows rows,
            Writes writes,
            Telling telling,
            Journal journal,
            Deadlines deadlines,
            Waiters waiters,
            Legs legs,
            CarrierOrders orders,
            Monies monies,
            NoticeBook notices) {
        this.db = db;
        this.rows = rows;
        this.writes = writes;
        this.telling = telling;
        this.journal = journal;
        this.deadlines = deadlines;
        this.waiters = waiters;
        this.legs = legs;
        this.orders = orders;
        this.monies = monies;
        this.notices = notices;
    }

    Journey begin(Dossier dossier) {
        return Journey.begin(dossier, deadlines);
    }

    /**
     * Keeps everybody else from beginning a dossier of one of these codes, or an item of one of these labels, until the
     * transaction ends. Comes before any other lock.
     */
    void reserve(Collection<String> names) {
        Set<String> sorted = new TreeSet<>(names);
        if (sorted.size() == 1) {
            waiters.atOnce(() -> isReserved(sorted.iterator().next()), () -> reserved(sorted));
        } else {
            waiters.among(() -> reserved(sorted));
        }
    }

    private Optional<Boolean> isReserved(String name) {
        return Optional.of(reserveFree(List.of(name)).contains(name)).filter(free -> free);
    }

    /** The same without waiting: which of them nobody else has. */
    Set<String> reserveFree(Collection<String> names) {
        Set<String> free = new HashSet<>();
        db.sql("select name, pg_try_advisory_xact_lock(hashtextextended(name, 4)) as free"
                        + " from unnest(cast(:names as text[])) as name")
                .param("names", names.toArray(String[]::new))
                .query(row -> {
                    if (row.getBoolean("free")) {
                        free.add(row.getString("name"));
                    }
                });
        return free;
    }

    private boolean reserved(Set<String> sorted) {
        return db.sql("select pg_advisory_xact_lock(hashtextextended(name, 4)) from"
                                + " unnest(cast(:names as text[])) as name")
                        .param("names", sorted.toArray(String[]::new))
                        .query((row, n) -> true)
                        .list()
                        .size()
                == sorted.size();
    }

    /** To be looked at, without its lock. */
    Optional<Journey> readByCode(String code) {
        return db.sql("select dossier from dossier_code where code = :code")
                .param("code", code)
                .query(UUID.class)
                .optional()
                .map(id -> read(id).get(id));
    }

    /** The same, by one of its legs. */
    Optional<Journey> readByLeg(UUID leg) {
        return db.sql("select dossier from leg where id = :leg")
                .param("leg", leg)
                .query(UUID.class)
                .optional()
                .map(id -> read(id).get(id));
    }

    Optional<Journey> byCode(String code) {
        return byCodes(List.of(code)).values().stream().findFirst();
    }

    /** @return each dossier once, under the code it was asked for by; unknown codes are not there */
    Map<String, Journey> byCodes(Collection<String> codes) {
        Map<String, UUID> ids = new HashMap<>();
        db.sql("select code, dossier from dossier_code where code = any(:codes)")
                .param("codes", codes.toArray(String[]::new))
                .query(row -> {
                    ids.put(row.getString(1), row.getObject(2, UUID.class));
                });
        Map<UUID, Journey> locked = lock(ids.values());
        Map<String, Journey> found = new LinkedHashMap<>();
        codes.forEach(code ->
                Optional.ofNullable(ids.get(code)).map(locked::get).ifPresent(journey -> found.put(code, journey)));
        return found;
    }

    /** Locks and loads. */
    Map<UUID, Journey> lock(Collection<UUID> dossiers) {
        Set<UUID> wanted = new TreeSet<>(dossiers);
        if (wanted.isEmpty()) {
            return Map.of();
        }
        UUID[] ids = wanted.toArray(UUID[]::new);
        if (ids.length == 1) {
            waiters.atOnce(
                    () -> Optional.of(locked(" skip locked", ids)).filter(locked -> locked.size() == 1),
                    () -> locked("", ids));
        } else {
            waiters.among(() -> locked("", ids));
        }
        return read(ids);
    }

    /** Locks without waiting: which of them nobody else has. To be read afterwards. */
    Set<UUID> lockFree(Collection<UUID> dossiers) {
        return Set.copyOf(locked(" skip locked", dossiers.toArray(UUID[]::new)));
    }

    private List<UUID> locked(String how, UUID... ids) {
        return db.sql("select id from dossier where id = any(:ids) order by id for update" + how)
                .param("ids", ids)
                .query(UUID.class)
                .list();
    }

    /** As they stand, for who only looks. */
    Map<UUID, Journey> read(UUID... ids) {
        Map<UUID, OrderBook> orders = rows.orders(ids);
        Map<UUID, List<Leg>> legs = rows.legs(orders, ids);
        Map<UUID, Journey> journeys = new LinkedHashMap<>();
        rows.dossiers(ids)
                .forEach(dossier -> journeys.put(
                        dossier.id(),
                        Journey.known(
                                dossier,
                                legs.getOrDefault(dossier.id(), List.of()),
                                Objects.requireNonNull(orders.get(dossier.id())),
                                deadlines)));
        return journeys;
    }

    /** Writes everything that happened, and tells whom it concerns, in the order in which it happened. */
    void save(Collection<Journey> journeys) {
        save(journeys, (journey, telling) -> telling.run());
    }

    /** @param because tells what is told of a journey because of what was said about it */
    void save(Collection<Journey> journeys, BiConsumer<Journey, Runnable> because) {
        journeys.forEach(Journey::conclude);
        legs.labelBare(journeys);
        journeys.forEach(journey -> because.accept(journey, () -> orders.tell(journey)));
        writes.write(journeys);
        monies.publish(journeys);
        notices.write(journeys);
        journeys.forEach(journey -> because.accept(journey, () -> tell(journey)));
    }

    private void tell(Journey journey) {
        journal.about(journey.id().toString(), journey.dossier().codes().get(0).code());
        journey.news().forEach(news -> telling.of(news).forEach(journal::tell));
    }

    void save(Journey journey) {
        save(List.of(journey));
    }
}
