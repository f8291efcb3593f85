package vn.bocau.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.code.Text;
import vn.bocau.dossier.Lens;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Records;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** One dossier with all that happened to it and was said of it, in one line of time. */
@Component
class DossierStory {

    private static final int MOST = 1000;
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** Kinds of message by which an agency says that it has decided. */
    private static final Set<String> DECIDES =
            Set.of("agency.dispatch", "desk.dispatch", "ngsp.order", "ngsp.document");

    /**
     * @param because the handling or word that makes its status
     * @param more whether there were more messages, from before those that are shown
     */
    record Journey(Lens.Found dossier, @Nullable Moment because, List<Leg> legs, List<Moment> moments, boolean more) {}

    /**
     * @param openedAt when it was ordered
     * @param waitingSince what counts last happened, or when it was ordered; null when it is over
     * @param toMakeGood an operator says that it is done
     */
    record Leg(
            UUID id,
            int no,
            Text kind,
            @Nullable String item,
            String carrier,
            String fromOffice,
            String toOffice,
            Text step,
            String rule,
            int attempts,
            @Nullable Text act,
            @Nullable String ownerKind,
            @Nullable String owner,
            @Nullable Instant dueAt,
            boolean overdue,
            Instant openedAt,
            @Nullable Instant waitingSince,
            boolean toMakeGood) {}

    /** What sort of thing it is. */
    enum Sort {
        HANDLING,
        WORD,
        IN,
        OUT
    }

    /**
     * Something that happened or was said.
     *
     * @param code of the handling or kind of the message
     * @param carrierCode what an outside carrier calls it
     * @param heardAt when we knew; of a message when it was accepted
     * @param who did it: user name or partner
     * @param state of a message
     * @param reason why a message does not go on, or a handling did not succeed
     * @param conflict code of why a person has to look at a handling
     * @param doubt the same for people
     * @param waited since what counts before it on the same leg, or since that was ordered
     * @param decides whether its leg stands where it does because of it
     * @param answer what the partner said last, of a message
     * @param named signatures and photos that a handling says there are
     * @param evidence of these how many are here
     * @param attempts how often a message was carried to its partner
     * @param tries of these the newest {@link Records#MOST_ATTEMPTS}
     * @param acts what people did with a message
     */
    record Moment(
            Instant at,
            Instant heardAt,
            Sort sort,
            String code,
            @Nullable String carrierCode,
            @Nullable Text text,
            @Nullable Integer leg,
            String who,
            @Nullable String where,
            @Nullable String state,
            @Nullable Text reason,
            @Nullable String conflict,
            @Nullable Text doubt,
            @Nullable UUID message,
            int attempts,
            @Nullable Duration waited,
            boolean decides,
            @Nullable String voidedBy,
            @Nullable String answer,
            long named,
            long evidence,
            List<Records.Attempt> tries,
            List<Records.Act> acts) {}

    private final Lens lens;
    private final Records records;
    private final AuditTrail trail;

    DossierStory(Lens lens, Records records, AuditTrail trail) {
        this.lens = lens;
        this.records = records;
        this.trail = trail;
    }

    /** That somebody looked, and how much was found, is recorded; not what for, which may be a telephone number. */
    List<Lens.Found> find(String text, Authentication who) {
        List<Lens.Found> found = lens.find(text, Grants.of(who).only(Right.SEE).orElse(null));
        trail.apart(new Audited(
                who.getName(),
                "FIND",
                Audited.Outcome.DONE,
                Audited.Kind.DOSSIER,
                found.size() == 1 ? found.get(0).id().toString() : "-",
                null,
                null,
                "{\"found\":" + found.size() + "}"));
        return found;
    }

    /**
     * Messages that are found by themselves.
     *
     * @param named with this id, or this key of their partner's
     * @param parked what waits for a person and names it, but is in no dossier's journey
     */
    record Messages(List<Records.Message> named, List<Records.Message> parked) {

        /** Each once. */
        List<Records.Message> all() {
            return Stream.concat(named.stream(), parked.stream()).distinct().toList();
        }
    }

