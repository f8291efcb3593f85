package vn.bocau.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those who come while somebody is at it are done together after that, in one transaction for all of them: the more come
 * at once, the less each costs, and who comes alone waits for nobody. It has no thread of its own: one of those who wait
 * does it for all.
 *
 * @param <Q> what is asked
 * @param <A> what comes of it
 */
public final class Together<Q, A> {

    private final int most;
    private final Function<List<Q>, ? extends List<? extends @Nullable A>> all;
    private final Function<Q, A> alone;
    private final Predicate<RuntimeException> everybodys;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turnEnded = lock.newCondition();
    private final List<Asked<Q, A>> waiting = new ArrayList<>();
    private boolean busy;

    /**
     * @param most how many are done at once
     * @param all does them together, also one, or throws, and then has done none of them; the answers are in the order of
     *     what was asked, null for one that it has left undone
     * @param alone does one that was left undone, and each of several that could not be done together. Nobody waits for it
     *     but who has asked
     * @param everybodys which failure is nobody's own: all of the turn, and all who wait by then, are told it at once
     */
    public Together(
            int most,
            Function<List<Q>, ? extends List<? extends @Nullable A>> all,
            Function<Q, A> alone,
            Predicate<RuntimeException> everybodys) {
        this.most = most;
        this.all = all;
        this.alone = alone;
        this.everybodys = everybodys;
    }

    /** What {@code all} gives or throws for it, or {@code alone}. */
    public A ask(Q question) {
        var mine = new Asked<Q, A>(question);
        while (true) {
            List<Asked<Q, A>> turn = turn(mine);
            if (!turn.isEmpty()) {
                together(turn);
            } else if (mine.failure != null) {
                throw mine.failure;
            } else {
                return mine.answer == null ? alone.apply(question) : mine.answer;
            }
        }
    }

    private void together(List<Asked<Q, A>> turn) {
        List<? extends @Nullable A> answers = List.of();
        @Nullable RuntimeException failure = null;
        try {
            answers = all.apply(turn.stream().map(asked -> asked.question).toList());
        } catch (RuntimeException e) {
            // Whose fault it is of several, each finds out alone, and is told alone.
            failure = turn.size() == 1 || everybodys.test(e) ? e : null;
        } finally {
            end(turn, answers, failure);
        }
    }

    /** Those to be done by whoever asks now, in the order they came; none once its own has been done. */
    private List<Asked<Q, A>> turn(Asked<Q, A> mine) {
        lock.lock();
        try {
            if (!mine.came) {
                mine.came = waiting.add(mine);
            }
            while (busy && !mine.served) {
                turnEnded.awaitUninterruptibly();
            }
            if (mine.served) {
                return List.of();
            }
            busy = true;
            List<Asked<Q, A>> first = waiting.subList(0, Math.min(most, waiting.size()));
            List<Asked<Q, A>> turn = List.copyOf(first);
            first.clear();
            return turn;
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param answers none where each is to be done alone
     * @param failure null where there is none that all of them share
     */
    private void end(List<Asked<Q, A>> turn, List<? extends @Nullable A> answers, @Nullable RuntimeException failure) {
        lock.lock();
        try {
            for (int n = 0; n < turn.size(); n++) {
                turn.get(n).served(n < answers.size() ? answers.get(n) : null, failure);
            }
            if (failure != null && everybodys.test(failure)) {
                waiting.forEach(asked -> asked.served(null, failure));
                waiting.clear();
            }
            busy = false;
            turnEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Written under the lock. */
    private static final class Asked<Q, A> {

        private final Q question;
        private boolean came;
        private boolean served;
        private @Nullable A answer;
        private @Nullable RuntimeException failure;

        Asked(Q question) {
            this.question = question;
        }

        void served(@Nullable A answer, @Nullable RuntimeException failure) {
            this.answer = answer;
            this.failure = failure;
            served = true;
        }
    }
}
