package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.Telephone;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.LateWish;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Progress;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;
import vn.bocau.journal.Overtaken;
import vn.bocau.journal.Sending;

/**
 * Tells citizens by messages to their own telephones, as the clock asks it: not at night, not what no longer holds, and
 * each thing once, whichever node does it. The words are those of {@code mappings/words/notice.schema.json}.
 */
@Component("notices")
public class Notices implements Overtaken {

    private static final String KIND = "notice";
    private static final int AT_ONCE = 200;

    /** What was not delivered by then is no news any more. */
    private static final Duration FRESH = Duration.ofDays(2);

    /** What waits at the counter may be fetched any day: the message does not outlive that by much. */
    private static final Duration SHORT = Duration.ofDays(1);

    private final TransactionTemplate transactions;
    private final Journeys journeys;
    private final NoticeBook book;
    private final NoticeSettings settings;
    private final Journal journal;
    private final CitizenLinks links;
    private final Directories directories;
    private final Deadlines deadlines;
    private final CitizenLanguages languages;

    Notices(
            TransactionTemplate transactions,
            Journeys journeys,
            NoticeBook book,
            NoticeSettings settings,
            Journal journal,
            CitizenLinks links,
            Directories directories,
            Deadlines deadlines,
            CitizenLanguages languages) {
        this.transactions = transactions;
        this.journeys = journeys;
        this.book = book;
        this.settings = settings;
        this.journal = journal;
        this.links = links;
        this.directories = directories;
        this.deadlines = deadlines;
        this.languages = languages;
    }

    /** @return how many were told; each dossier by itself, as holds expire */
    public int tell() {
        return tellAt(Legs.now());
    }

    int tellAt(Instant now) {
        if (settings.quiet(now)) {
            return 0;
        }
        return EachAlone.of(
                book.due(now, AT_ONCE),
                dossier -> Objects.requireNonNull(transactions.execute(t -> tellOf(dossier, now))),
                dossier -> book.later(dossier, now));
    }

    private int tellOf(UUID dossier, Instant now) {
        Journey journey = Objects.requireNonNull(journeys.lock(List.of(dossier)).get(dossier));
        Optional<Partner> notifier = book.notifier();
        int told = 0;
        for (NoticeBook.Entry entry : book.due(dossier, now)) {
            Leg leg = journey.leg(entry.notice().leg()).orElseThrow();
            boolean holds = notifier.isPresent() && holds(journey, leg, entry.notice(), now);
            if (holds) {
                journal.tell(new Outbound(
                        notifier.get().id(),
                        dossier.toString(),
                        KIND,
                        entry.notice().key(),
                        journey.dossier().codes().get(0).code(),
                        body(journey, leg, entry.notice(), now)));
                told++;
            }
            book.settle(entry, holds);
        }
        return told;
    }

    /** What waited for its line, while nobody carried messages or nobody answered, is looked at once more. */
    @Override
    public boolean isOvertaken(Sending sending) {
        return sending.kind().equals(KIND)
                && Boolean.TRUE.equals(transactions.execute(t -> isOvertakenAt(sending.key(), Legs.now())));
    }

    boolean isOvertakenAt(String key, Instant now) {
        Notice told = Notice.of(key, now);
        return book.dossierOf(told.leg())
                .map(dossier -> journeys.read(dossier).get(dossier))
                .flatMap(journey -> journey.leg(told.leg()).map(leg -> !holds(journey, leg, told, now)))
                .orElse(true);
    }

    private boolean holds(Journey journey, Leg leg, Notice notice, Instant now) {
        if (!Notice.isOfACitizen(leg)) {
            return false;
        }
        return switch (notice.what()) {
            case LINK -> true;
            case SUPPLEMENT -> journey.dossier().status() == Dossier.Status.TO_SUPPLEMENT;
            case MOVED ->
                leg.reports().stream().noneMatch(report -> notice.about().equals(String.valueOf(report.voids())));
            case COMING, TRIED, HELD, DELIVERED, TOO_LATE ->
                Notice.of(journey, leg, settings, now).stream().anyMatch(notice::sameAs);
        };
    }

