package vn.bocau.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * What is said at the doors, dossier by dossier, each by one caller and the next thing only when the one before was accepted;
 * and what the partners have to hear of it, as our published contracts say.
 */
final class Journeys {

    private static final String AGENCY = "000.00.12.H50";
    private static final String PORTAL = "dvcqg";
    private static final String CENTRE = "trung-tam-hcc";
    private static final String ONE_STOP = "qti-tthcc";
    private static final String PROCEDURE = "1.012786";
    private static final String TAKEN = "feeCollected";
    private static final String HANDED_OVER = "feeRemitted";
    private static final String FEE_TAKEN = "1 Đã thu phí, lệ phí, cước.";

    /** Messages to this portal bear no name: it tells one from another by its words and the second in which it happened. */
    private static final int APART_MILLIS = 1500;

    private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final Map<String, String> FEED =
            Map.of("RESULT_COLLECTED", "1", "OUT_FOR_DELIVERY", "150", "DELIVERED", "4");
    private static final int DAYS = 3;
    private static final double BATCHED = 0.3;
    private static final double LATER_FIRST = 0.15;
    private static final int[] WEIGHTS = {8, 6, 4, 2, 3, 5, 9, 7};
    private static final int ELEVEN = 11;

    /** Of all runs on one clock: a code is a dossier's for ever. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Book book;
    private final Tally tally;
    private final Doors doors;
    private final Phone phone;
    private final Phone another;
    private final Phone supervisor;
    private final RandomGenerator chance;
    private final String run;

    /**
     * @param another a second phone, of somebody who now and then is heard of before the first
     * @param supervisor of both
     */
    Journeys(
            Book book,
            Tally tally,
            Doors doors,
            Phone phone,
            Phone another,
            Phone supervisor,
            RandomGenerator chance,
            String run) {
        this.book = book;
        this.tally = tally;
        this.doors = doors;
        this.phone = phone;
        this.another = another;
        this.supervisor = supervisor;
        this.chance = chance;
        this.run = run;
    }

    private String code(String begins) {
        return begins + "-" + today().format(DateTimeFormatter.ofPattern("yyMMdd")) + "-" + run
                + Integer.toString(NUMBER.incrementAndGet(), Character.MAX_RADIX)
                        .toUpperCase(Locale.ROOT);
    }

    /** From the citizen's door to the agency and back to the door. */
    void home() {
        String code = code(AGENCY);
        Paying paying = Paying.drawn(chance);
        String papers = file(code, paying);
        if (papers.isEmpty() || paying == Paying.ONLINE_LATER && !pay(code, papers)) {
            return;
        }
        fetch(code, papers, paying);
        LocalDate appointed = today().plusDays(DAYS);
        act("confirmReceipt", "<dossier>" + code + "</dossier><appointment>" + appointed + "</appointment>");
        book.promise(
                PORTAL,
                code,
                "2 Cơ quan đã tiếp nhận hồ sơ, hẹn trả kết quả ngày "
                        + appointed.format(DateTimeFormatter.ofPattern("dd/MM/yyyy")) + ".");
        String dispatched = act("dispatchResults", "<result><dossier>" + code + "</dossier></result>");
        String result = between(dispatched, "<item>", "</item>");
        if (result.isEmpty()) {
            tally.wrong("no item is given for a result: " + dispatched);
            return;
        }
        book.promise(PORTAL, code, "9 Đã có kết quả chờ chuyển qua bưu chính.");
        if (paying == Paying.ON_DELIVERY) {
            book.fees().due(code, result, Paying.FEE);
        }
        deliver(code, false, result, paying.takenOnDelivery());
    }

    /** A result that a one-stop orders to be brought; its portal hears of the dossier too. */
    void ordered() {
        String code = code(AGENCY);
        String item = s10(NUMBER.incrementAndGet());
        if (order(code, item)) {
            book.promise(PORTAL, code, "9 Đã có kết quả chờ chuyển qua bưu chính.");
            book.promise(ONE_STOP, code, "140");
            deliver(code, true, item, 0);
        }
    }

    /** One of which no portal knows: what it is told stays with us, with a reason, and the rest goes its way. */
    void unknownToThePortal() {
        String code = code("NOWHERE");
        if (order(code, s10(NUMBER.incrementAndGet()))) {
            book.promise(ONE_STOP, code, "140");
            book.promise(Comparison.PARKED, code, "dossier-not-there");
        }
    }

