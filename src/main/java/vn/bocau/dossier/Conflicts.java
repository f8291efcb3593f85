package vn.bocau.dossier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.LegTerms;

/**
 * Handlings that a person has to look at: neither voided nor left as they stand yet. The supervisor of a post office of ours looks at
 * those of the own office; at what nobody has mapped, and at what an outside carrier tells of places of its own, an operator does.
 */
@Component
public class Conflicts {

    /** Nobody has voided it, nor left it as it stands with what is doubted of it now. */
    static final String OPEN = """
             not exists (select 1 from handling_review r
                where r.handling = h.id and r.what = 'LEFT' and r.doubt = coalesce(h.conflict, ''))
             and not exists (
                select 1 from handling v where v.voids = h.id and (v.conflict is null or v.leg is null and h.leg is null))
             and not (h.code = 'VOIDED' and h.leg is null
                and exists (select 1 from handling t where t.id = h.voids and t.leg is null))
            """;

    private final JdbcClient db;
    private final Journeys journeys;
    private final Entries entries;
    private final Directories directories;

    Conflicts(JdbcClient db, Journeys journeys, Entries entries, Directories directories) {
        this.directories = directories;
        this.db = db;
        this.journeys = journeys;
        this.entries = entries;
    }

    /**
     * A handling in conflict.
     *
     * @param dossier first code; null while nobody knows the item, like {@code kind} and {@code step}
     * @param step where the item stands now
     */
    public record Conflict(
            long seq,
            Entry entry,
            @Nullable String dossier,
            @Nullable Word kind,
            @Nullable Word step) {}

