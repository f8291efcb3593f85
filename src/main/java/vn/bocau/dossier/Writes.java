package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Progress;

/** Writes what happened on journeys: one batch for each table, however many journeys there are. */
@Component
class Writes {

    private static final String INSERT_REPORT = """
                insert into handling (id, leg, item, code, raw_code, raw_text, occurred_at, utc_offset, happened_at, recorded_at,
                    device, device_seq, actor, office, reason, action, next_date, note, details, voids, supervisor, source,
                    conflict)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
                """;

    private final JdbcTemplate db;
    private final ApplicationEventPublisher events;
    private final DossierMeters meters;

    Writes(JdbcTemplate db, ApplicationEventPublisher events, DossierMeters meters) {
        this.db = db;
        this.meters = meters;
        this.events = events;
    }

    void write(Collection<Journey> journeys) {
        dossiers(journeys);
        legs(journeys);
        orders(journeys);
        reports(journeys);
        reviews(journeys);
        progress(journeys);
        events(journeys);
        meters.known(journeys);
    }

    private void events(Collection<Journey> journeys) {
        List<Object[]> events = new ArrayList<>();
        for (Journey journey : journeys) {
            journey.news().stream()
                    .filter(news -> !(news.event() instanceof Journey.Event.Handled)
                            && !(news.event() instanceof Journey.Event.Decided decided && decided.again()))
                    .map(news -> Telling.said(news.event(), news.dossier()))
                    .forEach(said -> events.add(new Object[] {
                        journey.id(),
                        said.code(),
                        said.text().vi(),
                        said.text().en(),
                        at(said.happenedAt()),
                        at(said.recordedAt())
                    }));
        }
        batch(
                "insert into dossier_event (dossier, code, vi, en, happened_at, recorded_at) values (?, ?, ?, ?, ?, ?)",
                events);
    }

    private void dossiers(Collection<Journey> journeys) {
        List<Object[]> begun = new ArrayList<>();
        List<Object[]> changed = new ArrayList<>();
        List<Object[]> codes = new ArrayList<>();
        for (Journey journey : journeys) {
            Dossier d = journey.dossier();
            if (journey.fresh()) {
                begun.add(said(d));
            } else if (journey.changed()) {
                changed.add(said(d));
            }
            if (journey.fresh() || journey.changed()) {
                for (int no = 0; no < d.codes().size(); no++) {
                    Dossier.Code code = d.codes().get(no);
                    codes.add(new Object[] {code.code(), d.id(), no + 1, code.system()});
                }
            }
        }
        batch("""
                insert into dossier (procedure_code, procedure_name, level, channel, filed_on, agency, portal, portal_ref,
                    paid_online, paid_amount, paid_reference, paid_at, status, appointment, received_at, decided_at,
                    supplement, papers_right, said_at, decide_by, before_decided, id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?)
                """, begun);
        batch("""
                update dossier set procedure_code = ?, procedure_name = ?, level = ?, channel = ?, filed_on = ?, agency = ?,
                    portal = ?, portal_ref = ?, paid_online = ?, paid_amount = ?,
                    paid_reference = ?, paid_at = ?, status = ?, appointment = ?, received_at = ?,
                    decided_at = ?, supplement = ?::jsonb, papers_right = ?, said_at = ?, decide_by = ?, before_decided = ?::jsonb
                where id = ?
                """, changed);
        batch(
                "insert into dossier_code (code, dossier, no, system) values (?, ?, ?, ?) on conflict (code) do nothing",
                codes);
    }

