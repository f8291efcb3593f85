package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.ItemId;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;

/** Everything a batch of handlings touches: the journeys of its items, locked, and which of its handlings are known. */
final class Scene {

    /** Where a handling belongs. */
    record Place(Journey journey, Leg leg) {}

    /** @param conflict why a person has to look at it; null when nobody has to */
    record Known(Report report, @Nullable String conflict) {}

    /** @param unplaced nobody knows yet of which leg it is */
    record Kin(Report report, @Nullable String conflict, boolean unplaced) {}

    private final Collection<Journey> journeys;
    private final Set<String> discarded;
    private final Map<UUID, Known> known = new HashMap<>();
    private final List<Report> unplaced = new ArrayList<>();

    /** Those that the device has given to a handling already. */
    private final Set<Long> counts = new HashSet<>();

    private Scene(Collection<Journey> journeys, Set<String> discarded) {
        this.journeys = journeys;
        this.discarded = discarded;
    }

    /**
     * @param handlings that are reported, or voided
     * @param kin everything recorded that has to do with one of them, or has a count of this device that one of them has
     * @param discarded the keys of those that a person has given up
     */
    static Scene of(
            Collection<Journey> journeys,
            Collection<UUID> handlings,
            String device,
            List<Kin> kin,
            Set<String> discarded) {
        var scene = new Scene(journeys, discarded);
        for (Kin one : kin) {
            Report report = one.report();
            if (handlings.contains(report.id())) {
                scene.known.put(report.id(), new Known(report, one.conflict()));
            }
            if (one.unplaced() && report.voids() != null && handlings.contains(report.voids())) {
                scene.unplaced.add(report);
            }
            if (device.equals(report.device())) {
                scene.counts.add(report.deviceSeq());
            }
        }
        return scene;
    }

    Collection<Journey> journeys() {
        return journeys;
    }

    Optional<Known> known(UUID id) {
        return Optional.ofNullable(known.get(id));
    }

    /** A supervisor has decided that it was not done. */
    boolean givenUp(UUID id) {
        return discarded.contains(Handlings.keptAs(id.toString()));
    }

    /** The device has given this entry's count to another handling. */
    boolean counted(JsonNode entry) {
        return counts.contains(entry.path("seq").asLong());
    }

    /** From now on it is known to the rest of the batch. */
    void knows(Report report) {
        counts.add(report.deviceSeq());
        known.put(report.id(), new Known(report, null));
    }

    /** Voidings of this handling that arrived before it did. */
    List<Report> unplaced(UUID handling) {
        List<Report> waiting =
                unplaced.stream().filter(r -> handling.equals(r.voids())).toList();
        unplaced.removeAll(waiting);
        return waiting;
    }

    /** The place of a handling on one of our phones: by its leg, what it voids, or its item. */
    Optional<Place> place(JsonNode entry, HandlingCode code, Instant at) {
        if (entry.hasNonNull("leg")) {
            UUID leg = UUID.fromString(entry.path("leg").asText());
            Optional<Place> named = find(l -> l.id().equals(leg));
            boolean bearsIt = named.filter(place -> !entry.hasNonNull("item")
                            || item(entry.path("item").asText())
                                    .equals(place.leg().facts().item()))
                    .isPresent();
            // By its label, where that was another leg's by then.
            return bearsIt
                    ? named
                    : byItem(item(entry.path("item").asText()), code, at)
                            .filter(place -> code.provesPossession()
                                    || !at.isBefore(place.leg().facts().openedAt()))
                            .or(() -> named);
        }
        if (entry.hasNonNull("voids")) {
            UUID voided = UUID.fromString(entry.path("voids").asText());
            Optional<Place> place = find(l -> l.report(voided) != null);
            if (place.isPresent()) {
                return place;
            }
        }
        return entry.hasNonNull("item") ? byItem(item(entry.path("item").asText()), code, at) : Optional.empty();
    }

