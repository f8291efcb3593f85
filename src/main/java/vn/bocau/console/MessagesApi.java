package vn.bocau.console;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Acts;
import vn.bocau.journal.Edit;
import vn.bocau.journal.MessageLedger;
import vn.bocau.journal.Records;
import vn.bocau.journal.Retry;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** What became of each message, and what can be done about it. Never what it says: that may be somebody's name. */
@RestController
@RequestMapping(path = "/api/ops/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class MessagesApi {

    private static final List<String> DIRECTIONS = List.of("IN", "OUT");
    private static final List<String> STATES =
            List.of("RECEIVED", "PENDING", "QUEUED", "CONFIRMED", "PARKED", "DISCARDED");
    private static final int LONGEST_LEDGER = 92;

    /** @param next ask for it as {@code before} to see older ones; null when there are none */
    record Page(List<Records.Message> messages, @Nullable Long next) {}

    record Story(Records.Message message, List<Records.Attempt> attempts, List<Records.Act> acts, List<Edit> edits) {}

    private final Records records;
    private final MessageLedger messageLedger;
    private final Acts acts;
    private final Entrance entrance;
    private final EditDesk edits;

    MessagesApi(Records records, MessageLedger messageLedger, Acts acts, Entrance entrance, EditDesk edits) {
        this.records = records;
        this.messageLedger = messageLedger;
        this.acts = acts;
        this.entrance = entrance;
        this.edits = edits;
    }

    @GetMapping("/messages")
    Page messages(
            @RequestParam(required = false) @Nullable String partner,
            @RequestParam(required = false) @Nullable String direction,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.oneOf("direction", direction, DIRECTIONS);
        Parameters.oneOf("state", state, STATES);
        Parameters.printable("partner", partner);
        Parameters.printable("subject", subject);
        Parameters.check(size);
        List<Records.Message> found = records.messages(new Records.Wanted(
                Grants.of(who).only(Right.SEE).orElse(null), partner, direction, state, subject, before, size));
        return new Page(
                found, found.size() < size ? null : found.get(found.size() - 1).seq());
    }

    @GetMapping("/messages/{id}")
    Story message(@PathVariable UUID id, Authentication who) {
        return story(demand(Right.SEE, id, who), who);
    }

    private Records.Message demand(Right right, UUID id, Authentication who) {
        Records.Message message = records.message(id);
        Grants.of(who).demand(right, message.partner());
        return message;
    }

    private Story story(Records.Message message, Authentication who) {
        return new Story(
                message, records.attempts(message.seq()), records.acts(message.id()), edits.of(message.id(), who));
    }

    /** What came in enters where it first did; when it is refused again, so is this. */
    @PostMapping(path = "/messages/{id}/retry", consumes = MediaType.APPLICATION_JSON_VALUE)
    Story retry(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        demand(Right.RETRY, id, who);
        var retry = new Retry(id, who.getName(), Why.given(why));
        try {
            entrance.ask("parked.retry", retry, Object.class);
        } catch (Unavailable later) {
            throw later;
        } catch (RuntimeException failure) {
            acts.inVain(retry, failure);
            throw failure;
        }
        return story(records.message(id), who);
    }

    @PostMapping(path = "/messages/{id}/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    Story discard(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        demand(Right.DISCARD, id, who);
        acts.discard(id, who.getName(), Why.given(why));
        return story(records.message(id), who);
    }

    /** Needs the right of {@link ReplayDesk}: it is the same, of one. */
    @PostMapping(path = "/messages/{id}/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    Story replay(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        demand(Right.ADMINISTER, id, who);
        acts.replay(id, who.getName(), Why.given(why));
        return story(records.message(id), who);
    }

    /** Why a day does not add up: confirmed or given up by their own word alone. */
    @GetMapping("/ledger/unproven")
    List<Records.Message> unproven(
            @RequestParam(defaultValue = "7") int days,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.between("days", days, 1, LONGEST_LEDGER);
        Parameters.check(size);
        return messageLedger.unproven(days - 1, Grants.of(who).only(Right.SEE).orElse(null), size);
    }

    @GetMapping("/ledger")
    List<MessageLedger.Day> ledger(@RequestParam(defaultValue = "7") int days, Authentication who) {
        Parameters.between("days", days, 1, LONGEST_LEDGER);
        Grants grants = Grants.of(who);
        return messageLedger.days(days - 1).stream()
                .filter(day -> grants.may(Right.SEE, day.partner()))
                .toList();
    }
}
