package vn.bocau.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Samples;
import vn.bocau.journal.Samples.Sample;
import vn.bocau.journal.Stretches;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/**
 * The living map: the stretches as the running routes have them, in the order of the files of {@code routes/}, with what the
 * rows say of each now or said at an earlier minute. A route that is added is on it.
 */
@Component
class LineMap {

    /**
     * @param at of when the numbers are; null when none are kept of the moment asked for
     * @param files in the order of travel; without the lines
     */
    record Picture(@Nullable Instant at, List<Place> files, List<Line> lines) {

        /** Height of the drawing. */
        public int rows() {
            return Math.max(Math.max(ways().size(), lines.size()), 1);
        }

        public List<Place> ways() {
            return files.stream().filter(place -> place.number < 20).toList();
        }

        public List<Place> behind() {
            return files.stream().filter(place -> place.number >= 20).toList();
        }
    }

    /**
     * A file of routes.
     *
     * @param stretches its routes, by their ids
     * @param perMinute null where nothing is counted by message
     */
    record Place(
            int number,
            String name,
            List<Stretch> stretches,
            @Nullable Double perMinute,
            long parked,
            @Nullable Double oldest,
            List<Stretches.Pause> pauses) {

        public long inFlight() {
            return stretches.stream().mapToLong(Stretch::inFlight).sum();
        }

        /** Of its routes the one on which messages took longest. */
        public @Nullable Stretch slowest() {
            return stretches.stream()
                    .filter(stretch -> stretch.p95 != null)
                    .max(Comparator.comparing(Stretch::p95))
                    .orElse(null);
        }
    }

    /**
     * A route.
     *
     * @param what it is for
     * @param inFlight messages on it
     * @param p50 seconds a message took on it, of the last five minutes; null when none did. Both of the node that looked
     */
    record Stretch(
            String id,
            String what,
            long inFlight,
            @Nullable Double p50,
            @Nullable Double p95) {

        private static Stretch of(String id, String what, @Nullable Sample sample) {
            return sample == null
                    ? new Stretch(id, what, 0, null, null)
                    : new Stretch(id, what, Objects.requireNonNullElse(sample.depth(), 0L), sample.p50(), sample.p95());
        }
    }

    /**
     * The line to a partner, from the template in {@code routes/50}.
     *
     * @param runs whether the node that looked had its route
     */
    record Line(
            String partner,
            String name,
            String state,
            double perMinute,
            long depth,
            long parked,
            @Nullable Double oldest,
            @Nullable Double oldestDossier,
            @Nullable Double p50,
            @Nullable Double p95,
            boolean runs) {}

    private static final Pattern FILE = Pattern.compile(".*?(\\d\\d)-([a-z-]+)\\.camel\\.yaml.*");

    private final CamelContext camel;
    private final Samples samples;
    private final Directories directories;

    LineMap(CamelContext camel, Samples samples, Directories directories) {
        this.camel = camel;
        this.samples = samples;
        this.directories = directories;
    }

    /** @param moment null for now */
    Picture of(@Nullable Instant moment, Authentication who) {
        Grants grants = Grants.of(who);
        List<Sample> all = moment == null ? samples.now() : samples.at(moment);
        Map<String, List<Sample>> byStretch = all.stream().collect(Collectors.groupingBy(Sample::stretch));
        List<Stretches.Pause> paused =
                all.stream().map(Sample::pause).filter(Objects::nonNull).toList();
        List<Place> files = new ArrayList<>();
        files().forEach((file, routes) -> files.add(place(file, routes, byStretch, paused)));
        List<Line> lines = all.stream()
                .filter(sample -> !sample.partner().isEmpty() && grants.may(Right.SEE, sample.partner()))
                .filter(sample -> speaks(sample.partner()) || open(sample) > 0)
                .map(this::line)
                .sorted(Comparator.comparing(Line::partner))
                .toList();
        return new Picture(
                all.stream().map(Sample::at).findFirst().orElse(moment == null ? Instant.now() : null), files, lines);
    }

    private static long open(Sample sample) {
        return Objects.requireNonNullElse(sample.depth(), 0L) + Objects.requireNonNullElse(sample.parked(), 0L);
    }

    private boolean speaks(String partner) {
        return directories
                .current()
                .partner(partner)
                .filter(p -> p.delivery() == Partner.Delivery.PUSH)
                .isPresent();
    }

    private Line line(Sample sample) {
        return new Line(
                sample.partner(),
                directories
                        .current()
                        .partner(sample.partner())
                        .map(Partner::name)
                        .orElse(sample.partner()),
                Objects.requireNonNullElse(sample.state(), "OPEN"),
                Objects.requireNonNullElse(sample.perMinute(), 0.0),
                Objects.requireNonNullElse(sample.depth(), 0L),
                Objects.requireNonNullElse(sample.parked(), 0L),
                sample.oldest(),
                sample.oldestDossier(),
                sample.p50(),
                sample.p95(),
                sample.runs());
    }

    /** Routes by the file they were read from; those drawn from a template are lines, or folders that are looked into. */
    private TreeMap<String, Map<String, String>> files() {
        var files = new TreeMap<String, Map<String, String>>();
        for (RouteDefinition route : ((ModelCamelContext) camel).getRouteDefinitions()) {
            Matcher file = FILE.matcher(
                    route.getResource() == null ? "" : route.getResource().getLocation());
            if (file.matches() && (route.isTemplate() == null || !route.isTemplate())) {
                files.computeIfAbsent(file.group(1) + "-" + file.group(2), f -> new TreeMap<>())
                        .put(route.getId(), Objects.requireNonNullElse(route.getDescriptionText(), ""));
            }
        }
        return files;
    }

    private static Place place(
            String file, Map<String, String> routes, Map<String, List<Sample>> samples, List<Stretches.Pause> paused) {
        Set<String> doors = routes.keySet().stream().map(LineMap::door).collect(Collectors.toSet());
        List<Sample> mine = samples.entrySet().stream()
                .filter(entry -> entry.getKey().contains(".") && doors.contains(door(entry.getKey())))
                .flatMap(entry -> entry.getValue().stream())
                .filter(sample -> sample.partner().isEmpty())
                .toList();
        return new Place(
                Integer.parseInt(file.substring(0, 2)),
                file.substring(3),
                routes.entrySet().stream()
                        .map(route -> Stretch.of(
                                route.getKey(),
                                route.getValue(),
                                samples.getOrDefault(route.getKey(), List.of()).stream()
                                        .findFirst()
                                        .orElse(null)))
                        .toList(),
                mine.isEmpty()
                        ? null
                        : mine.stream()
                                .map(Sample::perMinute)
                                .filter(Objects::nonNull)
                                .mapToDouble(Double::doubleValue)
                                .sum(),
                mine.stream()
                        .map(Sample::parked)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sum(),
                mine.stream()
                        .map(Sample::oldest)
                        .filter(Objects::nonNull)
                        .max(Double::compare)
                        .orElse(null),
                paused.stream()
                        .filter(pause -> routes.containsKey(pause.stretch()))
                        .toList());
    }

    /** A way in and the kinds of message it takes begin with the same word. */
    private static String door(String name) {
        return name.split("[.-]")[0];
    }
}
