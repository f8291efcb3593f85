package vn.bocau.dossier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.OwnerKind;

/** What is open at a post office, as its supervisor looks at it. Holds personal data. */
@Component
public class OfficeLegs {

    private final OpenStops stops;
    private final Journeys journeys;
    private final Destinations destinations;
    private final Directories directories;

    OfficeLegs(OpenStops stops, Journeys journeys, Destinations destinations, Directories directories) {
        this.stops = stops;
        this.journeys = journeys;
        this.destinations = destinations;
        this.directories = directories;
    }

    /**
     * Which legs.
     *
     * @param commune five digits where the next act is to be done, {@code none} for addresses in words alone; null for any
     * @param worker user name of whom they are assigned to; null for any
     * @param overdue only those past their deadline
     * @param ofOthers also what an agency, a citizen or an operator owes on legs of this office
     */
    public record Wanted(
            @Nullable String commune, @Nullable String worker, boolean overdue, boolean ofOthers, int from, int size) {}

    /**
     * A leg with the one next act owed on it.
     *
     * @param dossier its first code
     * @param item null until there is an envelope
     * @param ownerName of an agency; null for everybody else
     * @param worker user name of whom it is assigned to; null when to nobody
     * @param singly assigned by itself, not by its commune
     * @param version of its own assignment, to be named when it is changed; 0 when there never was one
     */
    public record Open(
            UUID leg,
            String dossier,
            Word kind,
            @Nullable String item,
            Word step,
            Word next,
            String ownerKind,
            String owner,
            @Nullable String ownerName,
            Instant dueAt,
            Word rule,
            String name,
            String street,
            @Nullable String commune,
            @Nullable String communeName,
            @Nullable String worker,
            boolean singly,
            int version) {

        /** Without anything personal. */
        @Override
        public String toString() {
            return "Open[" + leg + "]";
        }
    }

    /** @param total how many there are in all */
    public record Page(long total, List<Open> legs) {}

    /** The most urgent first. */
    @Transactional(readOnly = true)
    public Page of(String office, Wanted wanted) {
        OpenStops.Wanted asked =
                new OpenStops.Wanted(office, wanted.commune(), wanted.worker(), wanted.overdue(), wanted.ofOthers());
        List<OpenStops.Stop> found = stops.find(asked, wanted.from(), wanted.size());
        Map<UUID, Journey> known = journeys.read(
                found.stream().map(OpenStops.Stop::dossier).distinct().toArray(UUID[]::new));
        List<Open> legs = new ArrayList<>();
        for (OpenStops.Stop stop : found) {
            Journey journey = Objects.requireNonNull(known.get(stop.dossier()));
            journey.leg(stop.leg()).ifPresent(leg -> {
                Obligation obligation = journey.obligation(leg);
                if (obligation.next() != null) {
                    legs.add(open(journey, leg, destinations.of(leg, office), obligation, obligation.next(), stop));
                }
            });
        }
        return new Page(stops.count(asked), legs);
    }

    private Open open(
            Journey journey,
            Leg leg,
            Party where,
            Obligation obligation,
            Obligation.Next next,
            OpenStops.Stop assigned) {
        return new Open(
                leg.id(),
                journey.dossier().codes().get(0).code(),
                Word.of(leg.facts().kind(), leg.facts().kind().text()),
                leg.facts().item(),
                Word.of(leg.step(), leg.step().text()),
                Word.of(next.act(), next.act().text()),
                next.ownerKind().name(),
                next.owner(),
                next.ownerKind() == OwnerKind.AGENCY ? agency(next.owner()) : null,
                assigned.dueAt(),
                Word.of(obligation.rule().code(), obligation.rule().text()),
                where.name(),
                where.street(),
                where.commune(),
                where.commune() == null ? null : commune(where.commune()),
                assigned.worker(),
                assigned.singly(),
                assigned.version());
    }

    /** @param name null when the commune is not in force */
    public record Load(@Nullable String commune, @Nullable String name, long open, long overdue) {}

    /** How much is open in each commune, or overdue; the most urgent first. */
    @Transactional(readOnly = true)
    public List<Load> byCommune(String office, boolean overdue, boolean ofOthers) {
        return stops.byCommune(new OpenStops.Wanted(office, null, null, overdue, ofOthers)).stream()
                .map(load -> new Load(
                        load.commune(),
                        load.commune() == null ? null : commune(load.commune()),
                        load.open(),
                        load.overdue()))
                .toList();
    }

    private @Nullable String agency(String id) {
        return directories.current().agency(id).map(Agency::name).orElse(null);
    }

    private @Nullable String commune(String code) {
        return Optional.of(code)
                .flatMap(c -> directories.current().commune(c, Legs.today()))
                .map(Commune::fullName)
                .orElse(null);
    }
}
