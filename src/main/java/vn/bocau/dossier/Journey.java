package vn.bocau.dossier;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Choice;
import vn.bocau.dossier.rules.Contradiction;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LateWish;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Progress;
import vn.bocau.dossier.rules.Step;

/**
 * One dossier with all its legs and everything that was reported of them, locked until the transaction ends. Every change
 * to a dossier goes through here: it happens in memory, is told in the order in which it happened, and is written at
 * once by {@link Journeys#save}.
 */
final class Journey {

    /**
     * Something a partner is to be told, as everything stood when it happened.
     *
     * @param leg null when it concerns the dossier as a whole
     */
    record News(Dossier dossier, @Nullable Standing leg, Event event) {}

    /** A leg at one moment. */
    record Standing(LegFacts facts, Progress progress, Obligation obligation) {}

    /** What happened, as it is told: a handling, or a word of the agency. */
    sealed interface Event {

        /** @param late something that happened later was known already */
        record Handled(Report report, boolean late) implements Event {}

        /**
         * @param code RECEIVED, REFUSED, SUPPLEMENT_ASKED or TRANSFERRED
         * @param bare TRANSFERRED: in no envelope, so that the agency it goes to hears of it by this word alone
         * @param again everybody else has heard it before, when an envelope was to go there
         */
        record Decided(
                UUID id, String code, Instant at, @Nullable String note, boolean bare, boolean again)
                implements Event {}

        /** What a citizen or a portal asked for was taken, and then it was heard what had happened to the item before. */
        record CameTooLate(UUID id, Instant at, LateWish wish) implements Event {}

        /** The status became 10, or 9 again: because of this handling. */
        record StatusMoved(UUID id, Report because) implements Event {}
    }

    private final List<Leg> legs;
    private final OrderBook orders;
    private final Deadlines deadlines;
    private final boolean fresh;
    private final List<News> news = new ArrayList<>();
    private final Set<Leg> opened = new LinkedHashSet<>();
    private final Set<Leg> agreed = new LinkedHashSet<>();
    private final Set<Leg> moved = new LinkedHashSet<>();
    private final List<Added> added = new ArrayList<>();
    private final List<Review> reviews = new ArrayList<>();
    private final Set<UUID> unsettled = new HashSet<>();
    private final Set<UUID> adopted = new HashSet<>();
    private final Map<UUID, Leg> reconsidered = new LinkedHashMap<>();
    private Dossier dossier;
    private boolean changed;

    /** @param conflict why a person has to look at it; null when nobody has to */
    record Added(Leg leg, Report report, @Nullable String conflict) {}

    /**
     * Somebody has dealt with a handling.
     *
     * @param by user name; the agency, when it was its own word
     */
    record Review(UUID handling, String by, String reason) {}

    private Journey(Dossier dossier, List<Leg> legs, OrderBook orders, Deadlines deadlines, boolean fresh) {
        this.dossier = dossier;
        this.legs = new ArrayList<>(legs);
        this.orders = orders;
        this.deadlines = deadlines;
        this.fresh = fresh;
    }

    static Journey begin(Dossier dossier, Deadlines deadlines) {
        return new Journey(dossier, List.of(), new OrderBook(List.of()), deadlines, true);
    }

    /** @param orders shared by the legs */
    static Journey known(Dossier dossier, List<Leg> legs, OrderBook orders, Deadlines deadlines) {
        return new Journey(dossier, legs, orders, deadlines, false);
    }

    Dossier dossier() {
        return dossier;
    }

    UUID id() {
        return dossier.id();
    }

    List<Leg> legs() {
        return legs;
    }

    OrderBook orders() {
        return orders;
    }

    Optional<Leg> leg(UUID id) {
        return legs.stream().filter(leg -> leg.id().equals(id)).findFirst();
    }

    /** The latest leg of a kind. */
    Optional<Leg> latest(LegKind kind) {
        return latest(leg -> leg.facts().kind() == kind);
    }

    Optional<Leg> latest(Predicate<Leg> wanted) {
        return legs.stream().filter(wanted).reduce((before, after) -> after);
    }

