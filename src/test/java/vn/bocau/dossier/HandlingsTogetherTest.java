package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static vn.bocau.dossier.Domain.holds;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.journal.Receipt;

/** What several phones report at once is recorded in one transaction, and is the same as if each had come alone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HandlingsTogetherTest {

    private final List<Thread> phones = new ArrayList<>();

    @AfterEach
    void everybodyIsAnswered() throws InterruptedException {
        for (Thread phone : phones) {
            phone.join(10_000);
        }
    }

    private static Domain asked() {
        var at = new Domain();
        at.accept(at.both());
        return at;
    }

    private CompletableFuture<JsonNode> reports(Domain at, String user, Domain.Scan... scans) {
        return answers(() -> at.batch(user, "POSTAL_WORKER", "520100", Instant.now(), scans));
    }

    private CompletableFuture<JsonNode> answers(Supplier<Receipt> asking) {
        var answer = new CompletableFuture<JsonNode>();
        Thread phone = new Thread(() -> {
            try {
                answer.complete(asking.get().answer().path("handlings").path(0));
            } catch (RuntimeException no) {
                answer.completeExceptionally(no);
            }
        });
        phones.add(phone);
        phone.start();
        return answer;
    }

    private static JsonNode of(CompletableFuture<JsonNode> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    /**
     * Nobody's message is written until all that these ask has come: whoever came before them is alone, and they are
     * together.
     */
    private void atOnce(Runnable asking) throws Exception {
        Domain before = asked();
        try (Connection elsewhere = Domain.bean(DataSource.class).getConnection();
                Statement statement = elsewhere.createStatement()) {
            elsewhere.setAutoCommit(false);
            statement.execute("lock table message in share mode");
            reports(before, before.code, before.scan("PICKUP_ACCEPTED", before.item("PICKUP")));
            await().until(() -> Domain.hub()
                            .db()
                            .sql("select count(*) from pg_locks where relation = 'message'::regclass and not granted")
                            .query(Integer.class)
                            .single()
                    > 0);
            asking.run();
            await().until(() -> phones.stream().skip(1).allMatch(p -> p.getState() == Thread.State.WAITING));
            elsewhere.rollback();
        }
    }

    /** The transactions that wrote what these phones said. */
    private static List<String> transactions(List<String> users) {
        return Domain.hub()
                .db()
                .sql("select distinct cast(xmin as text) from message where partner = 'scan' and direction = 'IN'"
                        + " and cast(body as jsonb) ->> 'device' = any(:devices)")
                .param("devices", users.stream().map(user -> "phone-" + user).toArray(String[]::new))
                .query(String.class)
                .list();
    }

    @Test
    void many_phones_at_once_are_one_transaction_and_each_portal_hears_because_of_its_own() throws Exception {
        List<Domain> dossiers = IntStream.range(0, 12).mapToObj(n -> asked()).toList();
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();

        atOnce(() -> dossiers.forEach(
                at -> answers.add(reports(at, at.code, at.scan("PICKUP_ACCEPTED", at.item("PICKUP"))))));

        for (CompletableFuture<JsonNode> answer : answers) {
            holds(of(answer), "RECORDED");
        }
        assertThat(transactions(dossiers.stream().map(at -> at.code).toList())).hasSize(1);
        for (Domain at : dossiers) {
            assertThat(at.toldCodes("dvcqg", "progress")).containsExactly("PICKUP_ACCEPTED");
            assertThat(Domain.hub()
                            .db()
                            .sql("select count(*) from message o join message i on i.seq = o.cause"
                                    + " where o.subject = :code and o.partner = 'dvcqg' and o.kind = 'progress'"
                                    + " and i.subject = :code and i.partner = 'scan'"
                                    + " and cast(i.body as jsonb) ->> 'device' = 'phone-' || :code")
                            .param("code", at.code)
                            .query(Integer.class)
                            .single())
                    .as("caused by its own phone")
                    .isEqualTo(1);
        }
    }

    @Test
    void what_two_say_of_one_dossier_and_what_one_says_twice_is_heard_one_after_the_other() throws Exception {
        Domain one = asked();
        Domain other = asked();
        Domain.Scan accepted = one.scan("PICKUP_ACCEPTED", one.item("PICKUP"));
        Domain.Scan twice = other.scan("PICKUP_ACCEPTED", other.item("PICKUP"));
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();

        atOnce(() -> {
            answers.add(reports(one, "a-" + one.code, accepted));
            answers.add(reports(one, "b-" + one.code, one.scan("PICKUP_ACCEPTED", one.item("PICKUP"))));
            answers.add(reports(other, other.code, twice));
            answers.add(reports(other, other.code, twice));
        });

        holds(of(answers.get(0)), "RECORDED");
        holds(of(answers.get(1)), "RECORDED");
        assertThat(List.of(of(answers.get(2)), of(answers.get(3))))
                .extracting(answer -> answer.path("outcome").asText())
                .containsExactlyInAnyOrder("RECORDED", "KNOWN");
        assertThat(other.toldCodes("dvcqg", "progress")).containsExactly("PICKUP_ACCEPTED");
    }

    @Test
    void one_that_somebody_else_has_locked_holds_up_none_of_the_others() throws Exception {
        Domain locked = asked();
        Domain free = asked();
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        try (Connection holder = Domain.bean(DataSource.class).getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select 1 from dossier where id = (select dossier from dossier_code where code = '"
                    + locked.code + "') for update");

            atOnce(() -> {
                answers.add(reports(locked, locked.code, locked.scan("PICKUP_ACCEPTED", locked.item("PICKUP"))));
                answers.add(reports(free, free.code, free.scan("PICKUP_ACCEPTED", free.item("PICKUP"))));
            });

            holds(of(answers.get(1)), "RECORDED");
            assertThat(answers.get(0)).isNotDone();
            holder.rollback();
        }
        holds(of(answers.get(0)), "RECORDED");
    }

    @Test
    void an_item_nobody_knows_and_what_was_said_before_are_answered_beside_the_rest() throws Exception {
        Domain known = asked();
        Domain fresh = asked();
        Domain.Scan said = known.scan("PICKUP_ACCEPTED", known.item("PICKUP"));
        holds(known.report(known.code, "POSTAL_WORKER", "520100", said), "RECORDED");
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();

        atOnce(() -> {
            answers.add(reports(known, known.code, said));
            answers.add(reports(known, "x-" + known.code, known.scan("COLLECTED", Domain.label())));
            answers.add(reports(fresh, fresh.code, fresh.scan("PICKUP_ACCEPTED", fresh.item("PICKUP"))));
        });

        holds(of(answers.get(0)), "KNOWN");
        holds(of(answers.get(1)), "CONFLICT");
        holds(of(answers.get(2)), "RECORDED");
    }

    @Test
    void one_that_cannot_be_kept_is_told_so_and_takes_none_of_the_others_with_it() throws Exception {
        Domain bad = asked();
        Domain good = asked();
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();

        atOnce(() -> {
            // The doors refuse a zero among the letters; the database does too.
            answers.add(reports(
                    bad,
                    bad.code,
                    bad.scan("PICKUP_ACCEPTED", bad.item("PICKUP")).with("note", "a\u0000b")));
            answers.add(reports(good, good.code, good.scan("PICKUP_ACCEPTED", good.item("PICKUP"))));
        });

        assertThatThrownBy(() -> of(answers.get(0))).hasMessageContaining("0x00");
        holds(of(answers.get(1)), "RECORDED");
        assertThat(bad.toldCodes("dvcqg", "progress")).isEmpty();
        assertThat(good.toldCodes("dvcqg", "progress")).containsExactly("PICKUP_ACCEPTED");
    }
}
