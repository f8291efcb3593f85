package vn.bocau.track;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import vn.bocau.code.Text;
import vn.bocau.dossier.Citizens.Carrier;
import vn.bocau.dossier.Citizens.Offer;
import vn.bocau.dossier.rules.Choice;

/**
 * A dossier in a citizen's words, in one language. Nobody's name, no address, no telephone number, and nothing that an
 * agency wrote itself; but the names of papers it asks for, to whoever has a link that was sent to the citizen for that.
 *
 * @param step where it is now, as a sentence
 * @param right whether the papers are right; null while nobody has said so
 * @param missing papers to supplement, by their names; not more of them than a page may weigh
 * @param others how many more, whose names are not shown
 * @param sendTo the leg to whose telephone a link that shows them can be sent; null when there is none, or this is one
 * @param late what was asked for and does not hold
 * @param next what is to be done, with whom it lies; first what lies with the citizen
 * @param delivered what was handed over to somebody, and whom to ask when that was not the citizen
 * @param events what has happened, the newest first; not more of it than a page may weigh
 * @param earlier how much more has happened before these
 * @param later how much has happened since
 */
record Story(
        String code,
        int status,
        String step,
        String filedOn,
        @Nullable Boolean right,
        List<String> missing,
        int others,
        @Nullable Integer sendTo,
        @Nullable String resultDay,
        List<Late> late,
        List<Next> next,
        List<Delivered> delivered,
        List<Event> events,
        int earlier,
        int later) {

    /** So many on one page: each is a line or two. */
    static final int A_PAGE = 40;

    /** So many bytes are the names of papers on one page: ten of the longest, or a hundred of the usual ones. */
    static final int NAMES = 6_000;

    /** For so long after the end of a dossier its links are good. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm dd/MM/yyyy");

    /** What can be told with our own words alone; of the rest there is a sentence of the page. */
    private static final Set<String> OF_THE_AGENCY = Set.of("RECEIVED", "REFUSED", "SUPPLEMENT_ASKED", "TRANSFERRED");

    /**
     * @param kind of the leg
     * @param why the whole sentence
     */
    record Late(String kind, String why) {}

    /** What the post hands out at its counter, the citizen has to come for. */
    private static final Text FETCH = new Text("Đến nhận tại {0}", "Fetch it at {0}");

    /** A worker could not hand it over, and has it on the road until the evening. */
    private static final Text FETCH_FROM = new Text("Từ ngày {1}, đến nhận tại {0}", "From {1} on, fetch it at {0}");

    /** Where an outside carrier has it, it alone can say. */
    private static final Text FETCH_THERE = new Text("Đến nơi giữ để nhận", "Fetch it where it is held");

    /**
     * @param kind of the leg
     * @param yours whether it lies with the citizen, who asks again or comes for it
     * @param who with whom else it lies, as the messages {@code track.owner.*} name them
     * @param due by when; null when nobody here knows
     * @param help which of the messages {@code track.help.*} says what the citizen should know; null when nothing
     * @param no of the leg within the dossier
     * @param acts what can be asked for now: {@code day}, {@code address}, {@code office}
     * @param moves the post office that can be told another address, because here nobody can; null when that is offered, or is
     *     too late
     * @param carrier who else carries it, and can be asked; null when our own post does
     */
    record Next(
            String kind,
            String item,
            String act,
            boolean yours,
            String who,
            @Nullable String due,
            @Nullable String help,
            int no,
            List<String> acts,
            @Nullable String moves,
            @Nullable Carrier carrier) {}

    /**
     * @param kind of the leg
     * @param office that delivered it
     * @param phone of that office; empty when nobody knows it
     * @param carrier who else did; null when our own post did
     */
    record Delivered(
            String kind,
            String office,
            String phone,
            @Nullable Carrier carrier) {}

    /**
     * @param text null when the message {@code track.event.<code>} says it
     * @param heard null when we heard of it within the minute
     */
    record Event(
            String code,
            @Nullable String text,
            String happened,
            @Nullable String heard) {}

    /**
     * @param facts as {@link vn.bocau.dossier.Dossiers#facts}
     * @param sent whether whoever looks has shown the telephone of that leg
     * @param named whether the link it is looked at by shows what papers are called
     * @param from so many of the newest events are passed over
     */
    static Story of(
            JsonNode facts, List<Offer> offers, boolean english, Predicate<Offer> sent, boolean named, int from) {
        String tongue = english ? "en" : "vi";
        JsonNode five = facts.path("facts");
        List<String> missing = missing(five.path(named ? "supplement" : "listed"));
        int others = five.path("supplement").size() - missing.size();
        List<Next> next = new ArrayList<>();
        facts.path("legs").forEach(leg -> {
            if (leg.has("next")) {
                next.add(next(leg, offers, sent, tongue));
            }
        });
        next.sort((a, b) -> Boolean.compare(b.yours(), a.yours()));
        List<Event> events = new ArrayList<>();
        facts.path("events").forEach(event -> events.add(event(event, tongue)));
        Collections.reverse(events);
        int first = Math.min(Math.max(from, 0), events.size());
        int last = Math.min(first + A_PAGE, events.size());
        return new Story(
                facts.at("/dossier/code").asText(),
                facts.at("/dossier/status").asInt(),
                five.at("/step/" + tongue).asText(),
                day(five.path("sentOn").asText()),
                five.has("right") ? Boolean.valueOf(five.path("right").asBoolean()) : null,
                missing,
                others,
                named || others == 0 ? null : reached(offers),
                five.has("resultDay") ? day(five.path("resultDay").asText()) : null,
                late(offers, english),
                next,
                delivered(facts.path("legs"), offers),
                List.copyOf(events.subList(first, last)),
                events.size() - last,
                first);
    }

    /** In order, up to the first that would make the page too heavy. */
    private static List<String> missing(JsonNode papers) {
        List<String> missing = new ArrayList<>();
        int weight = 0;
        for (JsonNode paper : papers) {
            String name = withoutNumbers(paper.asText());
            weight += HtmlUtils.htmlEscape(name + "; ", "UTF-8").getBytes(StandardCharsets.UTF_8).length;
            if (weight > NAMES) {
                break;
            }
            missing.add(name);
        }
        return missing;
    }

    /** The latest leg with a telephone to which messages go. */
    private static @Nullable Integer reached(List<Offer> offers) {
        return offers.stream()
                .filter(Offer::messages)
                .map(Offer::no)
                .max(Integer::compare)
                .orElse(null);
    }

    /** Of an identity card or a telephone. */
    private static String withoutNumbers(String words) {
        return words.replaceAll("[0-9](?:[ .-]?[0-9]){8,}", "…");
    }

    /** Whether nothing is owed any more, and nobody has heard of anything for so long that whoever looks is not the citizen. */
    static boolean isOver(JsonNode facts, Instant now) {
        for (JsonNode leg : facts.path("legs")) {
            if (leg.has("next")) {
                return false;
            }
        }
        Instant last = Instant.MIN;
        for (JsonNode event : facts.path("events")) {
            Instant heard =
                    OffsetDateTime.parse(event.path("recordedAt").asText()).toInstant();
            last = heard.isAfter(last) ? heard : last;
        }
        return last.isAfter(Instant.MIN) && last.plus(KEPT).isBefore(now);
    }

    private static List<Late> late(List<Offer> offers, boolean english) {
        return offers.stream()
                .filter(offer -> offer.tooLate() != null)
                .map(offer -> {
                    Text why = Objects.requireNonNull(offer.tooLate());
                    return new Late(offer.kind().name(), english ? why.en() : why.vi());
                })
                .toList();
    }

    private static Next next(JsonNode leg, List<Offer> offers, Predicate<Offer> sent, String tongue) {
        JsonNode next = leg.path("next");
        String step = leg.at("/step/code").asText();
        String owner = next.path("ownerKind").asText();
        Optional<Offer> offer = offer(leg, offers);
        // What an outside carrier will do with what it could not hand over, nobody here knows.
        boolean fetch = next.path("act").asText().equals("HAND_OUT")
                && (step.equals("HELD")
                        || offer.filter(one -> one.held() && one.carrier() == null)
                                .isPresent());
        boolean elsewhere =
                offer.filter(one -> one.movesElsewhere(sent.test(one))).isPresent();
        return new Next(
                leg.path("kind").asText(),
                leg.path("item").asText(""),
                fetch ? fetch(offer, tongue) : next.path(tongue).asText(),
                fetch || owner.equals("CITIZEN"),
                owner,
                // Until when an outside carrier holds it, nobody here knows.
                step.equals("HELD") && owner.equals("CARRIER")
                        ? null
                        : clock(next.path("dueAt").asText()),
                help(leg.path("kind").asText(), step),
                offer.map(Offer::no).orElse(0),
                offer.stream()
                        .flatMap(one -> one.choices().stream())
                        .filter(choice -> choice != Choice.ADDRESS || !elsewhere)
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                        .toList(),
                elsewhere ? offer.map(Offer::office).orElse(null) : null,
                offer.map(Offer::carrier).orElse(null));
    }

    private static String fetch(Optional<Offer> offer, String tongue) {
        Optional<Offer> ours = offer.filter(one -> one.carrier() == null);
        Optional<LocalDate> from = ours.flatMap(Offer::notBefore);
        Text text = ours.isEmpty() ? FETCH_THERE : from.isPresent() ? FETCH_FROM : FETCH;
        return MessageFormat.format(
                tongue.equals("en") ? text.en() : text.vi(),
                offer.map(Offer::office).orElse(""),
                from.map(DAY::format).orElse(""));
    }

    private static Optional<Offer> offer(JsonNode leg, List<Offer> offers) {
        return offers.stream()
                .filter(one -> one.leg().toString().equals(leg.path("id").asText()))
                .findFirst();
    }

    private static List<Delivered> delivered(JsonNode legs, List<Offer> offers) {
        List<Delivered> delivered = new ArrayList<>();
        legs.forEach(leg -> {
            if (leg.at("/step/code").asText().equals("DELIVERED")) {
                offer(leg, offers)
                        .ifPresent(offer -> delivered.add(new Delivered(
                                leg.path("kind").asText(), offer.office(), offer.officePhone(), offer.carrier())));
            }
        });
        return delivered;
    }

    /** What follows from where it is. What can be asked for is named by what is offered, and by nothing else. */
    private static @Nullable String help(String kind, String step) {
        return switch (step) {
            case "PICKUP_FAILED" -> "pickup-failed";
            case "HELD" -> kind.equals("RESULT") ? "held" : null;
            case "DELIVERY_FAILED" -> "delivery-failed";
            case "OUT_FOR_DELIVERY" -> "out";
            case "REQUESTED", "ACCEPTED" -> "ready-papers";
            default -> null;
        };
    }

    private static Event event(JsonNode event, String tongue) {
        String code = event.path("code").asText();
        OffsetDateTime happened = OffsetDateTime.parse(event.path("happenedAt").asText());
        OffsetDateTime heard = OffsetDateTime.parse(event.path("recordedAt").asText());
        return new Event(
                code,
                OF_THE_AGENCY.contains(code) ? null : event.path(tongue).asText(),
                clock(event.path("happenedAt").asText()),
                heard.minusMinutes(1).isAfter(happened)
                        ? clock(event.path("recordedAt").asText())
                        : null);
    }

    private static String day(String date) {
        return LocalDate.parse(date).format(DAY);
    }

    private static String clock(String instant) {
        return OffsetDateTime.parse(instant).atZoneSameInstant(VIETNAM).format(CLOCK);
    }
}