    /** What nobody may accept: each is answered with its reason, and costs nothing. */
    void refused() {
        String code = code(AGENCY);
        Talk.Answer answer = doors.portal(code, request(code, "9.999999", true, Paying.ONLINE));
        if (answer.good() || !answer.text().contains("/dossier/procedure")) {
            tally.wrong("a procedure that does not exist: " + answer.status() + " " + answer.text());
        } else {
            tally.refused("portal: unknown procedure");
        }
        Talk.Answer twice = doors.portal(code + "-2", request(code, PROCEDURE, true, Paying.AT_PICKUP));
        if (twice.good() || !twice.text().contains("/pickup/collectFee")) {
            tally.wrong("a fee to be collected that was paid online: " + twice.status() + " " + twice.text());
        } else {
            tally.refused("portal: collected, though paid online");
        }
        Talk.Answer order =
                doors.order(orderOf(code, s10(NUMBER.incrementAndGet())).replace("QTI-TTHCC", "SOMEBODY-ELSE"));
        if (order.json().path("Status").asInt() == 100) {
            tally.wrong("an order in another's name: " + order.text());
        } else {
            tally.refused("N-GSP: another's customer code");
        }
        String decided = act("dispatchResults", "<result><dossier>" + code + "</dossier></result>");
        if (!decided.contains("REFUSED")) {
            tally.wrong("a result of a dossier nobody has: " + decided);
        } else {
            tally.refused("SOAP: unknown dossier");
        }
        JsonNode scanned = phone.send(List.of(phone.handling("DELIVERED_TWICE", s10(1), Map.of())))
                .get(0);
        if (!scanned.path("outcome").asText().equals("REFUSED")
                || scanned.path("code").asText().isEmpty()) {
            tally.wrong("a handling code that does not exist: " + scanned);
        } else {
            tally.refused("phone: " + scanned.path("code").asText());
        }
    }

    /** Of a fresh dossier, up to the agency's desk. */
    String probe() {
        String code = code(AGENCY);
        String papers = file(code, Paying.ONLINE);
        if (!papers.isEmpty()) {
            fetch(code, papers, Paying.ONLINE);
        }
        return code;
    }

    private String file(String code, Paying paying) {
        Talk.Answer answer = doors.portal(code, request(code, PROCEDURE, paying == Paying.ONLINE, paying));
        if (answer.good()) {
            book.accepted(PORTAL);
            if (paying == Paying.ONLINE) {
                book.fees().paidOnline(code, Paying.FEE);
            }
        }
        for (JsonNode leg : answer.good() ? answer.json().path("legs") : Talk.JSON.createArrayNode()) {
            if (leg.path("kind").asText().equals("PICKUP")) {
                String papers = leg.path("item").asText();
                if (paying.askedAtPickup()) {
                    book.fees().due(code, papers, Paying.FEE);
                }
                return papers;
            }
        }
        tally.wrong("a request that is right: " + answer.status() + " " + answer.text());
        return "";
    }

    /** On the portal, once it was asked for at the door. */
    private boolean pay(String code, String papers) {
        String said = Talk.json(Map.of(
                "dossier",
                code,
                "paid",
                true,
                "payment",
                Map.of("amount", Paying.FEE, "reference", "P-" + code, "paidAt", today() + "T00:00:00+07:00")));
        Talk.Answer answer = doors.payment(code + "-paid", said);
        if (!answer.good()) {
            tally.wrong("a payment: " + answer.status() + " " + answer.text());
            return false;
        }
        book.accepted(PORTAL);
        book.fees().due(code, papers, -Paying.FEE);
        book.fees().paidOnline(code, Paying.FEE);
        return true;
    }

    /** From the citizen's door to the agency's desk, with the fee if it is taken there. */
    private void fetch(String code, String papers, Paying paying) {
        Step accepted = step("PICKUP_ACCEPTED", "1 Bưu tá đã xác nhận đến nhận hồ sơ.");
        Step collected = new Step("COLLECTED", "1 Đã nhận hồ sơ tại nhà.", paying.takenWithPapers());
        Step handedOver = new Step("HANDED_TO_AGENCY", "1 Đã bàn giao cho bộ phận một cửa.", paying.handedOver());
        if (paying != Paying.CORRECTED) {
            scan(code, false, papers, accepted, collected, handedOver);
            return;
        }
        scan(code, false, papers, accepted, collected);
        if (correct(code, papers)) {
            scan(code, false, papers, handedOver);
        }
    }

