package vn.bocau.dossier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.dossier.rules.Contradiction;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.LegTerms;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Progress;
import vn.bocau.dossier.rules.Proof;
import vn.bocau.dossier.rules.Step;

/** A leg with everything that was reported of it; part of a {@link Journey} and used under its lock alone. */
final class Leg {

    /** The field of an outside carrier's handling that says how much it took, of whatever kind. */
    static final String CARRIER_COLLECTED = "carrierCollected";

    /** The field of a handling that says for whom its COD was taken. */
    private static final String COD_PAYEE = "codPayee";

    /** One act told twice; the same are left out by SQL {@code standing}. */
    private static final Set<Contradiction> SAID_TWICE =
            EnumSet.of(Contradiction.COLLECTED_TWICE, Contradiction.DELIVERED_TWICE);

    /** With these its carrier's order is taken back before the item was fetched. */
    private static final Set<HandlingCode> ENDS =
            EnumSet.of(HandlingCode.CANCELLED, HandlingCode.LOST, HandlingCode.RECALLED);

    /** What is said of it from when its agency gives it to the post until the post has it. */
    private static final Set<HandlingCode> GIVES =
            EnumSet.of(HandlingCode.RESULT_READY, HandlingCode.MANIFESTED, HandlingCode.DISPATCH_SHORT);

    private static final Comparator<Report> IN_TIME =
            Comparator.comparing(Report::happenedAt).thenComparing(Report::id);

    private final List<Report> reports;
    private final Map<UUID, Set<String>> evidence = new HashMap<>();
    private final Map<UUID, String> settled;
    private final Set<String> formerItems;
    private LegFacts facts;
    private final Set<String> formerOffices;
    private final Set<String> formerPayees;
    private final OrderBook orders;
    private Dues due;
    private Progress progress;

    /**
     * What was written down of a leg beside what was agreed and reported.
     *
     * @param due as it was when last something happened
     * @param formerItems identifiers it bore, one of which it may bear again
     * @param formerOffices post offices it went by, by one of which it may go again
     * @param formerPayees thirds for whom COD was to be taken when somebody may have set out for it
     * @param evidence what has arrived, as SHA-256, by the handling that named it
     * @param settled why, by the handlings that said it was lost, or called off, which was made good
     */
    record Kept(
            Dues due,
            Set<String> formerItems,
            Set<String> formerOffices,
            Set<String> formerPayees,
            Map<UUID, Set<String>> evidence,
            Map<UUID, String> settled) {

        static final Kept NOTHING = new Kept(Dues.NONE, Set.of(), Set.of(), Set.of(), Map.of(), Map.of());
    }

    /** @param orders of its dossier */
    Leg(LegFacts facts, List<Report> reports, OrderBook orders, Kept kept) {
        this.facts = facts;
        this.reports = new ArrayList<>(reports);
        this.due = kept.due();
        this.orders = orders;
        this.formerItems = new HashSet<>(kept.formerItems());
        this.formerOffices = new HashSet<>(kept.formerOffices());
        this.formerPayees = new HashSet<>(kept.formerPayees());
        this.settled = new HashMap<>(kept.settled());
        kept.evidence().forEach((handling, here) -> this.evidence.put(handling, new HashSet<>(here)));
        this.progress = fold();
    }

    LegFacts facts() {
        return facts;
    }

    UUID id() {
        return facts.id();
    }

    Progress progress() {
        return progress;
    }

    Step step() {
        return progress.step();
    }

    List<Report> reports() {
        return reports;
    }

    /** What was asked for last on our page. */
    Optional<UUID> lastWish() {
        return reports.stream()
                .filter(report -> report.source().equals(Citizens.TRACK))
                .max(Comparator.comparing(Report::recordedAt).thenComparing(Report::id))
                .map(Report::id);
    }

    /** The last that somebody has asked on our page to have it go to another door, and nobody has taken back. */
    Optional<UUID> lastMove() {
        return moved(report -> report.source().equals(Citizens.TRACK)).map(Report::id);
    }

