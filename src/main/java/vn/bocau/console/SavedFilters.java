package vn.bocau.console;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.code.PersonalNumbers;
import vn.bocau.code.Refused;
import vn.bocau.wire.Json;

/** What each person looks for again and again, under a name of their own. */
@Component
class SavedFilters {

    private static final int LONGEST_NAME = 60;
    private static final int MOST = 50;

    /** @param query of the page's address, with its question mark */
    record Saved(String name, String query) {}

    private final JdbcClient db;
    private final AuditTrail trail;

    SavedFilters(JdbcClient db, AuditTrail trail) {
        this.db = db;
        this.trail = trail;
    }

    List<Saved> of(String owner) {
        return db.sql("select name, query from saved_filter where owner = :owner order by name")
                .param("owner", owner)
                .query(Saved.class)
                .list();
    }

    /**
     * Another of the same name gives way.
     *
     * @throws Refused MALFORMED {@code name}, RULE {@code nothing-to-save} or {@code too-many-filters}
     */
    @Transactional
    public void save(String owner, String name, FailureFilter filter) {
        String shown = name.strip();
        if (shown.isEmpty()
                || shown.length() > LONGEST_NAME
                || !Json.printable(shown)
                || PersonalNumbers.mayBeIn(shown)) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "name",
                    "name",
                    "Hãy đặt tên bộ lọc, từ 1 đến " + LONGEST_NAME + " ký tự, không có dữ liệu cá nhân.",
                    "Give the filter a name of 1 to " + LONGEST_NAME + " characters, without personal data.");
        }
        if (filter.isEmpty()) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "nothing-to-save",
                    "name",
                    "Chưa lọc gì để lưu: hãy chọn đối tác, tuyến, loại, mã, trạng thái hoặc thời gian và bấm Lọc trước.",
                    "Nothing is filtered that could be saved: choose a partner, route, kind, code, state or time and filter first.");
        }
        int kept = db.sql("""
                        insert into saved_filter (owner, name, query)
                        select :owner, :name, :query
                        where (select count(*) from saved_filter where owner = :owner and name <> :name) < :most
                        on conflict (owner, name) do update set query = excluded.query, saved_at = clock_timestamp()
                        """)
                .param("owner", owner)
                .param("name", shown)
                .param("query", filter.query())
                .param("most", MOST)
                .update();
        if (kept == 0) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "too-many-filters",
                    "name",
                    "Mỗi người lưu tối đa " + MOST + " bộ lọc; hãy xóa bớt.",
                    "Each person keeps at most " + MOST + " filters; delete some.");
        }
        note(owner, "SAVE_FILTER");
    }

    /** Of somebody's own; one that is gone already is no error. */
    @Transactional
    public void delete(String owner, String name) {
        int gone = db.sql("delete from saved_filter where owner = :owner and name = :name")
                .param("owner", owner)
                .param("name", name)
                .update();
        if (gone > 0) {
            note(owner, "DELETE_FILTER");
        }
    }

    /** Not under which name, nor what is looked for: both are in the person's own words. */
    private void note(String owner, String what) {
        trail.note(new Audited(
                owner, what, Audited.Outcome.DONE, Audited.Kind.PAGE, "/console/failures", null, null, null));
    }
}
