package vn.bocau.console;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.directory.Directories;
import vn.bocau.wire.Json;

/** Does something an operator asked for and records it, both or neither. */
@Component
class Recorded {

    private final AuditTrail trail;
    private final Directories directories;

    Recorded(AuditTrail trail, Directories directories) {
        this.trail = trail;
        this.directories = directories;
    }

    @Transactional
    public <T> T act(
            String by, String what, Audited.Kind kind, String target, @Nullable String reason, Supplier<T> effect) {
        T done = effect.get();
        note(by, what, kind, target, reason, null);
        return done;
    }

    /**
     * What has the files of the directory read again: with all that has come into force and that no record says yet. It
     * stays in force when this cannot be recorded; the next one says it then.
     */
    @Transactional
    public <T> T reading(String by, String what, String target, @Nullable String reason, Supplier<T> effect) {
        T done = effect.get();
        String changes = Json.MAPPER.valueToTree(directories.toRecord()).toString();
        note(by, what, Audited.Kind.DIRECTORY, target, reason, changes);
        return done;
    }

    private void note(
            String by,
            String what,
            Audited.Kind kind,
            String target,
            @Nullable String reason,
            @Nullable String detail) {
        trail.note(new Audited(by, what, Audited.Outcome.DONE, kind, target, null, reason, detail));
    }
}