    /** The last change of where it goes, whoever said it, that nobody has taken back. */
    Optional<Report> lastMoved() {
        return moved(report -> true);
    }

    private Optional<Report> moved(Predicate<Report> by) {
        Set<UUID> voided =
                reports.stream().map(Report::voids).filter(Objects::nonNull).collect(Collectors.toSet());
        return reports.stream()
                .filter(report -> report.code() == HandlingCode.ADDRESS_CHANGED
                        && by.test(report)
                        && !voided.contains(report.id()))
                .max(Comparator.comparing(Report::recordedAt).thenComparing(Report::id));
    }

    /** Something may still happen to it. */
    boolean open() {
        return !step().terminal() && step() != Step.RETURN_APPROVED;
    }

    /** Somebody is to carry it, now or as soon as the post has it: its envelope bears an identifier. */
    boolean toBeCarried() {
        return open() && step() != Step.AWAITING_RESULT;
    }

    /** Nothing is in the hands of the post yet. At the agency, waiting to be fetched, is not either. */
    boolean notBegun() {
        return step().beforeUnderWay() || step() == Step.READY;
    }

    /** It may come to the citizen's door yet; what was fetched there has been. */
    boolean goesOn() {
        return open() && !progress.recalled() && !(facts.kind().inbound() && progress.inHands());
    }

    boolean isOnItsWay() {
        return goesOn() && !notBegun() && step() != Step.SHORT;
    }

    /** It was cancelled by that, and its label is on another leg now: open again, nobody could scan it. */
    boolean gaveItsLabelAway(Report cancelled) {
        return facts.item() == null
                && !formerItems.isEmpty()
                && step() == Step.CANCELLED
                && cancelled.code() == HandlingCode.CANCELLED;
    }

    /** With what its agency gave it to the post, as far as nobody has taken that back. */
    List<Report> given() {
        return standing().filter(report -> GIVES.contains(report.code())).toList();
    }

    /** The last of {@link #given} that its agency has taken back, while it has not given it anew; with what took it back. */
    Optional<Report> takenBack() {
        return reports.stream()
                .filter(back -> back.source().equals(Decisions.DESK)
                        && Optional.ofNullable(back.voids())
                                .map(this::report)
                                .filter(mistake -> GIVES.contains(mistake.code()))
                                .isPresent())
                .filter(back -> given().isEmpty())
                .max(IN_TIME);
    }

    /** Now, or before. */
    boolean bore(String item) {
        return item.equals(facts.item()) || formerItems.contains(item);
    }

    Set<String> formerItems() {
        return formerItems;
    }

    Set<String> formerOffices() {
        return formerOffices;
    }

    Set<String> formerPayees() {
        return formerPayees;
    }

    /** What is to be taken at its door altogether. */
    Dues due() {
        return due;
    }

    void owes(Dues now) {
        due = now;
        progress = fold();
    }

    /**
     * What stays due whatever happens elsewhere: what was due when a carrier that was at the door had been told of it, and
     * when the item was called off or lost before anything was taken. Nothing when it follows from everything else.
     */
    Optional<Dues> dueStands() {
        return carriedOut()
                .filter(done -> !done.saysItTookNothing())
                .map(done -> done.order().due())
                .or(() -> isGivenUp() && nothingTaken() ? Optional.of(due) : Optional.empty());
    }

    private boolean isGivenUp() {
        return step() == Step.CANCELLED || step() == Step.LOST;
    }

    private boolean nothingTaken() {
        return Stream.of(Dues.What.values()).allMatch(what -> taking(what).isEmpty());
    }

    /** What its carrier was told under the number it bears; nothing when that is one of our own offices. */
    Optional<CarrierOrder> carrierOrder() {
        return orders.under(facts.carrier(), facts.item());
    }

    /** With which it was called off, called back, sent back or said to be lost; nothing while it goes on. */
    Optional<Report> endedWith() {
        UUID handling = switch (step()) {
            case CANCELLED, LOST, RETURN_APPROVED -> progress.lastHandling();
            default -> progress.recall();
        };
        return Optional.ofNullable(handling).map(this::report);
    }

