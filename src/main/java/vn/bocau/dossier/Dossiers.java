package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.dossier.rules.HandlingCode.PortalEffect;
import vn.bocau.dossier.rules.Obligation;

/** What may be seen of a dossier. */
@Component("dossiers")
public class Dossiers {

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
     * "right", "supplement", "step", "resultDay"}, "legs", "events"}}. No personal data.
     *
     * @param code any of its codes
     * @param partner who asks
     * @throws Refused UNKNOWN {@code unknown-dossier} when there is none, or the partner has no part in it
     */
    @Transactional(readOnly = true)
    public JsonNode facts(String code, String partner) {
        Journey journey = find(code).filter(found -> mayLook(found, partner)).orElseThrow(() -> unknown("code"));
        Dossier dossier = journey.dossier();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode head = answer.putObject("dossier");
        head.put("code", dossier.codeFor(partner)).put("status", dossier.status());
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

    private Optional<Journey> find(String code) {
        return db.sql("select dossier from dossier_code where code = :code")
                .param("code", code)
                .query(UUID.class)
                .optional()
                .map(id -> journeys.read(id).get(id));
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

    private static ObjectNode fiveFacts(Journey journey) {
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

    /** Where the citizen's matter is now: the leg on which something moved last, or what the agency said since. */
    private static ObjectNode step(Journey journey) {
        Leg moving = journey.legs().stream()
                .filter(leg -> leg.progress().since() != null)
                .max(Comparator.comparing(
                        leg -> Objects.requireNonNull(leg.progress().since())))
                .orElse(null);
        if (moving == null) {
            return named("FILED", new Text("Đã nộp hồ sơ", "Filed"));
        }
        return named(moving.step().name(), moving.step().text());
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

    private static ArrayNode events(Journey journey) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        record Told(Leg leg, Report report) {}
        journey.legs().stream()
                .flatMap(leg -> leg.reports().stream().map(report -> new Told(leg, report)))
                .filter(told -> told.report().code().portalEffect() != PortalEffect.NONE)
                .filter(told -> !told.leg()
                        .progress()
                        .contradictions()
                        .containsKey(told.report().id()))
                .sorted(Comparator.comparing(told -> told.report().happenedAt()))
                .forEach(told -> {
                    Text text = Telling.sentence(told.report());
                    events.addObject()
                            .put("code", told.report().code().name())
                            .put("leg", told.leg().facts().kind().name())
                            .put("vi", text.vi())
                            .put("en", text.en())
                            .put("happenedAt", Telling.iso(told.report().happenedAt()))
                            .put("recordedAt", Telling.iso(told.report().recordedAt()));
                });
        return events;
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
