package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * What citizens ask of the post through a portal: fetch the papers, bring the result, both; change the address; cancel.
 */
@Component("requests")
public class Requests {

    private final Journal journal;
    private final Journeys journeys;
    private final Legs legs;
    private final Announcements announcements;
    private final Salts salts;
    private final Doors doors;
    private final Monies monies;

    Requests(
            Journal journal,
            Journeys journeys,
            Legs legs,
            Announcements announcements,
            Salts salts,
            Doors doors,
            Monies monies) {
        this.journal = journal;
        this.journeys = journeys;
        this.legs = legs;
        this.announcements = announcements;
        this.salts = salts;
        this.doors = doors;
        this.monies = monies;
    }

    /**
     * Asks for a pickup, for delivery of the result, or both; answers {@code {"dossier", "status", "legs"}}.
     *
     * @throws Refused RULE what the directory, the level or the fee does not allow; CONFLICT {@code leg-exists},
     *     {@code dossier-differs}, {@code dossier-of-another-portal}, {@code salt-of-another-dossier}
     */
    public Receipt accept(Inbound in) {
        return journal.once(in, () -> {
            JsonNode asked = in.payload();
            Dossier said = announcements.dossier(asked, in.partner());
            Journey journey = journeyOf(said, asked.path("dossier").hasNonNull("level"));
            List<Leg> given = new ArrayList<>();
            if (asked.has("pickup")) {
                given.addAll(pickup(journey, asked.path("pickup"), in.partner()));
            }
            if (asked.has("result")) {
                given.add(result(journey, asked.path("result"), in.partner()));
            }
            legs.label(journey);
            journeys.save(journey);
            return answer(journey, given);
        });
    }

