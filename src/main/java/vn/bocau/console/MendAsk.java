package vn.bocau.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.Mend;
import vn.bocau.journal.Mends;
import vn.bocau.wire.Json;

/**
 * What somebody says who wants parked messages retried together, or what waits given up: as texts, from a form or from JSON.
 *
 * @param sort RETRY, when nothing is said, or DISCARD
 * @param messages ids with spaces or commas between; empty when somebody chose among some and took none, which is not the same
 *     as null
 * @param route id of a route that they went by
 * @param from parked from then on; ISO 8601, without an offset in Vietnam's time
 * @param until parked before then; a day means to its end
 * @param counted when the form was drawn that says how many: what was parked, or accepted to be given up, since is none of them.
 *     A program has no form
 */
record MendAsk(
        @Nullable String sort,
        @Nullable String messages,
        @Nullable String code,
        @Nullable String partner,
        @Nullable String kind,
        @Nullable String route,
        @Nullable String from,
        @Nullable String until,
        @Nullable String notBefore,
        @Nullable String perMinute,
        @Nullable String mostFailed,
        @Nullable String counted) {

    static final List<String> FIELDS = List.of(
            "sort",
            "messages",
            "code",
            "partner",
            "kind",
            "route",
            "from",
            "until",
            "notBefore",
            "perMinute",
            "mostFailed");

    private static final String DISCARD = "DISCARD";
    private static final Text NONE_CHOSEN =
            new Text("Chưa chọn thông điệp nào; hãy chọn ít nhất một.", "No message was chosen; choose at least one.");

    static final int USUAL_PER_MINUTE = 600;
    static final int USUAL_MOST_FAILED = 10;

    private static final int FASTEST = 60_000;
    private static final int MOST_IDS = 1000;

    static MendAsk of(ActBody said) {
        return new MendAsk(
                said.text("sort"),
                said.text("messages"),
                said.text("code"),
                said.text("partner"),
                said.text("kind"),
                said.text("route"),
                said.text("from"),
                said.text("until"),
                said.text("notBefore"),
                said.text("perMinute"),
                said.text("mostFailed"),
                null);
    }

    MendAsk countedAt(Instant at) {
        return new MendAsk(
                sort,
                messages,
                code,
                partner,
                kind,
                route,
                from,
                until,
                notBefore,
                perMinute,
                mostFailed,
                at.toString());
    }

    /** @throws Refused MALFORMED {@code mend} with every field that will not do */
    Mends.Wanted wanted(FailureRoutes routes) {
        List<Flaw> flaws = new ArrayList<>();
        if (given(sort) != null && !List.of("RETRY", DISCARD).contains(given(sort))) {
            flaws.add(new Flaw("/sort", new Text("Phải là RETRY hoặc DISCARD.", "Must be RETRY or DISCARD.")));
        }
        Instant drawn = Times.read("/counted", given(counted), false, flaws);
        var wanted = new Mends.Wanted(
                what(),
                ids(flaws),
                name("code", code, flaws),
                name("partner", partner, flaws),
                name("kind", kind, flaws),
                way(routes, flaws),
                Times.read("/from", given(from), false, flaws),
                earlier(Times.read("/until", given(until), true, flaws), discards() ? null : drawn),
                discards() ? drawn : null);
        refuse(flaws);
        return wanted;
    }

    /** The same to begin with: a program whose selection came out empty does not mean all that is parked. */
    Mends.Wanted chosen(FailureRoutes routes) {
        if (messages == null
                && Stream.of(code, partner, kind, route, from, until).allMatch(field -> given(field) == null)) {
            refuse(
                    List.of(
                            new Flaw(
                                    "/partner",
                                    new Text(
                                            "Cho biết những thông điệp nào: ít nhất một trong messages, code, partner, kind, route, from, until.",
                                            "Say which messages: at least one of messages, code, partner, kind, route, from, until."))));
        }
        return wanted(routes);
    }

    Mend.Sort what() {
        return discards() ? Mend.Sort.DISCARD : Mend.Sort.RETRY;
    }

    boolean discards() {
        return DISCARD.equals(given(sort));
    }

    /** @throws Refused MALFORMED {@code mend} with every field that will not do */
    Mends.How how() {
        List<Flaw> flaws = new ArrayList<>();
        Instant begin = Times.read("/notBefore", given(notBefore), false, flaws);
        int rate = number("perMinute", perMinute, USUAL_PER_MINUTE, 1, FASTEST, flaws);
        int failed = number("mostFailed", mostFailed, USUAL_MOST_FAILED, 0, 100, flaws);
        refuse(flaws);
        return new Mends.How(begin == null ? Instant.now() : begin, rate, failed);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private Mends.@Nullable Way way(FailureRoutes routes, List<Flaw> flaws) {
        String id = name("route", route, flaws);
        if (id == null) {
            return null;
        }
        Optional<FailureRoutes.Stretch> stretch = routes.named(id);
        if (stretch.isEmpty()) {
            flaws.add(new Flaw("/route", FailureRoutes.UNKNOWN));
        }
        return stretch.map(s -> new Mends.Way(s.direction(), s.partner(), s.kind()))
                .orElse(null);
    }

    private @Nullable List<UUID> ids(List<Flaw> flaws) {
        if (messages == null) {
            return null;
        }
        try {
            List<UUID> ids = Stream.of(messages.split("[\\s,]+"))
                    .filter(id -> !id.isEmpty())
                    .map(UUID::fromString)
                    .toList();
            if (ids.isEmpty()) {
                flaws.add(new Flaw("/messages", NONE_CHOSEN));
                return null;
            }
            if (ids.size() <= MOST_IDS) {
                return ids;
            }
        } catch (IllegalArgumentException none) {
            // Told below.
        }
        flaws.add(new Flaw(
                "/messages",
                new Text(
                        "Phải là mã của từ 1 đến " + MOST_IDS + " thông điệp, cách nhau một dấu cách.",
                        "Must be the ids of 1 to " + MOST_IDS + " messages, with spaces between.")));
        return null;
    }

    private static @Nullable String name(String field, @Nullable String said, List<Flaw> flaws) {
        String given = given(said);
        if (given != null && !Json.printable(given)) {
            flaws.add(new Flaw(
                    "/" + field,
                    new Text(
                            "Có ký tự điều khiển hoặc ký tự hỏng; hãy bỏ đi.",
                            "It holds control characters or broken ones; remove them.")));
        }
        return given;
    }

    private static int number(String field, @Nullable String said, int usual, int least, int most, List<Flaw> flaws) {
        String given = given(said);
        if (given == null) {
            return usual;
        }
        if (given.matches("\\d{1,6}")) {
            int value = Integer.parseInt(given);
            if (value >= least && value <= most) {
                return value;
            }
        }
        flaws.add(new Flaw(
                "/" + field,
                new Text(
                        "Phải là số nguyên từ " + least + " đến " + most + ".",
                        "Must be a whole number from " + least + " to " + most + ".")));
        return usual;
    }

    private static void refuse(List<Flaw> flaws) {
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "mend", flaws);
        }
    }

    private static @Nullable String given(@Nullable String said) {
        return ConsolePages.said(said);
    }
}
