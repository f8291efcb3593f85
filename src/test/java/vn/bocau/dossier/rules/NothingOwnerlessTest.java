package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.TO;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every undelivered leg has exactly one next act, one owner, one deadline: at every progress that can be reached at all,
 * found by letting everything happen after everything.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NothingOwnerlessTest {

    private static final int LONGEST = 4;

    @ParameterizedTest
    @EnumSource(LegKind.class)
    void wherever_an_item_can_stand_somebody_owes_the_next_act(LegKind kind) {
        Set<String> seen = new HashSet<>();
        Set<Step> steps = EnumSet.noneOf(Step.class);
        Deque<List<Scan>> open = new ArrayDeque<>(List.of(List.of()));
        while (!open.isEmpty()) {
            List<Scan> story = open.remove();
            Progress progress = Scan.fold(kind, Tale.array(story));
            if (seen.add(standing(progress))) {
                steps.add(progress.step());
                Owed.check(kind, progress, told(kind, story));
                if (story.size() < LONGEST) {
                    whatMayComeNext(kind, story).forEach(next -> open.add(and(story, next)));
                }
            }
        }
        assertThat(steps).as("the search went everywhere").isEqualTo(possible(kind));
    }

    /** What obligations depend on; where two stories lead to the same, one is enough. */
    private static String standing(Progress p) {
        return String.join(
                " ",
                p.step().name(),
                "" + Math.min(p.attempts(), 2),
                p.reason() == null ? "" : whatMatters(p.reason()),
                "" + p.action(),
                "" + p.nextDate(),
                "" + (p.heldSince() != null),
                "" + p.office(),
                "" + p.inHands(),
                "" + p.recalled(),
                "" + p.proof(),
                "" + p.contradictions().containsValue(Contradiction.DELIVERED_AFTER_RECALL),
                "" + (p.proof() != null && p.contradictions().isEmpty()));
    }

    private static String whatMatters(FailureReason reason) {
        return (reason.nextOwner() == OwnerKind.POST_OFFICE) + " " + reason.countsAsAttempt();
    }

    private static List<Scan> whatMayComeNext(LegKind kind, List<Scan> story) {
        Instant at = Scan.at("Mon 09:00").plus(Duration.ofHours(9L * story.size()));
        List<Scan> next = new ArrayList<>();
        for (HandlingCode code : HandlingCode.values()) {
            boolean failure = code == HandlingCode.PICKUP_FAILED || code == HandlingCode.DELIVERY_FAILED;
            if (failure && kind.takes(code)) {
                next.add(at(at, code, null, null));
                Set<String> different = new HashSet<>();
                for (FailureReason reason : FailureReason.values()) {
                    reason.allowedActions().stream()
                            .filter(action -> different.add(action + " " + whatMatters(reason)))
                            .forEach(action -> next.add(at(at, code, reason, action)));
                }
            } else if (code != HandlingCode.VOIDED) {
                next.add(at(at, code, null, null).office(FROM));
                next.add(at(at, code, null, null).office(TO).agreed("Sat"));
                next.add(at(at, code, null, null).agreed("Mon").heard(at.plus(Duration.ofDays(5))));
            }
        }
        next.add(at(at, HandlingCode.DELIVERED, null, null).proof(Proof.PENDING));
        next.add(at(at, HandlingCode.DELIVERED, null, null).proof(Proof.LACKING));
        if (!story.isEmpty()) {
            Scan last = story.get(story.size() - 1);
            next.add(voiding(last, at));
            next.add(voiding(last, at).answeredForBy("truong-buu-cuc"));
        }
        return next;
    }

    private static Scan at(
            Instant at,
            HandlingCode code,
            @org.jspecify.annotations.Nullable FailureReason reason,
            @org.jspecify.annotations.Nullable Action action) {
        return Scan.at(at, code, reason, action);
    }

    private static Scan voiding(Scan target, Instant at) {
        return Scan.voided(target, at);
    }

    private static List<Scan> and(List<Scan> story, Scan next) {
        List<Scan> longer = new ArrayList<>(story);
        longer.add(next.by("phone-a", longer.size()));
        return longer;
    }

    private static Set<Step> possible(LegKind kind) {
        Set<Step> everywhere = EnumSet.of(
                Step.IN_TRANSIT,
                Step.AT_OFFICE,
                Step.OUT_FOR_DELIVERY,
                Step.DELIVERY_FAILED,
                Step.HELD,
                Step.TO_DELIVER_AGAIN,
                Step.MISROUTED,
                Step.DAMAGED,
                Step.RECALLED,
                Step.CANCELLED,
                Step.LOST);
        everywhere.addAll(
                switch (kind) {
                    case PICKUP, SUPPLEMENT ->
                        EnumSet.of(
                                Step.REQUESTED,
                                Step.ACCEPTED,
                                Step.PICKUP_FAILED,
                                Step.PARTLY_COLLECTED,
                                Step.COLLECTED,
                                Step.AGENCY_RETURNED,
                                Step.HANDED_TO_AGENCY);
                    case RESULT ->
                        EnumSet.of(
                                Step.AWAITING_RESULT,
                                Step.READY,
                                Step.SHORT,
                                Step.COLLECTED,
                                Step.RETURN_APPROVED,
                                Step.DELIVERED);
                    case ORIGINALS_BACK ->
                        EnumSet.of(Step.READY, Step.SHORT, Step.COLLECTED, Step.RETURN_APPROVED, Step.DELIVERED);
                    case TRANSFER ->
                        EnumSet.of(
                                Step.READY,
                                Step.SHORT,
                                Step.COLLECTED,
                                Step.AGENCY_RETURNED,
                                Step.RETURN_APPROVED,
                                Step.HANDED_TO_AGENCY);
                    case RETURN -> EnumSet.of(Step.COMING_BACK, Step.RETURNED_TO_AGENCY);
                });
        return everywhere;
    }

    private static String told(LegKind kind, List<Scan> story) {
        return kind + ": "
                + story.stream()
                        .map(s -> s.code()
                                + (s.handling().action() == null
                                        ? ""
                                        : " " + s.handling().action()))
                        .collect(Collectors.joining(", "));
    }
}
