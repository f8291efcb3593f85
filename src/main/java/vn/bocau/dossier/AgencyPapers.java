package vn.bocau.dossier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Step;

/**
 * Papers that come to an agency by post and of which it has said nothing since: on their way, or arrived, also after their
 * dossier had gone on to another agency. Holds personal data.
 */
@Component
public class AgencyPapers {

    /**
     * One envelope.
     *
     * @param dossier its first code
     * @param procedure name; null when nobody has said
     * @param papers as the citizen or the agency named them
     * @param since when it came to where it is
     * @param arrived whether the post has handed it over
     * @param out the post hands it over next, as far as we have heard: a phone without signal has, perhaps
     * @param fee taken at the door and handed over with it, or to be, in đồng
     * @param status of the dossier, 1 to 10, as its portal shows it
     * @param standing of the dossier: to be said with what is decided on seeing it
     * @param decided whether the dossier has gone on without them: all that is left is where they lie
     * @param goesTo the agency that decides, when they came after the dossier had gone on to it; null when that is this one
     */
    public record Row(
            UUID leg,
            String dossier,
            String item,
            Word kind,
            @Nullable String procedure,
            List<String> papers,
            Word step,
            Instant since,
            boolean arrived,
            boolean out,
            String sender,
            long fee,
            int status,
            String standing,
            boolean decided,
            @Nullable String goesTo) {

        /** Whether the agency says what becomes of the dossier. */
        public boolean toDecide() {
            return !decided && goesTo == null;
        }

        /** Without anything personal. */
        @Override
        public String toString() {
            return "Row[" + leg + "]";
        }
    }

    /** @param total how many there are in all */
    public record Page(long total, List<Row> rows) {}

    private static final String FROM = """
            from (
                select l.id from leg l join progress p on p.leg = l.id join dossier d on d.id = l.dossier
                where d.agency = :agency
                    and (d.status < 9
                        or p.step = 'AGENCY_RETURNED' and p.owner_kind = 'AGENCY' and p.owner = :agency and not p.closed)
                    and (l.kind in ('PICKUP', 'SUPPLEMENT') and l.agency = :agency
                        or l.kind = 'TRANSFER' and l.to_agency = :agency
                        or p.step = 'AGENCY_RETURNED' and p.owner_kind = 'AGENCY' and p.owner = :agency)
                    and (p.step in ('HANDED_TO_AGENCY', 'AGENCY_RETURNED') or p.step = any(:coming))
                    and (p.step <> 'HANDED_TO_AGENCY' or d.said_at is null or d.said_at < p.happened_at)
                union all
                select p.leg from progress p
                where p.owner_kind = 'AGENCY' and p.owner = :agency and p.next_act = 'FORWARD' and not p.closed
            ) here join leg l on l.id = here.id join progress p on p.leg = l.id join dossier d on d.id = l.dossier
            where l.item is not null
                and (cast(:leg as uuid) is null or l.id = :leg)
                and (cast(:search as text) is null
                    or strpos(upper(l.item), upper(:search)) > 0
                    or exists (select from dossier_code c
                        where c.dossier = d.id and strpos(upper(c.code), upper(:search)) > 0))
            """;

    private static final String[] COMING =
            Arrays.stream(Step.values()).filter(Step::underWay).map(Step::name).toArray(String[]::new);

    private final JdbcClient db;
    private final Journeys journeys;
    private final Directories directories;

    AgencyPapers(JdbcClient db, Journeys journeys, Directories directories) {
        this.db = db;
        this.journeys = journeys;
        this.directories = directories;
    }

    /**
     * What has arrived first, and of that what lies longest.
     *
     * @param search part of a dossier's code or of an item's number; null for all
     */
    @Transactional(readOnly = true)
    public Page of(String agency, @Nullable String search, int from, int size) {
        long total = asked("select count(*) ", agency, null, search, "")
                .query(Long.class)
                .single();
        return new Page(
                total,
                rows(asked(
                                "select l.dossier, l.id as leg ",
                                agency,
                                null,
                                search,
                                " order by p.step <> 'HANDED_TO_AGENCY', p.happened_at, l.id offset :from limit :size")
                        .param("from", from)
                        .param("size", size)));
    }

    /** One of them; empty when it is none of the agency's, or the agency has said what becomes of it. */
    @Transactional(readOnly = true)
    public Optional<Row> one(String agency, UUID leg) {
        return rows(asked("select l.dossier, l.id as leg ", agency, leg, null, "")).stream()
                .findFirst();
    }

    private JdbcClient.StatementSpec asked(
            String select, String agency, @Nullable UUID leg, @Nullable String search, String end) {
        return db.sql(select + FROM + end)
                .param("agency", agency)
                .param("leg", leg)
                .param("coming", COMING)
                .param("search", search);
    }

    private List<Row> rows(JdbcClient.StatementSpec asked) {
        record Found(UUID dossier, UUID leg) {}
        List<Found> found = asked.query(Found.class).list();
        Map<UUID, Journey> known =
                journeys.read(found.stream().map(Found::dossier).distinct().toArray(UUID[]::new));
        List<Row> rows = new ArrayList<>();
        for (Found one : found) {
            Journey journey = Objects.requireNonNull(known.get(one.dossier()));
            journey.leg(one.leg()).ifPresent(leg -> rows.add(row(journey, leg)));
        }
        return rows;
    }

    private Row row(Journey journey, Leg leg) {
        Dossier dossier = journey.dossier();
        LegFacts facts = leg.facts();
        boolean arrived = leg.step() == Step.HANDED_TO_AGENCY;
        boolean strayed = arrived && journey.owed(leg) == Act.FORWARD;
        return new Row(
                leg.id(),
                dossier.codes().get(0).code(),
                Objects.requireNonNull(facts.item()),
                Word.of(facts.kind(), facts.kind().text()),
                Optional.ofNullable(dossier.procedure())
                        .flatMap(directories.current()::procedure)
                        .map(Procedure::name)
                        .orElse(dossier.procedureName()),
                facts.papers().stream().map(Paper::name).toList(),
                Word.of(leg.step(), leg.step().text()),
                Objects.requireNonNullElse(leg.progress().since(), facts.openedAt()),
                arrived,
                journey.owed(leg) == Act.HAND_OVER,
                facts.sender().name(),
                leg.taken(Dues.What.FEE),
                dossier.status(),
                dossier.standing(),
                !strayed && dossier.status() >= Dossier.Status.DECIDED,
                strayed ? name(dossier.agency()) : null);
    }

    private String name(String agency) {
        return directories.current().agency(agency).map(Agency::name).orElse(agency);
    }
}
