package vn.bocau.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import vn.bocau.audit.BreakGlass;
import vn.bocau.code.Text;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.Holidays;
import vn.bocau.dossier.ItemPools;
import vn.bocau.dossier.Oversight;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.journal.Mends;
import vn.bocau.journal.MessageLedger;
import vn.bocau.journal.Records;
import vn.bocau.journal.Relay;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** Where one lands after signing in: who one is, and what waits today for somebody of that role. No personal data. */
@Controller
class HomePage {

    /** A partner that is no longer in the directory, while something of it is open. */
    private static final String GONE = "GONE";

    /** We can speak to it, but do not hear it: its events cannot be read. */
    private static final String SILENT = "SILENT";

    /** Nothing is wrong with it: at night nobody is sent messages. */
    private static final Set<String> GOES = Set.of("OPEN", "RESTING");

    private static final String DROP = "DROP";

    private static final String SLOW = "SLOW";

    /** It is open, and nothing of ours moves. */
    private static final String UNMOVED = "UNMOVED";

    private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm");
    private static final Set<OwnerKind> POST =
            EnumSet.of(OwnerKind.POST_OFFICE, OwnerKind.POSTAL_WORKER, OwnerKind.SUPERVISOR);
    private static final int SHOWN = 20;

    /** One act, as one row: {@link Oversight.Load} in the reader's words. */
    record Duty(String owner, String act, long count, long overdue, long today, String earliest) {}

    record Urgent(String dossier, @Nullable String item, String act, String due, boolean overdue) {}

    /** @param unit which of the messages {@code age.*} says it */
    record Age(String unit, long n) {

        static Age of(double seconds) {
            Duration age = Duration.ofSeconds((long) seconds);
            if (age.toDays() > 0) {
                return new Age("days", age.toDays());
            }
            if (age.toHours() > 0) {
                return new Age("hours", age.toHours());
            }
            return age.toMinutes() > 0 ? new Age("minutes", age.toMinutes()) : new Age("seconds", age.toSeconds());
        }
    }

    /**
     * A partner.
     *
     * @param state of its line; else how it hears of us
     * @param oldest null when nothing waits
     * @param trouble why it is held, paused or not heard, why what is open will stay open, or why it cannot come in
     * @param since begin of that
     * @param carriedSince since when something has been on its way to it for longer than it should
     * @param carriedUntil when that is taken up again
     */
    record Line(
            String id,
            String name,
            String state,
            long waiting,
            long parked,
            @Nullable Age oldest,
            @Nullable Text trouble,
            @Nullable String since,
            @Nullable String carriedSince,
            @Nullable String carriedUntil) {

        static Line of(LinesApi.Standing standing) {
            LinesApi.Way way = standing.line();
            LinesApi.Way broken = way == null || GOES.contains(way.state()) ? null : way;
            LinesApi.Feed feed = standing.feed();
            if (broken == null && feed != null && feed.silentSince() != null) {
                return of(standing, SILENT, feed.reason(), clock(feed.silentSince()));
            }
            LinesApi.Drop drop = standing.drop();
            if (broken == null && drop != null) {
                return of(standing, DROP, drop.reason(), clock(drop.silentSince()));
            }
            return of(
                    standing,
                    stateOf(standing),
                    broken == null ? troubleOf(standing) : broken.reason(),
                    broken == null ? null : clock(broken.since()));
        }

        private static Line of(
                LinesApi.Standing standing, String state, @Nullable Text trouble, @Nullable String since) {
            LinesApi.Carrying carried = standing.carrying();
            return new Line(
                    standing.id(),
                    standing.name(),
                    state,
                    standing.pending() + standing.queued(),
                    standing.parked(),
                    standing.oldestSeconds() > 0 ? Age.of(standing.oldestSeconds()) : null,
                    trouble,
                    since,
                    carried == null ? null : clock(carried.since()),
                    carried == null ? null : clock(carried.until()));
        }

        public boolean troubled() {
            return since != null || trouble != null || carriedSince != null;
        }

        private static @Nullable Text troubleOf(LinesApi.Standing standing) {
            return standing.stranded() == null ? standing.shut() : standing.stranded();
        }

        private static String stateOf(LinesApi.Standing standing) {
            if (standing.carrying() != null
                    && standing.line() != null
                    && standing.line().state().equals("OPEN")) {
                return SLOW;
            }
            if (standing.stranded() != null
                    && standing.line() != null
                    && standing.line().state().equals("OPEN")) {
                return UNMOVED;
            }
            if (Partner.Delivery.FETCH.name().equals(standing.delivery()) && standing.stranded() != null) {
                return LineMap.UNFETCHED;
            }
            return standing.line() == null
                    ? Objects.requireNonNullElse(standing.delivery(), GONE)
                    : standing.line().state();
        }
    }

    /** Ours, that takes nothing from this node. */
    record Broker(String code, Text reason, String since) {

        private static Broker of(Relay.Away away) {
            return new Broker(away.code(), away.reason(), clock(away.since()));
        }
    }

    /** All partners' day in one direction. Always {@code accepted = confirmed + open + discarded}. */
    record Sum(String direction, long accepted, long confirmed, long open, long parked, long discarded) {

        static Sum of(String direction, List<MessageLedger.Day> days) {
            var these =
                    days.stream().filter(d -> d.direction().equals(direction)).toList();
            return new Sum(
                    direction,
                    these.stream().mapToLong(MessageLedger.Day::accepted).sum(),
                    these.stream().mapToLong(MessageLedger.Day::confirmed).sum(),
                    these.stream().mapToLong(MessageLedger.Day::open).sum(),
                    these.stream().mapToLong(MessageLedger.Day::parked).sum(),
                    these.stream().mapToLong(MessageLedger.Day::discarded).sum());
        }
    }

