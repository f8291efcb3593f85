package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
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

    /** @param act what is owed next of an item, by its code */
    public static boolean liesHere(String act) {
        return LIES_HERE.stream().anyMatch(one -> one.name().equals(act));
    }

    /**
     * A result was given to the post by mistake: what said so is voided, its leg waits for the result again, and the dossier
     * stands as it did before, unless another result of it was given.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code nothing-to-take-back}
     */
    public Receipt takeBack(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Journey journey = journey(in);
            Leg leg = lying(
                    journey,
                    in,
                    decider,
                    known -> known.facts().kind() == LegKind.RESULT
                            && (known.step() == Step.READY || known.step() == Step.SHORT));
            boolean another = journey.legs().stream()
                    .anyMatch(other -> other != leg
                            && other.facts().kind() == LegKind.RESULT
                            && !other.given().isEmpty());
            Instant decidedAt = journey.dossier().decidedAt();
            if (!another) {
                // First, so that whoever hears of the rest hears that it is not decided.
                journey.undecided();
            }
            String why = in.payload().path("reason").asText();
            leg.given()
                    .forEach(mistake -> journey.happened(
                            leg,
                            Report.voiding(
                                    UuidCreator.getTimeOrderedEpoch(), mistake, Legs.now(), decider.author(), why)));
            if (journey.dossier().status() == Dossier.Status.REFUSED) {
                refuseAgain(journey, leg, decidedAt, decider, why);
            } else {
                legs.orderAnew(journey, leg, null);
            }
            journeys.save(journey);
            return answer(leg);
        });
    }

    /** The refusal that the result had taken back holds again: nobody brings a result, and the papers go home that were to. */
    private void refuseAgain(Journey journey, Leg result, @Nullable Instant decidedAt, Decider decider, String why) {
        legs.happened(journey, result, HandlingCode.CANCELLED, Author.SYSTEM);
        journey.legs().stream()
                .filter(leg -> leg.facts().kind() == LegKind.ORIGINALS_BACK && leg.calledOffBy(Author.SYSTEM.name()))
                .toList()
                .forEach(leg -> leg.reports().stream()
                        .filter(report -> report.code() == HandlingCode.CANCELLED
                                && (decidedAt == null || !report.recordedAt().isBefore(decidedAt)))
                        .toList()
                        .forEach(kept -> journey.happened(
                                leg,
                                Report.voiding(
                                        UuidCreator.getTimeOrderedEpoch(), kept, Legs.now(), decider.author(), why))));
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
            Leg leg = lying(journey, in, decider, known -> true);
            if (leg.facts().kind() == LegKind.RESULT && journey.dossier().status() < Dossier.Status.DECIDED) {
                journey.decided();
            }
            if (journey.owed(leg) == Act.REISSUE) {
                journey.settle(leg, decider.author().name(), "HANDED_OUT");
            } else {
                legs.happened(journey, leg, HandlingCode.CANCELLED, decider.author());
            }
            if (leg.facts().kind() == LegKind.TRANSFER
                    && journey.dossier().agency().equals(leg.facts().toAgency())) {
                journey.carriedByHand(new Journey.Event.Decided(
                        UuidCreator.getTimeOrderedEpoch(), "TRANSFERRED", Legs.now(), null, true));
            }
            journeys.save(journey);
            return answer(leg);
        });
    }

    private Journey journey(Inbound in) {
        return journeys.byCode(in.payload().path("dossier").asText()).orElseThrow(() -> Dossiers.unknown("dossier"));
    }

    private static Leg lying(Journey journey, Inbound in, Decider decider, Predicate<Leg> wanted) {
        return journey.leg(UUID.fromString(in.payload().path("leg").asText()))
                .filter(leg -> leg.facts().agency().equals(decider.agency().id()))
                .filter(leg -> Optional.ofNullable(journey.owed(leg))
                        .filter(LIES_HERE::contains)
                        .isPresent())
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
