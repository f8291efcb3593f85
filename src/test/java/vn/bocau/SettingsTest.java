package vn.bocau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.ConfigurableEnvironment;
import vn.bocau.code.Misconfigured;

/** All settings and what they may be, by the checks that go before every start; {@link StartTest} shows how it is said. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SettingsTest {

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "http.port, 0, is not a port",
        "http.port, -1, is not a port",
        "http.port, http, is not a port",
        "https.port, 65536, is not a port",
        "https.port, 123456, is not a port",
        "sandbox.port, 80 90, is not a port",
        "line.claim, soon, is no length of time",
        "line.claim, 0s, must be from 1s to 1d",
        "line.lost, -5s, is no length of time",
        "line.lost, 2d, must be from 1s to 1d",
        "line.first-probe, 0, must be from 10ms to 1d",
        "line.longest-hold, 500ms, must be from 1s to 1d",
        "line.patience, 0, must be from 1 to 1000",
        "line.patience, ten, cannot be read",
        "replay.keep, 31d, it would be done twice",
        "replay.keep, 1h, must be from 1d to",
        "replay.furthest, 4000d, a replay may begin 4000d",
        "replay.retention, 4000d, the broker keeps for a replay 4000d",
        "relay.sweep, 500us, is no length of time",
        "relay.sweep, 0, must be from 10ms to 1h",
        "metrics.every, 1S, is no length of time",
        "metrics.every, 0s, must be from 100ms to 1h",
        "alerts.look, 10ms, must be from 100ms to 1d",
        "alerts.after, 2d, must be from 0ms to 1d",
        "traces.url, localhost:4318, is no http:// or https:// address with a path",
        "traces.share, 2, must be from 0.0 to 1.0",
        "log.format, json, must be ecs or empty",
        "carriers.period, 0, must be from 100ms to 1d",
        "carriers.period, 1 s, is no length of time",
        "carriers.delay, -1s, is no length of time",
        "holds.look, 0m, must be from 100ms to 1d",
        "notices.until, 17:00, 'BOCAU_NOTICES_EVE is 17:00, must be before'",
        "rules.attempts, 21, must be from 1 to 20",
        "rules.attempts, 1.5, cannot be read",
        "rules.hold, 0d, must be from 1m to 365d",
        "rules.accept, 400d, must be from 1m to 365d",
        "rules.carry-days, 0, must be from 1 to 365",
        "rules.decide-days, -1, must be from 1 to 365",
        "rules.reissue-days, 366, must be from 1 to 365",
        "rules.day-ends, 25:00, cannot be read",
        "rules.day-ends, 00:00, must be from 12:00 to 23:00",
        "fees.remit, 0, must be from 1 to 365",
        "fees.acknowledge, -1, must be from 1 to 365",
        "fees.book, 366, must be from 1 to 365",
        "login.per-account, 0, must be from 1 to",
        "login.per-address, -1, must be from 1 to",
        "login.pause, 0, must be from 1s to 1d",
        "login.memory, PT1H, is no length of time",
        "token.life, 1s, must be from 10s to 1d",
        "scan.session, 0h, must be from 1m to 30d",
        "scan.session, 99999d, must be from 1m to 30d",
        "http.hsts, perhaps, cannot be read",
        "http.max-body, 0, must be from 1024B to",
        "http.max-body, much, cannot be read",
        "reference, /nowhere, is no folder that can be read",
        "mappings, /nowhere, is no folder that can be read",
        "secrets, /nowhere, is no folder that can be read",
        "tls.keystore, /nowhere.p12, cannot be read",
        "tls.keystore, /, cannot be read",
        "tls.password, x-secret, is set without BOCAU_TLS_KEYSTORE",
        "token.key, /nowhere.pem, cannot be read",
        "token.key, /, cannot be read",
        "db.url, jdbc:mysql://localhost/bocau, is not the address of a PostgreSQL",
        "db.url, postgresql://localhost/bocau, is not the address of a PostgreSQL",
        "db.url, jdbc:postgresql://localhost:5432, is not the address of a PostgreSQL",
        "db.url, jdbc:postgresql://localhost:99999/bocau, is not the address of a PostgreSQL",
        "db.url, jdbc:postgresql'//localhost, is not the address of a PostgreSQL",
        "db.user, bocau, is set without BOCAU_DB_URL",
        "db.password, x-secret, is set without BOCAU_DB_URL",
        "broker.url, localhost:61616, is not the address of an Artemis",
        "broker.url, http://localhost:61616, is not the address of an Artemis",
        "broker.url, tcp://localhost, is not the address of an Artemis",
        "broker.url, tcp://localhost:99999, is not the address of an Artemis",
        "broker.user, bocau, is set without BOCAU_BROKER_URL",
        "broker.password, x-secret, is set without BOCAU_BROKER_URL"
    })
    void a_value_that_will_not_do_is_refused(String name, String value, String said) {
        Misconfigured.Flaw refused = refused(Map.of("bocau." + name, value));

        assertThat(refused.wrong().en()).contains(variable(name)).contains(said);
        assertThat(refused.wrong().vi())
                .contains(variable(name))
                .isNotEqualTo(refused.wrong().en());
        assertThat(refused.cure().vi()).isNotBlank().isNotEqualTo(refused.cure().en());
        assertThat(refused.toString()).doesNotContain("-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "db, password, BOCAU_DB_PASSWORD is set without BOCAU_DB_USER",
        "broker, password, BOCAU_BROKER_PASSWORD is set without BOCAU_BROKER_USER",
        "broker, user, BOCAU_BROKER_USER is set without BOCAU_BROKER_PASSWORD"
    })
    void half_a_login_is_refused(String server, String half, String said) {
        String url = server.equals("db") ? "jdbc:postgresql://localhost:1/bocau" : "tcp://localhost:1";

        assertThat(refused(Map.of("bocau." + server + ".url", url, "bocau." + server + "." + half, "x"))
                        .wrong()
                        .en())
                .contains(said);
    }

    @ParameterizedTest
    @CsvSource({"http, https", "http, sandbox", "https, sandbox"})
    void two_doors_need_two_ports(String one, String other) {
        String port = Integer.toString(FreePort.any());

        assertThat(refused(Map.of("bocau." + one + ".port", port, "bocau." + other + ".port", port))
                        .wrong()
                        .en())
                .isEqualTo(variable(one) + "_PORT and " + variable(other) + "_PORT are both port " + port + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "-----BEGIN PRIVATE KEY-----, is no RSA key",
        "hello, is no RSA key",
        "'', is no RSA key",
    })
    void a_file_that_is_no_key_signs_no_tokens(String content, String said) throws Exception {
        Path key = Files.writeString(elsewhere.resolve("key.pem"), content);

        assertThat(refused(Map.of("bocau.token.key", key)).wrong().en()).contains(key.toString(), said);
    }

    @ParameterizedTest
    @CsvSource({"RSA, 1024", "EC, 256"})
    void a_key_too_short_or_of_another_kind_signs_no_tokens(String kind, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        String body = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        Path key = Files.writeString(
                elsewhere.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");

        assertThat(refused(Map.of("bocau.token.key", key)).wrong().en()).contains("is no RSA key of 2048 bits or more");
    }

    @Test
    void the_key_that_was_made_here_and_is_damaged_is_told_with_another_cure() throws Exception {
        Files.createFile(folder.resolve("token-key.pem"));

        assertThat(refused(Map.of()).cure().en()).contains("restore the file, or delete it");
    }

    @Test
    void a_keystore_is_told_by_what_is_wrong_with_it() throws Exception {
        Path keystore = Files.writeString(elsewhere.resolve("some.p12"), "no keystore");
        Map<String, Object> named = Map.of("bocau.tls.keystore", keystore, "bocau.tls.password", "wrong-secret");
        assertThat(refused(named).wrong().en()).contains("BOCAU_TLS_PASSWORD does not open " + keystore);

        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        try (OutputStream file = Files.newOutputStream(keystore)) {
            empty.store(file, "wrong-secret".toCharArray());
        }
        assertThat(refused(named).wrong().en()).contains("holds no certificate with its private key");
    }

    /** A timer would take it for no time at all, or end the start much later and without a cure. */
    @ParameterizedTest
    @MethodSource
    void a_time_that_a_route_reads_is_tried_before_the_start(String property) {
        assertThat(refused(Map.of(property, "0.5s")).wrong().en()).contains("is no length of time");
    }

    static Set<String> a_time_that_a_route_reads_is_tried_before_the_start() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Pattern.compile("\\{\\{(bocau\\.[a-z.-]+)}}")
                        .matcher(Files.readString(route))
                        .results()
                        .forEach(found -> read.add(found.group(1)));
            }
        }
        assertThat(read).hasSizeGreaterThan(8);
        return read;
    }

    /** Of one record, of several, of files and of the database's name: the reader mends them in one go. */
    @Test
    void all_that_is_wrong_is_told_together_with_what_was_given() {
        assertThat(flaws(Map.ofEntries(
                        Map.entry("BOCAU_SANDBOX", "maybe"),
                        Map.entry("bocau.http.port", "0"),
                        Map.entry("bocau.https.port", "http"),
                        Map.entry("bocau.line.first-probe", "5m"),
                        Map.entry("bocau.line.longest-hold", "10m"),
                        Map.entry("bocau.line.claim", "soon"),
                        Map.entry("bocau.line.patience", "ten"),
                        Map.entry("bocau.rules.attempts", "21"),
                        Map.entry("bocau.administrator.name", "A B"),
                        Map.entry("bocau.administrator.password", "x-secret"),
                        Map.entry("bocau.mappings", "/nowhere"),
                        Map.entry("bocau.secrets", "/nothing"),
                        Map.entry("bocau.token.key", "/nokey"),
                        Map.entry("bocau.db.url", "jdbc:mysql://me:x-secret@host/db?password=x-secret"))))
                .extracting(flaw -> flaw.wrong().en())
                .satisfiesExactlyInAnyOrder(
                        said("BOCAU_SANDBOX is \"maybe\""),
                        said("BOCAU_HTTP_PORT is \"0\""),
                        said("BOCAU_HTTPS_PORT is \"http\""),
                        said("BOCAU_LINE_CLAIM is \"soon\""),
                        said("BOCAU_LINE_PATIENCE is \"ten\""),
                        said("BOCAU_RULES_ATTEMPTS is 21"),
                        said("BOCAU_ADMINISTRATOR_NAME is \"A B\""),
                        said("BOCAU_ADMINISTRATOR_PASSWORD is weak"),
                        said("/nowhere (BOCAU_MAPPINGS)"),
                        said("/nothing (BOCAU_SECRETS)"),
                        said("/nokey (BOCAU_TOKEN_KEY)"),
                        said("BOCAU_DB_URL is \"jdbc:mysql://…@host/db?password=…\""));
    }

    private static Consumer<String> said(String begin) {
        return wrong -> assertThat(wrong).contains(begin).doesNotContain("-secret");
    }

    /** Each is right beside what is shipped for the other, and they are wrong together. */
    @Test
    void two_values_that_do_not_go_together_are_told() {
        assertThat(refused(Map.of("bocau.line.first-probe", "10m", "bocau.line.longest-hold", "9m"))
                        .wrong()
                        .en())
                .isEqualTo("BOCAU_LINE_LONGESTHOLD is 9m, must be from 10m to 1d.");
    }

    @ParameterizedTest
    @CsvSource({
        "tls.password, '', tls.password (BOCAU_DATA) is empty or missing, delete both",
        "tls.p12, '', tls.password (BOCAU_DATA) is empty or missing, delete both",
        "postgresql.password, '', postgresql.password (BOCAU_DATA) is empty or missing, delete the file",
        "postgresql/PG_VERSION, 15, are data of PostgreSQL \"15\"; the one inside is 18, run the Bồ Câu that made it",
        "postgresql/base, '', PG_VERSION is missing, restore that folder",
        "postgresql/PG_VERSION, 18, postgresql.password (BOCAU_DATA) is empty or missing, restore it from a backup"
    })
    void what_an_earlier_start_made_and_is_damaged_is_named(String file, String content, String said, String cure)
            throws Exception {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), content);

        Misconfigured.Flaw refused = refused(Map.of());

        assertThat(refused.wrong().en()).contains(folder.toString()).contains(said.replace(';', ','));
        assertThat(refused.cure().en()).contains(cure);
        assertThat(refused.wrong().vi()).contains(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half a certificate"})
    void a_certificate_cut_short_is_named(String content) throws Exception {
        Files.writeString(folder.resolve("tls.password"), "known");
        Files.writeString(folder.resolve("tls.p12"), content);

        assertThat(refused(Map.of()).wrong().en())
                .contains("The self-made certificate " + folder.resolve("tls.p12") + " (BOCAU_DATA) is damaged");
    }

    @Test
    void what_is_shipped_passes_and_nothing_is_made() throws IOException {
        assertThat(catchThrowable(() -> make(Map.of()))).isNull();

        try (Stream<Path> made = Files.list(folder)) {
            assertThat(made).isEmpty();
        }
    }

    /** A database that somebody named is somebody's real one, and a hub alone serves somebody. */
    @ParameterizedTest
    @CsvSource({
        "start, '', '', true",
        "start, '', off, false",
        "start, jdbc:postgresql://localhost:1/bocau, '', false",
        "start, jdbc:postgresql://localhost:1/bocau, on, true",
        "hub, '', '', false",
        "hub, '', on, true"
    })
    void the_sandbox_and_its_secrets_are_there_for_a_trial_or_when_asked_for(
            String command, String database, String said, boolean there) {
        SpringApplication nothing = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .build();
        List<String> words = new ArrayList<>(List.of(command, "--bocau.db.url=" + database));
        if (!said.isEmpty()) {
            words.add("--BOCAU_SANDBOX=" + said);
        }
        try (var started = nothing.run(words.toArray(String[]::new))) {
            var settings = started.getEnvironment();
            assertThat(settings.getProperty("bocau.sandbox.enabled", Boolean.class))
                    .isEqualTo(there);
            assertThat(settings.containsProperty("bocau.secrets.qti-tthcc")).isEqualTo(there);
        }
    }

    /** An application that only reads its settings. */
    static class Nothing {}

    @ParameterizedTest
    @CsvSource({
        "BOCAU_HTTP_PROT, BOCAU_HTTP_PORT",
        "BOCAU_SECRET_HUE, BOCAU_SECRETS",
        "BOCAU_CARRIER_PERIOD, BOCAU_CARRIERS_PERIOD",
        "BOCAU_DATABASE_URL, BOCAU_DB_URL",
        "BOCAU_LINE_FIRSTPROB, BOCAU_LINE_FIRSTPROBE"
    })
    void a_typing_error_is_told_with_what_was_meant(String typed, String meant) {
        assertThat(known().unknown(Set.of(typed, "PATH", "BOCAU_SECRETS_HUE", "BOCAU_LINE_FIRST_PROBE")))
                .isEqualTo(Map.of(typed, meant));
    }

    @Test
    void every_variable_of_the_documents_is_known() throws IOException {
        Set<String> told = new TreeSet<>();
        for (String document :
                List.of("README.md", "bocau", "mappings/README.md", "src/main/resources/reference/README.md")) {
            Pattern.compile("BOCAU_[A-Z]+(_[A-Z]+)*\\b")
                    .matcher(Files.readString(Path.of(document)))
                    .results()
                    .forEach(r -> told.add(r.group()));
        }

        assertThat(told).hasSizeGreaterThan(20);
        assertThat(known().unknown(told)).isEmpty();
    }

    @Test
    void data_of_another_build_are_called_so() {
        Throwable found = new IllegalStateException(
                new FlywayValidateException(new ErrorDetails(CoreErrorCode.CHECKSUM_MISMATCH, "V1"), "V1"));

        assertThat(new StartFailures(null).known(found).orElseThrow().flaws())
                .singleElement()
                .satisfies(flaw -> {
                    assertThat(flaw.wrong().vi()).contains("của một bản Bồ Câu khác");
                    assertThat(flaw.cure().en()).contains("run the one that made them", "BOCAU_DATA");
                });
    }

    private KnownVariables known() {
        return new KnownVariables((ConfigurableEnvironment) StartChecks.make("demo"), SettingsRecords.all());
    }

    private static String variable(String name) {
        return KnownVariables.variable("bocau." + name);
    }

    /** What the start would say. */
    private Misconfigured.Flaw refused(Map<String, ?> settings) {
        List<Misconfigured.Flaw> flaws = flaws(settings);
        assertThat(flaws).hasSize(1);
        return flaws.get(0);
    }

    private List<Misconfigured.Flaw> flaws(Map<String, ?> settings) {
        Throwable failure = catchThrowable(() -> make(settings));
        assertThat(failure).as("it is refused").isNotNull();
        return new StartFailures(null)
                .known(failure)
                .orElseThrow(() -> new AssertionError(failure))
                .flaws();
    }

    private void make(Map<String, ?> settings) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of(
                "bocau.data", folder,
                "bocau.http.port", FreePort.any(),
                "bocau.https.port", FreePort.any(),
                "bocau.sandbox.port", FreePort.any()));
        all.putAll(settings);
        List<String> words = new ArrayList<>(List.of("start"));
        all.forEach((name, value) -> words.add("--" + name + "=" + value));
        SpringApplication checks = new SpringApplicationBuilder(StartChecks.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .build();
        checks.run(words.toArray(String[]::new)).close();
    }
}
