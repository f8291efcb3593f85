package vn.bocau.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;

/** Cash that does not tally: one person explains it, another one settles it. */
@Component
class Discrepancies {

    /** Explained and settled is what was so as it stands now: money that came to light since opens it again. */
    private static final String FOUND = """
            select d.shift, s.account, s.opened_at, s.recorded_at, s.closed_at, s.counted_at, s.closed_by, s.closed_why,
                not s.opened as unopened, s.counted, c.expected,
                s.counted - c.expected as amount,
                case when d.explained_amount = s.counted - c.expected then d.explained_by end as explained_by,
                case when d.settled_amount = s.counted - c.expected then d.settled_by end as settled_by
            from discrepancy d join shift s on s.id = d.shift join shift_cash c on c.shift = d.shift
            """;

    /** Also what tallies by now: whoever voids a handling alone closes no discrepancy with it. */
    private static final String OPEN = "d.settled_amount is distinct from s.counted - c.expected";

    private static final String SETTLED = "d.settled_amount is not distinct from s.counted - c.expected";

    private final JdbcClient db;

    Discrepancies(JdbcClient db) {
        this.db = db;
    }

    /**
     * Amounts in đồng.
     *
     * @param account user name of whose shift it was
     * @param openedAt by the phone's clock, and {@code recordedAt} when the hub heard of it
     * @param closedAt by the phone's clock, and {@code countedAt} when the hub heard of it
     * @param closedBy user name of the supervisor who closed the shift and counted, because the phone could not, and
     *     {@code closedWhy}; null when the worker did
     * @param unopened nobody opened this shift: it holds money that was taken in none, and that nobody counted
     * @param amount counted less expected: negative when money is missing
     * @param explainedBy user name of who explained this amount last; null when nobody has
     * @param settledBy user name; null while it is open
     * @param acts everything that was said about it, in order
     */
    record Discrepancy(
            UUID shift,
            String account,
            Instant openedAt,
            Instant recordedAt,
            Instant closedAt,
            Instant countedAt,
            @Nullable String closedBy,
            @Nullable String closedWhy,
            boolean unopened,
            long counted,
            long expected,
            long amount,
            @Nullable String explainedBy,
            @Nullable String settledBy,
            List<Act> acts) {}

    /**
     * @param by user name
     * @param what EXPLAINED or SETTLED
     */
    record Act(Instant at, String by, String what, String said) {}

    private record Row(
            UUID shift,
            String account,
            Instant openedAt,
            Instant recordedAt,
            Instant closedAt,
            Instant countedAt,
            @Nullable String closedBy,
            @Nullable String closedWhy,
            boolean unopened,
            long counted,
            long expected,
            long amount,
            @Nullable String explainedBy,
            @Nullable String settledBy) {}

    /** The open ones of an office, or its settled ones; the oldest first of those, the newest first of these. */
    @Transactional(readOnly = true)
    public List<Discrepancy> of(String office, boolean settled, int from, int size) {
        String which = settled
                ? "where d.office = :office and " + SETTLED + " order by d.settled_at desc, d.shift"
                : "where d.office = :office and " + OPEN + " order by d.opened_at, d.shift";
        return withActs(db.sql(FOUND + which + " offset :from limit :size")
                .param("office", office)
                .param("from", from)
                .param("size", size)
                .query(Row.class)
                .list());
    }

    /** Those of a worker's own shifts, wherever they were: the open ones, then the last ones settled. */
    @Transactional(readOnly = true)
    public List<Discrepancy> of(Postal who, int size) {
        return withActs(
                db.sql(FOUND + "where s.account = :account order by (" + SETTLED + "), d.opened_at desc limit :size")
                        .param("account", who.user())
                        .param("size", size)
                        .query(Row.class)
                        .list());
    }

