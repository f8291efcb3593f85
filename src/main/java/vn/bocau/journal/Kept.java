package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/**
 * Messages that came in and wait for a person, with what they say: for whoever they concern. Operators, whom they do not
 * concern, see them in {@link Records}.
 */
@Component
public class Kept {

    private static final String READ = "select id, created_at, fault, reason_vi, reason_en, body from message where ";

    /** Read only where the fault is the one asked for: not every body is what PostgreSQL takes for JSON. */
    private static final String CONCERNED = """
            state = 'PARKED' and direction = 'IN' and partner = :partner and fault = any(:faults)
            and case when partner = :partner and fault = any(:faults)
                then cast(body as jsonb) #>> string_to_array(:path, ',') end = :value
            """;

    private final JdbcClient db;

    Kept(JdbcClient db) {
        this.db = db;
    }

    /**
     * Whom they concern.
     *
     * @param path of the field in what they say, its names joined by commas, such as {@code by,office}
     * @param value of that field
     */
    public record Concerned(String partner, List<String> faults, String path, String value) {}

    /**
     * @param fault why it was parked, with the reason for people
     * @param said may hold personal data
     */
    public record Message(UUID id, Instant at, String fault, Text reason, JsonNode said) {

        /** Without what was said. */
        @Override
        public String toString() {
            return "Message[" + id + "]";
        }
    }

    /** The oldest first. */
    public List<Message> of(Concerned concerned, int from, int size) {
        return asked(READ + CONCERNED + "order by seq offset :from limit :size", concerned)
                .param("from", from)
                .param("size", size)
                .query(Kept::message)
                .list();
    }

    /** @throws Refused UNKNOWN when there is none such that waits */
    public Message find(UUID message, Concerned concerned) {
        return asked(READ + "id = :id and " + CONCERNED, concerned)
                .param("id", message)
                .query(Kept::message)
                .optional()
                .orElseThrow(Records::unknown);
    }

    private static Message message(ResultSet row, int n) throws SQLException {
        return new Message(
                row.getObject(1, UUID.class),
                row.getTimestamp(2).toInstant(),
                row.getString(3),
                new Text(row.getString(4), row.getString(5)),
                Journal.parse(row.getString(6)));
    }

    /** Which of these keys are of messages that a person has given up. */
    public Set<String> discarded(String partner, Collection<String> keys) {
        return Set.copyOf(db.sql("select key from message where partner = :partner and direction = 'IN'"
                        + " and key = any(:keys) and state = 'DISCARDED'")
                .param("partner", partner)
                .param("keys", keys.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** What a message says that waits for a person, or that a person has decided about. */
    public Optional<JsonNode> said(String partner, String key) {
        return db.sql("select body from message where partner = :partner and direction = 'IN' and key = :key")
                .param("partner", partner)
                .param("key", key)
                .query(String.class)
                .optional()
                .map(Journal::parse);
    }

    private JdbcClient.StatementSpec asked(String sql, Concerned concerned) {
        return db.sql(sql)
                .param("partner", concerned.partner())
                .param("faults", concerned.faults().toArray(String[]::new))
                .param("path", concerned.path())
                .param("value", concerned.value());
    }
}
