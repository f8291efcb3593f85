package vn.bocau.wire.http.ngsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;

/** Who is let in at the one-stops' door, in each of the ways public clients say who they are. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NgspAccessTest {

    private static final String POST = Sdk.API + "/order/post";
    private static final String STATIC = "sandbox-static-token";
    private static final Map<String, String> KEY = Sdk.basic("sandbox-key", "sandbox-secret");

    private static OwnHub hub;
    private static Sdk sdk;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of("bocau.token.life", "5m"), OrderingDomain.class);
        sdk = new Sdk(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void forget() {
        OrderingDomain.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type=client_credentials", "", "{\"grant_type\":\"client_credentials\"}", "null"})
    void key_and_secret_are_worth_a_token_whatever_the_body(String body) {
        Sdk.Answer answer = sdk.post("/ngsp/token", KEY, body);

        assertThat(answer.http()).as(answer.text()).isEqualTo(200);
        assertThat(fields(answer.json())).containsExactly("access_token", "expires_in", "scope", "token_type");
        assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(300);
        assertThat(ordered(bearer(answer.json().path("access_token").asText()))).isEqualTo(100);
    }

    @Test
    void the_agreed_token_is_worth_one_too_as_at_Dong_Thap() {
        Sdk.Answer answer = sdk.post("/ngsp/token", bearer(STATIC), "grant_type=client_credentials");

        assertThat(answer.http()).isEqualTo(200);
        assertThat(ordered(bearer(answer.json().path("access_token").asText()))).isEqualTo(100);
    }

    @Test
    void an_LGSP_gives_its_token_at_its_one_address() {
        for (Sdk.Answer answer : List.of(
                sdk.get("/ngsp/lgsp?service=token", KEY),
                sdk.post("/ngsp/lgsp?service=Token", KEY, ""),
                sdk.post("/ngsp/lgsp?service=token", KEY, "grant_type=client_credentials"))) {
            assertThat(answer.http()).isEqualTo(200);
            assertThat(ordered(bearer(answer.json().path("access_token").asText())))
                    .isEqualTo(100);
        }
    }

    @Test
    void a_call_says_who_it_is_in_any_of_three_headers() {
        String token =
                sdk.post("/ngsp/token", KEY, "").json().path("access_token").asText();

        assertThat(ordered(bearer(token))).isEqualTo(100);
        assertThat(ordered(Map.of("Authorization", "bearer  " + token))).isEqualTo(100);
        assertThat(ordered(Map.of("access_token", token))).isEqualTo(100);
        assertThat(ordered(Map.of("access_token", "Bearer " + token))).isEqualTo(100);
        assertThat(ordered(Map.of("access_token", STATIC))).isEqualTo(100);
        assertThat(ordered(bearer(STATIC))).isEqualTo(100);
        var throughGateway = new HashMap<>(bearer(token));
        throughGateway.put("service-code", "VNPOST-01");
        throughGateway.put("Accept", "*");
        assertThat(ordered(throughGateway)).isEqualTo(100);
        assertThat(ordered(Map.of("access_token", STATIC, "Authorization", "Basic Z2F0ZTp3YXk=")))
                .isEqualTo(100);
        assertThat(OrderingDomain.CAME).hasSize(8).allMatch(in -> in.partner().equals("qti-tthcc"));
    }

    @Test
    void nobody_else_gets_a_token() {
        for (Map<String, String> wrong : List.of(
                Map.<String, String>of(),
                Sdk.basic("sandbox-key", "wrong"),
                Sdk.basic("sandbox-key", ""),
                Sdk.basic("nobody", "sandbox-secret"),
                Sdk.basic("portal-dvcqg", "sandbox-portal-secret"),
                Sdk.basic("", ""),
                Map.of("Authorization", "Basic !!!"),
                Map.of("Authorization", "Basic c2FuZGJveC1rZXk="),
                Map.of("Authorization", "Digest x"))) {
            Sdk.Answer answer = sdk.post("/ngsp/token", wrong, "grant_type=client_credentials");

            assertThat(answer.http()).as(wrong + answer.text()).isEqualTo(401);
            assertThat(answer.json().path("error").asText()).isEqualTo("invalid_client");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).doesNotContain("thành công", "sandbox");
        }
    }

    @Test
    void a_call_without_a_token_of_this_door_is_not_heard() {
        String portal = Http.form(
                        hub.at("/oauth2/token"),
                        Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                        "grant_type=client_credentials")
                .json()
                .path("access_token")
                .asText();
        for (Map<String, String> wrong : List.of(
                Map.<String, String>of(),
                KEY,
                bearer(portal),
                Map.of("Authorization", "Bearer "),
                Map.of("access_token", "  "))) {
            Sdk.Answer answer = sdk.post(POST, wrong, OrderBodies.result("1").toString());

            assertThat(answer.http()).as(answer.text()).isEqualTo(401);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(sdk.get("/ngsp/lgsp?service=ordertracking", wrong).http())
                    .isEqualTo(401);
        }
        assertThat(OrderingDomain.CAME).isEmpty();
    }

    @Test
    void a_token_of_this_door_opens_no_other() {
        String token =
                sdk.post("/ngsp/token", KEY, "").json().path("access_token").asText();

        assertThat(Http.get(hub.at("/api/portal/v1/dossiers?code=1"), bearer(token))
                        .status())
                .isEqualTo(401);
    }

    private static int ordered(Map<String, String> headers) {
        Sdk.Answer answer = sdk.post(POST, headers, OrderBodies.result("1").toString());
        return answer.http() == 201 ? answer.status() : answer.http();
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static Set<String> fields(JsonNode json) {
        Set<String> fields = new TreeSet<>();
        json.fieldNames().forEachRemaining(fields::add);
        return fields;
    }
}
