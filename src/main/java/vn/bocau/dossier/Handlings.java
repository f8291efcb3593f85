package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.dossier.Scene.Place;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.journal.Fault;
import vn.bocau.journal.Heard;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outages;
import vn.bocau.journal.Receipt;
import vn.bocau.journal.Together;

/** What happened to items, as postal workers and carriers report it. */
@Component("handlings")
public class Handlings {

    static final Text NO_TIME = new Text(
            "Không thể là giờ của một đồng hồ; hãy chỉnh lại ngày giờ trên thiết bị.",
            "No clock can show this time; set the date and time of the device.");

    /** Whom our own phones' handlings come through. */
    public static final String PARTNER = "scan";

    /** The fault under which what was refused is kept, when money was taken or somebody signed. */
    public static final String REFUSED = "handling-refused";

    /** What a carrier says before it has an item, and when it does not get it. */
    private static final Set<HandlingCode> NOT_CARRIED_OUT = EnumSet.of(
            HandlingCode.CANCELLED,
            HandlingCode.PICKUP_REQUESTED,
            HandlingCode.PICKUP_ACCEPTED,
            HandlingCode.PICKUP_FAILED,
            HandlingCode.MANIFESTED,
            HandlingCode.DISPATCH_SHORT);

    /** What it says of the way of an item, and can say without having it. */
    private static final Set<HandlingCode> DECIDED = EnumSet.of(
            HandlingCode.ADDRESS_CHANGED,
            HandlingCode.REDELIVERY_REQUESTED,
            HandlingCode.RECALLED,
            HandlingCode.RETURN_APPROVED,
            HandlingCode.LOST);

    /** So many handlings at most in a batch that is recorded with others: more pay for a transaction of their own. */
    private static final int FEW = 5;

    private static final int MOST_AT_ONCE = 32;

    private final Journal journal;
    private final Journeys journeys;
    private final Scenes scenes;
    private final Legs legs;
    private final Rows rows;
    private final Writes writes;
    private final Together<Reported, Receipt> together =
            new Together<>(MOST_AT_ONCE, this::recordEach, this::recordAlone, Outages::noConnection);

    Handlings(Journal journal, Journeys journeys, Scenes scenes, Legs legs, Rows rows, Writes writes) {
        this.journal = journal;
        this.journeys = journeys;
        this.scenes = scenes;
        this.legs = legs;
        this.rows = rows;
        this.writes = writes;
    }

    /** The key under which a single handling that does not count yet is kept for a person to look at. */
    public static String keptAs(String id) {
        return "kept-" + id.toLowerCase(Locale.ROOT);
    }

    /** Which of a batch's entries are recorded as they are said there, as their own words for their ids. */
    @Transactional(readOnly = true)
    public Set<String> recorded(JsonNode batch) {
        return scenes.recorded(batch);
    }

    /**
     * What a phone reports, each handling judged alone; answers {@code {"now", "handlings": [{"id", "outcome", "recordedAt"?,
     * "happenedAt"?, "code"?, "reason"?: {"vi", "en"}, "flaws"?, "kept"?}]}} in the order reported. RECORDED; KNOWN: it was before, at
     * {@code recordedAt}, and says again why a person has to look, if so; CONFLICT: it is kept and a person has to look;
     * REFUSED: it does not count, and when it names money or evidence, or its count was given to another, it waits for a
     * supervisor, {@code kept}, and its evidence is taken. What several phones report at once, a few handlings each, is
     * recorded in one transaction.
     *
     * @param in payload {@code {"device", "sentAt", "by": {"user", "role", "office", "offices"?}, "handlings"}}, where
     *     {@code offices} has, by their counts, those made for another office; an entry that breaks its schema has its
     *     {@code flaws} beside it. What waited for a person says when it was heard, {@code heardAt}
     * @throws Refused RULE when what waited for a person cannot count yet: it goes on waiting
     */
    public Receipt record(Inbound in) {
        JsonNode batch = in.payload();
        // Before anything is waited for: how its clock goes is told from when it was sent and when it came.
        var reported = new Reported(in, PhoneClock.Sending.of(heardAt(batch, Legs.now()), sentAt(batch)));
        boolean few = batch.path("handlings").size() <= FEW && !batch.hasNonNull("heardAt");
        return few && !TransactionSynchronizationManager.isActualTransactionActive()
                ? together.ask(reported)
                : recordAlone(reported);
    }

    /** A batch, and how the clock went that it was sent by. */
    private record Reported(Inbound in, PhoneClock.Sending sending) {}

    /** What came of a batch: the answer, and each entry as it was read. */
    private record Judged(ObjectNode answer, List<ReadEntry> readings) {}

