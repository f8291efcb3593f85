package vn.bocau.wire.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of {@code mappings/}: those we ship, and a folder of the operator's that goes before them. */
final class MappingFiles {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-zA-Z0-9._-]*)*");

    private final @Nullable Path folder;

    /** @param folder goes before the files we ship, file by file; null when there is none */
    MappingFiles(@Nullable Path folder) {
        this.folder = folder;
    }

    /** @param name below {@code mappings/}, such as {@code dvcqg/dialect.json} */
    Optional<String> find(String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new IllegalArgumentException("not the name of a file under mappings/: " + name);
        }
        try {
            if (folder != null && Files.isRegularFile(folder.resolve(name))) {
                return Optional.of(Files.readString(folder.resolve(name)));
            }
            try (InputStream shipped = MappingFiles.class.getResourceAsStream("/mappings/" + name)) {
                return shipped == null
                        ? Optional.empty()
                        : Optional.of(new String(shipped.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("mappings/" + name + " cannot be read", e);
        }
    }

    String read(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("there is no file mappings/" + name));
    }
}
