package vn.bocau.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** HTTP as anybody outside speaks it. Every answer but a success ends the demo with what was said. */
final class Outside {

    /** The demo cannot go on. */
    static final class Stopped extends RuntimeException {
        Stopped(String why) {
            super(why);
        }
    }

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    JsonNode get(URI uri, Map<String, String> headers) {
        return json(send(HttpRequest.newBuilder(uri).GET(), headers));
    }

    JsonNode post(URI uri, Map<String, String> headers, Object body) {
        return json(text(uri, headers, body));
    }

    /** Posts JSON and gives back whatever came. */
    String text(URI uri, Map<String, String> headers, Object body) {
        BodyPublisher json;
        try {
            json = BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
        return send(HttpRequest.newBuilder(uri).POST(json).header("Content-Type", "application/json"), headers);
    }

    void put(URI uri, Map<String, String> headers, byte[] body) {
        send(HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofByteArray(body)), headers);
    }

    private String send(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach(request::header);
        HttpRequest asked = request.timeout(Duration.ofSeconds(20)).build();
        try {
            HttpResponse<String> answer = client.send(asked, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new Stopped(asked.uri().getPath() + " → " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new Stopped(asked.uri() + " → " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped("interrupted");
        }
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Stopped("not JSON: " + text);
        }
    }
}
