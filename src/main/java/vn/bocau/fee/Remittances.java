package vn.bocau.fee;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * The fees go from the post to the agency by slip, and COD to its payee: the supervisor makes it and pays with it what lies
 * in the till, and a clerk of the agency counts it, item by item; of a payee, which has nobody here, another supervisor says
 * what it has confirmed, and by what. Each is told once, however often it is said.
 */
@Component("remittances")
public class Remittances {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");

    private final JdbcClient db;
    private final Journal journal;
    private final Ledger ledger;
    private final Payable payable;
    private final RemittanceBook book;

    Remittances(JdbcClient db, Journal journal, Ledger ledger, Payable payable, RemittanceBook book) {
        this.db = db;
        this.journal = journal;
        this.ledger = ledger;
        this.payable = payable;
        this.book = book;
    }

    /**
     * Makes a slip of everything that waits for an owner: {@code {"owner", "carrier"?, "shown", "list"}}, the total in đồng and
     * the {@link Remittance#list} that were looked at. With a carrier, it has paid the payee what it took. Answers
     * {@code {"remittance": number}}.
     *
     * @throws Refused CONFLICT {@code nothing-to-remit}, {@code another-amount}
     */
    public Receipt make(Inbound in) {
        return journal.once(in, () -> {
            Teller teller = Teller.of(in);
            String office = teller.ownOffice();
            String owner = in.payload().path("owner").asText();
            String carrier = in.payload().path("carrier").asText(null);
            alone(office);
            List<Payable.Line> lines = locked(() -> book.next(office, owner, carrier));
            if (lines.isEmpty()) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "nothing-to-remit",
                        "owner",
                        "Không còn khoản nào chờ nộp cho bên này; có thể vừa có người lập bảng kê.",
                        "Nothing waits to be remitted to this owner; somebody may just have made the slip.");
            }
            refuseOtherAmount(in, lines.stream().mapToLong(Payable.Line::amount).sum());
            refuseOtherLines(in, RemittanceBook.numbered(lines));
            return answer(write(teller.user(), office, carrier, owner, lines));
        });
    }

    /**
     * Takes a slip back that nobody has confirmed: {@code {"remittance"}}. What was to be paid with it lies in the till
     * again.
     *
     * @throws Refused UNKNOWN {@code no-such-remittance}; CONFLICT {@code acknowledged-already}
     */
    public Receipt withdraw(Inbound in) {
        return journal.once(in, () -> {
            Teller teller = Teller.of(in);
            alone(teller.ownOffice());
            Remittance slip = locked(teller, in);
            if (slip.acknowledgedAt() != null) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "acknowledged-already",
                        "remittance",
                        "Bên nhận đã xác nhận bảng kê này nên không rút được nữa.",
                        "Whoever gets it has confirmed this slip; it cannot be withdrawn.");
            }
            if (slip.withdrawnAt() == null) {
                db.sql(
                                "update remittance set withdrawn_by = :by, withdrawn_at = clock_timestamp() where number = :number")
                        .param("by", teller.user())
                        .param("number", slip.number())
                        .update();
                List<Kept> kept = kept(slip.number());
                lockInOrder(kept.stream().map(Kept::dossier));
                kept.stream()
                        .filter(line -> line.handling == null)
                        .forEach(line -> ledger.enter(
                                line.dossier,
                                paidOver(slip.owner(), line.leg, slip.number(), holder(slip)),
                                -line.amount));
            }
            return answer(slip.number());
        });
    }

    /**
     * The agency has counted it: {@code {"remittance", "reference"?, "lines": [{"no", "received"}]}}, every line of it. Of a
     * payee's, another supervisor than who made it has the payee's word, under a reference.
     *
     * @throws Refused UNKNOWN {@code no-such-remittance}; CONFLICT {@code withdrawn}, {@code acknowledged-already};
     *     MALFORMED {@code line-missing}, {@code reference-missing}; FORBIDDEN {@code one-person-alone}
     */
    public Receipt acknowledge(Inbound in) {
        return journal.once(in, () -> {
            Teller teller = Teller.of(in);
            Remittance slip = locked(teller, in);
            if (slip.payees()) {
                teller.ownOffice();
            } else {
                teller.ownAgency();
            }
            refuseUnlessOpen(slip, teller);
            count(
                    slip,
                    teller,
                    reference(slip, in),
                    received(in.payload().path("lines"), slip.lines().size()));
            return answer(slip.number());
        });
    }

    /**
     * The agency says what an outside carrier gave it: {@code {"carrier", "shown", "list", "lines": [{"no", "received"}]}}, lines and list as
     * {@link RemittanceBook#atCarrier} numbers them. The carrier's word is not asked for.
     *
     * @throws Refused as the others
     */
    public Receipt settleWithCarrier(Inbound in) {
        return journal.once(in, () -> {
            Teller teller = Teller.of(in);
            String agency = teller.ownAgency();
            String carrier = in.payload().path("carrier").asText();
            alone(carrier);
            List<Payable.Line> owed = locked(() -> payable.lines(Entry.carrier(carrier), agency, null));
            refuseOtherAmount(in, owed.stream().mapToLong(Payable.Line::amount).sum());
            refuseOtherLines(in, RemittanceBook.numbered(owed));
            List<Long> received = received(in.payload().path("lines"), owed.size());
            List<Payable.Line> given = new ArrayList<>();
            List<Long> counted = new ArrayList<>();
            for (int i = 0; i < owed.size(); i++) {
                long amount = received.get(i);
                if (amount > 0) {
                    // What it still has stays with it.
                    given.add(owed.get(i).of(amount));
                    counted.add(amount);
                }
            }
            if (given.isEmpty()) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "nothing-to-remit",
                        "lines",
                        "Chưa ghi khoản nào đã nhận.",
                        "No amount was received.");
            }
            String number = write(carrier, carrier, null, agency, given);
            Remittance slip = book.one(Side.ofAgency(agency), number).orElseThrow();
            count(slip, teller, null, counted);
            return answer(number);
        });
    }

    /** @param received by its lines */
    private void count(Remittance slip, Teller teller, @Nullable String reference, List<Long> received) {
        db.sql("update remittance set acknowledged_by = :by, acknowledged_at = clock_timestamp(),"
                        + " reference = :reference where number = :number")
                .param("reference", reference)
                .param("by", teller.user())
                .param("number", slip.number())
                .update();
        List<Kept> kept = kept(slip.number());
        lockInOrder(kept.stream().map(Kept::dossier));
        for (Kept line : kept) {
            long amount = received.get(line.no - 1);
            db.sql("update remittance_line set received = :received where remittance = :number and no = :no")
                    .param("received", amount)
                    .param("number", slip.number())
                    .param("no", line.no)
                    .update();
            ledger.enter(
                    line.dossier,
                    new Entry(
                            slip.owner(),
                            line.leg,
                            Entry.money(slip.owner()),
                            Entry.Act.RECEIVED,
                            slip.number(),
                            Entry.has(slip.owner()),
                            Entry.transit(slip.owner())),
                    amount);
        }
    }

    /**
     * What waits, when nobody moves any of it any more.
     *
     * @throws Refused CONFLICT {@code another-amount} when somebody did while we waited for them
     */
    private List<Payable.Line> locked(Supplier<List<Payable.Line>> reading) {
        List<Payable.Line> lines = reading.get();
        lockInOrder(lines.stream().map(Payable.Line::dossier));
        if (!reading.get().equals(lines)) {
            throw otherLines();
        }
        return lines;
    }

    /** Scans lock dossiers in the order of their ids. */
    private void lockInOrder(Stream<UUID> dossiers) {
        db.sql("select 1 from dossier where id = any(:ids) order by id for key share")
                .param("ids", dossiers.toArray(UUID[]::new))
                .query((row, n) -> true)
                .list();
    }

    private String write(String by, String office, @Nullable String carrier, String owner, List<Payable.Line> lines) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        LocalDate day = now.atZone(Rules.ZONE).toLocalDate();
        String number = next(office, day);
        db.sql("insert into remittance (number, owner, office, carrier, day, made_by, made_at)"
                        + " values (:number, :owner, :office, :carrier, :day, :by, :now)")
                .param("number", number)
                .param("owner", owner)
                .param("office", office)
                .param("carrier", carrier)
                .param("day", day)
                .param("by", by)
                .param("now", LedgerBook.at(now))
                .update();

        for (int i = 0; i < lines.size(); i++) {
            Payable.Line line = lines.get(i);
            db.sql("insert into remittance_line (remittance, no, dossier, leg, code, item, act, handling, amount)"
                            + " values (:number, :no, :dossier, :leg, :code, :item, :act, :handling, :amount)")
                    .param("number", number)
                    .param("no", i + 1)
                    .param("dossier", line.dossier())
                    .param("leg", line.leg())
                    .param("code", line.code())
                    .param("item", line.item())
                    .param("act", line.act())
                    .param("handling", line.handling())
                    .param("amount", line.amount())
                    .update();
            if (line.handling() == null) {
                ledger.enter(line.dossier(), paidOver(owner, line.leg(), number, line.holder()), line.amount());
            }
        }
        return number;
    }

    private static String holder(Remittance slip) {
        return slip.carrier() == null ? Entry.post(slip.office()) : Entry.carrier(slip.carrier());
    }

    private static Entry paidOver(String owner, UUID leg, String number, String holder) {
        return new Entry(owner, leg, Entry.money(owner), Entry.Act.PAID_OVER, number, Entry.transit(owner), holder);
    }

    /** @return null of an agency's: it says itself what it has */
    private static @Nullable String reference(Remittance slip, Inbound in) {
        if (!slip.payees()) {
            return null;
        }
        String reference = in.payload().path("reference").asText("");
        if (reference.isEmpty()) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "reference-missing",
                    "reference",
                    "Thiếu số chứng từ: số biên nhận của đơn vị thụ hưởng, hoặc số lệnh chuyển tiền.",
                    "No reference: the number of the payee's receipt, or of the bank's transfer.");
        }
        return reference;
    }

    /** Numbers of one office count up from day to day. */
    private String next(String office, LocalDate day) {
        String begin = "NT-" + office + "-" + day.format(DAY) + "-";
        long before = db.sql("select count(*) from remittance where starts_with(number, :begin)")
                .param("begin", begin)
                .query(Long.class)
                .single();
        return begin + String.format("%02d", before + 1);
    }

    /** Of all who make slips of one office, or take them back, one after the other. */
    private void alone(String who) {
        db.sql("select pg_advisory_xact_lock(hashtextextended(:who, 6))")
                .param("who", who)
                .query((row, n) -> true)
                .list();
    }

    private record Kept(
            int no, UUID dossier, UUID leg, @Nullable UUID handling, long amount) {}

    private List<Kept> kept(String number) {
        return db.sql(
                        "select no, dossier, leg, handling, amount from remittance_line where remittance = :number order by no")
                .param("number", number)
                .query(Kept.class)
                .list();
    }

    private Remittance locked(Teller teller, Inbound in) {
        String number = in.payload().path("remittance").asText();
        db.sql("select 1 from remittance where number = :number for update")
                .param("number", number)
                .query((row, n) -> true)
                .list();
        return book.one(teller.side(), number)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "no-such-remittance",
                        "remittance",
                        "Không có bảng kê nộp tiền nào như vậy của bạn.",
                        "You have no such remittance slip."));
    }

    private static void refuseUnlessOpen(Remittance slip, Teller teller) {
        if (slip.withdrawnAt() != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "withdrawn",
                    "remittance",
                    "Bưu điện đã rút bảng kê này.",
                    "The post has withdrawn this slip.");
        }
        if (slip.acknowledgedAt() != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "acknowledged-already",
                    "remittance",
                    "Bảng kê này đã được xác nhận.",
                    "This slip was confirmed already.");
        }
        if (slip.madeBy().equals(teller.user())) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "one-person-alone",
                    "",
                    "Người lập bảng kê không tự xác nhận được.",
                    "Whoever made the slip cannot confirm it.");
        }
    }

    private static List<Long> received(JsonNode lines, int many) {
        Map<Integer, Long> said = new HashMap<>();
        lines.forEach(
                line -> said.put(line.path("no").asInt(), line.path("received").asLong()));
        return IntStream.rangeClosed(1, many)
                .mapToObj(no -> Optional.ofNullable(said.get(no)).orElseThrow(() -> missing(no)))
                .toList();
    }

    private static Refused missing(int no) {
        return new Refused(
                Refused.Ground.MALFORMED,
                "line-missing",
                "lines",
                "Dòng " + no + " chưa ghi số tiền đã nhận; nếu không nhận được, ghi 0.",
                "Line " + no + " says no amount; where nothing was received, say 0.");
    }

    /** Of standard fees the sum may be the same though another item has come in between. */
    private static void refuseOtherLines(Inbound in, List<Remittance.Line> now) {
        if (!Remittance.list(now).equals(in.payload().path("list").asText())) {
            throw otherLines();
        }
    }

    private static Refused otherLines() {
        return new Refused(
                Refused.Ground.CONFLICT,
                "another-amount",
                "list",
                "Danh sách nay khác danh sách bạn đã xem; chưa ghi gì cả. Hãy xem lại.",
                "The list is another by now than what you looked at; nothing was changed. Look at it again.");
    }

    private static void refuseOtherAmount(Inbound in, long now) {
        long shown = in.payload().path("shown").asLong();
        if (shown != now) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "another-amount",
                    "shown",
                    "Tổng nay là " + now + " đồng, không phải số bạn đã xem; chưa ghi gì cả. Hãy xem lại rồi lập.",
                    "The total is " + now
                            + " đồng by now, not what you looked at; nothing was changed. Look at it again.");
        }
    }

    private static ObjectNode answer(String number) {
        return JsonNodeFactory.instance.objectNode().put("remittance", number);
    }
}
