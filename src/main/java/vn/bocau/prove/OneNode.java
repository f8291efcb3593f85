package vn.bocau.prove;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One process with PostgreSQL and Artemis inside, as {@code ./bocau} starts it; the broker dies with it. */
final class OneNode implements Site {

    private final List<String> cannot = new ArrayList<>();
    private final Partners partners;
    private final Node hub;
    private final Path data;
    private final Tally tally;
    private final @Nullable Clock clock;
    private final @Nullable Disk disk;

    OneNode(Path folder, Options options, Tally tally, Closing closing) throws IOException {
        this.tally = tally;
        int port = Ports.free();
        partners = new Partners(folder, port);
        closing.opened(partners::close);
        cannot.add("kill -9 of the broker alone: it lives in the hub's process and dies with it; see --nodes=2");
        disk = disk(folder, "disk", "2500M", cannot, closing);
        clock = clock(folder, cannot);
        data = (disk == null ? folder : disk.folder()).resolve("data");
        Map<String, String> settings = new HashMap<>(options.settings());
        settings.putAll(clock == null ? Map.of() : clock.environment());
        hub = new Node("hub", List.of(), "localhost", port, "localhost", partners, data, folder, settings);
        closing.opened(hub::close);
    }

    @Override
    public void start() throws IOException {
        partners.start();
        hub.start();
    }

    static @Nullable Disk disk(Path folder, String name, String size, List<String> cannot, Closing closing) {
        try {
            Disk disk = Disk.mount(folder, name, size);
            closing.opened(disk::close);
            return disk;
        } catch (IOException no) {
            cannot.add("full disk: " + no.getMessage());
            return null;
        }
    }

    static @Nullable Clock clock(Path folder, List<String> cannot) {
        try {
            return Clock.make(folder);
        } catch (IOException no) {
            cannot.add("clock jumps (Debian: apt-get install gcc libc6-dev): " + no.getMessage());
            return null;
        }
    }

    @Override
    public List<URI> doors() {
        return List.of(hub.url());
    }

    @Override
    public Partners partners() {
        return partners;
    }

    @Override
    public List<Fault> faults() {
        Fault database = Fault.death(
                "kill -9 PostgreSQL", 0, 1, chance -> Postgres.kill(data.resolve("postgresql")), chance -> {});
        List<Fault> all = new ArrayList<>(List.of(
                hub.killed(),
                database,
                hub.killed().amid(PartnerFaults.of(partners, "down")),
                database.amid(PartnerFaults.of(partners, "drop-after-commit"))));
        TwoNodes.full(disk, "full disk of everything", children(), tally, chance -> {})
                .ifPresent(all::add);
        TwoNodes.jumps(clock, hub).ifPresent(all::add);
        PartnerFaults.of(partners).forEach(all::add);
        return all;
    }

    @Override
    public List<String> cannot() {
        return cannot;
    }

    @Override
    public List<String> raise() throws IOException {
        if (hub.process().runs()) {
            return List.of();
        }
        hub.start();
        return List.of(hub.process().name());
    }

    @Override
    public List<Child> children() {
        return List.of(hub.process());
    }
}
