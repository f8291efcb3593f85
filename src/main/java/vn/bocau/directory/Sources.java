package vn.bocau.directory;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a picture was read from, to tell afterwards what has changed.
 *
 * @param digests SHA-256 of each file, by its name
 * @param partners the fields of each partner's row, by its id
 */
record Sources(Map<String, String> digests, Map<String, Map<String, String>> partners) {

    LoadReport.Changes since(Sources before) {
        Map<String, LoadReport.Content> files = new TreeMap<>();
        for (String name : both(before.digests, digests)) {
            String then = before.digests.get(name);
            String now = digests.get(name);
            if (!Objects.equals(then, now)) {
                files.put(name, new LoadReport.Content(then, now));
            }
        }
        Map<String, LoadReport.Columns> rows = new TreeMap<>();
        for (String id : both(before.partners, partners)) {
            Map<String, String> then = before.partners.get(id);
            Map<String, String> now = partners.get(id);
            List<String> columns = columns(then, now);
            if (!columns.isEmpty()) {
                rows.put(id, new LoadReport.Columns(change(then, now), columns));
            }
        }
        return new LoadReport.Changes(files, rows);
    }

    private static Set<String> both(Map<String, ?> some, Map<String, ?> others) {
        Set<String> all = new TreeSet<>(some.keySet());
        all.addAll(others.keySet());
        return all;
    }

    private static LoadReport.Change change(@Nullable Map<String, String> then, @Nullable Map<String, String> now) {
        return then == null
                ? LoadReport.Change.NEW
                : now == null ? LoadReport.Change.REMOVED : LoadReport.Change.CHANGED;
    }

    /** In the order of the heading. */
    private static List<String> columns(@Nullable Map<String, String> then, @Nullable Map<String, String> now) {
        return Objects.requireNonNull(now == null ? then : now, "one of the two").keySet().stream()
                .filter(column -> !field(then, column).equals(field(now, column)))
                .toList();
    }

    private static String field(@Nullable Map<String, String> row, String column) {
        return row == null ? "" : row.getOrDefault(column, "");
    }
}
