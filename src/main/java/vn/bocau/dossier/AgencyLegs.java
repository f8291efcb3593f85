package vn.bocau.dossier;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Text;
import vn.bocau.directory.AddressGuard.Verdict;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Payee;
import vn.bocau.directory.Procedure;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Choice;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.dossier.rules.Rules;

/** What lies at an agency, as a clerk of it looks at it. Holds personal data. */
@Component
public class AgencyLegs {

    /** One pile on the clerk's desk. */
    public enum Pile {
        /** Results that go by post as soon as the agency gives them: the first time, once more, or anew. */
        TO_DISPATCH(
                "(p.next_act = 'REISSUE' or p.next_act in ('DISPATCH', 'EXPLAIN_DIFFERENCE') and l.kind = 'RESULT')"),
        /** Sealed, for the postal worker who comes next, and on no manifest yet. */
        TO_BE_FETCHED("(p.step = 'READY' or p.next_act = 'EXPLAIN_DIFFERENCE' and l.kind <> 'RESULT') and not exists"
                + " (select from manifest_item i join manifest m on m.number = i.manifest"
                + " where i.leg = l.id and i.item = l.item and " + ManifestBook.BOUND + ")"),
        /**
         * What could not be delivered or fetched: it waits for the citizen or for another try, its address is to be verified,
         * it comes back, lies here again, or is lost. What is brought to the agency lies with its papers.
         */
        RETURNS("(l.kind = 'RETURN' and p.next_act <> 'REISSUE' or p.step = 'PICKUP_FAILED'"
                + " or p.step in ('HELD', 'DELIVERY_FAILED') and l.kind not in ('PICKUP', 'SUPPLEMENT') or " + OURS
                + " and p.next_act in ('VERIFY_ADDRESS', 'DECIDE_ON_PAPERS') and p.step <> 'AGENCY_RETURNED')");

        private final String where;

        Pile(String where) {
            this.where = where;
        }
    }

    /** What of a pile is looked for by itself. */
    public enum Only {
        /** Overdue, or due today. */
        DUE,
        /** Where it goes is not certain: it stays until that is put right. */
        ADDRESS
    }

    /**
     * Which of a pile.
     *
     * @param search part of a dossier's code or of an item's number; null for all
     * @param only null for all
     */
    public record Wanted(
            Pile pile, @Nullable String search, @Nullable Only only, int from, int size) {}

    /**
     * One of them.
     *
     * @param dossier its first code
     * @param item null until there is an envelope
     * @param procedure name; null when nobody has said
     * @param commune where it goes today, in words; null while that is not certain
     * @param address whether where it goes is certain
     * @param toMend why a sealed envelope is not handed over before its address is put right; null when it may be
     * @param fee to be taken at the door, in đồng, as are postage and cod
     * @param payee name of the third whose the COD is; null when there is none
     * @param rule why that is next
     * @param tried how often the post stood at the door in vain
     * @param toUs whether it goes to an agency, whose address nobody writes on a page
     * @param papersComing whether papers of the citizen's are still on their way to the agency
     * @param early whether its dossier is not decided, as far as we have heard: its papers are still to come, this agency has
     *     promised no day for its result, or one later than the next working day
     * @param unanswered whether another agency has promised the day, and this one has said nothing since it was sent on to it
     * @param later that day; null when it is not later
     * @param readdressed when it was last said that it goes elsewhere than a label says that was printed before; null when
     *     nobody has since it was given to the post
     * @param canMove whether the post can be told another address
     * @param canWait whether it can be held at a post office for the citizen to fetch
     * @param ours whether the agency owes what is next
     * @param atOurCounter whether it is held at a post office of ours, and how long is known
     * @param ask the post office or the carrier that owes what is next, and its telephone; null when neither does
     * @param calls to the citizen about it, the newest first
     */
    public record Row(
            UUID leg,
            String dossier,
            Word kind,
            @Nullable String item,
            @Nullable String procedure,
            Word step,
            Word next,
            Instant dueAt,
            String name,
            String phone,
            String street,
            @Nullable String commune,
            Verdict address,
            @Nullable Text toMend,
            long fee,
            long postage,
            long cod,
            @Nullable String payee,
            int originals,
            Word rule,
            List<Try> tried,
            boolean toUs,
            boolean papersComing,
            boolean early,
            boolean unanswered,
            @Nullable LocalDate later,
            @Nullable Instant readdressed,
            boolean canMove,
            boolean canWait,
            boolean ours,
            boolean atOurCounter,
            @Nullable String ask,
            List<Call> calls) {

        public boolean overdue() {
            return dueAt.isBefore(Instant.now());
        }

        /** Without anything personal. */
        @Override
        public String toString() {
            return "Row[" + leg + "]";
        }
    }

