package vn.bocau.journal;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What one transaction has heard and told: who caused what, and whose lines to wake once it has committed. */
final class Told implements TransactionSynchronization {

    private final Consumer<String> wake;
    private final Set<String> partners = new LinkedHashSet<>();
    private @Nullable Hearing hearing;

    private Told(Consumer<String> wake) {
        this.wake = wake;
    }

    static Told here(Consumer<String> wake) {
        if (TransactionSynchronizationManager.getResource(Told.class) instanceof Told told) {
            return told;
        }
        var told = new Told(wake);
        TransactionSynchronizationManager.bindResource(Told.class, told);
        TransactionSynchronizationManager.registerSynchronization(told);
        return told;
    }

    /** From now on, what is told is caused by this message; returns what was heard before. */
    @Nullable
    Hearing hear(@Nullable Hearing now) {
        Hearing before = hearing;
        hearing = now;
        return before;
    }

    void tell(Outbound out) {
        wakeAfterwards(out.partner());
        if (hearing != null) {
            hearing.about(out.group(), out.subject());
        }
    }

    void wakeAfterwards(String partner) {
        partners.add(partner);
    }

    @Nullable
    Long cause() {
        return hearing == null ? null : hearing.seq;
    }

    @Nullable
    Hearing hearing() {
        return hearing;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(Told.class);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(Told.class, this);
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResource(Told.class);
        if (status == STATUS_COMMITTED) {
            partners.forEach(wake);
        }
    }

    /** An inbound message whose effect is under way, and what it turned out to be about, when that is one thing only. */
    static final class Hearing {

        private final long seq;
        private final Set<String> groups = new LinkedHashSet<>();
        private final Set<String> subjects = new LinkedHashSet<>();

        Hearing(long seq) {
            this.seq = seq;
        }

        void about(String group, String subject) {
            groups.add(group);
            subjects.add(subject);
        }

        @Nullable
        String group() {
            return groups.size() == 1 ? groups.iterator().next() : null;
        }

        @Nullable
        String subject() {
            return groups.size() == 1 ? subjects.iterator().next() : null;
        }
    }
}
