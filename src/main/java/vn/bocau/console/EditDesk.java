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
import vn.bocau.wire.mapping.Masks;
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
    private final ContentVersions versions;

    EditDesk(
            Edits edits,
            Contents contents,
            Records records,
            Fields fields,
            Rehearsal rehearsal,
            Entrance entrance,
            TransactionTemplate transactions,
            ContentVersions versions) {
        this.edits = edits;
        this.contents = contents;
        this.records = records;
        this.fields = fields;
        this.rehearsal = rehearsal;
        this.entrance = entrance;
        this.transactions = transactions;
        this.versions = versions;
    }

    /**
     * What can be edited, masked.
     *
     * @param version of the words these are the fields of; whoever proposes others gives it back
     */
    record Listed(String version, List<Fields.Field> fields) {}

    boolean maybeHeard(UUID message) {
        return edits.maybeHeard(message);
    }

    Listed fields(UUID message, Authentication who) {
        Contents.Content content = editable(message, who);
        return new Listed(versions.of(content), fields.of(content.said(), content.kind(), content.out()));
    }

    private Contents.Content editable(UUID message, Authentication who) {
        Contents.Content content = contents.of(message);
        Grants grants = Grants.of(who);
        grants.demand(Right.READ, content.partner());
        grants.demand(Right.EDIT, content.partner());
        return content;
    }

    /**
     * @param version of the words that the fields were listed of
     * @throws Refused MALFORMED, RULE … when it would be refused with these words; what {@link Edits#propose} refuses
     */
    Edit propose(UUID message, String version, List<Fields.Change> changes, Authentication who, String reason) {
        Contents.Content content = editable(message, who);
        if (!versions.of(content).equals(version)) {
            throw Edits.stale();
        }
        Fields.Changed changed = fields.changed(content.said(), content.kind(), content.out(), changes);
        JsonNode edited = changed.body();
        if (content.out()) {
            keepsItsDossier(content.said(), edited);
            rehearse(content, edited);
        } else {
            transactions.executeWithoutResult(undone -> {
                undone.setRollbackOnly();
                entrance.ask(RETRY_ROUTE, edits.suppose(message, edited, who.getName(), reason), Object.class);
            });
        }
        return edits.one(edits.propose(message, content.said(), edited, changed.difference(), who.getName(), reason));
    }

    /** It waits in the line of this dossier and is found under it; by which of these a partner knows the dossier is its dialect's. */
    private static void keepsItsDossier(JsonNode was, JsonNode edited) {
        for (String code : List.of("/dossier/id", "/dossier/code", "/dossier/portalRef", "/dossierCode")) {
            if (!was.at(code).equals(edited.at(code))) {
                throw new Refused(
                        Refused.Ground.MALFORMED,
                        "edit",
                        code,
                        "Thông điệp này là của hồ sơ ấy và chờ trong hàng của nó; hãy bỏ thông điệp và báo lại đúng hồ sơ.",
                        "The message is of that dossier and waits in its line; discard it and tell it of the right one.");
            }
        }
    }

    private void rehearse(Contents.Content content, JsonNode edited) {
        fields.checkOwnWords(edited, content.kind());
        rehearsal.translate(new Sending(
                records.message(content.id()).seq(),
                content.id(),
                content.partner(),
                content.kind(),
                content.key(),
                content.subject(),
                edited,
                1,
                Instant.MAX,
                null));
    }

    /**
     * The new words take the place of the old and are retried, all of it or nothing: when they are refused now, nothing has
     * changed and the proposal is still there. Needs {@link Right#READ} too: who may not look at it cannot be the second to look.
     *
     * @param knowing that the partner may have the old words
     */
    @Transactional
    public Edit approve(UUID id, boolean knowing, Authentication who, String reason) {
        demand(id, who);
        Grants.of(who).demand(Right.READ, edits.one(id).partner());
        var retry = edits.approve(id, knowing, who.getName(), reason);
        Contents.Content content = contents.of(retry.message());
        if (content.out()) {
            rehearse(content, content.said());
        }
        entrance.ask(RETRY_ROUTE, retry, Object.class);
        return edits.one(id);
    }

    /** Needs {@link Right#READ} too: it is decided by who can look at it. */
    Edit reject(UUID id, Authentication who, String reason) {
        demand(id, who);
        Grants.of(who).demand(Right.READ, edits.one(id).partner());
        edits.reject(id, who.getName(), reason);
        return edits.one(id);
    }

    Edit withdraw(UUID id, Authentication who, String reason) {
        demand(id, who);
        edits.withdraw(id, who.getName(), reason);
        return shown(edits.one(id), who);
    }

    private void demand(UUID id, Authentication who) {
        Grants.of(who).demand(Right.EDIT, edits.one(id).partner());
    }

    Edit one(UUID id, Authentication who) {
        Edit edit = edits.one(id);
        Grants.of(who).demand(Right.SEE, edit.partner());
        return shown(edit, who);
    }

    List<Edit> all(@Nullable String state, int from, int size, Authentication who) {
        return edits.all(Grants.of(who).only(Right.SEE).orElse(null), state, from, size).stream()
                .map(edit -> shown(edit, who))
                .toList();
    }

    /** Of a message that this person may see. */
    List<Edit> of(UUID message, Authentication who) {
        return edits.of(message).stream().map(edit -> shown(edit, who)).toList();
    }

    /** What a message says, masked or not, is for who may read it; that it is edited, and where, for all who see it. */
    private static Edit shown(Edit edit, Authentication who) {
        return Grants.of(who).may(Right.READ, edit.partner()) ? edit : edit.hidden(Masks.MASK);
    }
}
