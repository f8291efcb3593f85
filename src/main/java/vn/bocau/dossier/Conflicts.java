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

/** Handlings of a post office that a person has to look at: neither voided nor left as they stand yet. */
@Component
public class Conflicts {

    /** Nobody has voided it, nor left it as it stands with what is doubted of it now. */
    static final String OPEN = """
             not exists (select 1 from handling_review r
                where r.handling = h.id and r.what = 'LEFT' and r.doubt = h.conflict)
             and not exists (
                select 1 from handling v where v.voids = h.id and (v.conflict is null or v.leg is null and h.leg is null))
             and not (h.code = 'VOIDED' and h.leg is null
                and exists (select 1 from handling t where t.id = h.voids and t.leg is null))
            """;

    private final JdbcClient db;
    private final Journeys journeys;
    private final Entries entries;

    Conflicts(JdbcClient db, Journeys journeys, Entries entries) {
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
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "looked-at",
                    "id",
                    "Thao tác này đã có người xử lý; hãy tải lại danh sách.",
                    "Somebody has dealt with this handling already; load the list again.");
        }
    }
}
