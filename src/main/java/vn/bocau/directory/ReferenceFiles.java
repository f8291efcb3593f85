package vn.bocau.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.PathResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import vn.bocau.code.Sha256;

/**
 * Where the reference files are: folder {@code bocau.reference} for those it holds, else the ones we ship. After each
 * file comes its twin in {@code sandbox/}, while the sandbox is on: what is invented stands there and nowhere else.
 *
 * <p>UTF-8, commas, a heading, one row a line; lines that start with # are for people.
 */
@Component
class ReferenceFiles {

    private static final ObjectReader ONE_LINE =
            CsvMapper.builder().enable(CsvParser.Feature.TRIM_SPACES).build().readerFor(String[].class);
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private final String folder;
    private final boolean sandbox;
    private final String sandboxUrl;

    ReferenceFiles(Environment environment) {
        this.folder = environment.getProperty("bocau.reference", "");
        this.sandbox = environment.getProperty("bocau.sandbox.enabled", Boolean.class, false);
        this.sandboxUrl = environment.getProperty("bocau.sandbox.url", "");
    }

    /** Says so when a folder was named that is not there: nobody meant the files we ship then. */
    void checkFolder(Consumer<LoadReport.Refusal> refused) {
        if (!folder.isEmpty() && !Files.isDirectory(Path.of(folder))) {
            refused.accept(
                    new Row.Wrong("Không có thư mục này.", "There is no such folder.").refusal("bocau.reference", 0));
        }
    }

    /** Tells of each file in that folder, and in {@code sandbox/}, that nothing reads: its name was meant to be another. */
    void checkNames(Collection<String> read, Consumer<LoadReport.Refusal> refused) {
        for (String within : List.of("", "sandbox/")) {
            Path files = Path.of(folder, within);
            if (!folder.isEmpty() && Files.isDirectory(files)) {
                unread(files, read)
                        .forEach(name -> refused.accept(new Row.Wrong(
                                        "Không gì đọc tệp tên này; các tệp là " + String.join(", ", read) + ".",
                                        "Nothing reads a file of this name; the files are " + String.join(", ", read)
                                                + ".")
                                .refusal(within + name, 0)));
            }
        }
    }

    private static List<String> unread(Path files, Collection<String> read) {
        try (Stream<Path> all = Files.list(files)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".csv") && !read.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * The rows of a file and then of its twin in the sandbox; lines that are no rows go to {@code refused}, and of each file
     * that is there its SHA-256 to {@code digests}.
     */
    void rows(
            String name,
            String heading,
            Consumer<Row> taken,
            Consumer<LoadReport.Refusal> refused,
            BiConsumer<String, String> digests) {
        read(name, heading, taken, refused, digests);
        if (sandbox) {
            read("sandbox/" + name, heading, taken, refused, digests);
        }
    }

    private void read(
            String name,
            String heading,
            Consumer<Row> taken,
            Consumer<LoadReport.Refusal> refused,
            BiConsumer<String, String> digests) {
        Resource file = file(name);
        if (!file.exists()) {
            return;
        }
        try {
            byte[] content = content(file);
            digests.accept(name, Sha256.hex(content));
            List<Line> lines = lines(content);
            if (lines.isEmpty() || !lines.get(0).text().strip().equals(heading)) {
                throw new Row.Wrong("Tiêu đề phải là " + heading + ".", "The heading must be " + heading + ".");
            }
            lines.stream().skip(1).forEach(line -> row(name, heading, line, taken, refused));
        } catch (Row.Wrong wrong) {
            refused.accept(wrong.refusal(name, 0));
        }
    }

    private void row(
            String name, String heading, Line line, Consumer<Row> taken, Consumer<LoadReport.Refusal> refused) {
        try {
            taken.accept(new Row(name, line.number(), fields(line.text(), heading)));
        } catch (Row.Wrong wrong) {
            refused.accept(wrong.refusal(name, line.number()));
        }
    }

    /** Whether the deployment has a folder of its own. */
    boolean hasFolder() {
        return !folder.isEmpty() && Files.isDirectory(Path.of(folder));
    }

    /** A file as it is read now, the deployment's own or the one we ship. */
    String text(String name) throws IOException {
        return file(name).getContentAsString(StandardCharsets.UTF_8);
    }

    /**
     * Writes files into the deployment's folder: all of them, or none.
     *
     * @param texts by the name of the file
     * @return puts back what was there before
     */
    Runnable replace(Map<String, String> texts) throws IOException {
        Map<String, Optional<String>> before = new LinkedHashMap<>();
        Map<String, Optional<String>> after = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : texts.entrySet()) {
            before.put(each.getKey(), own(each.getKey()));
            after.put(each.getKey(), Optional.of(each.getValue()));
        }
        new Replacement(Path.of(folder)).replace(after);
        return () -> putBack(before);
    }

    private void putBack(Map<String, Optional<String>> before) {
        try {
            new Replacement(Path.of(folder)).replace(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the deployment's folder; empty when it is not there. */
    Optional<String> own(String name) throws IOException {
        Path file = Path.of(folder, name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** What somebody had begun to replace when the process ended, or does at this moment, is whole before it is read. */
    void settle() {
        if (!hasFolder()) {
            return;
        }
        try {
            new Replacement(Path.of(folder)).finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Resource file(String name) {
        Resource own = new PathResource(Path.of(folder, name));
        return !folder.isEmpty() && own.exists() ? own : new ClassPathResource("reference/" + name);
    }

    private static byte[] content(Resource file) {
        try {
            return file.getContentAsByteArray();
        } catch (IOException e) {
            throw new Row.Wrong("Không đọc được tệp.", "The file cannot be read: " + e);
        }
    }

    private static List<Line> lines(byte[] content) {
        List<Line> lines = new ArrayList<>();
        String bytes = new String(content, StandardCharsets.ISO_8859_1);
        int number = 0;
        for (String line : bytes.replaceFirst("^" + BYTE_ORDER_MARK, "").split("\\r?\\n", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(new Line(number, line));
            }
        }
        return lines;
    }

    /** A line still as bytes, one char each: one that is not UTF-8 must not take the others with it. */
    private record Line(int number, String bytes) {
        String text() {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new Row.Wrong("Dòng không phải UTF-8.", "The line is not UTF-8.");
            }
        }
    }

    private Map<String, String> fields(String line, String heading) {
        String[] columns = heading.split(",");
        String[] values = values(line);
        if (values.length != columns.length) {
            throw new Row.Wrong(
                    "Dòng có " + values.length + " cột, phải có " + columns.length + ".",
                    "The line has " + values.length + " columns, must have " + columns.length + ".");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i++) {
            fields.put(columns[i], values[i].replace("${sandbox}", sandboxUrl));
        }
        return fields;
    }

    private static String[] values(String line) {
        try {
            return ONE_LINE.readValue(line);
        } catch (JsonProcessingException e) {
            throw new Row.Wrong("Dấu ngoặc kép không khớp.", "The quotes do not match: " + e.getOriginalMessage());
        }
    }
}
