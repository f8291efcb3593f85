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
import java.util.function.ToDoubleFunction;

/** Side by side, in one run, on one PostgreSQL and one broker: ceilings, peers and ours; medians of the rounds, as ratios. */
final class Bench {

    private static final String HELP = """
            ./bocau bench [--rounds=3] [--quick] [--only=ours,plain,modulith,bare]

            Đo tốc độ cạnh nhau trong một lần chạy: trần của máy này, ba cách làm khác, và Bồ Câu.
            Measures side by side, in one run: this machine's ceilings, three other ways to do it, and Bồ Câu.

              --rounds   số lượt, lấy trung vị · rounds, of which the median is taken
              --quick    ngắn, chỉ để thử · short, for a try: its figures are no figures
              --only     chỉ những bên này · only these

            """;

    private final int rounds;
    private final boolean quick;
    private final List<String> only;
    private final Path product;
    private final Path own;

    private Bench(int rounds, boolean quick, List<String> only, Path product, Path own) {
        this.rounds = rounds;
        this.quick = quick;
        this.only = only;
        this.product = product;
        this.own = own;
    }

    static int run(List<String> typed) throws Exception {
        int rounds = 3;
        boolean quick = false;
        List<String> only = List.of("ours", "plain", "modulith", "bare");
        for (String one : typed) {
            String value = one.substring(one.indexOf('=') + 1);
            switch (one.split("=", 2)[0]) {
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--quick" -> quick = true;
                case "--only" -> only = List.of(value.split(","));
                default -> {
                    System.out.print(HELP);
                    return one.equals("--help") ? 0 : 2;
                }
            }
        }
        Path own = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        Path product = own.resolveSibling("../laid-out/bocau.jar").normalize();
        return new Bench(rounds, quick, only, product, own).measure();
    }

    private int measure() throws Exception {
        Path folder = Files.createTempDirectory("bocau-bench-");
        System.out.println("folder " + folder);
        Round.Sizes sizes = quick
                ? new Round.Sizes(Duration.ofSeconds(4), Duration.ofSeconds(8))
                : new Round.Sizes(Duration.ofSeconds(20), Duration.ofSeconds(60));
        List<Ceilings> ceilings = new ArrayList<>();
        Map<String, List<Round.Figures>> figures = new LinkedHashMap<>();
        try (var machine = new Machine(folder, product);
                var partner = new Partner(folder)) {
            machine.assertDurable();
            for (int round = 1; round <= rounds; round++) {
                ceilings.add(Ceilings.measure(machine, partner, Duration.ofSeconds(quick ? 3 : 10)));
                System.out.println("round " + round + ": " + ceilings.get(ceilings.size() - 1));
                for (String one : only) {
                    try (Subject subject = subject(one, machine, partner)) {
                        Round.Figures got = new Round(machine, subject, partner, sizes).run();
                        figures.computeIfAbsent(subject.name(), n -> new ArrayList<>()).add(got);
                        System.out.println("round " + round + ", " + subject.name() + ": " + got);
                    }
                }
            }
            machine.assertDurable();
        }
        return print(ceilings, figures) ? 0 : 1;
    }

    private Subject subject(String which, Machine machine, Partner partner) throws Exception {
        return switch (which) {
            case "ours" -> new Ours(machine, partner);
            case "plain" -> new Peer(machine, which, "plain Spring Boot", partner, own);
            case "modulith" -> new Peer(machine, which, "Spring Modulith", partner, own);
            case "bare" -> new Peer(machine, which, "bare Camel route", partner, own);
            default -> throw new IOException("unknown: " + which);
        };
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static boolean print(List<Ceilings> ceilings, Map<String, List<Round.Figures>> figures) {
        double harmonic = median(ceilings.stream().map(Ceilings::harmonic).toList());
        System.out.printf(
                Locale.ROOT,
                "%nceilings, a second: commits %.0f, JMS send+receive %.0f, HTTP %.0f; harmonic %.0f%n%n",
                median(ceilings.stream().map(Ceilings::commits).toList()),
                median(ceilings.stream().map(Ceilings::jms).toList()),
                median(ceilings.stream().map(Ceilings::http).toList()),
                harmonic);
        System.out.printf("%-36s", "medians of " + ceilings.size() + " rounds");
        figures.keySet().forEach(name -> System.out.printf(" %18s", name));
        System.out.println();
        row(figures, "accepted/s, single, 32 callers", Round.Figures::single);
        row(figures, "accepted/s, batches of 50", Round.Figures::batchesOf50);
        row(figures, "accepted/s, batches of 500", Round.Figures::batchesOf500);
        row(figures, "through the line/s", Round.Figures::through);
        row(figures, "  as a share of the harmonic ceiling", f -> f.through() / harmonic);
        row(figures, "delay p50 at half of that, ms", Round.Figures::p50);
        row(figures, "delay p99 at half of that, ms", Round.Figures::p99);
        row(figures, "statements to the database for each", Round.Figures::statements);
        row(figures, "processor time for each, ms", Round.Figures::busy);
        row(figures, "start to ready, s", Round.Figures::ready);
        row(figures, "resident at rest, MB", Round.Figures::restMegabytes);
        row(figures, "resident under load, MB", Round.Figures::loadMegabytes);
        boolean measured = figures.values().stream()
                .allMatch(all -> all.stream().allMatch(one -> one.single() > 0 && one.through() > 0 && one.p99() >= 0));
        System.out.println(measured ? "" : "NOTHING WAS MEASURED · KHÔNG ĐO ĐƯỢC GÌ");
        return measured && !figures.isEmpty();
    }

    private static void row(
            Map<String, List<Round.Figures>> figures, String what, ToDoubleFunction<Round.Figures> figure) {
        System.out.printf("%-36s", what);
        for (List<Round.Figures> all : figures.values()) {
            double value = median(all.stream().map(figure::applyAsDouble).toList());
            System.out.printf(Locale.ROOT, value < 10 ? " %18.2f" : " %18.0f", value);
        }
        System.out.println();
    }
}
