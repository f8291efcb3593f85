package bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An operator's browser before the lens: it types what people have at hand, and opens what it is sent to. */
final class Console {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final URI url;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String form;

    Console(URI url) throws IOException, InterruptedException {
        this.url = url;
        post("/login", form("/login") + "username=truc-ca&password=truc-ca-sandbox");
        this.form = form("/console/lens");
    }

    /** @return milliseconds of each answer */
    List<Double> find(List<String> texts) throws IOException, InterruptedException {
        List<Double> took = new ArrayList<>();
        for (String text : texts) {
            long begun = System.nanoTime();
            HttpResponse<String> answer = post("/console/lens", form + "find=" + encoded(text));
            took.add((System.nanoTime() - begun) / 1e6);
            if (answer.statusCode() != 200 && answer.statusCode() != 302) {
                throw new IllegalStateException("the lens answers " + answer.statusCode());
            }
        }
        return took;
    }

    /** How many of them lead to the one dossier they belong to. */
    long found(List<String> texts) throws IOException, InterruptedException {
        long found = 0;
        for (String text : texts) {
            HttpResponse<String> answer = post("/console/lens", form + "find=" + encoded(text));
            found += answer.headers().firstValue("Location").filter(to -> to.contains("/console/dossiers/")).stream()
                    .count();
        }
        return found;
    }

    private String form(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .build();
        Matcher token = TOKEN.matcher(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (!token.find()) {
            throw new IllegalStateException("no form at " + path);
        }
        return "_csrf=" + encoded(token.group(1)) + "&";
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
