package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import vn.bocau.code.Refused;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;
import vn.bocau.journal.Partners;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.Documented;
import vn.bocau.wire.http.OwnHub;
import vn.bocau.wire.http.Visitor;

/**
 * Synthetic citizens, each with marks of its own in name, telephone number and street; then everything an operator can
 * reach is crawled as each role, with the log: no mark without broken glass. {@code -Dcitizens=1000} for the whole thousand.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NobodysNameTest {

    private static final int CITIZENS = Integer.getInteger("citizens", 60);
    private static final Pattern MARK = Pattern.compile(
            "Dấu\\s?\\d{4}|(?<![0-9a-f])(?:0|[+]?84[ .]?)?9771\\d{5}(?![0-9a-f])|Ngõ mốc \\d{4}", Pattern.UNICODE_CASE);
    private static final Pattern LINK = Pattern.compile("(?:href|action|hx-get)=\"(/console[^\"#]*)\"");
    private static final int MOST_PAGES = 400;

    private static final Queue<String> LOG = new ConcurrentLinkedQueue<>();
    private static OwnHub hub;

    private static final class Ear extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            LOG.add(event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    }

    @BeforeAll
    static void file() {
        hub = new OwnHub(Map.of("bocau.metrics.every", "200ms"), Partners.class);
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var ear = new Ear();
        ear.setContext(context);
        ear.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(ear);
        // A partner that answers with what it was told, as many do.
        hub.bean("dialects", Partners.Ears.class).behave("dvcqg", s -> {
            throw new Refused(Refused.Ground.RULE, "dvcqg-refused", "", "Cổng không nhận.", "The portal refuses.");
        });
        String token = Http.form(
                        hub.at("/oauth2/token"),
                        Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
        for (int i = 0; i < CITIZENS; i++) {
            ObjectNode wish = Filed.both("19333");
            wish.withObject("/dossier").putArray("codes").addObject().put("code", code(i));
            mark((ObjectNode) wish.at("/pickup/sender"), i);
            mark((ObjectNode) wish.at("/result/receiver"), i);
            // Every tenth says it in a place where it does not belong, and is refused.
            if (i % 10 == 9) {
                wish.put(name(i), "Dấu " + number(i));
                ((ObjectNode) wish.at("/pickup/sender/address")).put("commune", name(i));
            }
            Http.post(
                    hub.at("/api/portal/v1/requests"),
                    Map.of("Authorization", "Bearer " + token, "Idempotency-Key", "mark-" + i),
                    wish);
        }
        tell();
    }

    private static void tell() {
        Journal journal = hub.bean(Journal.class);
        record Known(String dossier, String code) {}
        for (Known known : hub.db()
                .sql("select dossier::text as dossier, code from dossier_code")
                .query(Known.class)
                .list()) {
            ObjectNode words = Http.JSON.createObjectNode();
            words.putObject("dossier").put("code", known.code());
            words.putObject("event").put("code", "COLLECTED").put("note", "Dấu 0000 0977100000");
            // Names and numbers where codes belong, as people type them.
            ObjectNode heard = words.deepCopy().put("item", "Dấu 0001").put("manifest", "0977100002");
            heard.put("code", "Trần Thị Dấu 0003");
            journal.once(new Inbound("buu-ta", "scan-" + known.code(), "scan.handling", heard), () -> {
                journal.tell(
                        new Outbound("dvcqg", known.dossier(), "progress", "t-" + known.code(), known.code(), words));
                return words;
            });
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.db()
                                .sql(
                                        "select count(*) from message where partner = 'dvcqg' and direction = 'OUT' and state <> 'PARKED'")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    private static String code(int i) {
        return "000.00.12.H50-261128-" + number(i);
    }

    private static String number(int i) {
        return String.format("%04d", i);
    }

    private static String name(int i) {
        return "Trần Thị Dấu " + number(i);
    }

    private static void mark(ObjectNode party, int i) {
        party.put("name", name(i)).put("phone", "09771" + String.format("%05d", i));
        ((ObjectNode) party.get("address")).put("street", "Ngõ mốc " + number(i));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void no_page_endpoint_export_metric_or_log_names_a_citizen() throws Exception {
        long marked = hub.db()
                .sql("select count(*) from leg where sender ->> 'name' like '%Dấu%'")
                .query(Long.class)
                .single();
        assertThat(marked).as("citizens that are there to be named").isGreaterThanOrEqualTo(CITIZENS * 9L / 10);
        int looked = 0;
        for (String role :
                List.of("truc-ca", "truong-ca", "quan-tri", "bao-ve-du-lieu", "can-bo", "to-truong", "buu-ta")) {
            looked += endpoints(role);
            looked += pages(role);
        }
        Files.writeString(
                Files.createDirectories(Path.of("target/figures")).resolve("nobodys-name.txt"),
                marked + " citizens, " + looked + " answers and " + LOG.size() + " lines of log crawled\n");
        assertThat(looked).isGreaterThan(200);
        assertThat(LOG).noneMatch(line -> MARK.matcher(line).find());
    }

    /** Every GET of the interface, with ids of what is there, and the numbers. */
    private static int endpoints(String role) {
        Map<String, String> who = Http.basic(role, role + "-sandbox");
        List<String> messages = ids("select id::text from message order by seq limit 40");
        List<String> dossiers = ids("select id::text from dossier limit 20");
        Set<String> paths = new TreeSet<>();
        for (String served : Documented.served(hub, "/api/ops/v1")) {
            if (served.startsWith("GET ")) {
                String path = "/api/ops/v1" + served.substring(4);
                List<String> ids =
                        path.contains("/messages/") ? messages : path.contains("/dossiers/") ? dossiers : List.of("x");
                if (path.contains("{")) {
                    ids.forEach(id -> paths.add(path.replaceAll("\\{[^}]+}", id)));
                } else {
                    paths.add(path);
                }
            }
        }
        paths.add("/api/ops/v1/epcis?dossier=" + code(0));
        paths.add("/api/ops/v1/messages?size=200");
        paths.add("/actuator/prometheus");
        paths.add("/actuator/health");
        paths.add("/actuator/info");
        paths.forEach(path -> clean(role, path, Http.get(hub.at(path), who).text()));
        JsonNode found = Http.post(hub.at("/api/ops/v1/dossiers/find"), who, Map.of("find", "0977100001"))
                .json();
        clean(role, "find", found.toString());
        return paths.size() + 1;
    }

    /** From the first page on along all links, as a browser would. */
    private static int pages(String role) throws Exception {
        var visitor = new Visitor(hub);
        visitor.signIn(role, role + "-sandbox");
        Set<String> seen = new TreeSet<>(List.of("/console", "/console/record", "/console/failures"));
        Deque<String> open = new ArrayDeque<>(seen);
        List<String> messages = ids("select id::text from message order by seq desc limit 10");
        messages.forEach(id -> open.add("/console/messages/" + id));
        while (!open.isEmpty() && seen.size() < MOST_PAGES) {
            String path = open.poll();
            String page = visitor.get(path).body();
            clean(role, path, page);
            Matcher link = LINK.matcher(page);
            while (link.find()) {
                String next = link.group(1).replace("&amp;", "&");
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return seen.size();
    }

    private static List<String> ids(String sql) {
        return new ArrayList<>(hub.db().sql(sql).query(String.class).list());
    }

    private static void clean(String role, String path, String text) {
        for (String said : List.of(text, URLDecoder.decode(text.replace("%", "%25"), StandardCharsets.UTF_8))) {
            Matcher mark = MARK.matcher(said);
            assertThat(mark.find() ? said.substring(Math.max(0, mark.start() - 80), mark.end()) : "")
                    .as(role + " at " + path)
                    .isEmpty();
        }
    }
}
