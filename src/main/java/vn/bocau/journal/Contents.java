package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;

/** What messages say. May hold personal data: whoever shows it masks it, or records why not. */
@Component
public class Contents {

    /**
     * @param key whole
     * @param group the dossier's id; null when it is about none, or several
     * @param said JSON; XML as a text node
     */
    public record Content(
            UUID id,
            String direction,
            String partner,
            String key,
            String kind,
            @Nullable String group,
            @Nullable String subject,
            JsonNode said) {

        public boolean out() {
            return direction.equals("OUT");
        }

        Content with(JsonNode other) {
            return new Content(id, direction, partner, key, kind, group, subject, other);
        }

        /** Without what was said. */
        @Override
        public String toString() {
            return "Content[" + kind + " " + id + "]";
        }
    }

    private final JdbcClient db;

    Contents(JdbcClient db) {
        this.db = db;
    }

    /** @throws Refused UNKNOWN */
    public Content of(UUID message) {
        return db.sql(
                        "select id, direction, partner, key, kind, message_group, subject, body from message where id = :id")
                .param("id", message)
                .query((row, n) -> new Content(
                        row.getObject("id", UUID.class),
                        row.getString("direction"),
                        row.getString("partner"),
                        row.getString("key"),
                        row.getString("kind"),
                        row.getString("message_group"),
                        row.getString("subject"),
                        Journal.parse(row.getString("body"))))
                .optional()
                .orElseThrow(Records::unknown);
    }

    /**
     * What somebody proposes that a message is to say.
     *
     * @throws Refused UNKNOWN {@code unknown-edit}
     */
    public Content proposed(UUID edit) {
        record Proposed(UUID message, String body) {}
        Proposed proposed = db.sql(
                        "select m.id as message, e.body from edit e join message m on m.seq = e.message where e.id = :id")
                .param("id", edit)
                .query((row, n) -> new Proposed(row.getObject("message", UUID.class), row.getString("body")))
                .optional()
                .orElseThrow(Edits::unknown);
        return of(proposed.message).with(Journal.parse(proposed.body));
    }
}