    /** What was taken is written down wrongly, voided by a supervisor, and written down right. */
    private boolean correct(String code, String item) {
        Map<String, Object> wrong = done(phone, new Step("FEE_COLLECTED", "", Paying.WRONG), item);
        send(phone, code, false, List.of(wrong), List.of(FEE_TAKEN));
        Talk.Answer voided = supervisor.undo(String.valueOf(wrong.get("id")));
        if (!voided.good()) {
            tally.wrong("a voiding: " + voided.status() + " " + voided.text());
            return false;
        }
        book.fees().voided(code, item, Paying.WRONG);
        book.promise(PORTAL, code, "1 Hủy bút toán ghi nhầm.");
        book.promise(CENTRE, code, "outcome VOIDED");
        Talk.pause(APART_MILLIS);
        scan(code, false, item, new Step("FEE_COLLECTED", FEE_TAKEN, Paying.FEE));
        return true;
    }

    private boolean order(String code, String item) {
        Talk.Answer answer = doors.order(orderOf(code, item));
        int status = answer.json().path("Status").asInt();
        // What was heard when nobody heard the answer is there already.
        if (status == 100 || status == 101) {
            book.accepted(ONE_STOP);
            return true;
        }
        tally.wrong("an order that is right: " + answer.text());
        return false;
    }

    /** @param fee what is taken at the door */
    private void deliver(String code, boolean ordered, String item, long fee) {
        scan(
                code,
                ordered,
                item,
                step("RESULT_COLLECTED", "9 Bưu điện đã nhận kết quả từ cơ quan."),
                step("OUT_FOR_DELIVERY", "9 Bưu tá đang đi phát."));
        Map<String, Object> delivered = phone.handling(
                "DELIVERED",
                item,
                Map.of(
                        "identity",
                        "MATCHED",
                        "signature",
                        Phone.signature(),
                        "originalsTaken",
                        0,
                        TAKEN,
                        fee,
                        "postageCollected",
                        0,
                        "relation",
                        "SELF"));
        send(phone, code, ordered, List.of(delivered), List.of("9 Đã phát thành công."));
        Talk.Answer brought = phone.bring(String.valueOf(delivered.get("id")));
        if (!brought.good()) {
            tally.wrong("evidence: " + brought.status() + " " + brought.text());
            return;
        }
        book.promise(PORTAL, code, "10");
    }

    /** @param amount of the fee, taken or handed over with it */
    private record Step(String code, String told, long amount) {}

    private static Step step(String code, String told) {
        return new Step(code, told, 0);
    }

    private void scan(String code, boolean ordered, String item, Step... steps) {
        List<Step> left = new ArrayList<>(List.of(steps));
        if (left.size() > 1 && chance.nextDouble() < LATER_FIRST) {
            laterFirst(code, ordered, item, left.remove(0), left.remove(0));
        }
        List<Map<String, Object>> handlings = new ArrayList<>();
        List<String> told = new ArrayList<>();
        boolean together = chance.nextDouble() < BATCHED;
        for (Step step : left) {
            handlings.add(done(phone, step, item));
            told.add(step.told);
            if (!together) {
                send(phone, code, ordered, handlings, told);
                handlings.clear();
                told.clear();
            }
        }
        if (!handlings.isEmpty()) {
            send(phone, code, ordered, handlings, told);
        }
    }

    /** Done one after the other by two people, of whom the second is heard of first; partners are told as we heard it. */
    private void laterFirst(String code, boolean ordered, String item, Step earlier, Step later) {
        Map<String, Object> first = done(phone, earlier, item);
        send(another, code, ordered, List.of(done(another, later, item)), List.of(later.told));
        send(phone, code, ordered, List.of(first), List.of(earlier.told));
        tally.laterFirst();
    }

    private static Map<String, Object> done(Phone phone, Step step, String item) {
        Map<String, Object> details = switch (step.code) {
            case "COLLECTED" ->
                Map.of(
                        "papers",
                        List.of(Map.of("name", "Đơn đề nghị cấp lại", "original", true, "count", 1)),
                        "seal",
                        "NP-000123",
                        TAKEN,
                        step.amount,
                        "postageCollected",
                        0);
            case "FEE_COLLECTED" -> Map.of(TAKEN, step.amount);
            case "HANDED_TO_AGENCY" -> Map.of(HANDED_OVER, step.amount);
            default -> Map.of();
        };
        return phone.handling(step.code, item, details);
    }

