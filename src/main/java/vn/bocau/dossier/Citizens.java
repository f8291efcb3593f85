package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.Choice;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.Handling;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.dossier.rules.Step;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * What a citizen asks of the post without a portal: another day, another door, or to come to the counter. Whoever does has
 * shown a telephone number that stands on the leg; the person it goes to stays the same.
 */
@Component("citizens")
public class Citizens {

    /** Who says it: our own page. */
    public static final String TRACK = Handling.BY_A_CITIZEN;

    /** The telephone was shown by a link that was sent there. */
    public static final String BY_MESSAGE = "MESSAGE";

    private static final Author CITIZEN = new Author("citizen", TRACK);
    private static final int DAYS = 6;

    /** So many changes of one leg a day: each is told the portal and the post. */
    private static final int CHANGES_A_DAY = 5;

    private final Journal journal;
    private final Journeys journeys;
    private final Legs legs;
    private final Doors doors;
    private final Addresses addresses;
    private final Directories directories;
    private final Deadlines deadlines;
    private final NoticeBook notices;

    Citizens(
            Journal journal,
            Journeys journeys,
            Legs legs,
            Doors doors,
            Addresses addresses,
            Directories directories,
            Deadlines deadlines,
            NoticeBook notices) {
        this.journal = journal;
        this.journeys = journeys;
        this.legs = legs;
        this.doors = doors;
        this.addresses = addresses;
        this.directories = directories;
        this.deadlines = deadlines;
        this.notices = notices;
    }

    /**
     * What may be asked for now on one leg.
     *
     * @param code of the dossier
     * @param no within the dossier
     * @param telephone of the citizen at its end. Personal data
     * @param messages whether a message can be sent there
     * @param days on which somebody may come
     * @param office that brings it, or fetches it; its code when it is not in the directory any more
     * @param officePhone where citizens reach that office; empty when nobody knows
     * @param from the first day on which it lies at the counter, if the citizen comes for it
     * @param until the last
     * @param held it waits for the citizen there, or will from that day on
     * @param agreed the day that is agreed
     * @param tooLate why what was asked for last does not hold; null when it does, or nothing was
     * @param carrier who carries it, when that is not our own post; null when it is
     */
    public record Offer(
            String code,
            int no,
            UUID leg,
            LegKind kind,
            String telephone,
            boolean messages,
            Set<Choice> choices,
            List<LocalDate> days,
            String office,
            String officePhone,
            LocalDate from,
            LocalDate until,
            boolean held,
            @Nullable LocalDate agreed,
            @Nullable Text tooLate,
            @Nullable Carrier carrier) {

        /**
         * The address changes by a link that was sent to the telephone, and by no other.
         *
         * @param byMessage whether it is looked at by such a link
         */
        public boolean movesElsewhere(boolean byMessage) {
            return choices.contains(Choice.ADDRESS) && !byMessage && !messages;
        }

        /** It is held, and not there yet: the first day on which it is; empty when it can be fetched now. */
        public Optional<LocalDate> notBefore() {
            return Optional.of(from).filter(day -> held && day.isAfter(Legs.today()));
        }

        /** Without anything personal. */
        @Override
        public String toString() {
            return "Offer[" + leg + " " + choices + "]";
        }
    }

    /**
     * Somebody else who carries it.
     *
     * @param hotline where citizens reach it: setting {@code hotline}; null when none is known
     */
    public record Carrier(String name, @Nullable String hotline) {}

    /** Of each leg that goes to a citizen or comes from one, also when nothing may be asked for. */
    @Transactional(readOnly = true)
    public List<Offer> offers(UUID dossier) {
        return Optional.ofNullable(journeys.read(dossier).get(dossier)).stream()
                .flatMap(journey -> journey.legs().stream()
                        .filter(leg -> leg.facts().kind().inbound()
                                || leg.facts().kind().outbound())
                        .map(leg -> offer(journey, leg)))
                .toList();
    }

    private Offer offer(Journey journey, Leg leg) {
        LegFacts facts = leg.facts();
        String office = facts.kind().inbound() ? facts.fromOffice() : leg.counter();
        return new Offer(
                journey.dossier().codes().get(0).code(),
                facts.no(),
                facts.id(),
                facts.kind(),
                facts.citizen().phone(),
                notices.reaches(leg),
                journey.choices(leg),
                days(),
                directories.current().office(office).map(PostOffice::name).orElse(office),
                directories.current().office(office).map(PostOffice::phone).orElse(""),
                journey.fetchedFrom(leg, Legs.now()),
                Notice.day(deadlines.holdEnds(
                        Optional.ofNullable(leg.progress().heldSince()).orElse(Legs.now()))),
                journey.waitsAtCounter(leg),
                leg.progress().nextDate(),
                leg.lastWish()
                        .map(leg.progress().lateWishes()::get)
                        .map(Telling::sentence)
                        .orElse(null),
                facts.ownCarrier()
                        ? null
                        : directories
                                .current()
                                .partner(facts.carrier())
                                .map(partner -> new Carrier(
                                        partner.name(), partner.settings().get("hotline")))
                                .orElse(new Carrier(facts.carrier(), null)));
    }

    private List<LocalDate> days() {
        return deadlines.nextDays(Legs.now(), DAYS);
    }

