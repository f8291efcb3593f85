package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Side by side, in one run, on one PostgreSQL and one broker: ceilings, peers and ours; medians of the rounds, as ratios. */
final class Bench {

    private static final List<Integer> CONNECTIONS = List.of(1, 2, 4, 8, 16, 32, 64);
    private static final String OURS = "Bồ Câu";
    private static final Map<String, String> NAMES =
            Map.of("plain", "plain Spring Boot", "modulith", "Spring Modulith", "bare", "bare Camel route");

    private final Options options;
    private final Path folder;
    private final Path product;
    private final Path own;
    private final List<Ceilings> ceilings = new ArrayList<>();
    private final Map<String, List<Round.Figures>> figures = new LinkedHashMap<>();
    private final Map<String, List<List<Double>>> connections = new LinkedHashMap<>();
    private final List<Whole.Figures> whole = new ArrayList<>();
    private final List<Outage.Figures> outages = new ArrayList<>();
    private final Map<String, List<Double>> peersBySize = new LinkedHashMap<>();

    /** A bare route and Modulith's registry do not promise each word once and in order. */
    private final Tallies tallies = new Tallies(Set.of(OURS, NAMES.get("plain")));

    private List<Stored.Figures> stored = List.of();

    private Bench(Options options, Path folder, Path product, Path own) {
        this.options = options;
        this.folder = folder;
        this.product = product;
        this.own = own;
    }

    static int run(List<String> typed) throws Exception {
        if (typed.contains("--help")) {
            System.out.print(Options.HELP);
            return 0;
        }
        Options options;
        try {
            options = Options.of(typed);
        } catch (IllegalArgumentException e) {
            System.out.print("Không hiểu · unknown: " + e.getMessage() + "\n\n" + Options.HELP);
            return 2;
        }
        Path own = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        Path product = own.resolveSibling("../laid-out/bocau.jar").normalize();
        Path folder = options.keep().isPresent()
                ? Files.createDirectories(options.keep().get())
                : Files.createTempDirectory("bocau-bench-");
        return new Bench(options, folder, product, own).measure();
    }

    private int measure() throws Exception {
        System.out.println("folder " + folder);
        try (var machine = new Machine(folder, product, options.keep().isPresent());
                var partner = new Partner(folder)) {
            machine.assertDurable("postgres");
            // Refuses what there is no room for before an hour has gone by.
            var much = options.has(5)
                    ? new Stored(
                            machine,
                            partner,
                            options.stored(),
                            options.rounds(),
                            options.quick() ? 20 : 300,
                            Stored.times(options.quick()))
                    : null;
            for (int round = 1; round <= options.rounds(); round++) {
                round(machine, partner, round);
            }
            if (options.has(4)) {
                Outage.Figures got = new Outage(
                                machine,
                                partner,
                                options.backlog(),
                                options.doors(),
                                Duration.ofSeconds(options.quick() ? 10 : 60))
                        .run();
                outages.add(got);
                tallies.add(OURS, got.tally().and(got.others()));
                System.out.println(got.text());
            }
            if (much != null) {
                storedByPeers(machine, partner);
                stored = much.run();
                stored.forEach(got -> tallies.add(OURS, got.tally()));
            }
            machine.assertDurable("postgres");
        }
        return told() ? 0 : 1;
    }

    private void round(Machine machine, Partner partner, int round) throws Exception {
        Round.Sizes sizes = options.quick()
                ? new Round.Sizes(Duration.ofSeconds(4), Duration.ofSeconds(8))
                : new Round.Sizes(Duration.ofSeconds(20), Duration.ofSeconds(60));
        if (options.has(6)) {
            Whole.Figures got = Whole.measure(machine, partner, sizes);
            whole.add(got);
            tallies.add(OURS, got.tally());
            System.out.println("round " + round + ", all inside: " + got);
        }
        if (!options.line()) {
            return;
        }
        ceilings.add(Ceilings.measure(machine, partner, Duration.ofSeconds(options.quick() ? 3 : 10)));
        System.out.println("round " + round + ": " + ceilings.get(ceilings.size() - 1));
        for (String one : options.only()) {
            machine.database(one);
            try (Subject subject = subject(one, machine, partner)) {
                Round measuring = new Round(machine, subject, partner, sizes);
                Round.Figures got = measuring.run();
                figures.computeIfAbsent(subject.name(), n -> new ArrayList<>()).add(got);
                System.out.println("round " + round + ", " + subject.name() + ": " + got);
                connections
                        .computeIfAbsent(subject.name(), n -> new ArrayList<>())
                        .add(measuring.byCallers(CONNECTIONS, Duration.ofSeconds(options.quick() ? 1 : 5)));
                tallies.add(subject.name(), measuring.tally());
            }
        }
    }

