package bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** HTTP as the callers of a measuring speak it: one client for all, connections kept. */
final class Calls {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final int TRIES = 3;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @throws IllegalStateException when the answer is no success */
    JsonNode post(URI at, Map<String, String> headers, String body) throws IOException, InterruptedException {
        return post(at, headers, body, 1);
    }

    /** The same, said again a little later while the answer is 503. */
    JsonNode post(URI at, Map<String, String> headers, String body, int tries)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<String> answer = sent(request.build(), TRIES);
        for (int n = 1; n < tries && answer.statusCode() == 503; n++) {
            Load.pause(100);
            answer = sent(request.build(), TRIES);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(at + " answers " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** The same words under the same name, when the server closed a kept connection just then: as every caller has to. */
    private HttpResponse<String> sent(HttpRequest request, int tries) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException closed) {
            if (tries == 1) {
                throw closed;
            }
            return sent(request, tries - 1);
        }
    }

    /** Whether it answers with a success. */
    boolean answers(URI at) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(at).timeout(Duration.ofSeconds(5)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
