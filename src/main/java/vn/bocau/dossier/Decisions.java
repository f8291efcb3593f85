package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.Journey.Event.Decided;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * What the agency decides about a dossier: received, refused, to supplement, dispatched, transferred. Statuses 2 to 9 are
 * its own word; the post only carries it. Answers are {@code {"legs": [what was opened or labelled]}}.
 */
@Component("decisions")
public class Decisions {

    /** Who says it when a clerk does, at our desk. */
    public static final String DESK = "desk";

    private static final Text WITHOUT_FETCHING = new Text(
            "Hãy bỏ đánh dấu bưu tá đến nhận: công dân tự mang đến.",
            "Have nobody fetch it by post: the citizen brings it.");

    private static final Text WITHOUT_SENDING_BACK = new Text(
            "Hãy bỏ đánh dấu gửi trả qua bưu điện: công dân đến nhận lại.",
            "Send nothing back by post: the citizen fetches it.");

    private final Journal journal;
    private final Journeys journeys;
    private final Legs legs;
    private final Directories directories;
    private final Deciders deciders;
    private final Dispatching dispatching;
    private final Doors doors;
    private final Addresses addresses;

    Decisions(
            Journal journal,
            Journeys journeys,
            Legs legs,
            Directories directories,
            Deciders deciders,
            Dispatching dispatching,
            Doors doors,
            Addresses addresses) {
        this.journal = journal;
        this.journeys = journeys;
        this.legs = legs;
        this.directories = directories;
        this.deciders = deciders;
        this.dispatching = dispatching;
        this.doors = doors;
        this.addresses = addresses;
    }

