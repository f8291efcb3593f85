package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Uuid7;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.Inbound;

/** Finds what was done with an item, and voids what was recorded wrongly: nothing is ever edited. */
@Component
public class Corrections {

    private static final String PARTNER = "scan";

    private final JdbcClient db;
    private final Journeys journeys;
    private final Entries entries;
    private final Handlings handlings;

    Corrections(JdbcClient db, Journeys journeys, Entries entries, Handlings handlings) {
        this.db = db;
        this.journeys = journeys;
        this.entries = entries;
        this.handlings = handlings;
    }

    /**
     * A leg with everything reported of it, the newest first.
     *
     * @param leg null for an item nobody knows yet, like {@code kind} and {@code step}; then without dossiers
     */
    public record Story(
            @Nullable UUID leg,
            List<String> dossiers,
            @Nullable Word kind,
            @Nullable String item,
            @Nullable Word step,
            List<Entry> entries) {}

    /**
     * What this office knows of an item or a dossier.
     *
     * @param name an item's identifier as scanned or typed, or any code of a dossier
     * @throws Refused UNKNOWN {@code unknown-item} when there is none, or it does not go by this office
     */
    @Transactional(readOnly = true)
    public List<Story> find(String office, String name) {
        String item = Scene.item(name);
        UUID[] dossiers = db.sql("""
                        select dossier from leg where item = :item
                        union select l.dossier from former_item f join leg l on l.id = f.leg where f.item = :item
                        union select dossier from dossier_code where code = :code
                        """)
                .param("item", item)
                .param("code", name.strip())
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
        List<Story> stories = new ArrayList<>();
        for (Journey journey : journeys.read(dossiers).values()) {
            boolean byCode = journey.dossier().codes().stream()
                    .anyMatch(code -> code.code().equals(name.strip()));
            journey.legs().stream()
                    .filter(leg -> byCode || leg.bore(item))
                    .filter(leg -> goesBy(leg, office))
                    .forEach(leg -> stories.add(story(office, journey, leg)));
        }
        unplaced(office, item).ifPresent(stories::add);
        if (stories.isEmpty()) {
            throw new Refused(
                    Refused.Ground.UNKNOWN,
                    "unknown-item",
                    "q",
                    "Không có bưu gửi hay hồ sơ nào mang mã này đi qua bưu cục của bạn.",
                    "No item and no dossier of this name goes by your office.");
        }
        return stories;
    }

    private static boolean goesBy(Leg leg, String office) {
        return office.equals(leg.facts().fromOffice())
                || office.equals(leg.facts().toOffice())
                || leg.reports().stream().anyMatch(r -> office.equals(r.office()));
    }

    private Story story(String office, Journey journey, Leg leg) {
        return new Story(
                leg.id(),
                journey.dossier().codes().stream().map(Dossier.Code::code).toList(),
                Word.of(leg.facts().kind(), leg.facts().kind().text()),
                leg.facts().item(),
                Word.of(leg.step(), leg.step().text()),
                entries.of(office, newestFirst(leg, leg.reports())));
    }

