package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.wire.Json;
import vn.bocau.wire.mapping.Mappings;

/**
 * The dialects, each read and checked once. A wrong one is nobody's message that is wrong but the line's way: it is
 * {@link Unavailable}, says which file and field, and is read again the next time, so that a mended file is enough.
 */
@Component
final class DialectFiles {

    private static final String SCHEMA = "words/dialect.schema.json";

    private final Mappings mappings;
    private final Map<String, Dialect> read = new ConcurrentHashMap<>();

    DialectFiles(Mappings mappings) {
        this.mappings = mappings;
    }

    Dialect of(String name) {
        Dialect known = read.get(name);
        if (known != null) {
            return known;
        }
        Dialect fresh = read(name);
        read.put(name, fresh);
        return fresh;
    }

    private Dialect read(String name) {
        String file = name + "/dialect.json";
        try {
            JsonNode json = Json.parse(mappings.file(file).orElseThrow(() -> wrong(file, "there is no such file")));
            mappings.check(json, SCHEMA);
            Dialect dialect = Dialect.of(name, json);
            for (String needed : needed(dialect)) {
                if (mappings.file(needed).isEmpty()) {
                    throw wrong(file, "it needs a file mappings/" + needed);
                }
            }
            return dialect;
        } catch (Refused flawed) {
            throw wrong(file, said(flawed));
        } catch (IllegalArgumentException notAName) {
            throw wrong(file, "not the name of a dialect");
        }
    }

    private static List<String> needed(Dialect dialect) {
        String folder = dialect.name();
        List<String> files = new ArrayList<>();
        dialect.messages().values().forEach(message -> {
            files.add(message.mapping(folder));
            files.add(message.judge(folder));
        });
        if (dialect.login().kind() == Dialect.Login.Kind.SESSION) {
            files.add(folder + "/login.out.jslt");
        }
        if (dialect.feed() != null) {
            files.add(folder + "/feed.in.jslt");
        }
        return files;
    }

    private static Unavailable wrong(String file, String why) {
        return new Unavailable("mappings/" + file + " is wrong: " + why);
    }

    private static String said(Refused flawed) {
        return String.join(
                "; ",
                flawed.flaws().stream()
                        .map(f -> (f.field() + " " + f.wrong().en()).strip())
                        .toList());
    }
}
