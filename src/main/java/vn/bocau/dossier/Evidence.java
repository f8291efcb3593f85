package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.journal.Kept;

/** Signatures and photos, bound by their hash to the handling that named them. */
@Component("evidence")
public class Evidence {

    /** How every JPEG begins. */
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private final JdbcClient db;
    private final Journeys journeys;
    private final Kept kept;

    Evidence(JdbcClient db, Journeys journeys, Kept kept) {
        this.db = db;
        this.journeys = journeys;
        this.kept = kept;
    }

    /** What a phone brings. */
    public enum Kind {
        SIGNATURE("signature"),
        /** Of the other party, when something changes hands. */
        COUNTERSIGNATURE("countersignature"),
        PHOTO("photos");

        private final String field;

        /** @param field of a handling's details that names it */
        Kind(String field) {
            this.field = field;
        }
    }

    /**
     * Who made a handling, and with what, wherever they work by now.
     *
     * @param user name
     */
    public record Maker(String user, String device) {

        private boolean made(Report report) {
            return user.equals(report.actor()) && device.equals(report.device());
        }

        private boolean said(JsonNode waits) {
            return user.equals(waits.at("/by/user").asText())
                    && device.equals(waits.path("device").asText());
        }
    }

    /**
     * Keeps what a handling named. When it was the last that was missing, the portal is told that the result was returned.
     * What belongs to an item nobody knows yet waits with its handling, and so does what belongs to one that was refused.
     *
     * @param sha256 64 lower-case hex digits, of the content
     * @param by who brings it: whoever made the handling, and nobody else
     * @return whether it was new; keeping the same again changes nothing
     * @throws Refused UNKNOWN {@code unknown-handling} until the handling itself is here; RULE {@code evidence-not-named}, or
     *     {@code evidence-kind} when it was named as something else, or {@code evidence-content} when it is nothing of the
     *     kind
     */
    @Transactional
    public boolean keep(UUID handling, String sha256, Kind kind, byte[] content, Maker by) {
        Optional<Known> here = find(handling, by::made);
        if (here.isEmpty()) {
            JsonNode waits = waiting(handling, by::said);
            // A person may decide this very moment that it counts.
            journeys.reserve(List.of(Scenes.deviceOf(waits)));
            here = find(handling, by::made);
            if (here.isEmpty()) {
                refuseUnnamed(waits.at("/handlings/0/details"), sha256, kind);
                refuseOtherContent(kind, content);
                return insert(handling, sha256, kind, content);
            }
        }
        Known known = here.get();
        if (known.dossier() == null && known.report().item() != null) {
            // It may become known this very moment.
            journeys.reserve(List.of(known.report().item()));
            known = find(handling, by::made).orElseThrow();
        }
        refuseUnnamed(known.report().details(), sha256, kind);
        refuseOtherContent(kind, content);
        if (known.dossier() == null) {
            return insert(handling, sha256, kind, content);
        }
        Journey journey =
                Objects.requireNonNull(journeys.lock(List.of(known.dossier())).get(known.dossier()));
        if (!insert(handling, sha256, kind, content)) {
            return false;
        }
        journey.legs().stream()
                .filter(leg -> leg.report(handling) != null)
                .forEach(leg -> journey.arrived(leg, Objects.requireNonNull(leg.report(handling)), sha256));
        journeys.save(journey);
        return true;
    }

    /**
     * What a handling names.
     *
     * @param receivedAt null as long as it has not come
     */
    public record Piece(String sha256, Kind kind, @Nullable Instant receivedAt) {}

    /**
     * For whoever decides about a handling of the own office, whether it counts or waits.
     *
     * @throws Refused UNKNOWN {@code unknown-handling}
     */
    @Transactional(readOnly = true)
    public List<Piece> of(UUID handling, String office) {
        JsonNode details = find(handling, report -> office.equals(report.office()))
                .<JsonNode>map(known -> known.report().details())
                .orElseGet(() -> waitingAt(office, handling).at("/handlings/0/details"));
        Map<String, Instant> here = new HashMap<>();
        db.sql("select sha256, received_at from evidence where handling = :handling")
                .param("handling", handling)
                .query(row -> {
                    here.put(row.getString(1), row.getTimestamp(2).toInstant());
                });
        return Stream.of(Kind.values())
                .flatMap(kind -> named(details, kind).stream().map(sha256 -> new Piece(sha256, kind, here.get(sha256))))
                .toList();
    }