    /** @param reason null when nobody has mapped the carrier's own code */
    public record Try(Instant at, @Nullable Word reason) {}

    /** A call to the citizen. */
    public record Call(Instant at, String by, Word outcome) {}

    /**
     * @param total how many there are in all
     * @param ours of how many the agency owes what is next
     */
    public record Page(long total, long ours, List<Row> rows) {}

    private record Counted(long total, long ours) {}

    private static final String OURS = "p.owner_kind = 'AGENCY' and p.owner = :agency";

    private static final String FROM = """
            from progress p join leg l on l.id = p.leg
            where not p.closed and (l.agency = :agency or l.to_agency = :agency and p.owner = :agency) and %s
                and (cast(:search as text) is null
                    or strpos(upper(l.item), upper(:search)) > 0
                    or exists (select from dossier_code c
                        where c.dossier = l.dossier and strpos(upper(c.code), upper(:search)) > 0))
                and (not :due or p.due_at < :tomorrow)
                and (cast(:legs as uuid[]) is null or l.id = any(cast(:legs as uuid[])))
            """;

    /** What comes back was sent there. */
    private static final String SENT_TO = "coalesce((select s.receiver from leg s where s.id = l.returns), l.receiver)";

    private final JdbcClient db;
    private final Journeys journeys;
    private final Addresses addresses;
    private final Directories directories;
    private final Deadlines deadlines;

    AgencyLegs(JdbcClient db, Journeys journeys, Addresses addresses, Directories directories, Deadlines deadlines) {
        this.db = db;
        this.journeys = journeys;
        this.addresses = addresses;
        this.directories = directories;
        this.deadlines = deadlines;
    }

    /** The most urgent first; of what was undelivered, first what the agency has to decide. */
    @Transactional(readOnly = true)
    public Page of(String agency, Wanted wanted) {
        record Found(UUID dossier, UUID leg) {}
        UUID[] legs = wanted.only() == Only.ADDRESS ? uncertain(agency, wanted) : null;
        List<Found> found = asked(
                        agency,
                        wanted,
                        legs,
                        "select l.dossier, l.id as leg ",
                        (wanted.pile() == Pile.RETURNS ? " order by (" + OURS + ") desc, " : " order by ")
                                + "p.due_at, l.id offset :from limit :size")
                .param("from", wanted.from())
                .param("size", wanted.size())
                .query(Found.class)
                .list();
        Map<UUID, Journey> known =
                journeys.read(found.stream().map(Found::dossier).distinct().toArray(UUID[]::new));
        List<Row> rows = new ArrayList<>();
        for (Found one : found) {
            Journey journey = Objects.requireNonNull(known.get(one.dossier()));
            journey.leg(one.leg()).ifPresent(leg -> row(agency, journey, leg).ifPresent(rows::add));
        }
        Counted counted = asked(
                        agency,
                        wanted,
                        legs,
                        "select count(*) as total, count(*) filter (where " + OURS + ") as ours ",
                        "")
                .query(Counted.class)
                .single();
        return new Page(counted.total(), counted.ours(), rows);
    }

    /** How many there are in a pile. */
    @Transactional(readOnly = true)
    public long count(String agency, Pile pile) {
        return asked(agency, new Wanted(pile, null, null, 0, 0), null, "select count(*) ", "")
                .query(Long.class)
                .single();
    }