    /** Its carrier has an order for it that stands, under whatever number. */
    boolean isOrdered() {
        return orders.of(id()).stream()
                .anyMatch(order -> !order.cancelled() && order.carrier().equals(facts.carrier()));
    }

    /** Not fetched yet; its carrier was told last not to come for it, and what that was told for has been undone since. */
    boolean wasTakenBackInError() {
        return orders.told(facts.carrier(), id())
                .reduce((before, after) -> after)
                .filter(last -> last.cancelled() && !progress.inHands())
                .filter(back -> reports.stream()
                        .filter(undoing -> !undoing.recordedAt().isBefore(back.at()))
                        .anyMatch(this::undoesItsEnd))
                .isPresent();
    }

    private boolean undoesItsEnd(Report undoing) {
        Report undone = undoing.voids() == null ? null : report(undoing.voids());
        return undone != null
                && ENDS.contains(undone.code())
                && !progress.contradictions().containsKey(undoing.id());
    }

    boolean calledOffBy(@Nullable String partner) {
        return step() == Step.CANCELLED
                && reports.stream()
                        .anyMatch(r ->
                                r.code() == HandlingCode.CANCELLED && r.actor().equals(partner));
    }

    /** A result that its carrier does not carry, and that nobody else has called off. */
    boolean isTurnedDown() {
        return facts.kind() == LegKind.RESULT
                && step() == Step.CANCELLED
                && standing()
                        .filter(report -> report.code() == HandlingCode.CANCELLED)
                        .allMatch(report ->
                                orders.under(report.source(), report.item()).isPresent());
    }

    /** With what its agency has said that it handed it out, or carried it there itself, and has not taken back. */
    Optional<Report> handedOut() {
        return standing()
                .filter(report -> report.code() == HandlingCode.CANCELLED
                        && report.source().equals(Decisions.DESK))
                .filter(report -> step() == Step.CANCELLED)
                .max(IN_TIME);
    }

    /** With what it was lost, when its agency has said that it handed out another in its place, and has not taken that back. */
    Optional<Report> madeGoodByHand() {
        return Optional.ofNullable(progress.lastHandling())
                .filter(lost -> step() == Step.LOST && NotByPost.HANDED_OUT.equals(settled.get(lost)))
                .map(this::report);
    }

    /** It is to come back, or was, and nobody has undone that. */
    boolean wasToComeBack() {
        return standing().anyMatch(report -> report.code() == HandlingCode.RETURN_APPROVED);
    }

    /** Sender until the post has it, receiver from then on. */
    Party whereToGo() {
        return step().toBeFetched() && facts.kind() != LegKind.RETURN ? facts.sender() : facts.receiver();
    }

    /** The agency at whose desk it is fetched or handed over. */
    String desk() {
        String to = facts.toAgency();
        return to == null || notBegun() ? facts.agency() : to;
    }

    boolean ordered(String by, String number) {
        LegFacts.Order order = facts.order();
        return order != null && order.by().equals(by) && order.number().equals(number);
    }

    void agreed(LegFacts changed) {
        String before = facts.item();
        if (before != null && !before.equals(changed.item())) {
            formerItems.add(before);
        }
        Stream.of(facts.fromOffice(), facts.toOffice())
                .filter(office -> !changed.carrier().equals(facts.carrier())
                        || !office.equals(changed.fromOffice()) && !office.equals(changed.toOffice()))
                .forEach(formerOffices::add);
        Cod asked = facts.asked().cod();
        if (toBeCarried()
                && asked.amount() > 0
                && !asked.hasPayeeOf(changed.asked().cod())) {
            formerPayees.add(Objects.requireNonNull(asked.payee()));
        }
        facts = changed;
        progress = fold();
    }

    /** @return progress as it was before */
    Progress add(Report report) {
        Progress before = progress;
        reports.add(report);
        progress = fold();
        return before;
    }

    /** @return progress as it was before */
    Progress arrived(UUID handling, String sha256) {
        Progress before = progress;
        evidence.computeIfAbsent(handling, h -> new HashSet<>()).add(sha256);
        progress = fold();
        return before;
    }

