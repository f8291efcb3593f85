package vn.bocau.prove;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One hub, as {@code ./bocau hub} starts it. */
final class Node implements AutoCloseable {

    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final int LOOK_MILLIS = 200;

    private final Child process;
    private final URI url;

    /**
     * @param before what stands before the command
     * @param host where it is heard from this machine
     * @param partnersHost where this machine is heard from it
     * @param settings variables on top of ports and folder
     */
    Node(
            String name,
            List<String> before,
            String host,
            int port,
            String partnersHost,
            Partners partners,
            Path data,
            Path logs,
            Map<String, String> settings)
            throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of(
                "BOCAU_DATA",
                data.toString(),
                "BOCAU_HTTP_PORT",
                Integer.toString(port),
                "BOCAU_HTTPS_PORT",
                Integer.toString(Ports.free()),
                "BOCAU_SANDBOX",
                "on",
                "BOCAU_SANDBOX_PORT",
                Integer.toString(partners.port()),
                "BOCAU_SANDBOX_URL",
                partners.at(partnersHost).toString(),
                // A driver that signs in anew after each fault is no attacker.
                "BOCAU_LOGIN_PERACCOUNT",
                "100000",
                "BOCAU_LOGIN_PERADDRESS",
                "100000"));
        this.process = new Child(name, before, List.of("hub"), all, logs);
        this.url = URI.create("http://" + host + ":" + port);
    }

    URI url() {
        return url;
    }

    Child process() {
        return process;
    }

    void start() throws IOException {
        process.start();
        Nodes.await(process, Nodes.readiness(url));
    }

    /**
     * Waits until it looks by the clock at what nobody has woken, whatever time it has just been set to.
     *
     * @throws IOException when it has not within a minute: what is parked, held or left behind would lie for as long
     */
    void looks() throws IOException {
        long before = Nodes.sweeps(url);
        Instant until = Instant.now().plus(SWEEP);
        while (Nodes.sweeps(url) == before) {
            if (Instant.now().isAfter(until)) {
                throw new IOException(process.name() + " looks at nothing by the clock since it was set");
            }
            Talk.pause(LOOK_MILLIS);
        }
    }

    /** Kills it and starts it again. */
    Fault killed() {
        return Fault.death("kill -9 " + process.name(), 0, 3, chance -> process.kill(), chance -> start());
    }

    @Override
    public void close() {
        process.close();
    }
}
