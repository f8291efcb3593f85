package vn.bocau.dossier;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Step;

/**
 * Items that were lost and that nothing else takes the place of, and those that were called off while an outside carrier
 * has them: a person says how it was made good.
 */
@Component
public class Losses {

    private final JdbcClient db;
    private final Journeys journeys;

    Losses(JdbcClient db, Journeys journeys) {
        this.db = db;
        this.journeys = journeys;
    }

    /**
     * Ends what is owed on a leg whose item was lost, or called off in a carrier's hands.
     *
     * @param by user name of the operator
     * @throws Refused UNKNOWN {@code unknown-leg}; CONFLICT {@code nothing-to-settle} when that is not so, or nothing
     *     is owed any more
     */
    @Transactional
    public void settle(UUID leg, String by, String reason) {
        UUID dossier = db.sql("select dossier from leg where id = :leg")
                .param("leg", leg)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN, "unknown-leg", "leg", "Không có chặng này.", "There is no such leg."));
        for (Journey journey : journeys.lock(List.of(dossier)).values()) {
            Leg lost = journey.leg(leg)
                    .filter(l -> l.step() == Step.LOST && journey.owed(l) != null || isCalledOffElsewhere(journey, l))
                    .orElseThrow(
                            () -> new Refused(
                                    Refused.Ground.CONFLICT,
                                    "nothing-to-settle",
                                    "leg",
                                    "Bưu gửi của chặng này không thất lạc, không bị hủy trong tay bưu chính ngoài, hoặc đã giải quyết xong.",
                                    "The item of this leg is not lost nor called off in a carrier's hands, or it has been settled already."));
            journey.settle(lost, by, reason);
            journeys.save(journey);
        }
    }

    private static boolean isCalledOffElsewhere(Journey journey, Leg leg) {
        return leg.step() == Step.CANCELLED && journey.owed(leg) == Act.MAKE_GOOD;
    }
}