    @Nullable
    Report report(UUID handling) {
        return reports.stream().filter(r -> r.id().equals(handling)).findFirst().orElse(null);
    }

    /** Đồng of the fee taken and not handed on to the agency; what was voided or said twice does not count. */
    long feeHeld() {
        return sum(report -> report.amount("feeCollected") - report.amount("feeRemitted"));
    }

    /** As if this had not been reported. */
    long feeHeldWithout(Report without) {
        return sum(report ->
                report.id().equals(without.id()) ? 0 : report.amount("feeCollected") - report.amount("feeRemitted"));
    }

    private long sum(ToLongFunction<Report> amount) {
        return standing().mapToLong(amount).sum();
    }

    /** What was neither voided nor said twice. */
    private Stream<Report> standing() {
        Map<UUID, Contradiction> contradictions = progress.contradictions();
        Set<UUID> not = new HashSet<>();
        for (Report report : reports) {
            if (report.voids() != null && !contradictions.containsKey(report.id())) {
                not.add(report.voids());
            }
        }
        return reports.stream()
                .filter(report -> !not.contains(report.id()))
                .filter(report -> !saidTwice(contradictions.get(report.id())));
    }

    private static boolean saidTwice(@Nullable Contradiction contradiction) {
        return contradiction != null && SAID_TWICE.contains(contradiction);
    }

    /** The latest that nobody could report who does not have the item, and that nothing contradicts. */
    Optional<Report> possession() {
        return standing()
                .filter(report -> report.code().provesPossession())
                .filter(report -> !progress.contradictions().containsKey(report.id()))
                .max(IN_TIME);
    }

    /** That carrier has it, for its order under that number, though perhaps it was called off before anybody heard so. */
    boolean isWith(String carrier, String number) {
        return standing()
                .filter(report -> report.code().provesPossession())
                .filter(report -> Optional.ofNullable(progress.contradictions().get(report.id()))
                        .filter(why -> why != Contradiction.CANCELLED_BEFORE)
                        .isEmpty())
                .max(IN_TIME)
                .filter(report -> report.source().equals(carrier) && number.equals(report.item()))
                .isPresent();
    }

    /** Whoever came for it came for another order than this carrier's under this number, or for none: our own. */
    boolean isCarriedOtherwise(String carrier, String number) {
        boolean underAnother = possession()
                .filter(has -> has.item() != null && !has.item().equals(number)
                        || orders.under(has.source(), has.item())
                                .filter(order -> !order.carrier().equals(carrier))
                                .isPresent())
                .isPresent();
        return underAnother || fetched().filter(Leg::byOurOwn).isPresent();
    }

    /** That carrier came for it first, and for its order under this number. */
    boolean wasFetchedBy(String carrier, String number) {
        return fetched()
                .filter(report -> report.source().equals(carrier) && number.equals(report.item()))
                .isPresent();
    }

    /** With which it came into the hands of whoever had it first. */
    Optional<Report> fetched() {
        return standing()
                .filter(report -> report.code().provesPossession() && !belongsElsewhere(report))
                .min(IN_TIME);
    }

    private static boolean byOurOwn(Report report) {
        return report.source().equals(Handlings.PARTNER);
    }

    /** Our own workers have a code for everything; what some carriers have one code for is done with it all the same. */
    private boolean belongsElsewhere(Report report) {
        return progress.contradictions().get(report.id()) == Contradiction.NOT_ON_THIS_LEG;
    }

    /** With which it left the citizen, or came there. */
    private Optional<Report> atTheDoor() {
        return standing()
                .filter(report -> !(byOurOwn(report) && belongsElsewhere(report)))
                .filter(report -> facts.kind().inbound()
                        ? report.code().provesPossession()
                        : report.code() == HandlingCode.DELIVERED)
                .min(IN_TIME);
    }

    /** It tells no amounts, and keeps its evidence itself. */
    boolean isCarriersWord(Report report) {
        return orders.under(report.source(), report.item()).isPresent() || !facts.ownCarrier() && !byOurOwn(report);
    }

