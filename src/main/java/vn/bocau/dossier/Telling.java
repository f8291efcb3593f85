package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.Journey.Event;
import vn.bocau.dossier.Journey.News;
import vn.bocau.dossier.rules.Choice;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LateWish;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.Outbound;

/**
 * Who is told what: a portal everything its citizen should see, and with it who follows that portal; a one-stop everything
 * that becomes of its orders but how the post counts its cash; an agency what arrives and what became of what it sent. The
 * words are those of {@code mappings/words/event.schema.json}.
 */
@Component
class Telling {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(Rules.ZONE).withLocale(Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    private static final Set<String> ALERTS =
            Set.of("SUPPLEMENT_ASKED", "RETURN_VOIDED", "ADDRESS_TOO_LATE", "DAY_TOO_LATE", "OFFICE_TOO_LATE");

    /** What whoever reads it there is told of a dossier that another agency has sent on in no envelope. */
    private static final Text SENT_HERE = new Text(
            "Hồ sơ được chuyển đến cơ quan này giải quyết, không kèm bưu gửi.",
            "The dossier was sent on to this agency to be decided, without an item.");

    private static final Map<Choice, Text> TOO_LATE = Map.of(
            Choice.DAY, new Text("Ngày khác được chọn", "Another day was chosen"),
            Choice.ADDRESS, new Text("Địa chỉ được đổi", "The address was changed"),
            Choice.OFFICE, new Text("Việc nhận tại bưu cục được chọn", "Collection at the post office was chosen"));

    record Said(UUID id, String code, Text text, Instant happenedAt, Instant recordedAt) {}

    private final Directories directories;

    Telling(Directories directories) {
        this.directories = directories;
    }

    List<Outbound> of(News news) {
        Directory directory = directories.current();
        List<Outbound> out = new ArrayList<>();
        Dossier dossier = news.dossier();
        boolean status = news.event() instanceof Event.StatusMoved;
        HandlingCode code = code(news);
        boolean again = news.event() instanceof Event.Decided decided && decided.again();
        boolean seen = !again && (code == null || code.portalEffect() != HandlingCode.PortalEffect.NONE);
        if (dossier.portal() != null && seen) {
            String kind = status ? "status" : "progress";
            out.add(told(news, dossier.portal(), kind, directory));
            directory.partners().stream()
                    .filter(partner -> partner.follows().contains(dossier.portal()))
                    .forEach(partner -> out.add(told(news, partner.id(), kind, directory)));
        }
        LegFacts.Order order = news.leg() == null ? null : news.leg().facts().order();
        // Where it goes is between the citizen and the portal.
        boolean ofTheAddress =
                news.event() instanceof Event.CameTooLate late && late.wish().asked() == Choice.ADDRESS;
        if (order != null && !status && !ofTheAddress && code != HandlingCode.CASH_DISCREPANCY) {
            out.add(told(news, order.by(), "progress", directory));
        }
        concernsAgency(news)
                .flatMap(kind -> agencyTold(news)
                        .flatMap(directory::agency)
                        .map(Agency::partner)
                        .map(partner -> told(news, partner, kind, directory)))
                .ifPresent(out::add);
        return out;
    }

    /** The agency at the end where the item is now, or will be; of a dossier sent on in no envelope, that it was sent to. */
    private static Optional<String> agencyTold(News news) {
        Journey.Standing leg = news.leg();
        if (leg == null) {
            return Optional.of(news.dossier().agency());
        }
        String toAgency = leg.facts().toAgency();
        boolean arrives = leg.facts().kind() == LegKind.TRANSFER && code(news) == HandlingCode.HANDED_TO_AGENCY;
        return Optional.of(arrives && toAgency != null ? toAgency : leg.facts().agency());
    }

    /** @return the kind of message an agency gets about it; empty when it is none of its business */
    private static Optional<String> concernsAgency(News news) {
        Journey.Standing leg = news.leg();
        HandlingCode code = code(news);
        if (news.event() instanceof Event.Decided decided && decided.bare()) {
            return Optional.of("arrival");
        }
        if (leg == null || code == null) {
            return Optional.empty();
        }
        Obligation.Next next = leg.obligation().next();
        return switch (code) {
            case HANDED_TO_AGENCY, RETURNED_TO_AGENCY -> Optional.of("arrival");
            case DELIVERED, LOST, DAMAGED, RETURN_APPROVED, DISPATCH_SHORT, VOIDED -> Optional.of("outcome");
            case CANCELLED -> leg.facts().kind().inbound() ? Optional.empty() : Optional.of("outcome");
            case DELIVERY_FAILED ->
                next != null && next.ownerKind() == OwnerKind.AGENCY ? Optional.of("outcome") : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static @Nullable HandlingCode code(News news) {
        return news.event() instanceof Event.Handled handled ? handled.report().code() : null;
    }

    private static Outbound told(News news, String partner, String kind, Directory directory) {
        Dossier dossier = news.dossier();
        String code = dossier.codeFor(partner);
        ObjectNode body = JSON.objectNode();
        body.set("dossier", dossier(dossier, code, directory));
        if (news.leg() != null) {
            body.set("leg", leg(news.leg(), directory));
        }
        body.set("event", event(news, kind, dossier, directory));
        return new Outbound(partner, dossier.id().toString(), kind, key(kind, news), code, body);
    }

    /** Stable: telling the same thing again is a repeat. */
    private static String key(String kind, News news) {
        if (news.event() instanceof Event.Handled handled) {
            return kind + "-" + handled.report().id();
        }
        if (news.event() instanceof Event.Decided decided) {
            return kind + "-" + decided.id();
        }
        if (news.event() instanceof Event.CameTooLate late) {
            return kind + "-" + late.id();
        }
        return kind + "-" + news.dossier().status() + "-" + ((Event.StatusMoved) news.event()).id();
    }

    private static ObjectNode dossier(Dossier dossier, String code, Directory directory) {
        ObjectNode json = JSON.objectNode();
        json.put("id", dossier.id().toString()).put("code", code);
        dossier.codes()
                .forEach(c -> json.withArray("codes")
                        .addObject()
                        .put("system", c.system())
                        .put("code", c.code()));
        if (dossier.portalRef() != null) {
            json.put("portalRef", dossier.portalRef());
        }
        json.set("procedure", procedure(dossier, directory));
        json.putObject("agency").put("id", dossier.agency()).put("name", agencyName(dossier.agency(), directory));
        json.put("channel", dossier.channel().name())
                .put("filedOn", dossier.filedOn().toString())
                .put("paidOnline", dossier.paidOnline())
                .put("status", dossier.status());
        if (dossier.level() != null) {
            json.put("level", dossier.level());
        }
        if (dossier.right() != null) {
            json.put("right", dossier.right());
        }
        json.set("supplement", Paper.json(dossier.supplement()));
        if (dossier.appointment() != null) {
            json.put("appointment", dossier.appointment().toString());
        }
        if (dossier.receivedAt() != null) {
            json.put("receivedAt", iso(dossier.receivedAt()));
        }
        if (dossier.decidedAt() != null) {
            json.put("decidedAt", iso(dossier.decidedAt()));
        }
        return json;
    }

    private static ObjectNode procedure(Dossier dossier, Directory directory) {
        ObjectNode json = JSON.objectNode();
        Optional<Procedure> known = Optional.ofNullable(dossier.procedure()).flatMap(directory::procedure);
        if (dossier.procedure() != null) {
            json.put("code", dossier.procedure());
        }
        String named = dossier.procedureName() == null ? "" : dossier.procedureName();
        json.put("name", known.map(Procedure::name).orElse(named));
        known.ifPresent(p -> json.put("field", p.field()));
        return json;
    }

    private static ObjectNode leg(Journey.Standing leg, Directory directory) {
        ObjectNode json = JSON.objectNode();
        json.put("id", leg.facts().id().toString())
                .put("kind", leg.facts().kind().name());
        if (leg.facts().item() != null) {
            json.put("item", leg.facts().item());
        }
        if (!leg.facts().ownCarrier()) {
            directory
                    .partner(leg.facts().carrier())
                    .map(Partner::dialect)
                    .ifPresent(dialect -> json.put("carrier", dialect));
        }
        if (leg.facts().order() != null) {
            json.put("orderNumber", leg.facts().order().number());
        }
        json.set(
                "step",
                named(leg.progress().step().name(), leg.progress().step().text()));
        json.put("attempts", leg.progress().attempts());
        Obligation.Next next = leg.obligation().next();
        if (next != null) {
            json.set("next", next(next));
        }
        json.set(
                "rule",
                named(leg.obligation().rule().code(), leg.obligation().rule().text()));
        return json;
    }

    static ObjectNode next(Obligation.Next next) {
        return JSON.objectNode()
                .put("act", next.act().name())
                .put("vi", next.act().text().vi())
                .put("en", next.act().text().en())
                .put("ownerKind", next.ownerKind().name())
                .put("owner", next.owner())
                .put("dueAt", iso(next.dueAt()));
    }

    private static ObjectNode event(News news, String kind, Dossier dossier, Directory directory) {
        ObjectNode json = JSON.objectNode();
        if (news.event() instanceof Event.Handled handled) {
            return handled(
                    json, handled, Objects.requireNonNull(news.leg()).facts().kind(), directory);
        }
        Said said = said(news.event(), dossier);
        Text text = kind.equals("arrival") ? SENT_HERE : said.text();
        return head(json, said.id().toString(), said.code(), text, said.happenedAt(), said.recordedAt())
                .put("alert", ALERTS.contains(said.code()))
                .put("late", false);
    }

    /**
     * What is said of a dossier as a whole.
     *
     * @param event a decision, or a move of the status
     * @param dossier as it was then
     */
    static Said said(Event event, Dossier dossier) {
        if (event instanceof Event.Decided decided) {
            return new Said(decided.id(), decided.code(), sentence(decided, dossier), decided.at(), decided.at());
        }
        if (event instanceof Event.CameTooLate late) {
            return new Said(late.id(), late.wish().asked() + "_TOO_LATE", sentence(late.wish()), late.at(), late.at());
        }
        Report because = ((Event.StatusMoved) event).because();
        boolean returned = dossier.status() == Dossier.Status.RETURNED;
        Text text = returned
                ? new Text(
                        "Đã trả kết quả cho công dân qua bưu chính, đủ bằng chứng phát.",
                        "The result was returned to the citizen by post, with all evidence.")
                : new Text(
                        "Việc trả kết quả đã ghi nhầm và được hủy; hồ sơ trở lại trạng thái đã xử lý xong.",
                        "The return of the result was entered by mistake and voided; the dossier is decided, not returned.");
        return new Said(
                because.id(),
                returned ? "RETURNED_RESULT" : "RETURN_VOIDED",
                text,
                because.happenedAt(),
                because.recordedAt());
    }

    private static ObjectNode handled(ObjectNode json, Event.Handled handled, LegKind kind, Directory directory) {
        Report report = handled.report();
        head(
                        json,
                        report.id().toString(),
                        report.code().name(),
                        sentence(kind, report),
                        report.happenedAt(),
                        report.recordedAt())
                .put("alert", report.code().portalEffect() == HandlingCode.PortalEffect.ALERT)
                .put("late", handled.late());
        Optional.ofNullable(report.office())
                .flatMap(directory::office)
                .ifPresent(office ->
                        json.putObject("office").put("code", office.code()).put("name", office.name()));
        if (report.reason() != null) {
            json.set("reason", named(report.reason().name(), report.reason().text()));
        }
        if (report.details().has("feeCollected")) {
            json.put("feeCollected", report.amount("feeCollected"));
        }
        if (report.details().has("postageCollected")) {
            json.put("postageCollected", report.amount("postageCollected"));
        }
        if (report.details().has("codCollected")) {
            json.put("codCollected", report.amount("codCollected"));
        }
        if (report.details().path("relation").isTextual()) {
            json.put("relation", report.details().path("relation").asText());
        }
        return json;
    }

    private static ObjectNode head(
            ObjectNode json, String id, String code, Text text, Instant happenedAt, Instant recordedAt) {
        return json.put("id", id)
                .put("code", code)
                .put("vi", text.vi())
                .put("en", text.en())
                .put("happenedAt", iso(happenedAt))
                .put("recordedAt", iso(recordedAt));
    }

    /** What a citizen reads. What was cancelled is named: of a dossier it may be the way there, the way back, or both. */
    static Text sentence(LegKind kind, Report report) {
        Text text = report.code().text();
        StringBuilder vi = new StringBuilder(text.vi());
        StringBuilder en = new StringBuilder(text.en());
        if (report.code() == HandlingCode.CANCELLED) {
            vi.append(" · ").append(kind.text().vi());
            en.append(" · ").append(kind.text().en());
        }
        if (report.reason() != null) {
            vi.append(": ").append(report.reason().text().vi());
            en.append(": ").append(report.reason().text().en());
        }
        if (report.nextDate() != null) {
            vi.append("; hẹn ngày ").append(DAY.format(report.nextDate()));
            en.append("; next on ").append(report.nextDate());
        }
        return new Text(vi.append('.').toString(), en.append('.').toString());
    }

    /** What could not be done, and why; where the item is now is said beside it. */
    static Text sentence(LateWish wish) {
        Text asked = Objects.requireNonNull(TOO_LATE.get(wish.asked()));
        Text by = wish.step().text();
        Text then = wish.nextTime()
                ? new Text(
                        " Lần này vẫn như cũ; điều đã chọn dùng cho lần đến sau.",
                        " This time it goes on as before; what was chosen is for the next time.")
                : new Text("", "");
        return new Text(
                asked.vi() + " quá muộn: khi đó bưu gửi đã ở bước “" + by.vi() + "” mà bưu điện chưa kịp báo."
                        + then.vi(),
                asked.en() + " too late: by then the item stood at “" + by.en()
                        + "”, which the post had not reported yet." + then.en());
    }

    private static Text sentence(Event.Decided decided, Dossier dossier) {
        String note = decided.note() == null ? "" : ": " + decided.note();
        LocalDate day = dossier.appointment();
        return switch (decided.code()) {
            case "RECEIVED" ->
                day == null
                        ? new Text("Cơ quan đã tiếp nhận hồ sơ.", "The agency has accepted the dossier.")
                        : new Text(
                                "Cơ quan đã tiếp nhận hồ sơ, hẹn trả kết quả ngày " + DAY.format(day) + ".",
                                "The agency has accepted the dossier; the result is due on " + day + ".");
            case "REFUSED" ->
                new Text(
                        "Cơ quan không tiếp nhận hồ sơ" + note + ".",
                        "The agency does not accept the dossier" + note + ".");
            case "SUPPLEMENT_ASKED" ->
                new Text("Cơ quan yêu cầu bổ sung hồ sơ" + note + ".", "The agency asks for more papers" + note + ".");
            default ->
                new Text(
                        "Hồ sơ được chuyển sang cơ quan khác giải quyết.",
                        "The dossier goes on to another agency to be decided.");
        };
    }

    private static ObjectNode named(String code, Text text) {
        return JSON.objectNode().put("code", code).put("vi", text.vi()).put("en", text.en());
    }

    private static String agencyName(String agency, Directory directory) {
        return directory.agency(agency).map(Agency::name).orElse(agency);
    }

    static String iso(Instant at) {
        return ISO.format(at);
    }
}