    /** One that goes between the agency and a citizen, or that comes back to it; empty when it is none of its own, or nothing is owed on it any more. */
    @Transactional(readOnly = true)
    public Optional<Row> one(String agency, UUID leg) {
        return db.sql("select dossier from leg where id = :leg and :agency in (agency, to_agency)")
                .param("leg", leg)
                .param("agency", agency)
                .query(UUID.class)
                .optional()
                .map(dossier -> Objects.requireNonNull(journeys.read(dossier).get(dossier)))
                .flatMap(journey -> journey.leg(leg).flatMap(known -> row(agency, journey, known)));
    }

    /** Which of these dossiers of the agency's are early, as {@link Row} has it, by their first codes; what is no code of its own is left out. */
    @Transactional(readOnly = true)
    public List<String> early(String agency, Collection<String> dossiers) {
        UUID[] known = db.sql("select distinct d.id from dossier d join dossier_code c on c.dossier = d.id"
                        + " where d.agency = :agency and c.code = any(:codes)")
                .param("agency", agency)
                .param(
                        "codes",
                        dossiers.stream()
                                .filter(code -> code.chars().noneMatch(Character::isISOControl))
                                .toArray(String[]::new))
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
        return journeys.read(known).values().stream()
                .filter(this::early)
                .map(journey -> journey.dossier().codes().get(0).code())
                .toList();
    }

    /** Of a pile that goes to citizens, by the words and the commune that each has: no query can read those. */
    private UUID[] uncertain(String agency, Wanted wanted) {
        record Found(UUID leg, @Nullable String commune, String street) {}
        return asked(
                        agency,
                        wanted,
                        null,
                        "select l.id as leg, " + SENT_TO + " #>> '{address,commune}' as commune, coalesce(" + SENT_TO
                                + " #>> '{address,street}', '') as street ",
                        "")
                .query(Found.class)
                .stream()
                .filter(found -> addresses
                                .check(new Party("", "", found.commune(), found.street(), null))
                                .commune()
                        == null)
                .map(Found::leg)
                .toArray(UUID[]::new);
    }

    /** @param legs of these alone; null for all */
    private JdbcClient.StatementSpec asked(
            String agency, Wanted wanted, UUID @Nullable [] legs, String select, String end) {
        return db.sql(select + FROM.formatted(wanted.pile().where) + end)
                .param("agency", agency)
                .param("search", wanted.search())
                .param("due", wanted.only() == Only.DUE)
                .param(
                        "tomorrow",
                        Writes.at(Legs.today()
                                .plusDays(1)
                                .atStartOfDay(Rules.ZONE)
                                .toInstant()))
                .param("legs", legs);
    }

    private Optional<Row> row(String agency, Journey journey, Leg leg) {
        Obligation obligation = journey.obligation(leg);
        Obligation.Next next = obligation.next();
        if (next == null) {
            return Optional.empty();
        }
        Leg sent = journey.sent(leg);
        LegFacts facts = sent.facts();
        Party to = facts.kind().inbound() ? facts.sender() : facts.receiver();
        Verdict verdict = addresses.check(to);
        Set<Choice> choices = journey.choices(leg);
        return Optional.of(new Row(
                leg.id(),
                journey.dossier().codes().get(0).code(),
                Word.of(facts.kind(), facts.kind().text()),
                leg.facts().item(),
                procedure(journey.dossier()),
                Word.of(leg.step(), leg.step().text()),
                Word.of(next.act(), next.act().text()),
                next.dueAt(),
                to.name(),
                to.phone(),
                to.street(),
                Optional.ofNullable(verdict.commune()).map(this::place).orElse(null),
                verdict,
                addresses.toMend(facts).orElse(null),
                sent.due().fee(),
                sent.due().postage(),
                sent.due().cod().amount(),
                payee(sent.due().cod()),
                sent.due().originals(),
                Word.of(obligation.rule().code(), obligation.rule().text()),
                tried(sent),
                leg.facts().kind() == LegKind.RETURN || leg.facts().kind() == LegKind.TRANSFER,
                papersComing(journey),
                early(journey),
                journey.dossier().isUnanswered(),
                later(journey.dossier()),
                readdressed(leg),
                choices.contains(Choice.ADDRESS),
                choices.contains(Choice.OFFICE),
                next.ownerKind() == OwnerKind.AGENCY && next.owner().equals(agency),
                next.act() == Act.HAND_OUT && next.ownerKind() == OwnerKind.POST_OFFICE,
                ask(next),
                calls(leg.id())));
    }

