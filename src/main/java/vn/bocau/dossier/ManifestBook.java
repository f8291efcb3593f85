package vn.bocau.dossier;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Step;

/** The manifests of an agency, to be looked at. What was fetched of them is read off the legs as they stand. */
@Component
public class ManifestBook {

    /** Of an item {@code i}: somebody has said what only who had the envelope could, and nobody took that back. */
    static final String FETCHED =
            "exists (select from handling h where h.leg = i.leg and coalesce(h.item, i.item) = i.item"
                    + " and h.conflict is null and h.code in ("
                    + Arrays.stream(HandlingCode.values())
                            .filter(HandlingCode::provesPossession)
                            .map(code -> "'" + code + "'")
                            .collect(Collectors.joining(", "))
                    + ") and not exists (select from handling v where v.voids = h.id and v.conflict is null))";

    /** Of an item {@code i} of a manifest {@code m}: it is to be fetched by that, and was not left behind. */
    static final String BOUND = "m.withdrawn_at is null and i.moved_to is null and not exists"
            + " (select from manifest_item i where i.manifest = m.number and " + FETCHED + ")";

    /** Of an item {@code i} of a manifest {@code m}: when where it goes was changed last since that was made. */
    private static final String READDRESSED = "(select max(h.recorded_at) from handling h where h.leg = i.leg"
            + " and h.code = 'ADDRESS_CHANGED' and h.conflict is null and h.recorded_at > m.made_at"
            + " and not exists (select from handling v where v.voids = h.id and v.conflict is null))";

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
                        + " count(*) filter (where i.moved_to is null and " + FETCHED + ") as fetched"
                        + " from manifest m join manifest_item i on i.manifest = m.number"
                        + " where m.agency = :agency"
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
        List<Manifest.Line> lines = db.sql(
                        "select i.no, i.leg, i.item, i.dossier, l.kind, l.to_office, p.step, i.moved_to, i.left_out,"
                                + " case when l.item <> i.item then l.item end as renumbered,"
                                + " i.moved_to is null and " + FETCHED
                                + " as fetched, " + READDRESSED + " as readdressed"
                                + " from manifest_item i join manifest m on m.number = i.manifest"
                                + " join leg l on l.id = i.leg join progress p on p.leg = l.id"
                                + " where i.manifest = :number order by i.no")
                .param("number", number)
                .query((row, n) -> {
                    LegKind kind = LegKind.valueOf(row.getString("kind"));
                    Step step = Step.valueOf(row.getString("step"));
                    return new Manifest.Line(
                            row.getInt("no"),
                            row.getObject("leg", UUID.class),
                            row.getString("item"),
                            row.getString("dossier"),
                            Word.of(kind, kind.text()),
                            office(row.getString("to_office")),
                            Word.of(step, step.text()),
                            row.getBoolean("fetched"),
                            row.getString("moved_to"),
                            row.getBoolean("left_out"),
                            row.getString("renumbered"),
                            instant(row.getObject("readdressed", OffsetDateTime.class)));
                })
                .list();
        return db.sql("select office, carrier, made_by, made_at, withdrawn_at, signed_by, signed_at, received_by,"
                        + " received_at from manifest"
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
                        signature(row.getString("signed_by"), row.getObject("signed_at", OffsetDateTime.class)),
                        signature(row.getString("received_by"), row.getObject("received_at", OffsetDateTime.class)),
                        lines))
                .optional();
    }

    /** Its name; its code when it is not in the directory any more. */
    private String office(String code) {
        return directories.current().office(code).map(PostOffice::name).orElse(code);
    }

    private static Manifest.@Nullable Signature signature(@Nullable String by, @Nullable OffsetDateTime at) {
        return by == null || at == null ? null : new Manifest.Signature(by, at.toInstant());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
