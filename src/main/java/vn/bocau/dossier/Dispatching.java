package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.ItemId;
import vn.bocau.code.Refused;
import vn.bocau.code.Telephone;
import vn.bocau.code.Text;
import vn.bocau.directory.AddressGuard.Certainty;
import vn.bocau.directory.AddressGuard.Verdict;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;

/**
 * An agency gives results to the post, up to 500 at once. A bad one never harms the others. What was lost, comes back,
 * was damaged or turned down by its carrier is sent anew, on a leg of its own; what was not as on the manifest is handed over once more.
 */
@Component
class Dispatching {

    private static final Text CITIZENS = new Text(
            "Công dân đã tự đổi nơi nhận: kết quả đến nơi ấy, không đến nơi ghi trong dòng này",
            "The citizen has set another address since: it goes there, and not where this row says");

    private final Journeys journeys;
    private final Legs legs;
    private final Directories directories;
    private final Announcements announcements;
    private final Addresses addresses;

    Dispatching(
            Journeys journeys, Legs legs, Directories directories, Announcements announcements, Addresses addresses) {
        this.journeys = journeys;
        this.legs = legs;
        this.directories = directories;
        this.announcements = announcements;
        this.addresses = addresses;
    }

    /**
     * A result that may go: its journey, and its leg when the citizen asked for one.
     *
     * @param to where it goes; null when nothing is said of that, and it goes where its leg says
     */
    private record Good(
            Journey journey,
            JsonNode result,
            @Nullable Leg leg,
            @Nullable To to) {}

    /**
     * @param why what was put right in the address as it was written, or that another holds; null when nothing was
     * @param brought it was said with the result, and is not what its leg said
     */
    private record To(
            Party receiver, PostOffice office, @Nullable Text why, boolean brought) {

        To because(Text other) {
            return new To(receiver, office, other, brought);
        }

        LegFacts of(LegFacts facts) {
            return facts.citizenAt(receiver, office.code(), office.carrier());
        }
    }