    /** With what an outside carrier was at the door, and for which order, perhaps one that was taken back. */
    private record CarriedOut(Report report, CarrierOrder order) {

        Dues took() {
            return saysItTookNothing() ? Dues.NONE : order.toTake();
        }

        /**
         * Of whom it fetched papers: some ask the receiver alone, which is an agency then. What the citizen did not give is due
         * as it is where our own worker takes nothing. Of a delivery it owes what it was told, whatever it says.
         */
        boolean saysItTookNothing() {
            return report.code() == HandlingCode.COLLECTED
                    && report.details().has(CARRIER_COLLECTED)
                    && report.amount(CARRIER_COLLECTED) == 0;
        }
    }

    /** It took what it had been told by then. Of one that says nothing it is known by whom it brought it to. */
    private Optional<CarriedOut> carriedOut() {
        return atTheDoor()
                .filter(report -> !byOurOwn(report))
                .flatMap(report -> orders.under(report.source(), report.item(), report.happenedAt())
                        .or(() -> orders.under(
                                facts.carrier(),
                                report.item() == null ? facts.item() : report.item(),
                                report.happenedAt()))
                        .map(order -> new CarriedOut(report, order)));
    }

    /**
     * What an outside carrier is to take: what is due, less what our own workers have taken. Once it was at the door, it is
     * not told otherwise any more.
     */
    Dues toTake() {
        return carriedOut()
                .map(CarriedOut::order)
                .flatMap(then -> orders.under(then.carrier(), then.item()))
                .map(CarrierOrder::toTake)
                .orElseGet(this::left);
    }

    /**
     * With that it was at the door, and it had been told other amounts before, or has been since: it knows which it took.
     * Who comes for the number that it bears now does not mean another.
     */
    boolean mayHaveTakenOther(Report report) {
        return carriedOut()
                .filter(done -> done.report().id().equals(report.id()) && !done.saysItTookNothing())
                .map(CarriedOut::order)
                .filter(done -> orders.told(done.carrier(), done.leg())
                        .filter(told ->
                                told.item().equals(done.item()) || !done.item().equals(facts.item()))
                        .anyMatch(told -> !told.toTake().equals(done.toTake())))
                .isPresent();
    }

    private Dues left() {
        return due.less(what -> sum(what::taken));
    }

    private long told(Dues.What what) {
        return carriedOut().map(done -> what.of(done.took())).orElse(0L);
    }

    /** How much of it was taken at the door; what was voided or said twice does not count. */
    long taken(Dues.What what) {
        return sum(what::taken) + told(what);
    }

    /** Nobody comes to this door for it any more, though a part was taken there. */
    long leftOfFee() {
        long taken = taken(Dues.What.FEE);
        boolean over = step().terminal() && !isGivenUp();
        return over && taken > 0 ? Math.max(0, facts.asked().fee() - taken) : 0;
    }

    /** With that report and before it; a carrier, which tells no amounts and whom nobody asks, counts as before it. */
    long takenUpTo(Dues.What what, Report report) {
        return sum(other -> IN_TIME.compare(other, report) < 0 ? what.taken(other) : 0)
                + told(what)
                + what.taken(report);
    }

    /** The same, of what happened earlier. */
    long takenBefore(Dues.What what, Report later) {
        return sum(report -> IN_TIME.compare(report, later) < 0 ? what.taken(report) : 0)
                + carriedOut()
                        .filter(done -> IN_TIME.compare(done.report(), later) < 0)
                        .map(done -> what.of(done.took()))
                        .orElse(0L);
    }

    /** Somebody wants something taken here, or something was. */
    boolean hasMoney() {
        return reports.stream().anyMatch(report -> report.details().has(CARRIER_COLLECTED))
                || Stream.of(Money.values())
                        .map(Dues.What::of)
                        .anyMatch(what -> what.of(facts.asked()) + what.of(due) > 0
                                || taking(what).isPresent()
                                || reports.stream().anyMatch(Report::money));
    }

