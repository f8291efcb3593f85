package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.DossierCode;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Channel;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PlaceNames;
import vn.bocau.directory.PostOffice;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * Orders of one-stop systems that speak VNPost's N-GSP contract, as OpenCPS calls it (VietOpenCPS/opencps-v2, module
 * backend-postal-api-rest). Such a system knows one number, the dossier's code, and sends the same for both directions;
 * whether an order is new, a repeat or a correction is told by direction and content, under a lock.
 */
@Component("ordering")
public class Ordering {

    private static final Pattern OFFICE = Pattern.compile("hành chính công|(^|[ ,.-])(tt)?(pv)?hcc\\b|một cửa|^ubnd\\b"
            + "|^uỷ ban nhân dân|tiếp nhận và trả kết quả|^sở |^văn phòng đăng ký đất đai");

    private final Journal journal;
    private final Journeys journeys;
    private final Legs legs;
    private final Directories directories;
    private final Announcements announcements;

    Ordering(Journal journal, Journeys journeys, Legs legs, Directories directories, Announcements announcements) {
        this.journal = journal;
        this.journeys = journeys;
        this.legs = legs;
        this.directories = directories;
        this.announcements = announcements;
    }

    private enum Outcome {
        ACCEPTED,
        EXISTS,
        CORRECTED
    }

    private record Placed(Outcome outcome, Leg leg) {}

