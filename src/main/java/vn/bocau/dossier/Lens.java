package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.dossier.rules.FailureReason;

/**
 * A dossier's whole journey for an operator, found by whatever is at hand: any of its codes, an item's number, an order's, a
 * receipt's, a payment's reference, or a citizen's telephone number. Nobody's name comes out of it.
 */
@Component
public class Lens {

    private static final int MOST = 50;
    private static final int DIGITS_OF_A_PHONE = 9;

    /** What waits for a person is little; where it is not, the newest of it. A filing has a few thousand letters. */
    private static final int LOOKED_THROUGH = 10_000;

    private static final int LARGEST = 100_000;

    /** @param code the first of its codes */
    public record Found(
            UUID id,
            String code,
            @Nullable String procedure,
            String agency,
            @Nullable String portal,
            int status,
            Instant createdAt) {}

    /**
     * @param step name of {@link vn.bocau.dossier.rules.Step}
     * @param rule the rule that made step, next act and deadline, for people
     * @param last the handling that says so
     */
    public record LegState(
            UUID id,
            int no,
            String kind,
            @Nullable String item,
            String carrier,
            String fromOffice,
            String toOffice,
            Instant openedAt,
            String step,
            int attempts,
            String rule,
            @Nullable UUID last,
            @Nullable String nextAct,
            @Nullable String ownerKind,
            @Nullable String owner,
            @Nullable Instant dueAt) {}

    /**
     * @param leg number of the leg; null when it moved none
     * @param carrierCode the carrier's own code, where it has one
     * @param reason why it did not succeed: name of a {@link FailureReason}
     * @param conflict why a person has to look at it: a code that is stable for programs
     * @param voidedBy user name of who voided it; null while it counts
     * @param decides whether its leg stands where it does because of it
     * @param named signatures and photos that it says there are
     * @param evidence signatures and photos that are here
     */
    public record Handled(
            UUID id,
            @Nullable Integer leg,
            String code,
            @Nullable String carrierCode,
            Instant happenedAt,
            Instant recordedAt,
            String actor,
            @Nullable String office,
            @Nullable String reason,
            @Nullable String conflict,
            @Nullable String voidedBy,
            boolean decides,
            long named,
            long evidence) {

        /** Why it did not succeed, for people. */
        public Optional<Text> failed() {
            return Optional.ofNullable(reason).flatMap(FailureReason::of).map(FailureReason::text);
        }

        /** Why a person has to look at it, for people; of a code nobody knows the code itself. */
        public Optional<Text> doubted() {
            return Optional.ofNullable(conflict)
                    .map(code -> Doubt.of(code).map(Doubt::text).orElseGet(() -> new Text(code, code)));
        }
    }

    /** What its portal was told beside the handlings. */
    public record Said(String code, Instant happenedAt, Instant recordedAt) {}

    private final JdbcClient db;
    private final TakesPart takesPart;

    Lens(JdbcClient db, TakesPart takesPart) {
        this.db = db;
        this.takesPart = takesPart;
    }

    /**
     * The newest first, at most 50. Codes are read to people over the telephone: small letters find what has great ones.
     *
     * @param partners only those in which one of these takes part; null for all
     */
    @Transactional(readOnly = true)
    public List<Found> find(String text, @Nullable Set<String> partners) {
        String said = text.strip();
        String digits = said.replaceAll("\\D", "");
        return takesPart
                .of(db.sql("""
                        select d.id, c.code, d.procedure_name as procedure, d.agency, d.portal, d.status, d.created_at
                        from dossier d join dossier_code c on c.dossier = d.id and c.no = (
                            select min(no) from dossier_code f where f.dossier = d.id)
                        where d.id in (
                            select dossier from dossier_code where upper(code) = upper(:said)
                            union all select dossier from leg where item = :item
                            union all select l.dossier from former_item f join leg l on l.id = f.leg where f.item = :item
                            union all select dossier from leg where upper(order_number) = upper(:said)
                            union all select id from dossier where upper(paid_reference) = upper(:said)
                            union all select l.dossier from handling h join leg l on l.id = h.leg
                                where h.seq = :receipt and jsonb_exists_any(h.details, array['feeCollected', 'postageCollected', 'codCollected'])
                            union all select dossier from leg where :phone <> '' and
                                right(regexp_replace(sender ->> 'phone', '\\D', '', 'g'), 9) = :phone
                            union all select dossier from leg where :phone <> '' and
                                right(regexp_replace(receiver ->> 'phone', '\\D', '', 'g'), 9) = :phone)
                        and %s
                        order by d.created_at desc limit :most
                        """.formatted(TakesPart.SQL)), partners)
                .param("said", said)
                .param("item", said.toUpperCase(Locale.ROOT).replace(" ", ""))
                .param(
                        "receipt",
                        digits.length() == said.length() && digits.length() < 16 && !digits.isEmpty()
                                ? Long.parseLong(digits)
                                : -1)
                .param("phone", isPhone(said, digits) ? digits.substring(digits.length() - DIGITS_OF_A_PHONE) : "")
                .param("most", MOST)
                .query(Found.class)
                .list();
    }

    private static boolean isPhone(String said, String digits) {
        return digits.length() >= DIGITS_OF_A_PHONE && said.matches("[+0-9 ().-]+");
    }

