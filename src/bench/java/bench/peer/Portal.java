package bench.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The portal as a peer calls it: one connection kept for each thread, by the JDK's client. */
@Component
public class Portal {

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI portal;

    Portal(@Value("${portal.url}") URI portal) {
        this.portal = portal;
    }

    /** @throws IllegalStateException when it has not confirmed it */
    public void tell(String id, String body) {
        HttpRequest request = HttpRequest.newBuilder(portal)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", id)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("the portal answers " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the portal does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
