package vn.bocau.console;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Feed;
import vn.bocau.journal.Records;
import vn.bocau.journal.Relay;
import vn.bocau.journal.Samples;
import vn.bocau.journal.Samples.Sample;
import vn.bocau.journal.Stretches;
import vn.bocau.wire.Unheard;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;
import vn.bocau.wire.out.Carriers;

/**
 * The living map: the stretches as the running routes have them, in the order of the files of {@code routes/}, with what the
 * rows say of each now or said at an earlier minute. A route that is added is on it.
 */
@Component
class LineMap {

    /**
     * @param at of when the numbers are; null when none are kept of the moment asked for
     * @param files in the order of travel; without the lines
     * @param gone stretches that were stopped, of which there is no route any more
     * @param broker why ours takes nothing from this node now; null when it does, and of an earlier moment
     */
    record Picture(
            @Nullable Instant at,
            List<Place> files,
            List<Line> lines,
            List<Stretches.Pause> gone,
            Relay.@Nullable Away broker) {

        /** Height of the drawing. */
        public int rows() {
            return Math.max(Math.max(ways().size(), behind().size()), Math.max(lines.size(), 1));
        }

        /** Which of those behind the doors tells on: all ways in lead to it, and all lines from it. */
        public int relay() {
            return (int)
                    behind().stream().takeWhile(place -> place.number < RELAY).count();
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
     * @param perMinute messages that came in; where no kind of message does, how often its routes ran. Like parked, which is null there,
     *     and the oldest it is of all partners together, and null to whoever may not see them all
     */
    record Place(
            int number,
            String name,
            List<Stretch> stretches,
            @Nullable Double perMinute,
            @Nullable Long parked,
            @Nullable Double oldest,
            @Nullable Double oldestDossier,
            List<Stretches.Pause> pauses) {

        /** What lays on the lines. */
        public boolean lays() {
            return number == RELAY;
        }

        public boolean hasParked() {
            return parked != null && parked > 0;
        }

        public long inFlight() {
            return stretches.stream().mapToLong(Stretch::inFlight).sum();
        }

        /** How often in the last minute a route of it ended with a failure, also where it knew what to do then. */
        public double failed() {
            return stretches.stream()
                    .map(Stretch::failed)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .sum();
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
     * @param perMinute how often it ran in the last minute; null to whoever may not see all partners
     * @param failed of these, how often it ended with a failure, also where it knew what to do then
     * @param p50 seconds a message took on it, of the last five minutes; null when none did. All of the node that looked
     */
    record Stretch(
            String id,
            String what,
            long inFlight,
            @Nullable Double perMinute,
            @Nullable Double failed,
            @Nullable Double p50,
            @Nullable Double p95) {

        private static Stretch of(String id, String what, @Nullable Sample sample, boolean counted) {
            Double none = counted ? 0.0 : null;
            return sample == null
                    ? new Stretch(id, what, 0, none, none, null, null)
                    : new Stretch(
                            id,
                            what,
                            Objects.requireNonNullElse(sample.depth(), 0L),
                            counted ? Objects.requireNonNullElse(sample.perMinute(), 0.0) : null,
                            counted ? Objects.requireNonNullElse(sample.failed(), 0.0) : null,
                            sample.p50(),
                            sample.p95());
        }
    }

    /**
     * The line to a partner, from the template in {@code routes/50}; of one who fetches what waits for it.
     *
     * @param state of the line; without one how the partner hears of us, UNFETCHED when it should have fetched long ago
     * @param runs whether the node that looked had its route
     * @param pause who stopped it, since when and why; null unless PAUSED
     * @param trouble what is wrong now though it is not held; null when nothing is
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
            boolean runs,
            Stretches.@Nullable Pause pause,
            @Nullable Trouble trouble) {

        /** Nothing is carried to it, so there is nothing to pause. */
        public boolean fetches() {
            return state.equals(FETCH) || state.equals(UNFETCHED);
        }

        /** Whether there is one that can be paused, and tried. */
        public boolean isDrawn() {
            return DRAWN.contains(state);
        }

        /** What the drawing shows of all that is known of it. */
        public String colour() {
            return trouble == null ? tone() : "bad";
        }

        /** What colour tells of its state. */
        public String tone() {
            return switch (state) {
                case "OPEN" -> "good";
                case "PAUSED", "RESTING" -> "warn";
                case FETCH -> "";
                default -> "bad";
            };
        }
    }

    /** @param what UNMOVED of an open line on which nothing goes; SILENT of a feed, DROP of files that cannot be read */
    record Trouble(String what, Instant since, @Nullable Text reason) {}

    /**
     * @param takes kind of the messages that come in by it; null when none do
     * @param partner whose alone it is; null when it is everybody's
     */
    private record Route(
            String what, @Nullable String takes, @Nullable String partner) {

        boolean seenBy(Grants grants) {
            return partner == null || grants.may(Right.SEE, partner);
        }
    }

    /** Files by their numbers: what lays on the lines, and what is done beside the way of a message. */
    private static final int RELAY = 40;

    private static final int BESIDES = 70;

    static final String UNFETCHED = "UNFETCHED";

    private static final Set<String> DRAWN = Set.of("OPEN", "HELD", "PROBING", "RESTING", "PAUSED");

    private static final String FETCH = "FETCH";
    private static final String LINE = "line.";
    private static final String DOOR = "direct:";
    private static final Pattern FILE = Pattern.compile(".*?(\\d\\d)-([a-z-]+)\\.camel\\.yaml.*");

    private final CamelContext camel;
    private final Samples samples;
    private final Directories directories;
    private final Records records;
    private final Carriers carriers;
    private final List<Unheard> unheard;
    private final Relay relay;

    LineMap(
            CamelContext camel,
            Samples samples,
            Directories directories,
            Records records,
            Carriers carriers,
            List<Unheard> unheard,
            Relay relay) {
        this.records = records;
        this.carriers = carriers;
        this.unheard = unheard;
        this.relay = relay;
        this.camel = camel;
        this.samples = samples;
        this.directories = directories;
    }

    /** @param moment null for now */
    Picture of(@Nullable Instant moment, Authentication who) {
        Grants grants = Grants.of(who);
        List<Sample> all = moment == null ? samples.now() : samples.at(moment);
        Map<String, List<Sample>> byStretch = all.stream().collect(Collectors.groupingBy(Sample::stretch));
        List<Stretches.Pause> paused = all.stream()
                .filter(sample -> !sample.stretch().startsWith(LINE))
                .map(Sample::pause)
                .filter(Objects::nonNull)
                .toList();
        TreeMap<String, Map<String, Route>> routes = files(paused);
        List<Place> files = routes.keySet().stream()
                .map(file -> place(file, routes, byStretch, paused, grants))
                .toList();
        Set<String> shown =
                routes.values().stream().flatMap(of -> of.keySet().stream()).collect(Collectors.toSet());
        Instant at = all.stream().map(Sample::at).findFirst().orElse(moment == null ? Instant.now() : null);
        Set<String> singly = moment == null ? records.singly() : Set.of();
        Map<String, Trouble> troubles = moment == null ? troubles() : Map.of();
        List<Line> lines = Stream.concat(
                        all.stream().filter(sample -> !sample.partner().isEmpty()),
                        at == null || moment != null ? Stream.of() : idle(all, at, troubles.keySet()))
                .filter(sample -> grants.may(Right.SEE, sample.partner()))
                .filter(sample ->
                        isTold(sample.partner()) || open(sample) > 0 || troubles.containsKey(sample.partner()))
                .map(sample -> line(sample, troubles.get(sample.partner()), singly.contains(sample.partner())))
                .sorted(Comparator.comparing(Line::partner))
                .toList();
        return new Picture(
                at,
                files,
                lines,
                paused.stream()
                        .filter(pause -> !shown.contains(pause.stretch()))
                        .toList(),
                moment == null ? relay.brokerAway().orElse(null) : null);
    }

    /** What is told on no line, and what stands on one that is open. */
    private Map<String, Trouble> troubles() {
        Map<String, Trouble> all = new HashMap<>();
        records.unmoved()
                .forEach((partner, since) -> directories
                        .current()
                        .partner(partner)
                        .filter(known -> known.delivery() == Partner.Delivery.PUSH)
                        .ifPresent(known -> all.put(partner, new Trouble("UNMOVED", since, LinesApi.UNMOVED))));
        unheard.stream()
                .flatMap(each -> each.silent().stream())
                .forEach(drop -> all.put(drop.partner(), new Trouble("DROP", drop.since(), drop.reason())));
        for (Carriers.Reached feed : carriers.reached()) {
            if (feed.silentSince() != null) {
                all.put(feed.partner(), new Trouble("SILENT", feed.silentSince(), feed.reason()));
            }
        }
        return all;
    }

    private static long open(Sample sample) {
        return Objects.requireNonNullElse(sample.depth(), 0L) + Objects.requireNonNullElse(sample.parked(), 0L);
    }

    /** Who fetches has no line, and of whom nothing waits there is no sample: that too is to be seen, as is who cannot be heard. */
    private Stream<Sample> idle(List<Sample> all, Instant at, Set<String> troubled) {
        Set<String> sampled = all.stream().map(Sample::partner).collect(Collectors.toSet());
        return directories.current().partners().stream()
                .filter(partner -> (partner.delivery() == Partner.Delivery.FETCH || troubled.contains(partner.id()))
                        && !sampled.contains(partner.id()))
                .map(partner -> new Sample(
                        at,
                        LINE + partner.id(),
                        partner.id(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null));
    }

    private boolean isTold(String partner) {
        return directories
                .current()
                .partner(partner)
                .filter(p -> p.delivery() != Partner.Delivery.NONE)
                .isPresent();
    }

    private Line line(Sample sample, @Nullable Trouble trouble, boolean singly) {
        Optional<Partner> partner = directories.current().partner(sample.partner());
        return new Line(
                sample.partner(),
                partner.map(Partner::name).orElse(sample.partner()),
                state(sample, partner.map(Partner::delivery).orElse(null), singly),
                Objects.requireNonNullElse(sample.perMinute(), 0.0),
                Objects.requireNonNullElse(sample.depth(), 0L),
                Objects.requireNonNullElse(sample.parked(), 0L),
                sample.oldest(),
                sample.oldestDossier(),
                sample.p50(),
                sample.p95(),
                sample.runs(),
                sample.pause(),
                trouble);
    }

    private static String state(Sample sample, Partner.@Nullable Delivery delivery, boolean singly) {
        if (delivery == Partner.Delivery.FETCH) {
            // The oldest may be one that is parked, which no partner can fetch.
            boolean waits = !singly
                    && Objects.requireNonNullElse(sample.depth(), 0L) > 0
                    && Objects.requireNonNullElse(sample.parked(), 0L) == 0;
            return waits && sample.oldest() != null && sample.oldest() > Feed.LONG_UNFETCHED.toSeconds()
                    ? UNFETCHED
                    : FETCH;
        }
        if (delivery != Partner.Delivery.PUSH) {
            // Its line was drawn once, and is not used.
            return delivery == null ? "GONE" : delivery.name();
        }
        return sample.state() != null ? sample.state() : delivery.name();
    }

    /**
     * Routes by the file they were read from, and those that were stopped and do not run: a way in of a partner that left. Lines have
     * a table of their own.
     */
    private TreeMap<String, Map<String, Route>> files(List<Stretches.Pause> paused) {
        var model = (ModelCamelContext) camel;
        var files = new TreeMap<String, Map<String, Route>>();
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (route.isTemplate() == null || !route.isTemplate()) {
                file(route.getResource()).ifPresent(file -> put(files, file, route.getId(), route, null));
            }
        }
        for (RouteTemplateDefinition template : model.getRouteTemplateDefinitions()) {
            String drawn = template.getId() + ".";
            if (!drawn.equals(LINE)) {
                file(template.getResource())
                        .or(() -> file(template.getRoute().getResource()))
                        .ifPresent(file -> Stream.concat(
                                        model.getRouteDefinitions().stream().map(RouteDefinition::getId),
                                        paused.stream().map(Stretches.Pause::stretch))
                                .filter(id -> id.startsWith(drawn))
                                .forEach(
                                        id -> put(files, file, id, template.getRoute(), id.substring(drawn.length()))));
            }
        }
        return files;
    }

    private static Optional<String> file(@Nullable Resource resource) {
        Matcher file = FILE.matcher(resource == null ? "" : resource.getLocation());
        return file.matches() ? Optional.of(file.group(1) + "-" + file.group(2)) : Optional.empty();
    }

    private static void put(
            Map<String, Map<String, Route>> files,
            String file,
            String id,
            RouteDefinition route,
            @Nullable String partner) {
        String from = route.getInput().getEndpointUri();
        files.computeIfAbsent(file, f -> new TreeMap<>())
                .put(
                        id,
                        new Route(
                                Objects.requireNonNullElse(route.getDescriptionText(), ""),
                                from.startsWith(DOOR) ? from.substring(DOOR.length()) : null,
                                partner));
    }

    /** Which file a kind of message goes by: the one with its door; of one that has none any more the first with others like it. */
    private static @Nullable String home(String kind, TreeMap<String, Map<String, Route>> files) {
        return files.entrySet().stream()
                .filter(file -> file.getValue().values().stream().anyMatch(route -> kind.equals(route.takes)))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> files.entrySet().stream()
                        .filter(file -> file.getValue().values().stream()
                                .anyMatch(route ->
                                        route.takes != null && door(kind).equals(door(route.takes))))
                        .map(Map.Entry::getKey)
                        .findFirst())
                .orElse(null);
    }

    private static Place place(
            String file,
            TreeMap<String, Map<String, Route>> files,
            Map<String, List<Sample>> samples,
            List<Stretches.Pause> paused,
            Grants grants) {
        Map<String, Route> routes = new TreeMap<>(files.getOrDefault(file, Map.of()));
        routes.values().removeIf(route -> !route.seenBy(grants));
        boolean all = grants.mayForAll(Right.SEE);
        List<Sample> mine = samples.entrySet().stream()
                .filter(entry -> all && isKind(entry.getKey(), files) && file.equals(home(entry.getKey(), files)))
                .flatMap(entry -> entry.getValue().stream())
                .filter(sample -> sample.partner().isEmpty() && sample.perMinute() != null)
                .toList();
        int number = Integer.parseInt(file.substring(0, 2));
        // Nothing having come is a number too; of another time than what is kept nothing is known.
        boolean seen = all && !samples.isEmpty();
        boolean counted = seen
                && number < BESIDES
                && files.getOrDefault(file, Map.of()).values().stream()
                        .anyMatch(route -> route.takes != null && route.takes.contains("."));
        List<Stretch> stretches = routes.entrySet().stream()
                .map(route -> Stretch.of(
                        route.getKey(),
                        route.getValue().what,
                        samples.getOrDefault(route.getKey(), List.of()).stream()
                                .findFirst()
                                .orElse(null),
                        seen))
                .toList();
        Stream<@Nullable Double> rates = counted
                ? mine.stream().map(Sample::perMinute)
                : stretches.stream().map(Stretch::perMinute);
        return new Place(
                number,
                file.substring(3),
                stretches,
                seen
                        ? rates.filter(Objects::nonNull)
                                .mapToDouble(Double::doubleValue)
                                .sum()
                        : null,
                counted
                        ? mine.stream()
                                .map(Sample::parked)
                                .filter(Objects::nonNull)
                                .mapToLong(Long::longValue)
                                .sum()
                        : null,
                longest(mine, Sample::oldest),
                longest(mine, Sample::oldestDossier),
                paused.stream()
                        .filter(pause -> routes.containsKey(pause.stretch()))
                        .toList());
    }

    private static @Nullable Double longest(List<Sample> samples, Function<Sample, @Nullable Double> age) {
        return samples.stream()
                .map(age)
                .filter(Objects::nonNull)
                .max(Double::compare)
                .orElse(null);
    }

    /** Of what came there is a sample by kind; a route drawn from a template may be called like one. */
    private static boolean isKind(String stretch, TreeMap<String, Map<String, Route>> files) {
        return stretch.contains(".") && files.values().stream().noneMatch(of -> of.containsKey(stretch));
    }

    /** Kinds of message that come from the same side begin with the same word. */
    private static String door(String kind) {
        return kind.split("[.]")[0];
    }
}
