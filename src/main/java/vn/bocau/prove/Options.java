package vn.bocau.prove;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What was typed after {@code ./bocau prove}.
 *
 * @param minutes for how long things break
 * @param seed what decides which breaks when; the same seed draws the same faults
 * @param nodes 1: one process with everything inside; 2: two hubs, a PostgreSQL and a pair of Artemis of their own
 * @param rate dossiers begun a second, of all callers
 */
record Options(double minutes, long seed, int nodes, double rate) {

    static final String HELP = """
            ./bocau prove [--minutes=3] [--seed=…] [--nodes=1|2] [--rate=4]

            Chạy hệ thống như người dùng, gửi hồ sơ qua các cửa, phá ngẫu nhiên, rồi so điều đối tác nhận với điều đã nhận lời.
            Runs the system as a user would, says things at its doors, breaks it at random, then compares what the partners
            received with what was accepted. Exit code 0: nothing lost, doubled or out of order, and something was measured.

              --minutes  phá trong bao lâu · for how long things break (0.5 to 600)                      3
              --seed     số quyết định thứ tự phá, được in ra · draws the faults, and is printed         random
              --nodes    1: một tiến trình · one process; 2: hai nút, PostgreSQL và cặp Artemis riêng ·
                         two nodes, a PostgreSQL and an Artemis pair outside                             1
              --rate     số hồ sơ bắt đầu mỗi giây · dossiers begun a second (0.1 to 100): a machine
                         that cannot carry what is said never comes to rest                              4

            Full disks and a cut network need root; clocks that jump need a C compiler. What cannot be broken here is told.
            """;

    /** What a queue lost, or a dead node had in its hands, is said again after so long, unless {@code BOCAU_LINE_*} say otherwise. */
    private static final Duration AS_SHIPPED = Duration.ofMinutes(2);

    /** Longer than any partner is waited for. */
    private static final Duration IN_SHORT_RUNS = Duration.ofSeconds(40);

    private static final double SHORT = 10;
    private static final double LEAST = 0.5;
    private static final double MOST = 600;
    private static final double SLOWEST = 0.1;
    private static final double FASTEST = 100;

    /** Something typed that will not do; the message says what would. */
    static final class Wrong extends RuntimeException {
        Wrong(String why) {
            super(why);
        }
    }

    /** @throws Wrong when one of them is not understood */
    static Options of(List<String> typed) {
        double minutes = 3;
        long seed = ThreadLocalRandom.current().nextLong(1_000_000);
        int nodes = 1;
        double rate = 4;
        for (String one : typed) {
            String value = one.substring(one.indexOf('=') + 1);
            try {
                switch (one.split("=", 2)[0]) {
                    case "--minutes" -> minutes = Double.parseDouble(value);
                    case "--seed" -> seed = Long.parseLong(value);
                    case "--nodes" -> nodes = Integer.parseInt(value);
                    case "--rate" -> rate = Double.parseDouble(value);
                    default -> throw new Wrong("unknown: " + one);
                }
            } catch (NumberFormatException e) {
                throw new Wrong(one + ": a number is needed");
            }
        }
        if (!(minutes >= LEAST && minutes <= MOST)) {
            throw new Wrong("--minutes is from 0.5 to 600");
        }
        if (nodes != 1 && nodes != 2) {
            throw new Wrong("--nodes is 1 or 2");
        }
        if (!(rate >= SLOWEST && rate <= FASTEST)) {
            throw new Wrong("--rate is from 0.1 to 100");
        }
        return new Options(minutes, seed, nodes, rate);
    }

    /** How long a message may be lost, or in the hands of a node that died, before it is said again. */
    Duration saidAgainAfter() {
        return minutes < SHORT ? IN_SHORT_RUNS : AS_SHIPPED;
    }

    /** What hubs are set to beside what their site is: in a run of few minutes, two minutes of waiting would leave no time to break. */
    Map<String, String> settings() {
        if (minutes >= SHORT) {
            return Map.of();
        }
        String seconds = saidAgainAfter().toSeconds() + "s";
        return Map.of("BOCAU_LINE_LOST", seconds, "BOCAU_LINE_CLAIM", seconds);
    }
}
