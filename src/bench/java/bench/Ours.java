package bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bồ Câu as it is delivered, with a portal of files alone that is told as the peers tell theirs. */
final class Ours implements Subject {

    /** Portals that file and are told, each for itself, beside the one that is measured. */
    static final List<String> OTHERS = List.of("dvcqg", "opencps", "webhook-portal");

    private static final String SECRET = "of-the-portals-that-are-measured";
    private static final int FILERS = 16;

    /** Who files is told to come again while too many want an item's number at once. */
    private static final int TRIES = 50;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Process process;
    private final URI url;
    private final String database;
    private final Path folder;
    private final Calls calls = new Calls();
    private final double startSeconds;
    private final Map<Integer, Phone> phones = new ConcurrentHashMap<>();
    private final AtomicInteger codes = new AtomicInteger();
    private final String run = Long.toString(System.currentTimeMillis() % 100_000_000L, Character.MAX_RADIX);

    private record Phone(String device, String token, AtomicLong seq) {}

    /** On the PostgreSQL and the broker that all share. */
    Ours(Machine machine, Partner partner, String database) throws Exception {
        this(
                machine,
                partner,
                database,
                Map.of(
                        "BOCAU_DB_URL", machine.url(database),
                        "BOCAU_DB_USER", "postgres",
                        "BOCAU_DB_PASSWORD", machine.password(),
                        "BOCAU_BROKER_URL", machine.broker()));
    }

    /** As it comes, with its own PostgreSQL and broker inside. */
    static Ours whole(Machine machine, Partner partner, String folder) throws Exception {
        return new Ours(machine, partner, folder, Map.of());
    }

