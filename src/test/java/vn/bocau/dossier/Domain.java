package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import vn.bocau.code.ItemId;
import vn.bocau.code.Sha256;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;
import vn.bocau.wire.http.OwnHub;
import vn.bocau.wire.mapping.Mappings;

/** The domain on a real database, spoken to as the routes do. Every test makes dossiers of its own. */
final class Domain {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String CENTRE = "000.00.12.H50";
    /** Of what is reported where nobody is named. */
    static final Evidence.Maker MAKER = new Evidence.Maker("buu-ta", "phone-buu-ta");

    private static final AtomicLong COUNTER = new AtomicLong(System.nanoTime());
    private static final OwnHub HUB = new OwnHub(Map.of());

    private static final AtomicLong COUNTS = new AtomicLong();
    private static final AtomicInteger LABELS = new AtomicInteger();

    final String code = code();

    static OwnHub hub() {
        return HUB;
    }

    static String code() {
        return "000.00.12.H50-260415-" + Long.toString(COUNTER.incrementAndGet(), 36);
    }

    /** An item's identifier that somebody else has given out; none twice. */
    static String label() {
        return ItemId.of("EB", LABELS.incrementAndGet(), "VN").value();
    }

    static <T> T bean(Class<T> type) {
        return HUB.bean(type);
    }

    static JsonNode json(String text, Object... values) {
        try {
            return JSON.readTree(text.formatted(values));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Inbound in(String partner, String kind, JsonNode payload) {
        return new Inbound(partner, "key-" + COUNTER.incrementAndGet(), kind, payload);
    }

    static JsonNode party(String commune) {
        return json("""
                {"name": "Lê Thị Mẫu", "phone": "0900000001", "address": {"commune": "%s", "street": "12 đường Mẫu"}}
                """, commune);
    }

    /** A dossier of level 3 at the provincial centre, filed online and paid; both ways by post. */
    ObjectNode both() {
        ObjectNode asked = dossier("1.012786", true);
        ObjectNode pickup = asked.putObject("pickup");
        pickup.set("sender", party("19333"));
        pickup.set("papers", json("[{\"name\": \"Đơn đề nghị cấp lại\", \"original\": true, \"count\": 1}]"));
        asked.putObject("result").set("receiver", party("19333"));
        return asked;
    }

    ObjectNode pickupAlone() {
        ObjectNode asked = both();
        asked.remove("result");
        return asked;
    }

    ObjectNode resultAlone() {
        ObjectNode asked = both();
        asked.remove("pickup");
        return asked;
    }

    ObjectNode dossier(String procedure, boolean paid) {
        return (ObjectNode) json("""
                {"dossier": {"codes": [{"system": "dvcqg", "code": "%s"}], "procedure": "%s", "channel": "ONLINE",
                 "filedOn": "%s", "agency": "%s", "paidOnline": %s}}
                """, code, procedure, LocalDate.now(ZoneOffset.ofHours(7)), CENTRE, paid);
    }

    Receipt accept(JsonNode asked) {
        return bean(Requests.class).accept(in("dvcqg", "portal.request", asked));
    }

    /** The portal says that the fee was paid there, or was not after all: as its route brings it. */
    JsonNode pay(JsonNode said) {
        Inbound in = in("dvcqg", "portal.payment", said);
        bean(Mappings.class).check(in, "portal/portal.payment.in.schema.json");
        return bean(Requests.class).pay(in).answer();
    }

    /** What the directory says is its fee. */
    void paidOnline() {
        pay(json("{\"dossier\": \"%s\", \"paid\": true}", code));
    }

    Receipt decide(String what, JsonNode payload) {
        return decide("trung-tam-hcc", what, payload);
    }

    Receipt decide(String partner, String what, JsonNode payload) {
        Decisions decisions = bean(Decisions.class);
        Inbound in = in(partner, "agency." + what, payload);
        return switch (what) {
            case "receive" -> decisions.receive(in);
            case "refuse" -> decisions.refuse(in);
            case "supplement" -> decisions.supplement(in);
            case "dispatch" -> decisions.dispatch(in);
            default -> decisions.transfer(in);
        };
    }

    Receipt received() {
        return decide("receive", json("{\"dossier\": \"%s\", \"appointment\": \"%s\"}", code, tomorrow()));
    }

    JsonNode dispatched() {
        return decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\"}]}", code))
                .answer()
                .path("results")
                .path(0);
    }

    static LocalDate tomorrow() {
        return LocalDate.now(ZoneOffset.ofHours(7)).plusDays(1);
    }

    /** Everything about one scan that a test may want otherwise. */
    record Scan(String code, String item, ObjectNode entry) {

        Scan with(String field, Object value) {
            ObjectNode changed = entry.deepCopy();
            changed.set(field, JSON.valueToTree(value));
            return new Scan(code, item, changed);
        }

        Scan detail(String field, Object value) {
            ObjectNode changed = entry.deepCopy();
            changed.withObject("/details").set(field, JSON.valueToTree(value));
            return new Scan(code, item, changed);
        }

        String id() {
            return entry.path("id").asText();
        }
    }

    Scan scan(String handlingCode, String item) {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("id", UuidCreator.getTimeOrderedEpoch().toString())
                .put("seq", COUNTS.incrementAndGet())
                .put("code", handlingCode)
                .put("item", item)
                .put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
        return new Scan(handlingCode, item, entry);
    }

    /** Of a leg that has no envelope, or whose label is not at hand. */
    Scan scanOfLeg(String handlingCode, String kind) {
        Scan scan = scan(handlingCode, "").with("leg", leg(kind).path("id").asText());
        scan.entry().remove("item");
        return scan;
    }