    /** For the accounts: what is due and taken here, a part for each kind of money, and of COD for each whose it is. */
    List<DossierMoney.Part> money() {
        return Stream.of(Money.values())
                .flatMap(money -> money(money).stream())
                .filter(part -> part.due() > 0
                        || !part.taken().isEmpty()
                        || !part.handedOn().isEmpty())
                .toList();
    }

    /**
     * What was taken for a payee of before, whose name the worker's list had, is his, and asked for no more for the one of
     * now: the citizen pays once.
     */
    private List<DossierMoney.Part> money(Money money) {
        String now = whose(money, due);
        Map<String, List<DossierMoney.Taken>> taken = takenBy(money);
        List<DossierMoney.Part> parts = new ArrayList<>();
        long rest = owed(money, taken);
        for (Map.Entry<String, List<DossierMoney.Taken>> of : taken.entrySet()) {
            String whose = of.getKey();
            if (!whose.equals(now)) {
                long his = whose.equals(DossierMoney.NOBODY) ? 0 : Math.min(rest, sum(of.getValue()));
                parts.add(new DossierMoney.Part(id(), whose, money, his, !goesOn(), of.getValue(), List.of()));
                rest -= his;
            }
        }
        parts.add(
                0,
                new DossierMoney.Part(
                        id(), now, money, rest, !goesOn(), taken.getOrDefault(now, List.of()), handedOn(money)));
        return parts;
    }

    private static long sum(List<DossierMoney.Taken> taken) {
        return taken.stream().mapToLong(DossierMoney.Taken::amount).sum();
    }

    /** Its COD was taken for another than whose it is by now, or nobody knows for whom. */
    boolean tookForAnother(Report report) {
        return report.amount(Dues.What.COD.field()) > 0 && !takenFor(report).equals(whose(Money.COD, due));
    }

    /** Whom a phone's list named; where it does not say, the only one it can have named. */
    private String takenFor(Report report) {
        Set<String> named = new HashSet<>(formerPayees);
        Optional.ofNullable(due.cod().payee()).ifPresent(named::add);
        String said = report.details().path(COD_PAYEE).asText(null);
        if (said != null) {
            return named.contains(said) ? said : DossierMoney.NOBODY;
        }
        return named.size() == 1 ? named.iterator().next() : DossierMoney.NOBODY;
    }

    /** What its outside carrier says it took at the door, beside what it had been told by then. */
    Optional<DossierMoney.CarrierSaid> carrierSaid() {
        return carriedOut()
                .filter(done -> done.report().details().has(CARRIER_COLLECTED))
                .map(done -> {
                    Dues told = done.took();
                    return new DossierMoney.CarrierSaid(
                            id(),
                            most(told),
                            whose(most(told), told),
                            Stream.of(Money.values())
                                    .filter(money -> Dues.What.of(money).of(told) > 0 || money == most(told))
                                    .map(money -> new DossierMoney.Whose(money, whose(money, told)))
                                    .toList(),
                            done.order().carrier(),
                            told.money(),
                            done.report().amount(CARRIER_COLLECTED));
                });
    }

    /** Of several of which there is as much, the first. */
    private static Money most(Dues dues) {
        return Stream.of(Money.values())
                .reduce((one, other) ->
                        Dues.What.of(other).of(dues) > Dues.What.of(one).of(dues) ? other : one)
                .orElseThrow();
    }

    private String whose(Money money, Dues dues) {
        return money == Money.COD
                ? Objects.requireNonNullElse(dues.cod().payee(), DossierMoney.NOBODY)
                : facts.agency();
    }

    /** Where nobody comes to the door any more, the citizen owes no more than was taken there. */
    private long owed(Money money, Map<String, List<DossierMoney.Taken>> taken) {
        long whole = Dues.What.of(money).of(due);
        long known = taken.entrySet().stream()
                .filter(of -> !of.getKey().equals(DossierMoney.NOBODY))
                .mapToLong(of -> sum(of.getValue()))
                .sum();
        return goesOn() || atTheDoor().isPresent() ? whole : Math.min(whole, known);
    }

