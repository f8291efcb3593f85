package vn.bocau.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;

/**
 * Tells every partner of kind ALERTS what begins, ends or happens that people have to be called for: a message of the
 * journal like any other, so once each, in order, and for as long as the receiver is away. Bean {@code alerts}.
 */
@Component("alerts")
public class Alerts {

    private static final String BEGUN = "BEGUN";
    private static final String OVER = "OVER";

    private final Conditions conditions;
    private final AlertBook book;
    private final DueSoon soon;
    private final Directories directories;
    private final Journal journal;

    Alerts(Conditions conditions, AlertBook book, DueSoon soon, Directories directories, Journal journal) {
        this.conditions = conditions;
        this.book = book;
        this.soon = soon;
        this.directories = directories;
        this.journal = journal;
    }

    /** As the clock asks it. Without anybody to tell nothing is written down: who comes later is told what is wrong then. */
    @Transactional
    public void look() {
        lookAt(Instant.now());
    }

    /** Not of the same name: the route would call it with nothing. */
    @Transactional
    void lookAt(Instant now) {
        List<Partner> receivers = receivers();
        if (receivers.isEmpty()) {
            return;
        }
        conditions.watch();
        if (!book.mine()) {
            return;
        }
        List<Alert> standing = conditions.now(book.stands(Alert.Kind.NOTHING_MOVES, Conditions.LINES)).stream()
                .filter(alert -> receivers.stream().anyMatch(receiver -> !isOfItself(alert, receiver)))
                .toList();
        for (AlertBook.Entry ended : book.endOthers(standing)) {
            tell(receivers, over(ended));
        }
        for (Alert alert : standing) {
            book.begin(UuidCreator.getTimeOrderedEpoch(), alert)
                    .ifPresent(entry -> tell(receivers, new Told(entry.id(), BEGUN, alert)));
        }
        soon.ended(now).forEach(batch -> tell(receivers, new Told(batch.id(), OVER, batch.alert())));
        soon.begun(now).forEach(batch -> tell(receivers, new Told(batch.id(), BEGUN, batch.alert())));
    }

    /**
     * Tells of something that has happened, in the transaction in which it did: personal data were looked at in an
     * emergency.
     *
     * @param about who or what it concerns, by a code or the name of an account
     * @param details the same for programs; no personal data of citizens
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void breakGlass(String about, Text text, Map<String, String> details) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var alert = new Alert(Alert.Kind.BREAK_GLASS, about, now, text, details, "/console/record");
        tell(receivers(), new Told(UuidCreator.getTimeOrderedEpoch(), "HAPPENED", alert));
    }

    private record Told(UUID id, String state, Alert alert) {}

    private List<Partner> receivers() {
        return directories.current().partners().stream()
                .filter(partner -> partner.kind() == Partner.Kind.ALERTS && partner.delivery() == Partner.Delivery.PUSH)
                .toList();
    }

    /** Whoever cannot be reached cannot be told of it either; by what it is about, for of its end there are no details. */
    private static boolean isOfItself(Alert alert, Partner receiver) {
        return switch (alert.kind()) {
            case PARTNER_OUTAGE, FEED_OUTAGE -> alert.about().equals(receiver.id());
            case PARKED -> alert.about().startsWith(receiver.id() + " ");
            case PAUSED -> alert.about().equals(Conditions.LINE + receiver.id());
            case DROP_OUTAGE, UNFETCHED, NOTHING_MOVES, MEND_STOPPED, DUE_SOON, OVERDUE, SILENCE, BREAK_GLASS -> false;
        };
    }

    private static Told over(AlertBook.Entry ended) {
        return new Told(
                ended.id(),
                OVER,
                new Alert(
                        ended.kind(),
                        ended.about(),
                        ended.since(),
                        Endings.of(ended.kind(), ended.about()),
                        Map.of(),
                        "/console"));
    }

    private void tell(List<Partner> receivers, Told told) {
        ObjectNode body = body(told);
        for (Partner receiver : receivers) {
            if (isOfItself(told.alert(), receiver)) {
                continue;
            }
            journal.tell(new Outbound(
                    receiver.id(),
                    "alert " + told.alert().kind() + " " + told.alert().about(),
                    "alert",
                    "alert-" + told.id() + "-" + told.state(),
                    told.alert().about(),
                    body));
        }
    }

    private static ObjectNode body(Told told) {
        Alert alert = told.alert();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", told.id().toString())
                .put("what", alert.kind().name())
                .put("state", told.state())
                .put("about", alert.about())
                .put("since", alert.since().toString())
                .put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("page", alert.page());
        body.putObject("text")
                .put("vi", alert.text().vi())
                .put("en", alert.text().en());
        ObjectNode details = body.putObject("details");
        alert.details().forEach(details::put);
        return body;
    }
}
