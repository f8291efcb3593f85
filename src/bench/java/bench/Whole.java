package bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;

/** As it comes, with PostgreSQL and broker inside: how soon it is ready, and how much memory all of it takes. */
final class Whole {

    /** After which nothing is left of its start. */
    private static final Duration REST = Duration.ofSeconds(10);

    private static final int LOOK_MILLIS = 500;
    private static final String SIZE = "select pg_database_size(current_database())";

    /**
     * @param first seconds until it is ready for the first time, when it makes its database; {@code again} on what is there
     * @param rest MB of all its processes, what they share counted once; {@code load} the most while it is warmed up, and then
     *     carries for as long as is measured
     * @param bytes in the database, of a dossier that has come all the way; in it what was written meanwhile and is dead
     */
    record Figures(double first, double again, double rest, double load, double bytes, Tally tally) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "ready %.1f s, again %.1f s, at rest %.0f MB, under load %.0f MB, %.1f KB in the database a"
                            + " dossier",
                    first,
                    again,
                    rest,
                    load,
                    bytes / 1024);
        }
    }

    private Whole() {}

    static Figures measure(Machine machine, Partner partner, Round.Sizes sizes) throws Exception {
        String folder = "whole";
        Machine.delete(machine.folder().resolve(folder));
        double first;
        double rest;
        double load;
        double bytes;
        Tally tally;
        try (Ours hub = Ours.whole(machine, partner, folder)) {
            first = hub.startSeconds();
            Load.pause(REST.toMillis());
            rest = hub.megabytes();
            var scanning = new Round(machine, hub, partner, sizes);
            long before = hub.inside(SIZE);
            load = most(hub::megabytes, scanning::warm);
            bytes = (hub.inside(SIZE) - before) / (double) hub.inside("select count(*) from dossier");
            load = Math.max(load, most(hub::megabytes, scanning::carry));
            tally = scanning.tally();
            hub.assertDurableInside();
        }
        double again;
        try (Ours hub = Ours.whole(machine, partner, folder)) {
            again = hub.startSeconds();
        }
        Machine.delete(machine.folder().resolve(folder));
        return new Figures(first, again, rest, Math.max(rest, load), bytes, tally);
    }

    /** Something that takes its time. */
    interface Act {
        void run() throws Exception;
    }

    /** @return the most of it while something is done */
    static double most(DoubleSupplier what, Act act) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            try {
                act.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        double most = what.getAsDouble();
        while (!done.isDone()) {
            most = Math.max(most, what.getAsDouble());
            Load.pause(LOOK_MILLIS);
        }
        done.join();
        return most;
    }
}
