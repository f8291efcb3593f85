package vn.bocau.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.observation.Observation;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;

/** Once-only in, nothing lost out: the message, its effect and what it causes are one transaction. */
@Component("journal")
public class Journal {

    /** Numbers as they were written, as the doors read them: what is read anew says the same. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JdbcClient db;
    private final Inbox inbox;
    private final SteadyPlans plans;
    private final Relay relay;
    private final Waiters waiters;
    private final LineMeters meters;
    private final UnderWay underWay;
    private final Edits edits;
    private final DossierNames names;
    private final AuditTrail trail;

    Journal(
            JdbcClient db,
            Inbox inbox,
            SteadyPlans plans,
            Relay relay,
            Waiters waiters,
            LineMeters meters,
            UnderWay underWay,
            Edits edits,
            DossierNames names,
            AuditTrail trail) {
        this.db = db;
        this.inbox = inbox;
        this.plans = plans;
        this.relay = relay;
        this.waiters = waiters;
        this.meters = meters;
        this.underWay = underWay;
        this.edits = edits;
        this.names = names;
        this.trail = trail;
    }

    /**
     * Does what a message asks, once. A repeat changes nothing and gets the first answer; one that comes while the first
     * is under way waits for it, for a while. A message that is parked is not accepted yet: hearing it again is its retry.
     * Words that a person has replaced by others are known as a repeat of those. The same words are a repeat also when they
     * are translated otherwise by now, as are other words that mean the same.
     *
     * @param effect what the message asks; runs in the same transaction, and its return value is the answer kept for
     *     repeats. When it throws, nothing is kept, not even the message
     * @throws Refused {@code key-reused} when the key was used before for something else; {@code discarded} when an
     *     operator has decided that it will not be carried out; {@code replaced} when an operator has, but the words
     *     that are to be carried out in its place still wait for a person
     * @throws vn.bocau.code.Unavailable when too many wait already
     */
    @Transactional
    public Receipt once(Inbound in, Supplier<JsonNode> effect) {
        return underWay.in(in, () -> hear(in, effect));
    }

    private Receipt hear(Inbound in, Supplier<JsonNode> effect) {
        Inbox.Begun begun = waiters.atOnce(
                () -> Optional.of(inbox.tryToBegin(List.of(in)).get(0)).filter(Inbox.Begun::ours),
                () -> inbox.begin(in));
        if (!begun.fresh()) {
            return again(in, digest(in.payload()), effect);
        }
        var heard = new Heard(in, begun, Observation.NOOP);
        underWay.message(heard.id());
        JsonNode answer = done(heard.hearing(), effect);
        inbox.keep(List.of(heard), List.of(answer));
        note(heard.hearing());
        return accepted(in, answer);
    }

    /**
     * Does what several messages ask, all in one transaction, as {@link #once} does each, without waiting for anybody.
     *
     * @param effect what they ask, in their order; is given null for one that is not new, and gives null for one whose
     *     effect it has left undone. When it throws, none of them is kept
     * @return in their order; null for those that are to be brought by themselves: somebody is bringing the same right
     *     now, or brought it before, or their effect was left undone
     */
    @Transactional
    public List<@Nullable Receipt> onceEach(
            List<Inbound> all, Function<List<@Nullable Heard>, ? extends List<? extends @Nullable JsonNode>> effect) {
        plans.begin();
        List<@Nullable Heard> heard = fresh(all);
        List<Heard> fresh = heard.stream().filter(Objects::nonNull).toList();
        fresh.forEach(one -> one.accepting().start());
        try {
            List<? extends @Nullable JsonNode> answers = effect.apply(heard);
            inbox.keep(heard, answers);
            return IntStream.range(0, all.size())
                    .mapToObj(n -> answers.get(n) == null ? null : accepted(all.get(n), answers.get(n)))
                    .toList();
        } finally {
            fresh.forEach(one -> one.accepting().stop());
        }
    }

    private List<@Nullable Heard> fresh(List<Inbound> all) {
        List<Inbox.Begun> begun = inbox.tryToBegin(all);
        // The same twice among them is new once.
        Set<List<String>> names = new HashSet<>();
        return IntStream.range(0, all.size())
                .mapToObj(n -> begun.get(n).fresh()
                                && names.add(
                                        List.of(all.get(n).partner(), all.get(n).key()))
                        ? new Heard(all.get(n), begun.get(n), underWay.accepting(all.get(n)))
                        : null)
                .toList();
    }

