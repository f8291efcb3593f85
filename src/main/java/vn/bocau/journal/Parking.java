package vn.bocau.journal;

import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
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
     * <p>When only the moment is wrong nothing is kept: the sender's queue still has it, and it comes again.
     *
     * @throws Throwable the failure itself when there is nothing to park
     */
    public void park(
            @Body Object body, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure, Exchange exchange)
            throws Throwable {
        if (isOfTheMoment(failure)) {
            exchange.setRollbackOnly(true);
            return;
        }
        if (!(body instanceof Inbound in)) {
            throw failure;
        }
        try {
            journal.parkApart(in, Fault.of(failure));
        } catch (RuntimeException e) {
            if (!isOfTheMoment(e)) {
                throw e;
            }
            exchange.setRollbackOnly(true);
        }
    }

    /** The clock asks again, whoever asked first: an outage is the relay's to tell, everything else is a bug and said loudly. */
    public void again(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        if (!isOfTheMoment(failure)) {
            Fault.of(failure);
        }
    }

    /** Also a way in that an operator has stopped for a while. */
    static boolean isOfTheMoment(Throwable failure) {
        return Outages.find(DirectConsumerNotAvailableException.class, failure).isPresent()
                || Outages.find(Unavailable.class, failure).isPresent()
                || Outages.ofTheDatabaseIn(failure);
    }
}
