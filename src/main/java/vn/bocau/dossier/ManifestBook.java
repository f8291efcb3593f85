package vn.bocau.dossier;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;

/** The manifests of an agency, to be looked at. What was fetched of them is read off the legs as they stand. */
@Component
public class ManifestBook {

    /** With the post, or beyond: neither waiting, nor not as on the manifest, nor called off. */
    private static final String FETCHED = "p.step not in ('READY', 'SHORT', 'AWAITING_RESULT', 'CANCELLED')";

    private final JdbcClient db;
    private final Directories directories;

    ManifestBook(JdbcClient db, Directories directories) {
        this.db = db;
        this.directories = directories;
    }

    /**
     * A manifest in one line.
     *
     * @param office name of the post office that comes for it
     */
    public record Entry(
            String number,
            String office,
            Instant madeAt,
            String madeBy,
            @Nullable Instant withdrawnAt,
            long items,
            long fetched) {}

    /** The newest first. */
    @Transactional(readOnly = true)
    public List<Entry> newest(String agency, int from, int size) {
        return db.sql("select m.number, m.office, m.made_at, m.made_by, m.withdrawn_at, count(*) as items,"
                        + " count(*) filter (where " + FETCHED + ") as fetched"
                        + " from manifest m join manifest_item i on i.manifest = m.number"
                        + " join progress p on p.leg = i.leg where m.agency = :agency"
                        + " group by m.number order by m.made_at desc, m.number desc offset :from limit :size")
                .param("agency", agency)
                .param("from", from)
                .param("size", size)
                .query((row, n) -> new Entry(
                        row.getString("number"),
                        office(row.getString("office")),
                        row.getObject("made_at", OffsetDateTime.class).toInstant(),
                        row.getString("made_by"),
                        instant(row.getObject("withdrawn_at", OffsetDateTime.class)),
                        row.getLong("items"),
                        row.getLong("fetched")))
                .list();
    }

    /** Empty when the agency has none of that number. */
    @Transactional(readOnly = true)
    public Optional<Manifest> one(String agency, String number) {
        List<Manifest.Line> lines = db.sql("select i.no, i.item, i.dossier, l.kind, l.to_office, p.step, " + FETCHED
                        + " as fetched from manifest_item i join leg l on l.id = i.leg join progress p on p.leg = l.id"
                        + " where i.manifest = :number order by i.no")
                .param("number", number)
                .query((row, n) -> {
                    LegKind kind = LegKind.valueOf(row.getString("kind"));
                    Step step = Step.valueOf(row.getString("step"));
                    return new Manifest.Line(
                            row.getInt("no"),
                            row.getString("item"),
                            row.getString("dossier"),
                            Word.of(kind, kind.text()),
                            office(row.getString("to_office")),
                            Word.of(step, step.text()),
                            row.getBoolean("fetched"));
                })
                .list();
        return db.sql("select office, carrier, made_by, made_at, withdrawn_at from manifest"
                        + " where number = :number and agency = :agency")
                .param("number", number)
                .param("agency", agency)
                .query((row, n) -> new Manifest(
                        number,
                        agency,
                        row.getString("office"),
                        row.getString("carrier"),
                        row.getString("made_by"),
                        row.getObject("made_at", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("withdrawn_at", OffsetDateTime.class)),
                        lines))
                .optional();
    }

    /** Its name; its code when it is not in the directory any more. */
    private String office(String code) {
        return directories.current().office(code).map(PostOffice::name).orElse(code);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
