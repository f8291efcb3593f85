package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.journal.Acts;
import vn.bocau.journal.Kept;

/** A supervisor decides that a handling that waits for a person was not done. */
@Component
public class Discards {

    private final Scenes scenes;
    private final Journeys journeys;
    private final Acts acts;

    Discards(Scenes scenes, Journeys journeys, Acts acts) {
        this.scenes = scenes;
        this.journeys = journeys;
        this.acts = acts;
    }

    /**
     * Gives it up for good, whoever sends it again.
     *
     * @param by user name of the supervisor
     * @throws Refused FORBIDDEN {@code one-person-alone} when it is their own and names money; CONFLICT {@code recorded} when
     *     it counts already as it is said there, or {@code not-open}
     */
    @Transactional
    public void discard(Kept.Message kept, String by, String reason) {
        boolean money = false;
        for (JsonNode entry : kept.said().path("handlings")) {
            money |= Report.money(entry.path("details"));
        }
        if (kept.said().at("/by/user").asText().equals(by) && money) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "one-person-alone",
                    "id",
                    "Tiền do chính mình ghi thì không tự bỏ được; hãy nhờ trưởng bưu cục khác.",
                    "Nobody discards money they recorded themselves; let another supervisor do it.");
        }
        // Its phone may send it this very moment, and be heard first.
        journeys.reserve(List.of(Scenes.deviceOf(kept.said())));
        acts.discard(kept.id(), by, reason);
        if (!scenes.recorded(kept.said()).isEmpty()) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "recorded",
                    "id",
                    "Thao tác này đã được ghi nhận; nếu sai, hãy hủy nó ở mục tìm kiếm.",
                    "This handling is recorded already; if it is wrong, find it and void it.");
        }
    }
}
