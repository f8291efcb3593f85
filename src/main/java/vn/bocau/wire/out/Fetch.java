package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Asks a partner for something, with our pass, which is renewed once when the partner knows us no more. */
@Component
final class Fetch {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Web web;
    private final Logins logins;

    Fetch(Web web, Logins logins) {
        this.web = web;
        this.logins = logins;
    }

    /**
     * @param path template
     * @param headers templates
     * @param values by the name of the blank they fill
     * @param id what is signed, where something is
     */
    Web.Answer answer(Peer peer, String path, Map<String, String> headers, Map<String, String> values, String id) {
        return answer(peer, path, headers, values, id, answer -> false);
    }

    /**
     * @param strange whether an answer may say, in words that nobody has agreed on, that our pass has ended
     */
    Web.Answer answer(
            Peer peer,
            String path,
            Map<String, String> headers,
            Map<String, String> values,
            String id,
            Predicate<Web.Answer> strange) {
        Pass pass = logins.pass(peer);
        Web.Answer answer = get(peer, path, headers, values, id, pass);
        boolean unknown = answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN || strange.test(answer);
        if (unknown && logins.renews(peer)) {
            logins.forget(peer, pass);
            answer = get(peer, path, headers, values, id, logins.pass(peer));
        }
        return answer;
    }

    private Web.Answer get(
            Peer peer, String path, Map<String, String> headers, Map<String, String> values, String id, Pass pass) {
        Map<String, String> all = new HashMap<>(values);
        all.put("session", pass.session());
        var blanks = new Blanks(peer, all, JsonNodeFactory.instance.nullNode());
        Map<String, String> shown = new LinkedHashMap<>(blanks.headers(headers));
        shown.put("Accept", Dialect.Content.JSON.type);
        shown.putAll(pass.headers(id, ""));
        return web.send(peer, new Web.Request("GET", peer.uri(blanks.path(path)), shown, null));
    }
}
