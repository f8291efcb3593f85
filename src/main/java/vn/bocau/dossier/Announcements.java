package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.DossierCode;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.directory.Channel;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.Levels;
import vn.bocau.dossier.rules.Step;

/** What a portal says of a dossier when it asks for something: looked up in the directory and held against the rules. */
@Component
class Announcements {

    private final Directories directories;

    Announcements(Directories directories) {
        this.directories = directories;
    }

    /** @throws Refused RULE with everything the directory, the level or the fee does not allow */
    Dossier dossier(JsonNode asked, String portal) {
        JsonNode said = asked.path("dossier");
        List<Flaw> flaws = new ArrayList<>();
        Directory directory = directories.current();
        LocalDate filedOn = LocalDate.parse(said.path("filedOn").asText());
        if (filedOn.isAfter(Legs.today())) {
            flaws.add(flaw("/dossier/filedOn", "Ngày nộp ở tương lai.", "The day of filing is in the future."));
        }
        if (!Clocks.possible(filedOn)) {
            flaws.add(flaw("/dossier/filedOn", "Ngày nộp quá xưa.", "The day of filing is too long ago."));
        }
        String agency = said.path("agency").asText();
        if (directory.agency(agency).isEmpty()) {
            flaws.add(
                    flaw("/dossier/agency", "Không có cơ quan này trong danh bạ.", "No such agency in the directory."));
        }
        Channel channel = Channel.valueOf(said.path("channel").asText());
        String code = said.path("procedure").asText();
        Optional<Procedure> procedure = directory.procedure(code);
        if (procedure.isEmpty()) {
            flaws.add(flaw(
                    "/dossier/procedure",
                    "Không có thủ tục này trong danh bạ.",
                    "No such procedure in the directory."));
        }
        boolean paid = said.path("paidOnline").asBoolean(false);
        if (said.has("payment") && !paid) {
            flaws.add(flaw(
                    "/dossier/payment",
                    "Chỉ có khi đã nộp trực tuyến; thêm \"paidOnline\": true.",
                    "Only where it was paid online; add \"paidOnline\": true."));
        }
        int level = procedure.map(p -> level(said, p)).orElse(0);
        if (flaws.isEmpty()) {
            flaws.addAll(byLevel(asked, procedure.orElseThrow(), level, channel, filedOn, paid));
        }
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.RULE, "not-allowed", flaws);
        }
        return new Dossier(
                UuidCreator.getTimeOrderedEpoch(),
                codes(said.path("codes")),
                code,
                null,
                level,
                channel,
                filedOn,
                agency,
                portal,
                said.path("portalRef").asText(null),
                paid,
                Payment.of(said.path("payment")),
                Dossier.Status.FILED,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static List<Dossier.Code> codes(JsonNode said) {
        List<Dossier.Code> codes = new ArrayList<>();
        for (JsonNode code : said) {
            try {
                codes.add(new Dossier.Code(
                        code.path("system").asText(),
                        new DossierCode(code.path("code").asText()).value()));
            } catch (Refused wrong) {
                String field = "/dossier/codes/" + codes.size() + "/code";
                throw new Refused(
                        wrong.ground(),
                        wrong.code(),
                        List.of(new Flaw(field, wrong.flaws().get(0).wrong())));
            }
        }
        return List.copyOf(codes);
    }

    private static int level(JsonNode said, Procedure procedure) {
        return said.hasNonNull("level") ? Levels.read(said.path("level").asText()) : procedure.level();
    }

    private List<Flaw> byLevel(
            JsonNode asked, Procedure procedure, int level, Channel channel, LocalDate filedOn, boolean paid) {
        var levels = new Levels(terms(procedure), level);
        List<Flaw> flaws = new ArrayList<>(levels.claim());
        Long pickupFee = null;
        Long resultFee = null;
        if (asked.has("pickup")) {
            List<Boolean> originals = new ArrayList<>();
            asked.path("pickup")
                    .path("papers")
                    .forEach(p -> originals.add(p.path("original").asBoolean(false)));
            flaws.addAll(levels.pickup(originals));
            pickupFee = amount(asked.path("pickup"));
            flaws.addAll(levels.fee("/pickup/collectFee", pickupFee, paid));
        }
        if (asked.has("result")) {
            flaws.addAll(levels.result());
            resultFee = amount(asked.path("result"));
            flaws.addAll(levels.fee("/result/collectFee", resultFee, paid));
        }
        if (flaws.isEmpty()) {
            flaws.addAll(fees(pickupFee, resultFee, procedure, channel, filedOn));
        }
        return flaws;
    }

    /** A fee is what the directory says for (procedure, channel, day), and it is collected at one door. */
    private List<Flaw> fees(
            @Nullable Long pickup, @Nullable Long result, Procedure procedure, Channel channel, LocalDate filedOn) {
        long asked = Objects.requireNonNullElse(pickup, 0L) + Objects.requireNonNullElse(result, 0L);
        if (asked == 0) {
            return List.of();
        }
        String field = pickup != null && pickup > 0 ? "/pickup/collectFee" : "/result/collectFee";
        return amount(field, asked, procedure, channel, filedOn);
    }

    private List<Flaw> amount(String field, long asked, Procedure procedure, Channel channel, LocalDate filedOn) {
        long due;
        try {
            due = directories.current().fee(procedure.code(), channel, filedOn);
        } catch (Refused notSet) {
            return List.of(new Flaw(field, notSet.flaws().get(0).wrong()));
        }
        return asked == due
                ? List.of()
                : List.of(flaw(
                        field,
                        "Mức phí của thủ tục này theo kênh và ngày nộp là " + due + " đồng, thu một lần.",
                        "The fee of this procedure by channel and day of filing is " + due
                                + " đồng, to be collected once."));
    }

    /**
     * Whether a fee may be collected on a leg of a dossier we know: never what was paid online, never on two legs, and the
     * amount the directory says, unless only a one-stop has spoken of the dossier and nobody knows how it was filed.
     *
     * @param on the leg it is to be collected on, or whose place that one takes; null when there is none yet
     */
    List<Flaw> collect(Journey journey, @Nullable Leg on, long fee, String field) {
        if (fee == 0) {
            return List.of();
        }
        Dossier dossier = journey.dossier();
        List<Leg> elsewhere = journey.legs().stream()
                .filter(leg -> leg != on && asksForFee(leg))
                .toList();
        if (dossier.paidOnline() || !elsewhere.stream().allMatch(leg -> leg.leftOfFee() > 0)) {
            return List.of(
                    flaw(
                            field,
                            "Phí này đã nộp trực tuyến hoặc đã đăng ký thu ở chặng khác, không được thu lại.",
                            "This fee was paid online, or is collected on another leg already; it must not be collected again."));
        }
        if (!elsewhere.isEmpty()) {
            return rest(elsewhere.get(0), takenInPart(journey, on), fee, field);
        }
        Optional<Procedure> procedure =
                Optional.ofNullable(dossier.procedure()).flatMap(directories.current()::procedure);
        return procedure.isEmpty() || dossier.level() == null
                ? List.of()
                : amount(field, fee, procedure.get(), dossier.channel(), dossier.filedOn());
    }

    /** It is to be collected on some leg, or was. */
    boolean isFeeAskedFor(Journey journey) {
        return journey.legs().stream().anyMatch(Announcements::asksForFee);
    }

    private static boolean asksForFee(Leg leg) {
        return leg.facts().asked().fee() > 0 && !givenUp(leg);
    }

    private static List<Flaw> rest(Leg over, long taken, long fee, String field) {
        long rest = over.facts().asked().fee() - taken;
        return fee == rest
                ? List.of()
                : List.of(flaw(
                        field,
                        "Đã thu " + taken + " đồng của phí này ở chặng trước; còn phải thu " + rest + " đồng.",
                        "Of this fee " + taken + " đồng were collected on an earlier leg; " + rest
                                + " đồng are still to be collected."));
    }

    /** What was taken of a fee whose door is over, and which is collected on with the rest. */
    private static long takenInPart(Journey journey, @Nullable Leg on) {
        List<Leg> others = journey.legs().stream().filter(leg -> leg != on).toList();
        return others.stream().anyMatch(leg -> leg.leftOfFee() > 0)
                ? others.stream().mapToLong(leg -> leg.taken(Dues.What.FEE)).sum()
                : 0;
    }

    /** What a leg is asked for when this much is still to be collected on it: {@link Dues} takes off what was taken before. */
    long whole(Journey journey, @Nullable Leg on, long fee) {
        return fee == 0 ? 0 : fee + takenInPart(journey, on);
    }

    /** COD is taken for somebody who can be paid. */
    List<Flaw> payee(Cod cod, String field) {
        return cod.payee() == null || directories.current().payee(cod.payee()).isPresent()
                ? List.of()
                : List.of(flaw(
                        field,
                        "Danh bạ không có đơn vị thụ hưởng này; hãy ghi mã của đơn vị đã đăng ký với bưu điện.",
                        "The directory has no such payee; name one that is registered with the post by its id."));
    }

    /** On such a leg nothing will be collected; what was, {@link Dues} takes off the next. */
    private static boolean givenUp(Leg leg) {
        return leg.step() == Step.CANCELLED
                || leg.step() == Step.LOST
                || leg.step() == Step.RETURN_APPROVED
                || leg.progress().recalled()
                || !leg.open() && leg.taken(Dues.What.FEE) == 0;
    }

    private static @Nullable Long amount(JsonNode part) {
        return part.hasNonNull("collectFee")
                ? Long.valueOf(part.path("collectFee").asLong())
                : null;
    }

    /** At the level it was filed; where only a one-stop has spoken of it, at its procedure's. */
    Levels levels(Dossier dossier, Procedure procedure) {
        return new Levels(terms(procedure), Objects.requireNonNullElse(dossier.level(), procedure.level()));
    }

    static Levels.Terms terms(Procedure procedure) {
        return new Levels.Terms(
                procedure.level(), procedure.pickupByPost(), procedure.resultByPost(), procedure.asksForOriginals());
    }

    int originalsBack(Dossier dossier) {
        return Optional.ofNullable(dossier.procedure())
                .flatMap(directories.current()::procedure)
                .map(Procedure::originalsBack)
                .orElse(0);
    }

    /**
     * A dossier is spoken of again. It belongs to the portal that spoke first, or to its agency's when a one-stop did. What
     * a one-stop left open is filled in; what was said before must be the same, but for
     * a fee paid since: that is not collected at any door then.
     *
     * @param levelSaid whether the level is the portal's own word; otherwise it is what the directory says today
     * @throws Refused CONFLICT {@code dossier-of-another-portal}, {@code dossier-differs}
     */
    void again(Journey journey, Dossier said, boolean levelSaid) {
        Dossier known = journey.dossier();
        boolean fromPortal = known.procedure() != null && known.level() != null;
        if (known.portal() != null && !known.portal().equals(said.portal())) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "dossier-of-another-portal",
                    "/dossier/codes",
                    "Hồ sơ này thuộc một cổng khác.",
                    "This dossier is another portal's.");
        }
        List<Flaw> differs = new ArrayList<>();
        differs(differs, "/dossier/agency", known.agency(), said.agency());
        if (fromPortal) {
            differs(differs, "/dossier/procedure", known.procedure(), said.procedure());
            differs(differs, "/dossier/channel", known.channel(), said.channel());
            differs(differs, "/dossier/filedOn", known.filedOn(), said.filedOn());
            if (known.payment() != null && said.payment() != null) {
                differs(differs, "/dossier/payment", known.payment(), said.payment());
            }
            if (levelSaid) {
                differs(differs, "/dossier/level", known.level(), said.level());
            }
        }
        if (!differs.isEmpty()) {
            throw new Refused(Refused.Ground.CONFLICT, "dossier-differs", differs);
        }
        List<Dossier.Code> codes = new ArrayList<>(known.codes());
        said.codes().stream()
                .filter(code -> known.codes().stream().noneMatch(k -> k.code().equals(code.code())))
                .forEach(codes::add);
        journey.say(known.announced(said, List.copyOf(codes)));
    }

    private static void differs(List<Flaw> flaws, String field, @Nullable Object known, @Nullable Object said) {
        if (!Objects.equals(known, said)) {
            flaws.add(flaw(
                    field,
                    "Khác với điều đã ghi nhận về hồ sơ này: " + known + ".",
                    "It differs from what is recorded of this dossier: " + known + "."));
        }
    }

    static Flaw flaw(String field, String vi, String en) {
        return new Flaw(field, new Text(vi, en));
    }
}
