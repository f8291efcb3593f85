package vn.bocau.console;

import static java.util.Map.entry;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.jms.MapMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.springframework.jms.core.JmsTemplate;
import vn.bocau.FreePort;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.journey.Worker;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.OwnHub;
import vn.bocau.wire.out.Carriers;

/** One hub, and many ways to break what goes through it: each fault is really there, on the other side or on ours. */
final class Injected implements AutoCloseable {

    private static final String AGENCY = "000.00.12.H50";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private final Faulty faulty = new Faulty();
    private final int https = FreePort.any();
    private final Path folder;
    private final OwnHub hub;

    /** Those told something, by the fault's name, which is the partner's id too; and what they are told. */
    private final Map<String, Runnable> told = new LinkedHashMap<>();

    /** Those who say something, by the fault's name, which is its key too. */
    private final Map<String, Runnable> said = new LinkedHashMap<>();

    private final List<String> rows = new ArrayList<>();

    Injected(Path folder) throws IOException {
        this.folder = folder;
        for (String each : List.of("reference", "secrets", "mappings")) {
            Files.createDirectories(folder.resolve(each));
        }
        lines();
        refusals();
        dialects();
        row("cong-hang-doi", "PORTAL", "", "NONE", "", "", "queue-kinds=portal.request portal.cancel portal.nothing");
        row("cong-khac", "PORTAL", "", "NONE", "", "", "queue-kinds=portal.request");
        row("cong-tieng-rieng", "PORTAL", "own-days", "NONE", "", "", "queue-kinds=portal.request");
        unheard();
        row("co-quan-hang-doi", "AGENCY", "", "NONE", "", AGENCY, "queue-kinds=agency.receive agency.transfer");
        Files.writeString(
                folder.resolve("reference/partners.csv"),
                "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n"
                        + String.join("\n", rows) + "\n");
        hub = new OwnHub(Map.ofEntries(
                entry("bocau.https.port", https),
                entry("bocau.reference", folder.resolve("reference")),
                entry("bocau.secrets", folder.resolve("secrets")),
                entry("bocau.mappings", folder.resolve("mappings")),
                entry("bocau.line.first-probe", "150ms"),
                entry("bocau.line.longest-hold", "600ms"),
                entry("bocau.line.patience", "2"),
                entry("bocau.relay.sweep", "100"),
                entry("bocau.drop.folder", folder.resolve("drop")),
                entry("bocau.drop.look", "200ms"),
                entry("bocau.carriers.period", "1d"),
                entry("bocau.carriers.delay", "1d")));
        inbound();
    }

    OwnHub hub() {
        return hub;
    }

    /** Everything at once, as on a bad night. */
    void happen() {
        told.values().forEach(Runnable::run);
        said.values().forEach(Runnable::run);
    }

