package vn.bocau.journal;

/** Looks at what waited for its partner once more before it is said: what is no longer so is not said any more. */
public interface Overtaken {

    /** Asked on each attempt, outside any transaction; says true only of messages it knows. */
    boolean isOvertaken(Sending sending);
}
