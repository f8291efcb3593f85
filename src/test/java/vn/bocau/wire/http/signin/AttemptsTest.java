package vn.bocau.wire.http.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who guesses is slowed down, and nobody else with him. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AttemptsTest {

    private static final String OFFICE = "203.0.113.7";

    private Instant now = Instant.parse("2026-04-15T08:00:00Z");
    private final Attempts attempts = new Attempts(
            new LoginLimits(5, 20, Duration.ofMinutes(1), Duration.ofMinutes(15)),
            new OwnAttempts.Remembered(new HashSet<>()),
            ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void five_wrong_passwords_silence_that_account_at_that_address_for_a_minute() {
        fail("an", 5);

        assertThatThrownBy(() -> attempts.admit("an", OFFICE)).isInstanceOf(TooManyAttempts.class);
        assertThatCode(() -> attempts.admit("an", "198.51.100.1")).doesNotThrowAnyException();
        assertThatCode(() -> attempts.admit("binh", OFFICE)).doesNotThrowAnyException();

        now = now.plusSeconds(60);
        assertThatCode(() -> attempts.admit("an", OFFICE)).doesNotThrowAnyException();
        fail("an", 1);
        assertThatThrownBy(() -> attempts.admit("an", OFFICE)).isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void a_stranger_in_the_office_holds_up_other_strangers_but_nobody_who_has_signed_in_there() {
        attempts.succeeded("clerk", OFFICE);
        for (int i = 0; i < 20; i++) {
            fail("guess " + i, 1);
        }

        assertThatThrownBy(() -> attempts.admit("newcomer", OFFICE)).isInstanceOf(TooManyAttempts.class);
        assertThatCode(() -> attempts.succeeded("clerk", OFFICE)).doesNotThrowAnyException();
    }

    @Test
    void who_is_known_counts_against_himself_alone() {
        for (int i = 0; i < 20; i++) {
            attempts.succeeded("clerk " + i, OFFICE);
            fail("clerk " + i, 4);
        }

        assertThatCode(() -> attempts.admit("newcomer", OFFICE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::9,       true",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:3:3:4:5:6,  false",
        "::ffff:203.0.113.7,   ::ffff:203.0.113.8,    false",
        "no:address,           no:other,              false"
    })
    void the_addresses_of_one_ipv6_network_count_as_one(String one, String other, boolean same) {
        for (int i = 0; i < 5; i++) {
            attempts.failed("an", one);
        }

        assertThatThrownBy(() -> attempts.admit("an", one)).isInstanceOf(TooManyAttempts.class);
        if (same) {
            assertThatThrownBy(() -> attempts.admit("an", other)).isInstanceOf(TooManyAttempts.class);
        } else {
            assertThatCode(() -> attempts.admit("an", other)).doesNotThrowAnyException();
        }
    }

    @Test
    void failures_are_forgiven_one_by_one() {
        fail("an", 4);
        now = now.plus(Duration.ofMinutes(6));
        fail("an", 2);

        assertThatCode(() -> attempts.admit("an", OFFICE)).doesNotThrowAnyException();
        fail("an", 1);
        assertThatThrownBy(() -> attempts.admit("an", OFFICE)).isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void of_a_hundred_guesses_at_once_five_are_answered_and_the_right_one_is_not_told_from_the_others()
            throws Exception {
        int guesses = 100;
        var looking = new CountDownLatch(guesses);
        var wrong = new AtomicInteger();
        var unanswered = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(guesses);
        try {
            threads.invokeAll(Collections.nCopies(guesses, () -> {
                attempts.admit("an", OFFICE);
                looking.countDown();
                looking.await();
                try {
                    attempts.failed("an", OFFICE);
                    wrong.incrementAndGet();
                } catch (TooManyAttempts blocked) {
                    unanswered.incrementAndGet();
                }
                return null;
            }));
        } finally {
            threads.shutdown();
        }

        assertThat(wrong).hasValue(5);
        assertThat(unanswered).hasValue(95);
        assertThatThrownBy(() -> attempts.succeeded("an", OFFICE)).isInstanceOf(TooManyAttempts.class);
    }

    private void fail(String account, int times) {
        for (int i = 0; i < times; i++) {
            attempts.admit(account, OFFICE);
            attempts.failed(account, OFFICE);
        }
    }
}
