package vn.bocau.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What one transaction has heard and told: who caused what, what is to be written down of it before it commits, all at once, and whose lines to
 * wake after that.
 */
final class Told implements TransactionSynchronization {

    private final Wake wake;
    private final Map<String, Long> partners = new LinkedHashMap<>();
    private final List<Said> said = new ArrayList<>();
    private @Nullable Writer writer;
    private @Nullable Hearing hearing;

    /** Of this partner, what has this number or a later one may go. */
    interface Wake {

        void from(String partner, long seq);
    }

    /** Writes down what was told, in the order in which it was; answers with each partner's first number. */
    interface Writer {

        Map<String, Long> write(List<Said> said);
    }

    private Told(Wake wake) {
        this.wake = wake;
    }

    static Told here(Wake wake) {
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

    /**
     * Something that is told.
     *
     * @param cause the inbound message that caused it; null where none did
     * @param trace where in which trace it was told
     */
    record Said(
            Outbound out, @Nullable Long cause, @Nullable String trace) {}

    void tell(Outbound out, @Nullable String trace, Writer writer) {
        if (hearing != null) {
            hearing.about(out.group(), out.subject());
        }
        said.add(new Said(out, hearing == null ? null : hearing.seq, trace));
        this.writer = writer;
    }

    /** Whatever of its may go. */
    void wakeAfterwards(String partner) {
        partners.put(partner, Fronts.ANYWHERE);
    }

    @Nullable
    Hearing hearing() {
        return hearing;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (writer != null && !said.isEmpty()) {
            writer.write(List.copyOf(said)).forEach((partner, seq) -> partners.merge(partner, seq, Math::min));
            said.clear();
        }
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
            partners.forEach(wake::from);
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
