package vn.bocau.fee;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Text;
import vn.bocau.dossier.Money;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * The third side of what is paid online: the agency's own book, as its treasury or bank states it. What stands there it has,
 * and the portal has no more.
 */
@Component("bookings")
public class Bookings {

    private static final Pattern REFERENCE = Pattern.compile("[\\p{Alnum}./_-]{1,60}");
    private static final Text NONE =
            new Text("Mã hồ sơ: cơ quan không có hồ sơ nào mang mã này.", "Dossier: the agency has none of this code.");
    private static final long MOST = 1_000_000_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JdbcClient db;
    private final Journal journal;
    private final Ledger ledger;

    Bookings(JdbcClient db, Journal journal, Ledger ledger) {
        this.db = db;
        this.journal = journal;
        this.ledger = ledger;
    }

    /** @param portal null: it came by no portal, so that none can have taken a fee for it */
    private record Known(String code, UUID id, @Nullable String portal) {}

    private record Line(int row, Known dossier, String reference, long amount, LocalDate day) {}

    /**
     * A statement, row by row: {@code {"lines": [{"row", "dossier", "reference", "amount", "day"}]}}. Each row stands or falls
     * alone; what was entered of a reference and dossier before, by whatever file, is entered no more.
     *
     * @return with an answer {@code {"lines": [{"row", "dossier", "outcome": "BOOKED|KNOWN|REFUSED", "vi", "en"}]}}
     */
    public Receipt book(Inbound in) {
        return journal.once(in, () -> {
            Teller teller = Teller.of(in);
            String agency = teller.ownAgency();
            JsonNode said = in.payload().path("lines");
            Map<String, Known> known = locked(agency, said);
            Map<Integer, ObjectNode> outcomes = new HashMap<>();
            List<Line> right = new ArrayList<>();
            for (JsonNode line : said) {
                Known dossier = known.get(line.path("dossier").asText());
                Text wrong = wrong(line);
                if (dossier == null || wrong != null) {
                    outcomes.put(line.path("row").asInt(), outcome("REFUSED", wrong == null ? NONE : wrong));
                } else {
                    right.add(new Line(
                            line.path("row").asInt(),
                            dossier,
                            line.path("reference").asText(),
                            line.path("amount").asLong(),
                            LocalDate.parse(line.path("day").asText())));
                }
            }
            // Two statements with the same rows wait for each other in one order only.
            right.sort(Comparator.comparing((Line line) -> line.dossier().id().toString())
                    .thenComparing(Line::reference)
                    .thenComparing(Line::row));
            right.forEach(line -> outcomes.put(line.row(), enter(agency, teller.user(), line)));
            ArrayNode answer = JSON.arrayNode();
            said.forEach(line -> answer.addObject()
                    .put("row", line.path("row").asInt())
                    .put("dossier", line.path("dossier").asText())
                    .setAll(outcomes.get(line.path("row").asInt())));
            return JSON.objectNode().set("lines", answer);
        });
    }

    private ObjectNode enter(String agency, String user, Line line) {
        Known dossier = line.dossier();
        int fresh = db.sql("""
                        insert into booking (agency, dossier, reference, amount, day, booked_by)
                        values (:agency, :dossier, :reference, :amount, :day, :by)
                        on conflict (dossier, agency, reference) where taken_back_at is null do nothing
                        """)
                .param("agency", agency)
                .param("dossier", dossier.id())
                .param("reference", line.reference())
                .param("amount", line.amount())
                .param("day", line.day())
                .param("by", user)
                .update();
        if (fresh == 1) {
            ledger.enter(dossier.id(), booked(agency, line.reference(), dossier.portal()), line.amount());
            return outcome("BOOKED", new Text("Đã ghi sổ.", "Entered."));
        }
        long before = db.sql("select amount from booking where agency = :agency and dossier = :dossier"
                        + " and reference = :reference and taken_back_at is null")
                .param("agency", agency)
                .param("dossier", dossier.id())
                .param("reference", line.reference())
                .query(Long.class)
                .single();
        return before == line.amount()
                ? outcome("KNOWN", new Text("Đã ghi từ trước; không ghi lại.", "Entered before; not entered again."))
                : outcome(
                        "REFUSED",
                        new Text(
                                "Số tham chiếu này của hồ sơ đã ghi " + before + " đồng; không ghi đè.",
                                "Under this reference " + before
                                        + " đồng were entered for the dossier; nothing is overwritten."));
    }

