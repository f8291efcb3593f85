package vn.bocau.dossier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    private final Journeys journeys;
    private final Directories directories;

    AgencyDossiers(Journeys journeys, Directories directories) {
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

    private One one(Journey journey) {
        Dossier dossier = journey.dossier();
        return new One(
                dossier.codes().get(0).code(),
                dossier.codes().stream().map(Dossier.Code::code).toList(),
                Optional.ofNullable(dossier.procedure())
                        .flatMap(directories.current()::procedure)
                        .map(Procedure::name)
                        .orElse(dossier.procedureName()),
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