    /** Of several whose effects are done together: what is told meanwhile is told because of this one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void because(Heard heard, Runnable effect) {
        underWay.at(
                heard,
                () -> done(heard.hearing(), () -> {
                    effect.run();
                    note(heard.hearing());
                    return heard;
                }));
    }

    /** What is told meanwhile is told because of this message. */
    private <T> T done(Told.Hearing hearing, Supplier<T> effect) {
        Told told = Told.here(relay::wake);
        Told.Hearing before = told.hear(hearing);
        T done = effect.get();
        told.hear(before);
        return done;
    }

    /** What was parked is accepted now. */
    private Receipt accept(Inbound in, long seq, byte[] digest, Supplier<JsonNode> effect) {
        var hearing = new Told.Hearing(seq);
        JsonNode answer = done(hearing, effect);
        db.sql("""
                        update message set state = 'RECEIVED', kind = :kind, body = :body, answer = :answer, digest = :digest,
                            message_group = :group, subject = :subject, fault = null,
                            reason_vi = null, reason_en = null, remedy_vi = null,
                            remedy_en = null,
                            closed_at = clock_timestamp()
                        where seq = :seq
                        """)
                .param("kind", in.kind())
                .param("body", text(in.received()))
                .param("answer", text(answer))
                .param("digest", digest)
                .param("group", hearing.group())
                .param("subject", hearing.subject())
                .param("seq", seq)
                .update();
        note(hearing);
        if (in.retry() != null) {
            trail.note(Audited.act(
                    in.retry().by(),
                    "RETRY",
                    Audited.Kind.MESSAGE,
                    in.retry().message().toString(),
                    in.partner(),
                    in.retry().reason()));
        }
        return accepted(in, answer);
    }

    private Receipt accepted(Inbound in, JsonNode answer) {
        meters.accepted(in.partner());
        return new Receipt(answer, false);
    }

    private void note(Told.Hearing hearing) {
        if (hearing.subject() != null) {
            underWay.dossier(hearing.subject());
        }
    }

