package bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** As it comes, with PostgreSQL and broker inside: how soon it is ready, and how much memory all of it takes. */
final class Whole {

    /** After which nothing is left of its start. */
    private static final Duration REST = Duration.ofSeconds(10);

    /**
     * @param first seconds until it is ready for the first time, when it makes its database; {@code again} on what is there
     * @param rest MB of all its processes, what they share counted once; {@code load} the most while phones scan
     */
    record Figures(double first, double again, double rest, double load, Tally tally) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "ready %.1f s, again %.1f s, at rest %.0f MB, under load %.0f MB",
                    first,
                    again,
                    rest,
                    load);
        }
    }

    private Whole() {}

    static Figures measure(Machine machine, Partner partner, Round.Sizes sizes) throws Exception {
        String folder = "whole";
        Machine.delete(machine.folder().resolve(folder));
        double first;
        double rest;
        double load = 0;
        Tally tally;
        try (Ours hub = Ours.whole(machine, partner, folder)) {
            first = hub.startSeconds();
            Load.pause(REST.toMillis());
            rest = hub.megabytes();
            var scanning = new Round(machine, hub, partner, sizes);
            CompletableFuture<Void> warm = CompletableFuture.runAsync(() -> {
                try {
                    scanning.warm();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            while (!warm.isDone()) {
                load = Math.max(load, hub.megabytes());
                Load.pause(500);
            }
            warm.join();
            tally = scanning.tally();
            hub.assertDurableInside();
        }
        double again;
        try (Ours hub = Ours.whole(machine, partner, folder)) {
            again = hub.startSeconds();
        }
        Machine.delete(machine.folder().resolve(folder));
        return new Figures(first, again, rest, Math.max(rest, load), tally);
    }
}