    /** By whose it is. */
    private Map<String, List<DossierMoney.Taken>> takenBy(Money money) {
        Dues.What what = Dues.What.of(money);
        Map<String, List<DossierMoney.Taken>> taken = new LinkedHashMap<>();
        standing()
                .filter(report -> what.taken(report) > 0)
                .forEach(report -> taken.computeIfAbsent(
                                money == Money.COD ? takenFor(report) : facts.agency(), whose -> new ArrayList<>())
                        .add(new DossierMoney.Taken(
                                report.id(),
                                byOurOwn(report),
                                byOurOwn(report) ? officeOf(report) : report.source(),
                                what.taken(report))));
        carriedOut()
                .filter(done -> what.of(done.took()) > 0)
                .ifPresent(done -> taken.computeIfAbsent(whose(money, done.took()), whose -> new ArrayList<>())
                        .add(new DossierMoney.Taken(
                                done.report().id(), false, done.order().carrier(), what.of(done.took()))));
        return taken;
    }

    private List<DossierMoney.HandedOn> handedOn(Money money) {
        return money == Money.FEE
                ? standing()
                        .filter(report -> report.amount("feeRemitted") > 0)
                        .map(report ->
                                new DossierMoney.HandedOn(report.id(), officeOf(report), report.amount("feeRemitted")))
                        .toList()
                : List.of();
    }

    private String officeOf(Report report) {
        return Objects.requireNonNullElse(report.office(), facts.fromOffice());
    }

    /** With which some of it was taken first. */
    Optional<Report> taking(Dues.What what) {
        return Stream.concat(
                        standing().filter(report -> what.taken(report) > 0),
                        carriedOut().filter(done -> what.of(done.took()) > 0).map(CarriedOut::report).stream())
                .min(IN_TIME);
    }

    /** How many papers of a name were taken at the door: who comes again tells of those taken before once more. */
    Map<String, Integer> papersTaken() {
        Map<String, Integer> taken = new HashMap<>();
        standing()
                .map(report -> Paper.names(report.details().path("papers")))
                .forEach(names -> names.forEach((name, count) -> taken.merge(name, count, Math::max)));
        return taken;
    }

    /** Handlings that nobody has voided and that say, or should say, or may mean, that something was taken. */
    List<Report> takings() {
        Set<UUID> voided = new HashSet<>();
        reports.stream().map(Report::voids).filter(Objects::nonNull).forEach(voided::add);
        return reports.stream()
                .filter(report -> report.money()
                        || report.code() == HandlingCode.DELIVERED
                        || isCarriersWord(report) && report.code().provesPossession())
                .filter(report -> !voided.contains(report.id()))
                .toList();
    }

    /** Whether the item has business at this office: it starts or ends there. */
    boolean endsAt(String office) {
        return office.equals(facts.fromOffice()) || office.equals(facts.toOffice());
    }

    /** Where the receiver finds it, or would: where it lies by now, also when its address has moved away from there. */
    String counter() {
        String office = progress().office();
        return step() == Step.HELD && isWithUs() && office != null ? office : facts().toOffice();
    }

    /**
     * When it was carried to a door in vain, by one of ours, and nobody has seen it since: it is on the worker's bike. What citizens
     * and clerks say of it is nothing that anybody has seen.
     */
    Optional<Instant> comesBackSince() {
        return standing()
                .filter(report -> report.code().provesPossession() && byOurOwn(report))
                .max(IN_TIME)
                .filter(last -> last.code() == HandlingCode.DELIVERY_FAILED && isWithUs())
                .map(Report::happenedAt);
    }

    /**
     * It was called off, back or away: nobody stands at the citizen's door with it, or for it, any more. What is damaged may come
     * all the same, once somebody has looked at it.
     */
    boolean comesToNoDoor() {
        return switch (step()) {
            case CANCELLED, LOST, RECALLED, RETURN_APPROVED, COMING_BACK, RETURNED_TO_AGENCY -> true;
            default -> progress.recalled() && !step().arrived();
        };
    }