    /** What is ours, as a hub of its own tells it: without a broker nothing else could be broken. */
    static JsonNode brokerAway(Path folder, Map<String, String> operator) throws Exception {
        String url = "tcp://localhost:" + FreePort.any();
        var broker = new EmbeddedActiveMQ()
                .setConfiguration(new ConfigurationImpl()
                        .setSecurityEnabled(false)
                        .setPersistenceEnabled(false)
                        .setJournalDirectory(folder.resolve("journal").toString())
                        .setBindingsDirectory(folder.resolve("bindings").toString())
                        .setLargeMessagesDirectory(folder.resolve("large").toString())
                        .setPagingDirectory(folder.resolve("paging").toString())
                        .addAcceptorConfiguration("tcp", url));
        broker.start();
        try (var hub = new OwnHub(Map.of("bocau.broker.url", url, "bocau.relay.sweep", "100"))) {
            broker.stop();
            return await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> Http.get(hub.at("/api/ops/v1/failures"), operator)
                                    .ok()
                                    .path("ours"),
                            ours -> !ours.isEmpty());
        } finally {
            broker.stop();
        }
    }

    Set<String> told() {
        return told.keySet();
    }

    Set<String> said() {
        return said.keySet();
    }

    /** Another dossier's message, with whatever fault its partner has now. */
    void tellAgain(String webhook) {
        try {
            journal(
                    webhook,
                    "status",
                    "HS-" + UUID.randomUUID(),
                    example("webhook/examples/dossier.out/agency-has-received"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void mend(String partner) {
        faulty.answers(partner, 200, Faulty.JSON, "{}");
    }

    void breakAgain(String partner) {
        faulty.answers(partner, 422, Faulty.JSON, "{}");
    }

    private void lines() throws IOException {
        webhook("closed-port", "http://localhost:" + FreePort.any());
        webhook("no-such-host", "http://cong.invalid/hook");
        rest("drops", () -> faulty.drops("drops"));
        webhook("silent", () -> faulty.neverAnswers("silent"));
        carrier("silent-carrier", "order", () -> faulty.neverAnswers("silent-carrier"));
        webhook("error-500", () -> faulty.answers("error-500", 500, Faulty.JSON, ""));
        rest("error-503", () -> faulty.answers("error-503", 503, Faulty.JSON, ""));
        carrier(
                "error-502-carrier",
                "order",
                () -> faulty.answers("error-502-carrier", 502, Faulty.HTML, "<h1>Bad gateway</h1>"));
        webhook("busy-429", () -> faulty.answers("busy-429", 429, Faulty.JSON, ""));
        carrier("busy-carrier", "order", () -> faulty.answers("busy-carrier", 429, Faulty.JSON, ""));
        webhook("moved-301", () -> faulty.answers("moved-301", 301, Faulty.JSON, ""));
        webhook("gone-410", () -> faulty.answers("gone-410", 410, Faulty.JSON, ""));
        rest("wrong-path-404", () -> faulty.answers("wrong-path-404", 404, Faulty.HTML, ""));
        webhook("wrong-secret-401", () -> faulty.answers("wrong-secret-401", 401, Faulty.JSON, "{}"));
        rest("forbidden-403", () -> faulty.answers("forbidden-403", 403, Faulty.JSON, "{}"));
        dvcqg("no-session", () -> faulty.login("no-session", 200, "{\"error_code\": 7}"));
        carrier("token-refused", "order", () -> faulty.login("token-refused", 400, "{\"error\": \"invalid_client\"}"));
        dvcqg("login-down", () -> faulty.login("login-down", 500, ""));
        dvcqg("html", () -> faulty.answers("html", 200, Faulty.HTML, "<html><h1>Bảo trì</h1>"));
        carrier(
                "html-carrier",
                "order",
                () -> faulty.answers("html-carrier", 200, Faulty.HTML, "<html><h1>Bảo trì</h1>"));
        dvcqg("empty-contract", () -> faulty.answers("empty-contract", 200, Faulty.JSON, "{\"hello\": 1}"));
        rest("huge-answer", () -> faulty.answers("huge-answer", 200, Faulty.JSON, "x".repeat(5 * 1024 * 1024)));
        webhook("no-tls", "https://localhost:" + https + "/no-tls");
        webhook("secret-gone", () -> delete("secret-gone"));
        webhook("secret-folder", () -> {
            delete("secret-folder");
            make(folder.resolve("secrets/secret-folder"));
        });
        webhook("secret-junk", () -> write(folder.resolve("secrets/secret-junk"), "not-a-webhook-secret"));
        soap("soap-error", () -> faulty.answers("soap-error", 500, Faulty.HTML, "<h1>Lỗi</h1>"));
        soap("soap-html", () -> faulty.answers("soap-html", 200, Faulty.HTML, "<html><h1>Bảo trì</h1></html>"));
        soap(
                "soap-fault",
                () -> faulty.answers(
                        "soap-fault",
                        500,
                        Faulty.XML,
                        fault("<faultcode>soap:Server</faultcode><faultstring>x</faultstring>")));
        soap(
                "soap-security",
                () -> faulty.answers(
                        "soap-security",
                        500,
                        Faulty.XML,
                        fault(
                                "<faultcode xmlns:w=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd\">w:FailedAuthentication</faultcode><faultstring>x</faultstring>")));
        soap("soap-nameless", () -> {});
        soap("soap-silent", () -> faulty.neverAnswers("soap-silent"));
    }

    private void refusals() throws IOException {
        dvcqg(
                "no-dossier-dvcqg",
                () -> faulty.answers(
                        "no-dossier-dvcqg",
                        200,
                        Faulty.JSON,
                        "{\"error_code\": 2, \"message\": \"Không tìm thấy hồ sơ\"}"));
        opencps("no-dossier-opencps", () -> faulty.answers("no-dossier-opencps", 404, Faulty.JSON, "{}"));
        dvcqg(
                "dvcqg-code",
                () -> faulty.answers("dvcqg-code", 200, Faulty.JSON, "{\"error_code\": 77, \"message\": \"Sai\"}"));
        opencps("no-such-step", () -> faulty.answers("no-such-step", 400, Faulty.JSON, "{}"));
        webhook("webhook-422", () -> faulty.answers("webhook-422", 422, Faulty.JSON, "{}"));
        to(
                "emc-400",
                "PORTAL",
                "emc",
                "site-id=52",
                "progress",
                example("emc/examples/tracking.out/out-for-delivery"),
                () -> faulty.answers("emc-400", 400, Faulty.JSON, "{}"));
        to(
                "lgsp-status",
                "PORTAL",
                "lgsp",
                "consumer-key=bocau",
                "progress",
                example("lgsp/examples/trace.out/out-for-delivery"),
                () -> faulty.answers("lgsp-status", 200, Faulty.JSON, "{\"Status\": 205, \"Message\": \"Sai\"}"));
        rest("agency-400", () -> faulty.answers("agency-400", 400, Faulty.JSON, "{}"));
        soap(
                "soap-refused",
                () -> faulty.answers(
                        "soap-refused",
                        500,
                        Faulty.XML,
                        fault(
                                "<faultcode>soap:Client</faultcode><faultstring>Sai</faultstring><detail><refused xmlns=\"urn:bocau:agency-notices:v1\"><code>schema</code><field>/outcome/leg</field></refused></detail>")));
        carrier(
                "carrier-status",
                "order",
                () -> faulty.answers("carrier-status", 201, Faulty.JSON, "{\"Status\": \"205\"}"));
        carrier(
                "old-order",
                "order-change",
                () -> faulty.answers("old-order", 201, Faulty.JSON, "{\"Status\": \"101\"}"));
        to(
                "ems-error",
                "CARRIER",
                "ems",
                "inventory=7;service=1;push-token=ems-error;provider=ems;version=sandbox",
                "order",
                example("ems/examples/order.out/result-with-fee"),
                () -> faulty.answers("ems-error", 200, Faulty.JSON, "{\"code\": \"error\", \"message\": \"Sai\"}"));
        to(
                "ems-cancel",
                "CARRIER",
                "ems",
                "inventory=7;service=1;push-token=ems-cancel;provider=ems;version=sandbox",
                "order-cancel",
                example("ems/examples/order-cancel.out/by-its-own-number"),
                () -> {});
        to(
                "viettel-error",
                "CARRIER",
                "viettel-post",
                "username=bocau;service=VCN;push-token=viettel-error;provider=viettel;version=v2",
                "order",
                example("viettel-post/examples/order.out/result-with-fee"),
                () -> faulty.answers("viettel-error", 200, Faulty.JSON, "{\"error\": true, \"message\": \"Sai\"}"));
        to(
                "viettel-cancel",
                "CARRIER",
                "viettel-post",
                "username=bocau;service=VCN;push-token=viettel-cancel;provider=viettel;version=v2",
                "order-cancel",
                example("viettel-post/examples/order-cancel.out/not-named-yet"),
                () -> {});
        to(
                "myvnpost-error",
                "CARRIER",
                "myvnpost",
                "username=bocau;customer-code=T1;service=CTN009;provider=myvnpost;version=2025",
                "order",
                example("myvnpost/examples/order.out/result-with-fee"),
                () -> faulty.answers("myvnpost-error", 200, Faulty.JSON, "{\"errorMessage\": \"Sai\"}"));
        to(
                "no-word",
                "PORTAL",
                "webhook",
                "",
                "weather",
                example("webhook/examples/dossier.out/agency-has-received"),
                () -> {});
        webhook("one-of-many", () -> {
            faulty.answers("one-of-many", 500, Faulty.JSON, "");
            faulty.takes("one-of-many", body -> body.contains("HS-KHAC"));
        });
    }

    /** Dialects of a deployment's own, wrong or merely unknown to us. */
    private void dialects() throws IOException {
        LocalTime now = LocalTime.now(ZoneId.of("Asia/Ho_Chi_Minh"));
        // An hour that is not now, and does not run over midnight.
        LocalTime hour = now.getHour() < 12 ? LocalTime.of(20, 0) : LocalTime.of(3, 0);
        dialect(
                "by-night",
                ", \"hours\": {\"from\": \"" + CLOCK.format(hour) + "\", \"until\": \""
                        + CLOCK.format(hour.plusHours(1)) + "\"}",
                "{}",
                "{\"outcome\": \"CONFIRMED\", \"detail\": \"ok\"}");
        dialect("mapping-fails", "", "error(\"no way\")", "{\"outcome\": \"CONFIRMED\", \"detail\": \"ok\"}");
        dialect("judge-fails", "", "{\"a\": 1}", "{\"outcome\": \"PERHAPS\"}");
        dialect(
                "their-own-code",
                "",
                "{\"a\": 1}",
                "{\"outcome\": \"REFUSED\", \"code\": \"quota-of-theirs\", \"detail\": \"x\", \"vi\": \"Hết hạn mức.\", \"en\": \"No quota is left.\"}");
        dialect("without-code", "", "{\"a\": 1}", "{\"outcome\": \"REFUSED\", \"detail\": \"x\"}");
        Path sms = Files.createDirectories(folder.resolve("mappings/no-number"));
        for (String file : List.of("dialect.json", "notice.out.jslt", "answer.jslt")) {
            Files.copy(Path.of("mappings/notifier", file), sms.resolve(file));
        }
        to(
                "no-number",
                "NOTIFIER",
                "no-number",
                "",
                "notice",
                example("notifier/examples/notice.out/delivered"),
                () -> faulty.answers("no-number", 422, Faulty.JSON, "{}"));
        Path own = Files.createDirectories(folder.resolve("mappings/own-days"));
        Files.writeString(
                own.resolve("dialect.json"),
                "{\"about\": \"own days\", \"login\": {\"kind\": \"none\"}, \"silent\": [\"progress\", \"status\"], \"messages\": {}}");
        Files.writeString(own.resolve("portal.request.in.schema.json"), "{\"type\": \"object\"}");
        Files.writeString(
                own.resolve("portal.request.in.jslt"), "{\"dossier\": {\"filedOn\": iso-time(.ngay, \"dd/MM/yyyy\")}}");
    }

    private void inbound() {
        ObjectNode known = wish("HS-BIET");
        portal("known", known);
        portal("other-known", wish("HS-BIET-2"));
        said.put("not-json", () -> queue("cong-hang-doi", "{\"key\": \"not-json\", Nguyễn Văn A"));
        said.put(
                "zero-character",
                () -> queue(
                        "cong-hang-doi",
                        "{\"key\": \"zero-character\", \"kind\": \"portal.cancel\", \"body\": {\"dossier\": \"HS\\u0000\"}}"));
        portal("missing-field", Http.JSON.createObjectNode().put("dossier", "HS"));
        said.put("not-its-kind", () -> queue("cong-hang-doi", "not-its-kind", "agency.dispatch", "{}"));
        said.put(
                "map-message",
                () -> hub.bean(JmsTemplate.class).send("in.cong-hang-doi", session -> {
                    MapMessage map = session.createMapMessage();
                    map.setString("a", "b");
                    return map;
                }));
        said.put(
                "three-megabytes",
                () -> queue("cong-hang-doi", "three-megabytes", "portal.cancel", "\"" + "x".repeat(3_000_000) + "\""));
        portal("key-again", wish("HS-KHOA"));
        said.put(
                "key-again~",
                () -> queue(
                        "cong-hang-doi",
                        "key-again",
                        "portal.request",
                        wish("HS-KHOA-2").toString()));
        portal("no-such-commune", moved(wish("HS-XA-1"), "99999"));
        portal("old-commune", moved(wish("HS-XA-2"), "18853"));
        ObjectNode one = wish("HS-MUC-1");
        one.withObject("/dossier").put("procedure", "2.000806");
        portal("level-one", one);
        ObjectNode again = wish("HS-BIET");
        portal("asked-twice", again);
        ObjectNode pays = wish("HS-PHI");
        pays.withObject("/result").put("collectFee", 8000);
        portal("pays-twice", pays);
        portal("no-office", moved(wish("HS-XA-3"), "00004"));
        portal("to-cancel", wish("HS-HUY"));
        cancel("cancelled", "HS-HUY");
        cancel("cancel-nothing", "HS-HUY");
        cancel("cancel-unknown", "HS-KHONG-CO");
        said.put(
                "another-portal",
                () -> queue(
                        "cong-khac",
                        "another-portal",
                        "portal.request",
                        wish("HS-BIET").toString()));
        ObjectNode differs = wish("HS-BIET");
        differs.withObject("/dossier").put("agency", "000.01.12.H50");
        portal("another-agency", differs);
        ObjectNode two = wish("HS-BIET");
        two.withObject("/dossier").withArray("codes").addObject().put("code", "HS-BIET-2");
        portal("two-dossiers", two);
        said.put("no-way", () -> queue("cong-hang-doi", "no-way", "portal.nothing", "{}"));
        said.put("our-bug", () -> {
            hub.db()
                    .sql("create function injected() returns trigger language plpgsql as"
                            + " $$ begin raise exception 'nobody knows'; end $$")
                    .update();
            hub.db()
                    .sql("create trigger injected before insert on dossier_code for each row"
                            + " when (new.code = 'HS-LOI') execute function injected()")
                    .update();
            queue("cong-hang-doi", "our-bug", "portal.request", wish("HS-LOI").toString());
        });
        said.put("database-rule", () -> {
            hub.db()
                    .sql("alter table dossier_code add constraint injected check (code <> 'HS-CAM')")
                    .update();
            queue(
                    "cong-hang-doi",
                    "database-rule",
                    "portal.request",
                    wish("HS-CAM").toString());
        });
        said.put(
                "not-understood",
                () -> queue("cong-tieng-rieng", "not-understood", "portal.request", "{\"ngay\": \"hôm qua\"}"));
        agency("agency-not-xml", "agency.receive", "<confirmReceipt");
        agency("agency-schema", "agency.receive", xml("confirmReceipt", "<a:dossier>HS-BIET</a:dossier>"));
        agency(
                "agency-unknown-dossier",
                "agency.receive",
                receipt("HS-KHONG-CO", Filed.today().plusDays(5).toString()));
        agency("agency-past", "agency.receive", receipt("HS-BIET", "2020-01-01"));
        agency("agency-nowhere", "agency.transfer", transfer("HS-BIET", "999.99.99.H99"));
        agency("agency-itself", "agency.transfer", transfer("HS-BIET", AGENCY));
        said.put(
                "carrier-event",
                () -> Http.post(
                        hub.at("/carrier/ems-error/events"),
                        Map.of("token", "secret-of-ems-error", "ems-transaction", "carrier-event"),
                        Map.of("hello", 1)));
        said.put("worker-money", () -> {
            var worker = new Worker(hub.at(""), "buu-ta");
            worker.send(
                    worker.handling("NO_SUCH_CODE", "RV100000008VN", Map.of("details", Map.of("feeCollected", 8000))));
        });
    }

    // The rows of the partners, each with its fault.
    private void webhook(String id, Runnable fault) throws IOException {
        to(id, "PORTAL", "webhook", "", "status", example("webhook/examples/dossier.out/agency-has-received"), fault);
    }

    private void webhook(String id, String url) throws IOException {
        partner(id, "PORTAL", "webhook", url, "", "");
        tell(id, "status", example("webhook/examples/dossier.out/agency-has-received"), () -> {});
    }

    private void dvcqg(String id, Runnable fault) throws IOException {
        to(
                id,
                "PORTAL",
                "dvcqg",
                "madonvi=000.00.00.H50;username=000.00.00.H50;login-secret=" + id + ";dstcode=VN",
                "progress",
                example("dvcqg/examples/progress.out/out-for-delivery"),
                fault);
    }

    private void opencps(String id, Runnable fault) throws IOException {
        to(
                id,
                "PORTAL",
                "opencps",
                "group-id=1",
                "progress",
                example("opencps/examples/progress.out/out-for-delivery"),
                fault);
    }

    private void rest(String id, Runnable fault) throws IOException {
        to(id, "AGENCY", "agency-rest", "", "arrival", example("agency-rest/examples/notice.out/delivered"), fault);
    }

    private void soap(String id, Runnable fault) throws IOException {
        to(id, "AGENCY", "agency-soap", "", "arrival", example("agency-soap/examples/notice.out/delivered"), fault);
    }

    private void carrier(String id, String kind, Runnable fault) throws IOException {
        to(
                id,
                "CARRIER",
                "ngsp-carrier",
                "customer-code=BOCAU;consumer-key=bocau;provider=ngsp;version=sandbox",
                kind,
                example("ngsp-carrier/examples/order.out/result-with-fee"),
                fault);
    }

    /** What partners have for us and we fetch: two carriers' feeds, and the folder an agency drops its files into. */
    private void unheard() throws IOException {
        feed("feed-key-ended", 401, Faulty.JSON, "{}");
        feed("feed-without-page", 200, Faulty.JSON, "{\"hello\": 1}");
        row("drop-folder-gone", "AGENCY", "", "NONE", "", AGENCY, "drop=folder");
        told.put("drop-folder-gone", () -> {
            try (Stream<Path> all = Files.walk(folder.resolve("drop/drop-folder-gone"))) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(each -> each.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void feed(String id, int status, String type, String body) throws IOException {
        partner(
                id,
                "CARRIER",
                "ngsp-carrier",
                faulty.url(id),
                "",
                "customer-code=BOCAU;consumer-key=bocau;provider=ngsp;version=sandbox");
        told.put(id, () -> {
            faulty.answers(id, status, type, body);
            hub.bean(Carriers.class).follow(id);
        });
    }

    private void dialect(String id, String hours, String mapping, String answer) throws IOException {
        Path own = Files.createDirectories(folder.resolve("mappings").resolve(id));
        Files.writeString(
                own.resolve("dialect.json"),
                "{\"about\": \"" + id + "\", \"login\": {\"kind\": \"none\"}" + hours
                        + ", \"silent\": [\"status\"], \"messages\": {\"progress\": {\"path\": \"/\"}}}");
        Files.writeString(own.resolve("progress.out.jslt"), mapping);
        Files.writeString(own.resolve("answer.jslt"), answer);
        to(
                id,
                "PORTAL",
                id,
                "",
                "progress",
                example("webhook/examples/dossier.out/agency-has-received"),
                () -> faulty.answers(id, 200, Faulty.JSON, "{}"));
    }

    private void to(
            String id, String kind, String dialect, String settings, String message, JsonNode body, Runnable fault)
            throws IOException {
        partner(id, kind, dialect, faulty.url(id), kind.equals("AGENCY") ? AGENCY : "", settings);
        tell(id, message, body, fault);
    }

    private void partner(String id, String kind, String dialect, String url, String agency, String settings)
            throws IOException {
        Files.writeString(
                folder.resolve("secrets").resolve(id),
                dialect.equals("webhook") ? "whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==" : "secret-of-" + id);
        row(
                id,
                kind,
                dialect,
                "PUSH",
                url,
                agency,
                "connect-timeout=1000;read-timeout=1200" + (settings.isEmpty() ? "" : ";" + settings));
    }

    private void row(
            String id, String kind, String dialect, String delivery, String url, String agency, String settings) {
        rows.add(String.join(
                ",",
                id,
                kind,
                id,
                dialect,
                delivery,
                url,
                client(id, dialect),
                delivery.equals("PUSH") ? id : "",
                agency,
                "1",
                settings));
    }

    private static String client(String id, String dialect) {
        return dialect.equals("agency-soap") && !id.equals("soap-nameless") ? "client-" + id : "";
    }

    // What is said and told.
    private void tell(String id, String kind, JsonNode body, Runnable fault) {
        told.put(id, () -> {
            fault.run();
            journal(id, kind, "HS-" + id, body);
            // Others, whom a partner answers who chokes on one.
            for (int i = 0; id.equals("one-of-many") && i < 40; i++) {
                journal(id, kind, "HS-KHAC-" + i, ((ObjectNode) body.deepCopy()).put("mark", "HS-KHAC-" + i));
            }
        });
    }

    private void journal(String partner, String kind, String dossier, JsonNode body) {
        Journal journal = hub.bean(Journal.class);
        journal.once(
                new Inbound("test", UUID.randomUUID().toString(), "test.kind", JsonNodeFactory.instance.objectNode()),
                () -> {
                    journal.tell(new Outbound(partner, dossier + " " + partner, kind, dossier, dossier, body));
                    return JsonNodeFactory.instance.objectNode();
                });
    }

    private void portal(String key, JsonNode body) {
        said.put(key, () -> queue("cong-hang-doi", key, "portal.request", body.toString()));
    }

    private void cancel(String key, String dossier) {
        said.put(
                key,
                () -> queue(
                        "cong-hang-doi", key, "portal.cancel", "{\"dossier\": \"" + dossier + "\", \"leg\": \"ALL\"}"));
    }

    private void agency(String key, String kind, String xml) {
        said.put(
                key,
                () -> queue(
                        "co-quan-hang-doi",
                        key,
                        kind,
                        Http.JSON.valueToTree(xml).toString()));
    }

    private void queue(String partner, String key, String kind, String body) {
        queue(partner, "{\"key\": \"" + key + "\", \"kind\": \"" + kind + "\", \"body\": " + body + "}");
    }

    private void queue(String partner, String text) {
        hub.bean(JmsTemplate.class).convertAndSend("in." + partner, text);
    }

    private static ObjectNode wish(String code) {
        ObjectNode wish = Filed.both("19333");
        wish.withObject("/dossier").putArray("codes").addObject().put("code", code);
        return wish;
    }

    private static ObjectNode moved(ObjectNode wish, String commune) {
        wish.withObject("/pickup/sender/address").put("commune", commune);
        return wish;
    }

    private static String receipt(String dossier, String day) {
        return xml(
                "confirmReceipt",
                "<a:requestId>" + UuidCreator.getTimeOrderedEpoch() + "</a:requestId><a:dossier>" + dossier
                        + "</a:dossier><a:appointment>" + day + "</a:appointment>");
    }

    private static String transfer(String dossier, String agency) {
        return xml(
                "transferDossier",
                "<a:requestId>" + UuidCreator.getTimeOrderedEpoch() + "</a:requestId><a:dossier>" + dossier
                        + "</a:dossier><a:toAgency>" + agency + "</a:toAgency>");
    }

    private static String xml(String operation, String content) {
        return "<a:" + operation + " xmlns:a=\"urn:bocau:agency:v1\">" + content + "</a:" + operation + ">";
    }

    private static String fault(String content) {
        return "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><soap:Fault>"
                + content + "</soap:Fault></soap:Body></soap:Envelope>";
    }

    private static JsonNode example(String name) throws IOException {
        return Json.parse(Files.readString(Path.of("mappings", name + ".in.json")));
    }

    private void delete(String secret) {
        try {
            Files.delete(folder.resolve("secrets").resolve(secret));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path directory) {
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        hub.close();
        faulty.close();
    }
}
