package vn.bocau.console;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Refused;
import vn.bocau.directory.CommunePlan;
import vn.bocau.directory.CommuneRefresh;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;
import vn.bocau.wire.nso.StateDirectory;

/** Brings the communes up to the state's own list: first what would change is said, and done when just that is confirmed. */
@RestController
@RequestMapping(path = "/api/ops/v1/directory/communes", produces = MediaType.APPLICATION_JSON_VALUE)
class CommunesApi {

    private static final String CONFIRM = "confirm";

    /** @param applied whether it is in force now; else it was only said */
    record Refreshed(boolean applied, CommunePlan plan) {}

    private final StateDirectory state;
    private final CommuneRefresh refresh;
    private final Recorded recorded;

    CommunesApi(StateDirectory state, CommuneRefresh refresh, Recorded recorded) {
        this.recorded = recorded;
        this.state = state;
        this.refresh = refresh;
    }

    /**
     * With {@code confirm}, the id of a plan that was said before, it is done.
     *
     * @throws Refused CONFLICT {@code plan-changed} when what would change is not that any more
     */
    @PostMapping(path = "/refresh", consumes = MediaType.APPLICATION_JSON_VALUE)
    Refreshed refresh(@RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        Grants.of(who).demandForAll(Right.ADMINISTER);
        var said = new ActBody(body, List.of(CONFIRM));
        String confirmed = said.text(CONFIRM);
        LocalDate today = CommuneRefresh.today();
        CommunePlan plan = refresh.plan(state.provinces(today), state.communes(today), today);
        if (confirmed == null) {
            return new Refreshed(false, plan);
        }
        if (!confirmed.equals(plan.id())) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "plan-changed",
                    "/" + CONFIRM,
                    "Những thay đổi nay không còn như đã xem; hãy xem lại (không gửi confirm) rồi xác nhận.",
                    "What would change is not what was shown any more; look again (without confirm), then confirm.");
        }
        if (!plan.empty()) {
            recorded.reading(
                    who.getName(), "REFRESH", "communes", said.reason(), () -> refresh.apply(plan, who.getName()));
        }
        return new Refreshed(true, plan);
    }
}