    /**
     * The legs to and from whoever sent the papers, who may be somebody else than gets the result; to the latter while nobody
     * has sent any. They know where that is as it was said last.
     */
    List<Leg> ofWhoSentPapers() {
        Optional<Party> sender = latest(
                        leg -> leg.facts().kind().inbound() || leg.facts().kind() == LegKind.ORIGINALS_BACK)
                .map(leg -> leg.facts().citizen());
        return legs.stream()
                .filter(leg ->
                        leg.facts().kind().inbound() || leg.facts().kind().outbound())
                .filter(leg -> sender.map(leg.facts().citizen()::isSameAs).orElse(true))
                .toList();
    }

    /** The result that the citizen has. */
    Optional<Leg> delivered() {
        return latest(leg -> leg.facts().kind() == LegKind.RESULT && leg.step() == Step.DELIVERED);
    }

    /** The result that the citizen has from the agency's own hand, perhaps another in place of one that was lost. */
    Optional<Leg> handedOut() {
        return latest(LegKind.RESULT)
                .filter(leg -> leg.handedOut().isPresent()
                        || legs.stream()
                                .anyMatch(lost -> sent(lost).equals(leg)
                                        && lost.madeGoodByHand().isPresent()));
    }

    /** How much COD was taken for that payee, on all legs of a kind. */
    long taken(LegKind kind, Cod cod) {
        return legs.stream()
                .filter(leg ->
                        leg.facts().kind() == kind && leg.facts().asked().cod().hasPayeeOf(cod))
                .mapToLong(leg -> leg.taken(Dues.What.COD))
                .sum();
    }

    int nextNo() {
        return legs.stream().mapToInt(leg -> leg.facts().no()).max().orElse(0) + 1;
    }

    /** A later leg of the same kind took the place of the one that item was sent on. */
    boolean replaced(Leg sent) {
        return legs.stream()
                .anyMatch(other -> other.facts().kind() == sent.facts().kind()
                        && other.facts().no() > sent.facts().no()
                        && other.step() != Step.CANCELLED);
    }

    /** It lies at the agency, to be sent again: its carrier alone has called it off, and nothing was sent since. */
    boolean isTurnedDown(Leg leg) {
        return leg.isTurnedDown()
                && !leg.progress().inHands()
                && latest(leg.facts().kind()).filter(leg::equals).isPresent();
    }

    /** The leg its item was sent on: itself, unless it is the way back. */
    Leg sent(Leg leg) {
        return Optional.ofNullable(leg.facts().returns()).flatMap(this::leg).orElse(leg);
    }

    Leg open(LegFacts facts) {
        var leg = new Leg(facts, List.of(), orders, Leg.Kept.NOTHING);
        legs.add(leg);
        opened.add(leg);
        // It may take the place of another, of which nothing is owed any more then.
        moved.addAll(legs);
        settleDues();
        return leg;
    }

    /** The agency, or a portal, said something about the dossier itself. */
    void say(Dossier now) {
        boolean takenBack = takesRefusalBack(now);
        become(now);
        if (takenBack) {
            keepPapers();
        }
    }

    void say(Dossier now, Event.Decided decided) {
        goesOnWithoutWhatWasLost(decided.code());
        boolean takenBack = takesRefusalBack(now);
        become(now);
        news.add(new News(dossier, null, decided));
        if (takenBack) {
            keepPapers();
        }
    }

    /**
     * Another agency decides it from now on. When no envelope goes there, it owes an answer to this word, unless papers that
     * are fetched for it ask for one. Of what only a one-stop has ordered, the agency tells its own portal and not us.
     */
    void sentOn(String agency, Event.Decided transferred) {
        boolean owed = transferred.bare() && dossier.level() != null;
        say(dossier.movedTo(agency, transferred.at(), owed ? answerBy(transferred.at()) : null), transferred);
    }

    private Instant answerBy(Instant told) {
        return deadlines.atDesks().workingDays(told, 1);
    }

    /**
     * The dossier was sent on in an envelope, and none goes, or went, to the agency that decides it now, which has said nothing
     * since: whoever sent it carries it there, it was called off, or it came back and is not sent again.
     */
    private boolean goesInNone() {
        Instant sentOn = dossier.saidAt();
        List<Leg> envelopes = legs.stream()
                .filter(leg -> leg.facts().kind() == LegKind.TRANSFER
                        && dossier.agency().equals(leg.facts().toAgency())
                        && sentOn != null
                        && !leg.facts().openedAt().isBefore(sentOn))
                .toList();
        // Others bring only what had gone astray.
        return envelopes.stream().anyMatch(leg -> leg.facts().openedAt().equals(sentOn))
                && envelopes.stream().allMatch(this::goesNowhere);
    }

