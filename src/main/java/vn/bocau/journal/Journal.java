package vn.bocau.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.f4b6a3.uuid.UuidCreator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;

/** Once-only in, nothing lost out: the message, its effect and what it causes are one transaction. */
@Component("journal")
public class Journal {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private final JdbcClient db;

    Journal(JdbcClient db) {
        this.db = db;
    }

    /**
     * Does what a message asks, once. A repeat changes nothing and gets the first answer.
     *
     * @param effect what the message asks; runs in the same transaction, and its return value is the answer kept for
     *     repeats. When it throws, nothing is kept, not even the message
     * @throws Refused {@code key-reused} when the key was used before for something else
     */
    @Transactional
    public Receipt once(Inbound in, Supplier<JsonNode> effect) {
        byte[] digest = digest(in.payload());
        int fresh = db.sql("""
                        insert into message (id, direction, partner, key, kind, body, digest, state)
                        values (:id, 'IN', :partner, :key, :kind, :body, :digest, 'RECEIVED')
                        on conflict (partner, direction, key) do nothing
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("partner", in.partner())
                .param("key", in.key())
                .param("kind", in.kind())
                .param("body", text(in.received()))
                .param("digest", digest)
                .update();
        if (fresh == 0) {
            return firstAnswer(in, digest);
        }
        JsonNode answer = effect.get();
        db.sql("update message set answer = :answer, closed_at = clock_timestamp()"
                        + " where partner = :partner and direction = 'IN' and key = :key")
                .param("answer", text(answer))
                .param("partner", in.partner())
                .param("key", in.key())
                .update();
        return new Receipt(answer, false);
    }

    /** Writes down what a partner is to be told. The relay takes it from there once the transaction has committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(Outbound out) {
        db.sql("""
                        insert into message (id, direction, partner, key, kind, line, subject, body, state)
                        values (:id, 'OUT', :partner, :key, :kind, :line, :subject, :body, 'PENDING')
                        on conflict (partner, direction, key) do nothing
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("partner", out.partner())
                .param("key", out.key())
                .param("kind", out.kind())
                .param("line", out.line())
                .param("subject", out.subject())
                .param("body", text(out.body()))
                .update();
    }

    /** Keeps what nobody could read or accept, until a person looks. A repeat of it is kept once. */
    @Transactional
    public void park(Inbound in, String fault, String reason, String remedy) {
        db.sql("""
                        insert into message
                            (id, direction, partner, key, kind, body, digest, state, fault, reason, remedy)
                        values (:id, 'IN', :partner, :key, :kind, :body, :digest, 'FAILED', :fault, :reason, :remedy)
                        on conflict (partner, direction, key) do nothing
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("partner", in.partner())
                .param("key", in.key())
                .param("kind", in.kind())
                .param("body", text(in.received()))
                .param("digest", digest(in.payload()))
                .param("fault", fault)
                .param("reason", reason)
                .param("remedy", remedy)
                .update();
    }

    private Receipt firstAnswer(Inbound in, byte[] digest) {
        record First(byte[] digest, String answer) {}
        First first = db.sql("select digest, answer from message"
                        + " where partner = :partner and direction = 'IN' and key = :key")
                .param("partner", in.partner())
                .param("key", in.key())
                .query(First.class)
                .single();
        if (!MessageDigest.isEqual(first.digest(), digest)) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "key-reused",
                    "",
                    "Mã chống trùng này đã dùng cho một yêu cầu khác; hãy dùng mã mới.",
                    "This idempotency key was used for another request; use a new one.");
        }
        return new Receipt(parse(first.answer()), true);
    }

    private static byte[] digest(JsonNode payload) {
        try {
            Object sorted = JSON.treeToValue(payload, Object.class);
            return MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(sorted));
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(JsonNode json) {
        return json.toString();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
