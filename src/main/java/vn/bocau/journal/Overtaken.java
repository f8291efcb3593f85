package vn.bocau.journal;

/** Looks at what waited for its partner once more before it is said: what is no longer so is not said any more. */
public interface Overtaken {

    /**
     * Asked on each attempt, outside any transaction; says true only of messages it knows. What it has once said true of is
     * never said any more: it may let the same be told anew.
     *
     * @throws vn.bocau.code.NotYet when it still holds, and is not to be said at this hour
     */
    boolean isOvertaken(Sending sending);
}