    /** @param said {@code {"results": [...], "ofFile"?, "dropped"?}} */
    ObjectNode dispatch(JsonNode said, Decider decider) {
        JsonNode results = said.path("results");
        // Whoever chose on a page has seen where it goes; a file was written before.
        boolean chosen = decider.atDesk() && !said.path("ofFile").asBoolean();
        // What may have been written before it went is no word about what became of it.
        boolean dropped = said.path("dropped").asBoolean();
        Set<String> codes = new LinkedHashSet<>();
        results.forEach(result -> {
            if (!isFlawed(result)) {
                codes.add(result.path("dossier").asText());
            }
        });
        List<String> brought = labels(results);
        journeys.reserve(brought);
        Map<String, Journey> known = journeys.byCodes(codes);
        // Those that another item bears already, and from here on those of this batch.
        Set<String> labels = legs.taken(brought);
        Map<Integer, Refused> refused = new LinkedHashMap<>();
        Map<Integer, Leg> dispatched = new LinkedHashMap<>();
        Map<Integer, Text> rewritten = new LinkedHashMap<>();
        Map<Leg, Journey> toLabel = new LinkedHashMap<>();
        Set<Journey> seen = new HashSet<>();
        for (int i = 0; i < results.size(); i++) {
            JsonNode result = results.get(i);
            try {
                refuseFlawed(result);
                Good good = judge(
                        known.get(result.path("dossier").asText()), result, decider, chosen, dropped, labels, seen);
                Leg leg = open(good, decider.author());
                // Only what goes takes a place or a label from what follows in the batch.
                seen.add(good.journey());
                labels.addAll(brought(result));
                dispatched.put(i, leg);
                if (good.to() != null && good.to().why() != null) {
                    rewritten.put(i, good.to().why());
                }
                toLabel.put(leg, good.journey());
            } catch (Refused no) {
                refused.put(i, no);
            }
        }
        List<Leg> bare = legs.labelWhatCanBe(toLabel);
        // A dossier stands once in a batch: without a number for its leg, nothing of it is kept.
        bare.forEach(toLabel::remove);
        toLabel.forEach((leg, journey) -> {
            journey.decided();
            legs.recallDamaged(journey, leg, decider.author());
            legs.happened(journey, leg, HandlingCode.RESULT_READY, decider.author());
        });
        journeys.save(new LinkedHashSet<>(toLabel.values()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < results.size(); i++) {
            ObjectNode one = answer.withArray("results").addObject();
            one.put("dossier", results.get(i).path("dossier").asText());
            Leg leg = dispatched.get(i);
            Refused no = leg != null && bare.contains(leg) ? noNumbers() : refused.get(i);
            tell(one, leg, no);
            Text why = rewritten.get(i);
            if (no == null && why != null) {
                one.putObject("rewritten").put("vi", why.vi()).put("en", why.en());
            }
        }
        return answer;
    }

    private static boolean isFlawed(JsonNode result) {
        return result.has("flaws");
    }

    /** What was wrong in itself stands beside it already. */
    private static void refuseFlawed(JsonNode result) {
        List<Refused.Flaw> flaws = new ArrayList<>();
        result.path("flaws")
                .forEach(flaw -> flaws.add(new Refused.Flaw(
                        flaw.path("field").asText(),
                        new Text(flaw.path("vi").asText(), flaw.path("en").asText()))));
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "schema", flaws);
        }
    }

    private static void tell(ObjectNode one, @Nullable Leg leg, @Nullable Refused no) {
        if (no == null) {
            one.put("outcome", "DISPATCHED")
                    .put("item", Objects.requireNonNull(leg).facts().item());
            return;
        }
        one.put("outcome", "REFUSED").put("code", no.code());
        no.flaws()
                .forEach(flaw -> one.withArray("flaws")
                        .addObject()
                        .put("field", flaw.field())
                        .put("vi", flaw.wrong().vi())
                        .put("en", flaw.wrong().en()));
    }

    private static List<String> labels(JsonNode results) {
        List<String> brought = new ArrayList<>();
        results.forEach(result -> brought.addAll(brought(result)));
        return brought;
    }

    private static List<String> brought(JsonNode result) {
        return result.hasNonNull("item") && !isFlawed(result)
                ? List.of(result.path("item").asText())
                : List.of();
    }

    private Good judge(
            @Nullable Journey journey,
            JsonNode result,
            Decider decider,
            boolean chosen,
            boolean dropped,
            Set<String> labels,
            Set<Journey> seen) {
        if (journey == null
                || !journey.dossier().agency().equals(decider.agency().id())) {
            throw Dossiers.unknown("dossier");
        }
        Leg leg = journey.latest(LegKind.RESULT)
                .filter(l -> l.step() != Step.CANCELLED || l.isTurnedDown())
                .orElse(null);
        boolean anew = leg != null && toBeSentAnew(leg);
        boolean delivered = journey.delivered().isPresent();
        if (seen.contains(journey)) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "twice-in-batch",
                    "dossier",
                    "Hồ sơ này có hai lần trong cùng một lần gửi.",
                    "This dossier stands twice in one batch.");
        }
        if (journey.handedOut().isPresent() && (dropped || !decider.atDesk())) {
            throw handedOut("dossier");
        }
        if (delivered || leg != null && (dropped ? leg.step() != Step.AWAITING_RESULT : !anew && !withTheAgency(leg))) {
            throw already(leg);
        }
        Dossier dossier = journey.dossier();
        Optional<Procedure> procedure =
                Optional.ofNullable(dossier.procedure()).flatMap(directories.current()::procedure);
        List<Refused.Flaw> flaws = new ArrayList<>();
        procedure.ifPresent(p -> flaws.addAll(announcements.levels(dossier, p).result()));
        flaws.addAll(
                announcements.collect(journey, leg, result.path("collectFee").asLong(0), "collectFee"));
        flaws.addAll(announcements.payee(Cod.of(result.path("cod")), "cod/payee"));
        item(journey, leg, result, labels, flaws);
        boolean toOpen = leg == null || anew;
        if (decider.atDesk()
                && leg != null
                && leg.step() == Step.RETURN_APPROVED
                && !wayBack(journey, leg, Step.LOST)
                && !(result.has("receiver") && wayBack(journey, leg, Step.RETURNED_TO_AGENCY))) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "came-back",
                    "dossier",
                    "Kết quả này bị hoàn; khi đã về cơ quan, gửi lại ở trang Không phát được.",
                    "This result comes back; once it is at the agency, send it again from the page of what was"
                            + " undelivered.");
        }
        Optional<Party> known = leg == null
                ? legs.stillWanted(journey).map(LegFacts::receiver)
                : Optional.of(leg.facts().receiver());
        if (!result.has("receiver") && known.isEmpty()) {
            flaws.add(noReceiver(journey));
        }
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.RULE, "not-allowed", flaws);
        }
        boolean citizens = !toOpen && !chosen && movedByTheCitizen(journey, Objects.requireNonNull(leg));
        return new Good(journey, result, leg, to(decider, leg, known.orElse(null), toOpen, citizens, result));
    }

    /** Nobody brings what whoever it is for has. */
    static Refused handedOut(String field) {
        return new Refused(
                Refused.Ground.CONFLICT,
                "already-handed-out",
                field,
                "Kết quả của hồ sơ này đã trao tại cơ quan. Nếu phải gửi qua bưu điện, cán bộ gửi từ tệp ở trang Trả kết quả; nếu"
                        + " ghi nhầm là đã trao, cán bộ ghi lại ở trang Hồ sơ theo mã.",
                "The result of this dossier was handed out at the agency. If it is to go by post all the same, a clerk sends"
                        + " it from a file on the page of results; if that was recorded by mistake, a clerk puts it back on"
                        + " the page of dossiers by their codes.");
    }

    /** A file that was written before the result went is no word about what became of it. */
    private static Refused already(@Nullable Leg leg) {
        boolean lies = leg != null && (leg.isTurnedDown() || leg.step() == Step.SHORT);
        return new Refused(
                Refused.Ground.CONFLICT,
                "already-dispatched",
                "dossier",
                lies
                        ? "Kết quả của hồ sơ này đã chuyển một lần mà bưu điện chưa nhận; nó còn ở cơ quan, chuyển lại ở trang"
                                + " Trả kết quả."
                        : "Kết quả của hồ sơ này đã chuyển bưu điện.",
                lies
                        ? "The result of this dossier was given to the post once, which did not take it; it lies at the agency:"
                                + " send it again from the page of results."
                        : "The result of this dossier was given to the post already.");
    }

    private static Refused.Flaw noReceiver(Journey journey) {
        return journey.latest(LegKind.RESULT).isPresent()
                ? Announcements.flaw(
                        "receiver",
                        "Thiếu người nhận: việc trả kết quả qua bưu điện đã bị hủy.",
                        "No receiver: the delivery of the result was called off.")
                : Announcements.flaw(
                        "receiver",
                        "Thiếu người nhận: công dân chưa đăng ký trả kết quả qua cổng.",
                        "No receiver: the citizen has not asked for delivery through a portal.");
    }

    /**
     * Every address is held against the communes of today, whoever gives the result to the post. What a system brings counts
     * where nothing was known, or nothing that is certain: where the citizen asked for it, that is theirs to change. So it is
     * with a file, once they have changed it.
     *
     * @param known who would get it; null when nobody is known
     * @param citizens whether where its leg says is the citizen's own word, and nobody chose otherwise since
     * @return null when it goes where its leg says, as it says
     */
    private @Nullable To to(
            Decider decider,
            @Nullable Leg leg,
            @Nullable Party known,
            boolean toOpen,
            boolean citizens,
            JsonNode result) {
        boolean heeded = toOpen || decider.atDesk() && !citizens || !isCertain(Objects.requireNonNull(known));
        if (result.has("receiver") && heeded) {
            Party receiver = Party.of(result.path("receiver"));
            return to(known == null ? receiver : receiver.after(known), "receiver/commune", true);
        }
        To there = there(decider, Objects.requireNonNull(known));
        if (decider.atDesk() && result.has("receiver") && !isThere(Party.of(result.path("receiver")), known)) {
            return there.because(CITIZENS);
        }
        boolean asIs = leg != null && there.receiver().equals(known) && (!decider.atDesk() || leg.step() == Step.SHORT);
        return asIs ? null : there;
    }

    /** Nobody has changed where it goes since the citizen did, on our page or through their portal. */
    private static boolean movedByTheCitizen(Journey journey, Leg leg) {
        return leg.lastMoved()
                .filter(report -> report.source().equals(Citizens.TRACK)
                        || report.source().equals(journey.dossier().portal()))
                .isPresent();
    }

    private static boolean isThere(Party brought, Party known) {
        return brought.street().equals(known.street()) && Objects.equals(brought.commune(), known.commune());
    }

    private boolean isCertain(Party known) {
        Verdict verdict = addresses.check(known);
        return verdict.commune() != null && !verdict.street().isBlank() && Telephone.isNumber(known.phone());
    }

    /** Where its leg says. A system that is asked about it has to bring a receiver; a clerk chooses on the page. */
    private To there(Decider decider, Party known) {
        if (decider.atDesk()) {
            return to(known, "address", false);
        }
        try {
            return to(known, "receiver", false);
        } catch (Refused no) {
            throw new Refused(
                    no.ground(),
                    no.code(),
                    no.flaws().stream()
                            .map(flaw -> new Refused.Flaw(flaw.field(), bringOne(flaw.wrong())))
                            .toList());
        }
    }

    private static Text bringOne(Text why) {
        return new Text(
                why.vi() + " Hãy gửi lại kết quả này kèm người nhận (receiver) có địa chỉ và mã xã hiện nay.",
                why.en() + " Send this result again with a receiver: the address, and the commune's code of today.");
    }

    private To to(Party receiver, String field, boolean brought) {
        Verdict verdict = addresses.check(receiver);
        Commune commune = verdict.commune();
        if (verdict.certainty() == Certainty.ASK || commune == null && receiver.commune() == null) {
            Optional<Text> chosen = brought ? addresses.chosen(receiver, verdict) : Optional.empty();
            throw new Refused(
                    Refused.Ground.RULE,
                    "address-not-certain",
                    List.of(new Refused.Flaw(
                            chosen.isPresent() ? "receiver/street" : field,
                            chosen.orElseGet(() -> Addresses.asked(verdict)))));
        }
        PostOffice office =
                legs.officeAt(commune == null ? Objects.requireNonNull(receiver.commune()) : commune.code(), field);
        if (commune != null && verdict.street().isBlank()) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "address-not-certain",
                    brought ? "receiver/street" : field,
                    "Địa chỉ chỉ có tên xã, phường: thiếu số nhà, tên đường, thôn hoặc khu phố.",
                    "The address is a commune alone: the house, street, village or quarter is missing.");
        }
        if (!Telephone.isNumber(receiver.phone())) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "address-not-certain",
                    brought ? "receiver/phone" : field,
                    "Số điện thoại của người nhận không có thật: bưu tá không gọi được.",
                    "The receiver's telephone number cannot be: the postal worker could not call.");
        }
        return new To(
                commune == null ? receiver : receiver.at(commune.code(), verdict.street()),
                office,
                verdict.why(),
                brought);
    }

    /** Nobody has fetched it yet; or whoever came did not get what the manifest said, so it is handed over again. */
    private static boolean withTheAgency(Leg leg) {
        return leg.step() == Step.AWAITING_RESULT || leg.step() == Step.SHORT;
    }

    /** Whether what could not be delivered is so far on its way back. */
    private static boolean wayBack(Journey journey, Leg leg, Step step) {
        return journey.latest(back -> leg.id().equals(back.facts().returns()))
                .filter(back -> back.step() == step)
                .isPresent();
    }

    /** It will not arrive, or not as it should. */
    private static boolean toBeSentAnew(Leg leg) {
        return leg.step() == Step.LOST
                || leg.step() == Step.RETURN_APPROVED
                || leg.step() == Step.DAMAGED
                || leg.isTurnedDown();
    }

    private static void item(
            Journey journey, @Nullable Leg leg, JsonNode result, Set<String> labels, List<Refused.Flaw> flaws) {
        if (!result.hasNonNull("item")) {
            return;
        }
        String item = result.path("item").asText();
        try {
            new ItemId(item);
            boolean bearsIt = leg != null && leg.step() == Step.SHORT && leg.bore(item);
            if (labels.contains(item)
                    && !bearsIt
                    && Legs.idle(journey, LegKind.RESULT, item).isEmpty()) {
                flaws.add(Announcements.flaw(
                        "item",
                        "Mã bưu gửi này đã dùng cho bưu gửi khác.",
                        "This item identifier is in use for another item."));
            }
        } catch (Refused wrong) {
            flaws.add(new Refused.Flaw("item", wrong.flaws().get(0).wrong()));
        }
    }

    private Leg open(Good good, Author by) {
        Journey journey = good.journey();
        JsonNode result = good.result();
        Leg known = good.leg();
        Leg leg;
        if (known != null && withTheAgency(known)) {
            // Nobody at an office that is gone fetches or delivers it.
            legs.office(known.facts().fromOffice());
            legs.office(known.facts().toOffice());
            legs.refuseGonePayee(
                    journey,
                    LegKind.RESULT,
                    asked(journey, known, result, known.facts().asked()).cod());
            leg = known;
        } else {
            To to = good.to();
            LegFacts before = known == null ? null : known.facts();
            Party receiver = to == null ? Objects.requireNonNull(before).receiver() : to.receiver();
            PostOffice office =
                    to == null ? legs.office(Objects.requireNonNull(before).toOffice()) : to.office();
            leg = legs.anew(
                    journey,
                    new Legs.Wish(LegKind.RESULT, receiver, office, List.of(), Dues.NONE, by.source()),
                    inherited -> asked(journey, known, result, inherited));
        }
        brought(result).forEach(item -> legs.takeOff(journey, LegKind.RESULT, item));
        boolean moved = leg == known
                && good.to() != null
                && good.to().brought()
                && !good.to().receiver().equals(leg.facts().receiver());
        LegFacts facts = leg == known && good.to() != null ? good.to().of(leg.facts()) : leg.facts();
        legs.change(
                journey,
                leg,
                facts.asking(asked(journey, known, result, facts.asked())),
                result.path("item").asText(null));
        if (moved) {
            legs.happened(journey, leg, HandlingCode.ADDRESS_CHANGED, by);
        }
        if (leg.step() == Step.SHORT) {
            legs.orderAnew(journey, leg, result.path("item").asText(null));
        }
        return leg;
    }

    /** What the agency names, and of what it does not name what was asked for before. */
    private Dues asked(Journey journey, @Nullable Leg on, JsonNode result, Dues before) {
        Cod cod = result.has("cod") ? Cod.of(result.path("cod")) : before.cod();
        legs.refuseTakingOff(journey, LegKind.RESULT, before.cod(), cod, "cod/amount");
        return new Dues(
                result.has("collectFee")
                        ? announcements.whole(
                                journey, on, result.path("collectFee").asLong())
                        : before.fee(),
                before.postage(),
                cod,
                Math.max(
                        Math.max(
                                before.originals(),
                                result.path("originalsToTakeBack").asInt(0)),
                        announcements.originalsBack(journey.dossier())));
    }

    private static Refused noNumbers() {
        return new Refused(
                Refused.Ground.RULE,
                "no-item-numbers",
                "item",
                "Kho mã bưu gửi đã hết, người vận hành đã được báo; hãy gửi lại sau hoặc dùng nhãn có sẵn.",
                "The item numbers have run out and an operator was told; send it again later, or bring a label.");
    }
}