    private ObjectNode body(Journey journey, Leg leg, Notice notice, Instant now) {
        LegFacts facts = leg.facts();
        Progress progress = leg.progress();
        Obligation.Next next = journey.obligation(leg).next();
        String telephone = facts.citizen().phone();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("what", notice.what().name())
                .put("language", languages.of(journey.id()))
                .put("dossierCode", journey.dossier().codes().get(0).code())
                .put("kind", facts.kind().name())
                .put("telephone", Telephone.plain(telephone))
                .put(
                        "link",
                        notice.what() == Notice.What.LINK
                                ? links.sentTo(journey.id(), telephone, Notice.day(now))
                                : links.toLookAt(journey.id(), telephone));
        LocalDate due = next == null ? Notice.day(now) : Notice.day(next.dueAt());
        switch (notice.what()) {
            case COMING -> body.put("day", notice.about());
            case TRIED -> {
                body.put("at", Telling.iso(Objects.requireNonNull(progress.since())));
                body.put(
                        "reason",
                        progress.reason() == null ? "OTHER" : progress.reason().name());
                tried(body, next, due);
            }
            case HELD -> {
                body.put("until", notice.about());
                directories
                        .current()
                        .office(leg.counter())
                        .map(PostOffice::name)
                        .ifPresent(name -> body.put("office", name));
            }
            case DELIVERED -> body.put("at", Telling.iso(Objects.requireNonNull(progress.since())));
            case TOO_LATE -> tooLate(body, leg, notice);
            case SUPPLEMENT, MOVED, LINK -> {}
        }
        return body.put("validUntil", Telling.iso(validUntil(notice, body, now)));
    }

    /** What follows from it: somebody comes again, it waits at the counter, or it is for the citizen to say how it goes on. */
    private static void tried(ObjectNode body, Obligation.@Nullable Next next, LocalDate due) {
        Act act = next == null ? Act.REVIEW : next.act();
        switch (act) {
            case COLLECT, COLLECT_REST, DELIVER -> body.put("then", "AGAIN").put("day", due.toString());
            case HAND_OUT -> body.put("then", "HELD").put("until", due.toString());
            case ASK_AGAIN -> body.put("then", "ASK").put("until", due.toString());
            default -> body.put("then", "SEE");
        }
    }

    /** What holds instead: it goes on as before, it has arrived, it goes back; all else is for the page to tell. */
    private static void tooLate(ObjectNode body, Leg leg, Notice notice) {
        LateWish wish = Objects.requireNonNull(leg.progress().lateWishes().get(UUID.fromString(notice.about())));
        body.put("asked", wish.asked().name());
        body.put(
                "then",
                switch (leg.step()) {
                    case OUT_FOR_DELIVERY -> "COMING";
                    case DELIVERED -> "DELIVERED";
                    case RETURN_APPROVED, COMING_BACK, RETURNED_TO_AGENCY -> "BACK";
                    default -> "SEE";
                });
    }

    /** Never beyond the day it names; how it goes on after an attempt may change the same day. */
    private Instant validUntil(Notice notice, ObjectNode body, Instant now) {
        return switch (notice.what()) {
            case COMING -> deadlines.endOf(LocalDate.parse(notice.about()));
            case TOO_LATE -> now.plus(SHORT);
            case HELD -> earlier(now.plus(SHORT), deadlines.endOf(LocalDate.parse(notice.about())));
            case TRIED ->
                body.has("day")
                        ? earlier(
                                now.plus(FRESH),
                                deadlines.endOf(LocalDate.parse(body.path("day").asText())))
                        : now.plus(SHORT);
            default -> now.plus(FRESH);
        };
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
