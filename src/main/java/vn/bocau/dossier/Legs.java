package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.ItemId;
import vn.bocau.code.Refused;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.LegTerms;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.dossier.rules.Step;

/** Opens legs and moves them: by which offices they go, who carries them, under which identifier. */
@Component
class Legs {

    /** What may happen to a leg while its envelope is nobody's yet. */
    private static final Set<HandlingCode> BEFORE_THE_ENVELOPE = EnumSet.of(
            HandlingCode.PICKUP_REQUESTED,
            HandlingCode.PICKUP_ACCEPTED,
            HandlingCode.PICKUP_FAILED,
            HandlingCode.REDELIVERY_REQUESTED,
            HandlingCode.ADDRESS_CHANGED,
            HandlingCode.RESULT_READY,
            HandlingCode.CANCELLED);

    private final Directories directories;
    private final ItemPools pools;
    private final Rows rows;
    private final CarrierOrders orders;

    Legs(Directories directories, ItemPools pools, Rows rows, CarrierOrders orders) {
        this.directories = directories;
        this.pools = pools;
        this.rows = rows;
        this.orders = orders;
    }

    /** What somebody asks for when a leg is to be opened. */
    record Wish(LegKind kind, Party citizen, PostOffice office, List<Paper> papers, Dues asked, String requestedBy) {

        Wish asking(Dues more, String by) {
            return new Wish(kind, citizen, office, papers, more, by);
        }
    }

