package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/** Stands in for the domain: keeps what reaches it, and decides what a test wants. Not annotated, as its like. */
public class OrderingDomain {

    static final List<Inbound> CAME = new CopyOnWriteArrayList<>();

    /** The outcome, or a throw. */
    static volatile Function<Inbound, String> decision = in -> "ACCEPTED";

    static void forget() {
        CAME.clear();
        decision = in -> in.kind().equals("ngsp.cancel") ? "CANCELLED" : "ACCEPTED";
    }

    public static class Acceptance {

        private final Journal journal;

        Acceptance(Journal journal) {
            this.journal = journal;
        }

        public Receipt place(Inbound in) {
            CAME.add(in);
            return journal.once(in, () -> JsonNodeFactory.instance.objectNode().put("outcome", decision.apply(in)));
        }

        public Receipt cancel(Inbound in) {
            return place(in);
        }
    }

    @Bean("ordering")
    Acceptance ordering(Journal journal) {
        return new Acceptance(journal);
    }
}