    private final LinesApi lines;
    private final Records records;
    private final Mends mends;
    private final Pauses pauses;
    private final Relay relay;
    private final Holidays holidays;
    private final MessageLedger messageLedger;
    private final Oversight oversight;
    private final Directories directories;
    private final BreakGlass glass;

    HomePage(
            LinesApi lines,
            Records records,
            Mends mends,
            Pauses pauses,
            Relay relay,
            MessageLedger messageLedger,
            Oversight oversight,
            Directories directories,
            Holidays holidays,
            BreakGlass glass) {
        this.lines = lines;
        this.records = records;
        this.mends = mends;
        this.pauses = pauses;
        this.relay = relay;
        this.holidays = holidays;
        this.messageLedger = messageLedger;
        this.oversight = oversight;
        this.directories = directories;
        this.glass = glass;
    }

    @GetMapping("/")
    String home(Model page, Authentication who, Locale locale) {
        Person me = Person.of(who);
        page.addAttribute("me", me);
        switch (me.role()) {
            case "OPERATOR", "ADMINISTRATOR" -> operations(page, who, locale);
            case "POSTAL_WORKER", "POSTAL_SUPERVISOR" -> post(page, me, locale);
            case "AGENCY_CLERK" -> agency(page, me, locale);
            case "DATA_OFFICER" -> page.addAttribute("opened", glass.unseen());
            default -> {}
        }
        return "home";
    }

    private void operations(Model page, Authentication who, Locale locale) {
        List<Line> all = lines.partners(who).stream().map(Line::of).toList();
        Grants grants = Grants.of(who);
        Set<String> seen = grants.only(Right.SEE).orElse(null);
        List<Duty> duties = duties(EnumSet.allOf(OwnerKind.class), null, seen, locale);
        List<MessageLedger.Day> today = messageLedger.days(0).stream()
                .filter(day -> grants.may(Right.SEE, day.partner()))
                .toList();
        // Left open over night it says what is, as the console's own pages do.
        page.addAttribute("console", true);
        page.addAttribute("now", ConsolePages.clock(Instant.now()));
        page.addAttribute("lines", all);
        page.addAttribute("troubled", all.stream().filter(Line::troubled).count());
        page.addAttribute("parked", all.stream().mapToLong(Line::parked).sum());
        page.addAttribute(
                "numbers",
                WorkApi.seen(oversight.itemNumbers(), grants).stream()
                        .filter(ItemPools.Left::low)
                        .toList());
        page.addAttribute("overdue", duties.stream().mapToLong(Duty::overdue).sum());
        page.addAttribute("unseen", oversight.unseen(seen));
        page.addAttribute("stopped", mends.stopped(seen));
        page.addAttribute("paused", pauses.ofStretches(who));
        page.addAttribute("broker", relay.brokerAway().map(Broker::of).orElse(null));
        page.addAttribute("holidays", holidays.missingFrom().orElse(null));
        page.addAttribute("rows", directories.report().refusals());
        page.addAttribute("late", duties.stream().filter(d -> d.overdue() > 0).toList());
        page.addAttribute("addsUp", today.stream().allMatch(MessageLedger.Day::addsUp));
        page.addAttribute("ledger", List.of(Sum.of("IN", today), Sum.of("OUT", today)));
        page.addAttribute("stuck", records.messages(new Records.Wanted(seen, null, null, "PARKED", null, null, SHOWN)));
    }

    private void post(Model page, Person me, Locale locale) {
        page.addAttribute(
                "place",
                directories
                        .current()
                        .office(String.valueOf(me.office()))
                        .map(PostOffice::name)
                        .orElse(null));
        if (me.office() != null) {
            work(page, POST, me.office(), me.role().equals("POSTAL_SUPERVISOR"), locale);
        }
    }

    private void agency(Model page, Person me, Locale locale) {
        page.addAttribute(
                "place",
                directories
                        .current()
                        .agency(String.valueOf(me.agency()))
                        .map(Agency::name)
                        .orElse(null));
        if (me.agency() != null) {
            work(page, EnumSet.of(OwnerKind.AGENCY), me.agency(), true, locale);
        }
    }

    private void work(Model page, Set<OwnerKind> kinds, String owner, boolean each, Locale locale) {
        page.addAttribute("duties", duties(kinds, owner, null, locale));
        if (each) {
            Instant now = Instant.now();
            page.addAttribute(
                    "urgent",
                    oversight.owed(new Oversight.Wanted(null, owner, false, null, 0, SHOWN)).stream()
                            .map(o -> new Urgent(
                                    o.dossier(),
                                    o.item(),
                                    act(o.act(), locale),
                                    clock(o.dueAt()),
                                    o.dueAt().isBefore(now)))
                            .toList());
        }
    }

    private List<Duty> duties(Set<OwnerKind> kinds, @Nullable String owner, @Nullable Set<String> seen, Locale locale) {
        return oversight.load(kinds, owner, seen).stream()
                .map(l -> new Duty(
                        l.ownerKind(), act(l.act(), locale), l.count(), l.overdue(), l.today(), clock(l.earliest())))
                .toList();
    }

    private static String act(String name, Locale locale) {
        return Act.valueOf(name).text().in(locale);
    }

    private static String clock(Instant at) {
        return at.atZone(VIETNAM).format(CLOCK);
    }
}