    private List<Discrepancy> withActs(List<Row> rows) {
        Map<UUID, List<Act>> acts = new HashMap<>();
        db.sql("select shift, at, by, what, said from discrepancy_act where shift = any(:shifts) order by seq")
                .param("shifts", rows.stream().map(Row::shift).toArray(UUID[]::new))
                .query(row -> {
                    acts.computeIfAbsent(row.getObject(1, UUID.class), shift -> new ArrayList<>())
                            .add(new Act(
                                    row.getTimestamp(2).toInstant(),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5)));
                });
        return rows.stream()
                .map(row -> new Discrepancy(
                        row.shift(),
                        row.account(),
                        row.openedAt(),
                        row.recordedAt(),
                        row.closedAt(),
                        row.countedAt(),
                        row.closedBy(),
                        row.closedWhy(),
                        row.unopened(),
                        row.counted(),
                        row.expected(),
                        row.amount(),
                        row.explainedBy(),
                        row.settledBy(),
                        acts.getOrDefault(row.shift(), List.of())))
                .toList();
    }

    /**
     * Says how it came about: anybody of the office, and whose shift it was. Until it is settled it may be explained again,
     * and has to be once it is another amount; the same again changes nothing.
     *
     * @param shown the amount that was looked at, in đồng
     * @throws Refused UNKNOWN {@code unknown-discrepancy}; CONFLICT {@code another-amount}, or {@code already-settled}
     */
    @Transactional
    public void explain(UUID shift, Postal who, long shown, String text) {
        Row row = lock(shift, who, shown);
        if (who.user().equals(row.explainedBy()) && repeated(shift, who, "EXPLAINED", text)) {
            return;
        }
        refuseSettled(row);
        db.sql("update discrepancy set explained_by = :by, explanation = :text, explained_at = clock_timestamp(),"
                        + " explained_amount = :amount, settled_by = null, settlement = null, settled_at = null,"
                        + " settled_amount = null where shift = :shift")
                .param("amount", row.amount())
                .param("by", who.user())
                .param("text", text)
                .param("shift", shift)
                .update();
        note(shift, who, "EXPLAINED", text);
    }

    /**
     * Closes it. The same again changes nothing.
     *
     * @param who a supervisor
     * @param shown the amount that was looked at, in đồng
     * @throws Refused UNKNOWN {@code unknown-discrepancy}; CONFLICT {@code another-amount}, {@code already-settled}, or
     *     {@code not-explained}; FORBIDDEN {@code one-person-alone} when it is their own shift, count or explanation
     */
    @Transactional
    public void settle(UUID shift, Postal who, long shown, String text) {
        Row row = lock(shift, who, shown);
        if (repeated(shift, who, "SETTLED", text)) {
            return;
        }
        refuseSettled(row);
        if (Stream.of(row.account(), row.explainedBy(), row.closedBy()).anyMatch(who.user()::equals)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "one-person-alone",
                    "",
                    "Một người không tự đóng được chênh lệch: người giải trình, người giữ tiền hay người đếm tiền không được"
                            + " xử lý. Hãy nhờ bưu tá giải trình, hoặc người khác xử lý.",
                    "One person alone cannot close it: whoever explained it, had the money or counted it may not settle it."
                            + " Let the worker explain it, or somebody else settle it.");
        }
        if (row.explainedBy() == null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "not-explained",
                    "",
                    "Chưa ai giải trình số chênh lệch này, hoặc số ấy đã khác từ lúc giải trình; phải giải trình trước"
                            + " khi xử lý.",
                    "Nobody has explained this difference, or it was another one then; that comes before it is settled.");
        }
        db.sql("update discrepancy set settled_by = :by, settlement = :text, settled_at = clock_timestamp(),"
                        + " settled_amount = :amount where shift = :shift")
                .param("amount", row.amount())
                .param("by", who.user())
                .param("text", text)
                .param("shift", shift)
                .update();
        note(shift, who, "SETTLED", text);
    }

    /** Nobody says anything about an amount that they have not seen: money may have come to light since. */
    private Row lock(UUID shift, Postal who, long shown) {
        Row row = db.sql(FOUND + "where d.shift = :shift and (d.office = :office or s.account = :account)"
                        + " for update of s, d")
                .param("shift", shift)
                .param("account", who.user())
                .param("office", who.office())
                .query(Row.class)
                .optional()
                .orElseThrow(Discrepancies::unknown);
        if (row.amount() != shown) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "another-amount",
                    "/amount",
                    "Số chênh lệch nay là " + row.amount()
                            + " đồng, không phải số bạn đã xem; chưa ghi gì cả. Hãy tải lại,"
                            + " xem số mới rồi làm lại.",
                    "The difference is " + row.amount()
                            + " đồng by now, not the one you looked at; nothing was changed."
                            + " Load it again, look at it, and say it once more.");
        }
        return row;
    }

    /** The last word is this very one already. */
    private boolean repeated(UUID shift, Postal who, String what, String text) {
        return db.sql("select by = :by and what = :what and said = :said from discrepancy_act where shift = :shift"
                        + " order by seq desc limit 1")
                .param("by", who.user())
                .param("what", what)
                .param("said", text)
                .param("shift", shift)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private void note(UUID shift, Postal who, String what, String text) {
        db.sql("insert into discrepancy_act (shift, by, what, said) values (:shift, :by, :what, :said)")
                .param("shift", shift)
                .param("by", who.user())
                .param("what", what)
                .param("said", text)
                .update();
    }

    private static void refuseSettled(Row row) {
        if (row.settledBy() != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "already-settled",
                    "",
                    "Chênh lệch này đã được xử lý xong; hãy tải lại.",
                    "This difference was settled already; load it again.");
        }
    }

    private static Refused unknown() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "unknown-discrepancy",
                "id",
                "Không có khoản chênh lệch nào như vậy ở bưu cục của bạn.",
                "There is no such difference at your office.");
    }
}
