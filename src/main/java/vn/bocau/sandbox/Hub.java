package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The hub as the sandbox's partners see it: an address on the network. */
@Component
class Hub {

    record Answer(int status, String text) {
        JsonNode json() {
            return Json.read(text);
        }
    }

    private final URI plain;
    private final URI tls;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(trustingTheSelfMadeCertificate())
            .build();

    Hub(@Value("${hub.url}") URI plain, @Value("${hub.https:${hub.url}}") URI tls) {
        this.plain = plain;
        this.tls = tls;
    }

    Answer get(String path, Map<String, String> headers) {
        return send(HttpRequest.newBuilder(plain.resolve(path)).GET(), headers);
    }

    Answer post(String path, Map<String, String> headers, String body) {
        return send(HttpRequest.newBuilder(plain.resolve(path)).POST(BodyPublishers.ofString(body)), headers);
    }

    Answer put(String path, Map<String, String> headers, byte[] body) {
        return send(HttpRequest.newBuilder(plain.resolve(path)).PUT(BodyPublishers.ofByteArray(body)), headers);
    }

    Answer getOverTls(String path, Map<String, String> headers) {
        return send(HttpRequest.newBuilder(tls.resolve(path)).GET(), headers);
    }

    Answer postOverTls(String path, Map<String, String> headers, String body) {
        return send(HttpRequest.newBuilder(tls.resolve(path)).POST(BodyPublishers.ofString(body)), headers);
    }

    /** The first half at once, the rest after the pause. */
    Answer postSlowlyOverTls(String path, Map<String, String> headers, String body, Duration pause) {
        byte[] all = body.getBytes(StandardCharsets.UTF_8);
        byte[] first = Arrays.copyOf(all, all.length / 2);
        Supplier<InputStream> rest = () -> {
            Misbehaviour.pause(pause);
            return new ByteArrayInputStream(all, first.length, all.length - first.length);
        };
        var slow = BodyPublishers.concat(BodyPublishers.ofByteArray(first), BodyPublishers.ofInputStream(rest));
        return send(HttpRequest.newBuilder(tls.resolve(path)).POST(slow), headers);
    }

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private Answer send(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer =
                    client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the hub does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The hub makes its own certificate on first start; these partners live on the same machine and take it as it is. */
    private static SSLContext trustingTheSelfMadeCertificate() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TakesAny()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TakesAny extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
