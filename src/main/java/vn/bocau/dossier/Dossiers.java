package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.code.Telephone;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.Contradiction;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.HandlingCode.PortalEffect;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Step;

/** What may be seen of a dossier. */
@Component("dossiers")
public class Dossiers {

    /** @param leg null when it concerns the dossier as a whole */
    private record Told(String code, @Nullable String leg, Text text, Instant happenedAt, Instant recordedAt) {}

    /** What an agency does with an item that is still with it. */
    private static final Set<HandlingCode> AT_THE_AGENCY =
            EnumSet.of(HandlingCode.RESULT_READY, HandlingCode.MANIFESTED);

    private final JdbcClient db;
    private final Journeys journeys;
    private final Directories directories;

    Dossiers(JdbcClient db, Journeys journeys, Directories directories) {
        this.db = db;
        this.journeys = journeys;
        this.directories = directories;
    }

    /**
     * The state of a dossier with its five facts: {@code {"dossier": {"code", "codes", "status"}, "facts": {"sentOn",
     * "right", "supplement", "step", "resultDay"}, "legs", "events"}}. Nobody's name, but what an agency wrote itself.
     *
     * @param code any of its codes
     * @param partner who asks
     * @throws Refused UNKNOWN {@code unknown-dossier} when there is none, or the partner has no part in it
     */
    @Transactional(readOnly = true)
    public JsonNode facts(String code, String partner) {
        Journey journey = journeys.readByCode(code)
                .filter(found -> mayLook(found, partner))
                .orElseThrow(() -> unknown("code"));
        return facts(journey, journey.dossier().codeFor(partner));
    }

    /** The dossier that has this code among its codes. */
    @Transactional(readOnly = true)
    public Optional<UUID> named(String code) {
        return journeys.readByCode(code).map(Journey::id);
    }

    /**
     * Whose dossier somebody claims it is.
     *
     * @param code any of its codes
     * @param lastFour digits of the telephone number of the citizen who sends papers, or gets the result
     * @return the dossier; empty when there is none, or the digits are nobody's of it
     */
    @Transactional(readOnly = true)
    public Optional<UUID> claimed(String code, String lastFour) {
        return journeys.readByCode(code)
                .filter(journey -> journey.legs().stream()
                        .filter(leg -> leg.facts().kind().inbound()
                                || leg.facts().kind().outbound())
                        .map(leg -> Telephone.plain(leg.facts().citizen().phone()))
                        .anyMatch(phone -> phone.length() > lastFour.length() && phone.endsWith(lastFour)))
                .map(Journey::id);
    }

    /**
     * What {@link #facts} says of a dossier, to whoever has shown that it is theirs. Its facts also have {@code "listed"}:
     * the papers to supplement that are called as in the list of the procedure, which no agency wrote for this dossier.
     */
    @Transactional(readOnly = true)
    public Optional<JsonNode> ofCitizen(UUID dossier) {
        return Optional.ofNullable(journeys.read(dossier).get(dossier)).map(journey -> {
            JsonNode facts = facts(journey, journey.dossier().codes().get(0).code());
            ArrayNode listed = ((ObjectNode) facts.path("facts")).putArray("listed");
            List<String> names = Optional.ofNullable(journey.dossier().procedure())
                    .flatMap(directories.current()::procedure)
                    .map(procedure -> procedure.papers().stream()
                            .map(Procedure.Paper::name)
                            .toList())
                    .orElse(List.of());
            journey.dossier().supplement().stream()
                    .map(Paper::name)
                    .filter(names::contains)
                    .forEach(listed::add);
            return facts;
        });
    }

