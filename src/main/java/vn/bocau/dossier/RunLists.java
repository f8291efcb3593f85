package vn.bocau.dossier;

import java.text.Collator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.ItemId;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Obligation;

/** What a worker takes along for the day: where to go, and what to fetch, deliver and collect there. */
@Component
public class RunLists {

    /** More than anybody can visit in a day. */
    private static final int MOST = 500;

    private static final Set<Act> ON_THE_ROAD = EnumSet.of(
            Act.ACCEPT_PICKUP, Act.COLLECT, Act.COLLECT_REST, Act.FETCH, Act.HAND_OVER, Act.DELIVER, Act.BRING_BACK);

    private final OpenStops stops;
    private final Journeys journeys;
    private final Destinations destinations;
    private final Directories directories;

    RunLists(OpenStops stops, Journeys journeys, Destinations destinations, Directories directories) {
        this.stops = stops;
        this.journeys = journeys;
        this.destinations = destinations;
        this.directories = directories;
    }

    /**
     * @param officeName null when the office has left the directory
     * @param worker user name
     */
    public record RunList(
            String office,
            @Nullable String officeName,
            String worker,
            LocalDate day,
            Instant madeAt,
            List<Stop> stops) {}

    /**
     * One item at one door. Personal data. Amounts in đồng.
     *
     * @param item grouped for the eye when it is an S10 identifier; null until there is an envelope
     * @param dossier its first code
     * @param commune with its kind; null when the address is in words alone
     */
    public record Stop(
            UUID leg,
            Word kind,
            Word next,
            @Nullable String item,
            String dossier,
            String name,
            String phone,
            String street,
            @Nullable String commune,
            long feeDue,
            long postageDue,
            long codDue,
            int originalsDue,
            boolean identityCheck,
            Instant dueAt,
            boolean overdue) {

        /** Without anything personal. */
        @Override
        public String toString() {
            return "Stop[" + leg + "]";
        }
    }

    /**
     * What is assigned to this worker and can be done today: the communes in the order of the alphabet, in each the streets,
     * at each door the most urgent first. What was agreed for a later day is not among it.
     */
    @Transactional(readOnly = true)
    public RunList of(String office, String worker) {
        Instant now = Legs.now();
        LocalDate today = Legs.today();
        List<OpenStops.Stop> found = stops.find(new OpenStops.Wanted(office, null, worker, false, false), 0, MOST);
        Map<UUID, Journey> known = journeys.read(
                found.stream().map(OpenStops.Stop::dossier).distinct().toArray(UUID[]::new));
        List<Stop> all = new ArrayList<>();
        for (OpenStops.Stop stop : found) {
            Journey journey = Objects.requireNonNull(known.get(stop.dossier()));
            journey.leg(stop.leg()).filter(leg -> !agreedForLater(leg, today)).ifPresent(leg -> {
                Obligation.Next next = journey.obligation(leg).next();
                if (next != null && ON_THE_ROAD.contains(next.act())) {
                    all.add(stop(journey, leg, destinations.of(leg, office), next, now));
                }
            });
        }
        Collator alphabet = Collator.getInstance(Locale.forLanguageTag("vi"));
        all.sort(Comparator.comparing((Stop stop) -> Objects.requireNonNullElse(stop.commune(), ""), alphabet)
                .thenComparing(Stop::street, alphabet)
                .thenComparing(Stop::dueAt));
        String name = directories.current().office(office).map(PostOffice::name).orElse(null);
        return new RunList(office, name, worker, today, now, List.copyOf(all));
    }

    private static boolean agreedForLater(Leg leg, LocalDate today) {
        LocalDate agreed = leg.progress().nextDate();
        return agreed != null && agreed.isAfter(today);
    }

    private Stop stop(Journey journey, Leg leg, Party where, Obligation.Next next, Instant now) {
        LegFacts facts = leg.facts();
        boolean atTheCitizen = where.equals(facts.citizen());
        Dues left = atTheCitizen ? leg.due().less(leg) : Dues.NONE;
        return new Stop(
                facts.id(),
                Word.of(facts.kind(), facts.kind().text()),
                Word.of(next.act(), next.act().text()),
                facts.item() == null ? null : grouped(facts.item()),
                journey.dossier().codes().get(0).code(),
                where.name(),
                where.phone(),
                where.street(),
                Optional.ofNullable(where.commune())
                        .flatMap(code -> directories.current().commune(code, Legs.today()))
                        .map(Commune::fullName)
                        .orElse(null),
                left.fee(),
                left.postage(),
                left.cod().amount(),
                left.originals(),
                atTheCitizen && facts.identityCheck(),
                next.dueAt(),
                next.dueAt().isBefore(now));
    }

    private static String grouped(String item) {
        ItemId read = ItemId.read(item).item();
        return read != null && read.value().equals(item) ? read.grouped() : item;
    }
}