    /** The answer to the last of them. */
    JsonNode report(Scan... scans) {
        return report("buu-ta", "POSTAL_WORKER", "520100", scans);
    }

    JsonNode report(String user, String role, String office, Scan... scans) {
        ArrayNode answers = (ArrayNode)
                batch(user, role, office, Instant.now(), scans).answer().path("handlings");
        return answers.get(answers.size() - 1);
    }

    Receipt batch(String user, String role, String office, Instant sentAt, Scan... scans) {
        ObjectNode batch = JSON.createObjectNode();
        batch.put("device", "phone-" + user).put("sentAt", sentAt.toString());
        batch.putObject("by").put("user", user).put("role", role).put("office", office);
        for (Scan scan : scans) {
            batch.withArray("handlings").add(scan.entry());
        }
        Inbound in = bean(Mappings.class)
                .judge(in("scan", "scan.handlings", batch), "handlings", "scan/handling.in.schema.json");
        return bean(Handlings.class).record(in);
    }

    /** The one-stop takes back all it has ordered. */
    void takeBack() {
        bean(Ordering.class).cancel(in("qti-tthcc", "ngsp.cancel", json("{\"orderNumber\": \"%s\"}", code)));
    }

    /** By another supervisor: nobody voids money they took themselves. */
    static void undo(Scan scan) {
        bean(Corrections.class)
                .undo(new Corrections.Undoing(
                        uuid(scan.id()), UuidCreator.getTimeOrderedEpoch().toString(), "520100", "to-pho", "nhầm"));
    }

    /** What an outside carrier says in its feed. */
    /** Its id, once its code is known. */
    UUID dossier() {
        return hub().db()
                .sql("select dossier from dossier_code where code = :code")
                .param("code", code)
                .query(UUID.class)
                .single();
    }

    JsonNode heard(String carrier, String item, String handlingCode) {
        return heard(
                carrier,
                item,
                handlingCode,
                OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
    }

    JsonNode heard(String carrier, String item, String handlingCode, String at) {
        return bean(Handlings.class)
                .heard(in(
                        carrier,
                        "carrier.event",
                        json(
                                "{\"item\": \"%s\", \"orderNumber\": \"%s\", \"code\": \"%s\", \"rawCode\": \"1\","
                                        + " \"occurredAt\": \"%s\"}",
                                item, item, handlingCode, at)))
                .answer();
    }

    Scan delivered(String item, String signature) {
        return scan("DELIVERED", item)
                .detail("identity", "MATCHED")
                .detail("signature", signature)
                .detail("originalsTaken", 0)
                .detail("feeCollected", 0)
                .detail("postageCollected", 0)
                .detail("relation", "SELF");
    }

    private static final byte[] STROKES = "[[[12,40],[18,22]]]".getBytes(StandardCharsets.UTF_8);

    /** Of what {@link #sign} brings. */
    String signature() {
        return Sha256.hex(STROKES);
    }

    /** The evidence of a delivery that named {@link #signature} arrives. */
    void sign(Scan delivered) {
        bean(Evidence.class).keep(uuid(delivered.id()), signature(), Evidence.Kind.SIGNATURE, STROKES, MAKER);
    }

    JsonNode facts() {
        return bean(Dossiers.class).facts(code, "dvcqg");
    }

    String step(String kind) {
        return leg(kind).path("step").path("code").asText();
    }

    JsonNode leg(String kind) {
        JsonNode found = JSON.missingNode();
        for (JsonNode leg : facts().path("legs")) {
            found = leg.path("kind").asText().equals(kind) ? leg : found;
        }
        return found;
    }

    String item(String kind) {
        return leg(kind).path("item").asText(null);
    }

    int status() {
        return facts().path("dossier").path("status").asInt();
    }

    /** What was written down to be told a partner about this dossier, in order; each in the words we published. */
    List<JsonNode> told(String partner, String kind) {
        List<JsonNode> told = HUB.db()
                .sql("select body from message where direction = 'OUT' and partner = :partner and kind = :kind"
                        + " and subject = :code order by seq")
                .param("partner", partner)
                .param("kind", kind)
                .param("code", code)
                .query((row, n) -> Rows.json(row.getString(1)))
                .list();
        String schema = kind.startsWith("order")
                ? "words/order.schema.json"
                : kind.equals("notice") ? "words/notice.schema.json" : "words/event.schema.json";
        told.forEach(body -> bean(Mappings.class).check(body, schema));
        return told;
    }

    List<String> toldCodes(String partner, String kind) {
        return told(partner, kind).stream()
                .map(body -> body.path("event").path("code").asText())
                .toList();
    }

    /** As if the row of the directory that this leg names had been another one. */
    void office(String kind, String column, String value) {
        HUB.db()
                .sql("update leg set " + column + " = :value where id = :leg")
                .param("value", value)
                .param("leg", uuid(leg(kind).path("id").asText()))
                .update();
    }

    /** Rows of every table that a refused message could have left something in. */
    static List<Long> traces() {
        return List.of("message", "dossier", "dossier_code", "leg", "handling", "progress", "evidence").stream()
                .map(table -> HUB.db()
                        .sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .toList();
    }

    static UUID uuid(String text) {
        return UUID.fromString(text);
    }

    static void holds(JsonNode answer, String outcome) {
        assertThat(answer.path("outcome").asText()).as(answer.toString()).isEqualTo(outcome);
    }
}
