package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What processes cost, as Linux counts it. */
final class Processes {

    /** By which Linux tells time to programs, whatever the machine: {@code USER_HZ}. */
    private static final long TICKS_A_SECOND = 100;

    /** Of {@code /proc/<pid>/stat}, counted after the name, which may hold anything. */
    private static final int USER = 11;

    private static final int CHILDREN = 13;
    private static final int END = 15;

    private Processes() {}

    /** The one that is master of the PostgreSQL in this folder: nobody's child, it is known by the folder it works in. */
    static List<ProcessHandle> postmasters(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(folder.toString()))
                        .isPresent())
                .filter(Processes::isPostgres)
                .filter(process ->
                        process.parent().filter(Processes::isPostgres).isEmpty())
                .toList();
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }

    static List<ProcessHandle> withChildren(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    /**
     * Processor time of one and of all its children, also of those that have ended and were waited for. A database's
     * backends come and go with their connections: those alone that are there at the end would be little of it.
     */
    static Duration timeWithChildren(ProcessHandle process) {
        long children = process.descendants()
                .mapToLong(child -> ticks(child, USER, CHILDREN))
                .sum();
        return ofTicks(children + ticks(process, USER, END));
    }

    static Duration time(ProcessHandle process) {
        return ofTicks(ticks(process, USER, CHILDREN));
    }

    private static Duration ofTicks(long ticks) {
        return Duration.ofNanos(ticks * (1_000_000_000 / TICKS_A_SECOND));
    }

    private static long ticks(ProcessHandle process, int from, int until) {
        return read(process, "stat").map(stat -> ticks(stat, from, until)).orElse(0L);
    }

    /** @param stat as in {@code /proc/<pid>/stat}: number, name in brackets, and then one field after the other */
    static long ticks(String stat, int from, int until) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Arrays.stream(fields, from, until).mapToLong(Long::parseLong).sum();
    }

    /** @param stat as in {@code /proc/<pid>/stat} */
    static Duration timeWithChildren(String stat) {
        return ofTicks(ticks(stat, USER, END));
    }

    /** Memory that is theirs, and of what they share with others their part. */
    static double megabytes(Stream<ProcessHandle> processes) {
        return processes
                        .map(process -> read(process, "smaps_rollup").orElse(""))
                        .mapToLong(Processes::proportional)
                        .sum()
                / 1024.0;
    }

    /** @param rollup as in {@code /proc/<pid>/smaps_rollup} */
    static long proportional(String rollup) {
        return rollup.lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** Empty of one that has ended meanwhile. */
    private static Optional<String> read(ProcessHandle process, String what) {
        try {
            return Optional.of(Files.readString(Path.of("/proc", Long.toString(process.pid()), what)));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