    /**
     * Somebody comes on another day.
     *
     * @throws Refused UNKNOWN {@code no-such-leg}; FORBIDDEN {@code not-shown}; CONFLICT {@code too-late},
     *     {@code changed-too-often}; RULE {@code day-not-offered}
     */
    public Receipt chooseDay(Inbound in) {
        return ask(in, Choice.DAY, (journey, leg) -> {
            LocalDate day = LocalDate.parse(in.payload().path("day").asText());
            if (!days().contains(day)) {
                throw new Refused(
                        Refused.Ground.RULE,
                        "day-not-offered",
                        "/day",
                        "Bưu điện không đến vào ngày này; hãy chọn một trong các ngày được nêu.",
                        "The post does not come on this day; choose one of the days named.");
            }
            if (leg.step() == Step.PICKUP_FAILED) {
                legs.askAgainOn(journey, leg, day, CITIZEN);
            } else {
                journey.happened(
                        leg,
                        Legs.now(null, HandlingCode.REDELIVERY_REQUESTED, CITIZEN)
                                .on(day));
            }
        });
    }

    /**
     * It goes to another door, or is fetched there, for the same person, whom the same telephone reaches. Only a link that
     * was sent to that telephone shows enough for this: code and digits stand on papers that others see.
     *
     * @throws Refused also FORBIDDEN {@code not-by-message}; CONFLICT {@code under-way}; RULE {@code address-not-certain},
     *     and what {@link Legs#officeAt} refuses
     */
    public Receipt move(Inbound in) {
        if (!in.payload().at("/by/shown").asText().equals(BY_MESSAGE)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "not-by-message",
                    "",
                    "Chỉ đổi được địa chỉ bằng đường dẫn đã gửi vào điện thoại của bạn.",
                    "The address can be changed only by the link that was sent to your telephone.");
        }
        return ask(in, Choice.ADDRESS, (journey, leg) -> {
            JsonNode address = in.payload().path("address");
            Party there = addresses.certain(
                    leg.facts()
                            .citizen()
                            .at(
                                    address.path("commune").asText(),
                                    address.path("street").asText()),
                    "/address/street");
            doors.move(journey, leg, there, "", "/leg");
            legs.happened(journey, leg, HandlingCode.ADDRESS_CHANGED, CITIZEN);
        });
    }

    /**
     * It waits at the counter of the office that would bring it.
     *
     * @throws Refused as {@link #chooseDay}
     */
    public Receipt hold(Inbound in) {
        return ask(in, Choice.OFFICE, (journey, leg) -> {
            journey.happened(
                    leg, Legs.now(null, HandlingCode.HELD_FOR_PICKUP, CITIZEN).with(leg.counter(), null));
        });
    }

    /**
     * A link goes to the telephone, once an hour: whoever opens it has shown that it is theirs.
     *
     * @throws Refused UNKNOWN {@code no-such-leg}; FORBIDDEN {@code not-shown}; CONFLICT {@code nobody-sends}
     */
    public Receipt sendLink(Inbound in) {
        return journal.once(in, () -> {
            Journey journey = journey(in);
            notices.link(journey.id(), shown(journey, in));
            return JsonNodeFactory.instance.objectNode();
        });
    }

    private Receipt ask(Inbound in, Choice choice, BiConsumer<Journey, Leg> doing) {
        return journal.once(in, () -> {
            Journey journey = journey(in);
            Leg leg = shown(journey, in);
            if (!journey.choices(leg).contains(choice)) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "too-late",
                        "/leg",
                        "Việc này không còn làm được nữa: " + leg.step().text().vi() + ".",
                        "This cannot be done any more: " + leg.step().text().en() + ".");
            }
            if (changesToday(leg) >= CHANGES_A_DAY) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "changed-too-often",
                        "/leg",
                        "Hôm nay bạn đã thay đổi bưu gửi này " + CHANGES_A_DAY + " lần; mai hãy thử lại.",
                        "You have changed this item " + CHANGES_A_DAY + " times today; try again tomorrow.");
            }
            doing.accept(journey, leg);
            legs.label(journey);
            journeys.save(journey);
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.set("leg", Legs.answer(leg.facts()));
            return answer;
        });
    }

    private static long changesToday(Leg leg) {
        return leg.reports().stream()
                .filter(report -> report.source().equals(TRACK)
                        && report.recordedAt().atZone(Rules.ZONE).toLocalDate().equals(Legs.today()))
                .count();
    }

    private Journey journey(Inbound in) {
        UUID id = UUID.fromString(in.payload().path("dossier").asText());
        return Optional.ofNullable(journeys.lock(Set.of(id)).get(id)).orElseThrow(Citizens::noSuchLeg);
    }

    /** Looked at under the lock: it may have become somebody else's telephone meanwhile. */
    private static Leg shown(Journey journey, Inbound in) {
        Leg leg = journey.leg(UUID.fromString(in.payload().path("leg").asText()))
                .filter(known ->
                        known.facts().kind().inbound() || known.facts().kind().outbound())
                .orElseThrow(Citizens::noSuchLeg);
        String telephone = in.payload().at("/by/telephone").asText();
        if (!Objects.equals(leg.facts().citizen().phone(), telephone)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "not-shown",
                    "",
                    "Số điện thoại đã cho không phải số của chặng này.",
                    "The telephone number shown is not that of this leg.");
        }
        return leg;
    }

    private static Refused noSuchLeg() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "no-such-leg",
                "/leg",
                "Hồ sơ này không có bưu gửi nào như vậy của công dân.",
                "The dossier has no such item of a citizen.");
    }
}