    /**
     * What an outside carrier means: it may know parcels alone, and says of papers that reach an agency that they were
     * delivered, whoever sent them.
     */
    JsonNode meant(JsonNode event) {
        String number = event.path("orderNumber").asText();
        boolean arrives = event.path("code").asText().equals(HandlingCode.DELIVERED.name());
        boolean inbound = event.hasNonNull("inbound")
                && find(l -> number.equals(l.facts().item()) || l.bore(number))
                        .map(place -> place.leg().facts().kind())
                        .filter(kind -> kind.inbound() || kind == LegKind.TRANSFER && arrives)
                        .isPresent();
        return inbound
                ? ((ObjectNode) event.deepCopy())
                        .put("code", event.path("inbound").asText())
                : event;
    }

    /** The place of what an outside carrier reports: our number of the order is the item's identifier. */
    Optional<Place> carried(JsonNode event, Instant at, String carrier) {
        HandlingCode code = HandlingCode.of(event.path("code").asText()).orElse(HandlingCode.UNKNOWN);
        String number = event.path("orderNumber").asText();
        return byItem(number, code, at)
                .filter(place -> place.leg().facts().carrier().equals(carrier)
                        || place.journey().orders().under(carrier, number).isPresent());
    }

    /**
     * An envelope that goes back is on its way back from the moment that was approved, but for what can only have happened
     * on the way out.
     */
    private Optional<Place> byItem(String item, HandlingCode code, Instant at) {
        Optional<Place> out = out(item, code, at);
        Optional<Place> back =
                find(l -> item.equals(l.facts().item()) && l.facts().kind() == LegKind.RETURN && !isUndone(l));
        if (out.isEmpty()) {
            // It comes back under a number that the leg it was sent on bears no more.
            out = back.flatMap(
                    there -> find(l -> l.id().equals(there.leg().facts().returns())));
        }
        if (back.isEmpty() || out.isEmpty()) {
            // Late, of an envelope that has borne another number since.
            return out.or(() -> back).or(() -> find(l -> l.bore(item)));
        }
        boolean bothTake = out.get().leg().facts().kind().takes(code) && LegKind.RETURN.takes(code);
        boolean onTheWayBack = !at.isBefore(back.get().leg().facts().openedAt());
        return bothTake ? (onTheWayBack ? back : out) : (LegKind.RETURN.takes(code) ? back : out);
    }

    /** Ordered again, an envelope is another leg's: what says nothing of who has it, and was said before, is of the former. */
    private Optional<Place> out(String item, HandlingCode code, Instant at) {
        Optional<Place> bears =
                find(l -> item.equals(l.facts().item()) && l.facts().kind() != LegKind.RETURN);
        boolean before = !code.provesPossession()
                && bears.filter(place -> at.isBefore(place.leg().facts().openedAt()))
                        .isPresent();
        return before
                ? find(l -> l.bore(item) && !at.isBefore(l.facts().openedAt())).or(() -> bears)
                : bears;
    }

    /** That it comes back was undone: what it was sent on went on, and may have arrived since. */
    private boolean isUndone(Leg back) {
        return back.step() == Step.CANCELLED
                && find(l -> l.id().equals(back.facts().returns()) && !l.wasToComeBack())
                        .isPresent();
    }

    private Optional<Place> find(java.util.function.Predicate<Leg> wanted) {
        Place found = null;
        for (Journey journey : journeys) {
            for (Leg leg : journey.legs()) {
                if (wanted.test(leg)) {
                    found = new Place(journey, leg);
                }
            }
        }
        return Optional.ofNullable(found);
    }

    /** As it is kept: what a scanner or a person put in, in its normal form when it is one. */
    static String item(String text) {
        ItemId.Reading read = ItemId.read(text);
        @Nullable ItemId item = read.item();
        boolean sure = read.outcome() == ItemId.Outcome.VALID || read.outcome() == ItemId.Outcome.WARN;
        return sure && item != null ? item.value() : text.strip();
    }
}
