package vn.bocau.journal;

import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;

/**
 * Where a message goes that came in by itself, nobody waiting for an answer, and could not be accepted: a person looks.
 * What may be accepted later goes back to where it came from instead.
 */
@Component("parking")
public class Parking {

    private final Journal journal;

    Parking(Journal journal) {
        this.journal = journal;
    }

    /**
     * Parks it, with what went wrong.
     *
     * @throws Unavailable and the like when only the moment is wrong: nothing is kept, the sender still has it
     */
    public void park(@Body Object body, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure)
            throws Throwable {
        boolean later = Outages.find(Unavailable.class, failure).isPresent() || Outages.ofTheDatabaseIn(failure);
        if (later || !(body instanceof Inbound in)) {
            throw failure;
        }
        Fault fault = Fault.of(failure);
        journal.park(in, fault.code(), fault.reason(), fault.remedy());
    }
}
