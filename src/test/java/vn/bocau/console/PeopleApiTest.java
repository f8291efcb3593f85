package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;
import vn.bocau.wire.http.Visitor;
import vn.bocau.wire.http.people.Accounts;
import vn.bocau.wire.http.people.Administrators;

/** Administrators let people in and out, and nobody else does; what was open before ends with the next request. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(OutputCaptureExtension.class)
class PeopleApiTest {

    private static final String FIRST = "giam-doc";
    private static final String PASSWORD = "Bốn từ không liên quan";
    private static final String OWN = "một câu chỉ mình tôi biết";
    private static final Map<String, String> ADMINISTRATOR = Http.basic(FIRST, PASSWORD);
    private static final Map<String, String> ANOTHER = Http.basic("quan-tri", "quan-tri-sandbox");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static OwnHub hub;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of("bocau.administrator.name", FIRST, "bocau.administrator.password", PASSWORD));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void no_incident_and_no_password_in_the_log(CapturedOutput log) {
        assertThat(log.getAll()).doesNotContain(" ERROR ", PASSWORD, OWN, "{bcrypt}");
    }

    // ---- who may ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"buu-ta", "to-truong", "can-bo", "truc-ca"})
    void nobody_but_an_administrator_reads_or_changes_anybody(String login) {
        JsonNode before = story(FIRST);

        for (Http.Answer refused : everything(Http.basic(login, login + "-sandbox"))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.json().path("code").asText()).isEqualTo("forbidden");
        }
        for (Http.Answer unknown : everything(Map.of())) {
            assertThat(unknown.status()).as(unknown.text()).isEqualTo(401);
        }

        assertThat(story(FIRST)).isEqualTo(before);
        assertThat(get("/crept-in", ADMINISTRATOR).status()).isEqualTo(404);
    }

    private static List<Http.Answer> everything(Map<String, String> who) {
        Map<String, Object> why = Map.of("reason", "x");
        return List.of(
                get("", who),
                get("/" + FIRST, who),
                post("", who, Map.of("name", "crept-in", "role", "ADMINISTRATOR", "reason", "x")),
                post("/" + FIRST + "/password", who, why),
                post("/" + FIRST + "/assignment", who, Map.of("role", "OPERATOR", "reason", "x")),
                post("/" + FIRST + "/disable", who, why),
                post("/" + FIRST + "/enable", who, why));
    }

    @Test
    void an_administrator_of_the_sandbox_may_too() {
        assertThat(get("", Http.basic("quan-tri", "quan-tri-sandbox")).status()).isEqualTo(200);
    }

    // ---- letting in -------------------------------------------------------------------------------------------

    @Test
    void who_is_added_gets_a_password_that_is_good_for_changing_it_and_nothing_more() throws Exception {
        String name = name();

        Http.Answer made = post("", ADMINISTRATOR, Map.of("name", name, "role", "OPERATOR", "reason", "ca đêm"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.whole().headers().firstValue("Location")).hasValue("/api/ops/v1/people/" + name);
        assertThat(made.whole().headers().firstValue("Cache-Control").orElse(""))
                .contains("no-store");
        assertThat(made.json().at("/account/oneTime").asBoolean()).isTrue();
        String password = made.json().path("oneTimePassword").asText();
        assertThat(password).matches("([a-z2-9]{4}-){3}[a-z2-9]{4}");
        Http.Answer early = Http.get(hub.at("/api/ops/v1/partners"), Http.basic(name, password));
        assertThat(early.status()).isEqualTo(403);
        assertThat(early.json().path("code").asText()).isEqualTo("password-expired");
        assertThat(early.json().path("detail").asText()).contains("/password");

        assertThat(changed(name, password, OWN).headers().firstValue("Location").orElse(""))
                .endsWith("/login?changed&lang=vi");

        assertThat(Http.get(hub.at("/api/ops/v1/partners"), Http.basic(name, password))
                        .status())
                .isEqualTo(401);
        assertThat(Http.get(hub.at("/api/ops/v1/partners"), Http.basic(name, OWN))
                        .status())
                .isEqualTo(200);
        assertThat(story(name).path("acts"))
                .extracting(
                        act -> act.path("by").asText() + " " + act.path("what").asText())
                .containsExactly(FIRST + " ADD", name + " SIGN_IN", name + " PASSWORD");
        assertThat(story(name).at("/acts/0/reason").asText()).isEqualTo("ca đêm");
    }

    /** Nothing is done for who could not read the answer: the password in it is shown once. */
    @Test
    void who_reads_no_JSON_adds_nobody() {
        String name = name();
        Map<String, String> reader = new HashMap<>(ADMINISTRATOR);
        reader.put("Accept", "application/xml");

        assertThat(post("", reader, Map.of("name", name, "role", "OPERATOR", "reason", "x"))
                        .status())
                .isEqualTo(406);

        assertThat(get("/" + name, ADMINISTRATOR).status()).isEqualTo(404);
    }

    @Test
    void two_are_never_given_the_same_password() {
        Map<String, Object> why = Map.of("reason", "x");
        String name = added("OPERATOR", null, null);

        assertThat(Stream.generate(() -> post("/" + name + "/password", ADMINISTRATOR, why)
                                .ok()
                                .path("oneTimePassword")
                                .asText())
                        .limit(5))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_password_the_administrator_chose_is_not_repeated_and_has_to_be_changed_too() {
        String name = name();

        Http.Answer made = post(
                "",
                ADMINISTRATOR,
                Map.of("name", name, "role", "OPERATOR", "password", "do quản trị chọn", "reason", "x"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text()).doesNotContain("do quản trị chọn");
        assertThat(made.json().path("oneTimePassword").isNull()).isTrue();
        assertThat(Http.get(hub.at("/api/ops/v1/partners"), Http.basic(name, "do quản trị chọn"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("password-expired");
    }

    @Test
    void a_phone_is_told_where_a_one_time_password_is_changed() throws Exception {
        String name = name();
        String password = post(
                        "",
                        ADMINISTRATOR,
                        Map.of("name", name, "role", "POSTAL_WORKER", "office", "520100", "reason", "x"))
                .ok()
                .path("oneTimePassword")
                .asText();

        Http.Answer early = phone(name, password);

        assertThat(early.status()).isEqualTo(403);
        assertThat(early.json().path("code").asText()).isEqualTo("password-expired");
        assertThat(early.json().path("detail").asText()).contains("/password");
        changed(name, password, OWN);
        assertThat(phone(name, OWN).ok().path("office").asText()).isEqualTo("520100");
    }

    @Test
    void the_same_name_twice_is_refused_also_at_the_same_time() {
        Map<String, Object> wish = Map.of("name", name(), "role", "OPERATOR", "reason", "x");

        List<Http.Answer> answers = both(() -> post("", ADMINISTRATOR, wish), () -> post("", ADMINISTRATOR, wish));

        assertThat(answers).extracting(Http.Answer::status).containsExactlyInAnyOrder(201, 409);
        assertThat(answers.stream().filter(a -> a.status() == 409))
                .allSatisfy(a -> assertThat(a.json().path("code").asText()).isEqualTo("person-exists"));
        assertThat(story(String.valueOf(wish.get("name"))).path("acts")).hasSize(1);
    }

    @Test
    void a_name_of_the_sandbox_is_taken_while_it_is_on_and_managed_nowhere() {
        Http.Answer refused = post("", ADMINISTRATOR, Map.of("name", "truc-ca", "role", "OPERATOR", "reason", "x"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo("sandbox-name");
        assertThat(post("/truc-ca/disable", ADMINISTRATOR, Map.of("reason", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(get("", ADMINISTRATOR).json().path("people").findValuesAsText("name"))
                .doesNotContain("truc-ca", "quan-tri");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "an, OPERATOR, -, -, -, /name",
                "An.Nguyen, OPERATOR, -, -, -, /name",
                ".an, OPERATOR, -, -, -, /name",
                "ân.nguyễn, OPERATOR, -, -, -, /name",
                "a:b, OPERATOR, -, -, -, /name",
                "-, OPERATOR, -, -, -, /name",
                "new.one, KING, -, -, -, /role",
                "new.one, -, -, -, -, /role",
                "new.one, POSTAL_WORKER, -, -, -, /office",
                "new.one, POSTAL_SUPERVISOR, 999999, -, -, /office",
                "new.one, POSTAL_WORKER, 520100, 000.00.12.H50, -, /agency",
                "new.one, AGENCY_CLERK, -, -, -, /agency",
                "new.one, AGENCY_CLERK, -, 000.00.00.X99, -, /agency",
                "new.one, AGENCY_CLERK, 520100, 000.00.12.H50, -, /office",
                "new.one, OPERATOR, 520100, -, -, /office",
                "new.one, ADMINISTRATOR, -, 000.00.12.H50, -, /agency",
                "new.one, OPERATOR, -, -, too short, /password",
                "new.one.and.only, OPERATOR, -, -, New.One.And.Only, /password"
            })
    void what_will_not_do_is_named(
            String name, String role, String office, String agency, String password, String field) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("name", name);
        wish.put("role", role);
        wish.put("office", office);
        wish.put("agency", agency);
        wish.put("password", password);
        wish.put("reason", "x");

        Http.Answer refused = post("", ADMINISTRATOR, wish);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().path("code").asText()).isEqualTo("account");
        assertThat(refused.json().path("flaws").findValuesAsText("field")).containsExactly(field);
        assertThat(count("select count(*) from account where name like 'new.one%'"))
                .isZero();
    }

    // ---- looking ----------------------------------------------------------------------------------------------

    @Test
    void people_are_listed_by_name_in_pages_and_never_with_a_hash() {
        List<String> made = new ArrayList<>();
        for (String end : List.of("_1", "-1", ".1", "11", "a1")) {
            made.add(post(
                            "",
                            ADMINISTRATOR,
                            Map.of(
                                    "name",
                                    "xem" + end,
                                    "role",
                                    "AGENCY_CLERK",
                                    "agency",
                                    "000.03.12.H50",
                                    "reason",
                                    "x"))
                    .ok()
                    .at("/account/name")
                    .asText());
        }
        made.sort(null);
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            Http.Answer page = get("?role=AGENCY_CLERK&agency=000.03.12.H50&size=2&after=" + after, ADMINISTRATOR);
            assertThat(page.text()).doesNotContain("{bcrypt}", "$2", "password");
            seen.addAll(page.json().path("people").findValuesAsText("name"));
            after = page.json().path("next").textValue();
        } while (after != null);

        assertThat(seen).isEqualTo(made);
        assertThat(get("?office=520100&agency=000.03.12.H50", ADMINISTRATOR)
                        .json()
                        .path("people"))
                .isEmpty();
        assertThat(get("/" + made.get(0), ADMINISTRATOR).text()).doesNotContain("{bcrypt}", "$2", "password");
    }

    // ---- what was open ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"disable", "password", "assignment"})
    void what_was_open_ends_with_the_next_request(String act) throws Exception {
        String name = ready("POSTAL_WORKER", "520100", null);
        Map<String, String> phone =
                Http.bearer(phone(name, OWN).ok().path("token").asText());
        var browser = new Visitor(hub);
        browser.signIn(name, OWN);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        assertThat(worklist(phone).status()).isEqualTo(200);
        Map<String, Object> body = new HashMap<>(Map.of("reason", "x"));
        if (act.equals("assignment")) {
            body.putAll(Map.of("role", "POSTAL_WORKER", "office", "511000"));
        }

        assertThat(post("/" + name + "/" + act, ADMINISTRATOR, body).status()).isEqualTo(200);

        Http.Answer ended = worklist(phone);
        assertThat(ended.status()).isEqualTo(401);
        assertThat(ended.json().path("code").asText()).isEqualTo("session-ended");
        HttpResponse<String> page = browser.get("/");
        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains("Tài khoản của bạn đã thay đổi", "<label for=\"username\">");
        if (act.equals("disable")) {
            assertThat(browser.signIn(name, OWN).body()).contains("Tài khoản này đã bị khóa");
            assertThat(phone(name, OWN).json().path("code").asText()).isEqualTo("account-disabled");
            assertThat(phone(name, "a guess").json().path("code").asText()).isEqualTo("unauthenticated");
            post("/" + name + "/enable", ADMINISTRATOR, Map.of("reason", "x")).ok();
            assertThat(worklist(phone).status()).as("what has ended stays so").isEqualTo(401);
            assertThat(browser.get("/").statusCode()).isNotEqualTo(200);
        }
        if (act.equals("assignment")) {
            assertThat(phone(name, OWN).ok().path("office").asText()).isEqualTo("511000");
            browser.signIn(name, OWN);
            assertThat(browser.get("/").body()).contains("511000");
        }
    }

    @Test
    void a_new_own_password_ends_what_was_open_under_the_old() throws Exception {
        String name = ready("POSTAL_WORKER", "520100", null);
        Map<String, String> phone =
                Http.bearer(phone(name, OWN).ok().path("token").asText());

        changed(name, OWN, OWN + " nữa");

        assertThat(worklist(phone).status()).isEqualTo(401);
        assertThat(phone(name, OWN + " nữa").status()).isEqualTo(200);
    }

    @Test
    void a_password_given_to_a_disabled_account_comes_with_what_it_still_needs() {
        String name = ready("OPERATOR", null, null);
        Map<String, Object> why = Map.of("reason", "x");
        post("/" + name + "/disable", ADMINISTRATOR, why).ok();

        assertThat(post("/" + name + "/password", ADMINISTRATOR, why)
                        .ok()
                        .at("/notice/en")
                        .asText())
                .contains("disabled", "/enable");
        post("/" + name + "/enable", ADMINISTRATOR, why).ok();
        assertThat(post("/" + name + "/password", ADMINISTRATOR, why).ok().get("notice"))
                .isEqualTo(com.fasterxml.jackson.databind.node.NullNode.getInstance());
    }

    @Test
    void a_lost_phone_is_known_as_lost_whatever_becomes_of_the_account() {
        String name = ready("POSTAL_WORKER", "520100", null);
        JsonNode session = phone(name, OWN).ok();
        hub.db()
                .sql("update device_session set revoked_at = clock_timestamp() where account = :name")
                .param("name", name)
                .update();

        post("/" + name + "/disable", ADMINISTRATOR, Map.of("reason", "mất máy"))
                .ok();

        assertThat(worklist(Http.bearer(session.path("token").asText()))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("device-revoked");
    }

    @Test
    void a_sandbox_phone_is_never_good_for_an_account_of_its_name() {
        phone("buu-ta", "buu-ta-sandbox").ok();

        assertThat(count("select count(*) from device_session where account = 'buu-ta' and epoch >= 0"))
                .isZero();
        assertThat(count("select count(*) from account where epoch < 0")).isZero();
    }

    @Test
    void rights_are_those_of_the_account_now_whoever_changed_it() throws Exception {
        String name = ready("POSTAL_WORKER", "520100", null);
        Map<String, String> phone =
                Http.bearer(phone(name, OWN).ok().path("token").asText());
        var browser = new Visitor(hub);
        browser.signIn(name, OWN);

        hub.db()
                .sql("update account set role = 'OPERATOR', office = null where name = :name")
                .param("name", name)
                .update();

        assertThat(worklist(phone).status()).isEqualTo(403);
        assertThat(browser.get("/").statusCode()).isEqualTo(401);
        assertThat(Http.get(hub.at("/api/ops/v1/partners"), Http.basic(name, OWN))
                        .status())
                .isEqualTo(200);
    }

    // ---- the last administrator -------------------------------------------------------------------------------

    @Test
    void the_last_administrator_stays_until_there_is_another() {
        Map<String, Object> demotion = Map.of("role", "OPERATOR", "reason", "x");
        for (Http.Answer refused : List.of(
                post("/" + FIRST + "/disable", ADMINISTRATOR, Map.of("reason", "x")),
                post("/" + FIRST + "/assignment", ANOTHER, demotion))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("code").asText()).isEqualTo("last-administrator");
        }
        assertThat(hub.bean(Administrators.class).any()).isTrue();

        String second = added("ADMINISTRATOR", null, null);
        post("/" + second + "/disable", ADMINISTRATOR, Map.of("reason", "x")).ok();
        assertThat(post("/" + FIRST + "/disable", ADMINISTRATOR, Map.of("reason", "x"))
                        .status())
                .as("one who is disabled is none")
                .isEqualTo(409);
        post("/" + second + "/enable", ADMINISTRATOR, Map.of("reason", "x")).ok();
        post("/" + second + "/assignment", ADMINISTRATOR, demotion).ok();
    }

    @ParameterizedTest
    @CsvSource({"disable, disable", "disable, assignment", "assignment, assignment"})
    void of_two_who_send_each_other_away_at_once_one_stays(String one, String other) {
        String second = ready("ADMINISTRATOR", null, null);
        List<CompletableFuture<Http.Answer>> asked = new ArrayList<>();
        // Both have begun before either can end.
        hub.bean(TransactionTemplate.class).executeWithoutResult(t -> {
            hub.db()
                    .sql("select name from account where role = 'ADMINISTRATOR' order by name for update")
                    .query(String.class)
                    .list();
            asked.add(CompletableFuture.supplyAsync(() -> post("/" + second + "/" + one, ADMINISTRATOR, away(one))));
            asked.add(CompletableFuture.supplyAsync(
                    () -> post("/" + FIRST + "/" + other, Http.basic(second, OWN), away(other))));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") >= 2);
        });

        List<Http.Answer> answers = asked.stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Http.Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(count("select count(*) from account where role = 'ADMINISTRATOR' and enabled"))
                .isEqualTo(1);
        backAgain(second);
    }

    private static Map<String, Object> away(String act) {
        return act.equals("disable") ? Map.of("reason", "x") : Map.of("role", "OPERATOR", "reason", "x");
    }

    /** As the other tests expect it: the first is the only one. */
    private static void backAgain(String second) {
        hub.db()
                .sql("update account set enabled = true, role = 'ADMINISTRATOR' where name = :name")
                .param("name", FIRST)
                .update();
        hub.db()
                .sql("update account set enabled = true, role = 'OPERATOR' where name = :name")
                .param("name", second)
                .update();
    }

    // ---- what the record says of it ----------------------------------------------------------------------------

    @Test
    void the_record_says_what_each_was_given_and_had_before() {
        String name = added("POSTAL_WORKER", "520100", null);
        post("/" + name + "/assignment", ADMINISTRATOR, Map.of("role", "OPERATOR", "reason", "x"))
                .ok();
        post("/" + name + "/rights", ADMINISTRATOR, Map.of("rights", "SEE@* RETRY@dvcqg", "reason", "x"))
                .ok();
        Map<String, Object> usual = new HashMap<>(Map.of("reason", "x"));
        usual.put("rights", null);
        post("/" + name + "/rights", ADMINISTRATOR, usual).ok();

        assertThat(Http.get(hub.at("/api/ops/v1/audit?kind=ACCOUNT&target=" + name), ADMINISTRATOR)
                        .ok()
                        .path("entries")
                        .findValuesAsText("detail"))
                .containsExactly(
                        "{\"before\":\"SEE@* RETRY@dvcqg\",\"now\":\"usual\"}",
                        "{\"before\":\"usual\",\"now\":\"SEE@* RETRY@dvcqg\"}",
                        "{\"before\":{\"role\":\"POSTAL_WORKER\",\"office\":\"520100\"},\"now\":{\"role\":\"OPERATOR\"}}",
                        "{\"now\":{\"role\":\"POSTAL_WORKER\",\"office\":\"520100\"}}");
    }

    @Test
    void nobody_grants_rights_to_himself() {
        String second = ready("ADMINISTRATOR", null, null);
        for (Http.Answer refused : List.of(
                post("/" + FIRST + "/rights", ADMINISTRATOR, Map.of("rights", "READ@* EDIT@*", "reason", "x")),
                post(
                        "/" + second + "/assignment",
                        Http.basic(second, OWN),
                        Map.of("role", "OPERATOR", "reason", "x")))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("code").asText()).isEqualTo("own-rights");
        }
        assertThat(story(FIRST).at("/person/rights").isNull()).isTrue();
        backAgain(second);
    }

    /** Two accounts of one person would else be the two who are needed to read and to edit. */
    @Test
    void whoever_gave_a_password_or_a_role_does_not_also_grant_to_read_and_edit() {
        String name = ready("OPERATOR", null, null);
        assertThat(may(name)).contains("RIGHT_RETRY@*").doesNotContain("RIGHT_READ@*", "RIGHT_EDIT@*");

        own(name, ADMINISTRATOR, "SEE@* READ@dvcqg");
        own(name, ADMINISTRATOR, "EDIT@*");
        granted(name, ADMINISTRATOR, "SEE@*");
        granted(name, ANOTHER, "SEE@* READ@* EDIT@dvcqg");
        assertThat(may(name)).contains("RIGHT_READ@*", "RIGHT_EDIT@dvcqg");
        own(name, ADMINISTRATOR, "SEE@* READ@* EDIT@*");
        granted(name, ADMINISTRATOR, "SEE@* RETRY@* READ@opencps");

        post("/" + name + "/password", ANOTHER, Map.of("reason", "x")).ok();
        assertThat(story(name).at("/person/rights").asText()).isEqualTo("SEE@* RETRY@*");
        own(name, ANOTHER, "READ@*");
    }

    @Test
    void what_was_granted_for_one_role_does_not_hold_in_another() {
        String name = ready("OPERATOR", null, null);
        granted(name, ANOTHER, "SEE@* READ@*");
        assigned(name, Map.of("role", "AGENCY_CLERK", "agency", "000.03.12.H50", "reason", "x"));
        assigned(name, Map.of("role", "OPERATOR", "reason", "x"));

        assertThat(story(name).at("/person/rights").isNull()).isTrue();
        assertThat(may(name)).doesNotContain("RIGHT_READ@*");
        own(name, ANOTHER, "READ@*");
        own(name, ADMINISTRATOR, "READ@*");
    }

    private static List<String> may(String name) {
        return hub.bean(Accounts.class).loadUserByUsername(name).getAuthorities().stream()
                .map(right -> String.valueOf(right.getAuthority()))
                .toList();
    }

    private static void assigned(String name, Map<String, Object> to) {
        post("/" + name + "/assignment", ANOTHER, to).ok();
    }

    private static void granted(String name, Map<String, String> by, String rights) {
        post("/" + name + "/rights", by, Map.of("rights", rights, "reason", "x"))
                .ok();
    }

    private static void own(String name, Map<String, String> by, String rights) {
        Http.Answer refused = post("/" + name + "/rights", by, Map.of("rights", rights, "reason", "x"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("code").asText()).isEqualTo("own-rights");
    }

    // ---- acts that contradict what is -------------------------------------------------------------------------

    @Test
    void what_is_so_already_is_refused_and_changes_nothing() {
        String name = added("POSTAL_WORKER", "520100", null);
        Map<String, Object> why = Map.of("reason", "x");

        conflict("/" + name + "/enable", why, "person-enabled");
        conflict(
                "/" + name + "/assignment",
                Map.of("role", "POSTAL_WORKER", "office", "520100", "reason", "x"),
                "same-assignment");
        post("/" + name + "/disable", ADMINISTRATOR, why).ok();
        conflict("/" + name + "/disable", why, "person-disabled");

        assertThat(story(name).path("acts").findValuesAsText("what")).containsExactly("ADD", "DISABLE");
    }

    private static void conflict(String path, Map<String, Object> body, String code) {
        Http.Answer refused = post(path, ADMINISTRATOR, body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo(code);
    }

    // ---- helpers ----------------------------------------------------------------------------------------------

    private static String name() {
        return "nguoi." + NAMES.incrementAndGet();
    }

    private static String added(String role, String office, String agency) {
        String name = name();
        Map<String, Object> wish = new HashMap<>(Map.of("name", name, "role", role, "reason", "x"));
        wish.put("office", office);
        wish.put("agency", agency);
        post("", ADMINISTRATOR, wish).ok();
        return name;
    }

    /** Added, and has changed the password to {@link #OWN}. */
    private static String ready(String role, String office, String agency) {
        String name = added(role, office, agency);
        String password = post("/" + name + "/password", ADMINISTRATOR, Map.of("reason", "x"))
                .ok()
                .path("oneTimePassword")
                .asText();
        assertThat(changed(name, password, OWN).statusCode()).isEqualTo(302);
        return name;
    }

    private static HttpResponse<String> changed(String name, String old, String fresh) {
        try {
            var browser = new Visitor(hub);
            browser.signIn(name, old);
            return browser.changePassword(old, fresh);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Http.Answer phone(String name, String password) {
        return Http.post(
                hub.at("/api/scan/v1/sign-in"),
                Map.of(),
                Map.of("user", name, "password", password, "device", "phone-" + name));
    }

    private static Http.Answer worklist(Map<String, String> phone) {
        return Http.get(hub.at("/api/scan/v1/worklist"), phone);
    }

    private static JsonNode story(String name) {
        return get("/" + name, ADMINISTRATOR).ok();
    }

    private static List<Http.Answer> both(
            java.util.function.Supplier<Http.Answer> one, java.util.function.Supplier<Http.Answer> other) {
        var first = CompletableFuture.supplyAsync(one);
        var second = CompletableFuture.supplyAsync(other);
        return List.of(first.join(), second.join());
    }

    private static long count(String sql) {
        return hub.db().sql(sql).query(Long.class).single();
    }

    private static Http.Answer get(String path, Map<String, String> who) {
        return Http.get(hub.at("/api/ops/v1/people" + path), who);
    }

    private static Http.Answer post(String path, Map<String, String> who, Map<String, Object> body) {
        return Http.post(hub.at("/api/ops/v1/people" + path), who, body);
    }
}
