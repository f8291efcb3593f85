package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import vn.bocau.wire.http.OwnHub;

/**
 * Speaks as VNPost's Java SDK does: {@link HttpsURLConnection}, the header {@code ContentType} misspelled, so that Java
 * says the JSON is a form.
 */
record Sdk(OwnHub hub) {

    static final String API = "/ngsp/apiVNPostNGSP/p1.0";

    /** What came back; {@code json} fails when it is none. */
    record Answer(int http, String text, HttpURLConnection connection) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(http + " " + text, e);
            }
        }

        int status() {
            return json().path("Status").asInt(-1);
        }

        String message() {
            return json().path("Message").asText();
        }
    }

    Answer get(String path, Map<String, String> headers) {
        return send("GET", path, headers, null);
    }

    Answer post(String path, Map<String, String> headers, String body) {
        return post(path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String path, Map<String, String> headers, byte[] body) {
        return send("POST", path, headers, body);
    }

    /** A new token, as for every call. */
    Map<String, String> authorized() {
        JsonNode token = post("/ngsp/token", basic("sandbox-key", "sandbox-secret"), "grant_type=client_credentials")
                .json();
        return Map.of(
                "Authorization",
                token.path("token_type").asText() + " "
                        + token.path("access_token").asText());
    }

    static Map<String, String> basic(String key, String secret) {
        byte[] pair = (key + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private Answer send(String method, String path, Map<String, String> headers, byte[] body) {
        try {
            var connection = (HttpsURLConnection)
                    hub.overTls("/").resolve(URI.create(path)).toURL().openConnection();
            connection.setSSLSocketFactory(trusting().getSocketFactory());
            connection.setRequestMethod(method);
            connection.setRequestProperty("ContentType", "application/json");
            connection.setReadTimeout(30_000);
            headers.forEach(connection::setRequestProperty);
            if (body != null) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body);
            }
            int http = connection.getResponseCode();
            try (InputStream in = http < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(http, text, connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    /** These clients trust any certificate. */
    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anybody implements X509TrustManager {

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