    private Receipt recordAlone(Reported reported) {
        return journal.once(reported.in, () -> {
            Scene scene = scenes.of(reported.in.payload());
            Judged judged = judge(reported, scene);
            conclude(reported.in.partner(), List.of(judged));
            finish(scene.journeys());
            return judged.answer;
        });
    }

    private List<@Nullable Receipt> recordEach(List<Reported> all) {
        return journal.onceEach(all.stream().map(Reported::in).toList(), heard -> {
            List<@Nullable Scene> apart = scenes.ofEach(IntStream.range(0, all.size())
                    .mapToObj(n -> heard.get(n) == null ? null : all.get(n).in.payload())
                    .toList());
            @Nullable Judged[] judged = new Judged[all.size()];
            Map<Journey, Heard> touched = new LinkedHashMap<>();
            for (int n = 0; n < judged.length; n++) {
                Scene scene = apart.get(n);
                Heard one = heard.get(n);
                if (scene != null && one != null) {
                    int place = n;
                    journal.because(one, () -> judged[place] = judge(all.get(place), scene));
                    scene.journeys().forEach(journey -> touched.put(journey, one));
                }
            }
            conclude(PARTNER, Arrays.stream(judged).filter(Objects::nonNull).toList());
            journeys.save(
                    moved(touched.keySet()),
                    (journey, telling) -> journal.because(Objects.requireNonNull(touched.get(journey)), telling));
            return Arrays.stream(judged)
                    .map(one -> one == null ? null : one.answer)
                    .toList();
        });
    }

    private Judged judge(Reported reported, Scene scene) {
        Inbound in = reported.in;
        JsonNode batch = in.payload();
        // Not before the dossiers are ours: what somebody said while we waited for them was known before this.
        Instant now = Legs.now();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("now", now.toString());
        List<ReadEntry> readings = new ArrayList<>();
        JsonNode entries = batch.path("handlings");
        entries.forEach(entry -> answer.withArray("handlings")
                .addObject()
                .set("id", TextNode.valueOf(entry.path("id").asText())));
        for (int n : asDone(entries)) {
            JsonNode entry = entries.path(n);
            var one = (ObjectNode) answer.path("handlings").path(n);
            JsonNode said = fromItsOffice(batch, entry);
            ReadEntry reading = ReadEntry.of(entry, said, reported.sending, now, in.partner(), scene);
            judge(reading, scene, one);
            readings.add(reading);
            if (!reading.flaws().isEmpty() && keepRefused(in.with(said), entry, reading, now)) {
                one.put("kept", true);
            }
        }
        return new Judged(answer, readings);
    }

    private void conclude(String partner, Collection<Judged> all) {
        arrived(all.stream().flatMap(judged -> judged.readings.stream()).toList());
        journal.accepted(
                partner,
                all.stream().flatMap(judged -> waiting(judged.answer).stream()).toList());
    }

