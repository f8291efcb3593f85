package vn.bocau.dossier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Channel;
import vn.bocau.dossier.rules.Action;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;

/** Reads dossiers, legs and handlings from their tables. */
@Component
class Rows {

    static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient db;

    Rows(JdbcClient db) {
        this.db = db;
    }

    List<Dossier> dossiers(UUID... ids) {
        return db.sql("""
                        select d.*, array(select c.system from dossier_code c where c.dossier = d.id order by c.no) as systems,
                            array(select c.code from dossier_code c where c.dossier = d.id order by c.no) as codes
                        from dossier d where d.id = any(:ids) order by d.id
                        """).param("ids", ids).query((row, n) -> dossier(row)).list();
    }

    private static List<Dossier.Code> codes(ResultSet row) throws SQLException {
        String[] systems = texts(row, "systems");
        String[] codes = texts(row, "codes");
        return IntStream.range(0, codes.length)
                .mapToObj(n -> new Dossier.Code(systems[n], codes[n]))
                .toList();
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static @Nullable Payment payment(ResultSet row) throws SQLException {
        String reference = row.getString("paid_reference");
        OffsetDateTime at = row.getObject("paid_at", OffsetDateTime.class);
        return reference == null
                ? null
                : new Payment(row.getLong("paid_amount"), reference, at == null ? null : at.toInstant());
    }

    private static Dossier dossier(ResultSet row) throws SQLException {
        return new Dossier(
                row.getObject("id", UUID.class),
                codes(row),
                row.getString("procedure_code"),
                row.getString("procedure_name"),
                row.getObject("level", Integer.class),
                Channel.valueOf(row.getString("channel")),
                row.getObject("filed_on", LocalDate.class),
                row.getString("agency"),
                row.getString("portal"),
                row.getString("portal_ref"),
                row.getBoolean("paid_online"),
                payment(row),
                row.getInt("status"),
                row.getObject("appointment", LocalDate.class),
                perhaps(row, "received_at"),
                perhaps(row, "decided_at"),
                Paper.list(json(row.getString("supplement"))),
                row.getObject("papers_right", Boolean.class),
                perhaps(row, "said_at"),
                perhaps(row, "decide_by"),
                before(row.getString("before_decided")));
    }

    private static Dossier.@Nullable Before before(@Nullable String kept) {
        if (kept == null) {
            return null;
        }
        JsonNode json = json(kept);
        String decideBy = json.path("decideBy").asText(null);
        return new Dossier.Before(
                json.path("status").asInt(),
                Paper.list(json.path("supplement")),
                decideBy == null ? null : Instant.parse(decideBy));
    }

    /** What outside carriers were told of each of these dossiers. */
    Map<UUID, OrderBook> orders(UUID... dossiers) {
        Map<UUID, List<CarrierOrder>> told = new HashMap<>();
        db.sql("select * from carrier_order where dossier = any(:ids)")
                .param("ids", dossiers)
                .query(row -> {
                    told.computeIfAbsent(row.getObject("dossier", UUID.class), k -> new ArrayList<>())
                            .add(order(row));
                });
        Map<UUID, OrderBook> orders = new HashMap<>();
        for (UUID dossier : dossiers) {
            orders.put(dossier, new OrderBook(told.getOrDefault(dossier, List.of())));
        }
        return orders;
    }

    private static CarrierOrder order(ResultSet row) throws SQLException {
        return new CarrierOrder(
                row.getString("carrier"),
                row.getString("item"),
                row.getObject("leg", UUID.class),
                row.getString("digest"),
                dues(row, "due"),
                dues(row, "to_take"),
                row.getBoolean("cancelled"),
                row.getInt("taken_back"),
                row.getInt("turn"),
                instant(row, "told_at"));
    }

    /**
     * The legs of these dossiers in their order, each with what was reported of it.
     *
     * @param orders of each of them, shared by its legs
     */
    Map<UUID, List<Leg>> legs(Map<UUID, OrderBook> orders, UUID... dossiers) {
        record Known(
                UUID dossier,
                LegFacts facts,
                Dues due,
                Set<String> formerOffices,
                Set<String> formerPayees,
                Set<String> formerItems) {}
        List<Known> known = db.sql("""
                        select l.*, array(select f.item from former_item f where f.leg = l.id) as former_items
                        from leg l where l.dossier = any(:ids) order by l.dossier, l.no
                        """)
                .param("ids", dossiers)
                .query((row, n) -> new Known(
                        row.getObject("dossier", UUID.class),
                        leg(row),
                        dues(row, "due"),
                        Set.of(texts(row, "former_offices")),
                        Set.of(texts(row, "former_payees")),
                        Set.of(texts(row, "former_items"))))
                .list();
        UUID[] ids = known.stream().map(k -> k.facts().id()).toArray(UUID[]::new);
        Map<UUID, Map<UUID, Set<String>>> evidence = new HashMap<>();
        Map<UUID, List<Report>> reports = new HashMap<>();
        Map<UUID, Map<UUID, String>> settled = new HashMap<>();
        db.sql("""
                        select h.*, array(select e.sha256 from evidence e where e.handling = h.id) as evidence,
                            (select r.reason from handling_review r where r.handling = h.id and r.what = 'SETTLED') as settled
                        from handling h where h.leg = any(:ids) order by h.seq
                        """).param("ids", ids).query(row -> {
            UUID leg = row.getObject("leg", UUID.class);
            Report report = report(row);
            String reason = row.getString("settled");
            if (reason != null) {
                settled.computeIfAbsent(leg, k -> new HashMap<>()).put(report.id(), reason);
            }
            reports.computeIfAbsent(leg, k -> new ArrayList<>()).add(report);
            String[] here = texts(row, "evidence");
            if (here.length > 0) {
                evidence.computeIfAbsent(leg, k -> new HashMap<>()).put(report.id(), Set.of(here));
            }
        });
        Map<UUID, List<Leg>> legs = new LinkedHashMap<>();
        known.forEach(k -> {
            UUID id = k.facts().id();
            legs.computeIfAbsent(k.dossier(), d -> new ArrayList<>())
                    .add(new Leg(
                            k.facts(),
                            reports.getOrDefault(id, List.of()),
                            Objects.requireNonNull(orders.get(k.dossier())),
                            new Leg.Kept(
                                    k.due(),
                                    k.formerItems(),
                                    k.formerOffices(),
                                    k.formerPayees(),
                                    evidence.getOrDefault(id, Map.of()),
                                    settled.getOrDefault(id, Map.of()))));
        });
        return legs;
    }

    /** @param which columns: those of what was asked for, is due, or is to be taken */
    private static Dues dues(ResultSet row, String which) throws SQLException {
        return new Dues(
                row.getLong("fee_" + which),
                row.getLong("postage_" + which),
                new Cod(row.getLong("cod_" + which), row.getString("payee_" + which)),
                row.getInt("originals_" + which));
    }

    private static LegFacts leg(ResultSet row) throws SQLException {
        String orderedBy = row.getString("ordered_by");
        return new LegFacts(
                row.getObject("id", UUID.class),
                row.getInt("no"),
                LegKind.valueOf(row.getString("kind")),
                row.getString("item"),
                row.getString("carrier"),
                row.getString("from_office"),
                row.getString("to_office"),
                row.getString("agency"),
                row.getString("to_agency"),
                Party.of(json(row.getString("sender"))),
                Party.of(json(row.getString("receiver"))),
                Paper.list(json(row.getString("papers"))),
                dues(row, "asked"),
                row.getBoolean("identity_check"),
                row.getString("requested_by"),
                orderedBy == null
                        ? null
                        : new LegFacts.Order(orderedBy, row.getString("order_number"), row.getString("order_digest")),
                row.getObject("returns", UUID.class),
                instant(row, "opened_at"));
    }

    static Report report(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        String action = row.getString("action");
        return new Report(
                row.getObject("id", UUID.class),
                row.getString("item"),
                HandlingCode.valueOf(row.getString("code")),
                row.getString("raw_code"),
                row.getString("raw_text"),
                instant(row, "occurred_at"),
                ZoneOffset.of(row.getString("utc_offset")),
                instant(row, "happened_at"),
                instant(row, "recorded_at"),
                row.getString("device"),
                row.getLong("device_seq"),
                row.getString("actor"),
                row.getString("office"),
                reason == null ? null : FailureReason.valueOf(reason),
                action == null ? null : Action.valueOf(action),
                row.getObject("next_date", LocalDate.class),
                row.getString("note"),
                (ObjectNode) json(row.getString("details")),
                row.getObject("voids", UUID.class),
                row.getString("supervisor"),
                row.getString("source"));
    }

    Set<String> taken(Collection<String> items) {
        return new HashSet<>(db.sql("select item from leg where item = any(:items)"
                        + " union select item from former_item where item = any(:items)")
                .param("items", items.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** What was reported of items before anybody here knew them, and waits for that. */
    Map<String, List<Report>> unplaced(Collection<String> items) {
        Map<String, List<Report>> unplaced = new HashMap<>();
        db.sql("select * from handling where leg is null and conflict = :unknown and item = any(:items) order by seq")
                .param("unknown", Doubt.UNKNOWN_ITEM.code())
                .param("items", items.toArray(String[]::new))
                .query(row -> {
                    unplaced.computeIfAbsent(row.getString("item"), k -> new ArrayList<>())
                            .add(report(row));
                });
        return unplaced;
    }

    /** What has arrived of these handlings' evidence, as SHA-256. */
    Map<UUID, Set<String>> evidence(Collection<UUID> handlings) {
        Map<UUID, Set<String>> here = new HashMap<>();
        db.sql("select handling, sha256 from evidence where handling = any(:handlings)")
                .param("handlings", handlings.toArray(UUID[]::new))
                .query(row -> {
                    here.computeIfAbsent(row.getObject(1, UUID.class), k -> new HashSet<>())
                            .add(row.getString(2));
                });
        return here;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant perhaps(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column of jsonb is not JSON", e);
        }
    }
}
