package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * What lies at an agency for the post, and does not go by it: it was given to the post by mistake, or whoever it is for has
 * it from the agency's own hand. Answers are {@code {"leg": …}}.
 */
@Component("notByPost")
public class NotByPost {

    /** The post has none of it: the agency still has to give it, or whoever comes for it is still to come. */
    private static final Set<Act> LIES_HERE = EnumSet.of(Act.DISPATCH, Act.FETCH, Act.EXPLAIN_DIFFERENCE, Act.REISSUE);

    /** Why nothing is owed any more of what was lost. */
    static final String HANDED_OUT = "HANDED_OUT";

    private final Journal journal;
    private final Journeys journeys;
    private final Legs legs;
    private final Deciders deciders;

    NotByPost(Journal journal, Journeys journeys, Legs legs, Deciders deciders) {
        this.journal = journal;
        this.journeys = journeys;
        this.legs = legs;
        this.deciders = deciders;
    }

    /**
     * One of them, as a clerk of its agency looks at it. Holds a name.
     *
     * @param dossier its first code
     * @param item null while it has no number
     * @param name whoever it is for
     * @param result whether a result is in it, on its way to the citizen or back
     * @param sealed whether it lies with what the post comes for, and not among the results to be given to it
     * @param lies whether it lies at the agency, and can be handed out
     * @param mistake the handling that said it was given to the post, or handed out, and can be taken back; null when none can
     * @param handedOut whether that it was handed out is what can be taken back
     */
    public record Here(
            UUID leg,
            String dossier,
            @Nullable String item,
            Word kind,
            Word step,
            String name,
            boolean result,
            boolean sealed,
            boolean lies,
            @Nullable UUID mistake,
            boolean handedOut) {

        /** Without anything personal. */
        @Override
        public String toString() {
            return "Here[" + leg + "]";
        }
    }

    /** What lies at this agency, or of which something was said here that can be taken back; empty when it is neither. */
    @Transactional(readOnly = true)
    public Optional<Here> of(String agency, UUID leg) {
        return journeys.readByLeg(leg)
                .flatMap(journey -> journey.leg(leg).flatMap(known -> here(agency, journey, known)));
    }

    /** Of a dossier by one of its codes, whoever decides it: what lies here no more, and of which something can be taken back. */
    @Transactional(readOnly = true)
    public List<Here> mistakes(String agency, String code) {
        return journeys.readByCode(code).stream()
                .flatMap(journey -> journey.legs().stream().flatMap(leg -> here(agency, journey, leg).stream()))
                .filter(here -> !here.lies())
                .toList();
    }

    private static Optional<Here> here(String agency, Journey journey, Leg leg) {
        boolean lies = lies(journey, leg);
        Optional<Report> mistake = mistake(journey, leg);
        if (!leg.facts().agency().equals(agency) || !lies && mistake.isEmpty()) {
            return Optional.empty();
        }
        LegFacts facts = leg.facts();
        LegFacts sent = journey.sent(leg).facts();
        boolean result = sent.kind() == LegKind.RESULT;
        return Optional.of(new Here(
                leg.id(),
                journey.dossier().codes().get(0).code(),
                facts.item(),
                Word.of(facts.kind(), facts.kind().text()),
                Word.of(leg.step(), leg.step().text()),
                sent.receiver().name(),
                result,
                !result || journey.owed(leg) == Act.FETCH,
                lies,
                mistake.map(Report::id).orElse(null),
                handedOut(journey, leg).isPresent()));
    }

    private static boolean lies(Journey journey, Leg leg) {
        return Optional.ofNullable(journey.owed(leg))
                .filter(LIES_HERE::contains)
                .isPresent();
    }

    /** What would be taken back now: that it was handed out, or else that it was given to the post. */
    private static Optional<Report> mistake(Journey journey, Leg leg) {
        return handedOut(journey, leg)
                .or(() -> isGiven(journey, leg) ? Optional.of(leg.given().get(0)) : Optional.empty());
    }

    /** And the post has not had it: it lies here, its carrier has turned it down, or it was called off. */
    private static boolean isGiven(Journey journey, Leg leg) {
        if (leg.facts().kind() != LegKind.RESULT || leg.given().isEmpty()) {
            return false;
        }
        return leg.step() == Step.CANCELLED
                ? journey.dossier().status() == Dossier.Status.DECIDED
                        && !wasFetched(leg)
                        && journey.latest(LegKind.RESULT).filter(leg::equals).isPresent()
                : lies(journey, leg) && (leg.step() == Step.READY || leg.step() == Step.SHORT);
    }

    private static boolean wasFetched(Leg leg) {
        return leg.progress().inHands() || leg.possession().isPresent();
    }

    /** With what it was, and nothing has happened since that would be otherwise, had it not been. */
    private static Optional<Report> handedOut(Journey journey, Leg leg) {
        Dossier dossier = journey.dossier();
        LegKind kind = leg.facts().kind();
        Optional<Report> inPlaceOfALost = leg.madeGoodByHand()
                .filter(lost ->
                        journey.handedOut().filter(journey.sent(leg)::equals).isPresent());
        if (inPlaceOfALost.isPresent()) {
            return inPlaceOfALost;
        }
        return leg.handedOut()
                .filter(said -> !leg.progress().inHands()
                        && journey.latest(kind).filter(leg::equals).isPresent())
                .filter(said -> switch (kind) {
                    case RESULT -> true;
                    case TRANSFER -> dossier.status() < Dossier.Status.DECIDED && !dossier.saidAfter(said.recordedAt());
                    default -> dossier.status() == Dossier.Status.REFUSED || !dossier.saidAfter(said.recordedAt());
                });
    }