    /** The dossier a portal speaks of: a new one, or one it, or a one-stop, spoke of before. */
    private Journey journeyOf(Dossier said, boolean levelSaid) {
        Set<String> codes = new LinkedHashSet<>();
        said.codes().forEach(code -> codes.add(code.code()));
        journeys.reserve(codes);
        Collection<Journey> known = new LinkedHashSet<>(journeys.byCodes(codes).values());
        if (known.size() > 1) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "codes-of-two-dossiers",
                    "/dossier/codes",
                    "Các mã này thuộc về những hồ sơ khác nhau.",
                    "These codes belong to different dossiers.");
        }
        if (known.isEmpty()) {
            return journeys.begin(said);
        }
        Journey journey = known.iterator().next();
        announcements.again(journey, said, levelSaid);
        return journey;
    }

    private List<Leg> pickup(Journey journey, JsonNode asked, String portal) {
        List<Leg> inVain = journey.legs().stream()
                .filter(leg -> leg.facts().kind().inbound() && leg.step() == Step.PICKUP_FAILED)
                .toList();
        if (!inVain.isEmpty()) {
            Leg due = inVain.stream()
                    .filter(leg -> leg.facts().kind() == LegKind.PICKUP)
                    .findFirst()
                    .orElse(inVain.get(inVain.size() - 1));
            inVain.forEach(leg -> askAgain(journey, leg, asked, leg == due, portal));
            return inVain;
        }
        refuseSecond(journey.latest(LegKind.PICKUP).orElse(null), "/pickup");
        Party citizen = Party.of(asked.path("sender"));
        salts.keep(citizen, journey.id(), "/pickup/sender");
        PostOffice office = legs.officeAt(Objects.requireNonNull(citizen.commune()), "/pickup/sender/address/commune");
        Leg leg = legs.anew(
                journey,
                new Legs.Wish(
                        LegKind.PICKUP,
                        citizen,
                        office,
                        Paper.list(asked.path("papers")),
                        new Dues(
                                fee(journey, null, asked, "/pickup/collectFee"),
                                asked.path("postage").asLong(0),
                                Cod.NONE,
                                0),
                        portal));
        legs.happened(journey, leg, HandlingCode.PICKUP_REQUESTED, Author.partner(portal));
        return List.of(leg);
    }

    /**
     * The citizen asks once more after the post came in vain, perhaps to another door.
     *
     * @param due whether what is to be taken at the door, and the papers named, are of this leg. What the agency asked for
     *     later is fetched whether the citizen names it or not
     */
    private void askAgain(Journey journey, Leg leg, JsonNode asked, boolean due, String portal) {
        LegFacts changed = doors.moved(journey, leg, Party.of(asked.path("sender")), "/pickup/sender", "/leg");
        if (due) {
            Dues named = new Dues(
                    fee(journey, leg, asked, "/pickup/collectFee"),
                    asked.path("postage").asLong(0),
                    Cod.NONE,
                    0);
            List<Paper> papers = Paper.list(asked.path("papers"));
            boolean all = leg.facts().kind() == LegKind.PICKUP;
            changed = changed.withPapers(all ? papers : Paper.and(changed.papers(), papers))
                    .asking(named.orElse(changed.asked()));
        }
        legs.change(journey, leg, changed, null);
        legs.askAgain(journey, leg, null, Author.partner(portal));
    }

    private Leg result(Journey journey, JsonNode asked, String portal) {
        Leg before = journey.latest(LegKind.RESULT).orElse(null);
        refuseSecond(journey.delivered().orElse(before), "/result");
        if (journey.handedOut().isPresent()) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "leg-exists",
                    "/result",
                    "Kết quả của hồ sơ này đã trao tại cơ quan; không còn gì để gửi.",
                    "The result of this dossier was handed out at the agency; there is nothing left to send.");
        }
        Party citizen = Party.of(asked.path("receiver"));
        salts.keep(citizen, journey.id(), "/result/receiver");
        PostOffice office =
                legs.officeAt(Objects.requireNonNull(citizen.commune()), "/result/receiver/address/commune");
        Legs.Wish wish = new Legs.Wish(
                LegKind.RESULT,
                citizen,
                office,
                List.of(),
                new Dues(
                        fee(journey, before, asked, "/result/collectFee"),
                        asked.path("postage").asLong(0),
                        cod(asked.path("cod"), "/result/cod/payee"),
                        Math.max(
                                asked.path("originalsToTakeBack").asInt(0),
                                announcements.originalsBack(journey.dossier()))),
                portal);
        return legs.anew(journey, wish, inherited -> {
            Dues now = wish.asked().orElse(inherited);
            if (!asked.has("cod")) {
                return now;
            }
            legs.refuseTakingOff(
                    journey, LegKind.RESULT, inherited.cod(), wish.asked().cod(), "/result/cod/amount");
            return now.withCod(wish.asked().cod());
        });
    }

    private long fee(Journey journey, @Nullable Leg before, JsonNode asked, String field) {
        long fee = asked.path("collectFee").asLong(0);
        List<Refused.Flaw> flaws = announcements.collect(journey, before, fee, field);
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.RULE, "fee-collected-once", flaws);
        }
        return announcements.whole(journey, before, fee);
    }

    private Cod cod(JsonNode asked, String field) {
        Cod cod = Cod.of(asked);
        List<Refused.Flaw> flaws = announcements.payee(cod, field);
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.RULE, "unknown-payee", flaws);
        }
        return cod;
    }

    private static void refuseSecond(@Nullable Leg before, String field) {
        if (before != null && before.step() != Step.CANCELLED && before.step() != Step.LOST) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "leg-exists",
                    field,
                    "Hồ sơ này đã đăng ký rồi; hãy đổi địa chỉ hoặc hủy.",
                    "This was asked for already; change its address or cancel it.");
        }
    }

    /**
     * Moves a leg to another door; answers like {@link #accept}.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code no-such-leg}, {@code under-way},
     *     {@code salt-of-another-dossier}
     */
    public Receipt changeAddress(Inbound in) {
        return journal.once(in, () -> {
            Journey journey = own(in);
            LegKind kind = LegKind.valueOf(in.payload().path("leg").asText());
            List<Leg> open = toTheCitizen(journey, kind).filter(Leg::open).toList();
            if (open.isEmpty()) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "no-such-leg",
                        "/leg",
                        "Hồ sơ này không có chặng như vậy đang mở.",
                        "The dossier has no such leg that is still open.");
            }
            List<Leg> toFetch = open.stream()
                    .filter(leg -> kind.inbound() && leg.step().beforeUnderWay())
                    .toList();
            // What was fetched already is fetched at no other door.
            List<Leg> toMove = toFetch.isEmpty() ? open.subList(open.size() - 1, open.size()) : toFetch;
            toMove.forEach(leg -> changeAddress(journey, leg, in));
            legs.label(journey);
            journeys.save(journey);
            return answer(journey, toMove);
        });
    }

    private void changeAddress(Journey journey, Leg leg, Inbound in) {
        // Of a result also before there is an envelope: a file of the agency's that names the old address may come yet.
        boolean noted =
                leg.facts().kind().outbound() || !leg.step().beforeUnderWay() || leg.step() == Step.PICKUP_FAILED;
        doors.move(journey, leg, Party.of(in.payload().path("party")), "/party", "/leg");
        if (noted) {
            legs.happened(journey, leg, HandlingCode.ADDRESS_CHANGED, Author.partner(in.partner()));
        }
    }

    /** Those of a kind. To a citizen, papers asked for later are fetched like the first ones. */
    private static Stream<Leg> toTheCitizen(Journey journey, LegKind kind) {
        return journey.legs().stream()
                .filter(leg -> kind == LegKind.PICKUP
                        ? leg.facts().kind().inbound()
                        : leg.facts().kind() == kind);
    }

    /**
     * Takes back what nobody has begun, or what its carrier turned down; answers like {@link #accept}. With ALL, either
     * everything or nothing.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code under-way}, {@code nothing-to-cancel}
     */
    public Receipt cancel(Inbound in) {
        return journal.once(in, () -> {
            Journey journey = own(in);
            String which = in.payload().path("leg").asText();
            List<LegKind> kinds =
                    which.equals("ALL") ? List.of(LegKind.PICKUP, LegKind.RESULT) : List.of(LegKind.valueOf(which));
            List<Leg> left = kinds.stream()
                    .flatMap(kind -> toTheCitizen(journey, kind))
                    .filter(leg -> leg.open() || journey.isTurnedDown(leg) || legs.isStillWanted(journey, leg))
                    .toList();
            if (left.isEmpty()) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "nothing-to-cancel",
                        "/leg",
                        "Không còn chặng nào như vậy để hủy.",
                        "No such leg is left to cancel.");
            }
            List<Leg> toCancel =
                    left.stream().filter(leg -> !leg.open() || leg.notBegun()).toList();
            boolean tooLate = which.equals("ALL") ? toCancel.size() < left.size() : toCancel.isEmpty();
            if (tooLate) {
                throw Doors.underWay("/leg");
            }
            toCancel.forEach(leg -> legs.happened(journey, leg, HandlingCode.CANCELLED, Author.partner(in.partner())));
            journeys.save(journey);
            return answer(journey, toCancel);
        });
    }

    /**
     * The fee was paid on the portal, and is collected nowhere any more; or it was not after all, and is collected at a
     * door. The same again changes nothing. Answers like {@link #accept}, with the legs whose dues moved.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code payment-differs}
     */
    public Receipt pay(Inbound in) {
        return journal.once(in, () -> {
            Journey journey = own(in);
            JsonNode said = in.payload();
            Payment payment = Payment.of(said.path("payment"));
            Payment known = journey.dossier().payment();
            if (payment != null && known != null && !payment.equals(known)) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "payment-differs",
                        "/payment",
                        "Cổng đã báo một khoản thanh toán khác cho hồ sơ này; hãy báo khoản đó không còn (\"paid\": false)"
                                + " trước.",
                        "The portal has told of another payment for this dossier; take that one back first"
                                + " (\"paid\": false).");
            }
            Dossier now = said.path("paid").asBoolean()
                    ? journey.dossier().paid(payment)
                    : journey.dossier().unpaid();
            if (now.equals(journey.dossier())) {
                return answer(journey, List.of());
            }
            Map<Leg, Dues> before = new LinkedHashMap<>();
            journey.legs().forEach(leg -> before.put(leg, leg.due()));
            DossierMoney.Paid lost = now.paidOnline() ? null : monies.paid(journey.dossier());
            journey.say(now);
            if (lost != null && !announcements.isFeeAskedFor(journey)) {
                askForFee(journey, lost.due());
            }
            journeys.save(journey);
            return answer(
                    journey,
                    journey.legs().stream()
                            .filter(leg -> !leg.due().equals(before.get(leg)))
                            .toList());
        });
    }

    /**
     * Who files as paid online asks for the fee nowhere. It is due with the result then, else with the papers; and where some
     * was taken all the same.
     */
    private static void askForFee(Journey journey, long fee) {
        List<Leg> results = journey.legs().stream()
                .filter(leg -> leg.facts().kind() == LegKind.RESULT)
                .filter(leg -> leg.step() != Step.CANCELLED || journey.isTurnedDown(leg))
                .toList();
        journey.legs().stream()
                .filter(leg -> leg.taken(Dues.What.FEE) > 0
                        || results.contains(leg)
                        || results.isEmpty() && leg.facts().kind() == LegKind.PICKUP)
                .forEach(leg -> journey.agree(
                        leg, leg.facts().asking(leg.facts().asked().withFee(fee))));
    }

    private Journey own(Inbound in) {
        return journeys.byCode(in.payload().path("dossier").asText())
                .filter(journey -> in.partner().equals(journey.dossier().portal()))
                .orElseThrow(() -> Dossiers.unknown("/dossier"));
    }

    private static ObjectNode answer(Journey journey, List<Leg> given) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("dossier", journey.dossier().codes().get(0).code());
        answer.put("status", journey.dossier().status());
        answer.putArray("legs");
        given.forEach(leg -> answer.withArray("legs").add(Legs.answer(leg.facts())));
        return answer;
    }
}