    /** When somebody stood at the citizen's door last. */
    Optional<Instant> lastVisit() {
        return standing()
                .filter(report -> switch (report.code()) {
                    case PICKUP_FAILED, PICKUP_PARTIAL, COLLECTED, DELIVERY_FAILED, DELIVERED -> true;
                    default -> false;
                })
                .max(IN_TIME)
                .map(Report::happenedAt);
    }

    /** Somebody said that it was delivered, and it was not: that was voided, or something else had happened before. */
    boolean isDeliveredNoMore() {
        return step() != Step.DELIVERED && reports.stream().anyMatch(report -> report.code() == HandlingCode.DELIVERED);
    }

    /** One of our own offices has it, or is to come for it. */
    boolean isWithUs() {
        return carrier().equals(LegTerms.OWN);
    }

    /** Our own worker stood in vain where a carrier is to come now: nobody waits for him there. */
    boolean isBeforeACarriersDoor(Report report) {
        return report.code() == HandlingCode.PICKUP_FAILED
                && byOurOwn(report)
                && !report.money()
                && !facts.ownCarrier()
                && !isWithUs();
    }

    /** Whoever has it; until somebody has, who is to come for it. */
    String carrier() {
        return possession()
                .flatMap(has -> byOurOwn(has)
                        ? Optional.of(LegTerms.OWN)
                        : orders.under(has.source(), has.item()).map(CarrierOrder::carrier))
                .orElse(facts.carrier());
    }

    /** What is with us though a carrier was to deliver it, goes on from where it is. */
    private String deliveredFrom() {
        boolean elsewhere = facts.kind().outbound() && isWithUs() && !facts.ownCarrier();
        return elsewhere && progress.office() != null ? progress.office() : facts.toOffice();
    }

    /** Somebody has dealt with what brought it where it stands. */
    void settled(UUID handling, String reason) {
        settled.put(handling, reason);
    }

    boolean isSettled() {
        return settled.containsKey(progress.lastHandling());
    }

    /** Nobody has, after all. */
    void unsettled(UUID handling) {
        settled.remove(handling);
    }

    private Instant cameAt() {
        return Objects.requireNonNullElse(progress.since(), facts.openedAt());
    }

    /** @param sent the kind of leg its item was sent on */
    Obligation obligation(Dossier dossier, LegKind sent, boolean replaced, boolean turnedDown, Deadlines deadlines) {
        var terms = new LegTerms(
                facts.kind(),
                sent,
                carrier(),
                facts.fromOffice(),
                deliveredFrom(),
                facts.agency(),
                dossier.agency(),
                facts.openedAt(),
                dossier.appointment(),
                replaced,
                turnedDown,
                (isGivenUp() || step() == Step.RETURNED_TO_AGENCY || step() == Step.AGENCY_RETURNED) && isSettled(),
                step() == Step.HANDED_TO_AGENCY
                        && desk().equals(dossier.agency())
                        && dossier.isUndecidedSince(cameAt(), facts.kind() == LegKind.TRANSFER),
                hasStrayed(dossier) ? desk() : null);
        return Obligation.of(terms, progress, deadlines);
    }

    /** The post has brought it where the dossier is not decided any more, and nobody there has said that it knows. */
    private boolean hasStrayed(Dossier dossier) {
        return step() == Step.HANDED_TO_AGENCY
                && !desk().equals(dossier.agency())
                && standing()
                        .filter(report -> report.code() == HandlingCode.HANDED_TO_AGENCY)
                        .noneMatch(report -> settled.containsKey(report.id()) || !isThePostsWord(report));
    }

    private boolean isThePostsWord(Report report) {
        return byOurOwn(report)
                || report.source().equals(facts.carrier())
                || orders.under(report.source(), report.item()).isPresent();
    }

    /** Twice: what was taken, and so what is proven, hangs on what was said twice, and that on no proof. */
    private Progress fold() {
        progress = fold(report -> Proof.COMPLETE);
        return fold(report -> Proofs.of(this, report, evidence.getOrDefault(report.id(), Set.of())));
    }

    private Progress fold(Function<Report, Proof> proof) {
        return Progress.of(
                facts.kind(),
                reports.stream()
                        .map(report -> report.handling(proof.apply(report)))
                        .toList());
    }
}