    private boolean goesNowhere(Leg envelope) {
        boolean calledOff =
                envelope.step() == Step.CANCELLED && !envelope.progress().inHands();
        return calledOff
                || legs.stream()
                        .anyMatch(back -> envelope.id().equals(back.facts().returns())
                                && back.step() == Step.RETURNED_TO_AGENCY
                                && back.isSettled());
    }

    /**
     * That agency hears of it, and owes an answer, as it does of a dossier that was sent on in none. When that is undone, it owes
     * none before the envelope is there.
     *
     * @param none whether none went there before
     */
    private void goesInAnEnvelopeOrNot(boolean none) {
        boolean now = goesInNone();
        if (now == none || dossier.status() >= Dossier.Status.DECIDED) {
            return;
        }
        Instant at = Legs.now();
        become(dossier.owing(now && dossier.level() != null ? answerBy(at) : null));
        if (now) {
            news.add(new News(
                    dossier,
                    null,
                    new Event.Decided(UuidCreator.getTimeOrderedEpoch(), "TRANSFERRED", at, null, true, true)));
        }
    }

    private void become(Dossier now) {
        dossier = now;
        changed = true;
        // The day the result is promised for moves what is owed.
        moved.addAll(legs);
        settleDues();
    }

    private boolean takesRefusalBack(Dossier now) {
        return dossier.status() == Dossier.Status.REFUSED && now.status() != Dossier.Status.REFUSED;
    }

    /** The papers that a refusal sends home are needed after all: what the post has not fetched of them stays here. */
    private void keepPapers() {
        legs.stream()
                .filter(leg -> leg.facts().kind() == LegKind.ORIGINALS_BACK
                        && leg.open()
                        && !leg.progress().inHands())
                .toList()
                .forEach(leg -> happened(leg, Legs.now(null, HandlingCode.CANCELLED, Author.SYSTEM)));
    }

    /** The agency has given the result to the post. */
    void decided() {
        decided(Legs.now());
    }

    /** The same, or it has handed the result out. */
    void decided(Instant at) {
        goesOnWithoutWhatWasLost("DISPATCHED");
        say(dossier.decided(at));
    }

    /** It had not, after all. */
    void undecided() {
        say(dossier.undecided());
    }

    /** Papers that were lost between agencies: whatever the one that decides says next, it has decided about them. */
    private void goesOnWithoutWhatWasLost(String said) {
        legs.stream()
                .filter(leg -> leg.step() == Step.LOST && owed(leg) == Act.DECIDE_ON_PAPERS)
                .forEach(leg -> settle(leg, dossier.agency(), said));
    }

    /** Nothing is owed any more on a leg whose item was lost: somebody has said how it goes on. */
    void settle(Leg lost, String by, String reason) {
        UUID handling = Objects.requireNonNull(lost.progress().lastHandling());
        lost.settled(handling, reason);
        reviews.add(new Review(handling, by, reason));
        moved.add(lost);
    }

    /** It was not so, after all, and what was owed before that is owed again. */
    void unsettle(Leg lost, Report handling) {
        lost.unsettled(handling.id());
        unsettled.add(handling.id());
        moved.add(lost);
    }

    /** And nothing more is sent. */
    void leaveIt(Leg back, String by, String reason) {
        boolean none = goesInNone();
        settle(back, by, reason);
        goesInAnEnvelopeOrNot(none);
    }

    /** What may be asked of the post about a leg now. What was held for as long as it may be is not held again. */
    Set<Choice> choices(Leg leg) {
        Set<Choice> choices = Choice.of(
                leg.facts().kind(),
                leg.facts().toOffice(),
                leg.facts().ownCarrier() && leg.isWithUs(),
                leg.progress(),
                obligation(leg));
        Instant held = leg.progress().heldSince();
        if (held != null && deadlines.holdEnds(held).isBefore(Legs.now())) {
            choices.remove(Choice.OFFICE);
        }
        return choices;
    }

    /** It is for the citizen to fetch at the counter; whatever our own worker holds there is, too, once it is back. */
    boolean waitsAtCounter(Leg leg) {
        return owed(leg) == Act.HAND_OUT
                && (leg.step() == Step.HELD || leg.step() == Step.DELIVERY_FAILED && leg.isWithUs());
    }