    /** Whom a clerk can ask about it. */
    private @Nullable String ask(Obligation.Next next) {
        return switch (next.ownerKind()) {
            case POST_OFFICE, POSTAL_WORKER, SUPERVISOR ->
                directories
                        .current()
                        .office(next.owner())
                        .map(office -> named(office.name(), office.phone()))
                        .orElse(next.owner());
            case CARRIER ->
                directories
                        .current()
                        .partner(next.owner())
                        .map(carrier -> named(carrier.name(), carrier.settings().getOrDefault("hotline", "")))
                        .orElse(next.owner());
            case AGENCY, CITIZEN, OPERATOR -> null;
        };
    }

    private static String named(String name, String phone) {
        return phone.isEmpty() ? name : name + ", " + phone;
    }

    private static boolean papersComing(Journey journey) {
        String agency = journey.dossier().agency();
        return journey.legs().stream()
                .anyMatch(leg -> leg.open()
                        && (leg.facts().kind().inbound()
                                || leg.facts().kind() == LegKind.TRANSFER
                                        && agency.equals(leg.facts().toAgency())));
    }

    private boolean early(Journey journey) {
        Dossier dossier = journey.dossier();
        return !dossier.mayBeDecided()
                || dossier.status() < Dossier.Status.DECIDED && papersComing(journey)
                || later(dossier) != null;
    }

    /** What is promised for the next working day is signed today. */
    private @Nullable LocalDate later(Dossier dossier) {
        LocalDate promised = dossier.appointment();
        return promised != null
                        && dossier.status() < Dossier.Status.DECIDED
                        && promised.isAfter(
                                deadlines.atDesks().nextDays(Legs.now(), 1).get(0))
                ? promised
                : null;
    }

    private static @Nullable Instant readdressed(Leg leg) {
        Instant labelled = leg.given().stream()
                .filter(report -> report.code() == HandlingCode.RESULT_READY)
                .map(Report::recordedAt)
                .max(Comparator.naturalOrder())
                .orElse(leg.facts().openedAt());
        return leg.lastMoved()
                .map(Report::recordedAt)
                .filter(labelled::isBefore)
                .orElse(null);
    }

    private static List<Try> tried(Leg leg) {
        Set<UUID> voided = leg.reports().stream()
                .map(Report::voids)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return leg.reports().stream()
                .filter(report ->
                        report.code() == HandlingCode.DELIVERY_FAILED || report.code() == HandlingCode.PICKUP_FAILED)
                .filter(report -> !voided.contains(report.id()))
                .sorted(Comparator.comparing(Report::happenedAt))
                .map(report -> new Try(
                        report.happenedAt(),
                        report.reason() == null
                                ? null
                                : Word.of(report.reason(), report.reason().text())))
                .toList();
    }

    private List<Call> calls(UUID leg) {
        return db.sql("select at, by, outcome from leg_call where leg = :leg order by at desc, id desc")
                .param("leg", leg)
                .query((row, n) -> {
                    Undelivered.Outcome outcome = Undelivered.Outcome.valueOf(row.getString(3));
                    return new Call(
                            row.getObject(1, OffsetDateTime.class).toInstant(),
                            row.getString(2),
                            Word.of(outcome, outcome.text()));
                })
                .list();
    }

    /** Of one whose row is gone no more than its id. */
    private @Nullable String payee(Cod cod) {
        String id = cod.payee();
        return id == null
                ? null
                : directories.current().payee(id).map(Payee::name).orElse(id);
    }

    private @Nullable String procedure(Dossier dossier) {
        return Optional.ofNullable(dossier.procedure())
                .flatMap(directories.current()::procedure)
                .map(Procedure::name)
                .orElse(dossier.procedureName());
    }

    private String place(Commune commune) {
        return directories
                .current()
                .province(commune.province(), Legs.today())
                .map(province -> commune.fullName() + ", " + province.fullName())
                .orElse(commune.fullName());
    }
}
