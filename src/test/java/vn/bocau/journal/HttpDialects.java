package vn.bocau.journal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import vn.bocau.code.Unavailable;

/** In a hub of its own process: every partner is the one little HTTP server of the test. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("test.partner.url")
class HttpDialects {

    public static final class Post {

        private final HttpClient client = HttpClient.newHttpClient();
        private final URI partner;

        Post(URI partner) {
            this.partner = partner;
        }

        public String speak(Sending sending) throws InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(partner)
                    .timeout(Duration.ofSeconds(2))
                    .header("Idempotency-Key", sending.id().toString())
                    .POST(HttpRequest.BodyPublishers.ofString(sending.key()))
                    .build();
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status != 200) {
                    throw new Unavailable("HTTP " + status);
                }
                return "HTTP 200";
            } catch (IOException e) {
                throw new Unavailable("no answer", e);
            }
        }
    }

    @Bean("dialects")
    Post dialects(@Value("${test.partner.url}") URI partner) {
        return new Post(partner);
    }
}