    /** From which day on it can be fetched at the counter: what a worker could not hand over is back there by the next morning. */
    LocalDate fetchedFrom(Leg leg, Instant now) {
        LocalDate today = Notice.day(now);
        return leg.comesBackSince()
                .map(failed -> deadlines.nextDays(failed, 1).get(0))
                .filter(today::isBefore)
                .orElse(today);
    }

    boolean isOwedBy(Leg leg, String owner) {
        Obligation.Next next = obligation(leg).next();
        return next != null && next.owner().equals(owner);
    }

    @Nullable
    Act owed(Leg leg) {
        Obligation.Next next = obligation(leg).next();
        return next == null ? null : next.act();
    }

    /** What was agreed about a leg is now something else. */
    void agree(Leg leg, LegFacts facts) {
        leg.agreed(facts);
        agreed.add(leg);
        moved.add(leg);
        settleDues();
    }

    /** An outside carrier was told something, or has said that it knows it. */
    void told(CarrierOrder order) {
        orders.put(order);
        leg(order.leg()).ifPresent(moved::add);
    }

    /**
     * What is due at a door follows from what was taken, called off or paid elsewhere, and whether a person has to look at
     * what was taken follows from what was due.
     */
    private void settleDues() {
        for (Leg leg : legs) {
            Dues due = leg.dueStands().orElseGet(() -> Dues.of(this, leg));
            if (!due.equals(leg.due())) {
                leg.owes(due);
                agreed.add(leg);
                moved.add(leg);
                leg.takings().forEach(report -> reconsidered.put(report.id(), leg));
            }
        }
    }

    /** @return why a person has to look at it; what contradicts moves nothing */
    Optional<Doubt> happened(Leg leg, Report report) {
        boolean late = leg.reports().stream().anyMatch(r -> r.happenedAt().isAfter(report.happenedAt()));
        boolean none = goesInNone();
        Progress before = add(leg, report);
        Contradiction contradiction = leg.progress().contradictions().get(report.id());
        Optional<Doubt> doubt = doubt(leg, report);
        added.add(new Added(leg, report, doubt.map(Doubt::code).orElse(null)));
        wasGivenAfterAll(leg, report);
        wasNotGivenAfterAll(leg, report);
        if (contradiction == null && !saysNothingNew(leg, report, before)) {
            tell(leg, report, late);
        }
        goesInAnEnvelopeOrNot(none);
        reconsider(leg, before);
        tellWhatStandsNow(leg, before);
        tellWhatCameTooLate(leg, report, before);
        moveStatus(report, voidsTheDelivery(leg, report, before));
        return doubt;
    }

    /**
     * The post had it when its agency took back that it had given it, or got it all the same: that holds, unless the agency has
     * refused the dossier, asked for more or sent it on since. Another agency decides for itself.
     */
    private void wasGivenAfterAll(Leg leg, Report report) {
        if (dossier.status() >= Dossier.Status.DECIDED
                || leg.step() == Step.CANCELLED
                || !report.code().provesPossession()
                || leg.progress().contradictions().containsKey(report.id())) {
            return;
        }
        leg.takenBack()
                .filter(back -> !dossier.saidAfter(back.recordedAt())
                        || dossier.status() == Dossier.Status.RECEIVED && back.saidBy(dossier.agency()))
                .map(back -> leg.report(Objects.requireNonNull(back.voids())))
                .ifPresent(given -> say(dossier.decided(given.happenedAt())));
    }

    /** And when the post had not had it either, its agency's word holds again that it was not given. */
    private void wasNotGivenAfterAll(Leg leg, Report report) {
        boolean decidedOtherwise = legs.stream()
                .filter(result -> result.facts().kind() == LegKind.RESULT)
                .anyMatch(result -> !result.given().isEmpty()
                        || result.handedOut().isPresent()
                        || result.fetched().isPresent());
        if (report.voids() == null || decidedOtherwise) {
            return;
        }
        leg.takenBack()
                .map(back -> leg.report(Objects.requireNonNull(back.voids())))
                .filter(given -> given.happenedAt().equals(dossier.decidedAt()))
                .ifPresent(given -> undecided());
    }

    private Progress add(Leg leg, Report report) {
        Progress before = leg.add(report);
        moved.add(leg);
        if ((before.step() == Step.CANCELLED) != (leg.step() == Step.CANCELLED)) {
            // What it took the place of may be owed again.
            moved.addAll(legs);
        }
        if (leg.facts().kind().inbound()
                && before.step().terminal() != leg.step().terminal()) {
            nothingComesAnyMore();
        }
        settleDues();
        if (report.money() || report.voids() != null || leg.isCarriersWord(report)) {
            leg.takings().forEach(other -> reconsidered.put(other.id(), leg));
        }
        return before;
    }

