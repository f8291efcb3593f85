package bench;

import java.util.List;

/** One of those measured, running in a process of its own. */
interface Subject extends AutoCloseable {

    /** The three things, in their order. */
    List<String> STEPS = List.of("PICKUP_ACCEPTED", "COLLECTED", "HANDED_TO_AGENCY");

    String name();

    /** What it calls its own on the PostgreSQL that all share. */
    String database();

    /** Whether what it accepts is committed there. */
    default boolean commits() {
        return true;
    }

    /** From starting its process until it is ready, in seconds. */
    double startSeconds();

    ProcessHandle process();

    /** Items of which three things can be scanned, one after the other. */
    List<String> prepare(int items) throws Exception;

    /** For how many times the best it has accepted in batches of that size items are prepared; what is left serves the next time. */
    default double room() {
        return 2;
    }

    /** Before a caller's first scan, so that it is not measured with it. */
    default void signIn(int caller) throws Exception {}

    /**
     * Says that these were scanned, by one caller.
     *
     * @param step which of {@link #STEPS}
     * @throws IllegalStateException when one was not recorded
     */
    void scan(int caller, int step, List<String> items) throws Exception;

    @Override
    void close();
}
