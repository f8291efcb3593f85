package vn.bocau.dossier;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything outside carriers were told of a dossier, each number with what was said under it last: what was taken back may
 * be done all the same, and an envelope may be ordered again, on another leg, or of another carrier. Shared by its legs;
 * used under the lock of their {@link Journey} alone.
 */
final class OrderBook {

    private record Number(String carrier, String item) {}

    private final Map<Number, CarrierOrder> orders = new HashMap<>();
    private final Map<Number, CarrierOrder> changed = new LinkedHashMap<>();

    OrderBook(Collection<CarrierOrder> known) {
        known.forEach(order -> orders.put(number(order), order));
    }

    /** What that carrier was told under that number. */
    Optional<CarrierOrder> under(String carrier, @Nullable String item) {
        return item == null ? Optional.empty() : Optional.ofNullable(orders.get(new Number(carrier, item)));
    }

    /** What carriers were told of a leg, in the order of the telling. */
    List<CarrierOrder> of(UUID leg) {
        return orders.values().stream()
                .filter(order -> order.leg().equals(leg))
                .sorted(Comparator.comparingInt(CarrierOrder::turn))
                .toList();
    }

    int nextTurn() {
        return orders.values().stream().mapToInt(CarrierOrder::turn).max().orElse(0) + 1;
    }

    void put(CarrierOrder order) {
        orders.put(number(order), order);
        changed.put(number(order), order);
    }

    /** What has to be written. */
    Collection<CarrierOrder> changed() {
        return changed.values();
    }

    private static Number number(CarrierOrder order) {
        return new Number(order.carrier(), order.item());
    }
}