    /**
     * The papers have arrived and the agency promises a day.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}, {@code unknown-item}; CONFLICT {@code already-decided},
     *     {@code office-gone}, {@code payee-gone}; RULE {@code appointment-past}, {@code appointment-far}
     */
    public Receipt receive(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Journey journey = own(in, decider);
            LocalDate day = LocalDate.parse(in.payload().path("appointment").asText());
            refuseDecided(journey);
            refuseUnseen(journey, in);
            if (day.isBefore(Legs.today())) {
                throw new Refused(
                        Refused.Ground.RULE,
                        "appointment-past",
                        "appointment",
                        "Ngày hẹn trả đã qua; hãy hẹn từ hôm nay trở đi.",
                        "The appointment has passed already; name today or a later day.");
            }
            if (!Clocks.foreseeable(day)) {
                throw new Refused(
                        Refused.Ground.RULE,
                        "appointment-far",
                        "appointment",
                        "Ngày hẹn trả quá xa; hãy hẹn trong vòng mười năm.",
                        "The appointment is too far ahead; name a day within ten years.");
            }
            handedOver(journey, in, decider);
            Decided received = decided("RECEIVED", null);
            journey.say(journey.dossier().received(day, received.at()), received);
            List<Leg> opened = takeRefusalBack(journey);
            journeys.save(journey);
            return answer(opened);
        });
    }

    /**
     * The agency does not take the dossier, and may send the papers back.
     *
     * @throws Refused also RULE {@code no-address} when the papers shall go back and nobody knows where to; CONFLICT
     *     {@code office-gone} when the post office there is no longer in the directory
     */
    public Receipt refuse(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Journey journey = own(in, decider);
            refuseDecided(journey);
            refuseUnseen(journey, in);
            // Before the papers it names are given back.
            Optional<Leg> before = goingBack(journey);
            for (String item : items(in)) {
                Leg leg = named(journey, item);
                if (leg.open()) {
                    legs.happened(journey, leg, item, HandlingCode.AGENCY_RETURNED, decider.author());
                    legs.happened(journey, leg, HandlingCode.CANCELLED, Author.SYSTEM);
                }
            }
            Decided refused = decided("REFUSED", sentences(in.payload().path("reasons")));
            journey.say(journey.dossier().refused(refused.at()), refused);
            // What nobody has fetched yet is not fetched any more.
            journey.legs().stream()
                    .filter(leg -> leg.facts().kind().inbound()
                            && leg.open()
                            && leg.step().beforeUnderWay())
                    .toList()
                    .forEach(leg -> legs.happened(journey, leg, HandlingCode.CANCELLED, Author.SYSTEM));
            // There will be no result to bring.
            journey.latest(LegKind.RESULT)
                    .filter(leg -> leg.step() == Step.AWAITING_RESULT)
                    .ifPresent(leg -> legs.happened(journey, leg, HandlingCode.CANCELLED, Author.SYSTEM));
            List<Leg> opened = new ArrayList<>();
            if (in.payload().path("returnPapers").asBoolean()) {
                opened.add(before.orElseGet(() -> sendBack(journey, decider.author())));
            }
            journeys.save(journey);
            return answer(opened);
        });
    }

    /**
     * What is missing, and whether the post shall fetch it.
     *
     * @throws Refused RULE {@code no-address}, CONFLICT {@code office-gone} as in {@link #refuse}
     */
    public Receipt supplement(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Journey journey = own(in, decider);
            refuseDecided(journey);
            refuseUnseen(journey, in);
            handedOver(journey, in, decider);
            List<Paper> papers = Paper.list(in.payload().path("papers"));
            Decided asked =
                    decided("SUPPLEMENT_ASKED", in.payload().path("reason").asText());
            journey.say(journey.dossier().toSupplement(papers, asked.at()), asked);
            List<Leg> opened = takeRefusalBack(journey);
            if (in.payload().path("byPost").asBoolean()) {
                opened.add(fetchSupplement(journey, papers, decider.author()));
                legs.label(journey);
            }
            journeys.save(journey);
            return answer(opened);
        });
    }

    /** Where the result is still wanted, it will be brought after all. */
    private List<Leg> takeRefusalBack(Journey journey) {
        return legs.stillWanted(journey).stream()
                .map(facts -> legs.bringAfterAll(journey, facts))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * One envelope: what is asked for while nobody has fetched the last list yet goes with it. Who came in vain comes again.
     */
    private Leg fetchSupplement(Journey journey, List<Paper> papers, Author by) {
        Optional<Leg> waiting = journey.latest(LegKind.SUPPLEMENT)
                .filter(leg -> leg.open() && leg.step().beforeUnderWay());
        if (waiting.isPresent()) {
            LegFacts facts = waiting.get().facts();
            legs.change(journey, waiting.get(), facts.withPapers(Paper.and(facts.papers(), papers)), null);
            if (waiting.get().step() == Step.PICKUP_FAILED) {
                legs.askAgain(journey, waiting.get(), null, by);
            }
            return waiting.get();
        }
        Leg leg = open(journey, LegKind.SUPPLEMENT, papers, by, "byPost", WITHOUT_FETCHING);
        legs.happened(journey, leg, HandlingCode.PICKUP_REQUESTED, by);
        return leg;
    }

    /**
     * Results for the post, each judged alone; answers {@code {"results": [{"dossier", "outcome": DISPATCHED | REFUSED,
     * "item"?, "code"?, "flaws"?}]}} in the order asked.
     */
    public Receipt dispatch(Inbound in) {
        return journal.once(in, () -> dispatching.dispatch(in.payload(), deciders.of(in)));
    }

    /**
     * The citizen's door is put right, as long as the item was not handed over, or fetched, there. The citizen's portal is
     * told that it was.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}, {@code no-such-leg}; CONFLICT {@code under-way}; RULE
     *     {@code address-not-certain} when its words name another place than its commune, and when there is no such commune
     *     today, or none of our offices serves it
     */
    public Receipt correct(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            // It is on its way from or to the agency, also when the dossier has gone on since.
            Journey journey = journeys.byCode(in.payload().path("dossier").asText())
                    .orElseThrow(() -> Dossiers.unknown("dossier"));
            Leg leg = journey.leg(UUID.fromString(in.payload().path("leg").asText()))
                    .filter(known -> known.facts().kind().outbound()
                            || known.facts().kind().inbound())
                    .filter(known ->
                            known.facts().agency().equals(decider.agency().id()))
                    .orElseThrow(() -> new Refused(
                            Refused.Ground.UNKNOWN,
                            "no-such-leg",
                            "leg",
                            "Hồ sơ này không có bưu gửi nào như vậy giữa cơ quan và công dân.",
                            "Nothing like that goes between the agency and the citizen of this dossier."));
            if (!leg.open()) {
                throw Doors.underWay("leg");
            }
            Party party = addresses.certain(Party.of(in.payload().path("party")), "party/address/street");
            doors.move(journey, leg, party, "party", "leg");
            legs.happened(journey, leg, HandlingCode.ADDRESS_CHANGED, decider.author());
            legs.label(journey);
            journeys.save(journey);
            return answer(List.of(leg));
        });
    }

    /**
     * What came back, papers that were lost between agencies, were turned away before the dossier was decided, or came after
     * it had gone on, need nothing more: the citizen fetched them at the agency, say.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code nothing-to-settle}
     */
    public Receipt settle(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            // It lies where it was sent from, also when the dossier has gone on since.
            Journey journey = journeys.byCode(in.payload().path("dossier").asText())
                    .orElseThrow(() -> Dossiers.unknown("dossier"));
            Leg back = journey.leg(UUID.fromString(in.payload().path("leg").asText()))
                    .filter(leg -> journey.owed(leg) == Act.DECIDE_ON_RETURN
                            || journey.owed(leg) == Act.DECIDE_ON_PAPERS
                                    && (leg.step() == Step.LOST
                                            || leg.step() == Step.AGENCY_RETURNED && isDecided(journey))
                            || hasStrayed(journey, leg))
                    .filter(leg -> journey.isOwedBy(leg, decider.agency().id()))
                    .orElseThrow(() -> new Refused(
                            Refused.Ground.CONFLICT,
                            "nothing-to-settle",
                            "leg",
                            "Không có bưu gửi bị hoàn nào như vậy chờ cơ quan quyết định.",
                            "Nothing like that came back and waits for the agency's decision."));
            journey.leaveIt(
                    back, decider.author().name(), in.payload().path("reason").asText());
            journeys.save(journey);
            return answer(List.of(back));
        });
    }

    /**
     * Papers that could not be delivered and came back, or that came here after the dossier had gone on, go out once more, in
     * another envelope: to the citizen, or to the agency that decides the dossier now.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code nothing-to-send}; RULE as {@link #correct}
     */
    public Receipt sendAgain(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            // It lies where it was sent from, also when the dossier has gone on.
            Journey journey = journeys.byCode(in.payload().path("dossier").asText())
                    .orElseThrow(() -> Dossiers.unknown("dossier"));
            Optional<Leg> named =
                    journey.leg(UUID.fromString(in.payload().path("leg").asText()));
            Optional<Leg> strayed = named.filter(leg -> hasStrayed(journey, leg))
                    .filter(leg -> journey.isOwedBy(leg, decider.agency().id()));
            if (strayed.isPresent()) {
                Leg on = carryOn(journey, decider);
                journey.settle(strayed.get(), decider.author().name(), "TRANSFERRED");
                journeys.save(journey);
                return answer(List.of(on));
            }
            LegFacts sent = named.filter(leg -> journey.owed(leg) == Act.DECIDE_ON_RETURN)
                    .map(leg -> journey.sent(leg).facts())
                    .filter(facts -> facts.agency().equals(decider.agency().id())
                            && (facts.kind() == LegKind.TRANSFER) != isHere(journey, decider))
                    .filter(facts -> facts.kind() == LegKind.TRANSFER || facts.kind() == LegKind.ORIGINALS_BACK)
                    .orElseThrow(() -> new Refused(
                            Refused.Ground.CONFLICT,
                            "nothing-to-send",
                            "leg",
                            "Không có giấy tờ bị hoàn nào như vậy để gửi lại.",
                            "No such papers came back that could be sent again."));
            Leg leg = sent.kind() == LegKind.TRANSFER
                    ? carryOn(journey, decider)
                    : sendBackTo(journey, in, sent, decider);
            journeys.save(journey);
            return answer(List.of(leg));
        });
    }

    private Leg sendBackTo(Journey journey, Inbound in, LegFacts sent, Decider decider) {
        Party party = addresses
                .certain(Party.of(in.payload().path("party")), "party/address/street")
                .after(sent.receiver());
        Leg leg = legs.open(
                journey,
                new Legs.Wish(
                        LegKind.ORIGINALS_BACK,
                        party,
                        legs.officeAt(Objects.requireNonNull(party.commune()), "party/address/commune"),
                        sent.papers(),
                        Dues.NONE,
                        decider.author().source()));
        legs.label(journey);
        return leg;
    }

    /**
     * What goes to an agency was not delivered for its address; that is right as the directory has it, and the post comes
     * again.
     *
     * @throws Refused UNKNOWN {@code unknown-dossier}; CONFLICT {@code nothing-to-verify}
     */
    public Receipt redeliver(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            // It is on its way from or to the agency, also when the dossier has gone on since.
            Journey journey = journeys.byCode(in.payload().path("dossier").asText())
                    .orElseThrow(() -> Dossiers.unknown("dossier"));
            Leg leg = journey.leg(UUID.fromString(in.payload().path("leg").asText()))
                    .filter(known -> journey.owed(known) == Act.VERIFY_ADDRESS
                            && journey.isOwedBy(known, decider.agency().id()))
                    .filter(known -> known.facts().kind() == LegKind.RETURN
                            || known.facts().kind() == LegKind.TRANSFER)
                    .orElseThrow(() -> new Refused(
                            Refused.Ground.CONFLICT,
                            "nothing-to-verify",
                            "leg",
                            "Không có bưu gửi nào như vậy chờ cơ quan xác minh địa chỉ của cơ quan.",
                            "Nothing like that waits for an agency's own address to be verified."));
            legs.askAgain(journey, leg, leg.facts().item(), decider.author());
            legs.label(journey);
            journeys.save(journey);
            return answer(List.of(leg));
        });
    }

    /**
     * The dossier goes on to another agency, which decides from now on.
     *
     * @throws Refused RULE {@code unknown-agency}, {@code same-agency}; CONFLICT {@code already-decided},
     *     {@code papers-under-way} while the post brings papers of it here, {@code papers-unsettled} while those are lost,
     *     damaged or called back, and nobody has seen to that
     */
    public Receipt transfer(Inbound in) {
        return journal.once(in, () -> {
            Decider decider = deciders.of(in);
            Journey journey = own(in, decider);
            refuseDecided(journey);
            refuseUnseen(journey, in);
            Agency from = legs.agency(journey.dossier().agency());
            Agency to = directories
                    .current()
                    .agency(in.payload().path("toAgency").asText())
                    .orElseThrow(() -> new Refused(
                            Refused.Ground.RULE,
                            "unknown-agency",
                            "toAgency",
                            "Không có cơ quan này trong danh bạ.",
                            "No such agency in the directory."));
            if (to.id().equals(from.id())) {
                throw new Refused(
                        Refused.Ground.RULE,
                        "same-agency",
                        "toAgency",
                        "Hồ sơ đang ở chính cơ quan này.",
                        "The dossier is at this very agency.");
            }
            refuseComing(journey, from);
            moveTo(to, journey);
            // Of what lies here, this is its word.
            journey.legs().stream()
                    .filter(leg ->
                            leg.step() == Step.HANDED_TO_AGENCY && leg.desk().equals(from.id()))
                    .forEach(leg -> journey.settle(leg, from.id(), "TRANSFERRED"));
            List<Leg> opened = new ArrayList<>();
            boolean byPost = in.payload().path("byPost").asBoolean(true);
            Instant at = Legs.now();
            if (byPost) {
                opened.add(carry(journey, from, to, decider.author(), at));
            }
            journey.sentOn(
                    to.id(), new Decided(UuidCreator.getTimeOrderedEpoch(), "TRANSFERRED", at, null, !byPost, false));
            journeys.save(journey);
            return answer(opened);
        });
    }

    private Leg carry(Journey journey, Agency from, Agency to, Author by, Instant at) {
        Leg leg = legs.transfer(journey, from, to, by.source(), at);
        legs.label(journey);
        journey.happened(leg, Legs.at(at, null, HandlingCode.MANIFESTED, by));
        return leg;
    }

    /** To whoever decides now: the dossier may have gone on once more. */
    private Leg carryOn(Journey journey, Decider decider) {
        return carry(journey, decider.agency(), legs.agency(journey.dossier().agency()), decider.author(), Legs.now());
    }

    /** They would arrive where nobody decides about the dossier any more, and go on from there by nobody's hand. */
    private static void refuseComing(Journey journey, Agency here) {
        List<Leg> coming = journey.legs().stream()
                .filter(leg -> here.id()
                        .equals(
                                leg.facts().kind().inbound()
                                        ? leg.facts().agency()
                                        : leg.facts().toAgency()))
                .filter(leg -> mayCome(journey, leg))
                .toList();
        if (coming.stream().anyMatch(leg -> leg.step().underWay() || leg.step() == Step.READY)) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "papers-under-way",
                    "dossier",
                    "Bưu điện đang đưa giấy tờ của hồ sơ này đến cơ quan; nhận phong bì rồi mới chuyển hồ sơ đi.",
                    "The post is bringing papers of this dossier to the agency; take the envelope, then send the dossier on.");
        }
        coming.stream().findFirst().ifPresent(leg -> {
            Text step = leg.step().text();
            Obligation.Next next =
                    Objects.requireNonNull(journey.obligation(leg).next());
            Text first = next.act().text();
            Text whose = next.ownerKind().all();
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "papers-unsettled",
                    "dossier",
                    "Giấy tờ của hồ sơ này chưa giải quyết xong (" + step.vi() + "); việc phải làm trước: " + first.vi()
                            + ", là việc của " + whose.vi() + ". Xong việc ấy mới chuyển hồ sơ đi.",
                    "Papers of this dossier are not seen to yet (" + step.en() + "); what has to be done first: "
                            + first.en() + ", by the " + whose.en() + ". Then send the dossier on.");
        });
    }

    /** Or be found again. Of what was turned away, the agency that decides next says what becomes of it. */
    private static boolean mayCome(Journey journey, Leg leg) {
        return leg.open()
                ? !leg.step().beforeUnderWay() && leg.step() != Step.AGENCY_RETURNED
                : journey.owed(leg) != null
                        && (leg.step() == Step.LOST || leg.progress().inHands());
    }

    /** They lie at an agency that does not decide the dossier any more. */
    private static boolean hasStrayed(Journey journey, Leg leg) {
        return leg.step() == Step.HANDED_TO_AGENCY && journey.owed(leg) == Act.FORWARD;
    }

    /** What nobody has begun is between the citizen and the agency that decides now. */
    private void moveTo(Agency to, Journey journey) {
        journey.legs().stream()
                .filter(leg -> leg.open() && leg.step().beforeUnderWay())
                .forEach(leg -> legs.change(journey, leg, leg.facts().agencyAt(to), null));
    }

    /**
     * To or from where whoever sent the papers was known to be, as that is called today. What is not certain does not leave
     * the desk before it is, and whoever comes to fetch something asks.
     *
     * @param field that asked the post for it
     * @param without how it goes without the post
     */
    private Leg open(Journey journey, LegKind kind, List<Paper> papers, Author by, String field, Text without) {
        LegFacts known = journey.ofWhoSentPapers().stream()
                .reduce((before, after) -> after)
                .map(Leg::facts)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.RULE,
                        "no-address",
                        field,
                        "Chưa biết địa chỉ công dân: hồ sơ này chưa có chặng bưu chính nào. " + without.vi(),
                        "The citizen's address is unknown: the dossier has no postal leg yet. " + without.en()));
        Party citizen = addresses.today(known.citizen());
        PostOffice office = citizen.equals(known.citizen())
                ? legs.office(known.kind().inbound() ? known.fromOffice() : known.toOffice())
                : legs.officeAt(Objects.requireNonNull(citizen.commune()), field);
        return legs.open(journey, new Legs.Wish(kind, citizen, office, papers, Dues.NONE, by.source()));
    }

    /**
     * What goes back, or went, while nothing came since: an agency that says it once more sends nothing twice. By its own hand
     * it went with the refusal that is said once more, and not with one before it was received again.
     */
    private static Optional<Leg> goingBack(Journey journey) {
        boolean onceMore = journey.dossier().status() == Dossier.Status.REFUSED;
        Instant received = Objects.requireNonNullElse(journey.dossier().receivedAt(), Instant.MIN);
        return journey.latest(leg -> (leg.step() != Step.CANCELLED
                                || onceMore
                                        && leg.handedOut().isPresent()
                                        && leg.facts().openedAt().isAfter(received))
                        && (leg.facts().kind().inbound() || leg.facts().kind() == LegKind.ORIGINALS_BACK))
                .filter(leg -> leg.facts().kind() == LegKind.ORIGINALS_BACK && leg.step() != Step.RETURN_APPROVED);
    }

    private Leg sendBack(Journey journey, Author by) {
        Leg leg = open(journey, LegKind.ORIGINALS_BACK, papersSent(journey), by, "returnPapers", WITHOUT_SENDING_BACK);
        legs.label(journey);
        return leg;
    }

    private static List<Paper> papersSent(Journey journey) {
        return journey.latest(leg -> leg.facts().kind().inbound())
                .map(leg -> leg.facts().papers())
                .orElse(List.of());
    }

    /** One, or of several envelopes that are here all. */
    private static List<String> items(Inbound in) {
        List<String> items = new ArrayList<>();
        Optional.ofNullable(in.payload().path("item").asText(null)).ifPresent(items::add);
        in.payload().path("items").forEach(item -> items.add(item.asText()));
        return items;
    }

    /** Whoever decides about papers has them, whether or not the post has said so yet. */
    private void handedOver(Journey journey, Inbound in, Decider decider) {
        for (String item : items(in)) {
            Leg leg = named(journey, item);
            if (leg.open()) {
                legs.happened(journey, leg, item, HandlingCode.HANDED_TO_AGENCY, decider.author());
            }
        }
    }

    /** The leg whose item the agency names. */
    private static Leg named(Journey journey, String item) {
        return journey.latest(leg -> leg.bore(item) && leg.facts().kind() != LegKind.RETURN)
                .filter(leg -> !leg.facts().kind().outbound())
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-item",
                        "item",
                        "Không có bưu gửi nào như vậy đến cơ quan cho hồ sơ này.",
                        "No such item of this dossier comes to the agency."));
    }

    private static boolean isDecided(Journey journey) {
        return journey.dossier().status() >= Dossier.Status.DECIDED;
    }

    /** On a page that is stale by now nobody undoes what a colleague has said since. An agency's own system may revise. */
    private static void refuseUnseen(Journey journey, Inbound in) {
        String seen = in.payload().path("seen").asText(null);
        if (seen != null && !seen.equals(journey.dossier().standing())) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "decided-meanwhile",
                    "seen",
                    "Trong khi trang này mở, đồng nghiệp đã quyết định về hồ sơ; hãy xem trạng thái hiện nay rồi mới quyết định tiếp.",
                    "A colleague has decided about the dossier while this page was open; look at how it stands now, then decide.");
        }
    }

    private static boolean isHere(Journey journey, Decider decider) {
        return journey.dossier().agency().equals(decider.agency().id());
    }

    private static void refuseDecided(Journey journey) {
        if (isDecided(journey)) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "already-decided",
                    "dossier",
                    "Hồ sơ đã xử lý xong.",
                    "The dossier has been decided already.");
        }
    }

    private Journey own(Inbound in, Decider decider) {
        return journeys.byCode(in.payload().path("dossier").asText())
                .filter(journey -> isHere(journey, decider))
                .orElseThrow(() -> Dossiers.unknown("dossier"));
    }

    private static Decided decided(String code, @Nullable String note) {
        return new Decided(UuidCreator.getTimeOrderedEpoch(), code, Legs.now(), note, false, false);
    }

    private static String sentences(JsonNode reasons) {
        List<String> all = new ArrayList<>();
        reasons.forEach(reason -> all.add(reason.asText()));
        return String.join("; ", all);
    }

    private static ObjectNode answer(List<Leg> opened) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("legs");
        opened.forEach(leg -> answer.withArray("legs").add(Legs.answer(leg.facts())));
        return answer;
    }
}
