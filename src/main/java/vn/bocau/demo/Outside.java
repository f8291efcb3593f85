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

        static final Said LOOK = new Said(
                "xem nhật ký của Bồ Câu, và đăng nhập ở trang / với truc-ca để thấy điều gì đang bị giữ; rồi chạy lại"
                        + " ./bocau demo.",
                "look at Bồ Câu's log, and sign in at its page / as truc-ca to see what is held; then run ./bocau demo"
                        + " again.");

        private final Said why;
        private final Said cure;

        /** @param cure what to do about it */
        Stopped(Said why, Said cure) {
            super(why.en());
            this.why = why;
            this.cure = cure;
        }

        Said why() {
            return why;
        }

        Said cure() {
            return cure;
        }
    }

    private static final Said START = new Said(
            "khởi động nó bằng ./bocau với BOCAU_SANDBOX=on, và cho ./bocau demo cùng BOCAU_HTTP_PORT và"
                    + " BOCAU_SANDBOX_PORT.",
            "start it with ./bocau and BOCAU_SANDBOX=on, and give ./bocau demo the same BOCAU_HTTP_PORT and"
                    + " BOCAU_SANDBOX_PORT.");

    private static final int UNAUTHORIZED = 401;

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
                String said = answer.statusCode() + " " + answer.body().strip();
                throw new Stopped(
                        new Said(asked.uri() + " trả lời " + said, asked.uri() + " answers " + said),
                        answer.statusCode() == UNAUTHORIZED ? START : Stopped.LOOK);
            }
            return answer.body();
        } catch (IOException e) {
            String server = asked.uri().getAuthority();
            throw new Stopped(new Said(server + " không trả lời.", server + " does not answer."), START);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(new Said("bị ngắt.", "interrupted."), Stopped.LOOK);
        }
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Stopped(
                    new Said("câu trả lời không phải JSON: " + text, "the answer is not JSON: " + text), START);
        }
    }
}
