package vn.bocau.dossier;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;

/** Signatures and photos, bound by their hash to the handling that named them. */
@Component("evidence")
public class Evidence {

    private final JdbcClient db;
    private final Journeys journeys;

    Evidence(JdbcClient db, Journeys journeys) {
        this.db = db;
        this.journeys = journeys;
    }

    /** What a phone brings. */
    public enum Kind {
        SIGNATURE,
        /** Of the other party, when something changes hands. */
        COUNTERSIGNATURE,
        PHOTO
    }

    /**
     * Keeps what a handling named. When it was the last that was missing, the portal is told that the result was returned.
     *
     * @param sha256 64 lower-case hex digits, of the content
     * @param office the bringer's own post office
     * @return whether it was new; keeping the same again changes nothing
     * @throws Refused UNKNOWN {@code unknown-handling} until the handling itself is here; RULE {@code evidence-not-named}
     */
    @Transactional
    public boolean keep(UUID handling, String sha256, Kind kind, byte[] content, String office) {
        UUID dossier = db.sql("select l.dossier from handling h join leg l on l.id = h.leg"
                        + " where h.id = :handling and h.office = :office")
                .param("handling", handling)
                .param("office", office)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-handling",
                        "id",
                        "Chưa có thao tác này của bưu cục bạn; hãy gửi thao tác trước, bằng chứng sau.",
                        "No such handling of your office yet; send the handling first, its evidence after it."));
        Map<UUID, Journey> locked = journeys.lock(List.of(dossier));
        Journey journey = Objects.requireNonNull(locked.get(dossier));
        for (Leg leg : journey.legs()) {
            Report report = leg.report(handling);
            if (report != null) {
                refuseUnnamed(report, sha256);
                if (!insert(handling, sha256, kind, content)) {
                    return false;
                }
                journey.arrived(leg, report, sha256);
            }
        }
        journeys.save(journey);
        return true;
    }

    private static void refuseUnnamed(Report report, String sha256) {
        if (!Proofs.named(report).contains(sha256)) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "evidence-not-named",
                    "sha256",
                    "Thao tác này không nêu bằng chứng có mã băm như vậy.",
                    "That handling does not name evidence with this hash.");
        }
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