    private void storedByPeers(Machine machine, Partner partner) throws Exception {
        var peers = new PeerStore(
                machine,
                partner,
                which -> subject(which, machine, partner),
                Stored.times(options.quick()),
                options.rounds(),
                tallies);
        for (String which : options.only().stream().filter(PeerStore::keeps).toList()) {
            peersBySize.put(NAMES.get(which), peers.rates(which, options.stored()));
        }
    }

    private Subject subject(String which, Machine machine, Partner partner) throws Exception {
        return switch (which) {
            case "ours" -> new Ours(machine, partner, which);
            default -> new Peer(machine, which, NAMES.get(which), partner, own);
        };
    }

    private boolean told() throws IOException {
        if (!figures.isEmpty()) {
            table();
        }
        if (!connections.isEmpty()) {
            rows(
                    "accepted/s by connections",
                    CONNECTIONS.stream().map(String::valueOf).toList());
        }
        whole.forEach(got -> System.out.println("all inside: " + got));
        outages.forEach(got -> System.out.println(got.text()));
        stored.forEach(got -> System.out.println(got.text()));
        plot();
        System.out.println("\nKết luận · verdict");
        Goals.of(measured()).forEach(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "%nđã đếm · counted: %,d messages confirmed, held against all that was scanned%n%s",
                tallies.heard(),
                tallies.text());
        boolean everything = everything() && tallies.heard() > 0;
        List<String> broken = tallies.broken();
        System.out.print(everything ? "" : "NOTHING WAS MEASURED · KHÔNG ĐO ĐƯỢC GÌ\n");
        System.out.print(
                broken.isEmpty()
                        ? ""
                        : "LOST, DOUBLED OR OUT OF ORDER · MẤT, TRÙNG HOẶC ĐẢO THỨ TỰ: " + String.join(", ", broken)
                                + "\n");
        return everything && broken.isEmpty();
    }

    /** Of each point that was asked for, something was counted. */
    private boolean everything() {
        boolean line = figures.values().stream()
                .allMatch(all -> all.stream().allMatch(one -> one.single() > 0 && one.through() > 0 && one.p99() >= 0));
        return (!options.line() || !figures.isEmpty() && line)
                && (!options.has(4)
                        || outages.stream()
                                .anyMatch(got -> got.tally().heard() > 0
                                        && got.before().count() > 0
                                        && got.meanwhile().count() > 0))
                && (!options.has(5)
                        || !stored.isEmpty()
                                && stored.stream()
                                        .allMatch(got -> got.handlings() > 0
                                                && got.empty() > 0
                                                && got.full() > 0
                                                && got.searches() > 0))
                && (!options.has(6)
                        || whole.stream().anyMatch(got -> got.tally().heard() > 0));
    }

    private Goals.Measured measured() {
        Stored.Figures most = stored.isEmpty() ? null : stored.get(stored.size() - 1);
        return new Goals.Measured(
                harmonic(),
                median(OURS, Round.Figures::through),
                median(NAMES.get("plain"), Round.Figures::through),
                median(NAMES.get("modulith"), Round.Figures::through),
                median(OURS, Round.Figures::p99),
                outages.stream()
                        .map(got -> got.tally().and(got.others()))
                        .mapToDouble(all -> all.lost() + all.doubled() + all.outOfOrder())
                        .max()
                        .orElse(Double.NaN),
                most == null ? 0 : most.handlings(),
                most == null ? Double.NaN : most.ratio(),
                most == null ? Double.NaN : most.searchP95(),
                Stats.median(whole.stream().map(Whole.Figures::first).toList()),
                Stats.median(whole.stream().map(Whole.Figures::load).toList()));
    }

    private double harmonic() {
        return Stats.median(ceilings.stream().map(Ceilings::harmonic).toList());
    }

    private double median(String name, ToDoubleFunction<Round.Figures> figure) {
        return Stats.median(figures.getOrDefault(name, List.of()).stream()
                .map(figure::applyAsDouble)
                .toList());
    }

