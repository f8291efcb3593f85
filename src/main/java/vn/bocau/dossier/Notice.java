package vn.bocau.dossier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import vn.bocau.code.Telephone;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Action;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Progress;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.dossier.rules.Step;

/**
 * Something a citizen is to be told by a message. What follows from where an item is holds as long as it is there: what
 * was voided, or came late and moved nothing, is never told.
 *
 * @param about what tells it from others of its kind: told once
 * @param dueAt not before
 */
record Notice(UUID leg, What what, String about, Instant dueAt) {

    /**
     * As it goes to the notifier.
     *
     * @param round how often it was overtaken on its way before, and written down anew
     */
    record Told(Notice notice, int round) {}

    private static final String KEY = "notice-";
    private static final int UUID_LENGTH = 36;
    private static final int DAY_LENGTH = 10;

    enum What {
        /** Somebody will stand at the door. */
        COMING,
        /** That somebody will has been told, and nobody does. */
        NOT_COMING,
        /** Somebody was there in vain. */
        TRIED,
        /** It lies at the counter. */
        HELD,
        DELIVERED,
        /** That it was delivered has been told, and it was not. */
        NOT_DELIVERED,
        /** The agency asks for more papers. */
        SUPPLEMENT,
        /** It goes to another door, as somebody asked on our page. */
        MOVED,
        /** What somebody asked on our page was granted, and cannot be done after all. */
        TOO_LATE,
        /** The link that was asked for. */
        LINK;

        /** With which it is taken back once it was told and does not hold: its name, and what it is about. */
        static final String BACK = "NOT_";
    }

    private static final Set<Act> AT_THE_DOOR = EnumSet.of(Act.COLLECT, Act.COLLECT_REST, Act.DELIVER);

    /** Nobody stood at the door; or no message will be read. */
    private static final Set<Action> NOT_THE_CITIZENS = EnumSet.of(Action.FORWARD, Action.INVESTIGATE);

    /** What follows from where an item is now. */
    static List<Notice> of(Journey journey, Leg leg, NoticeSettings settings, Instant now) {
        List<Notice> all = new ArrayList<>();
        if (!isOfACitizen(leg)) {
            return all;
        }
        Progress progress = leg.progress();
        if (leg.facts().kind().outbound() && progress.step() == Step.DELIVERED) {
            // Once, also when it is proven later, by another handling; anew only after it was not delivered after all.
            all.add(new Notice(leg.id(), What.DELIVERED, "", now));
        }
        progress.lateWishes().keySet().stream()
                .sorted()
                .forEach(wish -> all.add(new Notice(leg.id(), What.TOO_LATE, wish.toString(), now)));
        if (failed(progress)) {
            all.add(because(leg, What.TRIED, now));
        }
        Obligation.Next next = journey.obligation(leg).next();
        if (next != null && journey.waitsAtCounter(leg)) {
            all.add(new Notice(
                    leg.id(), What.HELD, heldAbout(leg, next).toString(), thereFrom(journey, leg, settings, now)));
        }
        if (next != null && isVisit(leg, next)) {
            LocalDate day = day(next.dueAt());
            Instant eve =
                    day.minusDays(1).atTime(settings.eve()).atZone(Rules.ZONE).toInstant();
            if (!day.isBefore(day(now)) && !toldWithTheFailure(progress, day)) {
                all.add(new Notice(leg.id(), What.COMING, day.toString(), eve.isAfter(now) ? eve : now));
            }
        }
        return all;
    }

    private static Notice because(Leg leg, What what, Instant now) {
        return new Notice(
                leg.id(),
                what,
                Objects.requireNonNull(leg.progress().lastHandling()).toString(),
                now);
    }

    /** Somebody there reads messages. */
    static boolean isOfACitizen(Leg leg) {
        LegFacts facts = leg.facts();
        return (facts.kind().inbound() || facts.kind().outbound())
                && Telephone.readsMessages(facts.citizen().phone());
    }

    static boolean failed(Progress progress) {
        FailureReason reason = progress.reason();
        boolean inVain = progress.step() == Step.PICKUP_FAILED
                || progress.step() == Step.DELIVERY_FAILED
                || progress.step() == Step.PARTLY_COLLECTED && reason != null;
        return inVain
                && reason != FailureReason.DECEASED
                && (reason == null || !NOT_THE_CITIZENS.contains(reason.defaultAction()));
    }

    /** What an outside carrier will do when, nobody here knows. */
    private static boolean isVisit(Leg leg, Obligation.Next next) {
        return AT_THE_DOOR.contains(next.act()) && leg.step() != Step.OUT_FOR_DELIVERY && leg.isWithUs();
    }

    /** Until when an outside carrier holds it, nobody here knows: its notice is about since when. */
    private static LocalDate heldAbout(Leg leg, Obligation.Next next) {
        return day(
                leg.isWithUs()
                        ? next.dueAt()
                        : Objects.requireNonNull(leg.progress().heldSince()));
    }

    /** Nobody is sent to the counter for what a worker still has on the road. */
    private static Instant thereFrom(Journey journey, Leg leg, NoticeSettings settings, Instant now) {
        LocalDate from = journey.fetchedFrom(leg, now);
        return from.isAfter(day(now))
                ? from.atTime(settings.from()).atZone(Rules.ZONE).toInstant()
                : now;
    }

    /** What was called off, back or away after its visit had been announced: nobody comes, and nobody has been there since that day. */
    static boolean isNotComing(Leg leg, LocalDate day) {
        return isOfACitizen(leg)
                && leg.comesToNoDoor()
                && leg.lastVisit()
                        .map(Notice::day)
                        .filter(been -> !been.isBefore(day))
                        .isEmpty();
    }

    private static boolean toldWithTheFailure(Progress progress, LocalDate day) {
        return failed(progress)
                && !day(Objects.requireNonNull(progress.since())).isBefore(day.minusDays(1));
    }

    static LocalDate day(Instant at) {
        return at.atZone(Rules.ZONE).toLocalDate();
    }

    /** Of a visit, announced or not to be: the day. */
    LocalDate visitDay() {
        return LocalDate.parse(about.substring(0, DAY_LENGTH));
    }

    /** What tells it from all others on its way to the notifier; nothing personal. */
    String key(int round) {
        return KEY + leg + "-" + round + "-" + what + "-" + about;
    }

    /** @param key as {@link #key} wrote it */
    static Told of(String key, Instant dueAt) {
        int round = KEY.length() + UUID_LENGTH + 1;
        int what = key.indexOf('-', round) + 1;
        int about = key.indexOf('-', what) + 1;
        return new Told(
                new Notice(
                        UUID.fromString(key.substring(KEY.length(), round - 1)),
                        What.valueOf(key.substring(what, about - 1)),
                        key.substring(about),
                        dueAt),
                Integer.parseInt(key.substring(round, what - 1)));
    }

    boolean sameAs(Notice other) {
        return leg.equals(other.leg) && what == other.what && about.equals(other.about);
    }
}