    /**
     * A result was given to the post by mistake: what said so is voided, its leg waits for the result again, unless the citizen
     * wants none brought any more, and the dossier stands as it did before, unless another result of it was given. Or something
     * was said to be handed out by mistake: it lies here as it did. Whoever takes it back names the handling that said so: when
     * that is taken back already, nothing else is.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code nothing-to-take-back}
     */
    public Receipt takeBack(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Journey journey = journey(in);
            UUID mistake = UUID.fromString(in.payload().path("mistake").asText());
            Leg leg = named(
                    journey,
                    in,
                    decider,
                    known -> mistake(journey, known)
                            .filter(said -> said.id().equals(mistake))
                            .isPresent());
            String why = in.payload().path("reason").asText();
            Optional<Report> handedOut = leg.handedOut();
            Optional<Report> lost = leg.madeGoodByHand();
            if (handedOut.isPresent()) {
                notHandedOut(journey, leg, handedOut.get(), decider, why);
            } else if (lost.isPresent()) {
                journey.unsettle(leg, lost.get());
            } else {
                notGiven(journey, leg, decider, why);
            }
            journeys.save(journey);
            return answer(leg);
        });
    }

    private void notGiven(Journey journey, Leg leg, Decider decider, String why) {
        Instant decidedAt = journey.dossier().decidedAt();
        if (!anotherWasGiven(journey, leg)) {
            // First, so that whoever hears of the rest hears that it is not decided.
            journey.undecided();
        }
        leg.given().forEach(mistake -> undo(journey, leg, mistake, decider, why));
        boolean turnedDown = journey.isTurnedDown(leg);
        if (journey.dossier().status() == Dossier.Status.REFUSED) {
            if (turnedDown || leg.open()) {
                legs.happened(journey, leg, HandlingCode.CANCELLED, Author.SYSTEM);
            }
            refuseAgain(journey, decidedAt, decider, why);
        } else if (turnedDown) {
            legs.bringAfterAll(journey, leg.facts());
        } else if (leg.open()) {
            legs.orderAnew(journey, leg, null);
        }
    }

    private static void notHandedOut(Journey journey, Leg leg, Report handedOut, Decider decider, String why) {
        // What was decided before stays so.
        if (handedOut.happenedAt().equals(journey.dossier().decidedAt())) {
            journey.undecided();
        }
        undo(journey, leg, handedOut, decider, why);
    }

    /** Or handed out. What was called off before the post had it says no more than this. */
    private static boolean anotherWasGiven(Journey journey, Leg leg) {
        return journey.legs().stream()
                .filter(other -> other != leg && other.facts().kind() == LegKind.RESULT)
                .anyMatch(other -> other.handedOut().isPresent()
                        || !other.given().isEmpty() && (other.step() != Step.CANCELLED || wasFetched(other)));
    }

    private static void undo(Journey journey, Leg leg, Report mistake, Decider decider, String why) {
        journey.happened(leg, Report.voiding(UuidCreator.getTimeOrderedEpoch(), mistake, Legs.now(), decider, why));
    }

    /** The refusal that the result had taken back holds again: nobody brings a result, and the papers go home that were to. */
    private void refuseAgain(Journey journey, @Nullable Instant decidedAt, Decider decider, String why) {
        journey.legs().stream()
                .filter(leg -> leg.facts().kind() == LegKind.ORIGINALS_BACK && leg.calledOffBy(Author.SYSTEM.name()))
                .toList()
                .forEach(leg -> leg.reports().stream()
                        .filter(report -> report.code() == HandlingCode.CANCELLED
                                && (decidedAt == null || !report.recordedAt().isBefore(decidedAt)))
                        .toList()
                        .forEach(kept -> undo(journey, leg, kept, decider, why)));
        legs.label(journey);
    }

    /**
     * Whoever it is for has it, from the agency: nobody has to come for it, or to send it, any more. A result that was handed
     * out has been decided.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code nothing-to-take-back}
     */
    public Receipt handOut(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Journey journey = journey(in);
            Leg leg = named(journey, in, decider, known -> lies(journey, known));
            Instant at = Legs.now();
            if (leg.facts().kind() == LegKind.RESULT && journey.dossier().status() < Dossier.Status.DECIDED) {
                journey.decided(at);
            }
            if (journey.owed(leg) == Act.REISSUE) {
                journey.settle(leg, decider.author().name(), HANDED_OUT);
            } else {
                journey.happened(leg, Legs.at(at, null, HandlingCode.CANCELLED, decider.author()));
            }
            journeys.save(journey);
            return answer(leg);
        });
    }

    private Journey journey(Inbound in) {
        return journeys.byCode(in.payload().path("dossier").asText()).orElseThrow(() -> Dossiers.unknown("dossier"));
    }

    private static Leg named(Journey journey, Inbound in, Decider decider, Predicate<Leg> wanted) {
        return journey.leg(UUID.fromString(in.payload().path("leg").asText()))
                .filter(leg -> leg.facts().agency().equals(decider.agency().id()))
                .filter(wanted)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.CONFLICT,
                        "nothing-to-take-back",
                        "leg",
                        "Bưu gửi không còn nằm ở cơ quan chờ bưu điện; hãy mở lại trang xem nó đang ở đâu.",
                        "The item does not lie at the agency for the post any more; open the page again and see where it"
                                + " is."));
    }

    private static ObjectNode answer(Leg leg) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("leg", Legs.answer(leg.facts()));
        return answer;
    }
}