    /** Where the entries stand, in the phone's own count: however they lie in the batch, partners are told what came first first. */
    private static List<Integer> asDone(JsonNode entries) {
        return IntStream.range(0, entries.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                        n -> entries.path(n).path("seq").asLong()))
                .toList();
    }

    /**
     * An entry as if it had been sent from the office it was made for, which is not that of whoever sends it any more; a
     * supervisor somewhere else is none there.
     */
    private static JsonNode fromItsOffice(JsonNode batch, JsonNode entry) {
        JsonNode office = batch.at("/by/offices").path(entry.path("seq").asText());
        if (office.isMissingNode()) {
            return batch;
        }
        ObjectNode there = JsonNodeFactory.instance.objectNode().setAll((ObjectNode) batch);
        there.putObject("by")
                .put("user", batch.at("/by/user").asText())
                .put("role", "POSTAL_WORKER")
                .put("office", office.asText());
        return there;
    }

    /** The keys under which any of these that are recorded now may wait for a person. */
    private static List<String> waiting(JsonNode answer) {
        List<String> keys = new ArrayList<>();
        for (JsonNode one : answer.path("handlings")) {
            if (one.hasNonNull("recordedAt")) {
                keys.add(keptAs(one.path("id").asText()));
            }
        }
        return keys;
    }

    /** What waited for a person, or was kept of a lost phone, may be proven before it counts: its evidence did not wait. */
    private void arrived(List<ReadEntry> readings) {
        List<ReadEntry> counting = readings.stream()
                .filter(r -> r.place().isPresent()
                        && !Proofs.named(r.report().details()).isEmpty())
                .toList();
        if (counting.isEmpty()) {
            return;
        }
        Map<UUID, Set<String>> here = rows.evidence(
                counting.stream().map(reading -> reading.report().id()).toList());
        for (ReadEntry reading : counting) {
            Place place = reading.place().orElseThrow();
            here.getOrDefault(reading.report().id(), Set.of())
                    .forEach(sha256 -> place.journey().arrived(place.leg(), reading.report(), sha256));
        }
    }

    /** Money that was taken, and what somebody signed, would be known to the phone alone: a supervisor has to hear of it. */
    private boolean keepRefused(Inbound in, JsonNode entry, ReadEntry refused, Instant now) {
        String key = keptAs(entry.path("id").asText());
        if (in.payload().hasNonNull("heardAt")) {
            throw new Refused(Refused.Ground.RULE, refused.code(), refused.flaws());
        }
        JsonNode details = entry.path("details");
        boolean matters = Report.money(details) || !Proofs.named(details).isEmpty();
        if (!matters && !refused.code().equals(ReadEntry.COUNT_REUSED)) {
            return false;
        }
        ObjectNode said = entry.deepCopy();
        said.remove("flaws");
        ObjectNode alone = in.payload().deepCopy();
        alone.put("heardAt", now.toString()).putArray("handlings").add(said);
        journal.park(
                new Inbound(in.partner(), key, in.kind(), alone),
                new Fault(
                        REFUSED,
                        refused.flaws().get(0).wrong(),
                        new Text(
                                "Hỏi người đã làm; nếu đúng là đã làm, sửa nguyên nhân rồi cho thử lại, nếu không, hủy"
                                        + " với lý do.",
                                "Ask who did it; if it was really done, mend the cause and retry, else discard with a"
                                        + " reason.")));
        return true;
    }

    /** What waited for a person was heard long before it counts. */
    private static Instant heardAt(JsonNode batch, Instant now) {
        return Clocks.time(batch.path("heardAt").asText())
                .map(OffsetDateTime::toInstant)
                .orElse(now);
    }

    private static Instant sentAt(JsonNode batch) {
        return Clocks.time(batch.path("sentAt").asText())
                .orElseThrow(() -> noTime("/sentAt"))
                .toInstant();
    }

    static Refused noTime(String field) {
        return new Refused(Refused.Ground.MALFORMED, "clock", field, NO_TIME.vi(), NO_TIME.en());
    }

    private void judge(ReadEntry reading, Scene scene, ObjectNode answer) {
        if (reading.before().isPresent()) {
            Scene.Known before = reading.before().get();
            answer.put("outcome", "KNOWN")
                    .put("recordedAt", before.report().recordedAt().toString())
                    .put("happenedAt", before.report().happenedAt().toString());
            Doubt.of(before.conflict()).ifPresent(doubt -> say(answer, doubt));
        } else if (!reading.flaws().isEmpty()) {
            answer.put("outcome", "REFUSED").put("code", reading.code());
            reading.flaws()
                    .forEach(flaw -> answer.withArray("flaws")
                            .addObject()
                            .put("field", flaw.field())
                            .put("vi", flaw.wrong().vi())
                            .put("en", flaw.wrong().en()));
            say(answer, reading.flaws().get(0).wrong());
        } else {
            record(reading.report(), reading.place(), scene, answer);
        }
    }

    private void record(Report report, Optional<Place> place, Scene scene, ObjectNode answer) {
        scene.knows(report);
        answer.put("recordedAt", report.recordedAt().toString())
                .put("happenedAt", report.happenedAt().toString());
        if (place.isEmpty()) {
            writes.unplaced(report, null, Doubt.UNKNOWN_ITEM.code());
            answer.put("outcome", "CONFLICT");
            say(answer, Doubt.UNKNOWN_ITEM);
            return;
        }
        Journey journey = place.get().journey();
        Leg leg = place.get().leg();
        if (leg.isBeforeACarriersDoor(report)) {
            writes.unplaced(report, leg.facts().item(), null);
            answer.put("outcome", "RECORDED");
            return;
        }
        Optional<Doubt> doubt = journey.happened(leg, report);
        scene.unplaced(report.id()).stream()
                .filter(voiding -> voiding.mayVoid(report))
                .forEach(voiding -> journey.adopt(leg, voiding));
        legs.follow(journey);
        answer.put("outcome", doubt.isPresent() ? "CONFLICT" : "RECORDED");
        doubt.ifPresent(why -> say(answer, why));
    }

    private static void say(ObjectNode answer, Doubt doubt) {
        answer.put("code", doubt.code());
        say(answer, doubt.text());
    }

    private static void say(ObjectNode answer, Text reason) {
        answer.putObject("reason").put("vi", reason.vi()).put("en", reason.en());
    }

    /**
     * What an outside carrier says happened to an item; answers {@code {"outcome": RECORDED | CONFLICT, "code"?}}. A code
     * nobody has mapped is kept with the carrier's own words and moves nothing.
     *
     * @param in payload as {@code mappings/carrier/carrier.event.in.schema.json}
     */
    public Receipt heard(Inbound in) {
        return journal.once(in, () -> carried(in, scenes.ofCarrier(in.payload())));
    }

    /**
     * In the transaction of whoever has it heard, the first time or again.
     *
     * @param scene what it touches
     */
    ObjectNode carried(Inbound in, Scene scene) {
        JsonNode event = scene.meant(in.payload());
        OffsetDateTime occurred = Clocks.time(event.path("occurredAt").asText())
                .filter(at -> Clocks.possible(at.toInstant()))
                .orElseThrow(() -> noTime("/occurredAt"));
        Instant now = Legs.now();
        Report report = ReadEntry.ofCarrier(event, occurred, now, in.partner());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        Optional<Place> place = scene.carried(event, occurred.toInstant(), in.partner());
        if (place.filter(there -> isOfWhatWeTookBack(there, report)).isPresent()) {
            keep(place.orElseThrow(), report, answer);
            finish(scene.journeys());
            return answer;
        }
        place.ifPresent(there -> approveItsWayBack(there, report));
        record(report, scene.carried(event, occurred.toInstant(), in.partner()), scene, answer);
        finish(scene.journeys());
        return answer;
    }

    /** An outside carrier approves by itself what it has and brings back. */
    private void approveItsWayBack(Place place, Report report) {
        Leg leg = place.leg();
        boolean comesBack = report.code() == HandlingCode.RETURNING || report.code() == HandlingCode.RETURNED_TO_AGENCY;
        if (comesBack
                && leg.carrier().equals(report.source())
                && leg.facts().kind().canComeBack()
                && leg.open()) {
            legs.happened(
                    place.journey(),
                    leg,
                    report.item(),
                    HandlingCode.RETURN_APPROVED,
                    new Author(report.actor(), report.source()));
            legs.follow(place.journey());
        }
    }

    /**
     * What it says without having the item, of what it had been told not to do by then, or is not to do any more: nobody
     * waits for it, and what we ask for instead, or again, is not meant.
     */
    private static boolean isOfWhatWeTookBack(Place place, Report report) {
        LegFacts facts = place.leg().facts();
        OrderBook orders = place.journey().orders();
        boolean stands = facts.carrier().equals(report.source())
                && String.valueOf(report.item()).equals(facts.item())
                && !orders.isTakenBack(report.source(), report.item(), report.happenedAt());
        return !stands && saysWithoutIt(place.leg(), report)
                || report.code() == HandlingCode.CANCELLED
                        && orders.under(report.source(), report.item())
                                .filter(has -> has.takenBack() > 0)
                                .isPresent();
    }

    /** What it is to bring back it has, before it has said so; that it does not fetch it is said of the way out. */
    private static boolean saysWithoutIt(Leg leg, Report report) {
        String number = String.valueOf(report.item());
        boolean bringsItBack =
                leg.facts().kind() == LegKind.RETURN && leg.carrier().equals(report.source());
        boolean tookIt = leg.possession()
                .filter(had -> had.source().equals(report.source()) && number.equals(had.item()))
                .isPresent();
        return NOT_CARRIED_OUT.contains(report.code()) && !tookIt
                || DECIDED.contains(report.code()) && !bringsItBack && !leg.isWith(report.source(), number);
    }

    /** It moves nothing. That it does not come is as we asked; what else it says, a person has to look at. */
    private void keep(Place place, Report report, ObjectNode answer) {
        if (DECIDED.contains(report.code())) {
            writes.unplaced(report, null, Doubt.TAKEN_BACK.code());
            answer.put("outcome", "CONFLICT");
            say(answer, Doubt.TAKEN_BACK);
            return;
        }
        writes.unplaced(report, null, null);
        answer.put("outcome", "RECORDED");
        if (report.code() == HandlingCode.CANCELLED) {
            // Once for each time: what it says after that, it says of what stands.
            place.journey()
                    .orders()
                    .under(report.source(), report.item())
                    .map(CarrierOrder::confirmed)
                    .ifPresent(place.journey()::told);
        }
    }

    private void finish(Collection<Journey> touched) {
        journeys.save(moved(touched));
    }

    private static List<Journey> moved(Collection<Journey> touched) {
        return touched.stream()
                .distinct()
                .filter(journey -> !journey.moved().isEmpty())
                .toList();
    }
}
