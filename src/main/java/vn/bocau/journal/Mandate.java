package vn.bocau.journal;

import java.util.Set;

/** Whether somebody who began what goes on by itself may do so still: rights are taken away, and accounts are closed. */
public interface Mandate {

    /**
     * @param user who began it
     * @param replay told again from a point in time, which is another right than retrying what is parked
     * @param partners to whom it goes
     */
    boolean stands(String user, boolean replay, Set<String> partners);
}
