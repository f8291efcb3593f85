package vn.bocau.alert;

import java.time.Instant;
import java.util.Map;
import vn.bocau.code.Text;

/**
 * Something an operator has to know. Codes, ids and counts alone: no personal data.
 *
 * @param about which partner, post office, fault or kind of owner; with the kind it names what may begin and end
 * @param since when it began
 * @param details the same for programs
 * @param page of ours where it is seen to
 */
record Alert(Kind kind, String about, Instant since, Text text, Map<String, String> details, String page) {

    /** What people are called for. */
    enum Kind {
        /** A partner does not answer; ends when it does, and stays so for a while. */
        PARTNER_OUTAGE,
        /** A partner's feed cannot be read; ends when it can, and stays so for a while. */
        FEED_OUTAGE,
        /** The files that an agency drops cannot be taken; ends when they can. */
        DROP_OUTAGE,
        /** A partner that fetches has not fetched for hours what waits for it; ends when nothing has waited for so long. */
        UNFETCHED,
        /** On lines that are open nothing goes, as when our own broker is away; ends when something does on each. */
        NOTHING_MOVES,
        /** Messages of one partner wait for a person for one reason; ends when none does. */
        PARKED,
        /** A stretch or a line has been paused for long; ends when somebody lets it go on. */
        PAUSED,
        /** A group of retries or replays has stopped by itself; ends when somebody begins again or deals with the rest, or after a day. */
        MEND_STOPPED,
        /** Some acts of a kind of owner will be late soon; ends when each is done or late. Begins in working hours alone. */
        DUE_SOON,
        /** A kind of owner is late with something; ends when none of it is late. */
        OVERDUE,
        /** Nothing comes where usually much does; ends when something comes. */
        SILENCE,
        /** Somebody has looked at personal data in an emergency. Happens, and has no end. */
        BREAK_GLASS
    }
}
