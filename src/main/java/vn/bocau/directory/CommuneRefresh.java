package vn.bocau.directory;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;

/**
 * Brings the communes up to the state's own list: into {@code communes.csv} of the deployment's folder, with the days
 * from and to which each holds, and into force by the same reload as everything else. History is never rewritten: what
 * was called so until yesterday was called so.
 */
@Component
public class CommuneRefresh {

    private static final Logger LOG = LoggerFactory.getLogger(CommuneRefresh.class);
    static final String COMMUNES = "communes.csv";
    static final String SUCCESSIONS = "commune-successions.csv";

    private final ReferenceFiles files;
    private final Directories directories;
    private final OtherNodes others;

    CommuneRefresh(ReferenceFiles files, Directories directories, OtherNodes others) {
        this.others = others;
        this.files = files;
        this.directories = directories;
    }

    /** The day it would be done. */
    public static LocalDate today() {
        return LocalDate.now(Today.ZONE);
    }

    /**
     * What would change. Nothing does.
     *
     * @throws Refused RULE {@code implausible} when the list cannot be the whole and true one
     */
    public CommunePlan plan(Collection<StateUnit> provinces, Collection<StateUnit> communes, LocalDate day) {
        return new StateList(directories.current(), provinces, communes, day).plan();
    }

    /**
     * Does it, all or nothing.
     *
     * @throws Refused CONFLICT {@code no-reference-folder} or {@code not-written} when it cannot be kept, or {@code
     *     plan-changed} when another node was first, RULE
     *     {@code reload-refused} with every row that will not do; nothing has changed then
     */
    public LoadReport apply(CommunePlan plan, String by) {
        // Nothing is told to the others before it is in force here.
        synchronized (others) {
            return applied(plan, by);
        }
    }

    private LoadReport applied(CommunePlan plan, String by) {
        if (!files.hasFolder()) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "no-reference-folder",
                    "",
                    "Chưa đặt BOCAU_REFERENCE, nên không có chỗ để ghi communes.csv.",
                    "BOCAU_REFERENCE is not set, so there is no place to write communes.csv to.");
        }
        try {
            Map<String, String> texts = texts(plan);
            texts.put(
                    OtherNodes.MARK,
                    OtherNodes.untold(files.own(OtherNodes.MARK).orElse(OtherNodes.NONE), by));
            Runnable undo = files.replace(texts);
            LoadReport report = directories.reload();
            if (!report.inForce()) {
                undo.run();
                directories.reload();
                throw refused(report);
            }
            if (!others.follow()) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "plan-changed",
                        "",
                        "Máy khác đã cập nhật danh mục xã trước; hãy xem lại (không gửi confirm) rồi xác nhận.",
                        "Another node has refreshed the communes first; look again (without confirm), then confirm.");
            }
            LOG.info(
                    "Communes refreshed by {}: {} new, {} renamed, {} ended",
                    by,
                    plan.added().size(),
                    plan.renamed().size(),
                    plan.ended().size());
            return report;
        } catch (IOException e) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "not-written",
                    "",
                    "Không ghi được vào thư mục BOCAU_REFERENCE ("
                            + e.getClass().getSimpleName() + ").",
                    "The folder BOCAU_REFERENCE cannot be written to ("
                            + e.getClass().getSimpleName() + ").");
        }
    }

    private static Refused refused(LoadReport report) {
        return new Refused(
                Refused.Ground.RULE,
                "reload-refused",
                report.refusals().stream()
                        .map(refusal -> new Refused.Flaw(refusal.place(), refusal.reason()))
                        .toList());
    }

    private Map<String, String> texts(CommunePlan plan) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(COMMUNES, communes(plan));
        // The same area under another name: an address that says the old one is still understood.
        List<String> successions = plan.renamed().stream()
                .map(change -> change.code() + "," + change.code() + "," + plan.from())
                .toList();
        if (!successions.isEmpty()) {
            texts.put(SUCCESSIONS, with(files.text(SUCCESSIONS), successions));
        }
        return texts;
    }

    private String communes(CommunePlan plan) throws IOException {
        Map<String, CommunePlan.Change> over = new HashMap<>();
        plan.renamed().forEach(change -> over.put(change.code(), change));
        plan.ended().forEach(change -> over.put(change.code(), change));
        List<String> lines = new ArrayList<>();
        for (String line : files.text(COMMUNES).split("\\r?\\n", -1)) {
            boolean open = !line.startsWith("#") && line.strip().endsWith(",");
            boolean ends = open
                    && over.containsKey(line.substring(0, line.indexOf(',')).strip());
            lines.add(ends ? line.strip() + plan.from().minusDays(1) : line);
        }
        List<String> rows = new ArrayList<>();
        plan.added().forEach(change -> rows.add(row(change, plan.from())));
        plan.renamed().forEach(change -> rows.add(row(change, plan.from())));
        return with(String.join("\n", lines), rows);
    }

    private static String row(CommunePlan.Change change, LocalDate from) {
        return String.join(
                ",",
                change.code(),
                UnitKind.nameOf(change.name()),
                change.name(),
                change.province(),
                "",
                from.toString(),
                "");
    }

    private static String with(String text, List<String> rows) {
        StringBuilder all = new StringBuilder(text.stripTrailing()).append('\n');
        rows.forEach(row -> all.append(row).append('\n'));
        return all.toString();
    }
}
