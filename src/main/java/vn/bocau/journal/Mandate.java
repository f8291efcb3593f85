package vn.bocau.journal;

import java.util.Set;

/** Whether somebody who began what goes on by itself may do so still: rights are taken away, and accounts are closed. */
public interface Mandate {

    /**
     * @param user who began it
     * @param sort each has a right of its own
     * @param partners to whom it goes
     */
    boolean stands(String user, Mend.Sort sort, Set<String> partners);
}
