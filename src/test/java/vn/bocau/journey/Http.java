package vn.bocau.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Plain HTTP as any outside program speaks it. */
public final class Http {

    public static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Http() {}

    /** An answer; {@code json} is missing (never null) when the body is none. */
    public record Answer(int status, String text, HttpResponse<String> whole) {

        public JsonNode json() {
            try {
                return text.isBlank() ? JSON.missingNode() : JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(status + " " + text, e);
            }
        }

        /** The body, when the answer is a success; otherwise the test fails with what was said. */
        public JsonNode ok() {
            if (status >= 300) {
                throw new AssertionError(status + " " + text);
            }
            return json();
        }
    }

    public static Answer get(URI uri, Map<String, String> headers) {
        return send("GET", uri, headers, BodyPublishers.noBody());
    }

    public static Answer post(URI uri, Map<String, String> headers, Object json) {
        return send("POST", uri, with(headers, "application/json"), BodyPublishers.ofString(text(json)));
    }

    public static Answer put(URI uri, Map<String, String> headers, String type, byte[] body) {
        return send("PUT", uri, with(headers, type), BodyPublishers.ofByteArray(body));
    }

    public static Answer delete(URI uri, Map<String, String> headers) {
        return send("DELETE", uri, headers, BodyPublishers.noBody());
    }

    public static Answer form(URI uri, Map<String, String> headers, String form) {
        return send("POST", uri, with(headers, "application/x-www-form-urlencoded"), BodyPublishers.ofString(form));
    }

    public static Answer xml(URI uri, Map<String, String> headers, String xml) {
        return send("POST", uri, with(headers, "text/xml; charset=utf-8"), BodyPublishers.ofString(xml));
    }

    /** Whatever the caller says it is. */
    public static Answer send(String method, URI uri, Map<String, String> headers, String body) {
        return send(method, uri, headers, BodyPublishers.ofString(body));
    }

    /** Also what is no text. */
    public static Answer send(String method, URI uri, Map<String, String> headers, byte[] body) {
        return send(method, uri, headers, BodyPublishers.ofByteArray(body));
    }

    public static Map<String, String> basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    public static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static Answer send(String method, URI uri, Map<String, String> headers, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, body).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> with(Map<String, String> headers, String type) {
        var all = new java.util.HashMap<>(headers);
        all.put("Content-Type", type);
        return all;
    }

    private static String text(Object json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