    private Receipt again(Inbound in, byte[] digest, Supplier<JsonNode> effect) {
        record First(
                long seq,
                String state,
                String kind,
                String body,
                byte @Nullable [] digest,
                @Nullable String answer) {}
        First first = waiters.among(() -> db.sql("select seq, state, kind, body, digest, answer from message"
                        + " where partner = :partner and direction = 'IN' and key = :key for update")
                .param("partner", in.partner())
                .param("key", in.key())
                .query((row, n) -> new First(
                        row.getLong("seq"),
                        row.getString("state"),
                        row.getString("kind"),
                        row.getString("body"),
                        row.getBytes("digest"),
                        row.getString("answer")))
                .single());
        return switch (first.state()) {
            case "PARKED" -> {
                if (edits.isReplaced(in)) {
                    throw replaced();
                }
                edits.lapse(
                        first.seq(), in.retry() == null ? "journal" : in.retry().by());
                yield accept(in, first.seq(), digest, effect);
            }
            case "DISCARDED" ->
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "discarded",
                        "",
                        "Người vận hành đã quyết định không thực hiện thông điệp này; hãy gửi yêu cầu mới với mã mới.",
                        "An operator has decided not to carry this message out; send a new request with a new key.");
            default -> {
                if (!MessageDigest.isEqual(first.digest(), digest)
                        && !isSaidSo(in, first.kind(), first.body())
                        && !edits.isReplaced(in)) {
                    throw keyReused();
                }
                yield new Receipt(parse(String.valueOf(first.answer())), true);
            }
        };
    }

    /** In the sender's own words, which mean to it what they did, whatever our mappings have become meanwhile. */
    private static boolean isSaidSo(Inbound in, String kind, String body) {
        return in.kind().equals(kind) && MessageDigest.isEqual(digest(parse(body)), digest(in.received()));
    }

    private static Refused replaced() {
        return new Refused(
                Refused.Ground.CONFLICT,
                "replaced",
                "",
                "Người vận hành đã sửa nội dung này; bản đã sửa đang chờ xử lý, bản này không được thực hiện nữa.",
                "An operator has corrected this; the corrected one waits for a person, this one will not be carried out.");
    }

    private static Refused keyReused() {
        return new Refused(
                Refused.Ground.RULE,
                "key-reused",
                "",
                "Mã chống trùng này đã dùng cho một yêu cầu khác; hãy dùng mã mới.",
                "This idempotency key was used for another request; use a new one.");
    }

    /**
     * Says what the inbound message under way is about, for operators who search by it. What is told says so by itself;
     * needed only where nobody is told.
     *
     * @param group opaque; for us the dossier's id
     * @param subject the dossier's code; no personal data
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void about(String group, String subject) {
        Told.Hearing hearing = Told.here(relay::wake).hearing();
        if (hearing != null) {
            hearing.about(group, subject);
        }
    }

    /** A partner is to be told this: it is written down as the transaction commits, and the relay takes it from there. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(Outbound out) {
        Told.here(relay::wake).tell(out, underWay.here().orElse(null), this::write);
    }

    /** All that a transaction tells, in the order in which it told it: that is the order of their numbers, too. */
    private Map<String, Long> write(List<Told.Said> all) {
        Map<String, Long> first = new HashMap<>();
        db.sql("""
                        insert into message (id, direction, partner, key, kind, message_group, subject, cause, body, trace, state)
                        select id, 'OUT', partner, key, kind, message_group, subject, cause, body, trace, 'PENDING'
                        from unnest(cast(:ids as uuid[]), cast(:partners as text[]), cast(:keys as text[]), cast(:kinds as text[]),
                            cast(:groups as text[]), cast(:subjects as text[]), cast(:causes as bigint[]), cast(:bodies as text[]),
                            cast(:traces as text[]))
                            with ordinality as said (id, partner, key, kind, message_group, subject, cause, body, trace, no)
                        order by no
                        on conflict (partner, direction, key) do nothing
                        returning partner, seq
                        """)
                .param(
                        "ids",
                        all.stream().map(s -> UuidCreator.getTimeOrderedEpoch()).toArray(UUID[]::new))
                .param("partners", texts(all, Outbound::partner))
                .param("keys", texts(all, Outbound::key))
                .param("kinds", texts(all, Outbound::kind))
                .param("groups", texts(all, Outbound::group))
                .param("subjects", texts(all, Outbound::subject))
                .param("causes", all.stream().map(Told.Said::cause).toArray(Long[]::new))
                .param("bodies", texts(all, out -> text(out.body())))
                .param("traces", all.stream().map(Told.Said::trace).toArray(String[]::new))
                .query(row -> {
                    first.merge(row.getString(1), row.getLong(2), Math::min);
                });
        return first;
    }

    private static String[] texts(List<Told.Said> all, Function<Outbound, String> what) {
        return all.stream().map(said -> what.apply(said.out())).toArray(String[]::new);
    }

    /**
     * Keeps a message that came in and cannot be accepted, for a person to look at. Parked once per partner and key; a
     * message that was accepted before stays as it is.
     *
     * @param fault without personal data
     */
    @Transactional
    public void park(Inbound in, Fault fault) {
        park(in, fault, !edits.isReplaced(in));
    }

    /** Many at once, under the same fault, in one transaction: all of them are kept, or none is. */
    @Transactional
    public void park(Collection<Inbound> all, Fault fault) {
        // In one order, so that two who bring the same never wait for each other.
        all.stream()
                .sorted(Comparator.comparing(Inbound::partner).thenComparing(Inbound::key))
                .forEach(in -> park(in, fault));
    }

    /**
     * The same for what somebody may send who uses a key twice: other words than those kept under it are kept apart, so
     * that neither are lost. The same words, accepted or given up before, are known.
     *
     * @param fault without personal data
     */
    @Transactional
    public void parkApart(Inbound in, Fault fault) {
        if (!park(in, fault, false) && isSaidOtherwise(in) && !edits.isReplaced(in)) {
            park(in.apart(), fault, true);
        }
    }

    /**
     * What was parked under these keys has been accepted in another message, and waits for nobody any more. One about which
     * a person is deciding right now is left to that person.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void accepted(String partner, Collection<String> keys) {
        db.sql("""
                        update message set state = 'RECEIVED', answer = :answer, fault = null, reason_vi = null, reason_en = null,
                            remedy_vi = null, remedy_en = null, closed_at = clock_timestamp()
                        where seq in (
                            select seq from message where partner = :partner and direction = 'IN' and key = any(:keys)
                                and state = 'PARKED' for update skip locked)
                        returning seq
                        """)
                .param("answer", "{\"outcome\":\"ACCEPTED_ELSEWHERE\"}")
                .param("partner", partner)
                .param("keys", keys.toArray(String[]::new))
                .query(Long.class)
                .list()
                .forEach(seq -> edits.lapse(seq, "journal"));
    }

    private boolean isSaidOtherwise(Inbound in) {
        return db.sql("select body <> :body from message where partner = :partner and direction = 'IN' and key = :key")
                .param("body", text(in.received()))
                .param("partner", in.partner())
                .param("key", in.key())
                .query(Boolean.class)
                .single();
    }

    /**
     * @param again whether one that is parked takes the fault of one with other words
     * @return whether it is parked now
     */
    private boolean park(Inbound in, Fault fault, boolean again) {
        Optional<DossierNames.Named> named = names.in(in);
        List<Optional<UUID>> parked = waiters.among(() -> db.sql("""
                        with own as materialized (
                            select pg_advisory_xact_lock(hashtextextended(:partner || '/' || :key, 7)) is not null as yes)
                        insert into message (id, direction, partner, key, kind, message_group, subject, body, state, fault,
                            last_fault, parked_at, reason_vi, reason_en, remedy_vi, remedy_en)
                        select :id, 'IN', :partner, :key, :kind, :group, :subject, :body, 'PARKED', :fault, :fault, clock_timestamp(),
                            :reasonVi, :reasonEn, :remedyVi, :remedyEn from own where yes
                        on conflict (partner, direction, key) do update
                            set kind = excluded.kind, message_group = coalesce(message.message_group, excluded.message_group),
                                subject = coalesce(message.subject, excluded.subject), fault = excluded.fault, last_fault = excluded.fault, reason_vi = excluded.reason_vi,
                                reason_en = excluded.reason_en, remedy_vi = excluded.remedy_vi,
                                remedy_en = excluded.remedy_en
                            where message.state = 'PARKED' and (:again or message.body = excluded.body)
                        returning id, xmax = 0 as fresh
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("partner", in.partner())
                .param("key", in.key())
                .param("kind", in.kind())
                .param("group", named.map(DossierNames.Named::group).orElse(null))
                .param("subject", named.map(DossierNames.Named::subject).orElse(null))
                .param("body", text(in.received()))
                .param("fault", fault.code())
                .param("reasonVi", fault.reason().vi())
                .param("reasonEn", fault.reason().en())
                .param("remedyVi", fault.remedy().vi())
                .param("remedyEn", fault.remedy().en())
                .param("again", again)
                .query((row, n) -> {
                    boolean fresh = row.getBoolean("fresh");
                    return Optional.of(row.getObject("id", UUID.class)).filter(id -> fresh);
                })
                .list());
        // Once, however often it comes again.
        parked.stream().flatMap(Optional::stream).forEach(id -> fault.logParked(id, in.kind(), "from " + in.partner()));
        return !parked.isEmpty();
    }

    /** The same for the same content, in whichever order its fields stand and however its numbers are written. */
    static byte[] digest(JsonNode payload) {
        try {
            return Sha256.of(JSON.writeValueAsBytes(canonical(payload)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object canonical(JsonNode json) {
        if (json.isObject()) {
            Map<String, Object> sorted = new TreeMap<>();
            json.properties().forEach(field -> sorted.put(field.getKey(), canonical(field.getValue())));
            return sorted;
        }
        if (json.isArray()) {
            List<Object> items = new ArrayList<>();
            json.forEach(item -> items.add(canonical(item)));
            return items;
        }
        return json.isNumber() ? json.decimalValue().stripTrailingZeros() : json;
    }

    private static String text(JsonNode json) {
        return json.toString();
    }

    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
