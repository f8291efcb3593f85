package vn.bocau.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.journal.Fault;
import vn.bocau.wire.Outage;

/**
 * Files of results, kept row by row before anything is done with them and judged a few rows at a time: how far it is can be
 * seen, and what is left goes on after the process died, on whichever node. The same file again is the file that is here.
 */
@Component("resultFiles")
public class ResultFiles {

    /** How many rows are one message, and so one transaction. */
    private static final int AT_ONCE = 25;

    private static final int RECENT = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final Clerks clerks;
    private final ProducerTemplate routes;

    ResultFiles(JdbcClient db, TransactionTemplate transactions, Clerks clerks, ProducerTemplate routes) {
        this.db = db;
        this.transactions = transactions;
        this.clerks = clerks;
        this.routes = routes;
    }

    /**
     * @param repeat whether it had been brought before
     * @param before when it was dropped for the first time; null when this is the first
     */
    record Kept(UUID id, boolean repeat, @Nullable Instant before) {}

    /** How far a file is, in rows. */
    record Progress(UUID id, String by, Instant at, int done, int all) {

        boolean finished() {
            return done == all;
        }
    }

    /**
     * What became of one row.
     *
     * @param no its number in the file
     * @param earlier whether that was when the same file was dropped before
     */
    record Judged(int no, JsonNode answer, boolean earlier) {}

    private record Row(int no, JsonNode said) {}

    /** @param key names it within the agency: what is in it, or the form it was sent by */
    @Transactional
    Kept keep(Clerk clerk, String key, ResultFile file) {
        return fresh(clerk, key, file, null)
                .map(id -> new Kept(id, false, null))
                .orElseGet(() -> new Kept(known(clerk, key), true, null));
    }

    /**
     * A dropped file: nobody can be asked whether the same again is meant, so what had stayed is judged anew. What went is
     * not touched, and what the post was given and did not deliver is for a clerk to send again: the next export of a system
     * has the rows of the last one in it.
     *
     * @param takenAs names this drop of it: read again under the same, it is the same drop
     */
    @Transactional
    Kept keepDropped(Clerk clerk, String key, ResultFile file, String takenAs) {
        Optional<UUID> fresh = fresh(clerk, key, file, takenAs);
        if (fresh.isPresent()) {
            return new Kept(fresh.get(), false, null);
        }
        UUID id = known(clerk, key);
        boolean again = db.sql("update result_file set round = round + 1, taken_as = :as"
                                + " where id = :id and taken_as is distinct from :as")
                        .param("as", takenAs)
                        .param("id", id)
                        .update()
                > 0;
        for (int i = 0; again && i < file.results().size(); i++) {
            db.sql("""
                            update result_row r set said = :said, answer = null, round = f.round from result_file f
                            where f.id = r.file and r.file = :file and r.no = :no
                              and (r.answer is null or r.answer::jsonb ->> 'item' is null)
                            """)
                    .param("file", id)
                    .param("no", file.rows().get(i))
                    .param("said", file.results().get(i).toString())
                    .update();
        }
        return new Kept(
                id,
                true,
                db.sql("select brought_at from result_file where id = :id and round > 1")
                        .param("id", id)
                        .query(OffsetDateTime.class)
                        .optional()
                        .map(OffsetDateTime::toInstant)
                        .orElse(null));
    }

    private Optional<UUID> fresh(Clerk clerk, String key, ResultFile file, @Nullable String takenAs) {
        Optional<UUID> fresh = db.sql("insert into result_file (id, agency, key, brought_by, taken_as)"
                        + " values (:id, :agency, :key, :by, :as) on conflict (agency, key) do nothing returning id")
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("agency", clerk.agency())
                .param("key", key)
                .param("by", clerk.user())
                .param("as", takenAs)
                .query(UUID.class)
                .optional();
        for (int i = 0; fresh.isPresent() && i < file.results().size(); i++) {
            db.sql("insert into result_row (file, no, said) values (:file, :no, :said)")
                    .param("file", fresh.get())
                    .param("no", file.rows().get(i))
                    .param("said", file.results().get(i).toString())
                    .update();
        }
        return fresh;
    }

    private UUID known(Clerk clerk, String key) {
        return db.sql("select id from result_file where agency = :agency and key = :key")
                .param("agency", clerk.agency())
                .param("key", key)
                .query(UUID.class)
                .single();
    }

    /** Has the clock's next look happen now. */
    void wake() {
        routes.asyncSendBody("seda:result-files", "");
    }

    /** Judges all that was kept and waits, a few rows of each file in turn. */
    public void goOn() {
        boolean more = true;
        while (more) {
            more = false;
            for (UUID id : db.sql("select distinct file from result_row where answer is null order by file")
                    .query(UUID.class)
                    .list()) {
                more |= judge(id, " skip locked");
            }
        }
    }

    /** Judges one file to its end, whoever else is at it. */
    void finish(UUID id) {
        boolean more = true;
        while (more) {
            more = judge(id, "");
        }
    }