    /** An answer that papers would have asked for when they came is owed without them, from now on. */
    private void nothingComesAnyMore() {
        if (dossier.decideBy() != null
                && legs.stream().noneMatch(leg -> leg.facts().kind().inbound() && leg.open())) {
            become(dossier.owing(answerBy(Legs.now())));
        }
    }

    /** Why a person has to look at it, as everything stands now. */
    Optional<Doubt> doubt(Leg leg, Report report) {
        return Optional.ofNullable(leg.progress().contradictions().get(report.id()))
                .map(Doubt::of)
                .or(() -> Proofs.doubt(leg, report));
    }

    /** Two workers at one door, or one who scans twice: that the post has the item was told already. */
    private static boolean saysNothingNew(Leg leg, Report report, Progress before) {
        boolean collects = report.code() == HandlingCode.COLLECTED || report.code() == HandlingCode.RESULT_COLLECTED;
        return collects
                && before.inHands()
                && !before.collectedInferred()
                && !report.id().equals(leg.progress().lastHandling());
    }

    /** It was reported before anybody here knew its item: told and counted now, with its own time. */
    void adopt(Leg leg, Report report) {
        adopted.add(report.id());
        boolean none = goesInNone();
        Progress before = add(leg, report);
        wasGivenAfterAll(leg, report);
        wasNotGivenAfterAll(leg, report);
        if (!leg.progress().contradictions().containsKey(report.id())) {
            tell(leg, report, true);
        }
        goesInAnEnvelopeOrNot(none);
        reconsider(leg, before);
        tellWhatStandsNow(leg, before);
        tellWhatCameTooLate(leg, report, before);
        moveStatus(report, voidsTheDelivery(leg, report, before));
    }

    /** Whether a person has to look at what was reported before may be otherwise now. */
    private void reconsider(Leg leg, Progress before) {
        Set<UUID> now = leg.progress().contradictions().keySet();
        Set<UUID> voided = voided(leg);
        for (Report report : leg.reports()) {
            boolean turned =
                    now.contains(report.id()) != before.contradictions().containsKey(report.id());
            if (!voided.contains(report.id()) && (turned || report.amount("feeRemitted") > 0)) {
                reconsidered.put(report.id(), leg);
            }
        }
    }

    /** Evidence that a delivery named has arrived. */
    void arrived(Leg leg, Report delivery, String sha256) {
        Progress before = leg.arrived(delivery.id(), sha256);
        moved.add(leg);
        tellWhatStandsNow(leg, before);
        moveStatus(delivery, false);
    }

    Obligation obligation(Leg leg) {
        Leg sent = sent(leg);
        return leg.obligation(dossier, sent.facts().kind(), replaced(sent), isTurnedDown(leg), deadlines);
    }

    private Standing standing(Leg leg) {
        return new Standing(leg.facts(), leg.progress(), obligation(leg));
    }

    private void tell(Leg leg, Report report, boolean late) {
        news.add(new News(dossier, standing(leg), new Event.Handled(report, late)));
    }

    /** What contradicted before and does not any more, because something else was voided or came in. */
    private void tellWhatStandsNow(Leg leg, Progress before) {
        Set<UUID> voided = voided(leg);
        before.contradictions().keySet().stream()
                .filter(id -> !leg.progress().contradictions().containsKey(id) && !voided.contains(id))
                .sorted()
                .map(leg::report)
                .filter(Objects::nonNull)
                .forEach(report -> tell(leg, report, true));
    }

    /** What was asked for, as its portal was told, after something had happened to the item that nobody had heard of. */
    private void tellWhatCameTooLate(Leg leg, Report heard, Progress before) {
        Map<UUID, LateWish> late = new TreeMap<>(leg.progress().lateWishes());
        leg.progress().contradictions().keySet().stream()
                .map(leg::report)
                .filter(report -> report != null && report.code() == HandlingCode.ADDRESS_CHANGED)
                .forEach(report -> late.put(report.id(), new LateWish(Choice.ADDRESS, leg.step(), false)));
        late.keySet().removeAll(before.lateWishes().keySet());
        late.keySet().removeAll(before.contradictions().keySet());
        late.remove(heard.id());
        late.values()
                .forEach(wish -> news.add(new News(
                        dossier,
                        standing(leg),
                        new Event.CameTooLate(UuidCreator.getTimeOrderedEpoch(), heard.recordedAt(), wish))));
    }

