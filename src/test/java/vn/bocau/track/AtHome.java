package vn.bocau.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import vn.bocau.Browser;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.journey.Worker;
import vn.bocau.wire.http.OwnHub;

/** A hub as citizens see it, shared by all test classes of their pages. */
abstract class AtHome {

    /** What a page may weigh, with all it asks for, in bytes. */
    static final int LIGHT = 30_000;

    static final OwnHub hub = new OwnHub(Map.of("bocau.login.per-account", 5));
    static final Browser browser = new Browser();
    static final Worker worker = new Worker(hub.at(""), "buu-ta");
    private static final Map<String, String> portal = Http.bearer(Http.form(
                    hub.at("/oauth2/token"),
                    Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                    "grant_type=client_credentials")
            .ok()
            .path("access_token")
            .asText());

    @AfterEach
    void everybodyLeaves() {
        browser.everybodyLeaves();
    }

    static void look(Page page, String name) {
        Browser.picture(page, name);
        Browser.isAccessible(page);
        Browser.standsLargeText(page);
        page.setViewportSize(Browser.DESKTOP, 800);
        Browser.picture(page, name + "-desktop");
        Browser.isAccessible(page);
        page.setViewportSize(Browser.PHONE, 640);
    }

    static int weight(Response response) {
        return response.status() >= 300 && response.status() < 400 ? 0 : response.body().length;
    }

    static String filed() {
        ObjectNode asked = Filed.both("19333");
        String code = "T-" + UUID.randomUUID();
        asked.withObject("/dossier")
                .putArray("codes")
                .addObject()
                .put("system", "dvcqg")
                .put("code", code);
        Map<String, String> headers = new HashMap<>(portal);
        headers.put("Idempotency-Key", code);
        Http.post(hub.at("/api/portal/v1/requests"), headers, asked).ok();
        return code;
    }

    static void failedAtTheDoor(String code) {
        JsonNode stop = worker.worklist().stream()
                .filter(one -> one.path("dossier").toString().contains(code)
                        && one.path("kind").asText().equals("PICKUP"))
                .findFirst()
                .orElseThrow();
        worker.scans(
                "PICKUP_FAILED",
                stop.path("item").asText(),
                Map.of(
                        "reason", "ABSENT",
                        "action", "HOLD",
                        "occurredAt",
                                java.time.OffsetDateTime.now(java.time.ZoneOffset.ofHours(7))
                                        .minusMinutes(30)
                                        .toString()));
    }

    static String link(String code) {
        String to = find(code, "0001").whole().headers().firstValue("location").orElseThrow();
        return to.substring(to.lastIndexOf('/') + 1);
    }

    static Http.Answer find(String code, String digits) {
        return Http.form(
                hub.at("/track"),
                Map.of(),
                "code=" + URLEncoder.encode(code, StandardCharsets.UTF_8) + "&digits="
                        + URLEncoder.encode(digits, StandardCharsets.UTF_8));
    }
}
