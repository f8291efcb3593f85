package vn.bocau.wire.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import vn.bocau.code.Sha256;
import vn.bocau.directory.Companion;
import vn.bocau.directory.LoadReport;

/**
 * Reads {@code mappings/} together with the directory, and tries every file of it as soon as the operator has files of
 * his own (folder {@code bocau.mappings}): one of his may be part of one of ours. Then the examples he put beside his are
 * held against them.
 */
@Component
final class MappingReader implements Companion {

    private static final String SHIPPED = "classpath*:mappings/**/*.*";

    private final String folder;

    MappingReader(@Value("${bocau.mappings:}") String folder) {
        this.folder = folder;
    }

    @Override
    public MappingSet read(Consumer<LoadReport.Refusal> refused) {
        var files = new MappingFiles(
                folder.isBlank() ? null : Path.of(folder),
                (name, why) -> refused.accept(new LoadReport.Refusal("mappings/" + name, 0, why)));
        var set = new MappingSet(files);
        if (!files.own().isEmpty()) {
            Set<String> names = new TreeSet<>(shipped());
            names.addAll(files.own().keySet());
            names.removeIf(name -> name.contains("/examples/"));
            long wrong = names.stream()
                    .filter(name -> !holds(() -> set.compile(name), refused))
                    .count();
            if (wrong == 0) {
                var examples = new Examples(files, set);
                Examples.in(files.own().keySet()).forEach(example -> holds(() -> examples.check(example), refused));
            }
        }
        return set;
    }

    /** The operator's own: those we ship are as they are while we run. */
    @Override
    public Map<String, String> digests(Object read) {
        Map<String, String> digests = new HashMap<>();
        ((MappingSet) read)
                .own()
                .forEach((name, text) ->
                        digests.put("mappings/" + name, Sha256.hex(text.getBytes(StandardCharsets.UTF_8))));
        return digests;
    }

    private static boolean holds(Runnable check, Consumer<LoadReport.Refusal> refused) {
        try {
            check.run();
            return true;
        } catch (WrongMapping wrong) {
            refused.accept(wrong.refusal());
            return false;
        }
    }

    private static Set<String> shipped() {
        try {
            Set<String> names = new TreeSet<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(SHIPPED)) {
                String url = file.getURL().toString();
                names.add(url.substring(url.lastIndexOf("/mappings/") + "/mappings/".length()));
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
