package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.ExtendedModelMap;
import vn.bocau.Browser;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.journal.Acts;
import vn.bocau.journal.Fault;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Lines;
import vn.bocau.journal.Outbound;
import vn.bocau.journal.Partners;
import vn.bocau.journal.Replay;
import vn.bocau.journal.Stretches;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.journey.Worker;
import vn.bocau.wire.http.OwnHub;

/** The operators' pages, as a person sees them: by day and by night, on a desk and on a phone. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsolePagesTest {

    private static final String CODE = "000.00.12.H50-261128-0042";
    private static final String NAME = "Lê Thị Mẫu";
    private static final String PHONE = "0900000001";
    private static final String STREET = "12 đường Mẫu";

    private static final Instant BEGAN = Instant.now();

    private static OwnHub hub;
    private static Browser browser;

    @BeforeAll
    static void start() {
        hub = new OwnHub(
                Map.of("bocau.mends.look", "100", "bocau.map.look", "200", "bocau.line.first-probe", "30s"),
                Partners.class);
        browser = new Browser();
        hub.bean("dialects", Partners.Ears.class).behave("dvcqg", s -> {
            throw new Refused(Refused.Ground.RULE, "dvcqg-refused", "", "Cổng không nhận.", "The portal refuses.");
        });
        String token = token();
        ObjectNode wish = Filed.both("19333");
        wish.withObject("/dossier").putArray("codes").addObject().put("code", CODE);
        Http.post(
                        hub.at("/api/portal/v1/requests"),
                        Map.of("Authorization", "Bearer " + token, "Idempotency-Key", "console-1"),
                        wish)
                .ok();
        String dossier = hub.db()
                .sql("select dossier from dossier_code where code = ?")
                .param(CODE)
                .query(String.class)
                .single();
        ObjectNode words = Http.JSON.createObjectNode();
        words.putObject("dossier").put("code", CODE);
        words.putObject("event").put("code", "COLLECTED").put("note", NAME + " " + PHONE);
        hub.bean(Journal.class).once(new Inbound("buu-ta", "scan-1", "scan.handling", words), () -> {
            hub.bean(Journal.class).tell(new Outbound("dvcqg", dossier, "progress", "told-1", CODE, words));
            return words;
        });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hub.db()
                                .sql("select count(*) from message where state = 'PARKED' and partner = 'dvcqg'")
                                .query(Long.class)
                                .single()
                        > 0);
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

    @Test
    void a_dossier_is_shown_to_whoever_may_see_a_partner_that_takes_part_in_it() {
        Map<String, String> elsewhere = mayOnly("nguoi-noi-khac", "SEE@webhook-portal");
        Map<String, String> here = mayOnly("nguoi-cua-cong", "SEE@dvcqg");
        String id = hub.db()
                .sql("select dossier::text from dossier_code where code = ?")
                .param(CODE)
                .query(String.class)
                .single();

        for (String page : List.of("dossiers/" + id, "epcis?dossier=" + CODE)) {
            assertThat(Http.get(hub.at("/api/ops/v1/" + page), here).status()).isEqualTo(200);
            Http.Answer refused = Http.get(hub.at("/api/ops/v1/" + page), elsewhere);
            assertThat(refused.status()).as(page).isEqualTo(404);
            assertThat(refused.json().path("code").asText()).isEqualTo("unknown-dossier");
        }
        for (String find : List.of(CODE, PHONE)) {
            assertThat(found(here, find))
                    .extracting(found -> found.path("id").asText())
                    .contains(id);
            assertThat(found(elsewhere, find)).isEmpty();
        }
        assertThat(owed(here)).contains(CODE);
        assertThat(owed(elsewhere)).isEmpty();
        assertThat(Http.get(hub.at("/api/ops/v1/handlings"), elsewhere).ok()).isEmpty();
    }

    /** "The portal shows nothing": there is no dossier to look into, and many that wait. */
    @Test
    void a_filing_that_was_parked_is_found_by_the_code_it_names_and_no_other_words() {
        String code = "000.00.12.H50-261128-HỎNG";
        ObjectNode filing = Filed.both("19333");
        filing.withObject("/dossier").putArray("codes").addObject().put("code", code);
        filing.put("note", NAME);
        hub.bean(Journal.class)
                .park(
                        new Inbound("dvcqg", "lens-parked", "portal.request", filing),
                        new Fault("commune-ended", new Text("Xã cũ.", "An old commune."), new Text("Sửa.", "Mend.")));
        String id = hub.db()
                .sql("select id::text from message where key = 'lens-parked'")
                .query(String.class)
                .single();
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");

        assertThat(parked(operator, code.toLowerCase(Locale.ROOT))).containsExactly(id);
        for (String other : List.of(NAME, "H50-261128", "Đơn đề nghị cấp lại")) {
            assertThat(parked(operator, other)).as(other).isEmpty();
        }
        assertThat(parked(mayOnly("khong-thay", "SEE@webhook-portal"), code)).isEmpty();
        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console/lens").toString());
        page.fill("#find", code);
        page.click("main button[type=submit]");
        assertThat(page.locator("main").textContent())
                .contains("Không có hồ sơ nào như vậy", "chờ người xử lý", "dvcqg", "Xã cũ.");
        looked(page, "lens-parked-" + Browser.PHONE);
        page.click("main a[href$='/console/messages/" + id + "']");
        assertThat(page.url()).endsWith(id);

        // Filed once more under another key, and right.
        Http.post(
                        hub.at("/api/portal/v1/requests"),
                        Map.of("Authorization", "Bearer " + token(), "Idempotency-Key", "lens-right"),
                        filing.without("note"))
                .ok();
        JsonNode journey = Http.get(hub.at("/api/ops/v1/dossiers/" + dossier(code)), operator)
                .ok();
        assertThat(journey.path("moments").findValuesAsText("message")).contains(id);
        assertThat(journey.at("/because/message").asText()).isNotEqualTo(id);
        hub.bean(vn.bocau.journal.Acts.class).discard(java.util.UUID.fromString(id), "truc-ca", "a test");
    }

    /** "Your message a1b2… was refused": a partner names it by our id, or by its own. */
    @Test
    void a_message_is_found_by_its_id_and_by_its_partner_s_key_by_who_may_see_its_partner() {
        String key = "lens-KEY/" + java.util.UUID.randomUUID();
        ObjectNode said = Http.JSON.createObjectNode().put("note", "x");
        for (String partner : List.of("dvcqg", "opencps")) {
            hub.bean(Journal.class)
                    .park(
                            new Inbound(partner, key, "portal.request", said),
                            new Fault(
                                    "commune-ended", new Text("Xã cũ.", "An old commune."), new Text("Sửa.", "Mend.")));
        }
        String id = hub.db()
                .sql("select id::text from message where partner = 'dvcqg' and key = ?")
                .param(key)
                .query(String.class)
                .single();
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");
        Map<String, String> narrow = mayOnly("khoa-khong-thay", "SEE@opencps");

        assertThat(parked(operator, id)).containsExactly(id);
        assertThat(parked(operator, " " + id.toUpperCase(Locale.ROOT))).containsExactly(id);
        assertThat(parked(narrow, id)).isEmpty();
        assertThat(parked(operator, key)).hasSize(2).contains(id);
        assertThat(parked(narrow, key)).hasSize(1).doesNotContain(id);
        assertThat(parked(operator, key.toLowerCase(Locale.ROOT))).isEmpty();
        assertThat(parked(operator, "lens-KEY")).isEmpty();

        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console/lens").toString());
        page.fill("#find", id);
        page.click("main button[type=submit]");
        assertThat(page.url()).endsWith("/console/messages/" + id);
        page.navigate(hub.at("/console/lens").toString());
        page.fill("#find", key);
        page.click("main button[type=submit]");
        assertThat(page.locator("main").textContent())
                .contains("2 thông điệp mang mã này", "dvcqg", "opencps")
                .doesNotContain("Không có hồ sơ nào như vậy");
        looked(page, "lens-named-" + Browser.PHONE);
        hub.db()
                .sql("update message set state = 'DISCARDED', closed_at = now() where key = ?")
                .param(key)
                .update();
    }

    /** Who has left the directory still asks about what it sent; so does who holds a telephone of ours. */
    @Test
    void a_message_of_nobody_in_the_directory_is_found_by_its_key_too() {
        for (String partner : List.of("left-long-ago", "scan")) {
            String key = "lens-gone-" + partner;
            hub.bean(Journal.class)
                    .park(
                            new Inbound(
                                    partner,
                                    key,
                                    "portal.request",
                                    Http.JSON.createObjectNode().put("note", "x")),
                            new Fault("no-office", new Text("Sai.", "Wrong."), new Text("Sửa.", "Mend.")));

            assertThat(parked(Http.basic("truc-ca", "truc-ca-sandbox"), key)).hasSize(1);
            assertThat(parked(mayOnly("thay-" + partner, "SEE@" + partner), key))
                    .hasSize(1);
            assertThat(parked(mayOnly("khong-thay-" + partner, "SEE@opencps"), key))
                    .isEmpty();
            hub.db()
                    .sql("update message set state = 'DISCARDED', closed_at = now() where key = ?")
                    .param(key)
                    .update();
        }
    }

    /** Of what was sent, retried and given up: each answer of the partner, and who did what and why. */
    @Test
    void a_dossier_s_journey_shows_the_last_attempts_of_a_message_and_what_people_did_with_it() {
        String code = "000.00.12.H50-261128-LANTHU";
        ObjectNode filing = Filed.both("19333");
        filing.withObject("/dossier").putArray("codes").addObject().put("code", code);
        Http.post(
                        hub.at("/api/portal/v1/requests"),
                        Map.of("Authorization", "Bearer " + token(), "Idempotency-Key", "lens-tries"),
                        filing)
                .ok();
        String dossier = dossier(code);
        String id = java.util.UUID.randomUUID().toString();
        hub.db()
                .sql(
                        "insert into message (id, direction, partner, key, kind, message_group, body, state, attempts, fault,"
                                + " last_fault, reason_vi, reason_en, parked_at) values (?::uuid, 'OUT', 'nobody-carries', ?, 'progress', ?, '{}',"
                                + " 'PARKED', 7, 'webhook-refused', 'webhook-refused', 'Sai.', 'Wrong.', now())")
                .param(id)
                .param("tries-" + id)
                .param(dossier)
                .update();
        hub.db()
                .sql(
                        "insert into attempt (message, no, started_at, ended_at, outcome, detail) select seq, no, now(), now(),"
                                + " case no when 7 then 'REFUSED' else 'UNAVAILABLE' end, 'answer ' || no from message,"
                                + " generate_series(1, 7) no where id = ?::uuid")
                .param(id)
                .update();
        hub.bean(vn.bocau.journal.Acts.class).discard(java.util.UUID.fromString(id), "truc-ca", "cổng đã xóa");

        JsonNode journey = Http.get(hub.at("/api/ops/v1/dossiers/" + dossier), Http.basic("truc-ca", "truc-ca-sandbox"))
                .ok();
        JsonNode moment = null;
        for (JsonNode each : journey.path("moments")) {
            moment = each.path("message").asText().equals(id) ? each : moment;
        }
        assertThat(moment).isNotNull();
        assertThat(moment.path("tries").findValuesAsText("detail"))
                .containsExactly("answer 3", "answer 4", "answer 5", "answer 6", "answer 7");
        assertThat(moment.path("attempts").asInt()).isEqualTo(7);
        assertThat(moment.path("answer").asText()).isEqualTo("answer 7");
        assertThat(moment.at("/acts/0/what").asText()).isEqualTo("DISCARD");
        assertThat(moment.at("/acts/0/by").asText()).isEqualTo("truc-ca");
        assertThat(moment.at("/acts/0/reason").asText()).isEqualTo("cổng đã xóa");

        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console/dossiers/" + dossier).toString());
        assertThat(page.locator("main").textContent())
                .contains("answer 3", "Trước đó còn 2 lần", "đối tác vắng", "truc-ca", "cổng đã xóa")
                .doesNotContain("answer 2", "??");
        page.locator("main details summary").first().click();
        looked(page, "dossier-tries-" + Browser.PHONE);
        page.navigate(hub.at("/console/messages/" + id).toString());
        assertThat(page.locator("#attempts ~ .scroll").first().textContent()).contains("answer 1", "answer 7");
    }

    private static List<String> parked(Map<String, String> who, String find) {
        return Http.post(hub.at("/api/ops/v1/messages/find"), who, Map.of("find", find))
                .ok()
                .findValuesAsText("id");
    }

    private static JsonNode found(Map<String, String> who, String find) {
        return Http.post(hub.at("/api/ops/v1/dossiers/find"), who, Map.of("find", find))
                .ok();
    }

    private static List<String> owed(Map<String, String> who) {
        return Http.get(hub.at("/api/ops/v1/obligations?size=200"), who).ok().findValuesAsText("dossier");
    }

    private static Map<String, String> mayOnly(String name, String rights) {
        Map<String, String> administrator = Http.basic("quan-tri", "quan-tri-sandbox");
        Http.post(
                        hub.at("/api/ops/v1/people"),
                        administrator,
                        Map.of("name", name, "role", "OPERATOR", "password", "mot-mat-khau-du-dai", "reason", "thử"))
                .ok();
        Http.post(
                        hub.at("/api/ops/v1/people/" + name + "/rights"),
                        administrator,
                        Map.of("rights", rights, "reason", "thử"))
                .ok();
        hub.db()
                .sql("update account set one_time = false where name = ?")
                .param(name)
                .update();
        return Http.basic(name, "mot-mat-khau-du-dai");
    }

    @Test
    void a_dossier_is_found_by_its_citizens_telephone_number_and_nobody_s_name_is_on_the_way() {
        for (String find : List.of(PHONE, "+84 900 000 001", CODE, CODE.toLowerCase(Locale.ROOT))) {
            Page page = signedIn("truc-ca", Browser.DESKTOP);
            page.navigate(hub.at("/console/lens").toString());
            page.fill("#find", find);
            page.click("main button[type=submit]");

            assertThat(page.url()).matches(".*/console/dossiers/[0-9a-f-]{36}");
            assertThat(page.locator("main").textContent())
                    .contains(CODE, "portal.request", "chờ người xử lý", "Cổng không nhận.", "Xác nhận thu gom")
                    .doesNotContain(NAME, PHONE, STREET);
        }
        for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
            Page page = signedIn("truc-ca", width);
            page.navigate(hub.at("/console/lens").toString());
            looked(page, "lens-" + width);
            page.fill("#find", "0911111111");
            page.click("main button[type=submit]");
            assertThat(page.locator("main").textContent()).contains("Không có hồ sơ nào như vậy.");
            page.fill("#find", PHONE);
            page.click("main button[type=submit]");
            looked(page, "dossier-" + width);
        }
        assertThat(hub.db()
                        .sql(
                                "select count(*) from audit where what = 'FIND' and by = 'truc-ca' and detail = '{\"found\":1}'")
                        .query(Long.class)
                        .single())
                .isGreaterThanOrEqualTo(3);
        assertThat(hub.db()
                        .sql("select count(*) from audit where concat(target, detail, reason) like '%90000000%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void what_a_message_says_is_masked_until_somebody_breaks_the_glass_and_the_data_officer_sees_it() {
        String id = hub.db()
                .sql("select id from message where key = 'console-1'")
                .query(String.class)
                .single();
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(hub.at("/console/messages/" + id).toString());
        assertThat(page.locator("pre").textContent())
                .contains("\"filedOn\"", CODE, "•••", "19333")
                .doesNotContain(NAME, PHONE, STREET);
        looked(page, "message-" + Browser.DESKTOP);

        page.fill("#glass-reason", "công dân gọi, địa chỉ sai");
        page.click("button.danger");
        assertThat(page.locator("pre").textContent()).contains(NAME, PHONE, STREET);
        assertThat(page.locator("main").textContent()).contains("Đang hiện nguyên văn đến");

        Page other = signedIn("truong-ca", Browser.PHONE);
        other.navigate(hub.at("/console/messages/" + id).toString());
        assertThat(other.locator("pre").textContent()).doesNotContain(NAME, PHONE, STREET);
        looked(other, "message-" + Browser.PHONE);

        // The quarter of an hour ends while the page is open.
        hub.db()
                .sql("update break_glass set until = clock_timestamp() + interval '3 seconds' where by = 'truc-ca'")
                .update();
        page.reload();
        page.waitForSelector("main:has-text('Dữ liệu cá nhân đã được che')");
        assertThat(page.content()).doesNotContain(NAME, PHONE, STREET);

        assertThat(other.navigate(hub.at("/console/record").toString()).status())
                .isEqualTo(404);
        assertThat(hub.db()
                        .sql(
                                "select string_agg(distinct outcome || ' ' || target, ', ') from audit where by = 'truong-ca'"
                                        + " and what = 'VIEW' and (target = '/console/record' or target = :shown)")
                        .param("shown", "/console/messages/" + id)
                        .query(String.class)
                        .single())
                .isEqualTo("DONE /console/messages/" + id + ", REFUSED /console/record");

        Page administrator = signedIn("quan-tri", Browser.DESKTOP);
        administrator.navigate(hub.at("/console/record").toString());
        assertThat(administrator.locator("main").textContent()).contains("1 lần chưa ai xem xét", "công dân gọi");
        assertThat(administrator.locator("li.card form").count()).isZero();
        String opened = hub.db()
                .sql("select id from break_glass where seen_at is null")
                .query(String.class)
                .single();
        assertThat(Http.post(
                                hub.at("/api/ops/v1/audit/break-glass/" + opened + "/seen"),
                                Http.basic("quan-tri", "quan-tri-sandbox"),
                                Map.of("reason", "in somebody's place"))
                        .status())
                .isEqualTo(403);

        Page officer = signedIn("bao-ve-du-lieu", Browser.DESKTOP);
        officer.navigate(hub.at("/console/record").toString());
        assertThat(officer.locator("main").textContent())
                .contains("1 lần chưa ai xem xét", CODE, "công dân gọi", "BREAK_GLASS", "VIEW_CLEAR", "Bị từ chối")
                .doesNotContain(NAME, PHONE, STREET, "đối tác không nhận");
        looked(officer, "record-" + Browser.DESKTOP);
        officer.fill("li.card input[name=reason]", "hợp lý");
        officer.click("li.card button");
        assertThat(officer.locator("main").textContent()).contains("bao-ve-du-lieu đã xem xét lúc");
        Page small = signedIn("quan-tri", Browser.PHONE);
        small.navigate(hub.at("/console/record").toString());
        looked(small, "record-" + Browser.PHONE);
    }

    @Test
    void from_a_failure_and_from_its_message_one_comes_to_the_dossier() {
        String there = "/console/dossiers/" + dossier(CODE);
        String message = hub.db()
                .sql("select id::text from message where key = 'told-1'")
                .query(String.class)
                .single();
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        for (String from : List.of("/console/failures?partner=dvcqg", "/console/messages/" + message)) {
            page.navigate(hub.at(from).toString());
            page.click("main a[href='" + there + "'] >> nth=0");
            assertThat(page.url()).as(from).endsWith(there);
        }
        page.navigate(hub.at("/console/messages/" + message).toString());
        assertThat(page.locator("#attempts ~ .scroll").first().textContent())
                .contains("đối tác không nhận")
                .doesNotContain("REFUSED");
    }

    @Test
    void what_took_less_than_ten_milliseconds_is_told_in_milliseconds() {
        var clock = new ConsolePages.Clock();
        assertThat(List.of(clock.seconds(0.0), clock.seconds(0.0042), clock.seconds(0.01), clock.seconds(2.0)))
                .containsExactly("0.0 ms", "4.2 ms", "0.01 s", "2.00 s");
    }

    @Test
    void what_is_parked_after_a_group_was_counted_is_none_of_it() {
        park("counted-1", Http.JSON.createObjectNode(), "counted");
        park("counted-2", Http.JSON.createObjectNode(), "counted");
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(hub.at("/console/mends/new?code=counted").toString());
        assertThat(page.locator("main").textContent()).contains("Sẽ gửi lại 2 thông điệp");
        park("counted-3", Http.JSON.createObjectNode(), "counted");

        page.fill(
                "#notBefore",
                LocalDateTime.now(ConsolePages.VIETNAM).plusDays(1).toString().substring(0, 16));
        page.fill("#reason", "đã sửa");
        page.press("#reason", "Enter");
        page.waitForSelector("h1:has-text('đợt')");
        String mend = page.url().replaceFirst(".*/", "");
        assertThat(Http.get(hub.at("/api/ops/v1/mends/" + mend), Http.basic("truc-ca", "truc-ca-sandbox"))
                        .ok()
                        .path("total")
                        .asInt())
                .isEqualTo(2);

        // Nobody types why before being told that it will not be done.
        mayOnly("chi-xem", "SEE@*");
        Page looker = signedIn("chi-xem", "mot-mat-khau-du-dai", Browser.PHONE);
        looker.navigate(hub.at("/console/mends/" + mend).toString());
        assertThat(looker.locator("main").textContent()).contains("không có quyền RETRY với ubnd-dong-ha");
        assertThat(looker.locator("main form[method=post]").count()).isZero();
        looker.navigate(hub.at("/console/mends/new?code=counted").toString());
        assertThat(looker.locator("main").textContent())
                .contains("Sẽ gửi lại 1 thông điệp", "không có quyền RETRY với ubnd-dong-ha");
        assertThat(looker.locator("main form[method=post]").count()).isZero();
        looked(looker, "mend-may-not-" + Browser.PHONE);
        looker.navigate(hub.at("/console/mends").toString());
        assertThat(looker.locator("main").textContent())
                .contains("không có quyền RETRY với đối tác nào", "không có quyền DISCARD với đối tác nào");
        assertThat(looker.locator("a[href='/console/mends/new']").count()).isZero();
        looker.navigate(hub.at("/console/failures?code=counted").toString());
        assertThat(looker.locator("[data-code=counted]").textContent())
                .contains("không có quyền RETRY", "không có quyền DISCARD");
        assertThat(looker.locator("a:has-text('Sửa cả nhóm')").count()).isZero();
        assertThat(looker.locator("main .actions").last().textContent())
                .contains("không có quyền RETRY", "không có quyền DISCARD");

        mayOnly("cua-cong", "SEE@dvcqg RETRY@dvcqg");
        Page other = signedIn("cua-cong", "mot-mat-khau-du-dai", Browser.PHONE);
        other.navigate(hub.at("/console/mends/new").toString());
        assertThat(other.locator("main").textContent()).contains("của đối tác mà tài khoản này không được xem");
        other.navigate(hub.at("/console/mends/new?partner=dvcqg").toString());
        assertThat(other.locator("main form[method=post]").count()).isOne();
    }

    /** A node may be minutes ahead of the database: what is confirmed or accepted in these would be taken for earlier. */
    @Test
    void now_is_what_the_clock_says_that_messages_are_confirmed_and_accepted_by() {
        var who = new TestingAuthenticationToken("truc-ca", "", "RIGHT_SEE@*", "RIGHT_ADMINISTER@*");
        hub.db().sql("create schema behind").update();
        hub.db().sql("""
                        create function behind.clock_timestamp() returns timestamptz language sql
                        return pg_catalog.clock_timestamp() - interval '10 minutes'
                        """).update();
        try {
            hub.bean(TransactionTemplate.class).executeWithoutResult(t -> {
                hub.db()
                        .sql("set local search_path = behind, public, pg_catalog")
                        .update();
                Instant since = Instant.now().minus(Duration.ofHours(1));
                Instant late = Instant.now().minus(Duration.ofMinutes(9));

                Replay look = hub.bean(ReplayDesk.class).look(null, "emc", since.toString(), null, who, null);
                var page = new ExtendedModelMap();
                MendAsk none = new MendAsk(null, null, "x", null, null, null, null, null, null, null, null, null);
                hub.bean(MendsPage.class).ask(page, none, who, Locale.ENGLISH);

                assertThat(look.until()).isBefore(late);
                assertThat(page.getAttribute("ask"))
                        .isInstanceOfSatisfying(
                                MendAsk.class,
                                ask -> assertThat(Instant.parse(String.valueOf(ask.counted())))
                                        .isBefore(late));
                assertThatThrownBy(() -> hub.bean(ReplayDesk.class)
                                .look(null, "emc", since.toString(), late.toString(), who, null))
                        .isInstanceOfSatisfying(
                                Refused.class, r -> assertThat(r.code()).isEqualTo("replay-time"));
                t.setRollbackOnly();
            });
        } finally {
            hub.db().sql("drop schema behind cascade").update();
        }
    }

    @Test
    void from_a_failure_one_comes_to_its_message_and_gives_it_up_with_a_reason() {
        ObjectNode words = Http.JSON.createObjectNode();
        words.putObject("dossier").put("code", CODE);
        words.putObject("event").put("code", "COLLECTED");
        hub.bean(Journal.class).once(new Inbound("buu-ta", "scan-given-up", "scan.handling", words), () -> {
            hub.bean(Journal.class).tell(new Outbound("dvcqg", "given-up", "progress", "told-given-up", CODE, words));
            return words;
        });
        String which = "select id::text from message where key = 'told-given-up' and state = '%s'";
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hub.db()
                        .sql(which.formatted("PARKED"))
                        .query(String.class)
                        .optional()
                        .isPresent());
        String id = hub.db().sql(which.formatted("PARKED")).query(String.class).single();
        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console/failures?partner=dvcqg").toString());
        page.click("tr[data-id='" + id + "'] a");
        page.click("summary:has-text('Bỏ thông điệp này')");
        looked(page, "message-discard-" + Browser.PHONE);
        page.evaluate("document.querySelector('#discard-reason').removeAttribute('required')");
        page.click("details[open] button");
        assertThat(page.locator("[role=alert]").textContent()).contains("Hãy ghi lý do");
        page.click("summary:has-text('Bỏ thông điệp này')");
        page.fill("#discard-reason", "hồ sơ thử");
        page.click("details[open] button");

        assertThat(hub.db()
                        .sql(which.formatted("DISCARDED"))
                        .query(String.class)
                        .single())
                .isEqualTo(id);
        assertThat(page.locator("main").textContent()).contains("bỏ thông điệp", "hồ sơ thử");
        assertThat(page.locator("summary:has-text('Bỏ thông điệp này')").count())
                .isZero();
    }

    /** News come every few seconds: they wait for whoever is writing down why. */
    @Test
    void what_is_being_typed_is_not_taken_away_by_news() {
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(hub.at("/console").toString());
        page.click("tr:has-text('lgsp') summary");
        page.fill("#reason-lgsp", "nửa câu");
        hub.bean(Lines.class).pause("webhook-portal", "truc-ca", "tin mới");
        try {
            page.waitForSelector("#live[data-held]");
            assertThat(page.inputValue("#reason-lgsp")).isEqualTo("nửa câu");
            looked(page, "map-held-" + Browser.DESKTOP);

            page.click("tr:has-text('lgsp') summary");
            page.click("h1");
            page.waitForSelector("tr:has-text('webhook-portal'):has-text('tạm dừng')");
            page.waitForSelector("#live:not([data-held])");
        } finally {
            hub.bean(Lines.class).resume("webhook-portal", "truc-ca", "xong");
        }
        // And not once alone.
        page.waitForSelector("tr:has-text('webhook-portal') .tag.good");
        hub.bean(Lines.class).pause("webhook-portal", "truc-ca", "tin mới hơn");
        try {
            page.waitForSelector("tr:has-text('webhook-portal') .tag.warn");
        } finally {
            hub.bean(Lines.class).resume("webhook-portal", "truc-ca", "xong");
        }
    }

    /** The operator reads it out on the telephone while the post scans. */
    @Test
    void an_open_dossier_shows_what_happens_to_it_but_not_under_the_eyes_of_who_has_opened_a_part_of_it() {
        String code = "000.00.12.H50-261128-0501";
        String here = hub.at("/console/dossiers/" + filed(code)).toString();
        Page page = signedIn("truc-ca", Browser.PHONE);
        Page other = signedIn("truong-ca", Browser.DESKTOP);
        page.navigate(here);
        other.navigate(here);
        String collected = "#live code:text-is('COLLECTED')";
        assertThat(page.locator(collected).count()).isZero();
        new Worker(hub.at(""), "buu-ta").scans("COLLECTED", itemOf(code));
        page.waitForSelector(collected);
        page.waitForSelector("#live summary");
        looked(page, "dossier-live-" + Browser.PHONE);

        page.click("#live summary");
        ObjectNode of = Http.JSON.createObjectNode();
        of.withArray("/results").addObject().put("dossier", code);
        park("live-dossier", of);
        other.waitForSelector("#live tr:has-text('agency.dispatch')");
        assertThat(page.locator("#live details[open]").count()).isOne();
        assertThat(page.locator("#live tr:has-text('agency.dispatch')").count()).isZero();

        page.click("#live summary");
        page.click("h1");
        page.waitForSelector("#live tr:has-text('agency.dispatch')");
    }

    @Test
    void an_open_message_shows_what_becomes_of_it_but_not_to_who_is_typing() {
        park("live-message", Http.JSON.createObjectNode(), "live");
        UUID id = hub.db()
                .sql("select id from message where key = 'live-message'")
                .query(UUID.class)
                .single();
        Page page = signedIn("truc-ca", Browser.PHONE);
        Page other = signedIn("truong-ca", Browser.DESKTOP);
        for (Page each : List.of(page, other)) {
            each.navigate(hub.at("/console/messages/" + id).toString());
        }
        page.click("summary:has-text('Bỏ thông điệp này')");
        page.fill("#discard-reason", "nửa câu");
        hub.bean(Acts.class).discard(id, "truong-ca", "a test");

        other.waitForSelector("#live .tag:has-text('đã bỏ')");
        assertThat(other.locator("#live summary").count()).isZero();
        assertThat(other.locator("pre").textContent()).contains("{");
        looked(other, "message-live-" + Browser.DESKTOP);
        assertThat(page.inputValue("#discard-reason")).isEqualTo("nửa câu");
        assertThat(page.locator("#live .tag").first().textContent()).isEqualTo("chờ người xử lý");

        page.click("summary:has-text('Bỏ thông điệp này')");
        page.click("h1");
        page.waitForSelector("#live .tag:has-text('đã bỏ')");
    }

    private static String itemOf(String code) {
        return hub.db()
                .sql("select item from leg where dossier::text = ? and kind = 'PICKUP'")
                .param(dossier(code))
                .query(String.class)
                .single();
    }

    /** At night, or after a restart of the hub: an empty page would look like nothing to do. */
    @Test
    void an_open_page_of_somebody_who_is_signed_out_keeps_what_it_shows_and_says_how_to_go_on() {
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(hub.at("/console").toString());
        assertThat(page.locator("[data-signed-out]").count()).isZero();
        page.context().clearCookies();
        hub.bean(Lines.class).pause("webhook-portal", "truc-ca", "tin mới");
        try {
            page.waitForSelector("[role=alert]:has-text('Phiên làm việc đã hết')");
        } finally {
            hub.bean(Lines.class).resume("webhook-portal", "truc-ca", "xong");
        }
        assertThat(page.locator("#live").textContent()).contains("dvcqg", "10 portal-in");
        looked(page, "signed-out-" + Browser.DESKTOP);

        page.click("[data-signed-out] a");
        page.getByLabel("Tên đăng nhập").fill("truc-ca");
        page.getByLabel("Mật khẩu").fill("truc-ca-sandbox");
        page.locator("main button").click();
        assertThat(page.url()).matches(".*/console(\\?.*)?$");
        // What is still on its way holds nothing.
        page.waitForLoadState();
        assertThat(page.locator("[data-signed-out]").count()).isZero();
    }

    @Test
    void a_group_of_parked_messages_is_retried_from_a_page() {
        for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
            Page page = signedIn("truc-ca", width);
            page.navigate(hub.at("/console/mends/new?code=dvcqg-refused&partner=dvcqg")
                    .toString());
            looked(page, "mend-new-" + width);
        }
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(
                hub.at("/console/mends/new?code=dvcqg-refused&partner=dvcqg").toString());
        assertThat(page.locator("main").textContent()).containsPattern("Sẽ gửi lại \\d+ thông điệp");
        page.fill("#perMinute", "60000");
        page.evaluate("document.querySelector('#reason').removeAttribute('required')");
        page.click("form[method=post] button[type=submit]");
        assertThat(page.locator("[role=alert]").textContent()).contains("Hãy ghi lý do");
        page.fill("#reason", "cổng nói đã sửa");
        page.click("form[method=post] button[type=submit]");
        assertThat(page.url()).containsPattern("/console/mends/[0-9a-f-]{36}$");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            page.reload();
            assertThat(page.locator("#live").textContent()).contains("Tự dừng", "1/1");
        });
        looked(page, "mend-" + Browser.DESKTOP);
        String here = page.url();
        page.setViewportSize(Browser.PHONE, 640);
        page.navigate(here);
        looked(page, "mend-" + Browser.PHONE);
        page.navigate(hub.at("/console/mends").toString());
        looked(page, "mends-" + Browser.PHONE);
    }

    @Test
    void what_came_into_conflict_while_a_replay_ran_is_counted_apart_from_what_failed() {
        park("conflict-1", Http.JSON.createObjectNode(), "conflict");
        UUID mend = UUID.randomUUID();
        hub.db()
                .sql("insert into mend (id, sort, until, by, reason, per_minute, most_failed, state, ended_at)"
                        + " values (:id, 'REPLAY', now(), 'truc-ca', 'a test', 60, 10, 'DONE', clock_timestamp())")
                .param("id", mend)
                .update();
        hub.db()
                .sql("insert into mend_item (mend, message, no, state, fault)"
                        + " select :id, seq, 1, 'CONFLICT', 'heard-later' from message where key = 'conflict-1'")
                .param("id", mend)
                .update();

        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console/mends/" + mend + "?state=CONFLICT").toString());
        looked(page, "mend-conflict-" + Browser.PHONE);
        assertThat(page.locator("dt:has-text('Mâu thuẫn phát sinh') + dd").textContent())
                .startsWith("1 ")
                .contains("không phải là hỏng");
        assertThat(page.locator("dt:has-text('Lại hỏng') + dd").textContent()).isEqualTo("0");
        assertThat(page.locator("tbody").textContent()).contains("heard-later");
        page.getByText("English").click();
        assertThat(page.locator("dt:has-text('In conflict meanwhile') + dd").textContent())
                .startsWith("1 ");
        JsonNode seen = Http.get(hub.at("/api/ops/v1/mends/" + mend), Http.basic("truc-ca", "truc-ca-sandbox"))
                .ok();
        assertThat(seen.path("conflict").asInt() + " " + seen.path("failed").asInt())
                .isEqualTo("1 0");
    }

    @Test
    void what_a_mend_waits_for_is_named_on_its_page_and_one_step_away() {
        ObjectNode words = Http.JSON.createObjectNode();
        hub.bean(Journal.class).once(new Inbound("buu-ta", "waits", "scan.handling", words), () -> {
            for (String key : List.of("waits-first", "waits-after")) {
                hub.bean(Journal.class).tell(new Outbound("dvcqg", "waits", "progress", key, "HS-WAITS", words));
            }
            return words;
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> state("waits-first").equals("PARKED"));
        UUID mend = UUID.randomUUID();
        hub.db()
                .sql("insert into mend (id, by, reason, not_before, per_minute, most_failed)"
                        + " values (:id, 'truc-ca', 'a test', clock_timestamp() + interval '1 day', 60, 10)")
                .param("id", mend)
                .update();
        hub.db()
                .sql("insert into mend_item (mend, message, no, state, sent_at)"
                        + " select :id, seq, 1, 'SENT', clock_timestamp() from message where key = 'waits-after'")
                .param("id", mend)
                .update();

        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console/mends/" + mend).toString());
        looked(page, "mend-waits-" + Browser.PHONE);
        assertThat(page.locator("main").textContent())
                .contains("1 thông điệp đến đối tác dvcqg chưa gửi được", "Chưa gửi được: đứng sau")
                .doesNotContain("Đã gửi");
        hub.bean(Stretches.class).pause("mends", "truc-ca", "a test");
        page.waitForSelector(
                "#live:has-text('Đoạn mends (tạm dừng) chưa được cho chạy lại: 1 thông điệp của đợt này')");
        assertThat(page.locator("#live ul.note").textContent())
                .as("it is back in its line, which does not wait for it")
                .contains("đã trở lại hàng gửi mà kết quả chưa được ghi")
                .doesNotContain("chờ đoạn mends");
        looked(page, "mend-paused-" + Browser.PHONE);
        hub.bean(Stretches.class).resume("mends", "truc-ca", "a test");
        page.click("#live ul.note a");
        assertThat(page.locator("main").textContent()).contains("HS-WAITS", "dvcqg-refused");
        for (String key : List.of("waits-after", "waits-first")) {
            UUID id = hub.db()
                    .sql("select id from message where key = ?")
                    .param(key)
                    .query(UUID.class)
                    .single();
            hub.bean(Acts.class).discard(id, "truc-ca", "a test");
        }
        hub.db()
                .sql("update mend set state = 'CANCELLED', ended_at = clock_timestamp() where id = ?")
                .param(mend)
                .update();
    }

    private static String state(String key) {
        return hub.db()
                .sql("select state from message where key = ?")
                .param(key)
                .query(String.class)
                .single();
    }

    @Test
    void those_chosen_of_the_parked_are_retried_together_and_none_chosen_is_not_all() {
        for (int n = 0; n < 3; n++) {
            park("chosen-" + n, Http.JSON.createObjectNode(), "chosen");
        }
        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console/failures?code=chosen").toString());
        looked(page, "failures-choose-" + Browser.PHONE);
        page.getByText("Gửi lại những thông điệp đã chọn").click();
        assertThat(page.locator("[role=alert]").textContent()).contains("hãy chọn ít nhất một");
        assertThat(page.locator("main form[method=post]").count()).isZero();
        looked(page, "mend-none-chosen-" + Browser.PHONE);

        page.navigate(hub.at("/console/failures?code=chosen").toString());
        page.locator("tbody input[name=messages]").nth(0).check();
        page.locator("tbody input[name=messages]").nth(2).check();
        page.getByText("Gửi lại những thông điệp đã chọn").click();
        assertThat(page.locator("main").textContent()).contains("Sẽ gửi lại 2 thông điệp");
        page.fill("#reason", "đã sửa");
        page.press("#reason", "Enter");
        page.waitForSelector("h1:has-text('đợt')");
        String mend = page.url().replaceFirst(".*/", "");
        assertThat(hub.db()
                        .sql(
                                "select string_agg(m.key, ' ' order by m.key) from mend_item i join message m on m.seq = i.message"
                                        + " where i.mend = cast(? as uuid)")
                        .param(mend)
                        .query(String.class)
                        .single())
                .isEqualTo("chosen-0 chosen-2");

        page.navigate(hub.at("/console/failures?code=chosen").toString());
        String left = hub.db()
                .sql("select id::text from message where key = 'chosen-1'")
                .query(String.class)
                .single();
        page.locator("tr[data-id='" + left + "'] input").check();
        page.getByText("Bỏ những thông điệp đã chọn").click();
        assertThat(page.locator("main").textContent()).contains("Sẽ bỏ 1 thông điệp", "Không hoàn tác được");
        looked(page, "mend-discard-new-" + Browser.PHONE);
        page.fill("#reason", "không ai cần nữa");
        page.press("#reason", "Enter");
        page.waitForSelector("h1:has-text('đợt bỏ')");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            page.reload();
            assertThat(page.locator("#live [role=status]").textContent()).contains("Xong");
        });
        looked(page, "mend-discard-" + Browser.PHONE);
        assertThat(hub.db()
                        .sql("select count(*) from message where key like 'chosen-%' and state = 'DISCARDED'")
                        .query(Integer.class)
                        .single())
                .isOne();

        mayOnly("chi-nhin", "SEE@*");
        Page looker = signedIn("chi-nhin", "mot-mat-khau-du-dai", Browser.PHONE);
        looker.navigate(hub.at("/console/failures?code=chosen").toString());
        assertThat(looker.locator("tbody input[name=messages]").count()).isZero();
        assertThat(looker.locator("form:has(.failed)").textContent()).contains("không có quyền RETRY");
    }

    @Test
    void what_a_partner_has_lost_is_looked_at_and_told_again_from_a_page() {
        hub.bean(Journal.class)
                .once(new Inbound("buu-ta", "scan-lost", "scan.handling", Http.JSON.createObjectNode()), () -> {
                    hub.bean(Journal.class)
                            .tell(new Outbound(
                                    "lgsp", "lost", "progress", "lost-1", "HS-LOST", Http.JSON.createObjectNode()));
                    return Http.JSON.createObjectNode();
                });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hub.db()
                        .sql("select state = 'CONFIRMED' from message where key = 'lost-1'")
                        .query(Boolean.class)
                        .single());
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(hub.at("/console/replays").toString());
        page.selectOption("#partner", "lgsp");
        page.fill("#since", "2020-01-01T00:00");
        page.click("main button[type=submit]");
        assertThat(page.locator("[role=alert]").textContent()).contains("BOCAU_REPLAY_FURTHEST");
        page.fill(
                "#since",
                java.time.LocalDateTime.now(ConsolePages.VIETNAM)
                        .minusMinutes(5)
                        .truncatedTo(java.time.temporal.ChronoUnit.MINUTES)
                        .toString());
        page.click("main button[type=submit]");
        assertThat(page.url()).containsPattern("/console/replays/[0-9a-f-]{36}$");
        assertThat(page.locator("main").textContent()).contains("1 sẽ gửi lại, 0 đã có", "HS-LOST", "rồi mất");
        looked(page, "replay-" + Browser.DESKTOP);
        page.setViewportSize(Browser.PHONE, 640);
        looked(page, "replay-" + Browser.PHONE);
        String here = page.url();
        page.navigate(hub.at("/console/replays").toString());
        looked(page, "replays-" + Browser.PHONE);
        page.setViewportSize(Browser.DESKTOP, 800);
        looked(page, "replays-" + Browser.DESKTOP);
        page.navigate(here);
        page.fill("#reason", "đối tác quay về bản sao lưu");
        page.click("main form[method=post] button[type=submit]");
        assertThat(page.url()).containsPattern("/console/mends/[0-9a-f-]{36}$");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hub.bean("dialects", Partners.Ears.class)
                                .confirmed("lgsp")
                                .size()
                        == 2);
    }

    @Test
    void the_map_is_drawn_from_the_running_routes_and_a_partner_or_a_stretch_is_stopped_on_it() {
        for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
            Page page = signedIn("truc-ca", width);
            page.navigate(hub.at("/console").toString());
            looked(page, "map-" + width);
            assertThat(page.locator("svg.map").textContent())
                    .contains("10 portal-in", "19 track-in", "40 relay", "90 parked", "dvcqg", "opencps", "/phút")
                    .doesNotContain("/min");
            assertThat(page.locator("main").textContent()).contains("90 parked", "80 mend");
        }
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(hub.at("/console").toString());
        page.click("tr:has-text('opencps') summary");
        page.evaluate("document.querySelector('#reason-opencps').removeAttribute('required')");
        page.click("tr:has-text('opencps') form button");
        assertThat(page.locator("[role=alert]").textContent()).contains("Hãy ghi lý do");
        assertThat(hub.db()
                        .sql("select detail from audit where outcome = 'REFUSED' and what = 'PAUSE' and by = 'truc-ca'")
                        .query(String.class)
                        .single())
                .contains("\"code\":\"reason\"");
        page.click("tr:has-text('opencps') summary");
        page.fill("#reason-opencps", "đối tác bảo trì");
        page.click("tr:has-text('opencps') form button");
        assertThat(page.locator("tr:has-text('opencps')").textContent())
                .contains("tạm dừng", "truc-ca, ", ": đối tác bảo trì");

        assertThat(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"
                        + ".filter((id, n, all) => all.indexOf(id) !== n)"))
                .isEqualTo(List.of());
        page.click("tr:has-text('10 portal-in') summary");
        page.fill("#stretch-reason-10-portal-in", "chặn tra cứu");
        page.evaluate("document.querySelector(\"form:has(#stretch-reason-10-portal-in) [name=act]\").value = 'stop'");
        page.press("#stretch-reason-10-portal-in", "Enter");
        page.waitForSelector("[role=alert]:has-text('act: Phải là một trong [pause, resume]')");
        page.click("tr:has-text('10 portal-in') summary");
        page.selectOption("#stretch-10-portal-in", "portal-dossier");
        page.fill("#stretch-reason-10-portal-in", "chặn tra cứu");
        page.press("#stretch-reason-10-portal-in", "Enter");
        page.waitForSelector("tr:has-text('10 portal-in') p:has-text('chặn tra cứu')");
        String token = token();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Http.get(
                                        hub.at("/api/portal/v1/dossiers/" + CODE),
                                        Map.of("Authorization", "Bearer " + token))
                                .status())
                        .isEqualTo(503));
        hub.bean(Stretches.class).pause("relay-sweep", "truc-ca", "a test");
        page.navigate(hub.at("/console").toString());
        assertThat(page.locator("svg.map g:has-text('40 relay')").textContent()).contains("tạm dừng");
        assertThat(page.locator("svg.map g:has-text('80 mend')").textContent())
                .containsPattern("/phút · [0-9]+ đang đi qua");
        assertThat(page.locator("tr:has-text('74 samples') td:nth-child(2) span >> nth=0")
                        .textContent())
                .as("it has a clock, and that goes")
                .matches("[1-9][0-9]*");
        assertThat(page.locator("tr:has-text('90 parked') td:nth-child(4)").textContent())
                .as("nothing is counted there")
                .isEqualTo("–");
        assertThat(page.locator("tr:has-text('11 ngsp-in') td:nth-child(2)").textContent())
                .as("nothing came, and that is a number")
                .isEqualTo("0");
        hub.bean(Stretches.class).resume("relay-sweep", "truc-ca", "a test");
        page.navigate(hub.at("/console").toString());
        page.click("tr:has-text('10 portal-in') summary:has-text('Cho chạy lại')");
        page.fill("#resume-reason-10-portal-in-0", "xong");
        looked(page, "map-resume-" + Browser.DESKTOP);
        page.press("#resume-reason-10-portal-in-0", "Enter");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Http.get(
                                        hub.at("/api/portal/v1/dossiers/" + CODE),
                                        Map.of("Authorization", "Bearer " + token))
                                .status())
                        .isEqualTo(200));

        // What was just asked for went by this route.
        JsonNode now = Http.get(hub.at("/api/ops/v1/map"), Http.basic("truc-ca", "truc-ca-sandbox"))
                .ok();
        assertThat(now.path("files"))
                .flatExtracting(file -> List.copyOf(
                        Http.JSON.convertValue(file.path("stretches"), new TypeReference<List<JsonNode>>() {})))
                .anySatisfy(stretch -> {
                    assertThat(stretch.path("id").asText()).isEqualTo("portal-dossier");
                    assertThat(stretch.path("perMinute").asDouble()).isPositive();
                    assertThat(stretch.path("failed").isNumber()).isTrue();
                    assertThat(stretch.path("p50").asDouble()).isPositive();
                    assertThat(stretch.path("p95").asDouble())
                            .isGreaterThanOrEqualTo(stretch.path("p50").asDouble());
                });
        page.navigate(hub.at("/console").toString());
        page.click("tr:has-text('10 portal-in') summary");
        assertThat(page.locator("tr:has-text('10 portal-in')").textContent()).contains("0 đang đi qua; p50 / p95 ");

        hub.db().sql("delete from sample").update();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hub.db()
                                .sql("select count(*) from sample where stretch = 'line.dvcqg'")
                                .query(Long.class)
                                .single()
                        > 0);
        // Three weeks ago a stretch was paused that is not now, and a line did not run that does.
        hub.db()
                .sql("update sample set at = at - interval '21 days',"
                        + " runs = case stretch when 'line.dvcqg' then false else runs end")
                .update();
        assertThat(hub.db()
                        .sql("select by || ': ' || reason from sample where stretch = 'line.opencps' limit 1")
                        .query(String.class)
                        .single())
                .as("what is kept of a line that was paused")
                .isEqualTo("truc-ca: đối tác bảo trì");
        hub.db()
                .sql(
                        "insert into sample (at, stretch, partner, state, by, reason, since)"
                                + " select max(at), 'portal-cancel', '', 'PAUSED', 'truong-ca', 'bảo trì hôm ấy', max(at) from sample")
                .update();
        LocalDateTime then = hub.db()
                .sql("select max(at) at time zone 'Asia/Ho_Chi_Minh' from sample where by = 'truong-ca'")
                .query(LocalDateTime.class)
                .single();
        page.navigate(hub.at("/console").toString());
        page.fill("#day", then.toLocalDate().toString());
        page.evaluate(
                "value => { document.querySelector('#minute').value = value;"
                        + " document.querySelector('#minute').dispatchEvent(new Event('input')); }",
                then.getHour() * 60 + then.getMinute());
        assertThat(page.locator("#minute-said").textContent())
                .isEqualTo(then.toLocalTime().toString().substring(0, 5));
        page.click("form.filter button[type=submit]");
        // A page can be asked while the end of it has not come yet.
        page.waitForLoadState();
        assertThat(page.locator("svg.map").textContent()).contains("dvcqg");
        assertThat(page.locator("tr:has-text('10 portal-in')").textContent())
                .contains("portal-cancel", "bảo trì hôm ấy", "truong-ca");
        assertThat(page.locator("tr:has-text('opencps')").textContent()).contains("truc-ca, ", ": đối tác bảo trì");
        page.click("nav.pages a:has-text('5 phút sau')");
        page.waitForLoadState();
        assertThat(page.locator("svg.map").textContent()).contains("dvcqg");
        page.click("nav.pages a:has-text('1 giờ sau')");
        page.waitForLoadState();
        assertThat(page.locator("main").textContent()).contains("Không giữ số liệu nào của lúc ấy.");
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");
        JsonNode picture = Http.get(
                        hub.at("/api/ops/v1/map?at=" + then.toString().substring(0, 16)), operator)
                .ok();
        assertThat(picture.path("lines"))
                .anySatisfy(line -> assertThat(line.path("partner").asText() + line.path("runs"))
                        .isEqualTo("dvcqgfalse"));
        for (String wrong : List.of(
                "%2B300000-01-01T00:00:00Z",
                then.toLocalDate().minusDays(20).toString(), "yesterday", "1999-01-01T00:00:00Z")) {
            Http.Answer answer = Http.get(hub.at("/api/ops/v1/map?at=" + wrong), operator);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.text()).as(wrong).contains("\"field\":\"at\"");
        }
    }

    /** It has no line; what waits for it is all that tells whether it still comes. */
    @Test
    void the_map_shows_what_waits_for_a_partner_that_fetches_and_why_it_cannot_be_paused() {
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");
        Supplier<JsonNode> line = () -> StreamSupport.stream(
                        Http.get(hub.at("/api/ops/v1/map"), operator)
                                .ok()
                                .path("lines")
                                .spliterator(),
                        false)
                .filter(each -> each.path("partner").asText().equals("qti-tthcc"))
                .findFirst()
                .orElseThrow();
        assertThat(line.get().path("state").asText()).isEqualTo("FETCH");
        assertThat(line.get().path("depth").asInt()).isZero();
        hub.db()
                .sql("insert into message (id, direction, partner, key, kind, message_group, body, state, created_at)"
                        + " select gen_random_uuid(), 'OUT', 'qti-tthcc', 'unfetched-' || n, 'progress', 'unfetched', '{}', 'PENDING',"
                        + " clock_timestamp() - interval '5 hours' from generate_series(1, 3) n")
                .update();
        try {
            assertThat(line.get().path("state").asText()).isEqualTo("UNFETCHED");
            assertThat(line.get().path("depth").asInt()).isEqualTo(3);
            assertThat(line.get().path("oldest").asDouble()).isGreaterThanOrEqualTo(5 * 3600);
            Page page = signedIn("truc-ca", Browser.DESKTOP);
            page.navigate(hub.at("/console").toString());
            looked(page, "map-unfetched");
            assertThat(page.locator("svg.map g:has-text('qti-tthcc')").textContent())
                    .contains("qti-tthcc · lâu chưa đến lấy", "3 chờ");
            assertThat(page.locator("#line-qti-tthcc .tag.bad").textContent()).isEqualTo("lâu chưa đến lấy");
            assertThat(page.locator("#line-qti-tthcc").textContent())
                    .contains("Tự đến lấy: ta không gửi gì tới đó nên không có gì để dừng.");
            assertThat(page.locator("#line-qti-tthcc form").count()).isZero();

            hub.db()
                    .sql("insert into feed_asked (partner, singly_at) values ('qti-tthcc', clock_timestamp())"
                            + " on conflict (partner) do update set singly_at = excluded.singly_at, page_at = null")
                    .update();
            assertThat(line.get().path("state").asText())
                    .as("it asks for single orders alone")
                    .isEqualTo("FETCH");
            page.navigate(hub.at("/").toString());
            assertThat(page.locator("main").textContent()).doesNotContain("lâu chưa đến lấy");
        } finally {
            hub.db().sql("delete from feed_asked where partner = 'qti-tthcc'").update();
            hub.db()
                    .sql("delete from message where partner = 'qti-tthcc' and key like 'unfetched-%'")
                    .update();
        }
    }

    @Test
    void a_partner_that_is_held_is_tried_by_whoever_presses_enter_where_it_is_tried() {
        String line = "update line set state = ?, since = clock_timestamp(), turned_at = clock_timestamp(),"
                + " next_probe_at = clock_timestamp() + interval '1 minute' where partner = 'lgsp'";
        hub.db().sql(line).param("HELD").update();
        try {
            Page page = signedIn("truc-ca", Browser.PHONE);
            page.navigate(hub.at("/console").toString());
            page.click("#line-lgsp summary:has-text('Tạm dừng, hoặc thử ngay')");
            page.fill("#resume-reason-lgsp", "trục nói đã sửa");
            looked(page, "map-try-" + Browser.PHONE);
            page.press("#resume-reason-lgsp", "Enter");
            page.waitForSelector("#line-lgsp:not(:has(details[open]))");
            assertThat(hub.db()
                            .sql("select what from audit where target = 'lgsp' and reason = 'trục nói đã sửa'")
                            .query(String.class)
                            .list())
                    .containsExactly("RESUME");
        } finally {
            hub.db().sql(line).param("OPEN").update();
        }
    }

    @Test
    void the_ledger_adds_up_what_is_owed_is_told_and_an_open_page_renews_itself() {
        silent("OFFICE", "520100", "PICKUP", "office 520100", 3, 40);
        silent("PARTNER", "dvcqg", "portal.request", "partner dvcqg", 28, 120);
        silent("PARTNER", "dvcqg", "portal.change-address", "partner dvcqg", 5, 12);
        for (String office : List.of("521000", "522000", "522500", "523000")) {
            silent("OFFICE", office, "DELIVERY", "offices", 4, 60);
            silent("OFFICE", office, "PICKUP", "offices", 6, 15);
        }
        hub.db()
                .sql("update progress set due_at = clock_timestamp() + interval '30 minutes' where not closed")
                .update();
        for (int width : new int[] {Browser.PHONE, Browser.DESKTOP}) {
            Page page = signedIn("truc-ca", width);
            page.navigate(hub.at("/console/ledger").toString());
            looked(page, "ledger-" + width);
            assertThat(page.locator("main").textContent()).contains("Mọi ngày đều khớp", "dvcqg");
            page.navigate(hub.at("/console/obligations").toString());
            looked(page, "obligations-" + width);
            assertThat(page.locator("main").textContent())
                    .contains(CODE, "Xác nhận thu gom", "520100", "Sắp đến hạn", "bình thường 40 lượt")
                    .contains("Chưa có phát nào của 4 bưu cục (521000, 522000, 522500 …)", "Cũng im lặng: thu gom.");
            page.locator("#silences ~ article summary").first().click();
            looked(page, "silences-" + width);
            page.click("#owed ~ .scroll a:has-text('" + CODE + "') >> nth=0");
            assertThat(page.url()).endsWith("/console/dossiers/" + dossier(CODE));
            page.navigate(hub.at("/console/incidents").toString());
            looked(page, "incidents-" + width);
        }
        Page page = signedIn("truc-ca", Browser.DESKTOP);
        page.navigate(hub.at("/console/incidents?partner=webhook-portal").toString());
        assertThat(page.locator("main").textContent()).contains("Chưa có sự cố nào.");
        var partners = hub.bean("dialects", Partners.Ears.class);
        partners.behave("webhook-portal", s -> {
            throw new Unavailable("partner-error", "không trả lời", "no answer");
        });
        hub.db()
                .sql(
                        "insert into message (id, direction, partner, key, kind, message_group, body, state)"
                                + " values (gen_random_uuid(), 'OUT', 'webhook-portal', 'away', 'progress', 'away', '{}', 'PENDING')")
                .update();
        page.waitForSelector("#live:has-text('không trả lời')");
        assertThat(page.locator("#live").textContent()).contains("không trả lời", "đang kéo dài");
        page.click("tr:has-text('webhook-portal') summary");
        page.fill("#try-reason-webhook-portal", "cổng nói đã sửa");
        looked(page, "incident-try-" + Browser.DESKTOP);
        hub.bean(Lines.class).pause("webhook-portal", "ca-truoc", "không gửi trước 06:00");
        page.click("tr:has-text('webhook-portal') form button");
        page.waitForURL("**/console");
        assertThat(page.locator("[role=alert]").textContent())
                .as("what a colleague has done since is not undone unseen")
                .contains("trạng thái của đường này đã đổi");
        page.navigate(hub.at("/console/incidents?partner=webhook-portal").toString());
        looked(page, "incident-paused-" + Browser.DESKTOP);
        assertThat(page.locator("#live").textContent())
                .contains("ca-truoc đang tạm dừng đường này")
                .doesNotContain("Thử ngay");
        hub.bean(Lines.class).resume("webhook-portal", "ca-truoc", "xong");
        await().until(ConsolePagesTest::isHeld);
        page.navigate(hub.at("/console/incidents?partner=webhook-portal").toString());
        page.click("tr:has-text('webhook-portal') summary");
        page.fill("#try-reason-webhook-portal", "cổng nói đã sửa");
        page.click("tr:has-text('webhook-portal') form button");
        page.waitForURL("**/console");
        assertThat(hub.db()
                        .sql("select target from audit where what = 'RESUME' and reason = 'cổng nói đã sửa'")
                        .query(String.class)
                        .single())
                .isEqualTo("webhook-portal");
        page.navigate(hub.at("/console/incidents?partner=dvcqg").toString());
        assertThat(page.locator("main").textContent()).contains("dvcqg", "Chưa có sự cố nào.");
        page.navigate(hub.at("/console/incidents?partner=webhook-portal").toString());
        assertThat(page.locator("#live").textContent()).contains("không trả lời", "đang kéo dài");
        await().until(ConsolePagesTest::isHeld);
        partners.behave("webhook-portal", s -> "ok");
        hub.bean(Lines.class).resume("webhook-portal", "truc-ca", "thử lại");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hub.db()
                        .sql(
                                "select count(*) = 1 and bool_and(ended_at is not null) from incident where partner = 'webhook-portal'")
                        .query(Boolean.class)
                        .single());
    }

    /** And has just been tried. */
    private static boolean isHeld() {
        return hub.db()
                .sql(
                        "select state = 'HELD' and next_probe_at > clock_timestamp() from line where partner = 'webhook-portal'")
                .query(Boolean.class)
                .single();
    }

    private static void silent(String side, String source, String kind, String cause, int hoursAgo, int usual) {
        hub.db()
                .sql(
                        "insert into silence (side, source, kind, cause, since, usual, noticed_at) values (:side, :source, :kind, :cause,"
                                + " :since, :usual, clock_timestamp())")
                .param("side", side)
                .param("source", source)
                .param("kind", kind)
                .param("cause", cause)
                .param("since", Timestamp.from(BEGAN.minus(Duration.ofHours(hoursAgo))))
                .param("usual", usual)
                .update();
    }

    private static String token() {
        return Http.form(
                        hub.at("/oauth2/token"),
                        Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
    }

    /** What was typed may be a password, or a name: of what is no account nothing is kept. */
    @Test
    void who_came_in_and_which_account_was_tried_in_vain_is_in_the_record() {
        signedIn("truc-ca", Browser.DESKTOP);
        for (String name : List.of("truc-ca", "truc-ca", "Nguyễn Thị Thử")) {
            assertThat(Http.get(hub.at("/api/ops/v1/partners"), Http.basic(name, "không phải mật khẩu"))
                            .status())
                    .isEqualTo(401);
        }
        Page page = browser.page(Browser.DESKTOP);
        page.navigate(hub.at("/login").toString());
        page.getByLabel("Tên đăng nhập").fill("quan-tri");
        page.getByLabel("Mật khẩu").fill("không phải mật khẩu");
        page.locator("main button").click();

        assertThat(hub.db()
                        .sql(
                                "select distinct concat_ws(' ', by, outcome, kind, target, detail::jsonb ->> 'code') from audit"
                                        + " where what = 'SIGN_IN' and (outcome = 'REFUSED' or by = 'truc-ca')")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "truc-ca DONE ACCOUNT truc-ca",
                        "sign-in REFUSED ACCOUNT truc-ca wrong",
                        "sign-in REFUSED ACCOUNT quan-tri wrong",
                        "sign-in REFUSED ACCOUNT · wrong");
        assertThat(hub.db()
                        .sql("select distinct detail::jsonb ->> 'network' from audit where what = 'SIGN_IN'")
                        .query(String.class)
                        .list())
                .isSubsetOf("127.0.0.0/24", "0000:0000:0000:0000::/64");
        assertThat(hub.db()
                        .sql("select count(*) from audit where what = 'SIGN_IN' and outcome = 'REFUSED'"
                                + " and target = 'truc-ca'")
                        .query(Long.class)
                        .single())
                .as("in a minute")
                .isEqualTo(1);
    }

    /** An agency dispatches the results of a whole day at once. */
    @Test
    void a_message_about_two_dossiers_is_in_the_journey_of_each_and_says_why_its_status() {
        List<String> codes = List.of("000.00.12.H50-261128-0101", "000.00.12.H50-261128-0102");
        Map<String, String> ids = codes.stream().collect(Collectors.toMap(code -> code, ConsolePagesTest::filed));
        hub.db()
                .sql("update dossier set status = 9 where id::text in (:ids)")
                .param("ids", ids.values())
                .update();
        ObjectNode words = Http.JSON.createObjectNode();
        codes.forEach(code -> words.withArray("/results").addObject().put("dossier", code));
        hub.bean(Journal.class).once(new Inbound("ubnd-dong-ha", "of-two", "agency.dispatch", words), () -> {
            codes.forEach(code -> hub.bean(Journal.class)
                    .tell(new Outbound("opencps", ids.get(code), "progress", "of-two-" + code, code, words)));
            return words;
        });

        for (String id : ids.values()) {
            JsonNode journey = journey(id);
            assertThat(journey.at("/because/code").asText()).isEqualTo("agency.dispatch");
            assertThat(journey.path("moments").findValuesAsText("code"))
                    .containsOnlyOnce("agency.dispatch", "portal.request");
        }
    }

    @Test
    void a_journey_tells_how_long_a_leg_waits_why_a_handling_failed_or_is_doubted_and_what_proof_is_missing() {
        String id = filed("000.00.12.H50-261128-0301");
        hub.db()
                .sql("update leg set opened_at = clock_timestamp() - interval '70 hours',"
                        + " item = coalesce(item, 'RR' || lpad(no::text, 9, '7') || 'VN'), sender = sender - 'phone',"
                        + " receiver = receiver - 'phone' where dossier::text = ?")
                .param(id)
                .update();
        hub.db()
                .sql(
                        "update handling h set happened_at = l.opened_at from leg l where l.id = h.leg and l.dossier::text = ?")
                .param(id)
                .update();
        Instant ordered = Instant.parse(journey(id).at("/legs/0/openedAt").asText());
        assertThat(journey(id).at("/legs/0/waitingSince").asText()).isEqualTo(ordered.toString());
        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(hub.at("/console/dossiers/" + id).toString());
        assertThat(page.locator("main").textContent()).contains("đã chờ 70:0");

        String add =
                "insert into handling (id, leg, code, occurred_at, utc_offset, happened_at, device, device_seq, actor,"
                        + " source, reason, conflict, details) select gen_random_uuid(), l.id, ?, at, '+07:00', at, 'd', 1, 'buu-ta',"
                        + " 'scan', ?, ?, cast(? as jsonb) from leg l, lateral (select l.opened_at + cast(? as interval) as at) t"
                        + " where l.dossier::text = ? and l.no = 1";
        hub.db()
                .sql(add)
                .params("PICKUP_FAILED", "ABSENT", null, "{}", "2 hours", id)
                .update();
        hub.db()
                .sql(add)
                .params(
                        "DELIVERED",
                        null,
                        "delivered-twice",
                        "{\"signature\": \"a\", \"photos\": [\"b\"]}",
                        "3 hours",
                        id)
                .update();
        hub.db()
                .sql(
                        "update progress set rule = 'evidence-pending' where leg in (select id from leg where dossier::text = ?)")
                .param(id)
                .update();
        hub.db()
                .sql(
                        "insert into handling (id, item, code, occurred_at, utc_offset, happened_at, device, device_seq, actor,"
                                + " source, conflict) select gen_random_uuid(), l.item, 'FACILITY_IN', now(), '+07:00', now(), 'd', 2,"
                                + " 'buu-ta', 'scan', 'taken-back' from leg l where l.dossier::text = ? and l.no = 1")
                .param(id)
                .update();

        JsonNode journey = journey(id);
        assertThat(journey.path("moments").findValuesAsText("waited")).contains("PT2H", "PT1H");
        assertThat(journey.path("moments").findValuesAsText("conflict")).contains("delivered-twice", "taken-back");
        assertThat(journey.at("/legs/0/waitingSince").asText())
                .isEqualTo(ordered.plus(Duration.ofHours(3)).toString());
        page.reload();
        assertThat(page.locator("main").textContent())
                .contains("Bưu gửi đã được phát một lần rồi.", "chữ ký, ảnh đã về: 0/2", "đã chờ 67:0")
                .contains(
                        "Chưa đủ bằng chứng phát: chữ ký hoặc ảnh chưa về",
                        FailureReason.ABSENT.text().vi());
        looked(page, "dossier-doubted-" + Browser.PHONE);
        page.navigate(hub.at("/console/dossiers/" + id + "?lang=en").toString());
        assertThat(page.locator("main").textContent())
                .contains("The item was already delivered once.", "signatures and photos here: 0 of 2")
                .contains(FailureReason.ABSENT.text().en())
                .doesNotContain("??");
    }

    /** What the operators owe themselves ends by their word alone: without a place to say it, it is overdue for ever. */
    @Test
    void an_operator_says_on_the_list_or_on_the_dossier_how_what_was_lost_was_made_good_and_it_is_owed_no_more() {
        String one = lost("000.00.12.H50-261128-0401");
        String other = lost("000.00.12.H50-261128-0402");
        mayOnly("khong-giai-quyet", "SEE@*");
        Page narrow = signedIn("khong-giai-quyet", "mot-mat-khau-du-dai", Browser.PHONE);
        String list = hub.at("/console/obligations?ownerKind=OPERATOR").toString();
        for (String path : List.of(list, hub.at("/console/dossiers/" + one).toString())) {
            narrow.navigate(path);
            assertThat(narrow.locator("main").textContent()).contains("cần quyền ADMINISTER với mọi đối tác");
            assertThat(narrow.locator("form[action$='/settle']").count()).isZero();
            looked(narrow, "settle-may-not-" + Browser.PHONE);
        }

        Page page = signedIn("truc-ca", Browser.PHONE);
        page.navigate(list);
        String row = "#owed ~ .scroll tr:has-text('0401') ";
        page.click(row + "summary");
        looked(page, "settle-" + Browser.PHONE);
        page.evaluate("document.querySelectorAll('input[name=reason]').forEach(i => i.removeAttribute('required'))");
        page.click(row + "button");
        assertThat(page.locator("[role=alert]").textContent()).contains("Hãy ghi lý do");
        page.click(row + "summary");
        page.fill(row + "input[name=reason]", "đã đền bù, gửi lại giấy");
        page.click(row + "button");
        // Not while the answer is still on its way, when there is no row at all.
        page.waitForCondition(() -> page.locator(row + "summary").count() == 0
                && page.locator(row.replace("0401", "0402") + "summary").count() == 1);

        page.navigate(hub.at("/console/dossiers/" + other).toString());
        page.click("summary:has-text('Đã giải quyết xong')");
        looked(page, "settle-dossier-" + Browser.PHONE);
        page.fill("details[open] input[name=reason]", "đã xin lỗi");
        String leg = journey(other).at("/legs/0/id").asText();
        page.click("details[open] button");
        assertThat(page.url()).endsWith("/console/dossiers/" + other);
        page.waitForLoadState();
        assertThat(page.locator("form[action$='/settle']").count()).isZero();
        assertThat(page.locator("[role=alert]").count()).isZero();

        assertThat(Http.get(
                                hub.at("/api/ops/v1/obligations?ownerKind=OPERATOR"),
                                Http.basic("truc-ca", "truc-ca-sandbox"))
                        .ok())
                .isEmpty();
        assertThat(hub.db()
                        .sql(
                                "select reason from audit where what = 'SETTLE' and by = 'truc-ca' and outcome = 'DONE' order by seq")
                        .query(String.class)
                        .list())
                .containsExactly("đã đền bù, gửi lại giấy", "đã xin lỗi");
        assertThat(Http.post(
                                hub.at("/api/ops/v1/obligations/" + leg + "/settle"),
                                Http.basic("truc-ca", "truc-ca-sandbox"),
                                Map.of("reason", "twice"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("nothing-to-settle");
    }

    /** @return the dossier's id, whose papers were lost on their way and should have been made good an hour ago */
    private static String lost(String code) {
        String id = filed(code);
        String item = itemOf(code);
        new Worker(hub.at(""), "buu-ta").scans("COLLECTED", item);
        new Worker(hub.at(""), "to-truong").scans("LOST", item);
        hub.db()
                .sql("update progress set due_at = clock_timestamp() - interval '1 hour' where next_act = 'MAKE_GOOD'")
                .update();
        return id;
    }

    /** The operator types the dossier's code, and has to see what waits for them there. */
    @Test
    void what_is_parked_and_names_one_dossier_is_in_its_journey() {
        String one = "000.00.12.H50-261128-0201";
        String other = "000.00.12.H50-261128-0202";
        Map<String, String> ids = Map.of(one, filed(one), other, filed(other));
        ObjectNode of = Http.JSON.createObjectNode();
        of.withArray("/results").addObject().put("dossier", one);
        ObjectNode ofBoth = of.deepCopy();
        ofBoth.withArray("/results").addObject().put("dossier", other);
        JsonNode xml = Http.JSON
                .getNodeFactory()
                .textNode("<a:dispatchResults xmlns:a='urn:bocau:agency:v1'><a:result><a:dossier> " + other
                        + " </a:dossier></a:result></a:dispatchResults>");
        park("names-one", of);
        park("names-one-in-xml", xml);
        park("names-two", ofBoth);
        park("names-none", Http.JSON.createObjectNode().put("dossier", "khong-co\u0000"));

        ids.forEach((code, id) -> {
            assertThat(journey(id).path("moments").findValuesAsText("state"))
                    .filteredOn("PARKED"::equals)
                    .as("its own, and the one that names both")
                    .hasSize(2);
            Http.Answer found = Http.get(
                    hub.at("/api/ops/v1/messages?state=PARKED&subject=" + code),
                    Http.basic("truong-ca", "truong-ca-sandbox"));
            assertThat(found.ok().at("/messages/0/kind").asText()).isEqualTo("agency.dispatch");
        });
        hub.db()
                .sql("update dossier set created_at = created_at - interval '3 days' where id = cast(? as uuid)")
                .param(ids.get(one))
                .update();
        assertThat(Http.get(hub.at("/api/ops/v1/map"), Http.basic("truong-ca", "truong-ca-sandbox"))
                        .ok()
                        .path("files"))
                .filteredOn(file -> file.path("name").asText().equals("agency-in"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.path("oldestDossier").asDouble())
                            .isGreaterThan(Duration.ofDays(3).toSeconds());
                    assertThat(file.path("oldest").asDouble())
                            .isLessThan(Duration.ofDays(1).toSeconds());
                });
    }

    private static void park(String key, JsonNode words) {
        park(key, words, "schema");
    }

    private static void park(String key, JsonNode words, String code) {
        var said = new Text("Không nhận.", "Not taken.");
        hub.bean(Journal.class)
                .park(new Inbound("ubnd-dong-ha", key, "agency.dispatch", words), new Fault(code, said, said));
    }

    private static JsonNode journey(String id) {
        return Http.get(hub.at("/api/ops/v1/dossiers/" + id), Http.basic("truong-ca", "truong-ca-sandbox"))
                .ok();
    }

    /** @return its id */
    private static String filed(String code) {
        ObjectNode wish = Filed.both("19333");
        wish.withObject("/dossier").putArray("codes").addObject().put("code", code);
        Http.post(
                        hub.at("/api/portal/v1/requests"),
                        Map.of("Authorization", "Bearer " + token(), "Idempotency-Key", "filed-" + code),
                        wish)
                .ok();
        return dossier(code);
    }

    private static String dossier(String code) {
        return hub.db()
                .sql("select dossier::text from dossier_code where code = ?")
                .param(code)
                .query(String.class)
                .single();
    }

    /** The same by programs. */
    @Test
    void the_interface_says_the_same_masked() {
        Map<String, String> operator = Http.basic("truong-ca", "truong-ca-sandbox");
        JsonNode found = Http.post(hub.at("/api/ops/v1/dossiers/find"), operator, Map.of("find", PHONE))
                .ok();
        JsonNode journey = Http.get(
                        hub.at("/api/ops/v1/dossiers/" + found.at("/0/id").asText()), operator)
                .ok();
        assertThat(journey.at("/dossier/code").asText()).isEqualTo(CODE);
        assertThat(journey.at("/because/code").asText()).isEqualTo("portal.request");
        assertThat(journey.path("moments").findValuesAsText("code")).contains("portal.request", "progress");
        for (JsonNode moment : journey.path("moments")) {
            if (moment.path("message").isTextual()) {
                String content = Http.get(
                                hub.at("/api/ops/v1/messages/"
                                        + moment.path("message").asText() + "/content"),
                                operator)
                        .ok()
                        .toString();
                assertThat(content).contains("•••").doesNotContain(NAME, PHONE, STREET, "Mẫu");
            }
        }
        assertThat(Http.post(hub.at("/api/ops/v1/dossiers/find"), operator, Map.of("find", " "))
                        .status())
                .isEqualTo(400);
    }

    private static void looked(Page page, String name) {
        Browser.isAccessible(page);
        Browser.picture(page, "console-" + name);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        Browser.isLegible(page);
        Browser.picture(page, "console-" + name + "-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(page.content()).doesNotContain("??");
    }

    private static Page signedIn(String name, int width) {
        return signedIn(name, name + "-sandbox", width);
    }

    private static Page signedIn(String name, String password, int width) {
        Page page = browser.page(width);
        page.navigate(hub.at("/login").toString());
        page.getByLabel("Tên đăng nhập").fill(name);
        page.getByLabel("Mật khẩu").fill(password);
        page.locator("main button").click();
        return page;
    }
}