    private Ours(Machine machine, Partner partner, String name, Map<String, String> further) throws Exception {
        this.database = name;
        int port = Machine.port();
        this.url = URI.create("http://localhost:" + port);
        this.folder = Files.createDirectories(machine.folder().resolve(name));
        Map<String, String> environment = new HashMap<>(further);
        environment.putAll(Map.of(
                "BOCAU_DATA", data().toString(),
                "BOCAU_HTTP_PORT", Integer.toString(port),
                "BOCAU_HTTPS_PORT", Integer.toString(Machine.port()),
                "BOCAU_SANDBOX", "on",
                "BOCAU_SANDBOX_PORT", Integer.toString(Machine.port())));
        environment.put("BOCAU_SECRETS_PORTAL", SECRET);
        environment.put("BOCAU_MAPPINGS", mappings(folder).toString());
        environment.put("BOCAU_REFERENCE", reference(folder, partner).toString());
        long start = System.nanoTime();
        this.process = machine.java(name, machine.jar(), environment, "hub");
        while (!calls.answers(url.resolve("/actuator/health/readiness"))) {
            if (!process.isAlive()) {
                throw new IOException(
                        "ours ended by itself; see " + machine.folder().resolve(name + ".log"));
            }
            Load.pause(50);
        }
        this.startSeconds = (System.nanoTime() - start) / 1e9;
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** All of it: itself, and the PostgreSQL it has started, if it has. */
    double megabytes() {
        return Processes.megabytes(Stream.concat(
                Stream.of(process.toHandle()),
                Processes.postmasters(data().resolve("postgresql")).stream()
                        .flatMap(postmaster -> Processes.withChildren(postmaster).stream())));
    }

    /** Of the PostgreSQL and the broker inside, as {@link Machine#assertDurable} of those that all share. */
    void assertDurableInside() throws IOException, SQLException {
        try (Connection db = inside()) {
            Durable.assertDatabase(db);
        }
        Durable.assertBroker(process.toHandle());
    }

    /** What the PostgreSQL inside answers. */
    long inside(String question) throws IOException, SQLException {
        try (Connection db = inside();
                ResultSet row = db.createStatement().executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection inside() throws IOException, SQLException {
        // Its fourth line is the port.
        String port = Files.readAllLines(data().resolve("postgresql/postmaster.pid"))
                .get(3)
                .strip();
        String password =
                Files.readString(data().resolve("postgresql.password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password);
    }

    URI url() {
        return url;
    }

    private static Path mappings(Path folder) throws IOException {
        Path dialect = Files.createDirectories(folder.resolve("mappings/measured"));
        Files.writeString(dialect.resolve("dialect.json"), """
            {"about": "measured", "login": {"kind": "none"}, "timeouts": {"connect": 5000, "read": 10000},
             "messages": {"progress": {"path": "/", "headers": {"Idempotency-Key": "{id}"}},
                          "status": {"path": "/", "headers": {"Idempotency-Key": "{id}"}}}}
            """);
        for (String kind : List.of("progress", "status")) {
            Files.writeString(
                    dialect.resolve(kind + ".out.jslt"),
                    "{\"item\": .leg.item, \"code\": .event.code, \"at\": .event.happenedAt}");
        }
        Files.writeString(
                dialect.resolve("answer.jslt"),
                "{\"outcome\": if (.status == 200) \"CONFIRMED\" else \"REFUSED\", \"detail\": \"ok\","
                        + " \"code\": \"odd\", \"vi\": \"Lạ.\", \"en\": \"Odd.\"}");
        return folder.resolve("mappings");
    }

    /** Portals, and one agency that works at the desk, so that each scan tells one partner one thing. */
    private static Path reference(Path folder, Partner partner) throws IOException {
        Path reference =
                Files.createDirectories(folder.resolve("reference/sandbox")).getParent();
        String heading = "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n";
        Files.writeString(
                reference.resolve("partners.csv"),
                Stream.concat(Stream.of(Partner.MEASURED), OTHERS.stream())
                        .map(portal -> portal + ",PORTAL,Cổng để đo,measured,PUSH," + partner.url(portal) + "," + portal
                                + ",portal,,8,\n")
                        .collect(Collectors.joining("", heading, "")));
        Files.writeString(reference.resolve("sandbox/partners.csv"), heading);
        Files.writeString(
                reference.resolve("sandbox/agencies.csv"),
                "id,name,commune,street,phone,office,partner,portal\n"
                        + "000.00.12.H50,Trung tâm Phục vụ hành chính công,19333,09 Hùng"
                        + " Vương,02330000100,520100,,measured\n");
        return reference;
    }

    @Override
    public String name() {
        return "Bồ Câu";
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public double startSeconds() {
        return startSeconds;
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public List<String> prepare(int items) throws Exception {
        return prepare(items, Partner.MEASURED);
    }

    /** Filed by this portal, which is told of them. */
    List<String> prepare(int items, String portal) throws Exception {
        String token = calls.post(
                        url.resolve("/oauth2/token"),
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "grant_type=client_credentials&client_id=" + portal + "&client_secret=" + SECRET)
                .path("access_token")
                .asText();
        String[] made = new String[items];
        AtomicInteger next = new AtomicInteger();
        List<Thread> filers = new ArrayList<>();
        var failures = new ConcurrentHashMap<String, Exception>();
        for (int n = 0; n < FILERS; n++) {
            Thread filer = new Thread(() -> {
                for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
                    try {
                        made[item] = file(token, portal);
                    } catch (Exception e) {
                        failures.put("first", e);
                        return;
                    }
                }
            });
            filer.start();
            filers.add(filer);
        }
        for (Thread filer : filers) {
            filer.join();
        }
        if (!failures.isEmpty()) {
            throw failures.get("first");
        }
        return Arrays.asList(made);
    }

    private String file(String token, String portal) throws IOException, InterruptedException {
        String code = "000.00.12.H50-" + run + "-" + codes.incrementAndGet();
        Map<String, Object> citizen = Map.of(
                "name", "Lê Thị Mẫu",
                "phone", "0900000001",
                "address", Map.of("commune", "19333", "street", "12 đường Mẫu"));
        String request = Calls.JSON.writeValueAsString(Map.of(
                "dossier",
                Map.of(
                        "codes",
                        List.of(Map.of("system", portal, "code", code)),
                        "procedure",
                        "1.012786",
                        "channel",
                        "ONLINE",
                        "filedOn",
                        LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).toString(),
                        "agency",
                        "000.00.12.H50",
                        "paidOnline",
                        true),
                "pickup",
                Map.of(
                        "sender",
                        citizen,
                        "papers",
                        List.of(Map.of("name", "Đơn đề nghị cấp lại", "original", true, "count", 1)))));
        JsonNode answer = calls.post(
                url.resolve("/api/portal/v1/requests"),
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json", "Idempotency-Key", code),
                request,
                TRIES);
        return answer.path("legs").path(0).path("item").asText();
    }

    @Override
    public void signIn(int caller) {
        phones.computeIfAbsent(caller, this::signedIn);
    }

    @Override
    public void scan(int caller, int step, List<String> items) throws Exception {
        Phone phone = phones.computeIfAbsent(caller, this::signedIn);
        List<Map<String, Object>> handlings = new ArrayList<>();
        for (String item : items) {
            handlings.add(Map.of(
                    "id", uuid7().toString(),
                    "seq", phone.seq.incrementAndGet(),
                    "code", STEPS.get(step),
                    "item", item,
                    "occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString(),
                    "details", details(step)));
        }
        JsonNode answer = calls.post(
                url.resolve("/api/scan/v1/handlings"),
                Map.of("Authorization", "Bearer " + phone.token, "Content-Type", "application/json"),
                Calls.JSON.writeValueAsString(
                        Map.of("device", phone.device, "sentAt", Instant.now().toString(), "handlings", handlings)));
        for (JsonNode one : answer.path("handlings")) {
            if (!one.path("outcome").asText().equals("RECORDED")) {
                throw new IllegalStateException("not recorded: " + one);
            }
        }
    }

    private static Map<String, Object> details(int step) {
        return switch (step) {
            case 1 ->
                Map.of(
                        "papers",
                        List.of(Map.of("name", "Đơn đề nghị cấp lại", "original", true, "count", 1)),
                        "seal",
                        "NP-000123",
                        "feeCollected",
                        0,
                        "postageCollected",
                        0);
            case 2 -> Map.of("feeRemitted", 0);
            default -> Map.of();
        };
    }

    private Phone signedIn(int caller) {
        String device = "bench-" + run + "-" + caller;
        try {
            JsonNode session = calls.post(
                    url.resolve("/api/scan/v1/sign-in"),
                    Map.of("Content-Type", "application/json"),
                    Calls.JSON.writeValueAsString(
                            Map.of("user", "buu-ta", "password", "buu-ta-sandbox", "device", device)));
            return new Phone(device, session.path("token").asText(), new AtomicLong());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static UUID uuid7() {
        long time = System.currentTimeMillis() << 16 | 0x7000 | RANDOM.nextInt(0x1000);
        return new UUID(time, RANDOM.nextLong() >>> 2 | 1L << 63);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(30, TimeUnit.SECONDS)
                .exceptionally(late -> null)
                .join();
        process.destroyForcibly();
    }
}
