package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static vn.bocau.dossier.Domain.bean;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;
import static vn.bocau.dossier.Domain.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.LoadReport;
import vn.bocau.fee.Imbalance;
import vn.bocau.fee.ImbalanceBook;
import vn.bocau.fee.ImbalanceKind;
import vn.bocau.fee.Imbalances;
import vn.bocau.fee.LedgerBook;
import vn.bocau.fee.Remittance;
import vn.bocau.fee.RemittanceBook;
import vn.bocau.fee.Remittances;
import vn.bocau.fee.Side;
import vn.bocau.journal.Inbound;

/** COD is taken for somebody who can be paid, and for whom it is asked: {@link LedgerTest} follows the money from there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CodTest {

    private static final int COD = 200_000;
    private static final String A = "{\"amount\": 200000, \"payee\": \"cong-chung-mau\"}";
    private static final String B = "{\"amount\": 200000, \"payee\": \"dich-thuat-mau\"}";

    private final Domain at = new Domain();

    /** By every door through which a result is sent anew. */
    @ParameterizedTest
    @ValueSource(strings = {"agency", "portal", "one-stop"})
    void what_is_sent_anew_for_a_payee_that_left_the_directory_is_refused(String door) {
        at.accept(asked());
        at.dispatched();
        supervisor("LOST");
        payeeLeaves();
        long legs = legs();

        String refused = switch (door) {
            case "agency" -> at.dispatched().path("code").asText();
            case "portal" -> code(() -> at.accept(withoutCod()));
            default -> code(() -> place(0));
        };

        assertThat(refused).isEqualTo("payee-gone");
        assertThat(legs()).isEqualTo(legs);
        assertThat(at.step("RESULT")).isEqualTo("LOST");
    }

    @Test
    void it_goes_when_the_agency_names_another() {
        at.accept(asked());
        at.dispatched();
        supervisor("LOST");
        payeeLeaves();

        holds(dispatched("{\"amount\": 90000, \"payee\": \"dich-thuat-mau\"}"), "DISPATCHED");

        assertThat(Books.of(at.code)).containsEntry("CLAIM:PAYEE:dich-thuat-mau COD", -90_000L);
    }

    @Test
    void it_goes_when_all_of_it_was_taken_already() {
        at.accept(asked());
        at.dispatched();
        holds(at.report(at.scan("RESULT_COLLECTED", at.item("RESULT"))), "RECORDED");
        holds(at.report(at.scan("FEE_COLLECTED", at.item("RESULT")).detail("codCollected", COD)), "RECORDED");
        supervisor("LOST");
        payeeLeaves();

        holds(at.dispatched(), "DISPATCHED");

        assertThat(Books.of(at.code))
                .containsEntry("POST:520100 COD", (long) COD)
                .doesNotContainKey("CITIZEN COD");
    }

    /** The agency, or its one-stop, gives the post what it cannot bring to whom the COD is. */
    @ParameterizedTest
    @ValueSource(strings = {"agency", "one-stop"})
    void neither_is_a_result_that_waited_for_its_decision_given_to_the_post(String door) {
        at.accept(asked());
        payeeLeaves();

        String refused = door.equals("agency") ? at.dispatched().path("code").asText() : code(() -> place(0));

        assertThat(refused).isEqualTo("payee-gone");
        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");
    }

    @Test
    void it_is_taken_off_when_the_result_is_given_to_the_post() {
        at.accept(asked());

        holds(dispatched("{\"amount\": 0}"), "DISPATCHED");

        assertThat(Books.of(at.code)).isEmpty();
    }

    @Test
    void it_is_taken_off_what_is_sent_anew() {
        at.accept(asked());
        at.dispatched();
        supervisor("LOST");
        ObjectNode without = withoutCod();
        without.withObject("/result/cod").put("amount", 0);

        at.accept(without);
        holds(at.dispatched(), "DISPATCHED");

        assertThat(Books.of(at.code)).isEmpty();
    }

    @Test
    void an_order_that_is_corrected_without_it_takes_it_off() {
        place(0, A);

        place(25_000, "");

        assertThat(Books.of(at.code)).containsEntry("CITIZEN FEE", 25_000L).doesNotContainKey("CITIZEN COD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"agency", "portal"})
    void nobody_takes_off_what_the_citizen_has_paid_of_it(String door) {
        at.accept(asked());
        at.dispatched();
        holds(at.report(at.scan("RESULT_COLLECTED", at.item("RESULT"))), "RECORDED");
        holds(at.report(at.scan("FEE_COLLECTED", at.item("RESULT")).detail("codCollected", 50_000)), "RECORDED");
        supervisor("LOST");
        ObjectNode without = withoutCod();
        without.withObject("/result/cod").put("amount", 0);

        String refused = door.equals("agency")
                ? dispatched("{\"amount\": 0}").path("code").asText()
                : code(() -> at.accept(without));

        assertThat(refused).isEqualTo("cod-taken");
        assertThat(legs()).isEqualTo(1);
        holds(at.dispatched(), "DISPATCHED");
        assertThat(Books.of(at.code)).containsEntry("CITIZEN COD", COD - 50_000L);
    }

    @Test
    void an_amount_is_somebodys() {
        at.accept(withoutCod());

        JsonNode refused = dispatched("{\"amount\": 5}");

        holds(refused, "REFUSED");
        assertThat(refused.at("/flaws/0/field").asText()).isEqualTo("cod/payee");
    }

    @Test
    void a_payee_may_leave_the_directory_when_what_is_missing_of_its_money_was_settled_by_two() {
        at.accept(asked());
        at.dispatched();
        deliver(COD - 10_000, null);
        rename("cong-chung-mau", "roi-di");
        Directory without = without("roi-di");
        assertThat(bean(NamedRows.class).missing(without)).anyMatch(CodTest::isOfHim);
        give("roi-di", COD - 10_000);
        assertThat(bean(NamedRows.class).missing(without)).anyMatch(CodTest::isOfHim);

        settle("UNDER_COLLECTED");

        assertThat(bean(NamedRows.class).missing(without)).noneMatch(CodTest::isOfHim);
    }

    private static boolean isOfHim(LoadReport.Refusal refusal) {
        return refusal.file().equals("payees.csv") && refusal.reason().en().startsWith("The row roi-di ");
    }

    @Test
    void a_carrier_is_told_nothing_when_its_cod_becomes_anothers_and_owes_it_to_that_one() {
        String there = "5270";
        place(0, A, there);
        long told = at.told("carrier-x", "order").size();

        place(0, B, there);

        assertThat(told).isEqualTo(1);
        assertThat(at.told("carrier-x", "order")).hasSize(1);
        assertThat(at.told("carrier-x", "order-change")).isEmpty();
        assertThat(at.told("carrier-x", "order-cancel")).isEmpty();
        at.heard("carrier-x", at.item("RESULT"), "RESULT_COLLECTED");
        at.heard("carrier-x", at.item("RESULT"), "DELIVERED");
        assertThat(Books.of(at.code))
                .containsEntry("CARRIER:carrier-x COD", (long) COD)
                .containsEntry("CLAIM:PAYEE:dich-thuat-mau COD", (long) -COD)
                .doesNotContainKey("CLAIM:PAYEE:cong-chung-mau COD");
    }

    @Test
    void what_a_phone_took_for_the_payee_of_before_is_his_and_somebody_looks_at_it() {
        place(0, A);
        place(0, B);

        JsonNode answer = deliver(COD, "cong-chung-mau");

        holds(answer, "CONFLICT");
        assertThat(answer.path("code").asText()).isEqualTo("for-another-payee");
        assertThat(Books.of(at.code))
                .containsEntry("POST:520100 COD", (long) COD)
                .containsEntry("CLAIM:PAYEE:cong-chung-mau COD", (long) -COD)
                .doesNotContainKeys("CLAIM:PAYEE:dich-thuat-mau COD", "CITIZEN COD", "REFUND COD");
        assertThat(receipts()).containsExactly("PAYEE:cong-chung-mau");
        assertThat(waiting("PAYEE:cong-chung-mau")).isEqualTo(COD);
    }

    @Test
    void what_it_took_for_the_payee_of_now_is_his() {
        place(0, A);
        place(0, B);

        holds(deliver(COD, "dich-thuat-mau"), "RECORDED");

        assertThat(receipts()).containsExactly("PAYEE:dich-thuat-mau");
        assertThat(waiting("PAYEE:dich-thuat-mau")).isEqualTo(COD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "khong-ai-hoi"})
    void for_whom_nobody_knows_is_a_difference_and_nobodys_money_until_it_is_settled(String said) {
        place(0, A);
        place(0, B);

        JsonNode answer = deliver(COD, said.isEmpty() ? null : said);

        assertThat(answer.path("code").asText()).isEqualTo("for-another-payee");
        assertThat(differences())
                .containsExactlyInAnyOrder(
                        "OVER_COLLECTED PAYEE:NOBODY 200000", "UNDER_COLLECTED PAYEE:dich-thuat-mau 200000");
        assertThat(waiting("PAYEE:NOBODY")).isZero();
        assertThat(bean(NamedRows.class).missing(without("cong-chung-mau")))
                .noneMatch(no -> no.reason().en().contains("NOBODY"));
    }

    @Test
    void two_owners_differences_of_one_item_are_closed_each_by_itself() {
        place(0, "{\"amount\": 100000, \"payee\": \"cong-chung-mau\"}");
        place(0, "{\"amount\": 100000, \"payee\": \"dich-thuat-mau\"}");
        holds(at.report(at.scan("RESULT_COLLECTED", at.item("RESULT"))), "RECORDED");
        at.report(at.scan("FEE_COLLECTED", at.item("RESULT"))
                .detail("codCollected", 150_000)
                .detail("codPayee", "cong-chung-mau"));
        at.report(at.scan("FEE_COLLECTED", at.item("RESULT"))
                .detail("codCollected", 30_000)
                .detail("codPayee", "dich-thuat-mau"));
        assertThat(differences())
                .containsExactlyInAnyOrder(
                        "OVER_COLLECTED PAYEE:cong-chung-mau 50000", "OVER_COLLECTED PAYEE:dich-thuat-mau 30000");

        settle("OVER_COLLECTED", "PAYEE:dich-thuat-mau", true);

        assertThat(differences()).containsExactly("OVER_COLLECTED PAYEE:cong-chung-mau 50000");
        assertThat(Books.of(at.code)).containsEntry("POST:520100 COD", 150_000L).containsEntry("REFUND COD", -50_000L);
        settle("OVER_COLLECTED", "PAYEE:cong-chung-mau", true);
        assertThat(differences()).isEmpty();
        assertThat(waiting("PAYEE:cong-chung-mau")).isEqualTo(100_000);
    }

    /** The first delivery was made before it was said to be lost, and is heard after the second. */
    @Test
    void a_first_delivery_that_is_heard_late_has_taken_the_cod_and_what_was_taken_again_is_the_citizens() {
        at.accept(asked());
        at.dispatched();
        String first = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", first)), "RECORDED");
        Domain.Scan late =
                at.delivered(first, at.signature()).detail("codCollected", COD).detail("codPayee", "cong-chung-mau");
        supervisor("LOST");
        at.dispatched();
        deliver(COD, "cong-chung-mau");
        assertThat(Books.of(at.code)).containsEntry("POST:520100 COD", (long) COD);

        at.report(late);

        assertThat(Books.of(at.code))
                .containsEntry("POST:520100 COD", 2L * COD)
                .containsEntry("REFUND COD", (long) -COD)
                .containsEntry("CLAIM:PAYEE:cong-chung-mau COD", (long) -COD)
                .doesNotContainKey("CITIZEN COD");
        assertThat(differences()).containsExactly("OVER_COLLECTED PAYEE:cong-chung-mau 200000");
        Books.balance(at.code, "heard late");
        settle("OVER_COLLECTED", "PAYEE:cong-chung-mau", true);
        assertThat(waiting("PAYEE:cong-chung-mau")).as("he is paid once").isEqualTo(COD);
        assertThat(differences()).isEmpty();
    }

    /**
     * Anything that one-stop, agency, workers, supervisors, payees and citizen may do about COD that is now one third's and
     * now another's, on as many legs as it takes, in any order.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothing_is_lost_or_doubled_over_several_legs_and_two_payees(long seed) {
        var random = new Random(seed);
        List<String> payees = List.of("cong-chung-mau", "dich-thuat-mau");
        place(25_000, A);
        List<Domain.Scan> undoable = new ArrayList<>();
        List<String> story = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String what = List.of(
                            "correct",
                            "correct",
                            "deliver",
                            "deliver",
                            "part",
                            "LOST",
                            "dispatch",
                            "undo",
                            "remit",
                            "confirm",
                            "close",
                            "refund")
                    .get(random.nextInt(12));
            String payee = payees.get(random.nextInt(2));
            story.add(what + " " + payee);
            try {
                switch (what) {
                    case "correct" ->
                        place(
                                0,
                                "{\"amount\": %d, \"payee\": \"%s\"}"
                                        .formatted(COD - 50_000L * random.nextInt(3), payee));
                    case "deliver", "part" -> {
                        List<String> items = items();
                        String item = items.get(random.nextInt(items.size()));
                        at.report(at.scan("RESULT_COLLECTED", item));
                        Domain.Scan scan = (what.equals("part")
                                        ? at.scan("FEE_COLLECTED", item)
                                        : at.delivered(item, at.signature()))
                                .detail("codCollected", COD - 70_000L * random.nextInt(3));
                        scan = random.nextInt(3) == 0 ? scan : scan.detail("codPayee", payee);
                        at.report(scan);
                        undoable.add(scan);
                    }
                    case "LOST" -> {
                        Domain.Scan lost = at.scan("LOST", at.item("RESULT"));
                        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", lost);
                        undoable.add(lost);
                    }
                    case "dispatch" ->
                        dispatched(
                                random.nextInt(4) == 0
                                        ? "{\"amount\": 0}"
                                        : "{\"amount\": %d, \"payee\": \"%s\"}".formatted(COD, payee));
                    case "undo" -> {
                        if (!undoable.isEmpty()) {
                            Domain.undo(undoable.remove(random.nextInt(undoable.size())));
                        }
                    }
                    case "remit" -> {
                        long sum = bean(RemittanceBook.class).draft("520100", "PAYEE:" + payee, null).stream()
                                .mapToLong(Remittance.Line::amount)
                                .sum();
                        made(payee, sum);
                    }
                    case "confirm" -> confirmed(random);
                    default -> {
                        List<Imbalance> all = imbalances().toList();
                        if (!all.isEmpty()) {
                            settle(all.get(random.nextInt(all.size())), what.equals("refund"));
                        }
                    }
                }
            } catch (Refused notNow) {
                story.add("refused " + notNow.code());
            }
            String told = story + " " + Books.of(at.code);
            Books.balance(at.code, told);
            assertThat(sum("select count(*) from (select from ledger_posting where dossier = :dossier"
                            + " group by owner, money having sum(amount) <> 0) odd"))
                    .as("each owner's by itself: " + told)
                    .isZero();
            assertThat(sum("select count(*) from ledger_entry where dossier = :dossier and owner = 'PAYEE:NOBODY'"
                            + " and act in ('DUE', 'PAID_OVER', 'RECEIVED')"))
                    .as("nobody is owed, or given, anything: " + told)
                    .isZero();
            assertThat(sum("select count(*) from (select from ledger_posting where dossier = :dossier"
                            + " and account like 'PAYEE:%' group by account having sum(amount) < 0) odd"))
                    .as("nobody gives back what he has not got: " + told)
                    .isZero();
            assertThat(sum("select coalesce(sum(l.received), 0) from remittance_line l where l.dossier = :dossier"))
                    .as("what was counted: " + told)
                    .isEqualTo(sum("select coalesce(sum(amount), 0) from ledger_entry where dossier = :dossier"
                            + " and act = 'RECEIVED' and cause like 'NT-%'"));
        }
    }

    private static void confirmed(Random random) {
        for (RemittanceBook.Slip slip : bean(RemittanceBook.class).newest(Side.all(), true, 0, 1)) {
            StringBuilder lines = new StringBuilder();
            for (int no = 1; no <= slip.items(); no++) {
                lines.append(no == 1 ? "" : ", ")
                        .append("{\"no\": %d, \"received\": %d}".formatted(no, COD - 50_000 * random.nextInt(2)));
            }
            bean(Remittances.class)
                    .acknowledge(by(
                            "kiem-soat",
                            "acknowledge",
                            "{\"remittance\": \"%s\", \"reference\": \"UNC-1\", \"lines\": [%s]}",
                            slip.number(),
                            lines));
        }
    }

    private List<String> items() {
        return Domain.hub()
                .db()
                .sql("select item from leg where dossier = :dossier and item is not null order by no")
                .param("dossier", at.dossier())
                .query(String.class)
                .list();
    }

    private long sum(String select) {
        return Domain.hub()
                .db()
                .sql(select)
                .param("dossier", at.dossier())
                .query(Long.class)
                .single();
    }

    private JsonNode deliver(long cod, @Nullable String payee) {
        at.report(at.scan("RESULT_COLLECTED", at.item("RESULT")));
        Domain.Scan delivered = at.delivered(at.item("RESULT"), at.signature()).detail("codCollected", cod);
        JsonNode answer = at.report(payee == null ? delivered : delivered.detail("codPayee", payee));
        at.sign(delivered);
        return answer;
    }

    /** As if the directory had called him so. */
    private void rename(String payee, String other) {
        for (String sql : List.of(
                "update leg set payee_asked = :other, payee_due = :other where payee_asked = :payee and dossier = :dossier",
                "update ledger_entry set owner = 'PAYEE:' || :other, debit = replace(debit, :payee, :other),"
                        + " credit = replace(credit, :payee, :other) where owner = 'PAYEE:' || :payee and dossier = :dossier",
                "update ledger_balance set owner = 'PAYEE:' || :other, account = replace(account, :payee, :other)"
                        + " where owner = 'PAYEE:' || :payee and dossier = :dossier")) {
            Domain.hub()
                    .db()
                    .sql(sql)
                    .param("payee", payee)
                    .param("other", other)
                    .param("dossier", at.dossier())
                    .update();
        }
    }

    private static Directory without(String payee) {
        Directory now = bean(Directories.class).current();
        return (Directory) Proxy.newProxyInstance(
                Directory.class.getClassLoader(),
                new Class<?>[] {Directory.class},
                (proxy, method, args) -> method.getName().equals("payee") && payee.equals(args[0])
                        ? Optional.empty()
                        : method.invoke(now, args));
    }

    private static String made(String payee, long shown) {
        return bean(Remittances.class)
                .make(by(
                        "to-truong",
                        "remit",
                        "{\"owner\": \"PAYEE:%s\", \"shown\": %d, \"list\": \"%s\"}",
                        payee,
                        shown,
                        Remittance.list(bean(RemittanceBook.class).draft("520100", "PAYEE:" + payee, null))))
                .answer()
                .path("remittance")
                .asText();
    }

    private static void give(String payee, long amount) {
        String slip = made(payee, amount);
        bean(Remittances.class)
                .acknowledge(by(
                        "kiem-soat",
                        "acknowledge",
                        "{\"remittance\": \"%s\", \"reference\": \"UNC-1\", \"lines\": [{\"no\": 1, \"received\": %d}]}",
                        slip,
                        amount));
    }

    private void settle(String what) {
        settle(what, null, false);
    }

    private void settle(String what, @Nullable String owner, boolean refunded) {
        Imbalance one = imbalances()
                .filter(i -> i.what().name().equals(what)
                        && (owner == null || i.owner().equals(owner)))
                .findFirst()
                .orElseThrow();
        settle(one, refunded);
    }

    private static void settle(Imbalance one, boolean refunded) {
        String said = "{\"imbalance\": \"%s\", \"dossier\": \"%s\", \"shown\": %d, \"said\": \"Đã xem.\"%s}";
        bean(Imbalances.class).explain(by("to-truong", "explain", said, one.id(), one.dossier(), one.amount(), ""));
        String entered = refunded ? ", \"entered\": \"REFUNDED\"" : "";
        bean(Imbalances.class).settle(by("kiem-soat", "settle", said, one.id(), one.dossier(), one.amount(), entered));
    }

    private static Inbound by(String user, String kind, String said, Object... values) {
        ObjectNode payload = (ObjectNode) json(said, values);
        payload.putObject("by").put("user", user).put("office", "520100");
        return Domain.in("cashier", "cashier." + kind, payload);
    }

    /** Of this dossier; workers here open no shift. */
    private Stream<Imbalance> imbalances() {
        return bean(ImbalanceBook.class).of(Side.all(), false, 0, 1000).stream()
                .filter(one -> one.dossier().equals(at.dossier()) && one.what() != ImbalanceKind.NOT_TURNED_IN);
    }

    private List<String> differences() {
        return imbalances()
                .map(one -> one.what() + " " + one.owner() + " " + one.amount())
                .toList();
    }

    private List<String> receipts() {
        return bean(LedgerBook.class).receipts(Side.all(), at.dossier()).stream()
                .map(LedgerBook.Receipt::payee)
                .toList();
    }

    private long waiting(String owner) {
        return bean(RemittanceBook.class).draft("520100", owner, null).stream()
                .filter(line -> line.code().equals(at.code))
                .mapToLong(Remittance.Line::amount)
                .sum();
    }

    /** The slip by which the office at which they began notes what an outside carrier pays. */
    @Test
    void what_a_carrier_took_goes_on_a_slip_for_each_payee() {
        List<String> items = new ArrayList<>();
        Domain other = new Domain();
        for (Domain one : List.of(at, other)) {
            ObjectNode asked = one.dossier("1.012786", false);
            asked.putObject("result").put("collectFee", 25_000).set("receiver", party("19681"));
            asked.withObject("/result/cod")
                    .put("amount", one == at ? COD : 90_000)
                    .put("payee", one == at ? "cong-chung-mau" : "dich-thuat-mau");
            one.accept(asked);
            one.dispatched();
            one.heard("carrier-x", one.item("RESULT"), "RESULT_COLLECTED");
            one.heard("carrier-x", one.item("RESULT"), "DELIVERED");
            items.add(one.item("RESULT"));
        }
        RemittanceBook book = bean(RemittanceBook.class);

        assertThat(book.waitingAtOffice("520100"))
                .filteredOn(one -> "carrier-x".equals(one.carrier()))
                .extracting(RemittanceBook.Waiting::owner)
                .contains("PAYEE:cong-chung-mau", "PAYEE:dich-thuat-mau")
                .doesNotContain(Domain.CENTRE);
        assertThat(book.draft("520100", "PAYEE:cong-chung-mau", "carrier-x"))
                .filteredOn(line -> items.contains(line.item()))
                .extracting(Remittance.Line::code, Remittance.Line::amount)
                .containsExactly(tuple(at.code, (long) COD));
        assertThat(book.draft("520100", "PAYEE:dich-thuat-mau", "carrier-x"))
                .filteredOn(line -> items.contains(line.item()))
                .extracting(Remittance.Line::code, Remittance.Line::amount)
                .containsExactly(tuple(other.code, 90_000L));
        assertThat(book.atCarrier("carrier-x", Domain.CENTRE))
                .as("the fee it pays the agency itself")
                .filteredOn(line -> items.contains(line.item()))
                .extracting(Remittance.Line::amount)
                .containsExactlyInAnyOrder(25_000L, 25_000L);
    }

    private void payeeLeaves() {
        Domain.hub()
                .db()
                .sql("update leg set payee_asked = 'da-roi-di', payee_due = 'da-roi-di' from dossier_code c"
                        + " where c.dossier = leg.dossier and c.code = :code")
                .param("code", at.code)
                .update();
    }

    private long legs() {
        return Domain.hub()
                .db()
                .sql("select count(*) from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code")
                .param("code", at.code)
                .query(Long.class)
                .single();
    }

    private ObjectNode asked() {
        ObjectNode asked = withoutCod();
        asked.withObject("/result/cod").put("amount", COD).put("payee", "cong-chung-mau");
        return asked;
    }

    private ObjectNode withoutCod() {
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result").set("receiver", party("19333"));
        return asked;
    }

    private JsonNode dispatched(String cod) {
        return at.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"cod\": %s}]}", at.code, cod))
                .answer()
                .path("results")
                .path(0);
    }

    private void place(int amount) {
        place(amount, "");
    }

    /** @param cod as the dialect translates it; empty for none */
    private void place(int fee, String cod) {
        place(fee, cod, "5220");
    }

    private void place(int fee, String cod, String district) {
        bean(Ordering.class)
                .place(Domain.in(
                        "qti-tthcc",
                        "ngsp.order",
                        json("""
                {"orderNumber": "%s", "procedure": {"name": "Cấp lại giấy phép A"}, "papers": [{"name": "Giấy phép"}],
                 "legs": [{"direction": "RESULT", "collectFee": %d%s,
                  "sender": {"name": "Trung tâm Phục vụ HCC", "phone": "02330000100",
                   "address": {"street": "Đông Hà", "vnpostProvince": 52, "vnpostDistrict": 5210}},
                  "receiver": {"name": "Lê Thị Mẫu", "phone": "0900000001",
                   "address": {"street": "Thôn 2", "vnpostProvince": 52, "vnpostDistrict": %s}}}]}
                """, at.code, fee, cod.isEmpty() ? "" : ", \"cod\": " + cod, district)));
    }

    private void supervisor(String code) {
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan(code, at.item("RESULT")));
    }

    private static String code(Runnable act) {
        String[] code = {""};
        assertThatThrownBy(act::run).isInstanceOfSatisfying(Refused.class, r -> code[0] = r.code());
        return code[0];
    }
}
