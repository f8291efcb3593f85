package vn.bocau.wire.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a screen: it keeps cookies, fills in forms, and follows no redirect. */
public final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final OwnHub hub;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    public Visitor(OwnHub hub) {
        this.hub = hub;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(hub.at(path)).build(), BodyHandlers.ofString());
    }

    /** What is told for as long as the page is open; who closes it has gone. */
    public InputStream listen(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(hub.at(path)).build(), BodyHandlers.ofInputStream())
                .body();
    }

    public HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(hub.at(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Sends the form of the page at this path, guarded as that page is. */
    public HttpResponse<String> fillIn(String path, String form) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(get(path).body());
        if (!token.find()) {
            throw new AssertionError("no form at " + path);
        }
        return post(path, "_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8) + "&" + form);
    }

    public HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
        return fillIn("/login", "username=" + encoded(name) + "&password=" + encoded(password));
    }

    public HttpResponse<String> changePassword(String old, String fresh) throws IOException, InterruptedException {
        return fillIn("/password", "old=" + encoded(old) + "&fresh=" + encoded(fresh) + "&again=" + encoded(fresh));
    }

    public String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals("JSESSIONID"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
