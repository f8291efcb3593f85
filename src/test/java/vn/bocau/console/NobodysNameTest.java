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
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import vn.bocau.code.Text;
import vn.bocau.journal.Fault;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.journey.Worker;
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
            "Dấu\\s?\\d{4}|(?<![0-9a-f]|\\d\\.)(?:0|[+]?84[ .]?)?9771\\d{5}(?![0-9a-f])|Ngõ mốc \\d{4}",
            Pattern.UNICODE_CASE);
    private static final Pattern LINK = Pattern.compile("(?:href|action|hx-get)=\"(/(?:console|fees)[^\"#]*)\"");
    /** With few citizens less of each sort of page differs from the others of that sort. */
    private static final int MOST_ALIKE = CITIZENS < 1000 ? 5 : 15;

    private static final String ECHO = "nghe";

    /** Another that says back what it heard, in the words of another dialect. */
    private static final String TRUNK = "truc";

    /** Has two dossiers. */
    private static final int OF_TWO = 1;

    private static final int TAKEN = 10;
    private static final Queue<String> LOG = new ConcurrentLinkedQueue<>();
    private static final Queue<String> SPANS = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger REFUSED = new AtomicInteger();
    private static final AtomicInteger NUMBERED = new AtomicInteger();

    /** With whose ids the addresses were asked for that answered somebody. */
    private static final Set<String> ANSWERED = new TreeSet<>();

    @TempDir
    static Path reference;

    private static HttpServer outside;
    private static OwnHub hub;

    /** Hears each line as people read it, and as BOCAU_LOG_FORMAT=ecs writes it, with what is said beside the words. */
    private static final class Ear extends AppenderBase<ILoggingEvent> {

        private final StructuredLogEncoder fields = new StructuredLogEncoder();

        @Override
        public void start() {
            fields.setContext(getContext());
            fields.setFormat("ecs");
            fields.start();
            super.start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            LOG.add(event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
            LOG.add(new String(fields.encode(event), StandardCharsets.UTF_8));
        }
    }

    @BeforeAll
    static void file() throws IOException {
        outside = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        outside.createContext("/hook", NobodysNameTest::refuse);
        outside.createContext("/lgsp", NobodysNameTest::refuseInNumbers);
        outside.createContext("/v1/traces", exchange -> {
            SPANS.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        outside.start();
        String here = "http://localhost:" + outside.getAddress().getPort();
        Files.writeString(
                reference.resolve("partners.csv"),
                "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n" + ECHO
                        + ",PORTAL,Cổng nhắc lại,webhook,PUSH," + here + "/hook,,nghe,,2,follows=dvcqg\n" + TRUNK
                        + ",PORTAL,Trục nhắc lại,lgsp,PUSH," + here
                        + "/lgsp,,truc,,2,consumer-key=bocau;follows=dvcqg\n");
        hub = new OwnHub(Map.of(
                "bocau.metrics.every", "200ms",
                "bocau.reference", reference,
                "bocau.secrets.nghe", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                "bocau.secrets.truc", "truc-secret",
                "bocau.traces.url", here + "/v1/traces",
                "management.opentelemetry.tracing.export.schedule-delay", "100ms"));
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var ear = new Ear();
        ear.setContext(context);
        ear.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(ear);
        String token = Http.form(
                        hub.at("/oauth2/token"),
                        Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
        for (int i = 0; i < CITIZENS; i++) {
            ObjectNode wish = wish(code(i), i);
            // Every tenth says it in a place where it does not belong, and is refused.
            boolean wrong = i % 10 == 9;
            if (wrong) {
                wish.put(name(i), "Dấu " + number(i));
                ((ObjectNode) wish.at("/pickup/sender/address")).put("commune", name(i));
            }
            int status = Http.post(
                            hub.at("/api/portal/v1/requests"),
                            Map.of("Authorization", "Bearer " + token, "Idempotency-Key", key(i)),
                            wish)
                    .status();
            assertThat(status).as("request " + i).isEqualTo(wrong ? 400 : 202);
        }
        Http.post(
                        hub.at("/api/portal/v1/requests"),
                        Map.of("Authorization", "Bearer " + token, "Idempotency-Key", "twice"),
                        wish(code(CITIZENS), OF_TWO))
                .ok();
        carry();
        say();
        mend();
        replay();
        Http.post(
                        hub.at("/api/ops/v1/people"),
                        Http.basic("quan-tri", "quan-tri-sandbox"),
                        Map.of("name", "nguoi-moi", "role", "OPERATOR", "reason", "thử"))
                .ok();
    }

    private static ObjectNode wish(String code, int citizen) {
        ObjectNode wish = Filed.both("19333");
        wish.withObject("/dossier").putArray("codes").addObject().put("code", code);
        mark((ObjectNode) wish.at("/pickup/sender"), citizen);
        mark((ObjectNode) wish.at("/result/receiver"), citizen);
        return wish;
    }

    /** Whatever it says, with a name; where a number belongs, somebody's telephone number. */
    private static void refuseInNumbers(HttpExchange exchange) throws IOException {
        String told = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ObjectNode said = Http.JSON.createObjectNode();
        if (exchange.getRequestURI().getPath().endsWith("/token")) {
            said.put("access_token", "t").put("token_type", "Bearer").put("expires_in", 3600);
        } else {
            int n = NUMBERED.getAndIncrement();
            said.put("Status", n < TAKEN ? "100" : "9771" + String.format("%05d", n));
            said.put("Message", "Hồ sơ của " + name(n % CITIZENS) + ", số 0977100000")
                    .put("told", told);
        }
        byte[] answer = said.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** A dry run of what the other has confirmed, as if it had lost it. */
    private static void replay() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> NUMBERED.get() > TAKEN
                        && !ids("select id::text from message where partner = '" + TRUNK + "' and state = 'CONFIRMED'")
                                .isEmpty());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Http.post(
                        hub.at("/api/ops/v1/replays"),
                        Http.basic("quan-tri", "quan-tri-sandbox"),
                        Map.of(
                                "partner",
                                TRUNK,
                                "since",
                                now.minusSeconds(3600).toString(),
                                "until",
                                now.toString(),
                                "reason",
                                "thử"))
                .ok();
    }

    /** As many partners do: what it was told, and whose it is, in its reason; at first as a page, which makes it wait, then as JSON. */
    private static void refuse(HttpExchange exchange) throws IOException {
        String told = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String reason = "Hồ sơ của " + name(REFUSED.getAndIncrement() % CITIZENS) + ", số 0977100000, Ngõ mốc 0000 sai";
        byte[] answer = (REFUSED.get() > 2
                        ? Http.JSON
                                .createObjectNode()
                                .put("title", reason)
                                .put("detail", reason)
                                .put("told", told)
                                .toString()
                        : "<html><body>" + reason + "<pre>" + told + "</pre></body></html>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(400, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** The post fetches all, with names where notes may be typed; the partner hears of each, and refuses it. */
    private static void carry() {
        var worker = new Worker(hub.at(""), "buu-ta");
        List<String> items = ids("select item from leg where kind = 'PICKUP' and item is not null order by item");
        for (int n = 0; n < items.size(); n++) {
            worker.scans("PICKUP_ACCEPTED", items.get(n));
            if (n % 3 == 0) {
                worker.scans(
                        "PICKUP_FAILED",
                        items.get(n),
                        Map.of("reason", "OTHER", "action", "REVIEW", "note", name(n) + " hẹn 0977100000"));
            }
        }
        await().atMost(Duration.ofSeconds(60 + CITIZENS / 5))
                .untilAsserted(() -> assertThat(ids("select state || ' ' || coalesce(fault, '-') || ' ' || count(*)"
                                + " from (select distinct on (message_group) state, fault from message where partner = '"
                                + ECHO
                                + "' and direction = 'OUT' order by message_group, seq) first group by state, fault"))
                        .as("the first of each dossier was refused")
                        .singleElement()
                        .asString()
                        .startsWith("PARKED ")
                        .endsWith(" " + items.size()));
    }

    /** Names and numbers where codes belong, as people type them. */
    private static void say() {
        Journal journal = hub.bean(Journal.class);
        ObjectNode filing = Filed.both("19333");
        filing.withObject("/dossier").putArray("codes").addObject().put("code", code(9));
        mark((ObjectNode) filing.at("/pickup/sender"), 9);
        journal.park(
                new Inbound("dvcqg", "lens", "portal.request", filing),
                new Fault("commune-ended", new Text("Xã cũ.", "An old commune."), new Text("Sửa.", "Mend.")));
        for (String code : ids("select code from dossier_code")) {
            ObjectNode heard = Http.JSON.createObjectNode();
            heard.putObject("dossier").put("code", code);
            heard.put("item", "Dấu 0001").put("manifest", "0977100002");
            heard.put("code", "Trần Thị Dấu 0003");
            heard.putObject("event").put("code", "COLLECTED").put("note", "Dấu 0000 0977100000");
            journal.once(new Inbound("buu-ta", "scan-" + code, "scan.handling", heard), () -> heard);
        }
    }

    /** Mends that fail again, and words that somebody would put in the place of others. */
    private static void mend() {
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");
        String code = ids("select fault from message where partner = '" + ECHO + "' and state = 'PARKED' limit 1")
                .get(0);
        Http.post(
                        hub.at("/api/ops/v1/mends"),
                        operator,
                        Map.of("partner", ECHO, "code", code, "perMinute", "60000", "reason", "thử lại"))
                .ok();
        String id = ids("select id::text from message where partner = '" + ECHO
                        + "' and state = 'PARKED' order by seq desc limit 1")
                .get(0);
        JsonNode fields = Http.get(hub.at("/api/ops/v1/messages/" + id + "/fields"), operator)
                .ok();
        String path = "";
        for (JsonNode field : fields.path("fields")) {
            path = field.path("path").asText().endsWith("/code")
                    ? field.path("path").asText()
                    : path;
        }
        assertThat(path).isNotEmpty();
        Http.post(
                        hub.at("/api/ops/v1/messages/" + id + "/edits"),
                        operator,
                        Map.of(
                                "version",
                                fields.path("version").asText(),
                                "changes",
                                List.of(Map.of("path", path, "value", "0977100001")),
                                "reason",
                                "sửa mã"))
                .ok();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> hub.db()
                                .sql("select count(*) from mend_item where state = 'FAILED'")
                                .query(Long.class)
                                .single()
                        > 0);
    }

    /** As a portal makes it that knows nothing else of a request. */
    private static String key(int i) {
        return phone(i) + "-20261128";
    }

    private static String phone(int i) {
        return "09771" + String.format("%05d", i);
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
        party.put("name", name(i)).put("phone", phone(i));
        ((ObjectNode) party.get("address")).put("street", "Ngõ mốc " + number(i));
    }

    @AfterAll
    static void stop() {
        hub.close();
        outside.stop(0);
    }

    /** What is shown to whoever looks by JMX: each attribute that can be read of each bean, whoever registered it. */
    private static List<String> beans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> values = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            values.add(name.toString());
            try {
                String[] readable = Stream.of(server.getMBeanInfo(name).getAttributes())
                        .filter(MBeanAttributeInfo::isReadable)
                        .map(MBeanAttributeInfo::getName)
                        .toArray(String[]::new);
                values.add(shown(server.getAttributes(name, readable).asList().stream()
                        .map(Attribute::getValue)
                        .toList()));
            } catch (InstanceNotFoundException gone) {
                // It was taken away meanwhile.
            }
        }
        return values;
    }

    /** With all that is in it: of arrays and of tables of others the words themselves. */
    private static String shown(@Nullable Object value) {
        if (value instanceof CompositeData row) {
            return shown(row.values());
        }
        if (value instanceof TabularData table) {
            return shown(table.values());
        }
        if (value instanceof Object[] all) {
            return shown(Arrays.asList(all));
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(NobodysNameTest::shown).collect(Collectors.joining(", "));
        }
        return value instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : Arrays.deepToString(new Object[] {value});
    }

    /** What a bean might say. */
    public interface Telltale {

        String[] getList();

        Map<String, List<String>> getTable();
    }

    @Test
    void a_name_that_a_bean_says_in_a_list_or_in_a_table_is_found() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        var planted = new ObjectName("vn.bocau.test:type=Telltale");
        server.registerMBean(
                new StandardMBean(
                        new Telltale() {
                            @Override
                            public String[] getList() {
                                return new String[] {"x", name(7001)};
                            }

                            @Override
                            public Map<String, List<String>> getTable() {
                                return Map.of("x", List.of("y", name(7002)));
                            }
                        },
                        Telltale.class,
                        true),
                planted);
        try {
            assertThat(beans())
                    .filteredOn(value -> MARK.matcher(value).find())
                    .singleElement()
                    .asString()
                    .contains(name(7001), name(7002));
        } finally {
            server.unregisterMBean(planted);
        }
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
        assertThat(REFUSED.get()).as("refused with a name").isGreaterThanOrEqualTo(CITIZENS * 9 / 10);
        assertThat(NUMBERED.get()).as("refused with a number").isGreaterThan(TAKEN);
        assertThat(ANSWERED)
                .as("of each kind of address one that answers whoever may see it")
                .containsAll(templates());
        assertThat(LOG).anyMatch(line -> line.contains("\"ecs\"") && line.contains("\"message\""));
        assertThat(LOG).noneMatch(line -> MARK.matcher(line).find());
        assertThat(beans())
                .hasSizeGreaterThan(40)
                .noneMatch(value -> MARK.matcher(value).find());
        await().atMost(Duration.ofSeconds(30)).until(() -> SPANS.stream().anyMatch(spans -> spans.contains(ECHO)));
        assertThat(SPANS).noneMatch(spans -> MARK.matcher(spans).find());
    }

    /** "A citizen with this number asks": it would stay in the record, and on many pages, for ever. */
    @Test
    void no_act_takes_a_reason_with_a_citizen_s_number() {
        Set<String> unreasoned =
                Set.of("dossiers/find", "messages/find", "failures/filters", "failures/filters/delete");
        String reason = "công dân " + phone(3) + " gọi hỏi";
        int told = 0;
        for (String served : Documented.served(hub, "/api/ops/v1")) {
            String path = served.substring(served.indexOf('/') + 1);
            if (!served.startsWith("POST ") || unreasoned.contains(path)) {
                continue;
            }
            String id = path.startsWith("messages/")
                    ? ids("select id::text from message where state = 'PARKED' limit 1")
                            .get(0)
                    : "dvcqg";
            Http.Answer answer = Http.post(
                    hub.at("/api/ops/v1/" + path.replaceAll("\\{[^}]+}", id)),
                    Http.basic("quan-tri", "quan-tri-sandbox"),
                    Map.of("reason", reason));
            assertThat(answer.status()).as(served).isBetween(400, 499);
            clean("quan-tri", served, answer.text());
            told += answer.json().at("/flaws/0/field").asText().equals("/reason") ? 1 : 0;
        }
        assertThat(told).isGreaterThan(15);
        assertThat(ids("select reason from audit where reason like '%" + phone(3) + "%'"))
                .isEmpty();
    }

    @Test
    void who_has_the_key_of_a_message_finds_it_and_is_not_shown_the_number_in_it() {
        JsonNode found = Http.post(
                        hub.at("/api/ops/v1/messages/find"),
                        Http.basic("truc-ca", "truc-ca-sandbox"),
                        Map.of("find", key(3)))
                .ok();
        assertThat(found.findValuesAsText("key")).containsExactly("•••-20261128");
    }

    /** Every GET of the interface, with ids of what is there, and the numbers. */
    private static int endpoints(String role) {
        Map<String, String> who = Http.basic(role, role + "-sandbox");
        Map<String, String> templates = new TreeMap<>();
        for (String served : Documented.served(hub, "/api/ops/v1")) {
            if (served.startsWith("GET ") && !served.contains("{")) {
                templates.put("/api/ops/v1" + served.substring(4), "");
            }
        }
        for (String template : templates()) {
            idsFor(template).forEach(id -> templates.put(template.replaceAll("\\{[^}]+}", id), template));
        }
        Set<String> paths = new TreeSet<>(templates.keySet());
        paths.add("/api/ops/v1/epcis?dossier=" + code(0));
        paths.add("/api/ops/v1/messages?size=200");
        paths.add("/actuator/prometheus");
        paths.add("/actuator/health");
        paths.add("/actuator/info");
        int answered = 0;
        for (String path : paths) {
            Http.Answer answer = Http.get(hub.at(path), who);
            assertThat(answer.status()).as(role + " at " + path).isIn(200, 400, 403, 404, 406, 422);
            if (answer.status() == 200) {
                answered++;
                ANSWERED.add(templates.getOrDefault(path, ""));
            }
            clean(role, path, answer.text());
        }
        if (role.equals("truc-ca")) {
            assertThat(answered).as("of " + paths.size() + " were answered").isGreaterThan(paths.size() * 3 / 4);
        }
        JsonNode found = Http.post(hub.at("/api/ops/v1/dossiers/find"), who, Map.of("find", "0977100001"))
                .json();
        clean(role, "find", found.toString());
        return paths.size() + 1;
    }

    private static List<String> templates() {
        return Documented.served(hub, "/api/ops/v1").stream()
                .filter(served -> served.startsWith("GET ") && served.contains("{"))
                .map(served -> "/api/ops/v1" + served.substring(4))
                .toList();
    }

    /** Of what is there. */
    private static List<String> idsFor(String template) {
        String kind = template.split("/")[4];
        return switch (kind) {
            case "messages" -> {
                List<String> all = ids("select id::text from message order by seq limit " + 3 * MOST_ALIKE);
                all.addAll(ids(
                        "select id::text from message where state = 'PARKED' order by seq desc limit " + MOST_ALIKE));
                for (String partner : List.of(ECHO, TRUNK)) {
                    all.addAll(ids("select id::text from message where partner = '" + partner
                            + "' order by seq desc limit " + MOST_ALIKE));
                }
                yield all;
            }
            case "dossiers" -> ids("select id::text from dossier limit " + MOST_ALIKE);
            case "edits" -> ids("select id::text from edit");
            case "mends" -> ids("select id::text from mend");
            case "replays" -> ids("select id::text from replay");
            case "people" -> ids("select name from account");
            default -> throw new AssertionError("nobody knows an id for " + template);
        };
    }

    /** From the first page on along all links, as a browser would. */
    private static int pages(String role) throws Exception {
        var visitor = new Visitor(hub);
        visitor.signIn(role, role + "-sandbox");
        Set<String> seen = new TreeSet<>(
                List.of("/", "/console", "/console/record", "/console/failures", "/console/edits", "/fees"));
        int looked = 0;
        int shown = 0;
        Map<String, Integer> alike = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(seen);
        List<String> messages = ids("select id::text from message order by seq desc limit 10");
        messages.forEach(id -> open.add("/console/messages/" + id));
        while (!open.isEmpty()) {
            String path = open.poll();
            // Of pages that differ by what they are of alone, such as messages, so many of each.
            String shape = path.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "#").replaceAll("=[^&]*", "=");
            if (alike.merge(shape, 1, Integer::sum) > MOST_ALIKE) {
                continue;
            }
            looked++;
            HttpResponse<String> answer = visitor.get(path);
            assertThat(answer.statusCode()).as(role + " at " + path).isLessThan(500);
            shown += answer.statusCode() == 200 ? 1 : 0;
            String page = answer.body();
            clean(role, path, page);
            Matcher link = LINK.matcher(page);
            while (link.find()) {
                String next = link.group(1).replace("&amp;", "&");
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        if (role.equals("truc-ca")) {
            assertThat(seen)
                    .anyMatch(path -> path.startsWith("/console/mends/"))
                    .anyMatch(path -> path.startsWith("/console/edits"))
                    .anyMatch(path -> path.startsWith("/fees"));
            assertThat(shown).as("shown of " + looked + " pages").isGreaterThan(looked * 2 / 3);
            assertThat(alike).as("sorts of pages").hasSizeGreaterThan(20);
        }
        return looked + forms(role, visitor);
    }

    /** Pages that answer a form: with what was looked for, or with the form again that was refused. */
    private static int forms(String role, Visitor visitor) throws Exception {
        String parked = ids("select id::text from message where state = 'PARKED' and partner = '" + ECHO
                        + "' order by seq limit 1")
                .get(0);
        record Form(String page, String said, List<String> answered) {}
        List<Form> forms = List.of(
                new Form("/console/lens", "find=" + code(9), List.of("Xã cũ.")),
                new Form("/console/lens", "find=" + phone(OF_TWO), List.of(code(OF_TWO), code(CITIZENS))),
                new Form("/console/messages/" + parked + "/edit", "reason=", List.of()),
                new Form("/console/mends/new", "partner=" + ECHO, List.of()));
        int looked = 0;
        for (Form form : forms) {
            if (visitor.get(form.page).statusCode() != 200) {
                continue;
            }
            HttpResponse<String> answer = visitor.fillIn(form.page, form.said);
            assertThat(answer.statusCode()).as(role + " fills in " + form.page).isIn(200, 422);
            clean(role, "the form of " + form.page, answer.body());
            if (role.equals("truc-ca")) {
                form.answered.forEach(found ->
                        assertThat(answer.body()).as("something was found").contains(found));
            }
            looked++;
        }
        if (role.equals("truc-ca")) {
            assertThat(looked).isEqualTo(forms.size());
        }
        return looked;
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