    private static Object[] said(Dossier d) {
        return new @Nullable Object[] {
            d.procedure(),
            d.procedureName(),
            d.level(),
            d.channel().name(),
            d.filedOn(),
            d.agency(),
            d.portal(),
            d.portalRef(),
            d.paidOnline(),
            d.payment() == null ? null : d.payment().amount(),
            d.payment() == null ? null : d.payment().reference(),
            d.payment() == null || d.payment().at() == null
                    ? null
                    : at(d.payment().at()),
            d.status(),
            d.appointment(),
            d.receivedAt() == null ? null : at(d.receivedAt()),
            d.decidedAt() == null ? null : at(d.decidedAt()),
            Paper.json(d.supplement()).toString(),
            d.right(),
            d.saidAt() == null ? null : at(d.saidAt()),
            d.decideBy() == null ? null : at(d.decideBy()),
            d.before() == null ? null : before(d.before()),
            d.id()
        };
    }

    private static String before(Dossier.Before before) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", before.status());
        json.set("supplement", Paper.json(before.supplement()));
        if (before.decideBy() != null) {
            json.put("decideBy", before.decideBy().toString());
        }
        return json.toString();
    }

    private void legs(Collection<Journey> journeys) {
        List<Object[]> opened = new ArrayList<>();
        List<Object[]> agreed = new ArrayList<>();
        for (Journey journey : journeys) {
            journey.opened().forEach(leg -> opened.add(opened(journey.id(), leg)));
            // A label goes from one to another: first who gives it.
            journey.agreed().stream()
                    .filter(leg -> !journey.opened().contains(leg))
                    .sorted(Comparator.comparing(leg -> leg.facts().item() != null))
                    .forEach(leg -> agreed.add(agreed(leg)));
        }
        // Before the new ones: a label may go from a cancelled leg to the next.
        batch("""
                update leg set agency = ?, item = ?, carrier = ?, from_office = ?, to_office = ?, sender = ?::jsonb, receiver = ?::jsonb,
                    papers = ?::jsonb, fee_asked = ?, postage_asked = ?, cod_asked = ?, payee_asked = ?, originals_asked = ?,
                    fee_due = ?, postage_due = ?, cod_due = ?, payee_due = ?, originals_due = ?, ordered_by = ?, order_number = ?, order_digest = ?,
                    former_offices = ?, former_payees = ?
                where id = ?
                """, agreed);
        batch("""
                insert into leg (id, dossier, no, kind, to_agency, identity_check, requested_by, returns,
                    opened_at, agency, item, carrier, from_office, to_office, sender, receiver, papers, fee_asked, postage_asked, cod_asked,
                    payee_asked, originals_asked, fee_due, postage_due, cod_due, payee_due, originals_due, ordered_by, order_number, order_digest, former_offices, former_payees)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, opened);
        List<Object[]> former = new ArrayList<>();
        journeys.forEach(journey -> journey.touched()
                .forEach(leg -> leg.formerItems().forEach(item -> former.add(new Object[] {leg.id(), item}))));
        batch("insert into former_item (leg, item) values (?, ?) on conflict do nothing", former);
    }

    private void orders(Collection<Journey> journeys) {
        List<Object[]> told = new ArrayList<>();
        journeys.forEach(journey -> journey.orders()
                .changed()
                .forEach(order -> told.add(new Object[] {
                    journey.id(),
                    order.carrier(),
                    order.item(),
                    order.leg(),
                    order.digest(),
                    order.due().fee(),
                    order.due().postage(),
                    order.due().cod().amount(),
                    order.due().cod().payee(),
                    order.due().originals(),
                    order.toTake().fee(),
                    order.toTake().postage(),
                    order.toTake().cod().amount(),
                    order.toTake().cod().payee(),
                    order.toTake().originals(),
                    order.cancelled(),
                    order.takenBack(),
                    order.turn(),
                    at(order.at())
                })));
        batch("""
                insert into carrier_order (dossier, carrier, item, leg, digest, fee_due, postage_due, cod_due, payee_due, originals_due,
                    fee_to_take, postage_to_take, cod_to_take, payee_to_take, originals_to_take, cancelled, taken_back, turn, told_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (dossier, turn) do update set digest = excluded.digest, taken_back = excluded.taken_back,
                    payee_due = excluded.payee_due, payee_to_take = excluded.payee_to_take
                """, told);
    }

    private static Object[] opened(UUID dossier, Leg opened) {
        LegFacts leg = opened.facts();
        List<@Nullable Object> row = new ArrayList<>(java.util.Arrays.asList(
                leg.id(),
                dossier,
                leg.no(),
                leg.kind().name(),
                leg.toAgency(),
                leg.identityCheck(),
                leg.requestedBy(),
                leg.returns(),
                at(leg.openedAt())));
        row.addAll(changing(opened));
        return row.toArray();
    }

    private static Object[] agreed(Leg leg) {
        List<@Nullable Object> row = changing(leg);
        row.add(leg.id());
        return row.toArray();
    }

    private static List<@Nullable Object> changing(Leg changed) {
        LegFacts leg = changed.facts();
        LegFacts.Order order = leg.order();
        return new ArrayList<>(java.util.Arrays.asList(
                leg.agency(),
                leg.item(),
                leg.carrier(),
                leg.fromOffice(),
                leg.toOffice(),
                leg.sender().known().toString(),
                leg.receiver().known().toString(),
                Paper.json(leg.papers()).toString(),
                leg.asked().fee(),
                leg.asked().postage(),
                leg.asked().cod().amount(),
                leg.asked().cod().payee(),
                leg.asked().originals(),
                changed.due().fee(),
                changed.due().postage(),
                changed.due().cod().amount(),
                changed.due().cod().payee(),
                changed.due().originals(),
                order == null ? null : order.by(),
                order == null ? null : order.number(),
                order == null ? null : order.digest(),
                changed.formerOffices().toArray(String[]::new),
                changed.formerPayees().toArray(String[]::new)));
    }

    private void reports(Collection<Journey> journeys) {
        List<Object[]> added = new ArrayList<>();
        List<Object[]> placed = new ArrayList<>();
        for (Journey journey : journeys) {
            journey.added()
                    .forEach(a -> added.add(row(a.leg().id(), a.leg().facts().item(), a.report(), a.conflict())));
            journey.legs()
                    .forEach(leg -> leg.reports().stream()
                            .filter(r -> journey.adopted().contains(r.id()))
                            .forEach(r -> placed.add(new @Nullable Object[] {
                                leg.id(), journey.doubt(leg, r).map(Doubt::code).orElse(null), r.id()
                            })));
        }
        batch(INSERT_REPORT, added);
        batch("update handling set leg = ?, conflict = ? where id = ? and leg is null", placed);
        reconsidered(journeys);
    }

    private void reviews(Collection<Journey> journeys) {
        List<Object[]> reviews = new ArrayList<>();
        journeys.forEach(journey -> journey.reviews()
                .forEach(review -> reviews.add(new Object[] {review.handling(), review.by(), review.reason()})));
        List<Object[]> unsettled = new ArrayList<>();
        journeys.forEach(journey -> journey.unsettled().forEach(handling -> unsettled.add(new Object[] {handling})));
        batch("delete from handling_review where handling = ? and what = 'SETTLED'", unsettled);
        batch(
                "insert into handling_review (handling, what, by, reason) values (?, 'SETTLED', ?, ?) on conflict do nothing",
                reviews);
    }

    private void reconsidered(Collection<Journey> journeys) {
        List<Object[]> rows = new ArrayList<>();
        Set<UUID> moved = new LinkedHashSet<>();
        for (Journey journey : journeys) {
            journey.reconsidered().forEach((id, leg) -> {
                Report report = Objects.requireNonNull(leg.report(id));
                rows.add(new @Nullable Object[] {
                    journey.doubt(leg, report).map(Doubt::code).orElse(null), id
                });
            });
            journey.added().stream()
                    .map(Journey.Added::report)
                    .filter(Writes::concernsMoney)
                    .forEach(report -> moved.add(report.id()));
            moved.addAll(journey.adopted());
            moved.addAll(journey.reconsidered().keySet());
        }
        batch("update handling set conflict = ? where id = ?", rows);
        moved(moved);
    }

    private static boolean concernsMoney(Report report) {
        return report.money() || report.voids() != null;
    }

    private void moved(Collection<UUID> handlings) {
        if (!handlings.isEmpty()) {
            events.publishEvent(new Takings.Moved(List.copyOf(handlings)));
        }
    }

    /** Kept though nobody knows its item yet, or it moves nothing. No lock stands before it: two phones may bring the same at once. */
    void unplaced(Report report, @Nullable String item, @Nullable String conflict) {
        batch(INSERT_REPORT + " on conflict (id) do nothing", List.<Object[]>of(row(null, item, report, conflict)));
        if (concernsMoney(report)) {
            moved(List.of(report.id()));
        }
    }

    private static Object[] row(@Nullable UUID leg, @Nullable String item, Report r, @Nullable String conflict) {
        return new @Nullable Object[] {
            r.id(),
            leg,
            r.item() == null ? item : r.item(),
            r.code().name(),
            r.rawCode(),
            r.rawText(),
            at(r.occurredAt()),
            r.offset().getId(),
            at(r.happenedAt()),
            at(r.recordedAt()),
            r.device(),
            r.deviceSeq(),
            r.actor(),
            r.office(),
            r.reason() == null ? null : r.reason().name(),
            r.action() == null ? null : r.action().name(),
            r.nextDate(),
            r.note(),
            r.details().toString(),
            r.voids(),
            r.supervisor(),
            r.source(),
            conflict
        };
    }

    private void progress(Collection<Journey> journeys) {
        List<Object[]> rows = new ArrayList<>();
        journeys.forEach(journey -> journey.moved().forEach(leg -> rows.add(progress(leg, journey.obligation(leg)))));
        progress(rows);
    }

    void progress(List<Object[]> rows) {
        batch("""
                insert into progress (leg, step, attempts, closed, last_handling, happened_at, next_act, owner_kind, owner,
                    due_at, rule)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (leg) do update set step = excluded.step, attempts = excluded.attempts, closed = excluded.closed,
                    last_handling = excluded.last_handling, happened_at = excluded.happened_at,
                    next_act = excluded.next_act, owner_kind = excluded.owner_kind, owner = excluded.owner,
                    due_at = excluded.due_at, rule = excluded.rule
                """, rows);
    }

    /** The same row as it was kept; empty when there is none. */
    Object[] kept(UUID leg) {
        return db
                .query(
                        """
                        select leg, step, attempts, closed, last_handling, happened_at, next_act, owner_kind, owner, due_at, rule
                        from progress where leg = ?
                        """,
                        (row, n) -> new @Nullable Object[] {
                            row.getObject(1),
                            row.getObject(2),
                            row.getObject(3),
                            row.getObject(4),
                            row.getObject(5),
                            row.getObject(6, OffsetDateTime.class),
                            row.getObject(7),
                            row.getObject(8),
                            row.getObject(9),
                            row.getObject(10, OffsetDateTime.class),
                            row.getObject(11)
                        },
                        leg)
                .stream()
                .findFirst()
                .orElse(new Object[0]);
    }

    /** A row of table progress. Everything in it is derived. */
    static Object[] progress(Leg leg, Obligation obligation) {
        Progress progress = leg.progress();
        Obligation.Next next = obligation.next();
        return new @Nullable Object[] {
            leg.id(),
            progress.step().name(),
            progress.attempts(),
            obligation.closed(),
            progress.lastHandling(),
            progress.since() == null ? null : at(progress.since()),
            next == null ? null : next.act().name(),
            next == null ? null : next.ownerKind().name(),
            next == null ? null : next.owner(),
            next == null ? null : at(next.dueAt()),
            obligation.rule().code()
        };
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private void batch(String sql, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        db.batchUpdate(sql, rows, rows.size(), Writes::bind);
    }

    private static void bind(PreparedStatement statement, Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            if (row[i] == null) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                statement.setObject(i + 1, row[i]);
            }
        }
    }
}
