package vn.bocau.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Since when some things stand, as this node has seen at each of its looks: a node that was started anew begins anew. */
final class Lasting {

    private final Map<String, Instant> since = new HashMap<>();

    /** @return those that have stood for this long without a break */
    synchronized Set<String> of(Set<String> standing, Instant now, Duration time) {
        since.keySet().retainAll(standing);
        standing.forEach(one -> since.putIfAbsent(one, now));
        return since.entrySet().stream()
                .filter(one -> !one.getValue().plus(time).isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
