package vn.bocau.code;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of one name that come and go. Micrometer's own {@code MultiGauge} takes each away and puts it back whenever it is
 * told its number: who reads meanwhile finds the last one twice, and gets none of all metrics.
 */
public final class Numbers {

    private final MeterRegistry registry;
    private final String name;
    private final @Nullable String unit;
    private final String description;
    private final Map<Tags, Shown> shown = new HashMap<>();

    /** @param unit such as {@code seconds}; null for what is counted */
    public Numbers(MeterRegistry registry, String name, @Nullable String unit, String description) {
        this.registry = registry;
        this.name = name;
        this.unit = unit;
        this.description = description;
    }

    /** One of them: a number, and by what it is told from the others. */
    public record Row(Tags tags, double number) {}

    /** From now on these and no others. */
    public synchronized void show(List<Row> rows) {
        Set<Tags> gone = new HashSet<>(shown.keySet());
        for (Row row : rows) {
            gone.remove(row.tags);
            shown.computeIfAbsent(row.tags, Shown::new).number = row.number;
        }
        gone.forEach(tags -> registry.remove(Objects.requireNonNull(shown.remove(tags)).gauge));
    }

    /** The same by one tag alone. */
    public void show(String tag, Map<String, ? extends Number> numbers) {
        show(numbers.entrySet().stream()
                .map(each ->
                        new Row(Tags.of(tag, each.getKey()), each.getValue().doubleValue()))
                .collect(Collectors.toList()));
    }

    private final class Shown {

        private final Gauge gauge;
        private volatile double number;

        Shown(Tags tags) {
            gauge = Gauge.builder(name, this, shown -> shown.number)
                    .description(description)
                    .baseUnit(unit)
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
        }
    }
}
