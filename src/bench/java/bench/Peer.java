package bench;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A peer of {@code src/bench}, started from this jar. */
final class Peer implements Subject {

    private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());

    private final String which;
    private final String name;
    private final Process process;
    private final URI scans;
    private final Calls calls = new Calls();
    private final double startSeconds;

    Peer(Machine machine, String which, String name, Partner partner, java.nio.file.Path jar) throws Exception {
        this.which = which;
        this.name = name;
        int port = Machine.port();
        this.scans = URI.create("http://localhost:" + port + "/scans");
        Map<String, String> environment = Map.of(
                "DB_URL", machine.url(which),
                "DB_USER", "postgres",
                "DB_PASSWORD", machine.password(),
                "BROKER_URL", machine.broker(),
                "PORTAL_URL", partner.url(Partner.MEASURED).toString(),
                "PORT", Integer.toString(port));
        long start = System.nanoTime();
        this.process = machine.java(which, jar, environment, which);
        Machine.awaitPort(port, process);
        while (!takes()) {
            Load.pause(50);
        }
        this.startSeconds = (System.nanoTime() - start) / 1e9;
    }

    /** Tomcat listens before all of an application is there. */
    private boolean takes() throws Exception {
        try {
            calls.post(scans, Map.of("Content-Type", "application/json"), "[]");
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String database() {
        return which;
    }

    /** A bare route keeps nothing but what is on its queue. */
    @Override
    public boolean commits() {
        return !which.equals("bare");
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
    public List<String> prepare(int items) {
        return IntStream.range(0, items)
                .mapToObj(n -> "I" + NUMBER.incrementAndGet())
                .toList();
    }

    /** An item is a number: as many as anybody may want. */
    @Override
    public double room() {
        return 10;
    }

    @Override
    public void scan(int caller, int step, List<String> items) throws Exception {
        List<Map<String, Object>> batch = items.stream()
                .map(item -> Map.<String, Object>of(
                        "id", UUID.randomUUID().toString(),
                        "seq", step,
                        "code", STEPS.get(step),
                        "item", item,
                        "occurredAt", Instant.now().toString()))
                .toList();
        calls.post(scans, Map.of("Content-Type", "application/json"), Calls.JSON.writeValueAsString(batch));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
