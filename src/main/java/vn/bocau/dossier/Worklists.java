package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Step;

/** What the workers of a post office have to do. */
@Component("worklists")
public class Worklists {

    /** More stops than an office can make in a day; the most urgent are among them. */
    private static final int MOST = 2_000;

    private final JdbcClient db;
    private final Journeys journeys;
    private final Directories directories;

    Worklists(JdbcClient db, Journeys journeys, Directories directories) {
        this.db = db;
        this.journeys = journeys;
        this.directories = directories;
    }

    /** The stops of an office, the most urgent first. Holds personal data. */
    @Transactional(readOnly = true)
    public JsonNode of(String office) {
        record Stop(UUID dossier, UUID leg) {}
        List<Stop> stops = db.sql("""
                        select l.dossier, l.id from progress p join leg l on l.id = p.leg
                        where not p.closed and p.owner_kind in ('POST_OFFICE', 'POSTAL_WORKER', 'SUPERVISOR')
                          and p.owner = :office
                        order by p.due_at, l.id limit :most
                        """)
                .param("office", office)
                .param("most", MOST)
                .query((row, n) -> new Stop(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .list();
        Map<UUID, Journey> known =
                journeys.read(stops.stream().map(Stop::dossier).distinct().toArray(UUID[]::new));
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Stop stop : stops) {
            Journey journey = Objects.requireNonNull(known.get(stop.dossier()));
            journey.legs().stream()
                    .filter(leg -> leg.id().equals(stop.leg()))
                    .forEach(leg -> list.add(stop(journey, leg)));
        }
        return list;
    }

    private ObjectNode stop(Journey journey, Leg leg) {
        LegFacts facts = leg.facts();
        Dossier dossier = journey.dossier();
        ObjectNode stop = JsonNodeFactory.instance.objectNode();
        stop.put("leg", facts.id().toString()).put("kind", facts.kind().name());
        if (facts.item() != null) {
            stop.put("item", facts.item());
        }
        dossier.codes().forEach(code -> stop.withArray("dossier").add(code.code()));
        stop.put("step", leg.step().name());
        Obligation obligation = journey.obligation(leg);
        if (obligation.next() != null) {
            stop.set("next", Telling.next(obligation.next()));
        }
        stop.putObject("rule")
                .put("code", obligation.rule().code())
                .put("vi", obligation.rule().text().vi())
                .put("en", obligation.rule().text().en());
        stop.put("attempts", leg.progress().attempts());
        stop.set("party", party(whereToGo(leg)));
        stop.put("recalled", leg.progress().recalled());
        stop.set("desk", desk(leg));
        procedure(dossier).ifPresent(p -> stop.put("procedure", p.name()));
        stop.set("papers", papers(facts, dossier));
        stop.put("feeDue", facts.feeDue())
                .put("postageDue", facts.postageDue())
                .put("paidOnline", dossier.paidOnline())
                .put("originalsDue", facts.originalsDue())
                .put("identityCheck", facts.identityCheck());
        return stop;
    }

    /** Sender until the post has it, receiver from then on. */
    private static Party whereToGo(Leg leg) {
        boolean toFetch = leg.notBegun() || leg.step() == Step.SHORT || leg.step() == Step.PARTLY_COLLECTED;
        return toFetch && leg.facts().kind() != LegKind.RETURN
                ? leg.facts().sender()
                : leg.facts().receiver();
    }

    private ObjectNode party(Party party) {
        ObjectNode json = party.known();
        Optional.ofNullable(party.commune())
                .flatMap(commune -> directories.current().commune(commune, Legs.today()))
                .ifPresent(commune -> json.withObject("/address").put("communeName", commune.fullName()));
        return json;
    }

    /** The agency at whose desk it is fetched or handed over. */
    private ObjectNode desk(Leg leg) {
        String to = leg.facts().toAgency();
        String agency = to == null || leg.notBegun() ? leg.facts().agency() : to;
        ObjectNode desk = JsonNodeFactory.instance.objectNode().put("id", agency);
        directories.current().agency(agency).ifPresent(known -> desk.put("name", known.name()));
        return desk;
    }

    private Optional<Procedure> procedure(Dossier dossier) {
        return Optional.ofNullable(dossier.procedure()).flatMap(directories.current()::procedure);
    }

    /** What was announced; else what the procedure asks for. */
    private ArrayNode papers(LegFacts facts, Dossier dossier) {
        if (!facts.papers().isEmpty() || !facts.kind().inbound()) {
            return Paper.json(facts.papers());
        }
        List<Paper> papers = new ArrayList<>();
        procedure(dossier)
                .ifPresent(p -> p.papers().forEach(q -> papers.add(new Paper(q.name(), q.original(), q.count()))));
        return Paper.json(papers);
    }
}