    static Instant now() {
        // PostgreSQL keeps microseconds; what is compared with what it kept has no more.
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    static LocalDate today() {
        return LocalDate.now(Rules.ZONE);
    }

    /** @throws Refused CONFLICT {@code agency-gone} when its row was taken out of the files */
    Agency agency(String id) {
        return directories
                .current()
                .agency(id)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.CONFLICT,
                        "agency-gone",
                        "agency",
                        "Cơ quan " + id + " không còn trong danh bạ; người vận hành phải khôi phục dòng của cơ quan.",
                        "The agency " + id + " is no longer in the directory; an operator has to put its row back."));
    }

    /**
     * COD is taken for somebody alone who can be paid, also where it was asked for when the directory knew him. What was
     * taken of it already is owed to him whatever the directory says, and is asked for no more.
     *
     * @throws Refused CONFLICT {@code payee-gone} when his row was taken out of the files
     */
    void refuseGonePayee(Journey journey, LegKind kind, Cod asked) {
        String payee = asked.payee();
        if (payee == null
                || asked.amount() <= journey.taken(kind, asked)
                || directories.current().payee(payee).isPresent()) {
            return;
        }
        throw new Refused(
                Refused.Ground.CONFLICT,
                "payee-gone",
                "cod/payee",
                "Đơn vị thụ hưởng " + payee
                        + " không còn trong danh bạ; người vận hành phải khôi phục dòng của đơn vị, hoặc"
                        + " cơ quan ghi đơn vị khác.",
                "The payee " + payee
                        + " is no longer in the directory; an operator has to put its row back, or the agency"
                        + " names another.");
    }

    /**
     * COD that was asked for before is not asked for any more. What somebody has paid of it is his by then.
     *
     * @param field where it was said
     * @throws Refused CONFLICT {@code cod-taken}
     */
    void refuseTakingOff(Journey journey, LegKind kind, Cod before, Cod now, String field) {
        if (before.amount() > 0 && now.amount() == 0 && journey.taken(kind, before) > 0) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "cod-taken",
                    field,
                    "Tiền thu hộ đã được thu, nên không bỏ được nữa; phần thu thừa được trả lại ở trang Chênh lệch.",
                    "COD was taken already, so it cannot be taken off; what was too much is given back on the page of"
                            + " differences.");
        }
    }

    /**
     * A post office by its code.
     *
     * @throws Refused CONFLICT {@code office-gone} when its row was taken out of the files
     */
    PostOffice office(String code) {
        return directories
                .current()
                .office(code)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.CONFLICT,
                        "office-gone",
                        "office",
                        "Bưu cục " + code + " không còn trong danh bạ; người vận hành phải khôi phục dòng của bưu cục.",
                        "The post office " + code
                                + " is no longer in the directory; an operator has to put its row back."));
    }

    /**
     * The post office that fetches and delivers at an address.
     *
     * @param field where the commune stood
     * @throws Refused RULE when the commune is none today, or none of our offices serves it
     */
    PostOffice officeAt(String commune, String field) {
        Commune known = directories.current().resolve(commune, null, today(), field);
        return directories
                .current()
                .officeServing(known.code())
                .orElseThrow(() -> new Refused(
                        Refused.Ground.RULE,
                        "no-post-office",
                        field,
                        "Chưa có bưu cục nào trong danh bạ phục vụ " + known.fullName() + ".",
                        "No post office in the directory serves " + known.fullName() + "."));
    }

    /** Which of these identifiers an item bears already. */
    Set<String> taken(Collection<String> items) {
        return rows.taken(items);
    }

    /** Between the citizen and the agency of the dossier. */
    Leg open(Journey journey, Wish wish) {
        Agency agency = agency(journey.dossier().agency());
        boolean inbound = wish.kind().inbound();
        Optional<Procedure> procedure =
                Optional.ofNullable(journey.dossier().procedure()).flatMap(directories.current()::procedure);
        boolean identity = wish.kind() == LegKind.RESULT
                && procedure.map(Procedure::identityCheck).orElse(true);
        return journey.open(new LegFacts(
                UuidCreator.getTimeOrderedEpoch(),
                journey.nextNo(),
                wish.kind(),
                null,
                wish.office().carrier(),
                inbound ? wish.office().code() : agency.office(),
                inbound ? agency.office() : wish.office().code(),
                agency.id(),
                null,
                inbound ? wish.citizen() : Party.of(agency),
                inbound ? Party.of(agency) : wish.citizen(),
                wish.papers(),
                wish.asked(),
                identity,
                wish.requestedBy(),
                null,
                null,
                now()));
    }

    /** From the agency that has it to another. */
    Leg transfer(Journey journey, Agency from, Agency to, String requestedBy, Instant at) {
        String carrier = directories
                .current()
                .office(from.office())
                .map(PostOffice::carrier)
                .orElse(LegTerms.OWN);
        return journey.open(new LegFacts(
                UuidCreator.getTimeOrderedEpoch(),
                journey.nextNo(),
                LegKind.TRANSFER,
                null,
                carrier,
                from.office(),
                to.office(),
                from.id(),
                to.id(),
                Party.of(from),
                Party.of(to),
                List.of(),
                Dues.NONE,
                false,
                requestedBy,
                null,
                null,
                at));
    }

    /** Whatever follows from what has happened: an item comes back, or need not after all. */
    void follow(Journey journey) {
        journey.toBringBack().ifPresent(leg -> {
            LegFacts away = leg.facts();
            // A carrier that brings it back by itself names the number it has it under.
            Optional<String> named = leg.endedWith()
                    .flatMap(approved -> journey.orders().under(approved.source(), approved.item()))
                    .map(CarrierOrder::item);
            journey.open(new LegFacts(
                    UuidCreator.getTimeOrderedEpoch(),
                    journey.nextNo(),
                    LegKind.RETURN,
                    named.or(() -> leg.possession().map(Report::item)).orElse(away.item()),
                    leg.carrier(),
                    leg.progress().office() == null
                            ? away.toOffice()
                            : leg.progress().office(),
                    away.fromOffice(),
                    away.agency(),
                    null,
                    away.receiver(),
                    away.sender(),
                    away.papers(),
                    Dues.NONE,
                    false,
                    Author.SYSTEM.name(),
                    away.order(),
                    away.id(),
                    now()));
        });
        journey.notToBringBack().ifPresent(back -> happened(journey, back, HandlingCode.CANCELLED, Author.SYSTEM));
    }

    /**
     * Opens a leg, perhaps in place of one of its kind: what was asked for with that is asked for with this, too, and what
     * the citizen has asked a portal for stays the citizen's wish.
     *
     * @throws Refused as {@link #refuseGonePayee}; nothing is opened then
     */
    Leg anew(Journey journey, Wish wish) {
        return anew(journey, wish, wish.asked()::orElse);
    }

    /** @param asking what is asked for now, by what was asked for before */
    Leg anew(Journey journey, Wish wish, UnaryOperator<Dues> asking) {
        Optional<LegFacts> before = before(journey, wish.kind());
        Dues asked = asking.apply(before.map(LegFacts::asked).orElse(Dues.NONE));
        refuseGonePayee(journey, wish.kind(), asked.cod());
        return open(
                journey,
                wish.asking(
                        asked,
                        before.map(LegFacts::requestedBy)
                                .filter(by -> by.equals(journey.dossier().portal()))
                                .orElse(wish.requestedBy())));
    }

    /** The leg whose place a new one takes, unless the citizen, or whoever had asked for it, has called it off. */
    Optional<LegFacts> before(Journey journey, LegKind kind) {
        return journey.latest(kind)
                .filter(leg -> !leg.calledOffBy(journey.dossier().portal())
                        && !leg.calledOffBy(leg.facts().requestedBy()))
                .map(Leg::facts);
    }

    /** There will be a result to bring after all: it goes where it would have gone. */
    Leg bringAfterAll(Journey journey, LegFacts before) {
        Leg leg = anew(
                journey,
                new Wish(
                        LegKind.RESULT,
                        before.receiver(),
                        office(before.toOffice()),
                        List.of(),
                        Dues.NONE,
                        before.requestedBy()));
        if (before.order() != null) {
            journey.agree(leg, leg.facts().withOrder(before.order()));
        }
        return leg;
    }

    /** What was asked to be brought, and nothing but the agency's refusal has called off. */
    Optional<LegFacts> stillWanted(Journey journey) {
        return journey.latest(LegKind.RESULT)
                .filter(leg -> isStillWanted(journey, leg))
                .map(Leg::facts);
    }

    boolean isStillWanted(Journey journey, Leg leg) {
        return leg.facts().kind() == LegKind.RESULT
                && leg.calledOffBy(Author.SYSTEM.name())
                && before(journey, LegKind.RESULT).filter(leg.facts()::equals).isPresent();
    }

    /**
     * Who came in vain comes again.
     *
     * @param brought the label on the envelope; null when nobody brought one
     */
    void askAgain(Journey journey, Leg leg, @Nullable String brought, Author by) {
        orderAnew(journey, leg, brought);
        happened(journey, leg, HandlingCode.REDELIVERY_REQUESTED, by);
    }

    /**
     * To an outside carrier, who has come and gone, what is to be done once more is another order.
     *
     * @param brought the label on the envelope; null when nobody brought one
     */
    void orderAnew(Journey journey, Leg leg, @Nullable String brought) {
        leg.carrierOrder().ifPresent(has -> {
            if (has.item().equals(brought)) {
                journey.told(has.outOfDate());
            } else {
                journey.agree(leg, leg.facts().withItem(brought));
            }
        });
    }

    /** A leg takes the place of one of its kind whose item was damaged: what the post still has of that comes back. */
    void recallDamaged(Journey journey, Leg inItsPlace, Author by) {
        journey.latest(leg -> leg != inItsPlace
                        && leg.step() == Step.DAMAGED
                        && leg.facts().kind() == inItsPlace.facts().kind()
                        && leg.facts().kind() == LegKind.RESULT)
                .ifPresent(damaged -> happened(journey, damaged, HandlingCode.RECALLED, by));
    }

    /** Who came in vain comes again, on a day the citizen names. */
    void askAgainOn(Journey journey, Leg leg, LocalDate day, Author by) {
        orderAnew(journey, leg, null);
        journey.happened(leg, now(null, HandlingCode.REDELIVERY_REQUESTED, by).on(day));
    }

    /** Something that a partner, an agency or the calendar brings about, now. */
    void happened(Journey journey, Leg leg, HandlingCode code, Author by) {
        happened(journey, leg, null, code, by);
    }

    /** It is entered on a manifest, named by its number. */
    void manifested(Journey journey, Leg leg, String manifest, Author by) {
        Report report = Report.now(
                UuidCreator.getTimeOrderedEpoch(), null, HandlingCode.MANIFESTED, now(), by.name(), by.source());
        report.details().put("manifest", manifest);
        journey.happened(leg, report);
    }

    /** @param item the number that was named, which the leg may have borne before; null when none was */
    void happened(Journey journey, Leg leg, @Nullable String item, HandlingCode code, Author by) {
        journey.happened(leg, now(item, code, by));
    }

    static Report now(@Nullable String item, HandlingCode code, Author by) {
        return at(now(), item, code, by);
    }

    /** Part of something that happened at that moment. */
    static Report at(Instant now, @Nullable String item, HandlingCode code, Author by) {
        return Report.now(UuidCreator.getTimeOrderedEpoch(), item, code, now, by.name(), by.source());
    }

    /**
     * Gives an identifier to each new or changed leg that is to be carried and has none. Comes last in a transaction, before
     * {@link Journeys#save}.
     *
     * @throws Refused RULE {@code no-item-numbers} when a carrier's have run out; nothing is kept then
     */
    void label(Journey journey) {
        orders.renumber(journey);
        Map<Leg, Journey> legs = new LinkedHashMap<>();
        journey.touched().stream().filter(Leg::toBeCarried).forEach(leg -> legs.put(leg, journey));
        if (!labelWhatCanBe(legs).isEmpty()) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "no-item-numbers",
                    "",
                    "Kho mã bưu gửi của bưu chính đã hết, người vận hành đã được báo; hãy gửi lại yêu cầu này sau.",
                    "The carrier's item numbers have run out and an operator was told; send this request again later.");
        }
    }

    /**
     * The same for what nobody labels who changes it, such as a cancellation that is voided. When a carrier's have run out,
     * which operators hear of, its order stays under the number it had; what had none is tried again with each change.
     */
    void labelBare(Collection<Journey> journeys) {
        Map<Leg, Journey> bare = new LinkedHashMap<>();
        journeys.forEach(journey -> {
            orders.renumber(journey);
            journey.legs().stream()
                    .filter(leg -> leg.toBeCarried() && leg.facts().item() == null)
                    .forEach(leg -> bare.put(leg, journey));
        });
        if (!bare.isEmpty()) {
            // A carrier that has an order keeps it rather than none, and hears what is otherwise.
            labelWhatCanBe(bare).forEach(leg -> {
                Journey journey = journeyOf(bare, leg);
                journey.orders().of(leg.id()).stream()
                        .filter(had -> had.carrier().equals(leg.facts().carrier()))
                        .reduce((before, after) -> after)
                        .ifPresent(had -> journey.agree(leg, leg.facts().withItem(had.item())));
            });
        }
    }

    /** @return the legs for which no identifier was left */
    List<Leg> labelWhatCanBe(Map<Leg, Journey> legs) {
        Map<String, List<Leg>> bare = new TreeMap<>();
        legs.keySet().stream()
                .filter(leg -> leg.facts().item() == null)
                .forEach(leg -> bare.computeIfAbsent(leg.facts().carrier(), c -> new ArrayList<>())
                        .add(leg));
        List<Leg> without = new ArrayList<>();
        bare.forEach((carrier, waiting) -> {
            List<ItemId> drawn = pools.draw(carrier, waiting.size());
            for (int i = 0; i < waiting.size(); i++) {
                Leg leg = waiting.get(i);
                if (i < drawn.size()) {
                    journeyOf(legs, leg)
                            .agree(leg, leg.facts().withItem(drawn.get(i).value()));
                } else {
                    without.add(leg);
                }
            }
        });
        Map<String, List<Report>> unplaced = rows.unplaced(legs.keySet().stream()
                .map(leg -> leg.facts().item())
                .filter(Objects::nonNull)
                .toList());
        legs.forEach((leg, journey) -> {
            String item = leg.facts().item();
            if (item != null) {
                adopt(journey, leg, unplaced.getOrDefault(item, List.of()));
            }
        });
        return without;
    }

    /** What was reported of this item before anybody here knew it; voidings last, and only by who may. */
    private void adopt(Journey journey, Leg leg, List<Report> all) {
        List<Report> unplaced =
                all.stream().filter(report -> mayConcern(leg, report)).toList();
        unplaced.stream().filter(report -> report.voids() == null).forEach(report -> journey.adopt(leg, report));
        unplaced.stream()
                .filter(voiding -> voiding.voids() != null && voiding.mayVoid(leg.report(voiding.voids())))
                .forEach(voiding -> journey.adopt(leg, voiding));
        if (!unplaced.isEmpty()) {
            rows.evidence(unplaced.stream().map(Report::id).toList())
                    .forEach((handling, here) -> here.forEach(
                            sha256 -> journey.arrived(leg, Objects.requireNonNull(leg.report(handling)), sha256)));
            follow(journey);
        }
    }

    /** A carrier speaks of what it carries; that it does not is said of an order that was before this one. */
    private static boolean mayConcern(Leg leg, Report report) {
        return report.source().equals(Handlings.PARTNER)
                || report.source().equals(leg.facts().carrier()) && report.code() != HandlingCode.CANCELLED;
    }

    private static Journey journeyOf(Map<Leg, Journey> legs, Leg leg) {
        return Objects.requireNonNull(legs.get(leg));
    }

    /**
     * What is to be done on a leg is something else. Another carrier has numbers of its own.
     *
     * @param brought the label that its envelope bears; null when nobody brought one
     */
    void change(Journey journey, Leg leg, LegFacts wanted, @Nullable String brought) {
        boolean sameCarrier = wanted.carrier().equals(leg.facts().carrier());
        journey.agree(leg, brought == null && sameCarrier ? wanted : wanted.withItem(brought));
    }

    /**
     * Frees the label of a leg that was cancelled before anybody had its envelope: the same envelope may be ordered again.
     * What the leg bears comes off, also when it bore that label before.
     *
     * @return whether the label is free for another leg of this dossier and this kind
     */
    boolean takeOff(Journey journey, LegKind kind, String item) {
        Optional<Leg> idle = idle(journey, kind, item);
        idle.ifPresent(leg -> journey.agree(leg, leg.facts().withItem(null)));
        return idle.isPresent();
    }

    /** The leg whose label that is, or was last, when it was cancelled before anybody had its envelope. */
    static Optional<Leg> idle(Journey journey, LegKind kind, String item) {
        return journey.latest(leg -> item.equals(leg.facts().item()))
                .or(() -> journey.latest(leg -> leg.bore(item)))
                .filter(leg -> leg.facts().kind() == kind
                        && leg.step() == Step.CANCELLED
                        && leg.reports().stream().map(Report::code).allMatch(BEFORE_THE_ENVELOPE::contains));
    }

    /** What is answered about a leg. */
    static ObjectNode answer(LegFacts facts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", facts.id().toString()).put("kind", facts.kind().name());
        if (facts.item() != null) {
            json.put("item", facts.item());
        }
        return json;
    }

    static boolean sameNumber(@Nullable String a, @Nullable String b) {
        return a != null && b != null && digits(a).equals(digits(b));
    }

    private static String digits(String phone) {
        String digits = phone.replaceAll("\\D", "");
        return digits.startsWith("84") ? "0" + digits.substring(2) : digits;
    }
}
