package vn.bocau.journal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The partners this node carries messages to. */
@Component
class Ways {

    /**
     * One way.
     *
     * @param queue the broker's queue that leads to the partner
     * @param window how many messages may be between the relay and the partner's confirmation at once
     */
    record Way(String queue, int window) {}

    private final Map<String, Way> ways = new ConcurrentHashMap<>();

    void put(String partner, Way way) {
        ways.put(partner, way);
    }

    void remove(String partner) {
        ways.remove(partner);
    }

    Optional<Way> to(String partner) {
        return Optional.ofNullable(ways.get(partner));
    }

    Set<String> partners() {
        return new TreeSet<>(ways.keySet());
    }
}
