package vn.bocau.dossier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Text;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Rules;

/**
 * What the post brings an agency, held against what lies on its desk. The list is what the post itself has said: what its
 * workers recorded as handed over, and what is under way. Nobody writes another, which could be wrong in a way of its own.
 * Holds personal data.
 */
@Component
public class Arrivals {

    /** Of one agency at once; more than that wait nowhere. */
    private static final int MOST = 5000;

    /**
     * @param here scanned, and coming to the agency or handed over
     * @param missing handed over today, as the post has it, and not scanned
     * @param before handed over on an earlier day, not decided yet, and not scanned now
     * @param out to be handed over here next, as far as the post has said, and not scanned: lost, or not brought yet
     * @param coming under way, and not scanned
     * @param extra scanned, and none of these
     */
    public record Tally(
            List<AgencyPapers.Row> here,
            List<AgencyPapers.Row> missing,
            List<AgencyPapers.Row> before,
            List<AgencyPapers.Row> out,
            List<AgencyPapers.Row> coming,
            List<Extra> extra) {

        /** Whether what lies there is what the post has said that it brought. */
        public boolean asSaid() {
            return missing.isEmpty() && extra.isEmpty();
        }

        /** Whether that is all: of nothing that was to be handed over, a phone may still have to report it. */
        public boolean whole() {
            return asSaid() && out.isEmpty();
        }
    }

    /** @param why it is none of what comes to the agency */
    public record Extra(String item, Text why) {}

    private final AgencyPapers papers;
    private final Directories directories;
    private final JdbcClient db;

    Arrivals(AgencyPapers papers, Directories directories, JdbcClient db) {
        this.papers = papers;
        this.directories = directories;
        this.db = db;
    }

    /** @param scanned numbers of envelopes, in any order; one that was scanned twice is there once */
    @Transactional(readOnly = true)
    public Tally of(String agency, List<String> scanned) {
        Map<String, AgencyPapers.Row> known = new TreeMap<>();
        Map<String, String> strayed = new HashMap<>();
        papers.of(agency, null, 0, MOST).rows().forEach(row -> {
            if (row.goesTo() != null) {
                strayed.put(row.item(), row.goesTo());
            } else if (!row.decided()) {
                known.put(row.item(), row);
            }
        });
        Tally tally = new Tally(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        Set<String> items = new LinkedHashSet<>();
        scanned.forEach(item -> items.add(Scene.item(item)));
        for (String item : items) {
            AgencyPapers.Row row = known.remove(item);
            if (row != null) {
                tally.here().add(row);
            } else {
                String to = strayed.get(item);
                tally.extra().add(new Extra(item, to == null ? why(agency, item) : sendOn(to)));
            }
        }
        Instant today = Legs.today().atStartOfDay(Rules.ZONE).toInstant();
        known.values().forEach(row -> {
            if (!row.arrived()) {
                (row.out() ? tally.out() : tally.coming()).add(row);
            } else if (row.since().isBefore(today)) {
                tally.before().add(row);
            } else {
                tally.missing().add(row);
            }
        });
        return tally;
    }

    private static Text sendOn(String to) {
        return new Text(
                "đến sau khi hồ sơ đã chuyển đến " + to + ": chuyển tiếp ở trang Hồ sơ đến.",
                "came after its dossier had been sent on to " + to + ": send it on under Papers.");
    }

    private Text why(String agency, String item) {
        record Found(LegKind kind, String agency, String to) {}
        return db.sql("select kind, agency, coalesce(to_agency, '') from leg where item = :item"
                        + " order by opened_at desc limit 1")
                .param("item", item)
                .query((row, n) -> new Found(LegKind.valueOf(row.getString(1)), row.getString(2), row.getString(3)))
                .optional()
                .map(found -> {
                    String owner = found.kind() == LegKind.TRANSFER ? found.to() : found.agency();
                    if (!owner.equals(agency)) {
                        String name = directories
                                .current()
                                .agency(owner)
                                .map(Agency::name)
                                .orElse(owner);
                        return new Text(
                                "là của " + name + ": trả lại bưu tá.",
                                "is for " + name + ": give it back to the postal worker.");
                    }
                    return found.kind().inbound() || found.kind() == LegKind.TRANSFER
                            ? new Text(
                                    "đã được quyết định, hoặc bưu điện chưa nhận: xem hồ sơ rồi hỏi bưu tá.",
                                    "was decided about already, or the post does not have it yet: look at the dossier, and ask"
                                            + " the postal worker.")
                            : new Text(
                                    "là bưu gửi cơ quan gửi đi, không phải giấy tờ đến: xem trang Không phát được.",
                                    "was sent by the agency, not to it: look under Not delivered.");
                })
                .orElseGet(() -> new Text(
                        "không có trong hệ thống: đọc lại số, hoặc trả lại bưu tá.",
                        "is not known here: read the number again, or give it back to the postal worker."));
    }
}