    /** @param bytes a photo as JPEG; else strokes as JSON */
    public record Content(Kind kind, byte[] bytes) {}

    /** @throws Refused UNKNOWN {@code unknown-handling}; UNKNOWN {@code evidence-missing} as long as it has not come */
    @Transactional(readOnly = true)
    public Content content(UUID handling, String sha256, String office) {
        if (find(handling, report -> office.equals(report.office())).isEmpty()) {
            waitingAt(office, handling);
        }
        return db.sql("select kind, content from evidence where handling = :handling and sha256 = :sha256")
                .param("handling", handling)
                .param("sha256", sha256)
                .query((row, n) -> new Content(Kind.valueOf(row.getString(1)), row.getBytes(2)))
                .optional()
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "evidence-missing",
                        "sha256",
                        "Bằng chứng này chưa về máy chủ.",
                        "This evidence has not come yet."));
    }

    private record Known(@Nullable UUID dossier, Report report) {}

    private Optional<Known> find(UUID handling, Predicate<Report> concerned) {
        return db.sql("select h.*, l.dossier from handling h left join leg l on l.id = h.leg where h.id = :handling")
                .param("handling", handling)
                .query((row, n) -> new Known(row.getObject("dossier", UUID.class), Rows.report(row)))
                .optional()
                .filter(known -> concerned.test(known.report()));
    }

    private JsonNode waitingAt(String office, UUID handling) {
        return waiting(handling, said -> said.at("/by/office").asText().equals(office));
    }

    /** What a phone said of a handling that does not count: a person decides, and wants to see what proves it. */
    private JsonNode waiting(UUID handling, Predicate<JsonNode> concerned) {
        return kept.said(Handlings.PARTNER, Handlings.keptAs(handling.toString()))
                .filter(concerned)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-handling",
                        "id",
                        "Chưa có thao tác này; hãy gửi thao tác trước, bằng chứng sau.",
                        "No such handling here yet; send the handling first, its evidence after it."));
    }

    private static void refuseUnnamed(JsonNode details, String sha256, Kind kind) {
        if (!Proofs.named(details).contains(sha256)) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "evidence-not-named",
                    "sha256",
                    "Thao tác này không nêu bằng chứng có mã băm như vậy.",
                    "That handling does not name evidence with this hash.");
        }
        if (!named(details, kind).contains(sha256)) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "evidence-kind",
                    "X-Evidence-Kind",
                    "Thao tác nêu mã băm này cho loại bằng chứng khác.",
                    "The handling names this hash as another kind of evidence.");
        }
    }

    private static void refuseOtherContent(Kind kind, byte[] content) {
        if (!(kind == Kind.PHOTO ? jpeg(content) : Strokes.are(content))) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "evidence-content",
                    "",
                    "Ảnh phải là JPEG; chữ ký phải là các nét dạng JSON UTF-8 [[[x, y, mili giây], …], …], x và y từ -10.000"
                            + " đến 10.000.",
                    "A photo is a JPEG; a signature is its strokes as JSON in UTF-8 [[[x, y, milliseconds], …], …], x and y"
                            + " from -10,000 to 10,000.");
        }
    }

    private static boolean jpeg(byte[] content) {
        return Arrays.mismatch(content, JPEG) == JPEG.length;
    }

    /** How many signatures and photos a handling's details name. */
    public static int named(JsonNode details) {
        return Proofs.named(details).size();
    }

    private static List<String> named(JsonNode details, Kind kind) {
        return Proofs.named(JsonNodeFactory.instance.objectNode().set(kind.field, details.path(kind.field)));
    }

    private boolean insert(UUID handling, String sha256, Kind kind, byte[] content) {
        return db.sql(
                                "insert into evidence (handling, sha256, kind, content) values (:handling, :sha256, :kind, :content)"
                                        + " on conflict do nothing")
                        .param("handling", handling)
                        .param("sha256", sha256)
                        .param("kind", kind.name())
                        .param("content", content)
                        .update()
                == 1;
    }
}
