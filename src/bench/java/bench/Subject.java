package bench;

import java.util.List;

/** One of those measured, running in a process of its own. */
interface Subject extends AutoCloseable {

    String name();

    /** From starting its process until it is ready, in seconds. */
    double startSeconds();

    ProcessHandle process();

    /** Items of which three things can be scanned, one after the other. */
    List<String> prepare(int items) throws Exception;

    /**
     * Says that these were scanned, by one caller.
     *
     * @param step 0, 1 or 2: which of the three
     * @throws IllegalStateException when one was not recorded
     */
    void scan(int caller, int step, List<String> items) throws Exception;

    @Override
    void close();
}
