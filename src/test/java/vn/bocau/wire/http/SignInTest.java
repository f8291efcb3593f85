package vn.bocau.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.journey.Http;
import vn.bocau.wire.Outage;
import vn.bocau.wire.http.people.OwnPassword;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.OwnAttempts;
import vn.bocau.wire.http.signin.TooManyAttempts;

/** People sign in by a form, programs of operators by HTTP Basic; who guesses is slowed down. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignInTest {

    private static OwnHub hub;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of(
                "bocau.login.per-account",
                3,
                "bocau.administrator.password",
                "first-of-all",
                "bocau.secrets.webhook-portal",
                "whsec_+/+/Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA=="));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void the_form_opens_a_session_under_a_new_id_and_leads_on() throws Exception {
        var browser = new Visitor(hub);
        HttpResponse<String> form = browser.get("/login");
        assertThat(form.body()).contains("lang=\"vi\"", "<label for=\"username\">");
        String before = browser.session();

        HttpResponse<String> signedIn = browser.signIn("truc-ca", "truc-ca-sandbox");

        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(browser.session()).isNotEqualTo(before);
        assertThat(browser.get("/").body()).contains("truc-ca");
    }

    @Test
    void the_session_cookie_is_for_this_site_and_no_script() throws Exception {
        assertThat(new Visitor(hub).get("/login").headers().allValues("set-cookie"))
                .anySatisfy(c -> assertThat(c).startsWith("JSESSIONID=").contains("HttpOnly", "SameSite=Lax"));
    }

    @Test
    void a_form_sent_from_elsewhere_is_refused() throws Exception {
        var browser = new Visitor(hub);
        browser.get("/login");

        assertThat(browser.post("/login", "username=truc-ca&password=truc-ca-sandbox")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_wrong_password_shows_the_form_again_with_what_is_wrong() throws Exception {
        var browser = new Visitor(hub);
        browser.get("/login");

        HttpResponse<String> refused = browser.signIn("can-bo", "wrong");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body())
                .contains("role=\"alert\"", "aria-invalid=\"true\"", "value=\"can-bo\"", "<title>Lỗi: ");
    }

    @Test
    void the_page_speaks_english_to_who_asks_for_it_and_remembers() throws Exception {
        var browser = new Visitor(hub);
        browser.get("/login?lang=en");

        assertThat(browser.get("/login").body()).contains("lang=\"en\"", "Sign in");
        assertThat(Http.get(hub.at("/login"), Map.of("Accept-Language", "en-GB,en;q=0.8"))
                        .text())
                .contains("lang=\"en\"");
        assertThat(Http.get(hub.at("/login"), Map.of("Accept-Language", "fr")).text())
                .contains("lang=\"vi\"");
    }

    @Test
    void after_three_wrong_passwords_even_the_right_one_waits() throws Exception {
        URI metrics = hub.at("/actuator/prometheus");
        for (int i = 0; i < 3; i++) {
            assertThat(Http.get(metrics, Http.basic("to-truong", "guess " + i)).status())
                    .isEqualTo(401);
        }

        Http.Answer blocked = Http.get(metrics, Http.basic("to-truong", "to-truong-sandbox"));

        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.json().path("code").asText()).isEqualTo("too-many-attempts");
        assertThat(blocked.whole().headers().firstValueAsLong("Retry-After").orElse(0))
                .isBetween(1L, 61L);
        var browser = new Visitor(hub);
        browser.get("/login");
        HttpResponse<String> page = browser.signIn("to-truong", "to-truong-sandbox");
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(Http.get(metrics, Http.basic("truc-ca", "truc-ca-sandbox")).status())
                .isEqualTo(200);
    }

    @Test
    void who_has_signed_in_somewhere_is_known_there_after_a_restart_and_strangers_there_silence_strangers_alone() {
        String office = "198.51.100.7";
        hub.bean(Attempts.class).succeeded("clerk", office);
        hub.bean(Attempts.class).succeeded("clerk", office);

        Attempts restarted = OwnAttempts.restarted(hub, 20);
        for (int i = 0; i < 20; i++) {
            restarted.admit("guess " + i, office);
            restarted.failed("guess " + i, office);
        }

        assertThatThrownBy(() -> restarted.admit("newcomer", office)).isInstanceOf(TooManyAttempts.class);
        assertThatCode(() -> restarted.succeeded("clerk", office)).doesNotThrowAnyException();
        hub.db()
                .sql("update known_place set seen_at = seen_at - interval '31 days'")
                .update();
        Attempts later = OwnAttempts.restarted(hub, 20);
        for (int i = 0; i < 20; i++) {
            later.failed("guess " + i, office);
        }
        assertThatThrownBy(() -> later.admit("clerk", office)).isInstanceOf(TooManyAttempts.class);
        OwnAttempts.restarted(hub, 20).succeeded("another", office);
        assertThat(hub.db()
                        .sql("select count(*) from known_place where seen_at < clock_timestamp() - interval '30 days'")
                        .query(Long.class)
                        .single())
                .as("what is too old is cleared away")
                .isZero();
    }

    @Test
    void who_is_known_where_is_known_to_nobody_who_has_the_table_alone() throws Exception {
        RSAKey key = hub.bean(RSAKey.class);
        hub.bean(Attempts.class).succeeded("clerk-6", "2001:db8:1:2:3:4:5:6");
        hub.bean(Attempts.class).succeeded("clerk-4", "198.51.100.9");

        assertThat(OwnAttempts.known(hub, key, "clerk-4", "198.51.100.9")).isTrue();
        assertThat(OwnAttempts.known(hub, key, "clerk-4", "198.51.100.8")).isFalse();
        assertThat(OwnAttempts.known(hub, key, "clerk-6", "2001:db8:1:2::9"))
                .as("the same network")
                .isTrue();
        assertThat(OwnAttempts.known(hub, key, "clerk-6", "2001:db8:1:3::9")).isFalse();
        assertThat(OwnAttempts.known(hub, key, "clerk-4", "2001:db8:1:2::9")).isFalse();
        RSAKey another = new RSAKeyGenerator(2048).generate();
        assertThat(OwnAttempts.known(hub, another, "clerk-4", "198.51.100.9")).isFalse();
        assertThat(hub.db()
                        .sql("select count(*) from known_place"
                                + " where hash = sha256(convert_to('198.51.100.9 clerk-4', 'UTF8'))")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_query_that_takes_too_long_is_ended_and_counts_as_an_outage() {
        assertThat(hub.db().sql("show statement_timeout").query(String.class).single())
                .isEqualTo("30s");
        var transaction = new TransactionTemplate(hub.bean(PlatformTransactionManager.class));

        assertThatThrownBy(() -> transaction.executeWithoutResult(tx -> {
                    hub.db().sql("set local statement_timeout = '20ms'").update();
                    hub.db().sql("select pg_sleep(20)").query().listOfRows();
                }))
                .satisfies(ended -> assertThat(Outage.in(ended)).isPresent());
    }

    @Test
    void who_comes_through_the_proxy_named_is_heard_for_himself_and_nobody_else_is_believed() {
        try (var behind = new OwnHub(Map.of("bocau.login.per-account", 3, "bocau.http.proxies", "127.0.0.1"))) {
            URI metrics = behind.at("/actuator/prometheus");
            for (int i = 0; i < 3; i++) {
                Http.get(metrics, from("203.0.113.9", "quan-tri", "guess " + i));
            }

            assertThat(Http.get(metrics, from("203.0.113.9", "quan-tri", "quan-tri-sandbox"))
                            .status())
                    .isEqualTo(429);
            assertThat(Http.get(metrics, from("203.0.113.10", "quan-tri", "quan-tri-sandbox"))
                            .status())
                    .isEqualTo(200);
        }
        URI metrics = hub.at("/actuator/prometheus");
        for (int i = 0; i < 3; i++) {
            Http.get(metrics, from("203.0.113." + i, "buu-ta-le-thuy", "guess " + i));
        }
        assertThat(Http.get(metrics, Http.basic("buu-ta-le-thuy", "buu-ta-le-thuy-sandbox"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void where_to_go_next_is_never_the_hosts_name_that_the_caller_gave() {
        assertThat(Http.get(hub.at("/"), Map.of("Accept", "text/html"))
                        .whole()
                        .headers()
                        .firstValue("location"))
                .hasValue("/login");
    }

    private static Map<String, String> from(String address, String name, String password) {
        var headers = new HashMap<>(Http.basic(name, password));
        headers.put("X-Forwarded-For", address);
        return headers;
    }

    @Test
    void clients_who_guess_at_their_secret_wait_too() {
        for (int i = 0; i < 3; i++) {
            Http.Answer wrong = token("portal-opencps", "guess " + i);
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.json().path("error").asText()).isEqualTo("invalid_client");
        }

        Http.Answer blocked = token("portal-opencps", "sandbox-opencps-secret");

        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.whole().headers().firstValue("Retry-After")).isPresent();
        assertThat(token("portal-dvcqg", "sandbox-portal-secret").status()).isEqualTo(200);
    }

    @Test
    void a_secret_with_a_plus_is_taken_encoded_as_the_standard_asks_or_as_it_is() {
        assertThat(token("portal-webhook", "whsec_%2B%2F%2B%2FYm9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA%3D%3D")
                        .status())
                .isEqualTo(200);
        assertThat(token("portal-webhook", "whsec_+/+/Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==")
                        .status())
                .isEqualTo(200);
        assertThat(token("portal-webhook", "whsec_-/-/Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void accounts_of_the_table_sign_in_by_their_hash_unless_closed() {
        hub.db()
                .sql("insert into account (name, password, role) values ('night', :hash, 'OPERATOR')")
                .param("hash", hub.bean(PasswordEncoder.class).encode("shift"))
                .update();
        URI metrics = hub.at("/actuator/prometheus");
        assertThat(Http.get(metrics, Http.basic("night", "shift")).status()).isEqualTo(200);

        hub.db().sql("update account set enabled = false where name = 'night'").update();

        assertThat(Http.get(metrics, Http.basic("night", "shift")).status()).isEqualTo(401);
    }

    @Test
    void the_administrator_named_at_start_is_kept_as_a_hash() {
        assertThat(hub.db()
                        .sql("select password from account where name = 'quan-tri' and role = 'ADMINISTRATOR'")
                        .query(String.class)
                        .single())
                .startsWith("{bcrypt}");
    }

    /** Its password is known to everybody who has read how to start the sandbox. */
    @Test
    void an_account_goes_before_the_sandbox_login_of_its_name() {
        URI metrics = hub.at("/actuator/prometheus");

        assertThat(Http.get(metrics, Http.basic("quan-tri", "first-of-all")).status())
                .isEqualTo(200);
        assertThat(Http.get(metrics, Http.basic("quan-tri", "quan-tri-sandbox")).status())
                .isEqualTo(401);
        assertThat(hub.bean(OwnPassword.class).changeable("quan-tri")).isTrue();
        assertThat(hub.bean(OwnPassword.class).changeable("truc-ca")).isFalse();
    }

    @Test
    void the_key_that_signs_tokens_is_readable_by_its_owner_alone() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(hub.data().resolve("token-key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void strange_names_are_refused_like_wrong_ones() {
        for (String name : new String[] {"\0", "'; drop table account; --", "", "Lê Thị Mẫu"}) {
            assertThat(Http.get(hub.at("/actuator/prometheus"), Http.basic(name, "x"))
                            .status())
                    .as(name)
                    .isEqualTo(401);
        }
    }

    private static Http.Answer token(String client, String secret) {
        return Http.form(hub.at("/oauth2/token"), Http.basic(client, secret), "grant_type=client_credentials");
    }
}
