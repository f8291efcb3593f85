package vn.bocau.directory;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Where the reference files are: folder {@code bocau.reference} for those it holds, else the ones we ship. The sandbox's
 * own are read only while it is on.
 */
@Component
class ReferenceFiles {

    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final String folder;
    private final boolean sandbox;
    private final String sandboxUrl;

    ReferenceFiles(Environment environment) {
        this.folder = environment.getProperty("bocau.reference", "");
        this.sandbox = environment.getProperty("bocau.sandbox.enabled", Boolean.class, false);
        this.sandboxUrl = environment.getProperty("bocau.sandbox.url", "");
    }

    /** All rows of a file, the sandbox's after the real ones. A file that is nowhere has none. */
    List<Row> rows(String name) {
        List<Row> rows = new ArrayList<>(read(name));
        if (sandbox) {
            rows.addAll(read("sandbox/" + name));
        }
        return rows;
    }

    private List<Row> read(String name) {
        Resource file = file(name);
        if (!file.exists()) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        CsvSchema heading = CsvSchema.emptySchema().withHeader();
        try (InputStream in = file.getInputStream();
                MappingIterator<Map<String, String>> lines =
                        CSV.readerForMapOf(String.class).with(heading).readValues(in)) {
            while (lines.hasNextValue()) {
                Map<String, String> fields = lines.nextValue();
                fields.replaceAll((column, value) -> value.replace("${sandbox}", sandboxUrl));
                rows.add(new Row(name, lines.getCurrentLocation().getLineNr() - 1, fields));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
        return rows;
    }

    private Resource file(String name) {
        var loader = new DefaultResourceLoader();
        if (!folder.isEmpty()) {
            Resource own = loader.getResource("file:" + folder + "/" + name);
            if (own.exists()) {
                return own;
            }
        }
        return loader.getResource("classpath:reference/" + name);
    }
}