    private static Set<UUID> voided(Leg leg) {
        Set<UUID> voided = new HashSet<>();
        leg.reports().stream()
                .filter(r -> r.voids() != null)
                .forEach(r -> voided.add(Objects.requireNonNull(r.voids())));
        return voided;
    }

    /**
     * The post never decides. It brings the status from 9 to 10 when the result is delivered and proven, and back when that
     * turns out wrong; that money is missing does not bring it back.
     *
     * @param because what was heard just now, of any leg: a fee that was taken elsewhere proves a delivery too
     * @param voided whether that voids the delivery
     */
    private void moveStatus(Report because, boolean voided) {
        List<Leg> results = legs.stream()
                .filter(leg -> leg.facts().kind() == LegKind.RESULT)
                .toList();
        Optional<Leg> proven =
                results.stream().filter(leg -> leg.progress().proven()).findFirst();
        if (proven.isPresent() && dossier.status() == Dossier.Status.DECIDED) {
            moveStatus(proven.get(), Dossier.Status.RETURNED, because);
        } else if (proven.isEmpty()
                && dossier.status() == Dossier.Status.RETURNED
                && (voided || results.stream().noneMatch(leg -> leg.step() == Step.DELIVERED))) {
            moveStatus(results.get(results.size() - 1), Dossier.Status.DECIDED, because);
        }
    }

    private static boolean voidsTheDelivery(Leg leg, Report report, Progress before) {
        return leg.facts().kind() == LegKind.RESULT
                && before.step() == Step.DELIVERED
                && report.voids() != null
                && report.voids().equals(before.lastHandling())
                && !report.voids().equals(leg.progress().lastHandling());
    }

    /** What was said of the dossier, or agreed about another leg, may have proven a delivery. */
    void conclude() {
        legs.stream()
                .filter(leg ->
                        leg.facts().kind() == LegKind.RESULT && leg.progress().proven())
                .reduce((before, after) -> after)
                .flatMap(leg ->
                        Optional.ofNullable(leg.progress().lastHandling()).map(leg::report))
                .ifPresent(delivery -> moveStatus(delivery, false));
    }

    private void moveStatus(Leg result, int status, Report because) {
        say(dossier.at(status));
        news.add(
                new News(dossier, standing(result), new Event.StatusMoved(UuidCreator.getTimeOrderedEpoch(), because)));
    }

    /** An outbound item whose return was approved and that has no way back yet. */
    Optional<Leg> toBringBack() {
        return legs.stream()
                .filter(leg -> leg.step() == Step.RETURN_APPROVED)
                .filter(leg -> legs.stream()
                        .noneMatch(back -> leg.id().equals(back.facts().returns()) && back.step() != Step.CANCELLED))
                .findFirst();
    }

    /** A way back that is not needed: the item was delivered after all. */
    Optional<Leg> notToBringBack() {
        return legs.stream()
                .filter(back -> back.facts().kind() == LegKind.RETURN && back.open())
                .filter(back -> legs.stream()
                        .anyMatch(leg -> leg.id().equals(back.facts().returns()) && leg.step() != Step.RETURN_APPROVED))
                .findFirst();
    }

    boolean fresh() {
        return fresh;
    }

    boolean changed() {
        return changed;
    }

    List<News> news() {
        return news;
    }

    Set<Leg> opened() {
        return opened;
    }

    /** Legs that are new, or about which something else was agreed. */
    Set<Leg> touched() {
        Set<Leg> touched = new LinkedHashSet<>(opened);
        touched.addAll(agreed);
        return touched;
    }

    Set<Leg> agreed() {
        return agreed;
    }

    /** Legs whose progress or obligation has to be written again. */
    Set<Leg> moved() {
        return moved;
    }

    List<Added> added() {
        return added;
    }

    List<Review> reviews() {
        return reviews;
    }

    /** Handlings of which it was said by mistake that somebody had dealt with them. */
    Set<UUID> unsettled() {
        return unsettled;
    }

    Set<UUID> adopted() {
        return adopted;
    }

    /** Handlings whose conflict has to be written again, each with its leg. */
    Map<UUID, Leg> reconsidered() {
        return reconsidered;
    }
}
