package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.Domain.bean;
import static vn.bocau.dossier.Domain.json;
import static vn.bocau.dossier.Domain.party;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;
import vn.bocau.fee.Bookings;
import vn.bocau.fee.Imbalance;
import vn.bocau.fee.ImbalanceBook;
import vn.bocau.fee.Imbalances;
import vn.bocau.fee.LedgerBook;
import vn.bocau.fee.Remittance;
import vn.bocau.fee.RemittanceBook;
import vn.bocau.fee.Remittances;
import vn.bocau.fee.Side;
import vn.bocau.journal.Inbound;

/**
 * Every act that the ledger knows, in any order, told late or voided: of papers with a fee, a result with fee, postage and
 * COD, what comes back and what goes to another agency; by our own workers and by outside carriers; paid online, not paid
 * after all, in a statement, and taken out of it again. {@link LedgerTest} tells what each of them means.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LedgerActsTest {

    private static final int FEE = 25_000;
    private static final int POSTAGE = 12_000;
    private static final int COD = 200_000;
    private static final String PAYEE = "PAYEE:cong-chung-mau";
    private static final String OFFICE = "520100";

    /** Where a dossier may be: its one-stop's id, and the system that speaks for it. */
    private static final Map<String, String> AGENCIES =
            new TreeMap<>(Map.of(Domain.CENTRE, "trung-tam-hcc", "000.01.12.H50", "ubnd-dong-ha"));

    /** Who carries to and from a commune. */
    private static final List<String> COMMUNES = List.of("19333", "19681", "18991", "18985");

    private static final List<String> ACTS = List.of(
            "scan",
            "scan",
            "scan",
            "scan",
            "scan",
            "scan",
            "late",
            "undo",
            "undo",
            "dispatch",
            "dispatch",
            "transfer",
            "ask",
            "pay",
            "unpay",
            "book",
            "remit",
            "withdraw",
            "count",
            "count",
            "carrier pays",
            "month",
            "close",
            "close",
            "close");

    /** How every fourth story begins, all of which goes by our own workers: what else hardly ever comes together. */
    private static final List<String> OPENING = List.of(
            "dispatch",
            "deliver",
            "remit",
            "remit",
            "count",
            "count",
            "RECEIVED",
            "RECEIVED",
            "void",
            "RETURNED",
            "RETURNED");

    private static final Map<String, List<String>> CODES = Map.of(
            "PICKUP",
                    List.of("COLLECTED", "COLLECTED", "FEE_COLLECTED", "HANDED_TO_AGENCY", "HANDED_TO_AGENCY", "LOST"),
            "RESULT",
                    List.of(
                            "RESULT_COLLECTED",
                            "DELIVERED",
                            "DELIVERED",
                            "FEE_COLLECTED",
                            "RETURN_APPROVED",
                            "LOST",
                            "CANCELLED"),
            "TRANSFER", List.of("RESULT_COLLECTED", "HANDED_TO_AGENCY", "RETURN_APPROVED"),
            "RETURN", List.of("RETURNING", "RETURNED_TO_AGENCY"));

    private static final List<String> ENTERED =
            List.of("", "REFUNDED", "REFUNDED", "RETURNED", "RETURNED", "RECEIVED", "UNBOOKED");

    /** What has to have happened in some story, as the tables show it, so that the stories are not about less than they say. */
    private static final Map<String, String> HAPPENED = Map.ofEntries(
            Map.entry("a payment taken back", "select from ledger_entry where act = 'PAID_ONLINE' and amount < 0"),
            Map.entry(
                    "and another instead",
                    "select from ledger_entry where act = 'PAID_ONLINE' and amount > 0 group by dossier having count(*) > 1"),
            Map.entry(
                    "a payment told after it was collected",
                    "select from ledger_entry p join ledger_entry t on t.dossier = p.dossier and t.seq < p.seq"
                            + " where p.act = 'PAID_ONLINE' and t.act = 'COLLECTED' and t.money = 'FEE'"),
            Map.entry(
                    "a fetching voided",
                    "select from ledger_entry e join leg l on l.id = e.leg"
                            + " where e.act = 'COLLECTED' and e.amount < 0 and l.kind = 'PICKUP'"),
            Map.entry(
                    "a delivery voided",
                    "select from ledger_entry where act = 'COLLECTED' and money = 'COD' and amount < 0"),
            Map.entry("a handing over voided", "select from ledger_entry where act = 'HANDED_OVER' and amount < 0"),
            Map.entry("a row taken out of a statement", "select from ledger_entry where act = 'BOOKED' and amount < 0"),
            Map.entry("a fee by Viettel Post", "select from ledger_entry where debit = 'CARRIER:viettel-post'"),
            Map.entry("a fee by MyVNPOST", "select from ledger_entry where debit = 'CARRIER:myvnpost'"),
            Map.entry("COD by a carrier", "select from ledger_entry where debit like 'CARRIER:%' and money = 'COD'"),
            Map.entry("a carrier that says otherwise", "select from carrier_word where told <> said"),
            Map.entry(
                    "a carrier's fetching or delivery voided",
                    "select from ledger_entry where debit like 'CARRIER:%' and act = 'COLLECTED' and amount < 0"),
            Map.entry(
                    "a carrier that paid an agency",
                    "select from ledger_entry where act = 'PAID_OVER' and credit like 'CARRIER:%' and money = 'FEE'"),
            Map.entry(
                    "a slip withdrawn",
                    "select from ledger_entry where act = 'PAID_OVER' and amount < 0 and cause like 'NT-%'"),
            Map.entry(
                    "a rest received later",
                    "select from ledger_entry where act = 'RECEIVED' and cause not like 'NT-%' and amount > 0"),
            Map.entry(
                    "what was given for nothing, returned",
                    "select from ledger_entry where act = 'PAID_OVER' and cause not like 'NT-%'"),
            Map.entry("a refund", "select from ledger_entry where act = 'REFUNDED'"),
            Map.entry(
                    "a transfer carried",
                    "select from leg l join handling h on h.leg = l.id"
                            + " where l.kind = 'TRANSFER' and h.code = 'HANDED_TO_AGENCY'"),
            Map.entry(
                    "a fee of two agencies",
                    "select from ledger_entry where money = 'FEE' group by dossier having count(distinct owner) > 1"),
            Map.entry(
                    "an item come back",
                    "select from leg l join handling h on h.leg = l.id"
                            + " where l.kind = 'RETURN' and h.code = 'RETURNED_TO_AGENCY'"));

    private Domain at = new Domain();
    private Random random = new Random(0);
    private String from = "";
    private String to = "";
    private boolean feeWithPapers;
    private int references;
    private final List<Domain.Scan> keptBack = new ArrayList<>();

    private record Item(UUID id, String kind, String item, String carrier) {}

    @BeforeAll
    static void nothingYet() {
        Domain.hub()
                .db()
                .sql(
                        "truncate ledger_entry, booking, remittance, remittance_line, imbalance, imbalance_act, carrier_word,"
                                + " ledger_balance")
                .update();
    }

    @AfterAll
    static void everyActHasHappened() {
        assertThat(HAPPENED)
                .allSatisfy((what, select) -> assertThat(Domain.hub()
                                .db()
                                .sql("select count(*) from (" + select + ") happened")
                                .query(Long.class)
                                .single())
                        .as(what)
                        .isPositive());
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
                29, 30, 31, 32
            })
    void nothing_is_lost_doubled_or_anothers_whatever_is_done(long seed) {
        tell(seed);
    }

    private void tell(long seed) {
        at = new Domain();
        random = new Random(seed);
        from = COMMUNES.get((int) (seed % 2));
        to = COMMUNES.get((int) (seed % COMMUNES.size()));
        feeWithPapers = seed % 3 == 0;
        keptBack.clear();
        List<String> story = new ArrayList<>(List.of("story " + seed));
        at.accept(asked());
        for (int i = 0; i < 40; i++) {
            String act = i < OPENING.size() && seed % COMMUNES.size() == 0
                    ? OPENING.get(i)
                    : ACTS.get(random.nextInt(ACTS.size()));
            try {
                story.add(act + " " + act(act));
            } catch (Refused notNow) {
                story.add(act + " refused " + notNow.code());
            }
            holds(story + " " + Books.of(at.code));
        }
        closeAll(story.toString());
        holds(story + " " + Books.of(at.code));
    }

    private String act(String act) {
        return switch (act) {
            case "scan" -> scan();
            case "late" -> keptBack.isEmpty() ? "" : reported(keptBack.remove(random.nextInt(keptBack.size())));
            case "undo" -> undone("%");
            case "void" -> undone("DELIVERED");
            case "deliver" -> {
                Item result = items().stream()
                        .filter(item -> item.kind.equals("RESULT"))
                        .findFirst()
                        .orElseThrow();
                yield reported(at.scan("RESULT_COLLECTED", result.item)) + ", "
                        + reported(at.delivered(result.item, at.signature())
                                .detail("feeCollected", FEE)
                                .detail("postageCollected", POSTAGE)
                                .detail("codCollected", COD));
            }
            case "RECEIVED" -> closed("RECEIVED_OTHERWISE", act);
            case "RETURNED" -> closed("REMITTED_MORE", act);
            case "dispatch" ->
                at.decide(partner(), "dispatch", json("{\"results\": [{\"dossier\": \"%s\"}]}", at.code))
                        .answer()
                        .at("/results/0/outcome")
                        .asText();
            case "transfer" -> {
                String next = AGENCIES.keySet().stream()
                        .filter(other -> !other.equals(agency()))
                        .findFirst()
                        .orElseThrow();
                at.decide(partner(), "transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"%s\"}", at.code, next));
                yield next;
            }
            case "ask" -> at.accept(asked()).answer().path("outcome").asText();
            case "pay" -> {
                long amount = FEE + 5_000L * (random.nextInt(3) - 1);
                at.pay(
                        random.nextInt(3) == 0
                                ? json("{\"dossier\": \"%s\", \"paid\": true}", at.code)
                                : json(
                                        "{\"dossier\": \"%s\", \"paid\": true, \"payment\": {\"amount\": %d, \"reference\": \"GD-%d\"}}",
                                        at.code, amount, ++references));
                yield Long.toString(amount);
            }
            case "unpay" ->
                at.pay(json("{\"dossier\": \"%s\", \"paid\": false}", at.code))
                        .path("outcome")
                        .asText();
            case "book" ->
                bean(Bookings.class)
                        .book(clerk(
                                "can-bo",
                                agency(),
                                "{\"lines\": [{\"row\": 2, \"dossier\": \"%s\", \"reference\": \"KB-%d\", \"amount\": %d, \"day\": \"2026-01-05\"}]}",
                                at.code,
                                ++references,
                                FEE - 5_000L * random.nextInt(2)))
                        .answer()
                        .at("/lines/0/outcome")
                        .asText();
            case "remit" -> remitted();
            case "withdraw" -> {
                String slip = open();
                bean(Remittances.class).withdraw(post("to-truong", "{\"remittance\": \"%s\"}", slip));
                yield slip;
            }
            case "count" -> counted();
            case "carrier pays" -> carrierPays();
            case "month" -> {
                Domain.hub()
                        .db()
                        .sql("with entry as (update ledger_entry set at = at - interval '30 days'),"
                                + " slip as (update remittance set made_at = made_at - interval '30 days')"
                                + " update ledger_balance set at = at - interval '30 days'")
                        .update();
                yield "";
            }
            default -> {
                List<Imbalance> all = differences();
                yield all.isEmpty()
                        ? ""
                        : closed(all.get(random.nextInt(all.size())), ENTERED.get(random.nextInt(ENTERED.size())));
            }
        };
    }

    private String scan() {
        List<Item> items = items();
        if (items.isEmpty()) {
            return "";
        }
        Item one = items.get(random.nextInt(items.size()));
        List<String> codes = CODES.getOrDefault(one.kind, List.of("FACILITY_IN"));
        String code = codes.get(random.nextInt(codes.size()));
        return one.kind + " "
                + (one.carrier.equals("OWN") || random.nextInt(8) == 0 ? own(one, code) : heard(one, code));
    }

    private String own(Item one, String code) {
        long less = 1_000L * random.nextInt(2);
        Domain.Scan scan = switch (code) {
            case "DELIVERED" ->
                at.delivered(one.item, at.signature())
                        .detail("feeCollected", FEE - less)
                        .detail("postageCollected", POSTAGE)
                        .detail("codCollected", COD + less);
            case "COLLECTED", "FEE_COLLECTED" ->
                at.scan(code, one.item).detail("feeCollected", random.nextInt(4) * 5_000 + 10_000);
            case "HANDED_TO_AGENCY" ->
                one.kind.equals("PICKUP")
                        ? at.scan(code, one.item).detail("feeRemitted", FEE - 5_000L * random.nextInt(3))
                        : at.scan(code, one.item);
            case "RETURN_APPROVED" -> at.scan(code, one.item).with("reason", "REFUSED");
            default -> at.scan(code, one.item);
        };
        if (random.nextInt(5) == 0) {
            keptBack.add(scan);
            return code + " kept back";
        }
        return reported(scan);
    }

    private String reported(Domain.Scan scan) {
        boolean supervisors = List.of("LOST", "CANCELLED", "RETURN_APPROVED").contains(scan.code());
        var answer = supervisors ? at.report("to-truong", "POSTAL_SUPERVISOR", OFFICE, scan) : at.report(scan);
        return scan.code() + " " + answer.path("outcome").asText() + " "
                + answer.path("code").asText();
    }

    private String heard(Item one, String code) {
        ObjectNode event = (ObjectNode) json(
                "{\"item\": \"%s\", \"orderNumber\": \"%s\", \"code\": \"%s\", \"rawCode\": \"1\", \"occurredAt\": \"%s\"}",
                one.item,
                one.item,
                code,
                OffsetDateTime.now(ZoneOffset.ofHours(7)).minusSeconds(random.nextInt(2)));
        if (random.nextBoolean()) {
            event.put("collected", FEE);
        }
        return one.carrier + " "
                + bean(Handlings.class)
                        .heard(Domain.in(one.carrier, "carrier.event", event))
                        .answer();
    }

    /** Whoever reported it. */
    private String undone(String code) {
        List<String> standing = Domain.hub()
                .db()
                .sql("select h.id || ' ' || h.code from handling h join leg l on l.id = h.leg"
                        + " join dossier_code c on c.dossier = l.dossier"
                        + " where c.code = :code and h.code <> 'VOIDED' and h.code like :handling"
                        + " and not exists (select from handling v where v.voids = h.id) order by h.seq")
                .param("code", at.code)
                .param("handling", code)
                .query(String.class)
                .list();
        if (standing.isEmpty()) {
            return "";
        }
        String one = standing.get(random.nextInt(standing.size()));
        bean(Corrections.class)
                .undo(new Corrections.Undoing(
                        UUID.fromString(one.substring(0, 36)),
                        UuidCreator.getTimeOrderedEpoch().toString(),
                        OFFICE,
                        "to-pho",
                        "nhầm"));
        return one.substring(37);
    }

    private String remitted() {
        List<RemittanceBook.Waiting> waiting = bean(RemittanceBook.class).waitingAtOffice(OFFICE);
        if (waiting.isEmpty()) {
            return "";
        }
        RemittanceBook.Waiting one = waiting.get(random.nextInt(waiting.size()));
        return bean(Remittances.class)
                .make(post(
                        "to-truong",
                        "{\"owner\": \"%s\", \"shown\": %d, \"list\": \"%s\"%s}",
                        one.owner(),
                        one.amount(),
                        Remittance.list(bean(RemittanceBook.class).draft(OFFICE, one.owner(), one.carrier())),
                        one.carrier() == null ? "" : ", \"carrier\": \"" + one.carrier() + "\""))
                .answer()
                .path("remittance")
                .asText();
    }

    private String counted() {
        String number = open();
        Remittance slip = bean(RemittanceBook.class).one(Side.all(), number).orElse(null);
        if (slip == null) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        for (Remittance.Line line : slip.lines()) {
            long received = Math.max(0, line.amount() + 1_000L * (random.nextInt(3) - 1));
            lines.add("{\"no\": %d, \"received\": %d}".formatted(line.no(), received));
        }
        String said = "{\"remittance\": \"%s\", \"reference\": \"UNC-1\", \"lines\": [%s]}"
                .formatted(number, String.join(", ", lines));
        bean(Remittances.class)
                .acknowledge(slip.payees() ? post("kiem-soat", said) : clerk("can-bo", slip.owner(), said));
        return number;
    }

    private String carrierPays() {
        RemittanceBook book = bean(RemittanceBook.class);
        for (String agency : AGENCIES.keySet()) {
            for (String carrier : book.carriersWith(agency)) {
                List<Remittance.Line> owed = book.atCarrier(carrier, agency);
                List<String> lines = owed.stream()
                        .map(line -> "{\"no\": %d, \"received\": %d}"
                                .formatted(line.no(), line.amount() - 5_000L * random.nextInt(2)))
                        .toList();
                return bean(Remittances.class)
                        .settleWithCarrier(clerk(
                                "can-bo",
                                agency,
                                "{\"carrier\": \"%s\", \"shown\": %d, \"list\": \"%s\", \"lines\": [%s]}",
                                carrier,
                                owed.stream().mapToLong(Remittance.Line::amount).sum(),
                                Remittance.list(owed),
                                String.join(", ", lines)))
                        .answer()
                        .path("remittance")
                        .asText();
            }
        }
        return "";
    }

    private String closed(String what, String entered) {
        return differences().stream()
                .filter(one -> one.what().name().equals(what))
                .findFirst()
                .map(one -> closed(one, entered))
                .orElse("");
    }

    /** By two, one of each side where it has two. */
    private String closed(Imbalance one, String entered) {
        boolean agencys = one.money().equals("FEE");
        String more = entered.isEmpty() ? "" : ", \"entered\": \"" + entered + "\"" + reference(entered, one.owner());
        String said = "{\"imbalance\": \"%s\", \"dossier\": \"%s\", \"shown\": %d, \"said\": \"Đã xem.\"%s}";
        bean(Imbalances.class)
                .explain(
                        one.leg() == null
                                ? clerk("can-bo-2", one.owner(), said, one.id(), one.dossier(), one.amount(), "")
                                : post("to-truong", said, one.id(), one.dossier(), one.amount(), ""));
        bean(Imbalances.class)
                .settle(
                        agencys
                                ? clerk("can-bo", one.owner(), said, one.id(), one.dossier(), one.amount(), more)
                                : post("kiem-soat", said, one.id(), one.dossier(), one.amount(), more));
        return one.what() + " " + one.amount() + " " + entered;
    }

    private String reference(String entered, String agency) {
        return entered.equals("UNBOOKED")
                ? bean(Bookings.class).standing(agency, at.dossier()).stream()
                        .findFirst()
                        .map(row -> ", \"reference\": \"" + row.reference() + "\"")
                        .orElse("")
                : "";
    }

    /** Whatever differs can be closed by two, each by itself, and then nothing is open. */
    private void closeAll(String story) {
        Set<String> closed = new LinkedHashSet<>();
        for (Imbalance one : differences()) {
            int before = differences().size();
            closed.add(closed(one, ""));
            assertThat(differences()).as("%s, then %s", story, closed).hasSize(before - 1);
        }
    }

    private List<Imbalance> differences() {
        UUID dossier = at.dossier();
        return bean(ImbalanceBook.class).of(Side.all(), false, 0, 1_000).stream()
                .filter(one -> one.dossier().equals(dossier))
                .toList();
    }

    private void holds(String story) {
        Books.balance(at.code, story);
        assertThat(mine("select count(*) from (select from ledger_posting where dossier = :dossier"
                        + " group by money, owner having sum(amount) <> 0) odd"))
                .as("each kind and owner by itself: " + story)
                .isZero();
        assertThat(mine("select count(*) from ledger_posting where dossier = :dossier"
                        + " and ((money = 'COD') <> (owner like 'PAYEE:%') or (money = 'POSTAGE') <> (owner = 'POST')"
                        + " or account like '%PAYEE:%' and money <> 'COD')"))
                .as("on its own owner's accounts alone: " + story)
                .isZero();
        assertThat(mine("select count(*) from (select owner, leg, money, account, sum(amount) as amount"
                        + " from ledger_posting where dossier = :dossier group by owner, leg, money, account) p"
                        + " full join (select * from ledger_balance where dossier = :dossier) b"
                        + " on b.leg is not distinct from p.leg and b.money = p.money and b.account = p.account"
                        + " and b.owner = p.owner where coalesce(p.amount, 0) <> coalesce(b.amount, 0)"))
                .as("what is kept is the sum: " + story)
                .isZero();
        assertThat(mine("select count(*) from leg l join dossier d on d.id = l.dossier join progress p on p.leg = l.id"
                        + " where d.id = :dossier and d.paid_online and l.fee_due > 0"
                        + " and p.step in ('REQUESTED', 'AWAITING_RESULT', 'READY', 'OUT_FOR_DELIVERY', 'HELD')"
                        + " and l.kind in ('PICKUP', 'RESULT')"
                        + " and not exists (select from ledger_entry e where e.leg = l.id and e.act = 'COLLECTED'"
                        + " and e.money = 'FEE')"))
                .as("paid online is asked for nowhere: " + story)
                .isZero();
        assertThat(mine("select coalesce(sum(amount), 0) from ledger_entry where dossier = :dossier"
                        + " and act = 'HANDED_OVER'"))
                .as("handed over: " + story)
                .isEqualTo(mine("select coalesce(sum(s.remitted), 0) from standing s join leg l on l.id = s.leg"
                        + " where l.dossier = :dossier"));
        assertThat(mine("select coalesce(sum(amount), 0) from ledger_entry where dossier = :dossier"
                        + " and act = 'PAID_OVER' and cause like 'NT-%'"))
                .as("paid over: " + story)
                .isEqualTo(mine("select coalesce(sum(l.amount), 0) from remittance_line l"
                        + " join remittance m on m.number = l.remittance"
                        + " where l.dossier = :dossier and m.withdrawn_at is null and l.act = 'PAID_OVER'"));
        AGENCIES.keySet().forEach(agency -> ownerHas(agency, "AGENCY:" + agency, story));
        ownerHas(PAYEE, PAYEE, story);
        itemsAddUp(story);
    }

    /** What it counted of its slips, has in its statement, and got later, less what it gave back. */
    private void ownerHas(String owner, String account, String story) {
        Map<String, Object> with = Map.of("owner", owner, "account", account);
        long has = mine(
                "select coalesce(sum(amount), 0) from ledger_posting where dossier = :dossier and account = :account"
                        + " and owner = :owner",
                with);
        assertThat(has).as(owner + " has: " + story).isNotNegative();
        assertThat(has)
                .as(owner + " has: " + story)
                .isEqualTo(mine(
                        "select (select coalesce(sum(l.received), 0) from remittance_line l"
                                + " join remittance m on m.number = l.remittance"
                                + " where l.dossier = :dossier and m.owner = :owner)"
                                + " + (select coalesce(sum(amount), 0) from booking where dossier = :dossier"
                                + " and agency = :owner and taken_back_at is null)"
                                + " + (select coalesce(sum(amount), 0) from ledger_entry where dossier = :dossier"
                                + " and owner = :owner and act = 'RECEIVED' and cause not like 'NT-%')"
                                + " - (select coalesce(sum(amount), 0) from ledger_entry where dossier = :dossier"
                                + " and act = 'REFUNDED' and credit = :account)",
                        with));
    }

    private void itemsAddUp(String story) {
        assertThat(bean(LedgerBook.class)
                        .items(
                                Side.all(),
                                new LedgerBook.Wanted(
                                        Instant.EPOCH,
                                        Instant.now().plusSeconds(60),
                                        LedgerBook.State.ALL,
                                        null,
                                        at.code,
                                        0,
                                        100)))
                .as(story)
                .allSatisfy(item -> {
                    long given = item.collected() + item.paidOnline() - item.refunded();
                    assertThat(given).as("%s", item).isEqualTo(item.held() + item.sent() + item.received());
                    assertThat(item.due())
                            .as("%s", item)
                            .isEqualTo(given + item.owed() + item.missing() - item.tooMuch());
                });
    }

    private ObjectNode asked() {
        ObjectNode asked = at.dossier("1.012786", false);
        ObjectNode pickup = asked.putObject("pickup").put("collectFee", feeWithPapers ? FEE : 0);
        pickup.set("sender", party(from));
        pickup.set("papers", json("[{\"name\": \"Đơn\", \"original\": true, \"count\": 1}]"));
        ObjectNode result = asked.putObject("result")
                .put("collectFee", feeWithPapers ? 0 : FEE)
                .put("postage", POSTAGE);
        result.set("receiver", party(to));
        result.putObject("cod").put("amount", COD).put("payee", "cong-chung-mau");
        return asked;
    }

    private List<Item> items() {
        return Domain.hub()
                .db()
                .sql("select l.id, l.kind, l.item, l.carrier from leg l join dossier_code c on c.dossier = l.dossier"
                        + " where c.code = :code and l.item is not null order by l.no")
                .param("code", at.code)
                .query(Item.class)
                .list();
    }

    private String agency() {
        return Domain.hub()
                .db()
                .sql("select agency from dossier where id = :dossier")
                .param("dossier", at.dossier())
                .query(String.class)
                .single();
    }

    private String partner() {
        return AGENCIES.getOrDefault(agency(), "");
    }

    private static String open() {
        return bean(RemittanceBook.class).newest(Side.all(), true, 0, 1).stream()
                .findFirst()
                .map(RemittanceBook.Slip::number)
                .orElse("none");
    }

    private static Inbound post(String user, String said, @Nullable Object... values) {
        return by(user, "office", OFFICE, said.formatted(values));
    }

    private static Inbound clerk(String user, String agency, String said, @Nullable Object... values) {
        return by(user, "agency", agency, said.formatted(values));
    }

    private static Inbound by(String user, String side, String which, String said) {
        ObjectNode payload = (ObjectNode) json("%s", said);
        payload.putObject("by").put("user", user).put(side, which);
        return Domain.in("cashier", "cashier", payload);
    }

    private long mine(String select) {
        return mine(select, Map.of());
    }

    private long mine(String select, Map<String, Object> with) {
        Map<String, Object> values = new LinkedHashMap<>(with);
        values.put("dossier", at.dossier());
        return Domain.hub().db().sql(select).params(values).query(Long.class).single();
    }
}
