package vn.bocau.dossier;

import org.springframework.stereotype.Component;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;

/** What happened to items, as postal workers and carriers report it. */
@Component("handlings")
public class Handlings {

    public Receipt record(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }

    public Receipt heard(Inbound in) {
        throw new UnsupportedOperationException(in.kind());
    }
}
