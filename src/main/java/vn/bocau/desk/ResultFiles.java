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

    /** @param repeat whether it had been brought before */
    record Kept(UUID id, boolean repeat) {}

    /** How far a file is, in rows. */
    record Progress(UUID id, String by, Instant at, int done, int all) {

        boolean finished() {
            return done == all;
        }
    }

    /** What became of one row. @param no its number in the file */
    record Judged(int no, JsonNode answer) {}

    private record Row(int no, JsonNode said) {}

    /** @param key names it within the agency: what is in it, or the form it was sent by */
    @Transactional
    Kept keep(Clerk clerk, String key, ResultFile file) {
        Optional<UUID> fresh = db.sql("insert into result_file (id, agency, key, brought_by)"
                        + " values (:id, :agency, :key, :by) on conflict (agency, key) do nothing returning id")
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("agency", clerk.agency())
                .param("key", key)
                .param("by", clerk.user())
                .query(UUID.class)
                .optional();
        for (int i = 0; fresh.isPresent() && i < file.results().size(); i++) {
            db.sql("insert into result_row (file, no, said) values (:file, :no, :said)")
                    .param("file", fresh.get())
                    .param("no", file.rows().get(i))
                    .param("said", file.results().get(i).toString())
                    .update();
        }
        return fresh.map(id -> new Kept(id, false))
                .orElseGet(() -> new Kept(
                        db.sql("select id from result_file where agency = :agency and key = :key")
                                .param("agency", clerk.agency())
                                .param("key", key)
                                .query(UUID.class)
                                .single(),
                        true));
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
        try {
            return Boolean.TRUE.equals(transactions.execute(tx -> judgeSome(id, whenLocked)));
        } catch (RuntimeException failure) {
            if (Outage.in(failure).isPresent()) {
                throw failure;
            }
            Fault fault = Fault.of(failure);
            transactions.executeWithoutResult(
                    tx -> some(id).forEach(row -> answered(id, row.no(), givenUp(row, fault))));
            return true;
        }
    }

    /** Of one transaction: the message, its effect, and what became of the rows. */
    private boolean judgeSome(UUID id, String whenLocked) {
        record File(String agency, String key, String by) {}
        Optional<File> file = db.sql(
                        "select agency, key, brought_by from result_file where id = :id for update" + whenLocked)
                .param("id", id)
                .query((row, n) -> new File(row.getString(1), row.getString(2), row.getString(3)))
                .optional();
        List<Row> rows = file.isPresent() ? some(id) : List.of();
        if (rows.isEmpty()) {
            return false;
        }
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        rows.forEach(row -> said.withArray("results").add(row.said()));
        Clerk clerk = new Clerk(file.get().by(), file.get().agency());
        JsonNode answers = clerks.say(
                        clerk, "dispatch", file.get().key() + "-" + rows.get(0).no(), said)
                .path("results");
        for (int i = 0; i < rows.size(); i++) {
            answered(id, rows.get(i).no(), answers.path(i));
        }
        return true;
    }

    private List<Row> some(UUID id) {
        return db.sql("select no, said from result_row where file = :file and answer is null order by no limit :most")
                .param("file", id)
                .param("most", AT_ONCE)
                .query((row, n) -> new Row(row.getInt(1), parse(row.getString(2))))
                .list();
    }

    private void answered(UUID id, int no, JsonNode answer) {
        db.sql("update result_row set said = null, answer = :answer where file = :file and no = :no")
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
        return new ArrayList<>(
                db.sql("select no, answer from result_row where file = :file and answer is not null order by no")
                        .param("file", id)
                        .query((row, n) -> new Judged(row.getInt(1), parse(row.getString(2))))
                        .list());
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
