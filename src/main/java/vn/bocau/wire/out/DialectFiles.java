package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.wire.Json;
import vn.bocau.wire.mapping.MappingSet;

/** The dialects, each read and checked once for each reading of {@code mappings/}. */
final class DialectFiles {

    private DialectFiles() {}

    /** @throws WrongDialect naming the file and the field */
    static Dialect of(MappingSet files, String name) {
        String file = name + "/dialect.json";
        return files.once(file, Dialect.class, () -> read(files, name, file));
    }

    private static Dialect read(MappingSet files, String name, String file) {
        try {
            JsonNode json = Json.parse(files.file(file)
                    .orElseThrow(() -> new WrongDialect(file, "không có tệp này", "there is no such file")));
            files.check(json, MappingSet.DIALECT);
            Dialect dialect = Dialect.of(name, json);
            dialect.messages().values().forEach(message -> follows(dialect, message, file));
            DialectCheck.check(dialect, file);
            for (String needed : needed(dialect)) {
                if (files.file(needed).isEmpty()) {
                    throw new WrongDialect(file, "cần có tệp mappings/" + needed, "it needs a file mappings/" + needed);
                }
            }
            return dialect;
        } catch (Refused flawed) {
            throw new WrongDialect(file, said(flawed, Text::vi), said(flawed, Text::en));
        } catch (IllegalArgumentException notAName) {
            throw new WrongDialect(file, "không phải tên một phương ngữ", "not the name of a dialect");
        }
    }

    /** One more, and not a third: how long a message takes to be said has to have an end. */
    private static void follows(Dialect dialect, Dialect.Message message, String file) {
        String then = message.then();
        if (then != null
                && dialect.message(then).filter(next -> next.then() == null).isEmpty()) {
            throw new WrongDialect(
                    file,
                    "then phải nêu một loại thông điệp của phương ngữ này, mà chính nó không có then: " + then,
                    "then must name a message of this dialect that has no then of its own: " + then);
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
        if (dialect.poll() != null) {
            files.addAll(List.of(
                    folder + Polling.LIST,
                    folder + Polling.HISTORY,
                    folder + Pushed.SCHEMA,
                    folder + Pushed.TRANSLATION));
        }
        if (dialect.push() != null) {
            files.addAll(List.of(folder + Pushed.SCHEMA, folder + Pushed.TRANSLATION, folder + Pushed.ANSWER));
        }
        return files;
    }

    private static String said(Refused flawed, Function<Text, String> language) {
        return flawed.flaws().stream()
                .map(f -> (f.field() + " " + language.apply(f.wrong())).strip())
                .collect(Collectors.joining("; "));
    }
}