    private void send(
            Phone phone, String code, boolean ordered, List<Map<String, Object>> handlings, List<String> told) {
        List<JsonNode> answers = phone.send(handlings);
        for (int n = 0; n < handlings.size(); n++) {
            String outcome = answers.get(n).path("outcome").asText();
            if (!outcome.equals("RECORDED") && !outcome.equals("KNOWN")) {
                tally.wrong(handlings.get(n).get("code") + " of " + code + ": " + answers.get(n));
                continue;
            }
            book.promise(PORTAL, code, told.get(n));
            String item = String.valueOf(handlings.get(n).get("item"));
            JsonNode details = Talk.JSON.valueToTree(handlings.get(n).get("details"));
            book.fees()
                    .told(
                            code,
                            item,
                            details.path(TAKEN).asLong(),
                            details.path(HANDED_OVER).asLong());
            String what = String.valueOf(handlings.get(n).get("code"));
            if (what.equals("HANDED_TO_AGENCY")) {
                book.promise(CENTRE, code, "arrival HANDED_TO_AGENCY");
            }
            if (what.equals("DELIVERED")) {
                book.promise(CENTRE, code, "outcome DELIVERED");
            }
            String fed = FEED.get(what);
            if (ordered && fed != null) {
                book.promise(ONE_STOP, code, fed);
            }
        }
    }

    private String act(String operation, String content) {
        String answer =
                doors.agency(operation, "prove-" + UUID.randomUUID(), content).text();
        book.accepted(CENTRE);
        return answer;
    }

    /** @param paidOnline whether it says so; {@code paying} says where it asks for the fee */
    private static String request(String code, String procedure, boolean paidOnline, Paying paying) {
        Map<String, Object> citizen = Map.of(
                "name", "Lê Thị Mẫu",
                "phone", "0900000001",
                "address", Map.of("commune", "19333", "street", "12 đường Mẫu"));
        return Talk.json(Map.of(
                "dossier",
                        Map.of(
                                "codes",
                                List.of(Map.of("system", "dvcqg", "code", code)),
                                "procedure",
                                procedure,
                                "channel",
                                "ONLINE",
                                // A node whose clock is behind would not believe in today.
                                "filedOn",
                                today().minusDays(1).toString(),
                                "agency",
                                AGENCY,
                                "paidOnline",
                                paidOnline),
                "pickup",
                        Map.of(
                                "sender",
                                citizen,
                                "papers",
                                List.of(Map.of("name", "Đơn đề nghị cấp lại", "original", true, "count", 1)),
                                "collectFee",
                                paying.askedAtPickup() ? Paying.FEE : 0),
                "result", Map.of("receiver", citizen, "collectFee", paying.takenOnDelivery())));
    }

    private static String orderOf(String code, String item) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("CustomerCode", "QTI-TTHCC");
        order.put("OrderNumber", code);
        order.put("CODAmount", 0);
        order.put("SenderProvince", 52);
        order.put("SenderDistrict", 5210);
        order.put("SenderAddress", "09 Hùng Vương, Đông Hà");
        order.put("SenderName", "Trung tâm Phục vụ HCC tỉnh");
        order.put("SenderEmail", null);
        order.put("SenderTel", "02330000001");
        order.put("SenderDesc", "Mã hồ sơ: " + code + "||Tên dịch vụ: Trả hồ sơ tại nhà");
        order.put("Description", null);
        order.put("ReceiverName", "Lê Thị Mẫu");
        order.put("ReceiverAddress", "12 đường Mẫu, Đông Hà");
        order.put("ReceiverTel", "0900000001");
        order.put("ReceiverProvince", 52);
        order.put("ReceiverDistrict", 5210);
        order.put("ReceiverEmail", null);
        order.put("ItemCode", item);
        return Talk.json(order);
    }

    /** UPU S10, with its check digit; of a service that no pool of ours has. */
    private static String s10(int serial) {
        String digits = String.format(Locale.ROOT, "%08d", serial);
        int sum = 0;
        for (int n = 0; n < WEIGHTS.length; n++) {
            sum += (digits.charAt(n) - '0') * WEIGHTS[n];
        }
        int check = ELEVEN - sum % ELEVEN;
        return "EQ" + digits + (check == 10 ? 0 : check == ELEVEN ? 5 : check) + "VN";
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before);
        int to = from < 0 ? -1 : text.indexOf(after, from);
        return to < 0 ? "" : text.substring(from + before.length(), to);
    }

    private static LocalDate today() {
        return LocalDate.now(VIETNAM);
    }
}