    private Optional<Story> unplaced(String office, String item) {
        List<Report> reports = db.sql("select * from handling where leg is null and item = :item and office = :office")
                .param("item", item)
                .param("office", office)
                .query((row, n) -> Rows.report(row))
                .list();
        return reports.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Story(null, List.of(), null, item, null, entries.of(office, newestFirst(null, reports))));
    }

    private static List<Entries.Subject> newestFirst(@Nullable Leg leg, List<Report> reports) {
        return reports.stream()
                .sorted(Comparator.comparing(Report::happenedAt)
                        .thenComparing(Report::deviceSeq)
                        .reversed())
                .map(report -> new Entries.Subject(leg, report, reports))
                .toList();
    }

    /**
     * A supervisor takes back what the own office recorded.
     *
     * @param id UUIDv7 the voiding gets, made by who asks: the same again changes nothing
     * @param by user name
     */
    public record Undoing(UUID handling, String id, String office, String by, String reason) {}

    /**
     * @throws Refused UNKNOWN {@code unknown-handling}; RULE {@code void-of-void}; FORBIDDEN {@code one-person-alone};
     *     CONFLICT {@code already-voided}, {@code ordered-again}, or {@code id-reused}
     */
    @Transactional
    public void undo(Undoing undoing) {
        UUID voiding = Uuid7.of(undoing.id()).value();
        Entries.Subject subject = lock(undoing);
        if (subject.report().code() == HandlingCode.VOIDED) {
            throw refused(
                    Refused.Ground.RULE,
                    "void-of-void",
                    new Text(
                            "Không hủy được một bút toán hủy; hãy ghi lại thao tác cho đúng.",
                            "A voiding cannot be voided; record the handling again."));
        }
        if (subject.report().money() && subject.report().actor().equals(undoing.by())) {
            throw refused(
                    Refused.Ground.FORBIDDEN,
                    "one-person-alone",
                    new Text(
                            "Tiền do chính mình ghi thì không tự hủy được; hãy nhờ trưởng bưu cục khác.",
                            "Nobody voids money they recorded themselves; let another supervisor do it."));
        }
        if (subject.leg() != null && subject.leg().gaveItsLabelAway(subject.report())) {
            throw refused(Refused.Ground.CONFLICT, ReadEntry.ORDERED_AGAIN, ReadEntry.ORDERED_AGAIN_TEXT);
        }
        Optional<Report> before = Entries.voiding(subject);
        if (before.isPresent()) {
            if (before.get().id().equals(voiding)) {
                return;
            }
            throw refused(
                    Refused.Ground.CONFLICT,
                    "already-voided",
                    new Text(
                            "Thao tác này đã được hủy rồi; hãy tải lại.",
                            "This handling was voided already; load it again."));
        }
        JsonNode said = handlings
                .record(new Inbound(PARTNER, "void-" + voiding, "scan.handlings", batch(undoing, subject.report())))
                .answer()
                .path("handlings")
                .path(0);
        if (said.path("outcome").asText().equals("REFUSED")
                || said.path("outcome").asText().equals("KNOWN")) {
            throw refused(
                    Refused.Ground.CONFLICT,
                    "id-reused",
                    new Text(
                            "Mã của bút toán hủy đã dùng cho việc khác; hãy tạo mã mới.",
                            "The id of this voiding names something else; make a new one."));
        }
    }

    /** With everything that might have voided it already, and nobody else able to until the transaction ends. */
    private Entries.Subject lock(Undoing undoing) {
        Report report = read(undoing).report();
        if (report.item() != null) {
            // An item nobody knows may become known this very moment.
            journeys.reserve(Set.of(report.item()));
        }
        Known known = read(undoing);
        if (known.dossier() == null) {
            List<Report> among = db.sql("select * from handling where voids = :id and leg is null")
                    .param("id", undoing.handling())
                    .query((row, n) -> Rows.report(row))
                    .list();
            return new Entries.Subject(null, known.report(), among);
        }
        Map<UUID, Journey> locked = journeys.lock(new LinkedHashSet<>(List.of(known.dossier())));
        return locked.values().stream()
                .flatMap(journey -> journey.legs().stream())
                .filter(leg -> leg.report(undoing.handling()) != null)
                .map(leg -> new Entries.Subject(leg, known.report(), leg.reports()))
                .findFirst()
                .orElseThrow();
    }

    private record Known(@Nullable UUID dossier, Report report) {}

    private Known read(Undoing undoing) {
        return db.sql("select h.*, l.dossier from handling h left join leg l on l.id = h.leg"
                        + " where h.id = :id and h.office = :office")
                .param("id", undoing.handling())
                .param("office", undoing.office())
                .query((row, n) -> new Known(row.getObject("dossier", UUID.class), Rows.report(row)))
                .optional()
                .orElseThrow(() -> refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-handling",
                        new Text("Bưu cục này không có thao tác nào như vậy.", "This office has no such handling.")));
    }

    /** As a phone would say it, from the office's own desk. */
    private static ObjectNode batch(Undoing undoing, Report report) {
        Instant now = Legs.now();
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        batch.put("device", "office-" + undoing.office()).put("sentAt", now.toString());
        batch.putObject("by")
                .put("user", undoing.by())
                .put("role", "POSTAL_SUPERVISOR")
                .put("office", undoing.office());
        ObjectNode entry = batch.putArray("handlings")
                .addObject()
                .put("id", undoing.id())
                .put("seq", Report.micros(now))
                .put("code", HandlingCode.VOIDED.name())
                .put("voids", undoing.handling().toString())
                .put("occurredAt", now.atZone(Rules.ZONE).toOffsetDateTime().toString())
                .put("note", undoing.reason());
        if (report.item() != null) {
            entry.put("item", report.item());
        }
        return batch;
    }

    private static Refused refused(Refused.Ground ground, String code, Text text) {
        return new Refused(ground, code, "id", text.vi(), text.en());
    }
}
