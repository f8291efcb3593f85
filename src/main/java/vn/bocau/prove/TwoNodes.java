package vn.bocau.prove;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two hubs that share a PostgreSQL and a pair of Artemis brokers, by configuration only. */
final class TwoNodes implements Site {

    private static final int KEY_BITS = 2048;
    private static final int LINE = 64;
    private static final long LEAST_JUMP = 60;
    private static final long MOST_JUMP = 7200;

    /** Of an Artemis that cannot write down what it was given: critical IO error. */
    private static final Pattern ENDS_ITSELF = Pattern.compile("AMQ222010");

    private final List<String> cannot = new ArrayList<>();
    private final Tally tally;
    private final String machine;
    private final int ofThePrimary;
    private final int ofTheBackup;
    private final Partners partners;
    private final Postgres postgres;
    private final Child primary;
    private final Child backup;
    private final Node one;
    private final Node two;
    private final @Nullable Network network;
    private final @Nullable Disk disk;
    private final @Nullable Disk brokersDisk;
    private final @Nullable Clock clock;

    TwoNodes(Path folder, Options options, Tally tally, Closing closing) throws IOException {
        this.tally = tally;
        int port = Ports.free();
        partners = new Partners(folder, port);
        closing.opened(partners::close);
        disk = OneNode.disk(folder, "disk", "2500M", cannot, closing);
        brokersDisk = OneNode.disk(folder, "brokers-disk", "400M", cannot, closing);
        clock = OneNode.clock(folder, cannot);
        network = network(cannot, closing);
        machine = network == null ? "localhost" : network.host();
        postgres = new Postgres(
                disk == null ? folder : disk.folder(), folder, network == null ? "" : network.host() + "/30");
        closing.opened(postgres::close);
        ofThePrimary = Ports.free();
        ofTheBackup = Ports.free();
        Path journal = (brokersDisk == null ? folder : brokersDisk.folder()).resolve("artemis");
        primary = broker("primary", folder, journal, machine, ofThePrimary, ofTheBackup);
        backup = broker("backup", folder, journal, machine, ofTheBackup, ofThePrimary);
        closing.opened(primary::close);
        closing.opened(backup::close);
        Map<String, String> shared = new HashMap<>(options.settings());
        shared.putAll(Map.of(
                "BOCAU_DB_URL", postgres.url(machine),
                "BOCAU_DB_USER", postgres.user(),
                "BOCAU_DB_PASSWORD", postgres.password(),
                "BOCAU_BROKER_URL",
                        "(tcp://" + machine + ":" + ofThePrimary + ",tcp://" + machine + ":" + ofTheBackup
                                + ")?ha=true",
                "BOCAU_TOKEN_KEY", key(folder).toString()));
        Map<String, String> moved = new HashMap<>(shared);
        if (clock != null) {
            moved.putAll(clock.environment());
        }
        one = new Node(
                "node 1", List.of(), "localhost", port, machine, partners, folder.resolve("node-1"), folder, moved);
        closing.opened(one::close);
        two = new Node(
                "node 2",
                network == null ? List.of() : network.prefix(),
                network == null ? "localhost" : network.node(),
                Ports.free(),
                machine,
                partners,
                folder.resolve("node-2"),
                folder,
                shared);
        closing.opened(two::close);
    }

    @Override
    public void start() throws IOException {
        partners.start();
        postgres.start();
        primary.start();
        backup.start();
        one.start();
        two.start();
    }

    private static @Nullable Network network(List<String> cannot, Closing closing) {
        try {
            Network network = Network.lay();
            closing.opened(network::close);
            return network;
        } catch (IOException no) {
            cannot.add("cut network: " + no.getMessage());
            return null;
        }
    }

    private static Child broker(String which, Path folder, Path journal, String host, int own, int other) {
        return new Child(
                "broker " + which,
                List.of(),
                List.of(Prove.BROKER, which, journal.toString(), host, Integer.toString(own), Integer.toString(other)),
                Map.of(),
                folder);
    }

