package vn.bocau.wire.http.ngsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.wire.http.OwnHub;

/** Who guesses at the one-stops' door is slowed down, and nobody else with him. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NgspGuessingTest {

    private static final String POST = Sdk.API + "/order/post";
    private static final String STATIC = "sandbox-static-token";
    private static final Map<String, String> KEY = Sdk.basic("sandbox-key", "sandbox-secret");

    private static OwnHub hub;
    private static Sdk sdk;
    private static Map<String, String> token;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of("bocau.login.per-account", 3), OrderingDomain.class);
        sdk = new Sdk(hub);
        token = sdk.authorized();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void who_guesses_secrets_waits_and_nobody_else() {
        for (int i = 0; i < 3; i++) {
            assertThat(sdk.post("/ngsp/token", Sdk.basic("guessed-key", "guess " + i), "")
                            .http())
                    .isEqualTo(401);
        }

        Sdk.Answer blocked = sdk.post("/ngsp/token", Sdk.basic("guessed-key", "guess"), "");

        assertThat(blocked.http()).isEqualTo(429);
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.connection().getHeaderFieldInt("Retry-After", 0)).isBetween(1, 61);
        assertThat(sdk.post("/ngsp/token", KEY, "").http()).isEqualTo(200);
        assertThat(ordered(token)).isEqualTo(201);
    }

    @Test
    void who_guesses_tokens_waits_and_good_ones_are_heard_all_the_same_and_expired_ones_are_no_guess() {
        String[] parts = token.get("Authorization").split("\\.");
        for (int i = 0; i < 3; i++) {
            assertThat(ordered(Map.of("Authorization", parts[0] + "." + parts[1] + ".expired")))
                    .isEqualTo(401);
        }
        assertThat(ordered(Map.of("access_token", STATIC))).isEqualTo(201);
        for (int i = 0; i < 3; i++) {
            assertThat(sdk.post(POST, Map.of("access_token", "guess" + i), "{}").http())
                    .isEqualTo(401);
        }

        assertThat(sdk.post(POST, Map.of("access_token", "guess"), "{}").http()).isEqualTo(429);
        assertThat(ordered(Map.of("access_token", STATIC))).isEqualTo(201);
        assertThat(ordered(token)).isEqualTo(201);
    }

    private static int ordered(Map<String, String> headers) {
        return sdk.post(POST, headers, OrderBodies.result("1").toString()).http();
    }
}
