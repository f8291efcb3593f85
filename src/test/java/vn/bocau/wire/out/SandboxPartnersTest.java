package vn.bocau.wire.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Sending;
import vn.bocau.journal.UnderWay;
import vn.bocau.journey.Http;
import vn.bocau.journey.Twin;
import vn.bocau.sandbox.Sandbox;
import vn.bocau.wire.http.OwnHub;

/** The hub as it is started speaks to every partner of the sandbox by the row and the secret that are shipped. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SandboxPartnersTest {

    private static final Duration LONGER_THAN_SLOW = Duration.ofSeconds(6);

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext sandbox;
    private static URI at;
    private static OwnHub hub;
    private static Dialects dialects;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0, folder, Map.of("hub.url", "http://localhost:1"));
        at = URI.create("http://localhost:" + sandbox.getEnvironment().getProperty("local.server.port"));
        hub = new OwnHub(Map.of("bocau.sandbox.url", at));
        dialects = new Dialects(
                hub.bean(Peers.class),
                hub.bean(Logins.class),
                hub.bean(OverHttp.class),
                hub.bean(OverSoap.class),
                hub.bean(OrderNumbers.class),
                hub.bean(UnderWay.class),
                List.of(),
                Clock.fixed(Instant.parse("2026-11-28T05:00:00Z"), ZoneOffset.UTC));
        Http.post(at.resolve("/api/dvcqg/dossiers"), Map.of(), Map.of("code", "000.00.12.H50-260415-0007"))
                .ok();
    }

    @AfterAll
    static void stop() {
        hub.close();
        sandbox.close();
    }

    @AfterEach
    void behave() {
        List.of(
                        "dvcqg",
                        "opencps",
                        "webhook-portal",
                        "trung-tam-hcc",
                        "ubnd-dong-ha",
                        "carrier-x",
                        "emc",
                        "lgsp",
                        "ems",
                        "viettel-post",
                        "myvnpost",
                        "tin-nhan",
                        "bao-dong")
                .forEach(partner -> new Twin(at, partner).behaves());
    }

    @ParameterizedTest
    @CsvSource({
        "dvcqg, progress, dvcqg/examples/progress.out/out-for-delivery.in.json",
        "dvcqg, status, dvcqg/examples/status.out/delivered.in.json",
        "opencps, progress, opencps/examples/progress.out/out-for-delivery.in.json",
        "opencps, status, opencps/examples/status.out/delivered.in.json",
        "webhook-portal, progress, webhook/examples/dossier.out/agency-has-received.in.json",
        "trung-tam-hcc, arrival, agency-soap/examples/notice.out/to-decide.in.json",
        "trung-tam-hcc, outcome, agency-soap/examples/notice.out/delivered.in.json",
        "ubnd-dong-ha, arrival, agency-rest/examples/notice.out/no-leg.in.json",
        "ubnd-dong-ha, outcome, agency-rest/examples/notice.out/delivered.in.json",
        "carrier-x, order, ngsp-carrier/examples/order.out/result-with-fee.in.json",
        "carrier-x, order-cancel, ngsp-carrier/examples/order-cancel.out/cancel.in.json",
        "emc, progress, emc/examples/tracking.out/out-for-delivery.in.json",
        "emc, status, emc/examples/tracking.out/returned.in.json",
        "lgsp, progress, lgsp/examples/document.out/out-for-delivery.in.json",
        "lgsp, status, lgsp/examples/document.out/returned.in.json",
        "ems, order, ems/examples/order.out/result-with-fee.in.json",
        "viettel-post, order, viettel-post/examples/order.out/result-with-fee.in.json",
        "myvnpost, order, myvnpost/examples/order.out/result-with-fee.in.json",
        "tin-nhan, notice, notifier/examples/notice.out/tried-comes-again.in.json",
        "bao-dong, alert, webhook/examples/alert.out/a-partner-is-away.in.json"
    })
    void a_partner_hears_us(String partner, String kind, String example) {
        int before = heard(partner);
        JsonNode body = Outward.body(example);

        assertThat(dialects.speak(Outward.sending(partner, kind, body))).isNotBlank();

        // Of a document first, then of what happened to it.
        assertThat(heard(partner)).isEqualTo(before + (partner.equals("lgsp") ? 2 : 1));
    }

    @ParameterizedTest
    @CsvSource({
        "slow, 1, CONFIRMS",
        "500, 0, FAILS",
        "timeout, 0, SILENT",
        "down, 0, FAILS",
        "drop-after-commit, 1, FAILS",
        "garbage, 1, FAILS"
    })
    void each_that_is_called_misbehaves_as_its_switch_tells(String mode, int taken, Answer answers) {
        Map<String, Sending> words = new LinkedHashMap<>();
        words.put("dvcqg", word("dvcqg", "progress", "dvcqg/examples/progress.out/out-for-delivery.in.json"));
        words.put("opencps", word("opencps", "progress", "opencps/examples/progress.out/out-for-delivery.in.json"));
        words.put(
                "webhook-portal",
                word("webhook-portal", "progress", "webhook/examples/dossier.out/agency-has-received.in.json"));
        words.put(
                "trung-tam-hcc", word("trung-tam-hcc", "arrival", "agency-soap/examples/notice.out/to-decide.in.json"));
        words.put("ubnd-dong-ha", word("ubnd-dong-ha", "arrival", "agency-rest/examples/notice.out/no-leg.in.json"));
        words.put("emc", word("emc", "progress", "emc/examples/tracking.out/out-for-delivery.in.json"));
        words.put("ems", word("ems", "order", "ems/examples/order.out/result-with-fee.in.json"));
        words.put(
                "viettel-post",
                word("viettel-post", "order", "viettel-post/examples/order.out/result-with-fee.in.json"));
        words.put("carrier-x", word("carrier-x", "order", "ngsp-carrier/examples/order.out/result-with-fee.in.json"));
        words.put("tin-nhan", word("tin-nhan", "notice", "notifier/examples/notice.out/tried-comes-again.in.json"));
        words.put("bao-dong", word("bao-dong", "alert", "webhook/examples/alert.out/a-partner-is-away.in.json"));
        Instant before = Instant.now();
        words.values().forEach(word -> dialects.speak(word));
        // One beside the other: they are slow, and answer never, at the same time.
        Map<String, CompletableFuture<Boolean>> confirmed = new LinkedHashMap<>();
        Map<String, Integer> heardBefore = new LinkedHashMap<>();
        words.forEach((partner, word) -> {
            heardBefore.put(partner, heard(partner));
            new Twin(at, partner).misbehaves(mode);
            confirmed.put(partner, beside(() -> spoken(Outward.again(word))));
        });
        Instant patience = Instant.now().plus(LONGER_THAN_SLOW);
        confirmed.forEach((partner, answer) -> {
            answers.check(partner, answer, patience);
            assertThat(heard(partner) - heardBefore.get(partner)).as(partner).isEqualTo(taken);
        });
        if (mode.equals("slow")) {
            assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        }
    }

    /** How it ends to speak with a partner. */
    private enum Answer {
        CONFIRMS,
        FAILS,
        SILENT;

        /** @param patience until when whoever never answers is waited for */
        void check(String partner, CompletableFuture<Boolean> confirmed, Instant patience) {
            if (this == SILENT) {
                long left =
                        Math.max(1, Duration.between(Instant.now(), patience).toMillis());
                assertThatThrownBy(() -> confirmed.get(left, TimeUnit.MILLISECONDS))
                        .as(partner)
                        .isInstanceOf(TimeoutException.class);
            } else {
                assertThat(confirmed.join()).as(partner).isEqualTo(this == CONFIRMS);
            }
        }
    }

    private static CompletableFuture<Boolean> beside(Supplier<Boolean> speaking) {
        return CompletableFuture.supplyAsync(speaking, task -> new Thread(task, "speaks").start());
    }

    private static Sending word(String partner, String kind, String example) {
        return Outward.sending(partner, kind, Outward.body(example));
    }

    private static boolean spoken(Sending word) {
        try {
            dialects.speak(word);
            return true;
        } catch (Unavailable notNow) {
            return false;
        }
    }

    private static int heard(String partner) {
        return new Twin(at, partner).received().size();
    }
}
