package vn.bocau.prove;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One fault after another, each once before any comes twice, the first ones of different kinds, and how long the system is not
 * whole after each.
 */
final class Breaking {

    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofMinutes(6);
    private static final int LOOK_MILLIS = 100;
    private static final double SECOND = 1000;

    /** A probe's three steps, and that its papers arrived. */
    private static final Map<String, Integer> OF_A_PROBE = Map.of("dvcqg", 3, "trung-tam-hcc", 1);

    private final Site site;
    private final Journeys probe;
    private final Tally tally;
    private final PrintStream out;
    private final Map<String, List<Duration>> recoveries = new LinkedHashMap<>();
    private final List<String> byThemselves = new ArrayList<>();

    /** @param probe who files a dossier after each fault */
    Breaking(Site site, Journeys probe, Tally tally, PrintStream out) {
        this.site = site;
        this.probe = probe;
        this.tally = tally;
        this.out = out;
    }

    /** By the names of the faults. */
    Map<String, List<Duration>> recoveries() {
        return recoveries;
    }

    /** Processes that ended without having been killed. */
    List<String> byThemselves() {
        return byThemselves;
    }

    void run(long seed, Duration time) throws IOException {
        var chance = new Random(seed);
        if (!isWhole()) {
            throw new IOException("it does not work before anything is broken");
        }
        Instant until = Instant.now().plus(time);
        List<Fault> drawn = new ArrayList<>();
        while (Instant.now().isBefore(until)) {
            if (drawn.isEmpty()) {
                drawn.addAll(shuffled(site.faults(), chance));
            }
            strike(drawn.remove(0), chance);
            Talk.pause(BETWEEN.toMillis());
        }
    }

    /** In a few minutes there is no time for all: one of each kind goes before the rest. */
    static List<Fault> shuffled(List<Fault> all, Random chance) {
        List<Fault> rest = new ArrayList<>(all);
        Collections.shuffle(rest, chance);
        Set<Fault.Kind> kinds = EnumSet.noneOf(Fault.Kind.class);
        List<Fault> first = rest.stream().filter(one -> kinds.add(one.kind())).toList();
        rest.removeAll(first);
        return Stream.concat(first.stream(), rest.stream()).toList();
    }

    boolean hasStruck(Fault.Kind kind) {
        return site.faults().stream().anyMatch(one -> one.kind() == kind && recoveries.containsKey(one.name()));
    }

    /** What could have been struck here and was not, and what cannot be. */
    List<String> notStruck() {
        return Stream.concat(
                        site.faults().stream().map(Fault::name).filter(name -> !recoveries.containsKey(name)),
                        site.cannot().stream())
                .toList();
    }

    private void strike(Fault fault, Random chance) throws IOException {
        out.printf(Locale.ROOT, "%s  %-46s ", LocalTime.now().truncatedTo(ChronoUnit.SECONDS), fault.name());
        Instant struck = Instant.now();
        Instant mended;
        try {
            Fault.Past past = fault.befall(chance);
            mended = past.mended();
            if (!past.felt()) {
                tally.wrong("nothing came of " + fault.name());
            }
        } catch (IOException e) {
            // The others are worth striking still.
            tally.wrong(fault.name() + " could not be struck and mended: " + e.getMessage());
            mended = Instant.now();
        }
        boolean whole = isWhole();
        Duration took = Duration.between(mended, Instant.now());
        recoveries.computeIfAbsent(fault.name(), f -> new ArrayList<>()).add(took);
        out.printf(
                Locale.ROOT,
                "lasted %4.1f s, whole again after %5.1f s%s%n",
                Duration.between(struck, mended).toMillis() / SECOND,
                took.toMillis() / SECOND,
                whole ? "" : "  NOT WHOLE AGAIN");
        if (!whole) {
            tally.wrong("not whole again after " + fault.name());
        }
    }

    /** Whether what is filed from now on reaches its portal and its agency. */
    private boolean isWhole() throws IOException {
        Instant until = Instant.now().plus(LONGEST);
        raise();
        String dossier = probe.probe();
        while (Instant.now().isBefore(until)) {
            raise();
            if (hasArrived(dossier)) {
                return true;
            }
            Talk.pause(LOOK_MILLIS);
        }
        return false;
    }

    private void raise() throws IOException {
        List<String> raised = site.raise();
        if (!raised.isEmpty()) {
            byThemselves.addAll(raised);
            out.print("(" + String.join(", ", raised) + " ended by itself) ");
        }
    }

    private boolean hasArrived(String dossier) throws IOException {
        for (Map.Entry<String, Integer> partner : OF_A_PROBE.entrySet()) {
            long here = site.partners().of(partner.getKey()).stream()
                    .filter(one -> one.dossier().equals(dossier)
                            && one.fresh()
                            && !one.messageId().isEmpty())
                    .count();
            if (here < partner.getValue()) {
                return false;
            }
        }
        return true;
    }
}
