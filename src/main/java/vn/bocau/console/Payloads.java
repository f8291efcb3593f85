package vn.bocau.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.alert.Alerts;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.audit.BreakGlass;
import vn.bocau.code.Text;
import vn.bocau.journal.Contents;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;
import vn.bocau.wire.mapping.Masks;

/** What a message says, masked; in clear for who has broken the glass, and then it is recorded each time. */
@Component
class Payloads {

    /**
     * @param said masked, or as it is
     * @param clearUntil until when it may be seen as it is; null while the glass is whole
     */
    record Payload(UUID id, JsonNode said, @Nullable Instant clearUntil) {

        byte[] json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("id", id.toString()).set("said", said);
            json.put("clearUntil", clearUntil == null ? null : clearUntil.toString());
            return json.toString().getBytes(StandardCharsets.UTF_8);
        }

        /** Without what was said. */
        @Override
        public String toString() {
            return "Payload[" + id + "]";
        }
    }

    private final Contents contents;
    private final Masks masks;
    private final BreakGlass glass;
    private final AuditTrail trail;
    private final Alerts alerts;

    Payloads(Contents contents, Masks masks, BreakGlass glass, AuditTrail trail, Alerts alerts) {
        this.contents = contents;
        this.masks = masks;
        this.glass = glass;
        this.trail = trail;
        this.alerts = alerts;
    }

    Payload of(UUID message, Authentication who) {
        return shown(message, contents.of(message), null, who);
    }

    /** The same of what somebody proposes that a message is to say: who approves it can look at what that is. */
    Payload proposed(UUID edit, Authentication who) {
        return shown(edit, contents.proposed(edit), edit, who);
    }

    /** The same masked also for who has broken the glass. */
    Payload proposedMasked(UUID edit, Authentication who) {
        Contents.Content content = contents.proposed(edit);
        Grants.of(who).demand(Right.READ, content.partner());
        return masked(edit, content);
    }

    private Payload shown(UUID id, Contents.Content content, @Nullable UUID edit, Authentication who) {
        Grants.of(who).demand(Right.READ, content.partner());
        Optional<Instant> until = glass.until(scope(content), who.getName());
        if (until.isPresent()) {
            trail.apart(new Audited(
                    who.getName(),
                    "VIEW_CLEAR",
                    Audited.Outcome.DONE,
                    Audited.Kind.MESSAGE,
                    content.id().toString(),
                    content.partner(),
                    null,
                    edit == null ? null : "{\"edit\":\"" + edit + "\"}"));
            return new Payload(id, content.said(), until.get());
        }
        return masked(id, content);
    }

    private Payload masked(UUID id, Contents.Content content) {
        return new Payload(id, masks.masked(content.said(), content.kind(), content.out()), null);
    }

    /** For a quarter of an hour, all that is said about this dossier; whoever is called to alerts hears of it. */
    @Transactional
    public Instant open(UUID message, Authentication who, String reason) {
        Contents.Content content = contents.of(message);
        Grants.of(who).demand(Right.READ, content.partner());
        String label = content.subject() == null ? message.toString() : content.subject();
        Instant until = glass.open(scope(content), label, who.getName(), reason);
        alerts.breakGlass(
                label,
                new Text(
                        who.getName() + " đã mở nguyên văn dữ liệu cá nhân trong 15 phút; hãy xem xét.",
                        who.getName() + " opened personal data in clear for 15 minutes; look at it."),
                Map.of("by", who.getName(), "until", until.toString()));
        return until;
    }

    private static String scope(Contents.Content content) {
        return content.group() == null ? content.id().toString() : content.group();
    }
}
