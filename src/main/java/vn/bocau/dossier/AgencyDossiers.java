package vn.bocau.dossier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Procedure;

/** A dossier as the agency that decides it sees it, whether or not an envelope of it is under way. Nobody's name. */
@Component
public class AgencyDossiers {

    /**
     * One leg of it.
     *
     * @param item null while it has no number
     * @param since when it came to where it is
     */
    public record Envelope(UUID leg, @Nullable String item, Word kind, Word step, Instant since) {}

    /**
     * One dossier.
     *
     * @param procedure name; null when nobody has said
     * @param status 1 to 10, as its portal shows it
     * @param appointment day the result is promised for; null when none is
     * @param missing papers the agency asked for that have not come
     * @param envelopes the newest first
     * @param sentIn papers of it came, or come, by post
     * @param standing to be said with what is decided on seeing it
     * @param refused all that is left to say of it here is what takes the refusal back
     * @param done it was decided: nothing is left to say of it here
     */
    public record One(
            String dossier,
            List<String> codes,
            @Nullable String procedure,
            int status,
            @Nullable LocalDate appointment,
            List<String> missing,
            List<Envelope> envelopes,
            boolean sentIn,
            String standing,
            boolean refused,
            boolean done) {}

    /**
     * One that another agency has sent on in no envelope.
     *
     * @param dossier its first code
     * @param procedure name; null when nobody has said
     * @param dueAt until when the agency has to say what becomes of it
     */
    public record SentOn(String dossier, @Nullable String procedure, Instant since, Instant dueAt) {}

    /** Of a dossier {@code d}: an answer is owed on it itself, as no papers are to come, or have come, that ask for one. */
    static final String AWAITS_ANSWER = "d.decide_by is not null and not exists"
            + " (select from leg i join progress p on p.leg = i.id where i.dossier = d.id and i.kind in ('PICKUP', 'SUPPLEMENT')"
            + " and (p.step not in ('CANCELLED', 'LOST', 'HANDED_TO_AGENCY') or p.next_act = 'DECIDE_ON_DOSSIER'))";

    private static final String SENT_ON = " from dossier d join dossier_code f on f.dossier = d.id and f.no = 1"
            + " where d.agency = :agency and " + AWAITS_ANSWER
            + " and (cast(:search as text) is null or exists (select from dossier_code c"
            + " where c.dossier = d.id and strpos(upper(c.code), upper(:search)) > 0))";

    private final JdbcClient db;
    private final Journeys journeys;
    private final Directories directories;

    AgencyDossiers(JdbcClient db, Journeys journeys, Directories directories) {
        this.db = db;
        this.journeys = journeys;
        this.directories = directories;
    }

    /**
     * The dossier that has this code among its codes; empty when there is none, or another agency decides it.
     *
     * @param code as {@link vn.bocau.code.DossierCode}
     */
    @Transactional(readOnly = true)
    public Optional<One> one(String agency, String code) {
        return journeys.readByCode(code)
                .filter(journey -> journey.dossier().agency().equals(agency))
                .map(this::one);
    }

    /**
     * Those that came to this agency in no envelope, and of which it has said nothing since; the most urgent first.
     *
     * @param search part of a dossier's code; null for all
     */
    @Transactional(readOnly = true)
    public List<SentOn> sentOn(String agency, @Nullable String search, int most) {
        return db.sql("select f.code, d.procedure_code, d.procedure_name, d.said_at, d.decide_by" + SENT_ON
                        + " order by d.decide_by, d.id limit :most")
                .param("agency", agency)
                .param("search", search)
                .param("most", most)
                .query((row, n) -> new SentOn(
                        row.getString("code"),
                        procedure(row.getString("procedure_code"), row.getString("procedure_name")),
                        row.getTimestamp("said_at").toInstant(),
                        row.getTimestamp("decide_by").toInstant()))
                .list();
    }

    /** How many there are in all. */
    @Transactional(readOnly = true)
    public long countSentOn(String agency, @Nullable String search) {
        return db.sql("select count(*)" + SENT_ON)
                .param("agency", agency)
                .param("search", search)
                .query(Long.class)
                .single();
    }

    private @Nullable String procedure(@Nullable String code, @Nullable String name) {
        return Optional.ofNullable(code)
                .flatMap(directories.current()::procedure)
                .map(Procedure::name)
                .orElse(name);
    }

    private One one(Journey journey) {
        Dossier dossier = journey.dossier();
        return new One(
                dossier.codes().get(0).code(),
                dossier.codes().stream().map(Dossier.Code::code).toList(),
                procedure(dossier.procedure(), dossier.procedureName()),
                dossier.status(),
                dossier.appointment(),
                dossier.supplement().stream().map(Paper::name).toList(),
                journey.legs().stream()
                        .sorted(Comparator.comparing((Leg leg) -> leg.facts().openedAt())
                                .reversed())
                        .map(AgencyDossiers::envelope)
                        .toList(),
                journey.legs().stream()
                        .anyMatch(leg ->
                                leg.facts().kind().inbound() && !leg.step().beforeUnderWay()),
                dossier.standing(),
                dossier.status() == Dossier.Status.REFUSED,
                dossier.status() >= Dossier.Status.DECIDED);
    }

    private static Envelope envelope(Leg leg) {
        LegFacts facts = leg.facts();
        return new Envelope(
                leg.id(),
                facts.item(),
                Word.of(facts.kind(), facts.kind().text()),
                Word.of(leg.step(), leg.step().text()),
                Objects.requireNonNullElse(leg.progress().since(), facts.openedAt()));
    }
}
