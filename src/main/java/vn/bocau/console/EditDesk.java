package vn.bocau.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.Refused;
import vn.bocau.journal.Contents;
import vn.bocau.journal.Edit;
import vn.bocau.journal.Edits;
import vn.bocau.journal.Records;
import vn.bocau.journal.Sending;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;
import vn.bocau.wire.mapping.Fields;
import vn.bocau.wire.out.Rehearsal;

/**
 * Edits as somebody may ask for them who has rights for some partners only: the same for pages and programs. What is
 * proposed is tried first, by the way it will go: what came in enters where it first did, in a transaction that is undone; what
 * goes out is held against our words and put into the partner's.
 */
@Component
class EditDesk {

    private static final String RETRY_ROUTE = "parked.retry";

    private final Edits edits;
    private final Contents contents;
    private final Records records;
    private final Fields fields;
    private final Rehearsal rehearsal;
    private final Entrance entrance;
    private final TransactionTemplate transactions;

    EditDesk(
            Edits edits,
            Contents contents,
            Records records,
            Fields fields,
            Rehearsal rehearsal,
            Entrance entrance,
            TransactionTemplate transactions) {
        this.edits = edits;
        this.contents = contents;
        this.records = records;
        this.fields = fields;
        this.rehearsal = rehearsal;
        this.entrance = entrance;
        this.transactions = transactions;
    }

    /** What can be edited, masked. */
    List<Fields.Field> fields(UUID message, Authentication who) {
        Contents.Content content = editable(message, who);
        return fields.of(content.said(), content.kind(), content.out());
    }

    private Contents.Content editable(UUID message, Authentication who) {
        Contents.Content content = contents.of(message);
        Grants grants = Grants.of(who);
        grants.demand(Right.READ, content.partner());
        grants.demand(Right.EDIT, content.partner());
        return content;
    }

    /**
     * @throws Refused MALFORMED, RULE … when it would be refused with these words; what {@link Edits#propose} refuses
     */
    Edit propose(UUID message, List<Fields.Change> changes, Authentication who, String reason) {
        Contents.Content content = editable(message, who);
        JsonNode edited = fields.changed(content.said(), content.kind(), content.out(), changes);
        List<Edit.Difference> difference = fields.differences(content.said(), edited, content.kind(), content.out());
        if (content.out()) {
            rehearse(content, edited);
        } else {
            transactions.executeWithoutResult(undone -> {
                undone.setRollbackOnly();
                entrance.ask(RETRY_ROUTE, edits.suppose(message, edited, who.getName(), reason), Object.class);
            });
        }
        return edits.one(edits.propose(message, content.said(), edited, difference, who.getName(), reason));
    }

    private void rehearse(Contents.Content content, JsonNode edited) {
        fields.checkOwnWords(edited, content.kind());
        Records.Message message = records.message(content.id());
        rehearsal.translate(new Sending(
                message.seq(),
                content.id(),
                content.partner(),
                content.kind(),
                message.key(),
                content.subject(),
                edited,
                1,
                Instant.MAX,
                null));
    }

    /**
     * The new words take the place of the old and are retried, all of it or nothing: when they are refused now, nothing has
     * changed and the proposal is still there.
     */
    @Transactional
    public Edit approve(UUID id, Authentication who, String reason) {
        demand(id, who);
        var retry = edits.approve(id, who.getName(), reason);
        Contents.Content content = contents.of(retry.message());
        if (content.out()) {
            rehearse(content, content.said());
        }
        entrance.ask(RETRY_ROUTE, retry, Object.class);
        return edits.one(id);
    }

    Edit reject(UUID id, Authentication who, String reason) {
        demand(id, who);
        edits.reject(id, who.getName(), reason);
        return edits.one(id);
    }

    Edit withdraw(UUID id, Authentication who, String reason) {
        demand(id, who);
        edits.withdraw(id, who.getName(), reason);
        return edits.one(id);
    }

    private void demand(UUID id, Authentication who) {
        Grants.of(who).demand(Right.EDIT, edits.one(id).partner());
    }

    Edit one(UUID id, Authentication who) {
        Edit edit = edits.one(id);
        Grants.of(who).demand(Right.SEE, edit.partner());
        return edit;
    }

    List<Edit> all(@Nullable String state, int from, int size, Authentication who) {
        return edits.all(Grants.of(who).only(Right.SEE).orElse(null), state, from, size);
    }

    /** Of a message that this person may see. */
    List<Edit> of(UUID message) {
        return edits.of(message);
    }
}