    /**
     * What came in, waits for a person and is in no dossier's journey, such as a filing that was refused, of which there is no
     * dossier: by what it says itself, where a code, an item's or an order's number belongs. It is looked for when somebody asks,
     * and kept nowhere else, because names are typed where codes belong. The newest first, at most 50.
     *
     * @param names as people say them
     * @param partners only of these; null for all
     */
    @Transactional(readOnly = true)
    public List<UUID> parked(Set<String> names, @Nullable Set<String> partners) {
        Set<String> wanted = names.stream().map(Lens::plain).collect(Collectors.toSet());
        List<UUID> perhaps = db.sql("""
                        select id from (
                            select seq, id, body from message
                            where state = 'PARKED' and direction = 'IN' and message_group is null
                              and octet_length(body) <= :largest
                              and (cast(:partners as text[]) is null or partner = any(:partners))
                            order by seq desc limit :looked) m
                        where exists (select from unnest(cast(:names as text[])) n
                            where strpos(replace(upper(m.body), ' ', ''), replace(upper(n), ' ', '')) > 0)
                        order by seq desc limit :most
                        """)
                .param("partners", partners == null ? null : partners.toArray(String[]::new))
                .param("looked", LOOKED_THROUGH)
                .param("largest", LARGEST)
                .param("names", names.stream().map(Lens::written).toArray(String[]::new))
                .param("most", 4 * MOST)
                .query(UUID.class)
                .list();
        return perhaps.stream()
                .filter(id ->
                        NamedDossiers.Said.in(body(id)).all().map(Lens::plain).anyMatch(wanted::contains))
                .limit(MOST)
                .toList();
    }

    /** One after the other: each may be large. */
    private JsonNode body(UUID id) {
        return db.sql("select body from message where id = :id")
                .param("id", id)
                .query((row, n) -> Rows.json(row.getString("body")))
                .single();
    }

    private static String plain(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("\\s", "");
    }

    /** As it stands in JSON. */
    private static String written(String name) {
        String quoted = TextNode.valueOf(name.strip()).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    @Transactional(readOnly = true)
    public Set<String> codes(UUID dossier) {
        return db.sql("select code from dossier_code where dossier = :dossier")
                .param("dossier", dossier)
                .query(String.class)
                .set();
    }

    /**
     * @param partners one of these has to take part in it; null when none has to
     * @throws Refused UNKNOWN {@code unknown-dossier}
     */
    @Transactional(readOnly = true)
    public Found one(UUID id, @Nullable Set<String> partners) {
        return takesPart
                .of(db.sql("""
                        select d.id, f.code, d.procedure_name as procedure, d.agency, d.portal, d.status, d.created_at
                        from dossier d join dossier_code f on f.dossier = d.id
                        where d.id = :id and %s order by f.no limit 1
                        """.formatted(TakesPart.SQL)), partners)
                .param("id", id)
                .query(Found.class)
                .optional()
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-dossier",
                        "dossier",
                        "Không có hồ sơ này.",
                        "There is no such dossier."));
    }

    @Transactional(readOnly = true)
    public List<LegState> legs(UUID dossier) {
        return db.sql("""
                        select l.id, l.no, l.kind, l.item, l.carrier, l.from_office, l.to_office, l.opened_at, p.step, p.attempts,
                            p.rule, p.last_handling as last, p.next_act, p.owner_kind, p.owner, p.due_at
                        from leg l join progress p on p.leg = l.id
                        where l.dossier = :dossier order by l.no
                        """).param("dossier", dossier).query(LegState.class).list();
    }

    /** In the order in which they happened; voided ones too, and those of its items that moved nothing. */
    @Transactional(readOnly = true)
    public List<Handled> handlings(UUID dossier) {
        return db.sql("""
                        select h.id, l.no as leg, h.code, h.raw_code as carrier_code, h.happened_at, h.recorded_at, h.actor,
                            h.office, h.reason, h.conflict,
                            (select coalesce(v.supervisor, v.actor) from handling v where v.voids = h.id limit 1) as voided_by,
                            coalesce(p.last_handling = h.id, false) as decides,
                            cast(jsonb_exists(h.details, 'signature') as int) + cast(jsonb_exists(h.details, 'countersignature') as int)
                                + case jsonb_typeof(h.details -> 'photos')
                                    when 'array' then jsonb_array_length(h.details -> 'photos') else 0 end as named,
                            (select count(*) from evidence e where e.handling = h.id) as evidence
                        from handling h left join leg l on l.id = h.leg left join progress p on p.leg = l.id
                        where h.seq in (
                            select o.seq from leg m join handling o on o.leg = m.id where m.dossier = :dossier
                            union all select o.seq from handling o where o.leg is null and o.item in (
                                select item from leg where dossier = :dossier
                                union all select f.item from former_item f join leg m on m.id = f.leg where m.dossier = :dossier))
                        order by h.happened_at, h.seq
                        """).param("dossier", dossier).query(Handled.class).list();
    }

    @Transactional(readOnly = true)
    public List<Said> said(UUID dossier) {
        return db.sql("select code, happened_at, recorded_at from dossier_event where dossier = :dossier order by seq")
                .param("dossier", dossier)
                .query((row, n) -> new Said(
                        row.getString("code"),
                        row.getTimestamp("happened_at").toInstant(),
                        row.getTimestamp("recorded_at").toInstant()))
                .list();
    }
}
