package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.Browser;
import vn.bocau.code.Text;
import vn.bocau.journal.Fault;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journey.Agency;
import vn.bocau.journey.Http;

/** A bad night: many different faults at once, each explained to who is called, and looked for on the page. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FailuresTest {

    private static final Map<String, String> OPERATOR = Http.basic("truc-ca", "truc-ca-sandbox");

    /** What was broken, and what somebody who knows would say: written from the fault, not from the code that explains it. */
    record Expected(String name, String fault, String code, String whose) {}

    /** What cause and next step of a code have to say, in a few words of each text: written from the fault too. */
    record Words(String code, String vi, String en, String nextVi, String nextEn) {

        List<String> all() {
            return List.of(vi, en, nextVi, nextEn);
        }
    }

    /** What has no key of its own that a test could choose, by its sender and code. */
    private static final Map<String, String> KEYLESS = Map.of(
            "cong-hang-doi not-json", "not-json",
            "cong-hang-doi unprintable", "zero-character",
            "cong-hang-doi too-large", "three-megabytes",
            "cong-hang-doi queue-message-type", "map-message",
            "ems-error schema", "carrier-event",
            "scan handling-refused", "worker-money");

    private static final List<String> PARKS = List.of("one-of-many");

    @TempDir
    static Path folder;

    private static Injected injected;
    private static Browser browser;
    private static JsonNode ours = MissingNode.getInstance();
    private static final List<Expected> EXPECTED = rows("injected.csv", Expected.class);
    private static final Map<String, Words> WORDS =
            rows("words.csv", Words.class).stream().collect(Collectors.toMap(Words::code, Function.identity()));

    @BeforeAll
    static void break_everything() throws Exception {
        injected = new Injected(folder);
        browser = new Browser();
        injected.happen();
        ours = Injected.brokerAway(folder.resolve("broker"), OPERATOR);
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(found().keySet())
                        .containsAll(EXPECTED.stream().map(Expected::name).toList()));
    }

    @AfterAll
    static void stop() {
        browser.close();
        injected.close();
    }

    @AfterEach
    void everybodyLeaves() {
        browser.everybodyLeaves();
    }

    private static <T> List<T> rows(String file, Class<T> row) {
        try (MappingIterator<T> rows = new CsvMapper()
                .readerFor(row)
                .with(CsvSchema.emptySchema().withHeader().withComments())
                .readValues(Path.of("src/test/resources/failures", file).toFile())) {
            return rows.readAll();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void of_sixty_kinds_of_failure_at_least_fifty_seven_are_explained_rightly() throws Exception {
        assertThat(EXPECTED).extracting(Expected::name).doesNotHaveDuplicates();
        assertThat(EXPECTED.stream().map(e -> e.code() + " " + e.whose()).distinct())
                .hasSizeGreaterThanOrEqualTo(60);
        Map<String, String> wrong = new LinkedHashMap<>();
        List<String> table = new ArrayList<>();
        JsonNode standing = ((ObjectNode) get("")).set("ours", ours);
        Map<String, Found> found = found();
        for (Expected each : EXPECTED) {
            JsonNode said = explanation(standing, found.get(each.name()));
            boolean right = said.path("code").asText().equals(each.code())
                    && said.path("whose").asText().equals(each.whose())
                    && says(said, WORDS.get(each.code()))
                    && said.path("known").asBoolean() == !each.whose().equals("UNKNOWN");
            table.add(String.format(
                    "%-5s %-22s %-28s %-9s %s",
                    right ? "right" : "WRONG",
                    each.name(),
                    said.path("code").asText("(nothing)"),
                    said.path("whose").asText(""),
                    each.fault()));
            if (!right) {
                wrong.put(each.name(), said.toString());
            }
        }
        Files.createDirectories(Path.of("target/figures"));
        Files.write(Path.of("target/figures/failures.txt"), table);

        // 57 of 60 are promised.
        assertThat(wrong).as(String.join("\n", table)).hasSizeLessThanOrEqualTo(EXPECTED.size() * 3 / 60);
    }

    private static boolean says(JsonNode said, @Nullable Words words) {
        return words != null
                && said.at("/cause/vi").asText().contains(words.vi)
                && said.at("/cause/en").asText().contains(words.en)
                && said.at("/next/vi").asText().contains(words.nextVi)
                && said.at("/next/en").asText().contains(words.nextEn);
    }

    /** Of the sixty some may be wrong; but no cause and no next step stands with the code of another. */
    @Test
    void what_is_said_of_a_code_is_said_of_no_other() {
        assertThat(WORDS.keySet())
                .isEqualTo(EXPECTED.stream().map(Expected::code).collect(Collectors.toSet()));
        Explanations explanations = injected.hub().bean(Explanations.class);
        Map<String, List<String>> said = WORDS.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), code -> texts(explanations.of(code, "dvcqg"))));
        WORDS.forEach((code, words) -> {
            for (int n = 0; n < words.all().size(); n++) {
                String mine = said.get(code).get(n);
                String word = words.all().get(n);
                assertThat(mine).as(code).contains(word);
                int text = n;
                assertThat(said.values())
                        .extracting(texts -> texts.get(text))
                        .filteredOn(other -> !other.equals(mine))
                        .as("others than %s", code)
                        .noneMatch(other -> other.contains(word));
            }
        });
    }

    private static List<String> texts(Explanation said) {
        return List.of(
                said.cause().vi(),
                said.cause().en(),
                said.next().vi(),
                said.next().en());
    }

    @Test
    void the_page_shows_each_cause_with_whose_it_is_and_what_comes_next_by_day_and_by_night() {
        for (ColorScheme light : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
                Page page = signedIn("truc-ca", width);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(light));
                page.navigate(at("?partner=one-of-many"));
                Browser.picture(page, "failures-" + light + "-" + width);
                if (light == ColorScheme.LIGHT) {
                    Browser.isAccessible(page);
                } else {
                    Browser.isLegible(page);
                }
            }
        }
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(at(""));
        Browser.isAccessible(page);
        Locator group = page.locator("article[data-code=no-answer]");
        assertThat(group.textContent())
                .contains("cổng dịch vụ công", "Gửi mã thông điệp cho đối tác", "1 thông điệp, 1 hồ sơ")
                .contains("Chưa có ai sửa lỗi như vậy");
        assertThat(group.locator("a.button").first().getAttribute("href"))
                .isEqualTo("/console/mends/new?partner=one-of-many&kind=status&code=no-answer");
        page.navigate(at("?route=line.one-of-many&from=2026-01-01T00:00"));
        page.locator("article[data-code=no-answer] a.button").first().click();
        page.waitForLoadState();
        assertThat(page.inputValue("#route"))
                .as("what was looked for is what is mended")
                .isEqualTo("line.one-of-many");
        assertThat(page.inputValue("#from")).isEqualTo("2026-01-01T00:00");
        assertThat(page.textContent("main")).contains("Sẽ gửi lại 1 thông điệp");
        Browser.isAccessible(page);
        page.navigate(at(""));
        assertThat(page.locator("article[data-code=quota-of-theirs]").textContent())
                .contains("mã lạ", "không đoán nguyên nhân", "chưa rõ");
        assertThat(page.locator("article[data-code=host-unknown]").textContent())
                .contains("chúng ta", "no-such-host")
                .containsAnyOf("đường đang giữ", "đang thử lại");
        assertThat(page.content()).doesNotContain("??", "Lê Thị Mẫu", "0900000001", "Nguyễn Văn A");
        page.navigate(at("?lang=en&partner=one-of-many"));
        Browser.isAccessible(page);
        assertThat(page.locator("article[data-code=no-answer]").textContent())
                .contains("the portal", "Give the partner the message's id");
    }

    @Test
    void what_a_person_did_to_the_last_one_like_it_is_told_with_the_next() {
        String first = message("webhook-422");
        Http.post(
                        injected.hub().at("/api/ops/v1/messages/" + first + "/discard"),
                        OPERATOR,
                        Map.of("reason", "cổng đã xóa hồ sơ"))
                .ok();
        assertThat(get("?partner=webhook-422").path("groups")).isEmpty();

        injected.tellAgain("webhook-422");
        await().until(() -> !get("?partner=webhook-422").path("groups").isEmpty());
        assertThat(get("?partner=webhook-422").at("/groups/0/group/mended/what").asText())
                .isEqualTo("DISCARD");

        // Now the portal takes it, and somebody retries.
        injected.mend("webhook-422");
        String second = message("webhook-422");
        Http.post(
                        injected.hub().at("/api/ops/v1/messages/" + second + "/retry"),
                        OPERATOR,
                        Map.of("reason", "cổng đã nới trường ghi chú"))
                .ok();
        await().until(() -> get("/messages?partner=webhook-422&state=CONFIRMED")
                .at("/messages/0/message/id")
                .asText()
                .equals(second));
        injected.breakAgain("webhook-422");
        injected.tellAgain("webhook-422");
        await().until(() -> !get("?partner=webhook-422").path("groups").isEmpty());
        JsonNode mended = get("?partner=webhook-422").at("/groups/0/group/mended");
        assertThat(mended.path("what").asText()).isEqualTo("RETRY");
        assertThat(mended.path("by").asText()).isEqualTo("truc-ca");
        assertThat(mended.path("reason").asText()).isEqualTo("cổng đã nới trường ghi chú");
        assertThat(mended.path("message").asText()).isEqualTo(second);
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(at("?partner=webhook-422"));
        assertThat(page.locator("article[data-code=webhook-refused]").textContent())
                .contains("truc-ca cho thử lại lúc", "cổng đã nới trường ghi chú");
        assertThat(page.locator("tbody tr").count()).isEqualTo(3);
    }

    /** What was tried in vain, or for a pause that was planned, is no advice. */
    @Test
    void of_a_line_that_is_held_it_is_told_how_the_outage_before_this_one_ended() {
        String partner = held("").at("/line/partner").asText();
        String query = "?partner=" + partner;
        String resume = "/api/ops/v1/partners/" + partner + "/resume";
        await().until(() -> Http.post(injected.hub().at(resume), OPERATOR, Map.of("reason", "thử trong vô vọng"))
                        .status()
                == 200);
        await().until(() -> !held(query).isMissingNode());
        assertThat(held(query).at("/line/mended").isNull()).isTrue();
        assertThat(held(query).at("/line/passed").isNull()).isTrue();

        String ended = "insert into incident (partner, began_at, ended_at) values (?, now() - interval '%s', now() %s)";
        injected.hub()
                .db()
                .sql(ended.formatted("5 hours", "- interval '3 hours'"))
                .param(partner)
                .update();
        // Of its feed, meanwhile: whoever tried the line then did not try that.
        injected.hub()
                .db()
                .sql("insert into incident (partner, way, began_at, ended_at)"
                        + " values (?, 'IN', now() - interval '1 hour', now() + interval '1 second')")
                .param(partner)
                .update();
        await().until(() -> !held(query).isMissingNode());
        assertThat(held(query).at("/line/mended").isNull()).isTrue();
        assertThat(held(query).at("/line/passed/ended").asText()).isNotBlank();
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(at(query));
        assertThat(page.locator("article.failure").first().textContent()).contains("Tự thông lại lúc", "sau 2:00:00");

        injected.hub()
                .db()
                .sql(ended.formatted("1 hour", "+ interval '1 second'"))
                .param(partner)
                .update();
        await().until(() -> !held(query).isMissingNode());
        assertThat(held(query).at("/line/mended/reason").asText()).isEqualTo("thử trong vô vọng");
    }

    /** At night the portal shows nothing, and it is a carrier that is not heard: no message failed, and no line is held. */
    @Test
    void what_cannot_be_read_is_explained_and_read_anew_by_who_may() {
        JsonNode source = get("?partner=feed-key-ended").at("/unheard/0/source");
        assertThat(source.path("way").asText()).isEqualTo("FEED");
        assertThat(source.at("/reason/en").asText()).contains("answered 401");
        assertThat(source.path("readAt").isNull()).isTrue();
        assertThat(get("?code=drop-folder-wrong").at("/unheard/0/source/way").asText())
                .isEqualTo("DROP");
        assertThat(get("?partner=feed-key-ended&kind=status").path("unheard")).isEmpty();
        assertThat(get("?route=line.feed-key-ended").path("unheard")).isEmpty();

        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(at("?partner=drop-folder-gone"));
        Browser.isAccessible(page);
        Locator drop = page.locator("article[data-code=drop-folder-wrong]");
        assertThat(drop.textContent())
                .contains("chúng ta", "không lấy được tệp thả", "Hệ thống tự xem lại")
                .doesNotContain("thông điệp,");
        page.navigate(at("?partner=feed-key-ended"));
        Locator feed = page.locator("article[data-code=login-refused]");
        assertThat(feed.textContent())
                .contains(
                        "chúng ta",
                        "không đọc được sự kiện",
                        "đặt bí mật mới",
                        "Hệ thống tự đọc lại",
                        "Chưa có ai sửa");
        assertThat(feed.locator("form").count()).as("nothing was read yet").isZero();
        injected.hub()
                .db()
                .sql("insert into feed_cursor (partner, cursor) values ('feed-key-ended', '0123456789abcdef01234567')")
                .update();
        page.navigate(at("?partner=feed-key-ended"));
        Browser.isAccessible(page);
        Browser.picture(page, "failures-unheard");
        feed.locator("summary").click();
        page.fill("#rewind-reason-feed-key-ended", "con trỏ sai");
        feed.locator("form button").click();
        page.waitForSelector("[role=status]:has-text('Sẽ đọc lại sự kiện từ đầu')");
        assertThat(injected.hub()
                        .db()
                        .sql(
                                "select by || ' ' || reason from audit where what = 'REWIND' and target = 'feed-key-ended'")
                        .query(String.class)
                        .single())
                .isEqualTo("truc-ca con trỏ sai");
        assertThat(injected.hub()
                        .db()
                        .sql("select count(*) from feed_cursor where partner = 'feed-key-ended'")
                        .query(Integer.class)
                        .single())
                .isZero();

        // The outage before this one ended after that.
        injected.hub()
                .db()
                .sql("insert into incident (partner, way, began_at, ended_at)"
                        + " values ('feed-key-ended', 'IN', now() - interval '1 hour', now() + interval '1 second')")
                .update();
        page.navigate(at("?partner=feed-key-ended"));
        assertThat(feed.textContent()).contains("truc-ca cho đọc lại từ đầu lúc", "con trỏ sai");
        page.navigate(
                injected.hub().at("/console/incidents?partner=feed-key-ended").toString());
        assertThat(page.locator("a[href='/console/failures?partner=feed-key-ended']")
                        .count())
                .isPositive();
        page.navigate(at("?lang=en&partner=drop-folder-gone"));
        Browser.isAccessible(page);
        assertThat(page.locator("#live").textContent()).doesNotContain("??").contains("dropped files not taken");
    }

    /** One whose partner has no name that could be found, and does not come back. */
    private static JsonNode held(String query) {
        for (JsonNode each : get(query).path("held")) {
            if (each.at("/line/code").asText().equals("host-unknown")) {
                return each;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    @Test
    void failures_are_searched_and_filtered_and_a_filter_is_kept_by_name() {
        assertThat(codes("?route=line.dvcqg-code")).containsExactly("dvcqg-refused");
        assertThat(codes("?route=portal-request&code=schema")).containsExactly("schema");
        assertThat(codes("?route=portal-request"))
                .contains("commune-ended", "key-reused")
                .doesNotContain("not-json");
        assertThat(codes("?route=queue-in.co-quan-hang-doi"))
                .contains("not-xml", "same-agency")
                .hasSize(6);
        assertThat(codes("?kind=agency.transfer")).containsExactlyInAnyOrder("unknown-agency", "same-agency");
        assertThat(codes("?until=2026-01-01")).isEmpty();
        assertThat(codes("?kind=agency.transfer&from=2026-01-01T03:00")).hasSize(2);
        for (String wrong :
                List.of("state=BROKEN", "from=hom-qua", "route=relay", "from=2026-02-02&until=2026-01-01")) {
            Http.Answer refused = Http.get(injected.hub().at("/api/ops/v1/failures?" + wrong), OPERATOR);
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.json().path("code").asText()).isEqualTo("parameter");
        }

        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(at("?from=hom-qua"));
        Browser.isAccessible(page);
        assertThat(page.locator(".summary").textContent()).contains("Phải là ngày giờ");
        assertThat(page.locator("#from-wrong").textContent()).contains("2026-11-28T03:00");
        page.navigate(at(""));
        page.locator("summary").first().click();
        page.getByLabel("Loại").fill("agency.transfer");
        page.getByText("Lọc", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForURL(Pattern.compile(".*kind=agency\\.transfer.*"));
        assertThat(page.locator("article").count()).isEqualTo(2);
        page.getByText("Lưu bộ lọc này").click();
        assertThat(page.locator("#name-wrong").textContent()).contains("Hãy đặt tên bộ lọc");
        Browser.picture(page, "failures-filter-without-name");
        page.getByLabel("Tên bộ lọc").fill("của 0912345678");
        page.getByText("Lưu bộ lọc này").click();
        assertThat(page.locator("#name-wrong").textContent()).contains("không có dữ liệu cá nhân");
        page.getByLabel("Tên bộ lọc").fill("Bộ lọc ca đêm");
        page.getByText("Lưu bộ lọc này").click();
        assertThat(page.locator("[role=status]").textContent()).contains("Đã lưu bộ lọc");
        page.navigate(at("?code=schema"));
        Browser.isAccessible(page);
        page.getByText("Bộ lọc ca đêm").click();
        page.waitForURL(Pattern.compile(".*[?]kind=agency\\.transfer"));
        assertThat(page.url()).endsWith("?kind=agency.transfer");
        assertThat(page.locator("article").count()).isEqualTo(2);

        Page other = signedIn("quan-tri", Browser.DESKTOP);
        other.navigate(at(""));
        assertThat(other.content()).doesNotContain("Bộ lọc ca đêm");

        page.getByLabel("Xóa bộ lọc Bộ lọc ca đêm").click();
        page.getByText("Đã xóa bộ lọc").waitFor();
        assertThat(page.content()).contains("Đã xóa bộ lọc").doesNotContain("Bộ lọc ca đêm");
        page.navigate(at("?kind=weather-of-mars"));
        assertThat(page.locator("main").textContent()).contains("Không có lỗi nào như vậy");
    }

    @Test
    void all_that_matches_is_a_table_for_spreadsheets_without_words_and_without_formulas() throws Exception {
        injected.hub()
                .bean(Journal.class)
                .park(
                        new Inbound("test", "formula", "=cmd|' /C calc'!A0", JsonNodeFactory.instance.objectNode()),
                        new Fault("+formula", new Text("=1+1", "=1+1"), new Text("@x", "@x")));
        Http.Answer table = Http.get(injected.hub().at("/api/ops/v1/failures/messages.csv"), OPERATOR);
        assertThat(table.status()).isEqualTo(200);
        assertThat(table.text())
                .startsWith("\uFEFF\"Dừng lúc\";")
                .doesNotContain("Lê Thị Mẫu", "0900000001", "Nguyễn Văn A");
        try (MappingIterator<List<String>> rows = new CsvMapper()
                .readerForListOf(String.class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .with(CsvSchema.emptySchema().withColumnSeparator(';'))
                .readValues(table.text())) {
            List<List<String>> all = rows.readAll();
            assertThat(all.size() - 1)
                    .isEqualTo(injected.hub()
                            .db()
                            .sql("select count(*) from message where last_fault is not null")
                            .query(Integer.class)
                            .single());
            assertThat(all)
                    .allSatisfy(
                            row -> assertThat(row).hasSize(15).noneMatch(cell -> cell.matches("(?s)[=+@\\t\\r-].*")));
            assertThat(all).anySatisfy(row -> assertThat(row).contains("'=cmd|' /C calc'!A0", "'+formula", "'=1+1"));
        }
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(at("?kind=agency.transfer"));
        Download download =
                page.waitForDownload(() -> page.getByText("Tải bảng CSV").click());
        assertThat(Files.readString(download.path())).contains("same-agency").doesNotContain("commune-ended");
    }

    /** Nothing of it is a message: it was answered, and would be nowhere. */
    @Test
    void what_a_door_did_not_take_is_counted_by_partner_and_code_and_explained() throws Exception {
        Map<String, String> portal = new HashMap<>(Http.bearer(Http.form(
                        injected.hub().at("/oauth2/token"),
                        Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText()));
        for (int i = 0; i < 10; i++) {
            portal.put("Idempotency-Key", "new-form-" + i);
            assertThat(Http.post(injected.hub().at("/api/portal/v1/requests"), portal, Map.of("citizen", "Lê Thị Mẫu"))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(Http.send("POST", injected.hub().at("/api/portal/v1/requests"), portal, "{")
                        .status())
                .isBetween(400, 499);
        // These answer 201 and 500.
        assertThat(Http.post(
                                injected.hub().at("/ngsp/apiVNPostNGSP/p1.0/order/post"),
                                Http.bearer(Http.form(
                                                injected.hub().at("/ngsp/token"),
                                                Http.basic("sandbox-key", "sandbox-secret"),
                                                "grant_type=client_credentials")
                                        .ok()
                                        .path("access_token")
                                        .asText()),
                                Map.of())
                        .status())
                .isEqualTo(201);
        assertThat(Agency.province(injected.hub().at("/"))
                        .says(Agency.request("confirmReceipt", Agency.newRequestId(), ""))
                        .status())
                .isEqualTo(500);
        for (int i = 0; i < 3; i++) {
            stranger("/api/portal/v1/requests");
            stranger("/api/portal/v1/dossiers/cancellation");
        }

        await().until(() ->
                refused("?partner=dvcqg&code=schema").at("/0/refusal/count").asInt() >= 10);
        JsonNode schema = refused("?partner=dvcqg&code=schema");
        assertThat(schema).hasSize(1);
        assertThat(schema.at("/0/explanation/whose").asText()).isEqualTo("PORTAL");
        assertThat(schema.at("/0/explanation/known").asBoolean()).isTrue();
        assertThat(schema.at("/0/refusal/kind").asText()).isEqualTo("portal.request");
        assertThat(schema.at("/0/refusal/count").asInt()).isEqualTo(10);
        assertThat(schema.at("/0/refusal/lastHour").asInt()).isEqualTo(10);
        await().until(() -> refused("?partner=dvcqg&kind=portal").size() == 1);
        await().until(() -> !refused("?partner=qti-tthcc").isEmpty());
        await().until(() -> !refused("?partner=trung-tam-hcc&code=schema").isEmpty());
        await().until(() ->
                refused("?partner=unknown&kind=portal").at("/0/refusal/count").asInt() >= 6);
        assertThat(refused("?partner=unknown&kind=portal"))
                .as("of strangers one row, whatever they ask for")
                .hasSize(1);
        assertThat(refused("?partner=dvcqg&until=2026-01-01")).isEmpty();
        assertThat(refused("?partner=dvcqg&state=PARKED")).isEmpty();
        assertThat(injected.hub()
                        .db()
                        .sql("select count(*) from refusal where partner = 'dvcqg' and code = 'schema'")
                        .query(Integer.class)
                        .single())
                .as("rows do not grow with what comes")
                .isLessThanOrEqualTo(3);

        assertThat(Http.get(injected.hub().at("/api/ops/v1/failures/refused.csv?partner=dvcqg"), OPERATOR)
                        .text())
                .startsWith("\uFEFF\"Gần nhất\";")
                .contains(";\"portal.request\";schema;")
                .doesNotContain("Lê Thị Mẫu", ";unknown;");
        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(at("?partner=dvcqg"));
        Browser.isAccessible(page);
        Browser.picture(page, "failures-refused");
        Locator shown = page.locator("article[data-refused=schema]");
        assertThat(shown.textContent()).contains("cổng dịch vụ công", "10 lần, trong đó 10 lần trong giờ qua");
        shown.locator("a.button").click();
        page.waitForURL(Pattern.compile(".*code=schema.*"));
        assertThat(page.locator("article[data-refused]").count()).isEqualTo(1);
        page.navigate(at("?lang=en&partner=unknown"));
        Browser.isAccessible(page);
        assertThat(page.locator("#live").textContent())
                .contains("Refused at the door", "nobody was proven")
                .doesNotContain("??");
    }

    private static void stranger(String path) {
        assertThat(Http.post(injected.hub().at(path), Map.of(), Map.of()).status())
                .isEqualTo(401);
    }

    private static JsonNode refused(String query) {
        return get(query).path("refused");
    }

    @Test
    void who_may_not_see_a_partner_sees_nothing_of_its_failures() {
        stranger("/api/portal/v1/requests");
        await().until(() -> !refused("").isEmpty());
        Map<String, String> administrator = Http.basic("quan-tri", "quan-tri-sandbox");
        JsonNode made = Http.post(
                        injected.hub().at("/api/ops/v1/people"),
                        administrator,
                        Map.of(
                                "name", "chi-emc",
                                "role", "OPERATOR",
                                "password", "mot-mat-khau-du-dai",
                                "reason", "thử"))
                .ok();
        assertThat(made.isMissingNode()).isFalse();
        Http.post(
                        injected.hub().at("/api/ops/v1/people/chi-emc/rights"),
                        administrator,
                        Map.of("rights", "SEE@emc-400 SEE@closed-port", "reason", "thử"))
                .ok();
        injected.hub()
                .db()
                .sql("update account set one_time = false where name = 'chi-emc'")
                .update();
        Map<String, String> narrow = Http.basic("chi-emc", "mot-mat-khau-du-dai");

        JsonNode seen =
                Http.get(injected.hub().at("/api/ops/v1/failures"), narrow).ok();
        assertThat(seen.findValuesAsText("partner")).containsOnly("emc-400", "closed-port");
        assertThat(seen.path("refused")).isEmpty();
        assertThat(Http.get(injected.hub().at("/api/ops/v1/failures?partner=dvcqg-code"), narrow)
                        .ok()
                        .path("groups"))
                .isEmpty();
        assertThat(Http.get(injected.hub().at("/api/ops/v1/failures/messages.csv"), narrow)
                        .text()
                        .lines())
                .hasSize(2);
        assertThat(Http.get(injected.hub().at("/api/ops/v1/failures"), Http.basic("buu-ta", "buu-ta-sandbox"))
                        .status())
                .isEqualTo(403);
    }

    private static List<String> codes(String query) {
        return get(query).path("groups").findValuesAsText("code").stream()
                .distinct()
                .toList();
    }

    private static String message(String partner) {
        return get("/messages?state=PARKED&partner=" + partner)
                .at("/messages/0/message/id")
                .asText();
    }

    private static String at(String query) {
        return injected.hub().at("/console/failures" + query).toString();
    }

    private static Page signedIn(String name, int width) {
        Page page = browser.page(width);
        page.navigate(injected.hub().at("/login").toString());
        page.getByLabel("Tên đăng nhập").fill(name);
        page.getByLabel("Mật khẩu").fill(name + "-sandbox");
        page.locator("main button").click();
        return page;
    }

    /** What the interface says of it; missing when it says nothing. */
    private static JsonNode explanation(JsonNode standing, @Nullable Found found) {
        Map<String, String> of = Map.of("groups", "group", "held", "line", "unheard", "source", "ours", "fault");
        for (String which : of.keySet()) {
            for (JsonNode each : standing.path(which)) {
                JsonNode failed = each.path(of.get(which));
                if (found != null
                        && failed.path("partner").asText().equals(found.partner())
                        && failed.path("code").asText().equals(found.code())) {
                    return each.path("explanation");
                }
            }
        }
        return MissingNode.getInstance();
    }

    /** A code, and who failed with it. */
    private record Found(String code, String partner) {}

    /** What has failed by now, by the names of the faults. */
    private static Map<String, Found> found() {
        record Failed(String direction, String partner, String key, String code) {}
        List<Failed> failed = injected.hub().db().sql("""
                        select direction, partner, key, last_fault as code from message where state = 'PARKED'
                        union all
                        select 'LINE', partner, '', fault from line where state in ('HELD', 'PROBING', 'RESTING') and fault is not null
                        union all
                        select 'FEED', partner, '', fault from feed_outage
                        union all
                        select 'DROP', partner, '', fault from drop_outage where look like 'drop-in.%'
                        """).query(Failed.class).list();
        Map<String, Found> found = new HashMap<>();
        ours.findValuesAsText("code").forEach(code -> found.put(code, new Found(code, "")));
        for (Failed each : failed) {
            // A line is held at first by the one that is parked in the end.
            if (!each.direction().equals("IN")
                    && !(each.direction().equals("LINE") && PARKS.contains(each.partner()))) {
                found.put(each.partner(), new Found(each.code(), each.partner()));
            }
            if (each.direction().equals("IN")) {
                String name = KEYLESS.getOrDefault(each.partner() + " " + each.code(), each.key());
                found.put(name.replaceFirst("~.*", ""), new Found(each.code(), each.partner()));
            }
        }
        return found;
    }

    private static JsonNode get(String query) {
        return Http.get(injected.hub().at("/api/ops/v1/failures" + query), OPERATOR)
                .ok();
    }
}