    private void plot() throws IOException {
        List<Plot.Panel> panels = new ArrayList<>();
        String left = "thao tác mỗi giây · scans a second";
        if (!connections.isEmpty()) {
            Map<String, List<Double>> lines = new LinkedHashMap<>();
            connections.keySet().forEach(name -> lines.put(name, byConnections(name)));
            panels.add(new Plot.Panel(
                    "Nhận và ghi xuống đĩa · accepted durably",
                    "kết nối cùng lúc · connections at once",
                    left,
                    CONNECTIONS.stream().map(String::valueOf).toList(),
                    lines));
        }
        if (!stored.isEmpty()) {
            List<String> below = new ArrayList<>(List.of("0"));
            List<Double> rates = new ArrayList<>(List.of(
                    Stats.median(stored.stream().map(Stored.Figures::empty).toList())));
            stored.forEach(got -> {
                below.add(millions(got.handlings()));
                rates.add(got.full());
            });
            Map<String, List<Double>> lines = new LinkedHashMap<>(Map.of(OURS, rates));
            lines.putAll(peersBySize);
            panels.add(new Plot.Panel(
                    "Qua cả đường · through the whole line",
                    "thao tác đã lưu, triệu · handlings stored already, millions",
                    left,
                    below,
                    lines));
        }
        if (panels.isEmpty()) {
            return;
        }
        Path file = options.plot().orElse(folder.resolve("performance.svg"));
        Files.writeString(
                file,
                Plot.svg(
                        "Tốc độ theo số kết nối và theo lượng đã lưu",
                        "Rate against connections and against what is stored"
                                + (options.quick() ? " (a try: no figures)" : ""),
                        panels));
        System.out.println("biểu đồ · plot: " + file);
    }

    private static String millions(long handlings) {
        double millions = handlings / 1e6;
        return String.format(Locale.ROOT, millions < 0.1 ? "%.3f" : "%.1f", millions)
                .replaceFirst("\\.0$", "");
    }

    private List<Double> byConnections(String name) {
        List<List<Double>> rounds = connections.get(name);
        List<Double> medians = new ArrayList<>();
        for (int n = 0; n < CONNECTIONS.size(); n++) {
            int at = n;
            medians.add(Stats.median(rounds.stream().map(round -> round.get(at)).toList()));
        }
        return medians;
    }

    private void rows(String what, List<String> places) {
        System.out.println();
        System.out.printf("%-36s", what);
        places.forEach(place -> System.out.printf(" %7s", place));
        System.out.println();
        for (String name : connections.keySet()) {
            System.out.printf("%-36s", "  " + name);
            byConnections(name).forEach(rate -> System.out.printf(Locale.ROOT, " %7.0f", rate));
            System.out.println();
        }
        System.out.println();
    }

    private void table() {
        double harmonic = harmonic();
        System.out.printf(
                Locale.ROOT,
                "%nceilings, a second: commits %.0f, JMS send+receive %.0f, HTTP %.0f; harmonic %.0f%n%n",
                Stats.median(ceilings.stream().map(Ceilings::commits).toList()),
                Stats.median(ceilings.stream().map(Ceilings::jms).toList()),
                Stats.median(ceilings.stream().map(Ceilings::http).toList()),
                harmonic);
        System.out.printf("%-36s", "medians of " + ceilings.size() + " rounds");
        figures.keySet().forEach(name -> System.out.printf(" %18s", name));
        System.out.println();
        row("accepted/s, single, 32 callers", Round.Figures::single);
        row("accepted/s, batches of 50", Round.Figures::batchesOf50);
        row("accepted/s, batches of 500", Round.Figures::batchesOf500);
        row("through the line/s", Round.Figures::through);
        row("  as a share of the harmonic ceiling", f -> f.through() / harmonic);
        row("delay p50 at half of that, ms", Round.Figures::p50);
        row("delay p99 at half of that, ms", Round.Figures::p99);
        row("statements to the database for each", Round.Figures::statements);
        row("processor time for each, ms", Round.Figures::busy);
        row("start to ready, s", Round.Figures::ready);
        row("its own memory at rest, MB", Round.Figures::restMegabytes);
        row("its own memory under load, MB", Round.Figures::loadMegabytes);
    }

    private void row(String what, ToDoubleFunction<Round.Figures> figure) {
        System.out.printf("%-36s", what);
        for (String name : figures.keySet()) {
            double value = median(name, figure);
            System.out.printf(Locale.ROOT, value < 10 ? " %18.2f" : " %18.0f", value);
        }
        System.out.println();
    }
}