    /** Recorded as above. */
    Messages messages(String text, Authentication who) {
        Grants grants = Grants.of(who);
        var found = new Messages(
                named(text.strip(), grants), parked(Set.of(text), grants).toList());
        List<Records.Message> all = found.all();
        trail.apart(new Audited(
                who.getName(),
                "FIND",
                Audited.Outcome.DONE,
                Audited.Kind.MESSAGE,
                all.size() == 1 ? all.get(0).id().toString() : "-",
                null,
                null,
                "{\"found\":" + all.size() + "}"));
        return found;
    }

    /** A partner may use our form of ids for its keys. */
    private List<Records.Message> named(String text, Grants grants) {
        Stream<Records.Message> ofId =
                UUID_TEXT.matcher(text).matches() ? records.find(UUID.fromString(text)).stream() : Stream.empty();
        return Stream.concat(
                        ofId.filter(message -> grants.may(Right.SEE, message.partner())),
                        records.ofKey(text, grants.only(Right.SEE).orElse(null)).stream())
                .distinct()
                .toList();
    }

    private Stream<Records.Message> parked(Set<String> names, Grants grants) {
        return lens.parked(names, grants.only(Right.SEE).orElse(null)).stream().map(records::message);
    }

    /** Of a dossier in which a partner takes part whose messages this person may see; messages of other partners are left out. */
    Journey of(UUID id, Authentication who) {
        Grants grants = Grants.of(who);
        Lens.Found dossier = lens.one(id, grants.only(Right.SEE).orElse(null));
        List<Lens.Handled> handled = lens.handlings(id);
        List<Records.Message> messages = records.ofGroup(id.toString(), MOST + 1);
        List<Records.Message> shown = messages.stream()
                .skip(Math.max(0, messages.size() - MOST))
                .filter(message -> grants.may(Right.SEE, message.partner()))
                .toList();
        List<Records.Message> parked = parked(lens.codes(id), grants).toList();
        List<Records.Message> all =
                Stream.concat(shown.stream(), parked.stream()).toList();
        Map<Long, List<Records.Attempt>> tries = records.attemptsOf(all);
        Map<UUID, List<Records.Act>> acts = records.actsOf(all);
        List<Moment> moments = new ArrayList<>();
        List<Lens.LegState> legs = lens.legs(id);
        Map<Integer, Instant> last = legs.stream()
                .collect(Collectors.toMap(
                        Lens.LegState::no, Lens.LegState::openedAt, (one, other) -> one, HashMap::new));
        handled.forEach(one -> moments.add(moment(one, last)));
        lens.said(id).forEach(said -> moments.add(word(said, dossier)));
        all.forEach(message -> moments.add(moment(
                message, tries.getOrDefault(message.seq(), List.of()), acts.getOrDefault(message.id(), List.of()))));
        moments.sort(Comparator.comparing(Moment::heardAt));
        Set<Integer> results = legs.stream()
                .filter(leg -> leg.kind().equals(LegKind.RESULT.name()))
                .map(Lens.LegState::no)
                .collect(Collectors.toSet());
        return new Journey(
                dossier,
                because(dossier.status(), results, moments),
                legs.stream().map(leg -> leg(leg, last.get(leg.no()))).toList(),
                moments,
                messages.size() > MOST);
    }

    /**
     * What the status follows from: the post's delivery for 10, an agency's word for the others, the filing for 1.
     *
     * @param results numbers of the legs by which a result goes to the citizen
     */
    static @Nullable Moment because(int status, Set<Integer> results, List<Moment> moments) {
        Predicate<Moment> makes = switch (status) {
            case 1 -> m -> m.sort() == Sort.IN && !"PARKED".equals(m.state());
            case 2 -> said("RECEIVED");
            case 3 -> said("REFUSED");
            case 5 -> said("SUPPLEMENT_ASKED");
            // What was refused, or waits for a person, has decided nothing.
            case 9 ->
                m -> m.sort() == Sort.IN && DECIDES.contains(m.code()) && "RECEIVED".equals(m.state())
                        || said("RETURN_VOIDED").test(m);
            case 10 -> m -> delivered(m) && m.leg() != null && results.contains(m.leg());
            default -> m -> false;
        };
        List<Moment> all = moments.stream().filter(makes).toList();
        return (status == 1
                        ? all.stream().findFirst()
                        : last(all.stream().filter(Moment::decides)).or(() -> last(all.stream())))
                .orElse(null);
    }

