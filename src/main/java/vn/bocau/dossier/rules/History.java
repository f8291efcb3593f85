package vn.bocau.dossier.rules;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The handlings of one leg in the order they count in: voided ones out, each device in its own order, then by when they
 * happened, device sequence, id.
 *
 * @param events in order, each with the time it counts at
 * @param badVoids voidings that undo nothing
 */
record History(List<Event> events, Map<UUID, Contradiction> badVoids) {

    /** @param at never earlier than what the same device reported before: its own order outweighs its clock */
    record Event(Handling handling, Instant at) {}

    private static final Comparator<Handling> ON_ITS_DEVICE = Comparator.comparingLong(Handling::deviceSeq)
            .thenComparing(Handling::happenedAt)
            .thenComparing(Handling::id);

    private static final Comparator<Event> IN_TIME = Comparator.comparing(Event::at)
            .thenComparing(e -> e.handling().deviceSeq())
            .thenComparing(e -> e.handling().id());

    static History of(Collection<Handling> reported) {
        Map<UUID, Handling> known = new LinkedHashMap<>();
        reported.forEach(h -> known.putIfAbsent(h.id(), h));
        Map<UUID, Contradiction> badVoids = new HashMap<>();
        Set<UUID> voided = new HashSet<>();
        known.values().stream().filter(h -> h.code() == HandlingCode.VOIDED).forEach(h -> {
            Handling target = known.get(h.voids());
            if (target == null) {
                return;
            }
            if (target.code() == HandlingCode.VOIDED) {
                badVoids.put(h.id(), Contradiction.VOID_OF_VOID);
            } else if (!answeredFor(h, target) && !nobodyHadHeard(h, target)) {
                badVoids.put(h.id(), Contradiction.SUPERVISOR_NEEDED);
            } else {
                voided.add(target.id());
            }
        });
        List<Handling> standing = known.values().stream()
                .filter(h -> h.code() != HandlingCode.VOIDED && !voided.contains(h.id()))
                .sorted(ON_ITS_DEVICE)
                .toList();
        return new History(inTime(standing), badVoids);
    }

    /** By a supervisor; nobody answers alone for money they took themselves. */
    private static boolean answeredFor(Handling voiding, Handling target) {
        return voiding.supervisor() != null
                && !(target.money() && voiding.supervisor().equals(target.actor()));
    }

    /** Taken back on the phone before anybody had heard of it: nobody acted on it, and no supervisor has to. */
    private static boolean nobodyHadHeard(Handling voiding, Handling target) {
        return voiding.device().equals(target.device()) && !voiding.recordedAt().isAfter(target.recordedAt());
    }

    private static List<Event> inTime(List<Handling> byDeviceOrder) {
        Map<String, Instant> latest = new HashMap<>();
        return byDeviceOrder.stream()
                .map(h -> new Event(h, latest.merge(h.device(), h.happenedAt(), (a, b) -> a.isAfter(b) ? a : b)))
                .map(e -> decides(e.handling().code()) ? new Event(e.handling(), heard(e)) : e)
                .sorted(IN_TIME)
                .toList();
    }

    /**
     * That an item is lost, or no longer wanted, is what somebody decided, not what the item went through. It counts from
     * when we heard of it, and undoes nothing that happened before.
     */
    private static boolean decides(HandlingCode code) {
        return code == HandlingCode.CANCELLED || code == HandlingCode.LOST;
    }

    private static Instant heard(Event event) {
        Instant heard = event.handling().recordedAt();
        return heard.isAfter(event.at()) ? heard : event.at();
    }
}