    /**
     * Places an order for one leg or both; answers {@code {"outcome": ACCEPTED | EXISTS | CORRECTED, "legs"}}.
     *
     * @throws Refused MALFORMED {@code phone-missing}, {@code phone-of-a-hotline}; RULE {@code direction-unclear}, {@code no-post-office}; CONFLICT {@code under-way},
     *     {@code already-handed-out}, {@code item-in-use}, {@code order-of-another-agency}
     */
    public Receipt place(Inbound in) {
        return journal.once(in, () -> {
            JsonNode order = in.payload();
            String number = new DossierCode(order.path("orderNumber").asText()).value();
            Agency agency = agencyOf(in.partner());
            journeys.reserve(names(number, order));
            Journey journey = journeys.byCode(number).orElseGet(() -> begin(order, number, agency, in.partner()));
            if (!journey.dossier().agency().equals(agency.id())) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "order-of-another-agency",
                        "OrderNumber",
                        "Mã hồ sơ này thuộc cơ quan khác.",
                        "This dossier belongs to another agency.");
            }
            List<Placed> placed = new ArrayList<>();
            order.path("legs").forEach(leg -> placed.add(place(journey, order, leg, agency, in.partner())));
            legs.label(journey);
            journeys.save(journey);
            return answer(placed);
        });
    }

    private static List<String> names(String number, JsonNode order) {
        List<String> names = new ArrayList<>(List.of(number));
        order.path("legs").forEach(leg -> {
            if (leg.hasNonNull("item")) {
                names.add(leg.path("item").asText());
            }
        });
        return names;
    }

    private Agency agencyOf(String partner) {
        return Optional.of(directories.current())
                .flatMap(d -> d.partner(partner).map(Partner::agency).flatMap(d::agency))
                .orElseThrow(() -> new Refused(
                        Refused.Ground.FORBIDDEN,
                        "no-agency",
                        "CustomerCode",
                        "Mã khách hàng này chưa gắn với cơ quan nào.",
                        "This customer acts for no agency."));
    }

    private Journey begin(JsonNode order, String number, Agency agency, String partner) {
        Directory directory = directories.current();
        String code = order.path("procedure").path("code").asText("");
        String name = order.path("procedure").path("name").asText("");
        Optional<Procedure> procedure = directory
                .procedure(code)
                .or(() -> directory.procedures().stream()
                        .filter(p -> PlaceNames.same(p.name(), name))
                        .findFirst());
        return journeys.begin(new Dossier(
                UuidCreator.getTimeOrderedEpoch(),
                List.of(new Dossier.Code(partner, number)),
                procedure.map(Procedure::code).orElse(null),
                procedure.isPresent() || name.isBlank() ? null : name,
                null,
                Channel.DIRECT,
                Legs.today(),
                agency.id(),
                agency.portal(),
                null,
                false,
                null,
                Dossier.Status.FILED,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null));
    }

    private Placed place(Journey journey, JsonNode order, JsonNode asked, Agency agency, String partner) {
        LegKind kind = direction(asked, agency);
        boolean inbound = kind == LegKind.PICKUP;
        Party citizen = Party.of(asked.path(inbound ? "sender" : "receiver"));
        refuseWithoutNumber(citizen, inbound);
        Dues said = new Dues(asked.path("collectFee").asLong(0), 0, Cod.of(asked.path("cod")), 0);
        String number = order.path("orderNumber").asText();
        var placed = new LegFacts.Order(partner, number, digest(order, asked, kind));
        boolean filed = order.path("filed").asBoolean(false);
        Optional<Leg> latest = journey.latest(kind);
        if (filed && latest.filter(leg -> isPast(leg, placed)).isPresent()) {
            return new Placed(Outcome.EXISTS, latest.get());
        }
        Leg known = (kind == LegKind.RESULT ? journey.delivered() : Optional.<Leg>empty())
                .or(() -> latest.filter(
                        leg -> !toBeOrderedAnew(leg) || isHandedOut(journey, leg) && leg.ordered(partner, number)))
                .orElse(null);
        // Filed, or ordered with the way in, the way back is a wish. By itself it is the agency's word: the result is
        // there.
        boolean there = kind == LegKind.RESULT && order.path("legs").size() == 1 && !filed;
        boolean again = known != null
                && there
                && known.ordered(partner, number)
                && (known.step() == Step.SHORT || known.step() == Step.AWAITING_RESULT);
        boolean inVain = !filed && known != null && known.step() == Step.PICKUP_FAILED;
        if (known != null && !again && !inVain && placed.equals(known.facts().order())) {
            return new Placed(Outcome.EXISTS, known);
        }
        Leg on = known == null ? journey.latest(kind).orElse(null) : known;
        refuseByRule(journey, on, kind, said);
        Dues wanted = said.withFee(announcements.whole(journey, on, said.fee()));
        if (known != null && again) {
            return new Placed(
                    Outcome.CORRECTED, handOverAgain(journey, known, order, asked, citizen, wanted, placed, agency));
        }
        if (known == null) {
            return new Placed(
                    Outcome.ACCEPTED,
                    open(journey, order, asked, kind, citizen, wanted, placed, agency, partner, there));
        }
        if (isHandedOut(journey, known)) {
            throw Dispatching.handedOut("OrderNumber");
        }
        if (!known.open() || !known.notBegun()) {
            throw Doors.underWay("OrderNumber");
        }
        boolean its = known.ordered(partner, number);
        if (its) {
            correct(journey, known, order, asked, citizen, wanted, placed, agency);
        } else {
            take(journey, known, placed, asked, wanted, partner, there);
        }
        if (inVain) {
            legs.askAgain(journey, known, asked.path("item").asText(null), Author.partner(partner));
        }
        return new Placed(its ? Outcome.CORRECTED : Outcome.ACCEPTED, known);
    }

    private static boolean isHandedOut(Journey journey, Leg leg) {
        return journey.handedOut().filter(leg::equals).isPresent();
    }

    /** A filing is a wish: of what the agency has dispatched or handed out, or what was called off since, it says nothing. */
    private static boolean isPast(Leg leg, LegFacts.Order filed) {
        return leg.facts().kind() == LegKind.RESULT
                ? leg.step() != Step.AWAITING_RESULT
                        && (leg.step() != Step.CANCELLED
                                || leg.handedOut().isPresent()
                                || filed.equals(leg.facts().order()))
                : toBeOrderedAnew(leg) && filed.equals(leg.facts().order());
    }

    /** Said in words, or plain from who of the two is the agency. */
    private static LegKind direction(JsonNode asked, Agency agency) {
        if (asked.hasNonNull("direction")) {
            return LegKind.valueOf(asked.path("direction").asText());
        }
        boolean sends = isAgency(asked.path("sender"), agency);
        boolean receives = isAgency(asked.path("receiver"), agency);
        boolean sendsByItsWords = callsItselfAnOffice(asked.path("sender"));
        boolean receivesByItsWords = callsItselfAnOffice(asked.path("receiver"));
        if (sends == receives) {
            sends = sendsByItsWords;
            receives = receivesByItsWords;
        }
        // One known by its number while the other calls itself an office: whoever has both numbers was mistaken.
        boolean contradicted = sends ? receivesByItsWords && !sendsByItsWords : sendsByItsWords && !receivesByItsWords;
        if (sends == receives || contradicted) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "direction-unclear",
                    "SenderDesc",
                    "Không rõ chiều: ghi “Tên dịch vụ: Thu gom hồ sơ tại nhà” hoặc “Trả hồ sơ tại nhà” trong SenderDesc.",
                    "The direction is unclear: write \"Tên dịch vụ: Thu gom hồ sơ tại nhà\" or \"Trả hồ sơ tại nhà\" into"
                            + " SenderDesc.");
        }
        return sends ? LegKind.RESULT : LegKind.PICKUP;
    }

    private static boolean isAgency(JsonNode party, Agency agency) {
        return party.hasNonNull("phone") && Legs.sameNumber(party.path("phone").asText(), agency.phone())
                || PlaceNames.same(party.path("name").asText(), agency.name())
                || standsIn(party.at("/address/street").asText(), agency.street());
    }

    /** Whole: whoever lives at 104 Lê Duẩn is not the office at 04 Lê Duẩn. */
    private static boolean standsIn(String written, String street) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(PlaceNames.key(street)) + "(?![\\p{L}\\p{N}])")
                .matcher(PlaceNames.key(written))
                .find();
    }

    /** One-stops write their own names as they like; these words no citizen's name has. */
    private static boolean callsItselfAnOffice(JsonNode party) {
        return OFFICE.matcher(PlaceNames.key(party.path("name").asText())).find();
    }

    /** Who is called before the door. The agency's own number is in the directory. */
    private static void refuseWithoutNumber(Party citizen, boolean inbound) {
        if (citizen.phone().matches("1[89]00.*|1022.*")) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "phone-of-a-hotline",
                    inbound ? "sender/phone" : "receiver/phone",
                    "Số của người dân là một tổng đài; hãy gửi số của chính người dân.",
                    "The citizen's number is a hotline's; send the citizen's own.");
        }
        if (citizen.phone().isEmpty()) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "phone-missing",
                    inbound ? "sender/phone" : "receiver/phone",
                    "Thiếu số điện thoại của người dân; bưu tá cần gọi trước khi đến.",
                    "The citizen's telephone number is missing; the postal worker has to call first.");
        }
    }

    /** Nothing of it was done, or it was lost or damaged on the way or comes back: the agency sends it again. */
    private static boolean toBeOrderedAnew(Leg leg) {
        return leg.step() == Step.CANCELLED
                || leg.step() == Step.LOST
                || leg.step() == Step.RETURN_APPROVED
                || leg.step() == Step.DAMAGED && leg.facts().kind() == LegKind.RESULT;
    }

    /** The same levels and the same fee as for everybody else. */
    private void refuseByRule(Journey journey, @Nullable Leg on, LegKind kind, Dues wanted) {
        List<Refused.Flaw> flaws = new ArrayList<>();
        Optional.ofNullable(journey.dossier().procedure())
                .flatMap(directories.current()::procedure)
                .map(procedure -> announcements.levels(journey.dossier(), procedure))
                .map(levels -> kind == LegKind.PICKUP ? levels.pickup(List.of()) : levels.result())
                .ifPresent(said -> said.forEach(flaw -> flaws.add(new Refused.Flaw("SenderDesc", flaw.wrong()))));
        flaws.addAll(announcements.collect(journey, on, wanted.fee(), "CODAmount"));
        flaws.addAll(announcements.payee(wanted.cod(), "SenderDesc"));
        if (kind == LegKind.PICKUP && wanted.cod().amount() > 0) {
            flaws.add(Announcements.flaw(
                    "SenderDesc",
                    "Bưu điện chỉ thu hộ (COD) khi trả kết quả; đơn lấy hồ sơ không ghi đơn vị thụ hưởng.",
                    "The post takes COD when it brings a result alone; an order to fetch papers names no payee."));
        }
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.RULE, "not-allowed", flaws);
        }
    }

    /** The one that the order brings; null when it brings none. */
    private @Nullable String label(Journey journey, LegKind kind, @Nullable Leg of, JsonNode asked) {
        String item = asked.path("item").asText(null);
        boolean bearsIt = of != null && item != null && of.bore(item);
        if (item != null
                && !bearsIt
                && !legs.takeOff(journey, kind, item)
                && !legs.taken(List.of(item)).isEmpty()) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "item-in-use",
                    "ItemCode",
                    "Mã bưu gửi này đã dùng cho bưu gửi khác.",
                    "This item identifier is in use for another item.");
        }
        return item;
    }

    private Leg open(
            Journey journey,
            JsonNode order,
            JsonNode asked,
            LegKind kind,
            Party citizen,
            Dues wanted,
            LegFacts.Order placed,
            Agency agency,
            String partner,
            boolean there) {
        // Where it goes is the word of a citizen who has asked a portal for it.
        Optional<LegFacts> ofTheCitizen = legs.before(journey, kind)
                .filter(before -> before.requestedBy().equals(journey.dossier().portal()));
        Legs.Wish wish = new Legs.Wish(
                kind,
                ofTheCitizen.map(LegFacts::citizen).orElse(citizen),
                ofTheCitizen
                        .map(before -> legs.office(kind.inbound() ? before.fromOffice() : before.toOffice()))
                        .orElseGet(() -> office(asked, kind, agency)),
                Paper.list(order.path("papers")),
                wanted,
                partner);
        // The one amount of an order is all that its sender asks for, whatever his former one asked for.
        boolean all = wanted.fee() + wanted.cod().amount() > 0
                && legs.before(journey, kind)
                        .filter(before -> before.requestedBy().equals(partner))
                        .isPresent();
        Leg leg = legs.anew(journey, wish, before -> {
            Dues inherited = wanted.orElse(before);
            if (!all) {
                return inherited;
            }
            legs.refuseTakingOff(journey, kind, before.cod(), wanted.cod(), "CODAmount");
            return inherited.withFee(wanted.fee()).withCod(wanted.cod());
        });
        journey.agree(leg, leg.facts().withOrder(placed).withItem(label(journey, kind, leg, asked)));
        legs.recallDamaged(journey, leg, Author.partner(partner));
        if (kind == LegKind.PICKUP || there) {
            begun(journey, leg, partner);
        }
        return leg;
    }

    /** The portal had asked for it; now the agency's one-stop orders it. Where it goes is the citizen's own word. */
    private void take(
            Journey journey,
            Leg leg,
            LegFacts.Order placed,
            JsonNode asked,
            Dues wanted,
            String partner,
            boolean there) {
        LegFacts facts = asking(journey, leg, wanted, false).withOrder(placed);
        legs.change(journey, leg, facts, label(journey, facts.kind(), leg, asked));
        if (there && leg.step() == Step.AWAITING_RESULT) {
            begun(journey, leg, partner);
        }
    }

    /** An order from the agency to the citizen is the agency's own word that the result is there. */
    private void begun(Journey journey, Leg leg, String partner) {
        if (leg.facts().kind() == LegKind.RESULT) {
            journey.say(journey.dossier().decided(Legs.now()));
            legs.happened(journey, leg, HandlingCode.RESULT_READY, Author.partner(partner));
        } else {
            legs.happened(journey, leg, HandlingCode.PICKUP_REQUESTED, Author.partner(partner));
        }
    }

    /** @param itself whether nobody else has asked for anything */
    private LegFacts asking(Journey journey, Leg leg, Dues wanted, boolean itself) {
        Dues asked = leg.facts().asked();
        Cod cod = itself || wanted.cod().amount() > 0 ? wanted.cod() : asked.cod();
        legs.refuseTakingOff(journey, leg.facts().kind(), asked.cod(), cod, "CODAmount");
        legs.refuseGonePayee(journey, leg.facts().kind(), cod);
        return leg.facts()
                .asking(asked.withFee(itself ? wanted.fee() : Math.max(wanted.fee(), asked.fee()))
                        .withCod(cod));
    }

    /** It was not there yet, or who came did not get what the manifest said: it is there now. */
    private Leg handOverAgain(
            Journey journey,
            Leg leg,
            JsonNode order,
            JsonNode asked,
            Party citizen,
            Dues wanted,
            LegFacts.Order placed,
            Agency agency) {
        boolean cameInVain = leg.step() == Step.SHORT;
        correct(journey, leg, order, asked, citizen, wanted, placed, agency);
        if (cameInVain) {
            legs.orderAnew(journey, leg, asked.path("item").asText(null));
        }
        begun(journey, leg, placed.by());
        return leg;
    }

    /** Where it goes is the word of whoever asked for it. */
    private void correct(
            Journey journey,
            Leg leg,
            JsonNode order,
            JsonNode asked,
            Party citizen,
            Dues wanted,
            LegFacts.Order placed,
            Agency agency) {
        boolean ours = leg.facts().requestedBy().equals(placed.by());
        // What whoever came did not get is handed over as it was ordered, and asked for as before.
        LegFacts facts = asking(journey, leg, wanted, ours && asked.has("collectFee") && leg.step() != Step.SHORT)
                .withOrder(placed)
                .withPapers(Paper.list(order.path("papers")));
        if (ours) {
            PostOffice office = office(asked, facts.kind(), agency);
            facts = facts.citizenAt(citizen, office.code(), office.carrier());
        } else if (leg.step() != Step.AWAITING_RESULT) {
            refuseOfTheCitizen(leg.facts(), placed);
        }
        legs.change(journey, leg, facts, label(journey, facts.kind(), leg, asked));
    }

    /** Name, telephone and address on a leg that a citizen asked a portal for are changed there. */
    private static void refuseOfTheCitizen(LegFacts known, LegFacts.Order placed) {
        String end = known.kind().inbound() ? "sender/" : "receiver/";
        List<Refused.Flaw> flaws = Objects.requireNonNull(known.order()).citizenOtherwise(placed).stream()
                .map(part -> Announcements.flaw(
                        end + part,
                        "Công dân đã đăng ký chặng này trên cổng dịch vụ công; họ tên, số điện thoại, địa chỉ chỉ đổi được"
                                + " trên cổng. Hãy gửi lại như lần trước, hoặc nhờ công dân đổi trên cổng.",
                        "The citizen asked a portal for this leg; name, telephone and address are changed there alone."
                                + " Send it as before, or have the citizen change it on the portal."))
                .toList();
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.CONFLICT, "asked-by-the-citizen", flaws);
        }
    }

    /**
     * The office at the citizen's door. Old districts name one; without a district it is the one the agency hands its mail
     * to, which sorts by the address as a person reads it.
     */
    private PostOffice office(JsonNode asked, LegKind kind, Agency agency) {
        String end = kind == LegKind.PICKUP ? "sender" : "receiver";
        JsonNode address = asked.path(end).path("address");
        Directory directory = directories.current();
        if (address.hasNonNull("vnpostDistrict")) {
            return directory
                    .officeOfDistrict(address.path("vnpostDistrict").asInt())
                    .orElseThrow(() -> noOffice(end, "District"));
        }
        String province = address.path("vnpostProvince").asText("");
        boolean ours = directory.offices().stream()
                .anyMatch(o -> o.code().substring(0, 2).equals(province));
        if (!ours) {
            throw noOffice(end, "Province");
        }
        return legs.office(agency.office());
    }

    private static Refused noOffice(String end, String what) {
        String field = (end.equals("sender") ? "Sender" : "Receiver") + what;
        return new Refused(
                Refused.Ground.RULE,
                "no-post-office",
                field,
                "Chưa có bưu cục nào trong danh bạ phục vụ địa chỉ này.",
                "No post office in the directory serves this address.");
    }

    /** What makes two orders the same: everything that was said. */
    private static String digest(JsonNode order, JsonNode asked, LegKind kind) {
        boolean inbound = kind == LegKind.PICKUP;
        JsonNode citizen = asked.path(inbound ? "sender" : "receiver");
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        rest.put("kind", kind.name());
        rest.set("agency", asked.path(inbound ? "receiver" : "sender"));
        for (String field : List.of("collectFee", "cod", "item")) {
            rest.set(field, asked.path(field));
        }
        for (String field : List.of("procedure", "papers", "description", "said")) {
            rest.set(field, order.path(field));
        }
        return Stream.of(citizen.path("name"), citizen.path("phone"), citizen.path("address"), rest)
                .map(part -> Sha256.hex(part.toString().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
    }

    private static ObjectNode answer(List<Placed> placed) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        Outcome outcome = placed.stream().anyMatch(p -> p.outcome() == Outcome.ACCEPTED)
                ? Outcome.ACCEPTED
                : placed.stream().anyMatch(p -> p.outcome() == Outcome.CORRECTED) ? Outcome.CORRECTED : Outcome.EXISTS;
        answer.put("outcome", outcome.name());
        placed.forEach(p -> answer.withArray("legs").add(Legs.answer(p.leg().facts())));
        return answer;
    }

    /**
     * Takes an order back; answers {@code {"outcome": CANCELLED | ALREADY_CANCELLED}}. Without a direction, all that was
     * ordered under the number.
     *
     * @throws Refused UNKNOWN {@code unknown-order}; CONFLICT {@code under-way}
     */
    public Receipt cancel(Inbound in) {
        return journal.once(in, () -> {
            String number = in.payload().path("orderNumber").asText();
            String direction = in.payload().path("direction").asText(null);
            Journey journey = journeys.byCode(number).orElseThrow(Ordering::unknown);
            List<Leg> ordered = journey.legs().stream()
                    .filter(leg ->
                            leg.ordered(in.partner(), number) && leg.facts().kind() != LegKind.RETURN)
                    .filter(leg -> matches(leg, direction))
                    .toList();
            if (ordered.isEmpty()) {
                throw unknown();
            }
            // What was carried out under the same number is over: there is nothing of it to take back. What its carrier
            // turned down would be sent again.
            List<Leg> toCallOff = ordered.stream()
                    .filter(leg -> leg.open() || journey.isTurnedDown(leg))
                    .toList();
            boolean tooLate = toCallOff.isEmpty() && ordered.stream().noneMatch(leg -> isCalledOff(journey, leg));
            if (tooLate || !toCallOff.stream().filter(Leg::open).allMatch(Leg::notBegun)) {
                throw Doors.underWay("OrderNumber");
            }
            toCallOff.forEach(leg -> legs.happened(journey, leg, HandlingCode.CANCELLED, Author.partner(in.partner())));
            journeys.save(journey);
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("outcome", toCallOff.isEmpty() ? "ALREADY_CANCELLED" : "CANCELLED");
        });
    }

    /** It does not go to the citizen on another leg. */
    private static boolean isCalledOff(Journey journey, Leg leg) {
        return leg.step() == Step.CANCELLED && !(leg.isTurnedDown() && journey.replaced(leg));
    }

    private static boolean matches(Leg leg, @Nullable String direction) {
        return direction == null || leg.facts().kind().name().equals(direction);
    }

    private static Refused unknown() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "unknown-order",
                "OrderNumber",
                "Không có đơn hàng này.",
                "There is no such order.");
    }
}
