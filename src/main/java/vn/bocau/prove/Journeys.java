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
    private final RandomGenerator chance;
    private final String run;

    /** @param another a second phone, of somebody who now and then is heard of before the first */
    Journeys(Book book, Tally tally, Doors doors, Phone phone, Phone another, RandomGenerator chance, String run) {
        this.book = book;
        this.tally = tally;
        this.doors = doors;
        this.phone = phone;
        this.another = another;
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
        String papers = file(code);
        if (papers.isEmpty()) {
            return;
        }
        scan(
                code,
                false,
                papers,
                step("PICKUP_ACCEPTED", "1 Bưu tá đã xác nhận đến nhận hồ sơ."),
                step("COLLECTED", "1 Đã nhận hồ sơ tại nhà."),
                step("HANDED_TO_AGENCY", "1 Đã bàn giao cho bộ phận một cửa."));
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
        deliver(code, false, result);
    }

    /** A result that a one-stop orders to be brought; its portal hears of the dossier too. */
    void ordered() {
        String code = code(AGENCY);
        String item = s10(NUMBER.incrementAndGet());
        if (order(code, item)) {
            book.promise(PORTAL, code, "9 Đã có kết quả chờ chuyển qua bưu chính.");
            book.promise(ONE_STOP, code, "140");
            deliver(code, true, item);
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
        Talk.Answer answer = doors.portal(code, request(code, "9.999999"));
        if (answer.good() || !answer.text().contains("/dossier/procedure")) {
            tally.wrong("a procedure that does not exist: " + answer.status() + " " + answer.text());
        } else {
            tally.refused("portal: unknown procedure");
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
        String papers = file(code);
        if (!papers.isEmpty()) {
            scan(
                    code,
                    false,
                    papers,
                    step("PICKUP_ACCEPTED", "1 Bưu tá đã xác nhận đến nhận hồ sơ."),
                    step("COLLECTED", "1 Đã nhận hồ sơ tại nhà."),
                    step("HANDED_TO_AGENCY", "1 Đã bàn giao cho bộ phận một cửa."));
        }
        return code;
    }

    private String file(String code) {
        Talk.Answer answer = doors.portal(code, request(code, "1.012786"));
        if (answer.good()) {
            book.accepted(PORTAL);
        }
        for (JsonNode leg : answer.good() ? answer.json().path("legs") : Talk.JSON.createArrayNode()) {
            if (leg.path("kind").asText().equals("PICKUP")) {
                return leg.path("item").asText();
            }
        }
        tally.wrong("a request that is right: " + answer.status() + " " + answer.text());
        return "";
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

    private void deliver(String code, boolean ordered, String item) {
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
                        "feeCollected",
                        0,
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

    private record Step(String code, String told) {}

    private static Step step(String code, String told) {
        return new Step(code, told);
    }

    private void scan(String code, boolean ordered, String item, Step... steps) {
        List<Step> left = new ArrayList<>(List.of(steps));
        if (chance.nextDouble() < LATER_FIRST) {
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
        Map<String, Object> details = step.code.equals("COLLECTED")
                ? Map.of(
                        "papers",
                        List.of(Map.of("name", "Đơn đề nghị cấp lại", "original", true, "count", 1)),
                        "seal",
                        "NP-000123",
                        "feeCollected",
                        0,
                        "postageCollected",
                        0)
                : step.code.equals("HANDED_TO_AGENCY") ? Map.of("feeRemitted", 0) : Map.of();
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

    private static String request(String code, String procedure) {
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
                                true),
                "pickup",
                        Map.of(
                                "sender",
                                citizen,
                                "papers",
                                List.of(Map.of("name", "Đơn đề nghị cấp lại", "original", true, "count", 1))),
                "result", Map.of("receiver", citizen)));
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
