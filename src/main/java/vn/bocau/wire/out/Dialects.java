package vn.bocau.wire.out;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Sending;
import vn.bocau.wire.Secrets;

/**
 * Says a message to its partner, in the partner's dialect. Bean {@code dialects}; the last step of every line out.
 */
@Component("dialects")
public class Dialects {

    private static final Logger LOG = LoggerFactory.getLogger(Dialects.class);
    private static final String NOT_TOLD = "không cần báo / not told";

    private final Directories directories;
    private final Secrets secrets;
    private final DialectFiles files;
    private final Logins logins;
    private final OverHttp http;
    private final OverSoap soap;

    Dialects(
            Directories directories, Secrets secrets, DialectFiles files, Logins logins, OverHttp http, OverSoap soap) {
        this.directories = directories;
        this.secrets = secrets;
        this.files = files;
        this.logins = logins;
        this.http = http;
        this.soap = soap;
    }

    /**
     * Carries a message to its partner.
     *
     * @return what the partner confirmed it with: short, no personal data
     * @throws Unavailable the partner did not take it now, or the way to it is not in order; the line waits
     * @throws Refused the partner, or its dialect, can make no sense of it; a person has to look
     */
    public String speak(Sending sending) {
        Peer peer = peer(sending.partner());
        if (peer.dialect().silent().contains(sending.kind())) {
            return NOT_TOLD;
        }
        Dialect.Message terms = peer.dialect().message(sending.kind()).orElseThrow(() -> notSpoken(peer, sending));
        Pass pass = logins.pass(peer);
        Verdict verdict = say(peer, terms, pass, sending);
        if (verdict.outcome() == Verdict.Outcome.LOGIN_EXPIRED && logins.renews(peer)) {
            logins.forget(peer, pass);
            verdict = say(peer, terms, logins.pass(peer), sending);
        }
        return switch (verdict.outcome()) {
            case CONFIRMED -> verdict.detail();
            case UNAVAILABLE -> throw new Unavailable(peer.id() + ": " + verdict.detail());
            case LOGIN_EXPIRED ->
                throw new Unavailable(peer.id() + " refuses our login (" + verdict.detail()
                        + "); check its user, its secret and its settings");
            case REFUSED -> throw refused(peer, verdict);
        };
    }

    /** @throws Unavailable when there is no such partner, or its dialect is not in order */
    Peer peer(String id) {
        Partner partner = directories
                .current()
                .partner(id)
                .orElseThrow(() -> new Unavailable("there is no partner " + id + " in the directory"));
        if (partner.dialect() == null) {
            throw new Unavailable("partner " + id + " has no dialect");
        }
        return new Peer(partner, files.of(partner.dialect()), secrets);
    }

    private Verdict say(Peer peer, Dialect.Message terms, Pass pass, Sending sending) {
        return switch (terms.transport()) {
            case HTTP -> http.say(peer, terms, pass, sending);
            case SOAP -> soap.say(peer, terms, pass, sending);
        };
    }

    private static Refused notSpoken(Peer peer, Sending sending) {
        String dialect = peer.dialect().name();
        return new Refused(
                Refused.Ground.RULE,
                "kind-not-spoken",
                "",
                "Phương ngữ " + dialect + " không có cách nói loại " + sending.kind() + ".",
                "The dialect " + dialect + " has no way to say " + sending.kind() + ".");
    }

    private static Refused refused(Peer peer, Verdict verdict) {
        Text text = verdict.text() == null
                ? new Text(
                        peer.id() + " từ chối (" + verdict.detail() + ").",
                        peer.id() + " refused it (" + verdict.detail() + ").")
                : verdict.text();
        return new Refused(Refused.Ground.RULE, verdict.code(), "", text.vi(), text.en());
    }

    /** A wrong dialect is said at the start, not only when its first message waits. */
    @EventListener(ApplicationReadyEvent.class)
    void checkAll() {
        for (Partner partner : directories.current().partners()) {
            if (partner.delivery() == Partner.Delivery.PUSH) {
                try {
                    peer(partner.id());
                } catch (Unavailable wrong) {
                    LOG.error("the line to {} will wait: {}", partner.id(), wrong.getMessage());
                }
            }
        }
    }
}