    /** @param before ask for the {@code seq} of the last one to see older ones; null for the newest */
    @Transactional(readOnly = true)
    public List<Conflict> of(String office, @Nullable Long before, int size) {
        record Row(long seq, @Nullable UUID dossier, Report report) {}
        List<Row> rows = db.sql("select h.*, l.dossier from handling h left join leg l on l.id = h.leg"
                        + " where h.office = :office and h.conflict is not null"
                        + " and (cast(:before as bigint) is null or h.seq < :before) and" + OPEN
                        + "order by h.seq desc limit :size")
                .param("office", office)
                .param("before", before)
                .param("size", size)
                .query((row, n) -> new Row(row.getLong("seq"), row.getObject("dossier", UUID.class), Rows.report(row)))
                .list();
        Map<UUID, Journey> known = journeys.read(rows.stream()
                .map(Row::dossier)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new));
        List<Entries.Subject> subjects = new ArrayList<>();
        List<Conflict> found = new ArrayList<>();
        for (Row row : rows) {
            Leg leg = leg(known.get(row.dossier()), row.report()).orElse(null);
            subjects.add(new Entries.Subject(leg, row.report(), leg == null ? List.of() : leg.reports()));
        }
        List<Entry> seen = entries.of(office, subjects);
        for (int i = 0; i < rows.size(); i++) {
            Journey journey = known.get(rows.get(i).dossier());
            Leg leg = subjects.get(i).leg();
            found.add(new Conflict(
                    rows.get(i).seq(),
                    seen.get(i),
                    journey == null ? null : journey.dossier().codes().get(0).code(),
                    leg == null
                            ? null
                            : Word.of(leg.facts().kind(), leg.facts().kind().text()),
                    leg == null ? null : Word.of(leg.step(), leg.step().text())));
        }
        return found;
    }

    private static Optional<Leg> leg(@Nullable Journey journey, Report report) {
        return journey == null
                ? Optional.empty()
                : journey.legs().stream()
                        .filter(leg -> leg.report(report.id()) != null)
                        .findFirst();
    }

    /**
     * Leaves a handling in conflict as it stands: somebody has looked. The same again changes nothing.
     *
     * @param by user name of the supervisor
     * @throws Refused UNKNOWN {@code unknown-handling} when this office has none such in conflict; CONFLICT
     *     {@code looked-at} when somebody has voided it or left it already
     */
    @Transactional
    public void leave(UUID handling, String office, String by, String reason) {
        boolean ours = db.sql("select 1 from handling where id = :id and office = :office and conflict is not null")
                .param("id", handling)
                .param("office", office)
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!ours) {
            throw new Refused(
                    Refused.Ground.UNKNOWN,
                    "unknown-handling",
                    "id",
                    "Bưu cục này không có thao tác nào như vậy cần xem.",
                    "This office has no such handling to look at.");
        }
        int kept = db.sql("insert into handling_review (handling, what, by, reason, doubt)"
                        + " select h.id, 'LEFT', :by, :reason, h.conflict from handling h where h.id = :id and" + OPEN
                        + " on conflict do nothing")
                .param("id", handling)
                .param("by", by)
                .param("reason", reason)
                .update();
        boolean mine = kept == 1
                || db.sql(
                                "select 1 from handling_review r join handling h on h.id = r.handling and h.conflict = r.doubt"
                                        + " where r.handling = :id and r.what = 'LEFT' and r.by = :by and r.reason = :reason")
                        .param("id", handling)
                        .param("by", by)
                        .param("reason", reason)
                        .query(Integer.class)
                        .optional()
                        .isPresent();
        if (!mine) {
            throw lookedAt();
        }
    }

    private static Refused lookedAt() {
        return new Refused(
                Refused.Ground.CONFLICT,
                "looked-at",
                "id",
                "Thao tác này đã có người xử lý; hãy tải lại danh sách.",
                "Somebody has dealt with this handling already; load the list again.");
    }

    /** Whether a supervisor has it in their list: it happened in an office of ours, and something is doubted of it. */
    public boolean isSupervised(@Nullable String office, @Nullable String conflict) {
        return office != null
                && conflict != null
                && directories
                        .current()
                        .office(office)
                        .filter(Conflicts::isOurs)
                        .isPresent();
    }

    /** The offices whose supervisors look at what is doubted there. */
    String[] supervised() {
        return directories.current().offices().stream()
                .filter(Conflicts::isOurs)
                .map(PostOffice::code)
                .toArray(String[]::new);
    }

    private static boolean isOurs(PostOffice office) {
        return office.carrier().equals(LegTerms.OWN);
    }

    /**
     * Through which partner or face a handling came that a person has to look at.
     *
     * @throws Refused UNKNOWN {@code unknown-handling} when there is none such
     */
    @Transactional(readOnly = true)
    public String source(UUID handling) {
        return told(handling).source;
    }

    private record Told(
            String source,
            @Nullable String office,
            @Nullable String conflict) {}

    private Told told(UUID handling) {
        return db.sql("select source, office, conflict from handling where id = :id"
                        + " and (conflict is not null or code = 'UNKNOWN')")
                .param("id", handling)
                .query(Told.class)
                .optional()
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-handling",
                        "id",
                        "Không có thao tác nào như vậy cần xem.",
                        "There is no such handling to look at."));
    }

    /**
     * Leaves a handling as it stands that no supervisor has to look at.
     *
     * @param alike with all that came before it from there, said the same, and is doubted for the same
     * @param by user name of the operator
     * @return how many
     * @throws Refused UNKNOWN {@code unknown-handling}; CONFLICT {@code for-supervisor} when one looks at it; {@code looked-at} when
     *     somebody has voided it or left it already
     */
    @Transactional
    public int leave(UUID handling, boolean alike, String by, String reason) {
        Told told = told(handling);
        if (isSupervised(told.office, told.conflict)) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "for-supervisor",
                    "id",
                    "Thao tác này trưởng bưu cục " + told.office + " xem và quyết định trong ứng dụng quét.",
                    "The supervisor of office " + told.office
                            + " looks at this handling and decides, in the scan app.");
        }
        int kept = db.sql("""
                        insert into handling_review (handling, what, by, reason, doubt)
                        select h.id, 'LEFT', :by, :reason, coalesce(h.conflict, '')
                        from handling t join handling h on h.seq between case when :alike then 0 else t.seq end and t.seq
                          and h.source = t.source and h.code = t.code and h.raw_code is not distinct from t.raw_code
                          and h.conflict is not distinct from t.conflict
                          and (h.conflict is null or h.office is null or h.office <> all(:offices))
                        where t.id = :id and (h.conflict is not null or h.code = 'UNKNOWN') and
                        """ + OPEN + " on conflict do nothing")
                .param("id", handling)
                .param("alike", alike)
                .param("offices", supervised())
                .param("by", by)
                .param("reason", reason)
                .update();
        if (kept == 0) {
            throw lookedAt();
        }
        return kept;
    }
}
