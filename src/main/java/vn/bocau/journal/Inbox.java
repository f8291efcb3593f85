package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Messages as they come in: who brings one, whether it was here before, and its row, written once its effect is done. */
@Component
class Inbox {

    private final JdbcClient db;
    private final JdbcTemplate statements;

    Inbox(JdbcClient db, JdbcTemplate statements) {
        this.db = db;
        this.statements = statements;
    }

    /**
     * How a message stands when it comes.
     *
     * @param ours nobody else is bringing the same right now; else nothing is known of it
     * @param known one with its name is here
     * @param seq its number, where it is new
     * @param at when it came
     */
    record Begun(boolean ours, boolean known, long seq, OffsetDateTime at) {

        boolean fresh() {
            return ours && !known;
        }
    }

    /** Waits for nobody. In the order of the messages. */
    List<Begun> tryToBegin(List<Inbound> all) {
        return begin(all, "pg_try_advisory_xact_lock(%s)");
    }

    /** Waits for whoever is bringing the same. */
    Begun begin(Inbound in) {
        return begin(List.of(in), "pg_advisory_xact_lock(%s) is not null").get(0);
    }

    /**
     * Whoever brings the same at the same time is told apart by a lock on its name, so that nobody is kept waiting by an
     * index; and only who has the lock looks whether it is here, in a statement after that, which sees what whoever had the
     * lock has committed. Both in one trip.
     */
    private List<Begun> begin(List<Inbound> all, String lock) {
        String[] partners = all.stream().map(Inbound::partner).toArray(String[]::new);
        String[] keys = all.stream().map(Inbound::key).toArray(String[]::new);
        return statements.execute(
                """
                select %s
                    from unnest(?, ?) with ordinality as said (partner, key, no) order by no;
                select m.seq is not null, case when m.seq is null then nextval('message_seq_seq') end, clock_timestamp()
                    from unnest(?, ?) with ordinality as said (partner, key, no)
                    left join message m on m.partner = said.partner and m.direction = 'IN' and m.key = said.key order by no
                """.formatted(lock.formatted("hashtextextended(said.partner || '/' || said.key, 7)")),
                (PreparedStatement both) -> {
                    for (int n = 1; n <= 4; n++) {
                        both.setArray(n, both.getConnection().createArrayOf("text", n % 2 == 1 ? partners : keys));
                    }
                    both.execute();
                    return begun(both);
                });
    }

    private static List<Begun> begun(PreparedStatement both) throws SQLException {
        List<Boolean> ours = new ArrayList<>();
        try (ResultSet locks = both.getResultSet()) {
            while (locks.next()) {
                ours.add(locks.getBoolean(1));
            }
        }
        both.getMoreResults();
        List<Begun> begun = new ArrayList<>();
        try (ResultSet found = both.getResultSet()) {
            while (found.next()) {
                begun.add(new Begun(
                        ours.get(begun.size()),
                        found.getBoolean(1),
                        found.getLong(2),
                        found.getObject(3, OffsetDateTime.class)));
            }
        }
        return begun;
    }

    /**
     * Messages that were new, with their answers, when their effects are done: whoever hears one again finds it here.
     *
     * @param heard in the order of the answers
     * @param answers null for one that is not kept
     */
    void keep(List<? extends @Nullable Heard> heard, List<? extends @Nullable JsonNode> answers) {
        List<Heard> all = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (int n = 0; n < answers.size(); n++) {
            JsonNode answer = answers.get(n);
            if (answer != null) {
                all.add(Objects.requireNonNull(heard.get(n)));
                said.add(answer.toString());
            }
        }
        if (!all.isEmpty()) {
            write(all, said);
        }
    }

    private void write(List<Heard> all, List<String> answers) {
        db.sql("""
                        insert into message (seq, id, direction, partner, key, kind, message_group, subject, body, digest, answer,
                            state, created_at, closed_at)
                        overriding system value
                        select seq, id, 'IN', partner, key, kind, message_group, subject, body, digest, answer, 'RECEIVED', at,
                            clock_timestamp()
                        from unnest(cast(:seqs as bigint[]), cast(:ids as uuid[]), cast(:partners as text[]), cast(:keys as text[]),
                            cast(:kinds as text[]), cast(:groups as text[]), cast(:subjects as text[]), cast(:bodies as text[]),
                            cast(:digests as bytea[]), cast(:answers as text[]), cast(:times as timestamptz[]))
                            as heard (seq, id, partner, key, kind, message_group, subject, body, digest, answer, at)
                        """)
                .param("seqs", all.stream().map(heard -> heard.begun().seq()).toArray(Long[]::new))
                .param("ids", all.stream().map(Heard::id).toArray(UUID[]::new))
                .param("partners", texts(all, heard -> heard.in().partner()))
                .param("keys", texts(all, heard -> heard.in().key()))
                .param("kinds", texts(all, heard -> heard.in().kind()))
                .param("groups", texts(all, heard -> heard.hearing().group()))
                .param("subjects", texts(all, heard -> heard.hearing().subject()))
                .param("bodies", texts(all, heard -> heard.in().received().toString()))
                .param("digests", all.stream().map(Heard::digest).toArray(byte[][]::new))
                .param("answers", answers.toArray(String[]::new))
                .param("times", texts(all, heard -> heard.begun().at().toString()))
                .update();
    }

    private static @Nullable String[] texts(List<Heard> all, Function<Heard, @Nullable String> what) {
        return all.stream().map(what).toArray(String[]::new);
    }
}
