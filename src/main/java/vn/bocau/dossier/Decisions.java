package vn.bocau.dossier;

import org.springframework.stereotype.Component;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;

/** What the agency decides about a dossier: received, refused, to supplement, dispatched, transferred. Statuses 2 to 9 are its
 * own word; the post only carries it. */
@Component("decisions")
public class Decisions {

    public Receipt receive(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }

    public Receipt refuse(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }

    public Receipt supplement(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }

    public Receipt dispatch(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }

    public Receipt transfer(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }
}