    /** The key that signs access tokens: the same on both. */
    private static Path key(Path folder) throws IOException {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(KEY_BITS);
            String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                    .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
            return Files.writeString(
                    folder.resolve("token-key.pem"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public List<URI> doors() {
        return List.of(one.url(), two.url());
    }

    @Override
    public Partners partners() {
        return partners;
    }

    @Override
    public List<Fault> faults() {
        Fault database = Fault.death("kill -9 PostgreSQL", 0, 4, chance -> postgres.kill(), chance -> postgres.start());
        List<Fault> all = new ArrayList<>(List.of(
                one.killed(),
                two.killed(),
                database,
                two.killed().amid(takenOver()),
                one.killed().amid(PartnerFaults.of(partners, "down")),
                database.amid(PartnerFaults.of(partners, "drop-after-commit")),
                Fault.death(
                        "kill -9 both nodes",
                        0,
                        3,
                        chance -> {
                            one.process().kill();
                            two.process().kill();
                        },
                        chance -> {
                            one.start();
                            two.start();
                        }),
                takenOver(),
                Fault.death("kill -9 broker that waits", 2, 8, chance -> backup.kill(), chance -> backup.start())));
        if (network != null) {
            all.add(Fault.lasting(
                    Fault.Kind.NETWORK,
                    "network of node 2 cut",
                    5,
                    20,
                    chance -> network.cut(),
                    chance -> network.mend(),
                    () -> network.isNotReady(two.url().getPort())));
        }
        full(disk, "full disk of PostgreSQL", children(), tally, chance -> {}).ifPresent(all::add);
        // An Artemis that cannot write down what it was given ends itself. A hub does not: one that did is found and
        // counted later.
        full(brokersDisk, "full disk of the brokers", brokers(), tally, chance -> raise(brokers()))
                .ifPresent(all::add);
        jumps(clock, one).ifPresent(all::add);
        PartnerFaults.of(partners).forEach(all::add);
        return all;
    }

    /** Of the broker in charge: felt when the one that waits has taken over. */
    private Fault takenOver() {
        return Fault.lasting(
                Fault.Kind.DEATH,
                "kill -9 broker in charge",
                2,
                8,
                chance -> {
                    // Back from the time before, it takes a moment until it is in charge again.
                    Ports.await(machine, ofThePrimary);
                    primary.kill();
                },
                chance -> primary.start(),
                () -> Ports.listens(machine, ofTheBackup));
    }

    /**
     * @param whose the processes that write on it, or whose database does
     * @param restart what has to be started again when there is room
     */
    static Optional<Fault> full(@Nullable Disk disk, String name, List<Child> whose, Tally tally, Fault.Blow restart) {
        var felt = new NoRoom(new Watch(whose.stream().map(Child::log).toList()), tally::turnedAways);
        return Optional.ofNullable(disk)
                .map(d -> Fault.lasting(
                        Fault.Kind.DISK,
                        name,
                        4,
                        10,
                        chance -> {
                            felt.begin();
                            d.fill();
                        },
                        chance -> {
                            d.makeRoom();
                            restart.now(chance);
                        },
                        felt));
    }

    static Optional<Fault> jumps(@Nullable Clock clock, Node node) {
        return Optional.ofNullable(clock)
                .map(c -> Fault.lasting(
                        Fault.Kind.CLOCK,
                        "clock jumps",
                        5,
                        15,
                        chance -> {
                            c.set((chance.nextBoolean() ? 1 : -1) * chance.nextLong(LEAST_JUMP, MOST_JUMP));
                            node.looks();
                        },
                        chance -> {
                            c.set(0);
                            node.looks();
                        },
                        () -> Nodes.isElsewhere(node.url(), LEAST_JUMP / 2)));
    }

    @Override
    public List<String> cannot() {
        return cannot;
    }

    @Override
    public List<String> raise() throws IOException {
        List<String> raised = new ArrayList<>(raise(brokers()));
        for (Node node : List.of(one, two)) {
            if (!node.process().runs()) {
                node.start();
                raised.add(node.process().name());
            }
        }
        return raised;
    }

    /** @return those that ended for no reason: of a broker that met a full disk it is the fault's doing, however late */
    private static List<String> raise(List<Child> brokers) throws IOException {
        List<String> raised = new ArrayList<>();
        for (Child one : brokers) {
            if (!one.runs()) {
                boolean forWantOfRoom = one.hasSaid(ENDS_ITSELF);
                one.start();
                if (!forWantOfRoom) {
                    raised.add(one.name());
                }
            }
        }
        return raised;
    }

    private List<Child> brokers() {
        return List.of(primary, backup);
    }

    @Override
    public List<Child> children() {
        return Stream.of(one, two).map(Node::process).toList();
    }
}
