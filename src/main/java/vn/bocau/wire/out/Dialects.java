package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import vn.bocau.code.DailyHours;
import vn.bocau.code.NotYet;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Overtaken;
import vn.bocau.journal.Sending;
import vn.bocau.journal.Unasked;
import vn.bocau.journal.UnderWay;

/**
 * Says a message to its partner, in the partner's dialect. Bean {@code dialects}; the last step of every line out.
 */
@Component("dialects")
public class Dialects {

    private final Peers peers;
    private final Logins logins;
    private final OverHttp http;
    private final OverSoap soap;
    private final OrderNumbers numbers;
    private final UnderWay underWay;
    private final List<Overtaken> overtaken;
    private final Clock clock;

    @Autowired
    Dialects(
            Peers peers,
            Logins logins,
            OverHttp http,
            OverSoap soap,
            OrderNumbers numbers,
            UnderWay underWay,
            List<Overtaken> overtaken,
            ObjectProvider<Clock> clock) {
        this(peers, logins, http, soap, numbers, underWay, overtaken, clock.getIfAvailable(Clock::systemUTC));
    }

    /** @param clock by which it is night */
    Dialects(
            Peers peers,
            Logins logins,
            OverHttp http,
            OverSoap soap,
            OrderNumbers numbers,
            UnderWay underWay,
            List<Overtaken> overtaken,
            Clock clock) {
        this.underWay = underWay;
        this.overtaken = overtaken;
        this.clock = clock;
        this.numbers = numbers;
        this.peers = peers;
        this.logins = logins;
        this.http = http;
        this.soap = soap;
    }

    /**
     * Carries a message to its partner.
     *
     * @return what the partner confirmed it with: short, no personal data
     * @throws NotYet it is not to be spoken to, or not told this, at this hour; the line rests
     * @throws Unavailable the partner did not take it now, or the way to it is not in order; the line waits
     * @throws Refused the partner, or its dialect, can make no sense of it; a person has to look
     */
    public String speak(Sending claimed) {
        return underWay.out(claimed, () -> spoken(claimed));
    }

    private String spoken(Sending claimed) {
        Peer peer = peers.named(claimed.partner());
        if (peer.dialect().silent().contains(claimed.kind())) {
            return Unasked.NOT_TOLD;
        }
        if (overtaken.stream().anyMatch(judge -> judge.isOvertaken(claimed))) {
            return Unasked.NO_LONGER_SO;
        }
        Sending sending = numbers.named(claimed);
        Dialect.Message terms = peer.dialect().message(sending.kind()).orElseThrow(() -> notSpoken(peer, sending));
        DailyHours hours = peer.dialect().hours();
        Instant now = clock.instant();
        if (hours != null && !hours.open(now)) {
            throw new NotYet(
                    "outside-hours",
                    hours.next(now),
                    peer.id() + ": chỉ gửi từ " + hours.from() + " đến " + hours.until(),
                    peer.id() + ": spoken to from " + hours.from() + " to " + hours.until() + " only");
        }
        String confirmed = say(peer, terms, sending);
        // Whoever goes away between the two is told both once more: the first is one the partner may hear twice.
        return terms.then() == null
                ? confirmed
                : say(peer, peer.dialect().message(terms.then()).orElseThrow(), sending);
    }

    private String say(Peer peer, Dialect.Message terms, Sending sending) {
        Pass pass = logins.pass(peer);
        Verdict verdict = say(peer, terms, pass, sending);
        if (verdict.outcome() == Verdict.Outcome.LOGIN_EXPIRED && logins.renews(peer)) {
            logins.forget(peer, pass);
            verdict = say(peer, terms, logins.pass(peer), sending);
        }
        return switch (verdict.outcome()) {
            case CONFIRMED -> {
                numbers.learn(sending, verdict.number());
                yield verdict.detail();
            }
            case UNAVAILABLE -> throw unavailable(peer, verdict);
            case LOGIN_EXPIRED -> throw Logins.refused(peer, verdict.detail());
            case REFUSED ->
                throw Refused.answered(Refused.Ground.RULE, verdict.code(), flaws(peer, verdict), verdict.remedy());
        };
    }

    /** Not when the answer may come after the claim: who waited that long for a login leaves it to the next attempt. */
    private Verdict say(Peer peer, Dialect.Message terms, Pass pass, Sending sending) {
        if (Instant.now().plusMillis(peer.readTimeout()).isAfter(sending.until())) {
            throw new Unavailable(
                    "claim-too-short",
                    peer.id() + ": thời hạn giữ thông điệp (BOCAU_LINE_CLAIM) không còn đủ để chờ trả lời "
                            + peer.readTimeout() + " ms; đăng nhập quá lâu, hoặc thời hạn quá ngắn",
                    peer.id() + ": too little is left of the claim (BOCAU_LINE_CLAIM) to wait " + peer.readTimeout()
                            + " ms for an answer; logging in took too long, or the claim is too short");
        }
        return switch (terms.transport()) {
            case HTTP -> http.say(peer, terms, pass, sending);
            case SOAP -> soap.say(peer, terms, pass, sending);
        };
    }

    private static Unavailable unavailable(Peer peer, Verdict verdict) {
        Text said = verdict.text() == null ? new Text(verdict.detail(), verdict.detail()) : verdict.text();
        return new Unavailable(verdict.code(), peer.id() + ": " + said.vi(), peer.id() + ": " + said.en());
    }

    static Refused notSpoken(Peer peer, Sending sending) {
        String dialect = peer.dialect().name();
        return new Refused(
                Refused.Ground.RULE,
                "kind-not-spoken",
                "",
                "Phương ngữ " + dialect + " không có cách nói loại " + sending.kind() + ".",
                "The dialect " + dialect + " has no way to say " + sending.kind() + ".");
    }

    /** What the dialect has no way to say, as its mapping says: the partner was not asked. */
    static Refused unsayable(Peer peer, String mapping, JsonNode refused) {
        Verdict verdict = Judge.unsayable(mapping, refused);
        return new Refused(Refused.Ground.RULE, verdict.code(), flaws(peer, verdict), verdict.remedy());
    }

    private static List<Refused.Flaw> flaws(Peer peer, Verdict verdict) {
        Text text = verdict.text() == null
                ? new Text(
                        peer.id() + " từ chối (" + verdict.detail() + ").",
                        peer.id() + " refused it (" + verdict.detail() + ").")
                : verdict.text();
        return List.of(new Refused.Flaw("", text));
    }
}
