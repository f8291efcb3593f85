package vn.bocau.dossier;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything outside carriers were told of a dossier, in the order of the telling: what was taken back may be done all the
 * same, an envelope may be ordered again, on another leg, or of another carrier, and what is heard late was done for what
 * had been told by then. Shared by its legs; used under the lock of their {@link Journey} alone.
 */
final class OrderBook {

    private final NavigableMap<Integer, CarrierOrder> orders = new TreeMap<>();
    private final NavigableMap<Integer, CarrierOrder> changed = new TreeMap<>();

    OrderBook(Collection<CarrierOrder> known) {
        known.forEach(order -> orders.put(order.turn(), order));
    }

    /** What that carrier was told last under that number. */
    Optional<CarrierOrder> under(String carrier, @Nullable String item) {
        return every(carrier, item).reduce((before, after) -> after);
    }

    /** What it had been told last by then. Nobody does what he was never told: before the first, a clock was slow. */
    Optional<CarrierOrder> under(String carrier, @Nullable String item, Instant then) {
        return every(carrier, item)
                .filter(order -> !order.at().isAfter(then))
                .reduce((before, after) -> after)
                .or(() -> every(carrier, item).findFirst());
    }

    /** It was told not to: by then, or since. */
    boolean isTakenBack(String carrier, @Nullable String item, Instant then) {
        return Stream.of(under(carrier, item), under(carrier, item, then))
                .flatMap(Optional::stream)
                .anyMatch(CarrierOrder::cancelled);
    }

    /** What it was told under that number, one after the other. */
    private Stream<CarrierOrder> every(String carrier, @Nullable String item) {
        return orders.values().stream()
                .filter(order -> order.carrier().equals(carrier) && order.item().equals(item));
    }

    /** What that carrier was told of a leg, under whatever number. */
    Stream<CarrierOrder> told(String carrier, UUID leg) {
        return orders.values().stream()
                .filter(order -> order.carrier().equals(carrier) && order.leg().equals(leg));
    }

    /** What carriers were told last, of each number, when that was of this leg. */
    List<CarrierOrder> of(UUID leg) {
        return orders.values().stream()
                .filter(order -> order.leg().equals(leg))
                .filter(order -> under(order.carrier(), order.item())
                        .filter(last -> last.turn() == order.turn())
                        .isPresent())
                .toList();
    }

    int nextTurn() {
        return orders.isEmpty() ? 1 : orders.lastKey() + 1;
    }

    void put(CarrierOrder order) {
        orders.put(order.turn(), order);
        changed.put(order.turn(), order);
    }

    /** What has to be written. */
    Collection<CarrierOrder> changed() {
        return changed.values();
    }
}