    /** @return whether there was anything to judge that nobody else is at */
    private boolean judge(UUID id, String whenLocked) {
        List<Integer> tried = new ArrayList<>();
        try {
            return Boolean.TRUE.equals(transactions.execute(tx -> judge(locked(id, whenLocked), "", AT_ONCE, tried)));
        } catch (RuntimeException failure) {
            if (Outage.in(failure).isPresent()) {
                throw failure;
            }
            tried.forEach(no -> judgeAlone(id, no));
            return true;
        }
    }

    /** One of those that failed together: it goes unless it is itself what fails. */
    private void judgeAlone(UUID id, int no) {
        try {
            transactions.executeWithoutResult(tx -> judge(locked(id, ""), " and no = " + no, 1, new ArrayList<>()));
        } catch (RuntimeException failure) {
            if (Outage.in(failure).isPresent()) {
                throw failure;
            }
            Fault fault = Fault.of(failure);
            transactions.executeWithoutResult(tx -> locked(id, "")
                    .ifPresent(file -> some(file, " and no = " + no, 1)
                            .forEach(row -> answered(id, row.no(), givenUp(row, fault)))));
        }
    }

    private record Brought(UUID id, String agency, String key, String by, int round, boolean dropped) {}

    /** Until the transaction ends nobody else judges its rows. */
    private Optional<Brought> locked(UUID id, String whenLocked) {
        return db.sql(
                        "select agency, key, brought_by, round, taken_as is not null from result_file where id = :id for update"
                                + whenLocked)
                .param("id", id)
                .query((row, n) -> new Brought(
                        id, row.getString(1), row.getString(2), row.getString(3), row.getInt(4), row.getBoolean(5)))
                .optional();
    }

    /**
     * Of one transaction: the message, its effect, and what became of the rows.
     *
     * @param tried gets the numbers of the rows before anything is done with them
     */
    private boolean judge(Optional<Brought> brought, String which, int most, List<Integer> tried) {
        List<Row> rows = brought.map(file -> some(file, which, most)).orElse(List.of());
        if (rows.isEmpty()) {
            return false;
        }
        Brought file = brought.orElseThrow();
        rows.forEach(row -> tried.add(row.no()));
        ObjectNode said = JsonNodeFactory.instance.objectNode().put("ofFile", true);
        if (file.dropped()) {
            said.put("dropped", true);
        }
        rows.forEach(row -> said.withArray("results").add(row.said()));
        String key = file.key() + "-" + rows.get(0).no() + (file.round() == 1 ? "" : "-" + file.round());
        JsonNode answers = clerks.say(new Clerk(file.by(), file.agency()), "dispatch", key, said)
                .path("results");
        for (int i = 0; i < rows.size(); i++) {
            answered(file.id(), rows.get(i).no(), answers.path(i));
        }
        return true;
    }

    private List<Row> some(Brought file, String which, int most) {
        return db.sql("select no, said from result_row where file = :file and answer is null" + which
                        + " order by no limit :most")
                .param("file", file.id())
                .param("most", most)
                .query((row, n) -> new Row(row.getInt(1), parse(row.getString(2))))
                .list();
    }

    private void answered(UUID id, int no, JsonNode answer) {
        db.sql("update result_row set said = null, answer = :answer where file = :file and no = :no and answer is null")
                .param("answer", answer.toString())
                .param("file", id)
                .param("no", no)
                .update();
    }

    private static JsonNode givenUp(Row row, Fault fault) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("dossier", row.said().path("dossier").asText())
                .put("outcome", "REFUSED")
                .put("code", fault.code())
                .putArray("flaws")
                .addObject()
                .put("field", "")
                .put("vi", fault.reason().vi())
                .put("en", fault.reason().en());
        return answer;
    }

    Optional<Progress> progress(String agency, UUID id) {
        return look("f.agency = :agency and f.id = :id", 1, agency, id).stream().findFirst();
    }

    /** The agency's last ones, the newest first. */
    List<Progress> recent(String agency) {
        return look("f.agency = :agency", RECENT, agency, null);
    }

    private List<Progress> look(String which, int most, String agency, @Nullable UUID id) {
        return db.sql("select f.id, f.brought_by, f.brought_at, count(r.answer) as done, count(r.no) as whole"
                        + " from result_file f join result_row r on r.file = f.id where " + which
                        + " group by f.id order by f.brought_at desc limit :most")
                .param("agency", agency)
                .param("id", id)
                .param("most", most)
                .query((row, n) -> new Progress(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getInt(4),
                        row.getInt(5)))
                .list();
    }

    /** What became of the rows that were judged, in the order of the file. */
    List<Judged> judged(UUID id) {
        return db.sql("select no, answer, r.round < f.round from result_row r join result_file f on f.id = r.file"
                        + " where file = :file and answer is not null order by no")
                .param("file", id)
                .query((row, n) -> new Judged(row.getInt(1), parse(row.getString(2)), row.getBoolean(3)))
                .list();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
