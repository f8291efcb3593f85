package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.journal.Sending;

/** Says a message over HTTP: translated, with the pass, to the path its dialect names. */
@Component
final class OverHttp {

    private final Web web;
    private final Judge judge;

    OverHttp(Web web, Judge judge) {
        this.web = web;
        this.judge = judge;
    }

    Verdict say(Peer peer, Dialect.Message terms, Pass pass, Sending sending) {
        String mapping = terms.mapping(peer.dialect().name());
        Map<String, JsonNode> variables = Spoken.variables(peer, pass, sending);
        boolean xml = terms.content() == Dialect.Content.XML;
        JsonNode message = xml
                ? JsonNodeFactory.instance.nullNode()
                : peer.mappings().json(sending.body(), mapping, variables).deepCopy();
        if (message.path("refused").isObject()) {
            throw Dialects.unsayable(peer, mapping, message.path("refused"));
        }
        var blanks = new Blanks(peer, Spoken.blanks(pass, sending), message);
        // The path first: what it takes is not sent again.
        String path = blanks.path(terms.path());
        Map<String, String> own = blanks.headers(terms.headers());
        String body = xml ? peer.mappings().xml(sending.body(), mapping, variables) : written(terms, message);
        // What the dialect says itself goes before, however it writes the name.
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", terms.answers() == Dialect.Answers.JSON ? Dialect.Content.JSON.type : "*/*");
        if (body != null) {
            headers.put("Content-Type", terms.content().type);
        }
        headers.putAll(own);
        headers.putAll(pass.headers(sending.id().toString(), body == null ? "" : body));
        return judge.of(
                peer,
                sending.kind(),
                terms,
                web.send(peer, new Web.Request(terms.method(), peer.uri(path), headers, body)));
    }

    private static @Nullable String written(Dialect.Message terms, JsonNode message) {
        return switch (terms.content()) {
            case FORM -> form(message);
            case NONE -> null;
            default -> message.toString();
        };
    }

    private static String form(JsonNode message) {
        return message.properties().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue().asText()))
                .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
