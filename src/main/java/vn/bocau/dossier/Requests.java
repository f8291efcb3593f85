package vn.bocau.dossier;

import org.springframework.stereotype.Component;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;

/** What citizens ask of the post, through a portal or a one-stop system: fetch the papers, bring the result, both; change the
 * address; cancel. */
@Component("requests")
public class Requests {

    public Receipt accept(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }

    public Receipt order(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }

    public Receipt cancelOrder(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }

    public Receipt changeAddress(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }

    public Receipt cancel(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }
}
