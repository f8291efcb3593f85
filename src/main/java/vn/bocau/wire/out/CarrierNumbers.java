package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Sending;

/**
 * What carriers call our orders themselves: said in their answer to an order, in a list of orders, or with what happened to it, and asked for
 * when it is to be taken back. Bean {@code carrierNumbers}.
 */
@Component("carrierNumbers")
public class CarrierNumbers implements OrderNumbers {

    private static final String OURS = "orderNumber";

    private final JdbcClient db;

    CarrierNumbers(JdbcClient db) {
        this.db = db;
    }

    /** What it calls the order an event is about, where it calls it otherwise than we do. */
    public Inbound learn(Inbound in) {
        String theirs = in.payload().path("item").asText("");
        learn(in.partner(), in.payload().path(OURS).asText(), theirs);
        return in;
    }

    @Override
    public void learn(Sending sending, String theirs) {
        learn(sending.partner(), sending.body().path(OURS).asText(), theirs);
    }

    @Override
    public void learn(String partner, String ours, String theirs) {
        if (theirs.isBlank() || ours.isBlank() || theirs.equals(ours)) {
            return;
        }
        db.sql("""
                        insert into carrier_number (partner, ours, theirs) values (:partner, :ours, :theirs)
                        on conflict (partner, ours) do update set theirs = excluded.theirs
                        where carrier_number.theirs <> excluded.theirs
                        """)
                .param("partner", partner)
                .param("ours", ours)
                .param("theirs", theirs)
                .update();
    }

    @Override
    public Sending named(Sending sending) {
        if (!(sending.body() instanceof ObjectNode body) || !body.hasNonNull(OURS)) {
            return sending;
        }
        Optional<String> theirs = db.sql("select theirs from carrier_number where partner = :partner and ours = :ours")
                .param("partner", sending.partner())
                .param("ours", body.path(OURS).asText())
                .query(String.class)
                .optional();
        return theirs.<Sending>map(number -> sending.with(body.deepCopy().put("carrierNumber", number)))
                .orElse(sending);
    }
}
