package vn.bocau;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** What a newcomer reads is so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GreetingTest {

    private final MockEnvironment settings = new MockEnvironment()
            .withProperty("bocau.http.port", "8080")
            .withProperty("bocau.https.port", "8443")
            .withProperty("bocau.sandbox.url", "http://localhost:8090")
            .withProperty("bocau.data", "data");

    private boolean partnersHere = true;

    @Test
    void the_certificate_is_called_self_made_only_when_it_is() {
        assertThat(said()).contains("https://localhost:8443   (chứng thư tự tạo · self-made certificate)");

        settings.withProperty("bocau.tls.keystore", "/etc/bocau/tls.p12");

        assertThat(said()).contains("https://localhost:8443   (chứng thư của bạn · your certificate)");
    }

    @Test
    void partners_that_are_known_but_not_started_are_not_promised() {
        assertThat(said()).contains("sandbox partners\n");

        partnersHere = false;

        assertThat(said()).contains("not running here: ./bocau sandbox").contains("buu-ta-sandbox");
    }

    @Test
    void with_the_sandbox_its_logins_are_enough() {
        assertThat(said()).contains("quan-tri-sandbox").doesNotContain("BOCAU_ADMINISTRATOR_PASSWORD", "/v1/people");
    }

    @Test
    void with_the_sandbox_every_partner_that_has_a_secret_is_named() {
        assertThat(said())
                .contains(
                        "portal-opencps",
                        "sandbox-opencps-secret",
                        "portal-webhook",
                        "ubnd-dong-ha",
                        "sandbox-rest-secret",
                        "bocau  ",
                        "sandbox-carrier-secret",
                        "buu-ta-dakrong");
    }

    @Test
    void it_names_where_to_sign_in_and_every_role_in_both_languages() {
        assertThat(said())
                .contains(
                        "Đăng nhập · sign in  http://localhost:8080/ ",
                        "Trực ban · operators  http://localhost:8080/ ",
                        "bưu tá · postal worker ",
                        "tổ trưởng bưu cục · postal supervisor ",
                        "cán bộ một cửa · agency clerk ",
                        "trực vận hành · operator ",
                        "quản trị · administrator ");
    }

    @Test
    void the_next_command_is_given_with_the_ports_in_use_unless_they_are_the_usual_ones() {
        assertThat(said()).contains("try next:  ./bocau demo");

        settings.withProperty("bocau.http.port", "9080").withProperty("bocau.sandbox.url", "http://localhost:9090");

        assertThat(said()).contains("try next:  BOCAU_HTTP_PORT=9080 BOCAU_SANDBOX_PORT=9090 ./bocau demo");
    }

    @Test
    void an_own_account_of_the_sandbox_administrators_name_is_told_of() {
        assertThat(said(true, true, true))
                .contains("this account's own password")
                .doesNotContain("quan-tri-sandbox");
    }

    @Test
    void without_the_sandbox_it_says_how_the_first_administrator_is_made() {
        assertThat(said(false, false))
                .contains(
                        "Chưa có tài khoản quản trị nào",
                        "there is no administrator",
                        "đặt BOCAU_ADMINISTRATOR_PASSWORD",
                        "set BOCAU_ADMINISTRATOR_PASSWORD")
                .doesNotContain("quan-tri-sandbox");
    }

    @Test
    void with_an_administrator_it_says_where_people_are_managed() {
        assertThat(said(false, true))
                .contains("http://localhost:8080/api/ops/v1/people")
                .doesNotContain("BOCAU_ADMINISTRATOR_PASSWORD");
    }

    private String said() {
        return said(true, false);
    }

    private String said(boolean withSandbox, boolean administered) {
        return said(withSandbox, administered, false);
    }

    private String said(boolean withSandbox, boolean administered, boolean ownQuanTri) {
        var out = new ByteArrayOutputStream();
        try (var running = new Main.Running(
                new Main.Addresses(settings),
                new GenericApplicationContext(),
                withSandbox,
                partnersHere,
                administered,
                ownQuanTri)) {
            Greeting.print(new PrintStream(out, true, StandardCharsets.UTF_8), running);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
