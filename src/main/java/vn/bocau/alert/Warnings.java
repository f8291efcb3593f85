package vn.bocau.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.bocau.dossier.Oversight;
import vn.bocau.dossier.rules.Deadlines;

/** What is owed and will be late soon: there are so many working hours left in which it can still be done. */
@Component
public class Warnings {

    private final Oversight oversight;
    private final Deadlines deadlines;
    private final AlertSettings settings;

    Warnings(Oversight oversight, Deadlines deadlines, AlertSettings settings) {
        this.oversight = oversight;
        this.deadlines = deadlines;
        this.settings = settings;
    }

    /** What is due by then is due soon. */
    public Instant until(Instant now) {
        return settings.before().isZero() ? now : deadlines.workingTime(now, settings.before());
    }

    List<Oversight.Soon> at(Instant now) {
        return oversight.soon(now, until(now));
    }

    /** People are called again for what has come up since at most so often, and have as long for it at least. */
    Duration pause() {
        return settings.before().dividedBy(2);
    }

    /** Nobody is called out of hours for what is not late yet. */
    boolean mayBegin(Instant now) {
        return deadlines.isWorkingTime(now);
    }
}
