package vn.bocau.prove;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One process of the system, started from the same jar as this one; its log goes on over its starts. */
final class Child implements AutoCloseable {

    private final String name;
    private final List<String> before;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final Path folder;
    private final Path log;
    private final Watch watch;
    private @Nullable Process process;
    private boolean closed;

    /**
     * @param before what stands before the command, such as {@code ip netns exec}
     * @param arguments as after {@code ./bocau}
     * @param folder where its log lies
     */
    Child(String name, List<String> before, List<String> arguments, Map<String, String> environment, Path folder) {
        this.name = name;
        this.before = before;
        this.arguments = arguments;
        this.environment = new HashMap<>(environment);
        this.folder = folder;
        this.log = folder.resolve(name + ".log");
        this.watch = new Watch(List.of(log));
    }

    /** @throws IOException also when everything is being closed: what then finds it ended does not begin it anew */
    synchronized void start() throws IOException {
        if (closed) {
            throw new IOException(name + " is closed");
        }
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8"));
        String classes = System.getProperty("java.class.path");
        if (classes.endsWith(".jar") && !classes.contains(File.pathSeparator)) {
            command.addAll(List.of("-jar", Path.of(classes).toAbsolutePath().toString()));
        } else {
            command.addAll(List.of("-cp", withoutTests(classes), "vn.bocau.Main"));
        }
        command.addAll(arguments);
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Of what runs this, only what a fresh shell would have: no setting of somebody's own hub.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("BOCAU_"));
        builder.environment().putAll(environment);
        watch.begin();
        process = builder.start();
    }

    /** Tests log in another way. */
    private static String withoutTests(String classes) {
        return String.join(
                File.pathSeparator,
                Arrays.stream(classes.split(File.pathSeparator))
                        .filter(entry -> !entry.isBlank() && !entry.endsWith("test-classes"))
                        .toList());
    }

    String name() {
        return name;
    }

    synchronized boolean runs() {
        return process != null && process.isAlive();
    }

    Path log() {
        return log;
    }

    /** Since it was started last. */
    boolean hasSaid(Pattern what) throws IOException {
        return watch.hasSaid(what);
    }

    /** {@code kill -9}: no hook, no flush, no goodbye. */
    synchronized void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (process != null && process.isAlive()) {
            process.destroy();
            process.onExit()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .exceptionally(late -> null)
                    .join();
            process.destroyForcibly();
        }
    }
}
