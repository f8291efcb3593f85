package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.bocau.Browser;
import vn.bocau.code.Text;
import vn.bocau.journal.Lines;
import vn.bocau.journal.Stretches;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;

/** The page each role starts from, and the page for what is not there, as a person sees them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HomePageTest {

    private static final String LATE = "000.00.12.H50-261124-MUON1";
    private static final String OF_ANOTHER_AGENCY = "000.04.12.H50-261124-MUON2";

    private static OwnHub hub;
    private static Browser browser;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of());
        browser = new Browser();
        String token = Http.form(
                        hub.at("/oauth2/token"),
                        Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
        file(LATE, "000.00.12.H50", token);
        file(OF_ANOTHER_AGENCY, "000.04.12.H50", token);
        hub.db()
                .sql(
                        "insert into feed_outage (partner, fault, reason_vi, reason_en) values ('carrier-x', 'partner-error', 'trả lời 500', 'it answered 500')"
                                + " on conflict do nothing")
                .update();
        hub.db()
                .sql("update progress set due_at = clock_timestamp() - interval '1 hour'")
                .update();
        hub.db()
                .sql("insert into break_glass (id, by, scope, label, reason, until)"
                        + " values (gen_random_uuid(), 'truc-ca', 'x', 'x', 'công dân gọi', clock_timestamp())")
                .update();
        Http.post(
                        hub.at("/api/ops/v1/partners/dvcqg/pause"),
                        Http.basic("truc-ca", "truc-ca-sandbox"),
                        Map.of("reason", "bảo trì theo hẹn"))
                .ok();
    }

    private static void file(String code, String agency, String token) {
        ObjectNode wish = Filed.both("19333");
        wish.withObject("/dossier")
                .put("agency", agency)
                .putArray("codes")
                .addObject()
                .put("code", code);
        Http.post(
                        hub.at("/api/portal/v1/requests"),
                        Map.of("Authorization", "Bearer " + token, "Idempotency-Key", "home-" + code),
                        wish)
                .ok();
    }

    @AfterAll
    static void stop() {
        browser.close();
        hub.close();
    }

    @AfterEach
    void everybodyLeaves() {
        browser.everybodyLeaves();
    }

    @ParameterizedTest
    @CsvSource({
        "buu-ta, Bưu tá, 520100, Xác nhận thu gom",
        "to-truong, Tổ trưởng bưu cục, 520100, " + LATE,
        "can-bo, Cán bộ một cửa, 000.00.12.H50, " + LATE,
        "truc-ca, Trực vận hành, bảo trì theo hẹn, tạm dừng",
        "quan-tri, Quản trị, bảo trì theo hẹn, không nghe được",
        "bao-ve-du-lieu, Bảo vệ dữ liệu, Chưa ai xem xét1, Mở nhật ký"
    })
    void every_role_starts_from_a_page_of_its_own(String name, String role, String where, String work) {
        for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
            Page page = signedIn(name, width);
            Browser.picture(page, "home-" + name + "-" + width);
            Browser.isAccessible(page);

            assertThat(page.getByRole(AriaRole.MAIN).textContent()).contains(name, role, where, work);
            assertThat(page.content()).doesNotContain("??", "Lê Thị Mẫu", "0900000001");
            assertThat(page.locator("table:not(:has(caption))").count()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"bao-ve-du-lieu, /console/record, 1", "truc-ca, /console, 7", "quan-tri, /console, 8"})
    void the_console_offers_to_each_what_opens_for_them(String name, String door, int tabs) {
        Page page = signedIn(name, Browser.DESKTOP);
        page.click("main a.button[href='" + door + "']");

        Object offered = page.locator("nav.tabs a").evaluateAll("all => all.map(a => a.pathname)");

        assertThat((java.util.List<?>) offered).hasSize(tabs);
        for (Object path : (java.util.List<?>) offered) {
            assertThat(page.navigate(hub.at(path.toString()).toString()).status())
                    .as(path.toString())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_clerk_sees_the_own_agency_s_work_alone() {
        assertThat(signedIn("can-bo", Browser.DESKTOP).getByRole(AriaRole.MAIN).textContent())
                .contains(LATE)
                .doesNotContain(OF_ANOTHER_AGENCY);
    }

    @Test
    void a_message_whose_node_may_be_gone_is_told_with_the_time_it_is_taken_up_again() {
        hub.db().sql("""
                with carried as (
                    insert into message (id, direction, partner, key, kind, message_group, body, state, attempts, queued_at,
                        claimed_until)
                    values (gen_random_uuid(), 'OUT', 'opencps', 'carried', 'progress', 'g', '{}', 'QUEUED', 1,
                        clock_timestamp(), clock_timestamp() + interval '150 seconds')
                    returning seq)
                insert into attempt (message, no, started_at)
                select seq, 1, clock_timestamp() - interval '1 minute' from carried
                """).update();
        try {
            for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
                Page page = signedIn("truc-ca", width);
                Browser.picture(page, "home-carried-" + width);
                Browser.isAccessible(page);

                assertThat(page.locator("tr:has-text('opencps')").textContent())
                        .contains("gửi quá lâu")
                        .containsPattern(
                                "Một thông điệp đang được gửi từ .*; nếu máy đang gửi đã dừng thì sẽ gửi lại lúc ");
            }
        } finally {
            hub.db()
                    .sql("update message set state = 'DISCARDED' where key = 'carried'")
                    .update();
        }
        assertThat(signedIn("truc-ca", Browser.DESKTOP).content()).doesNotContain("nếu máy đang gửi đã dừng");
    }

    @ParameterizedTest
    @CsvSource({"buu-ta", "to-truong", "can-bo", "truc-ca", "quan-tri", "bao-ve-du-lieu"})
    void the_same_page_speaks_english_to_who_asks(String name) {
        Page page = signedIn(name, Browser.DESKTOP);

        page.getByText("English").click();

        Browser.picture(page, "home-" + name + "-english");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))
                        .textContent())
                .isEqualTo("Today");
        assertThat(page.content()).doesNotContain("??");
        Browser.isAccessible(page);
    }

    @Test
    void what_has_come_to_nothing_says_so() {
        Page page = signedIn("buu-ta-le-thuy", Browser.PHONE);

        assertThat(page.getByRole(AriaRole.MAIN).textContent()).contains("Không còn việc nào phải làm.");
        assertThat(page.locator("table").count()).isZero();
        Browser.isAccessible(page);
    }

    @Test
    void an_account_that_belongs_nowhere_is_told_whom_to_ask() {
        hub.db()
                .sql("insert into account (name, password, role) values ('moi', '{noop}moi-sandbox', 'POSTAL_WORKER')")
                .update();

        Page page = signedIn("moi", Browser.PHONE);

        assertThat(page.getByRole(AriaRole.MAIN).textContent()).contains("Hãy báo quản trị");
        Browser.isAccessible(page);
    }

    @Test
    void handlings_that_a_person_has_to_look_at_are_counted_for_each_place() {
        hub.db().sql("""
                        insert into handling (id, item, code, raw_code, occurred_at, utc_offset, happened_at, device, device_seq, actor, office, source, conflict)
                        values (gen_random_uuid(), 'RV000000005VN', 'DELIVERED', null, now(), '+07:00', now(), 'x', 1, 'buu-ta', '520100', 'buu-ta', 'unknown-item'),
                            (gen_random_uuid(), 'RV000000005VN', 'UNKNOWN', 'B7', now(), '+07:00', now(), 'x', 2, 'x', null, 'carrier-x', null),
                            (gen_random_uuid(), 'RV000000005VN', 'UNKNOWN', 'B9', now(), '+07:00', now(), 'x', 3, 'x', null, 'carrier-x', null),
                            (gen_random_uuid(), 'RV000000005VN', 'UNKNOWN', 'B7', now(), '+07:00', now(), 'x', 4, 'x', null, 'carrier-x', null)
                        """).update();

        for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
            Page page = signedIn("truc-ca", width);
            Browser.picture(page, "home-unseen-" + width);
            assertThat(page.locator("main dl.facts").allTextContents().toString())
                    .containsPattern("Thao tác cần người xem, 520100\\s*1")
                    .containsPattern("Thao tác cần người xem, carrier-x\\s*3");
            Browser.isAccessible(page);
        }

        Page page = signedIn("truc-ca", Browser.PHONE);
        page.click("dt:has-text('520100') + dd a");
        assertThat(page.locator("tbody tr").textContent())
                .contains("DELIVERED", "Chưa biết bưu gửi này", "Trưởng bưu cục 520100 xem");
        assertThat(page.locator("main details").count()).isZero();
        page.navigate(hub.at("/").toString());
        page.click("dt:has-text('carrier-x') + dd a");
        assertThat(page.locator("tbody tr").count()).isEqualTo(3);
        assertThat(page.locator("tbody").textContent()).contains("Mã này chưa ai dịch.", "B7", "B9");
        page.click("tr:has-text('B9') details:has(form[action$=leave]) summary");
        Browser.picture(page, "handlings-" + Browser.PHONE);
        Browser.isAccessible(page);
        page.fill("tr:has-text('B9') form[action$=leave] input[name=reason]", "không nói gì về tiến độ");
        page.click("tr:has-text('B9') form[action$=leave] button");
        assertThat(page.url()).endsWith("place=carrier-x");
        assertThat(page.locator("tbody tr").count()).isEqualTo(2);
        page.click("tbody tr:first-child details:has(form[action$=leave]) summary");
        page.check("tbody tr:first-child form[action$=leave] input[name=alike]");
        page.fill("tbody tr:first-child form[action$=leave] input[name=reason]", "không nói gì về tiến độ");
        page.click("tbody tr:first-child form[action$=leave] button");
        assertThat(page.locator("main").textContent()).contains("Không có thao tác nào cần xem.");
        page.navigate(hub.at("/console/handlings?lang=en").toString());
        assertThat(page.locator("main").textContent())
                .contains("The supervisor of office 520100")
                .doesNotContain("??");
        page.navigate(hub.at("/").toString());
        assertThat(page.locator("main dl.facts").allTextContents().toString())
                .contains("520100")
                .doesNotContain("carrier-x");
        assertThat(Http.post(
                                hub.at("/api/ops/v1/handlings/" + seen("520100") + "/leave"),
                                Http.basic("truc-ca", "truc-ca-sandbox"),
                                Map.of("reason", "x"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("for-supervisor");
        assertThat(Http.post(
                                hub.at("/api/ops/v1/handlings/" + seen("carrier-x") + "/leave"),
                                Http.basic("truc-ca", "truc-ca-sandbox"),
                                Map.of("reason", "x"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("looked-at");
    }

    /** The message that brought it is here as it came. */
    @Test
    void what_came_under_a_code_that_nobody_had_mapped_is_read_again_once_somebody_has() {
        String item = hub.db()
                .sql("update leg set carrier = 'carrier-x' where kind = 'PICKUP' and dossier ="
                        + " (select dossier from dossier_code where code = ?) returning item")
                .param(OF_ANOTHER_AGENCY)
                .query(String.class)
                .single();
        UUID id = UUID.randomUUID();
        Instant happened = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant heard = happened.plusMillis(1);
        hub.db()
                .sql("""
                        insert into message (id, direction, partner, key, kind, body, answer, state)
                        values (gen_random_uuid(), 'IN', 'carrier-x', 'unmapped', 'carrier.event', :body, :answer, 'RECEIVED')
                        """)
                .param(
                        "body",
                        "{\"OrderNumber\": \"%s\", \"StatusCode\": 4711, \"EventTime\": %d}"
                                .formatted(item, happened.toEpochMilli()))
                .param("answer", "{\"outcome\": \"RECORDED\", \"recordedAt\": \"" + heard + "\"}")
                .update();
        hub.db()
                .sql("""
                        insert into handling (id, leg, item, code, raw_code, occurred_at, utc_offset, happened_at, recorded_at, device,
                            device_seq, actor, source)
                        select :id, l.id, :item, 'UNKNOWN', '4711', :happened, '+07:00', :happened, :heard, 'carrier-x', 1, 'carrier-x',
                            'carrier-x' from leg l where l.item = :item
                        """)
                .param("id", id)
                .param("item", item)
                .param("happened", Timestamp.from(happened))
                .param("heard", Timestamp.from(heard))
                .update();
        assertThat(read(id)).as("nobody has mapped it yet").isEqualTo("still-unmapped");

        // Instead of the table of codes: from here on it says what the table knows.
        hub.db()
                .sql("update message set body = replace(body, ' 4711,', ' 11,') where key = 'unmapped'")
                .update();
        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console/handlings?place=carrier-x").toString());
        page.click("tr:has-text('4711') details:has(form[action$=read]) summary");
        Browser.picture(page, "handlings-read-" + Browser.PHONE);
        Browser.isAccessible(page);
        page.fill("tr:has-text('4711') form[action$=read] input[name=reason]", "đã dịch từ hôm nay");
        page.click("tr:has-text('4711') form[action$=read] button");

        assertThat(page.url()).endsWith("place=carrier-x");
        assertThat(page.locator("main").textContent()).doesNotContain("4711");
        assertThat(hub.db()
                        .sql("select h.code || ' ' || (h.leg = u.leg) || ' ' || (h.happened_at = u.happened_at) || ' '"
                                + " || coalesce(h.conflict, 'fits') from handling u join handling h on h.item = u.item and h.source = u.source"
                                + " where u.id = ? order by h.seq")
                        .param(id)
                        .query(String.class)
                        .list())
                .containsExactly("UNKNOWN true true fits", "COLLECTED true true fits");
        assertThat(read(id)).isEqualTo("nothing-to-read");
    }

    private static String read(UUID handling) {
        return Http.post(
                        hub.at("/api/ops/v1/handlings/" + handling + "/read"),
                        Http.basic("truc-ca", "truc-ca-sandbox"),
                        Map.of("reason", "x"))
                .json()
                .path("code")
                .asText();
    }

    private static String seen(String place) {
        return hub.db()
                .sql("select id::text from handling where coalesce(office, source) = ?"
                        + " and (conflict is not null or code = 'UNKNOWN') limit 1")
                .param(place)
                .query(String.class)
                .single();
    }

    @Test
    void a_mend_that_stopped_by_itself_is_told_where_one_lands() {
        UUID mend = UUID.randomUUID();
        hub.db().sql("""
                        with stuck as (
                            insert into message (id, direction, partner, key, kind, body, state, fault, reason_vi, reason_en)
                            values (gen_random_uuid(), 'IN', 'emc', 'stopped', 'x', '{}', 'PARKED', 'x', 'x', 'x') returning seq),
                        stopped as (
                            insert into mend (id, by, reason, per_minute, most_failed, state, ended_at, stopped_vi, stopped_en)
                            values (:id, 'truc-ca', 'x', 60, 10, 'STOPPED', clock_timestamp() + interval '1 ms',
                                '1/1 lại hỏng', '1/1 failed again'))
                        insert into mend_item (mend, message, no, state) select :id, seq, 1, 'FAILED' from stuck
                        """).param("id", mend).update();

        for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
            Page page = signedIn("truc-ca", width);
            Browser.picture(page, "home-stopped-" + width);
            Browser.isAccessible(page);
            assertThat(page.locator("dt:has-text('Đợt sửa tự dừng') + dd").textContent())
                    .contains("1/1 lại hỏng", "1 không do đợt này hoàn tất");
            page.click("dl.facts a[href='/console/mends/" + mend + "']");
            assertThat(page.locator("main").textContent()).contains("Tự dừng");
        }
        hub.db()
                .sql("update message set state = 'DISCARDED' where key = 'stopped'")
                .update();
        assertThat(signedIn("truc-ca", Browser.DESKTOP).content()).doesNotContain("Đợt sửa tự dừng");
    }

    /** The portal is answered 503 then, which is counted nowhere. */
    @Test
    void a_stretch_that_somebody_has_paused_is_told_where_one_lands_and_with_the_failures() {
        Stretches stretches = hub.bean(Stretches.class);
        stretches.pause("portal-request", "ca-truoc", "xem một việc");
        try {
            for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
                Page page = signedIn("truc-ca", width);
                Browser.picture(page, "home-paused-" + width);
                Browser.isAccessible(page);
                assertThat(page.locator("dt:has-text('Đoạn đang tạm dừng') + dd")
                                .textContent())
                        .contains("portal-request", "ca-truoc dừng từ", "xem một việc");

                page.navigate(hub.at("/console/failures").toString());
                Browser.isAccessible(page);
                assertThat(page.locator("#live").textContent())
                        .contains("portal-request", "line.dvcqg", "xem một việc");
            }
        } finally {
            stretches.resume("portal-request", "ca-truoc", "xong");
        }
        assertThat(signedIn("truc-ca", Browser.DESKTOP).content()).doesNotContain("Đoạn đang tạm dừng");
    }

    /** Nothing is held and nothing failed: on its line all is well. */
    @Test
    void a_feed_that_cannot_be_read_is_on_the_map() {
        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console").toString());
        assertThat(page.locator("#line-carrier-x .tag.bad").textContent()).isEqualTo("không nghe được");
        assertThat(page.locator("svg.map g:has-text('carrier-x')").textContent())
                .contains("carrier-x · không nghe được");
        assertThat(page.locator("svg.map g:has-text('carrier-x') rect").getAttribute("class"))
                .isEqualTo("bad");
        Browser.picture(page, "map-silent-" + Browser.PHONE);
        Browser.isAccessible(page);
        JsonNode lines = Http.get(hub.at("/api/ops/v1/map"), Http.basic("truc-ca", "truc-ca-sandbox"))
                .ok()
                .path("lines");
        assertThat(lines)
                .filteredOn(line -> line.path("partner").asText().equals("carrier-x"))
                .singleElement()
                .satisfies(line -> assertThat(line.at("/trouble/what").asText()).isEqualTo("SILENT"));
    }

    /** Opaque to us: with the day and a count unseparated it looks like a telephone number. */
    @Test
    void a_reason_may_name_a_dossier_that_is_known_whatever_its_code_looks_like() {
        String reason = "đang xem hồ sơ h50.12-2604150007.";
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");
        Http.Answer unknown = Http.post(hub.at("/api/ops/v1/partners/emc/pause"), operator, Map.of("reason", reason));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("code").asText()).isEqualTo("reason-names");

        hub.db()
                .sql("insert into dossier_code (code, dossier, no, system)"
                        + " select 'H50.12-2604150007', dossier, 9, system from dossier_code where code = ?")
                .param(LATE)
                .update();
        try {
            Http.post(hub.at("/api/ops/v1/partners/emc/pause"), operator, Map.of("reason", reason))
                    .ok();
            assertThat(Http.post(
                                    hub.at("/api/ops/v1/partners/emc/resume"),
                                    operator,
                                    Map.of("reason", reason + " Công dân gọi từ 0912 34 56 78"))
                            .json()
                            .path("code")
                            .asText())
                    .isEqualTo("reason-names");
        } finally {
            hub.bean(Lines.class).resume("emc", "truc-ca", "xong");
            hub.db()
                    .sql("delete from dossier_code where code = 'H50.12-2604150007'")
                    .update();
        }
    }

    @Test
    void every_link_of_the_operators_page_leads_somewhere() {
        Page page = signedIn("truc-ca", Browser.DESKTOP);

        for (Object link : (Iterable<?>) page.evaluate("Array.from(document.querySelectorAll('a'), a => a.href)")) {
            APIResponse answer = page.request().get(String.valueOf(link));
            assertThat(answer.status()).as(String.valueOf(link)).isEqualTo(200);
        }
    }

    @Test
    void the_operators_page_says_of_when_it_is_and_renews_itself() {
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        assertThat(page.locator("#live .stale").textContent()).contains("Số liệu lúc");

        hub.bean(Lines.class).pause("emc", "truc-ca", "họ xin một giờ");
        try {
            page.waitForSelector("#live tr:has-text('họ xin một giờ')");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            Browser.isLegible(page);
            Browser.picture(page, "home-operator-dark-" + Browser.DESKTOP);
        } finally {
            hub.bean(Lines.class).resume("emc", "truc-ca", "xong");
        }
    }

    @Test
    void an_unknown_page_is_not_found_in_both_languages() {
        Page page = signedIn("can-bo", Browser.PHONE);

        Response answer = page.navigate(hub.at("/khong-co").toString());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(page.locator("h1").textContent()).isEqualTo("Không tìm thấy");
        Browser.picture(page, "not-found");
        Browser.isAccessible(page);
        page.getByText("English").click();
        assertThat(page.locator("h1").textContent()).isEqualTo("Not found");
    }

    @Test
    void the_page_to_sign_in_has_an_icon_and_is_accessible() {
        Page page = browser.page(Browser.PHONE);
        page.navigate(hub.at("/login").toString());
        Browser.picture(page, "login");
        Browser.isAccessible(page);

        for (String icon : new String[] {"/favicon.ico", "/assets/icon.svg"}) {
            assertThat(Http.get(hub.at(icon), Map.of()).status()).as(icon).isEqualTo(200);
        }
    }

    @Test
    void both_languages_say_everything() throws Exception {
        assertThat(words("/messages_en.properties").keySet())
                .isEqualTo(words("/messages.properties").keySet());
    }

    /** Of two that are said under one name the second would be heard, and nobody would know. */
    private static Properties words(String file) throws Exception {
        var words = new Properties() {
            @Override
            public synchronized Object put(Object name, Object text) {
                assertThat(super.put(name, text))
                        .as(file + " says twice " + name)
                        .isNull();
                return text;
            }
        };
        words.load(HomePageTest.class.getResourceAsStream(file));
        return words;
    }

    private static Page signedIn(String name, int width) {
        Page page = browser.page(width);
        page.navigate(hub.at("/login").toString());
        page.getByLabel("Tên đăng nhập").fill(name);
        page.getByLabel("Mật khẩu").fill(name + "-sandbox");
        page.locator("main button").click();
        return page;
    }

    @Test
    void a_partner_that_has_left_the_directory_is_trouble_while_something_of_it_is_open() {
        var line = HomePage.Line.of(new LinesApi.Standing(
                "hue", "hue", null, null, null, null, null, null, new Text("đi", "left"), null, 3, 0, 0, 5));

        assertThat(line.state()).isEqualTo("GONE");
        assertThat(line.trouble()).isEqualTo(new Text("đi", "left"));
        assertThat(line.troubled()).isTrue();
    }

    @Test
    void a_carrier_that_is_not_heard_is_trouble_since_it_was_heard_last() {
        var open = new LinesApi.Way("OPEN", Instant.EPOCH, null, null, 0, null, 1);
        var feed = new LinesApi.Feed(
                "a", Instant.EPOCH, Instant.parse("2026-11-27T01:00:00Z"), new Text("trả lời 500", "answered 500"));
        var line = HomePage.Line.of(new LinesApi.Standing(
                "x", "Bưu chính X", "CARRIER", "PUSH", open, null, feed, null, null, null, 0, 0, 0, 0));

        assertThat(line.state()).isEqualTo("SILENT");
        assertThat(line.trouble()).isEqualTo(new Text("trả lời 500", "answered 500"));
        assertThat(line.since()).isEqualTo("27/11/2026 08:00");
        assertThat(line.troubled()).isTrue();
    }

    @Test
    void an_agency_whose_dropped_files_cannot_be_taken_is_trouble_since_then() {
        var drop = new LinesApi.Drop(Instant.parse("2026-11-27T01:00:00Z"), new Text("đĩa đầy", "the disk is full"));
        var line = HomePage.Line.of(
                new LinesApi.Standing("xa", "Xã", "AGENCY", "NONE", null, null, null, drop, null, null, 0, 0, 0, 0));

        assertThat(line.state()).isEqualTo("DROP");
        assertThat(line.trouble()).isEqualTo(new Text("đĩa đầy", "the disk is full"));
        assertThat(line.since()).isEqualTo("27/11/2026 08:00");
    }

    @Test
    void a_line_that_is_open_and_on_which_nothing_moves_is_trouble() {
        var open = new LinesApi.Way("OPEN", Instant.EPOCH, null, null, 0, null, 1);
        var line = HomePage.Line.of(new LinesApi.Standing(
                "x",
                "Cổng",
                "PORTAL",
                "PUSH",
                open,
                null,
                null,
                null,
                new Text("lỗi ở ta", "ours"),
                null,
                9,
                0,
                0,
                7200));

        assertThat(line.state()).isEqualTo("UNMOVED");
        assertThat(line.trouble()).isEqualTo(new Text("lỗi ở ta", "ours"));
        assertThat(line.troubled()).isTrue();
    }

    /** Nothing is carried to it, so no line of its is held: without this a week's backlog looks like one of an hour. */
    @Test
    void a_one_stop_that_has_not_fetched_for_hours_is_trouble() {
        String message =
                "insert into message (id, direction, partner, key, kind, message_group, body, state, created_at)"
                        + " values (gen_random_uuid(), 'OUT', 'qti-tthcc', 'unfetched-' || gen_random_uuid(), 'progress', 'unfetched', '{}', ?,"
                        + " clock_timestamp() - cast(? as interval))";
        try {
            hub.db().sql(message).param("QUEUED").param("3 hours").update();
            try (Page page = signedIn("truc-ca", Browser.DESKTOP)) {
                assertThat(page.locator("tr:has-text('qti-tthcc')").textContent())
                        .contains("tự đến lấy")
                        .doesNotContain("lâu chưa đến lấy");

                hub.db().sql(message).param("PENDING").param("5 hours").update();
                page.navigate(hub.at("/").toString());
                assertThat(page.locator("tr:has-text('qti-tthcc') .tag.bad").textContent())
                        .isEqualTo("lâu chưa đến lấy");
                assertThat(page.locator("tr:has-text('qti-tthcc')").textContent())
                        .contains("5 giờ", "chờ đã hơn 4 giờ mà đối tác không đến lấy");
                assertThat(page.locator("main").textContent()).doesNotContain("Không có gì.");
            }
        } finally {
            hub.db()
                    .sql("delete from message where partner = 'qti-tthcc' and message_group = 'unfetched'")
                    .update();
        }
    }

    @Test
    void a_one_stop_that_cannot_come_in_is_trouble() {
        var line = HomePage.Line.of(new LinesApi.Standing(
                "lt",
                "Một cửa",
                "ONE_STOP",
                "FETCH",
                null,
                null,
                null,
                null,
                null,
                new Text("không đọc được", "its secret cannot be read"),
                0,
                0,
                0,
                0));

        assertThat(line.trouble()).isEqualTo(new Text("không đọc được", "its secret cannot be read"));
        assertThat(line.troubled()).isTrue();
    }
}
