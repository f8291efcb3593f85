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
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Payee;
import vn.bocau.directory.PostOffice;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.Obligation;

/** What the workers of a post office have to do. */
@Component("worklists")
public class Worklists {

    /** More stops than an office can make in a day; the most urgent are among them. */
    private static final int MOST = 2_000;

    private final OpenStops open;
    private final Journeys journeys;
    private final Destinations destinations;
    private final Directories directories;

    Worklists(OpenStops open, Journeys journeys, Destinations destinations, Directories directories) {
        this.open = open;
        this.journeys = journeys;
        this.destinations = destinations;
        this.directories = directories;
    }

    /** What an office is called; nothing when it has left the directory. */
    public Optional<String> officeName(String office) {
        return directories.current().office(office).map(PostOffice::name);
    }

    /**
     * The stops of an office, the most urgent first, each with whom it is assigned to; {@code feeHeld}: đồng of the fee
     * taken and not handed over yet. Holds personal data.
     */
    @Transactional(readOnly = true)
    public JsonNode of(String office) {
        List<OpenStops.Stop> stops = open.find(OpenStops.Wanted.all(office), 0, MOST);
        Map<UUID, Journey> known = journeys.read(
                stops.stream().map(OpenStops.Stop::dossier).distinct().toArray(UUID[]::new));
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (OpenStops.Stop stop : stops) {
            Journey journey = Objects.requireNonNull(known.get(stop.dossier()));
            journey.leg(stop.leg()).ifPresent(leg -> {
                ObjectNode one = stop(journey, leg, office);
                if (stop.worker() != null) {
                    one.put("worker", stop.worker());
                }
                list.add(one);
            });
        }
        return list;
    }

    private ObjectNode stop(Journey journey, Leg leg, String office) {
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
        stop.set("party", party(destinations.of(leg, office), facts.identityCheck()));
        stop.put("recalled", leg.progress().recalled());
        stop.set("desk", desk(leg));
        procedure(dossier).ifPresent(p -> stop.put("procedure", p.name()));
        stop.set("papers", papers(leg, dossier));
        Dues left = leg.due().less(leg);
        stop.put("feeDue", left.fee())
                .put("postageDue", left.postage())
                .put("codDue", left.cod().amount())
                .put("paidOnline", dossier.paidOnline())
                .put("originalsDue", left.originals())
                .put("identityCheck", facts.identityCheck())
                .put("feeHeld", leg.feeHeld());
        if (left.cod().amount() > 0) {
            stop.put("codPayee", payee(left.cod())).put("codPayeeId", left.cod().payee());
        }
        return stop;
    }

    /** What whoever pays it is told; of one whose row is gone no more than its id. */
    private String payee(Cod cod) {
        String id = Objects.requireNonNull(cod.payee());
        return directories.current().payee(id).map(Payee::name).orElse(id);
    }

    /** How to know a person goes only where it has to be looked at. */
    private ObjectNode party(Party party, boolean identityCheck) {
        ObjectNode json = party.known();
        if (!identityCheck) {
            json.remove("identity");
        }
        Optional.ofNullable(party.commune())
                .flatMap(commune -> directories.current().commune(commune, Legs.today()))
                .ifPresent(commune -> json.withObject("/address").put("communeName", commune.fullName()));
        return json;
    }

    private ObjectNode desk(Leg leg) {
        String agency = leg.desk();
        ObjectNode desk = JsonNodeFactory.instance.objectNode().put("id", agency);
        directories.current().agency(agency).ifPresent(known -> desk.put("name", known.name()));
        return desk;
    }

    private Optional<Procedure> procedure(Dossier dossier) {
        return Optional.ofNullable(dossier.procedure()).flatMap(directories.current()::procedure);
    }

    /** With whether each was taken at the door before. */
    private ArrayNode papers(Leg leg, Dossier dossier) {
        ArrayNode papers = Paper.json(papers(leg.facts(), dossier));
        Map<String, Integer> taken = leg.papersTaken();
        papers.forEach(paper ->
                ((ObjectNode) paper).put("taken", taken.merge(paper.path("name").asText(), -1, Integer::sum) >= 0));
        return papers;
    }

    /** What was announced; else what the procedure asks for. */
    private List<Paper> papers(LegFacts facts, Dossier dossier) {
        if (!facts.papers().isEmpty() || !facts.kind().inbound()) {
            return facts.papers();
        }
        List<Paper> papers = new ArrayList<>();
        procedure(dossier)
                .ifPresent(p -> p.papers().forEach(q -> papers.add(new Paper(q.name(), q.original(), q.count()))));
        return papers;
    }
}
