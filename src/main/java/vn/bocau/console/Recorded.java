package vn.bocau.console;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;

/** Does something an operator asked for and records it, both or neither. */
@Component
class Recorded {

    private final AuditTrail trail;

    Recorded(AuditTrail trail) {
        this.trail = trail;
    }

    @Transactional
    public <T> T act(
            String by, String what, Audited.Kind kind, String target, @Nullable String reason, Supplier<T> effect) {
        return act(by, what, kind, target, reason, effect, done -> null);
    }

    /** @param detail what is to be recorded of what came of it, as JSON */
    @Transactional
    public <T> T act(
            String by,
            String what,
            Audited.Kind kind,
            String target,
            @Nullable String reason,
            Supplier<T> effect,
            Function<T, @Nullable String> detail) {
        T done = effect.get();
        trail.note(new Audited(by, what, Audited.Outcome.DONE, kind, target, null, reason, detail.apply(done)));
        return done;
    }
}