    /**
     * What was reported of a dossier's items, voided or not, in the order in which it happened: {@code {"dossier",
     * "handlings": [{"id", "code", "item", "happenedAt", "recordedAt", "offset", "office"? | "agency"?, "bag"?, "manifest"?,
     * "carrierCode"?, "voidedAt"?}]}}.
     * Nobody's name.
     *
     * @param code any of its codes
     * @throws Refused UNKNOWN {@code unknown-dossier}
     */
    @Transactional(readOnly = true)
    public JsonNode history(String code) {
        Journey journey = journeys.readByCode(code)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-dossier",
                        "dossier",
                        "Không có hồ sơ này.",
                        "There is no such dossier."));
        List<ObjectNode> handlings = new ArrayList<>();
        for (Leg leg : journey.legs()) {
            leg.reports().stream()
                    .filter(report -> report.voids() == null && !isWish(report))
                    .forEach(report -> Optional.ofNullable(report.item())
                            .or(() -> Optional.ofNullable(leg.facts().item()))
                            .ifPresent(item -> handlings.add(handling(leg, report, item))));
        }
        handlings.sort(Comparator.comparing(one -> time(one, "happenedAt")));
        followBags(handlings);
        ObjectNode history = JsonNodeFactory.instance.objectNode();
        history.put("dossier", journey.dossier().codes().get(0).code())
                .putArray("handlings")
                .addAll(handlings);
        return history;
    }

    /**
     * Who opens a bag often names none: it is the one the item was put into. Out of another it cannot come. What has been told
     * of an opening stays so when it is voided, or what put the item into the bag: an event is never told otherwise under its
     * id.
     */
    private static void followBags(List<ObjectNode> handlings) {
        Map<String, Deque<ObjectNode>> bagged = new HashMap<>();
        for (ObjectNode one : handlings) {
            if (one.has("contradiction")) {
                continue;
            }
            Deque<ObjectNode> ofItem = bagged.computeIfAbsent(one.path("item").asText(), item -> new ArrayDeque<>());
            String code = one.path("code").asText();
            if (code.equals(HandlingCode.BAGGED.name()) && one.has("bag")) {
                ofItem.push(one);
            } else if (code.equals(HandlingCode.BAG_OPENED.name())) {
                Optional<String> in = ofItem.stream()
                        .filter(putIn -> !putIn.has("voidedAt")
                                || time(putIn, "voidedAt").isAfter(time(one, "recordedAt")))
                        .findFirst()
                        .map(putIn -> putIn.path("bag").asText());
                if (!one.has("bag")) {
                    in.ifPresent(bag -> one.put("bag", bag));
                } else if (!in.equals(Optional.of(one.path("bag").asText()))) {
                    one.put("neverIn", true);
                }
                if (!one.has("voidedAt")) {
                    ofItem.clear();
                }
            }
        }
    }

    private static Instant time(ObjectNode handling, String field) {
        return Instant.parse(handling.path(field).asText());
    }

    /** That it shall lie at a counter, said at home or at the agency's desk: the post itself may have seen it elsewhere. */
    private static boolean isWish(Report report) {
        return report.code() == HandlingCode.HELD_FOR_PICKUP
                && (report.source().equals(Citizens.TRACK) || report.source().equals(Decisions.DESK));
    }

    private static ObjectNode handling(Leg leg, Report report, String item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", report.id().toString())
                .put("code", report.code().name())
                .put("item", item)
                .put("happenedAt", report.happenedAt().toString())
                .put("recordedAt", report.recordedAt().toString())
                .put(
                        "offset",
                        report.offset().equals(ZoneOffset.UTC)
                                ? "+00:00"
                                : report.offset().toString());
        if (report.office() != null) {
            json.put("office", report.office());
        } else if (AT_THE_AGENCY.contains(report.code())) {
            json.put("agency", leg.facts().agency());
        }
        for (String parent : List.of("bag", "manifest")) {
            String named = report.details().path(parent).asText();
            if (!named.isBlank()) {
                json.put(parent, named);
            }
        }
        Contradiction contradiction = leg.progress().contradictions().get(report.id());
        if (contradiction != null) {
            json.put("contradiction", contradiction.name());
        }
        if (report.rawCode() != null) {
            json.put("carrierCode", report.rawCode());
        }
        leg.reports().stream()
                .filter(voiding -> report.id().equals(voiding.voids())
                        && !leg.progress().contradictions().containsKey(voiding.id()))
                .findFirst()
                .ifPresent(voiding -> json.put("voidedAt", voiding.recordedAt().toString()));
        return json;
    }

    private JsonNode facts(Journey journey, String code) {
        Dossier dossier = journey.dossier();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode head = answer.putObject("dossier");
        head.put("code", code).put("status", dossier.status());
        dossier.codes()
                .forEach(c -> head.withArray("codes")
                        .addObject()
                        .put("system", c.system())
                        .put("code", c.code()));
        answer.set("facts", fiveFacts(journey));
        ArrayNode legs = answer.putArray("legs");
        journey.legs().forEach(leg -> legs.add(leg(journey, leg)));
        answer.set("events", events(journey));
        return answer;
    }

    /** Its portal; and of its agency, or one it came from, whoever speaks for that. */
    private boolean mayLook(Journey journey, String partner) {
        Dossier dossier = journey.dossier();
        if (partner.equals(dossier.portal())) {
            return true;
        }
        String agency =
                directories.current().partner(partner).map(Partner::agency).orElse(null);
        return agency != null
                && (agency.equals(dossier.agency())
                        || journey.legs().stream()
                                .anyMatch(leg -> agency.equals(leg.facts().agency())));
    }

    private ObjectNode fiveFacts(Journey journey) {
        Dossier dossier = journey.dossier();
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("sentOn", dossier.filedOn().toString());
        if (dossier.right() != null) {
            facts.put("right", dossier.right());
        }
        ArrayNode supplement = facts.putArray("supplement");
        dossier.supplement().forEach(paper -> supplement.add(paper.name()));
        facts.set("step", step(journey));
        if (dossier.appointment() != null) {
            facts.put("resultDay", dossier.appointment().toString());
        }
        return facts;
    }

    /**
     * Where the citizen's matter is now: the leg on which something moved last, or what the agency said since. What only
     * follows from its word, such as that nobody comes any more, or that somebody is asked to, says less than that.
     */
    private ObjectNode step(Journey journey) {
        Optional<Told> said = ofTheWhole(journey.id()).stream()
                .filter(told -> AgencyWord.of(told.code()).isPresent())
                .max(Comparator.comparing(Told::happenedAt));
        Optional<Leg> moving = journey.legs().stream()
                .filter(leg -> leg.progress().since() != null)
                .filter(leg -> said.isEmpty() || !followsFromAWord(journey.dossier(), leg))
                .max(Comparator.comparing(
                        leg -> Objects.requireNonNull(leg.progress().since())));
        boolean since = said.isPresent()
                && moving.map(leg -> Objects.requireNonNull(leg.progress().since()))
                        .filter(moved -> moved.isAfter(said.get().happenedAt()))
                        .isEmpty();
        if (since) {
            AgencyWord word = AgencyWord.of(said.get().code()).orElseThrow();
            return named(word.name(), word.text());
        }
        return moving.map(leg -> named(leg.step().name(), leg.step().text()))
                .orElseGet(() -> named("FILED", new Text("Đã nộp hồ sơ", "Filed")));
    }

    private static boolean followsFromAWord(Dossier dossier, Leg leg) {
        boolean atTheAgencies =
                dossier.status() == Dossier.Status.REFUSED || leg.facts().kind() == LegKind.TRANSFER;
        return leg.step() == Step.REQUESTED || leg.step() == Step.CANCELLED && atTheAgencies;
    }

    private static ObjectNode leg(Journey journey, Leg leg) {
        Obligation obligation = journey.obligation(leg);
        ObjectNode json = Legs.answer(leg.facts());
        json.set("step", named(leg.step().name(), leg.step().text()));
        json.put("attempts", leg.progress().attempts());
        if (leg.progress().since() != null) {
            json.put("since", Telling.iso(leg.progress().since()));
        }
        if (obligation.next() != null) {
            json.set("next", Telling.next(obligation.next()));
        }
        json.set("rule", named(obligation.rule().code(), obligation.rule().text()));
        return json;
    }

    private ArrayNode events(Journey journey) {
        List<Told> all = new ArrayList<>();
        for (Leg leg : journey.legs()) {
            leg.reports().stream()
                    .filter(report -> report.code().portalEffect() != PortalEffect.NONE)
                    .filter(report -> !leg.progress().contradictions().containsKey(report.id()))
                    .map(report -> new Told(
                            report.code().name(),
                            leg.facts().kind().name(),
                            Telling.sentence(leg.facts().kind(), report),
                            report.happenedAt(),
                            report.recordedAt()))
                    .forEach(all::add);
        }
        all.addAll(ofTheWhole(journey.id()));
        // What the post's handling brought about comes after it.
        all.sort(Comparator.comparing(Told::happenedAt));
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        for (Told told : all) {
            ObjectNode event = events.addObject().put("code", told.code());
            if (told.leg() != null) {
                event.put("leg", told.leg());
            }
            event.put("vi", told.text().vi())
                    .put("en", told.text().en())
                    .put("happenedAt", Telling.iso(told.happenedAt()))
                    .put("recordedAt", Telling.iso(told.recordedAt()));
        }
        return events;
    }

    private List<Told> ofTheWhole(UUID dossier) {
        return db.sql(
                        "select code, vi, en, happened_at, recorded_at from dossier_event where dossier = :id order by seq")
                .param("id", dossier)
                .query((row, n) -> new Told(
                        row.getString("code"),
                        null,
                        new Text(row.getString("vi"), row.getString("en")),
                        row.getTimestamp("happened_at").toInstant(),
                        row.getTimestamp("recorded_at").toInstant()))
                .list();
    }

    private static ObjectNode named(String code, Text text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("vi", text.vi())
                .put("en", text.en());
    }

    static Refused unknown(String field) {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "unknown-dossier",
                field,
                "Không có hồ sơ này, hoặc hồ sơ không thuộc bạn.",
                "There is no such dossier, or it is not yours.");
    }
}