    /**
     * A row of a statement.
     *
     * @param amount in đồng
     * @param day on which it was credited
     */
    public record Booking(String reference, long amount, LocalDate day) {}

    /** Those that stand, of one dossier, in the order of their days. */
    @Transactional(readOnly = true)
    public List<Booking> standing(String agency, UUID dossier) {
        return db.sql("select reference, amount, day from booking where agency = :agency and dossier = :dossier"
                        + " and taken_back_at is null order by day, reference")
                .param("agency", agency)
                .param("dossier", dossier)
                .query(Booking.class)
                .list();
    }

    /** In red, so that the right one may come under the same reference; false when there is none that stands. */
    boolean takeBack(String agency, UUID dossier, String reference, String user) {
        record Gone(long amount, @Nullable String portal) {}
        return db.sql("""
                        update booking b set taken_back_by = :by, taken_back_at = clock_timestamp()
                        from dossier d
                        where b.agency = :agency and b.dossier = :dossier and b.reference = :reference
                          and b.taken_back_at is null and d.id = b.dossier
                        returning b.amount, d.portal
                        """)
                .param("by", user)
                .param("agency", agency)
                .param("dossier", dossier)
                .param("reference", reference)
                .query(Gone.class)
                .optional()
                .map(gone -> {
                    ledger.enter(dossier, booked(agency, reference, gone.portal()), -gone.amount());
                    return true;
                })
                .orElse(false);
    }

    private static Entry booked(String agency, String reference, @Nullable String portal) {
        return new Entry(
                agency,
                null,
                Money.FEE,
                Entry.Act.BOOKED,
                reference,
                Entry.has(agency),
                Entry.portal(portal == null ? Entry.UNKNOWN : portal));
    }

    /** Of this agency, or paid for when they were; scans lock dossiers in the order of their ids. */
    private Map<String, Known> locked(String agency, JsonNode lines) {
        Map<String, Known> known = new HashMap<>();
        String[] codes = StreamSupport.stream(lines.spliterator(), false)
                .map(line -> line.path("dossier").asText())
                .distinct()
                .toArray(String[]::new);
        db.sql("""
                        select c.code, d.id, d.portal from dossier d join dossier_code c on c.dossier = d.id
                        where c.code = any(:codes) and (d.agency = :agency or exists (
                            select from ledger_balance b where b.dossier = d.id and b.leg is null and b.owner = :agency))
                        order by d.id, c.no for key share of d
                        """)
                .param("codes", codes)
                .param("agency", agency)
                .query(Known.class)
                .list()
                .forEach(dossier -> known.put(dossier.code(), dossier));
        return known;
    }

    private static @Nullable Text wrong(JsonNode line) {
        if (!REFERENCE.matcher(line.path("reference").asText()).matches()) {
            return new Text(
                    "Số tham chiếu: từ 1 đến 60 chữ không dấu, chữ số, hoặc . / _ -",
                    "Reference: 1 to 60 letters without marks, digits, or . / _ -");
        }
        JsonNode amount = line.path("amount");
        if (!amount.isIntegralNumber() || amount.asLong() < 1 || amount.asLong() > MOST) {
            return new Text(
                    "Số tiền: số nguyên bằng đồng, từ 1 đến " + MOST + ", ví dụ 25000.",
                    "Amount: a whole number of đồng, from 1 to " + MOST + ", such as 25000.");
        }
        LocalDate day = null;
        try {
            day = LocalDate.parse(line.path("day").asText());
        } catch (DateTimeParseException e) {
            // Told below.
        }
        if (day == null || day.isAfter(LocalDate.now(Rules.ZONE)) || day.getYear() < 2000) {
            return new Text(
                    "Ngày: ngày đã ghi có, không ở tương lai, ví dụ 28/11/2026.",
                    "Day: when it was credited, not to come, such as 28/11/2026.");
        }
        return null;
    }

    private static ObjectNode outcome(String what, Text text) {
        return JSON.objectNode().put("outcome", what).put("vi", text.vi()).put("en", text.en());
    }
}