    private static Optional<Moment> last(Stream<Moment> all) {
        return all.reduce((before, after) -> after);
    }

    /** One that others contradict has delivered nothing, unless it is believed. */
    private static boolean delivered(Moment m) {
        return m.sort() == Sort.HANDLING
                && m.code().equals("DELIVERED")
                && m.voidedBy() == null
                && (m.decides() || m.conflict() == null);
    }

    private static Predicate<Moment> said(String word) {
        return m -> m.sort() == Sort.WORD && m.code().equals(word);
    }

    /** @param last when what counts on it last happened */
    private static Leg leg(Lens.LegState leg, @Nullable Instant last) {
        return new Leg(
                leg.id(),
                leg.no(),
                LegKind.valueOf(leg.kind()).text(),
                leg.item(),
                leg.carrier(),
                leg.fromOffice(),
                leg.toOffice(),
                Step.valueOf(leg.step()).text(),
                leg.rule(),
                leg.attempts(),
                leg.nextAct() == null ? null : Act.valueOf(leg.nextAct()).text(),
                leg.ownerKind(),
                leg.owner(),
                leg.dueAt(),
                leg.dueAt() != null && leg.dueAt().isBefore(Instant.now()),
                leg.openedAt(),
                leg.nextAct() == null ? null : last,
                Act.MAKE_GOOD.name().equals(leg.nextAct()));
    }

    /** @param last when what counts last happened on each leg; what is voided counts for nothing, what came before the order neither */
    static Moment moment(Lens.Handled one, Map<Integer, Instant> last) {
        Instant before = one.leg() == null ? null : last.get(one.leg());
        boolean counts =
                before != null && one.voidedBy() == null && !one.happenedAt().isBefore(before);
        if (counts) {
            last.put(one.leg(), one.happenedAt());
        }
        return new Moment(
                one.happenedAt(),
                one.recordedAt(),
                Sort.HANDLING,
                one.code(),
                one.carrierCode(),
                HandlingCode.of(one.code()).map(HandlingCode::text).orElse(null),
                one.leg(),
                one.actor(),
                one.office(),
                null,
                one.failed().orElse(null),
                one.conflict(),
                one.doubted().orElse(null),
                null,
                0,
                before == null || one.happenedAt().isBefore(before) ? null : Duration.between(before, one.happenedAt()),
                one.decides(),
                one.voidedBy(),
                null,
                one.named(),
                one.evidence(),
                List.of(),
                List.of());
    }

    private static Moment word(Lens.Said said, Lens.Found dossier) {
        return new Moment(
                said.happenedAt(),
                said.recordedAt(),
                Sort.WORD,
                said.code(),
                null,
                null,
                null,
                dossier.agency(),
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                false,
                null,
                null,
                0,
                0,
                List.of(),
                List.of());
    }

    private static Moment moment(Records.Message message, List<Records.Attempt> tries, List<Records.Act> acts) {
        String answer = tries.isEmpty() ? null : tries.get(tries.size() - 1).detail();
        return new Moment(
                message.createdAt(),
                message.createdAt(),
                message.direction().equals("IN") ? Sort.IN : Sort.OUT,
                message.kind(),
                null,
                null,
                null,
                message.partner(),
                null,
                message.state(),
                message.reason(),
                null,
                null,
                message.id(),
                message.attempts(),
                message.closedAt() == null ? null : Duration.between(message.createdAt(), message.closedAt()),
                false,
                null,
                answer,
                0,
                0,
                tries,
                acts);
    }
}
