package vn.bocau.wire.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/**
 * The files of {@code mappings/}: those we ship, and those of the operator's folder, which go before them. The
 * operator's are taken as they are at one moment: what is changed on disk afterwards is another reading's.
 */
final class MappingFiles {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-zA-Z0-9._-]*)*");
    private static final Pattern ENDING = Pattern.compile(".*\\.(jslt|xsl|json|csv|xml)");

    /** Each message asks for some, most of which are not there; in a jar of jars the look alone costs more than the message. */
    private static final Map<String, Optional<String>> SHIPPED = new ConcurrentHashMap<>();

    private final Map<String, String> own = new TreeMap<>();

    /**
     * @param folder goes before the files we ship, file by file; null when there is none
     * @param wrong is told what cannot be read: its name and why
     */
    MappingFiles(@Nullable Path folder, BiConsumer<String, Text> wrong) {
        if (folder == null) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            wrong.accept("", new Text("Không có thư mục này.", "There is no such folder."));
            return;
        }
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            all.filter(Files::isRegularFile).forEach(file -> take(folder, file, wrong));
        } catch (IOException | UncheckedIOException e) {
            wrong.accept("", unreadable(e));
        }
    }

    private void take(Path folder, Path file, BiConsumer<String, Text> wrong) {
        String name = folder.relativize(file).toString();
        if (!isName(name) || !ENDING.matcher(name).matches()) {
            return;
        }
        try {
            own.put(name, Files.readString(file));
        } catch (IOException e) {
            wrong.accept(name, unreadable(e));
        }
    }

    private static Text unreadable(Exception e) {
        String kind = e.getClass().getSimpleName();
        return new Text(
                "Không đọc được, hoặc không phải UTF-8 (" + kind + ").",
                "It cannot be read, or is not UTF-8 (" + kind + ").");
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.contains("..");
    }

    /** The operator's files, by their names below {@code mappings/}. */
    Map<String, String> own() {
        return own;
    }

    /** @param name below {@code mappings/}, such as {@code dvcqg/dialect.json} */
    Optional<String> find(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a file under mappings/: " + name);
        }
        if (own.containsKey(name)) {
            return Optional.of(own.get(name));
        }
        return SHIPPED.computeIfAbsent(name, MappingFiles::shipped);
    }

    private static Optional<String> shipped(String name) {
        try (InputStream shipped = MappingFiles.class.getResourceAsStream("/mappings/" + name)) {
            return shipped == null
                    ? Optional.empty()
                    : Optional.of(new String(shipped.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("mappings/" + name + " cannot be read", e);
        }
    }

    String read(String name) {
        return find(name)
                .orElseThrow(
                        () -> new WrongMapping(name, new Text("không có tệp này", "there is no such file"), 0, ""));
    }
}
