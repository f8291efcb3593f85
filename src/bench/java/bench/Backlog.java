package bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What piles up while a portal is away, of dossiers that have come all the way. Through the doors it takes as long as it
 * would; or some come through the doors, and the rest are copies of all that the hub has written of those: other dossiers with
 * other items, in the same tables, and their messages waiting in the same order, first the first of each dossier, then the
 * second of each, then the third.
 */
final class Backlog {

    /** How many dossiers come through the doors before they are copied. */
    private static final int ORIGINALS = 200;

    /** How many copies of each are between a dossier's first word and its second. */
    private static final int COPIES_AT_ONCE = 100;

    private static final int CALLERS = 4;
    private static final int BATCH = 50;

    private final Machine machine;
    private final String database;
    private final Ours hub;

    Backlog(Machine machine, String database, Ours hub) {
        this.machine = machine;
        this.database = database;
        this.hub = hub;
    }

    private static int dossiersOf(int messages) {
        return (messages + Subject.STEPS.size() - 1) / Subject.STEPS.size();
    }

    /** @return the items, of each of which as many messages wait as there are steps */
    List<String> throughTheDoors(int messages) throws Exception {
        List<String> items = new ArrayList<>(hub.prepare(dossiersOf(messages)));
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < items.size(); from += BATCH) {
            batches.add(items.subList(from, Math.min(items.size(), from + BATCH)));
        }
        for (int caller = 0; caller < CALLERS; caller++) {
            hub.signIn(caller);
        }
        for (int step = 0; step < Subject.STEPS.size(); step++) {
            int now = step;
            Load.each(CALLERS, batches, (caller, batch) -> hub.scan(caller, now, batch));
        }
        return items;
    }

    /** @return as {@link #throughTheDoors} */
    List<String> copied(int messages) throws Exception {
        int steps = Subject.STEPS.size();
        int wanted = dossiersOf(messages);
        List<String> items = throughTheDoors(Math.min(wanted, ORIGINALS) * steps);
        Map<String, Integer> serials = new HashMap<>();
        items.forEach(item -> serials.put(item, serials.size()));
        try (Connection db = machine.connect(database);
                Statement say = db.createStatement()) {
            say.execute("create table bench_original (item text primary key, no int not null)");
            for (Map.Entry<String, Integer> one : serials.entrySet()) {
                say.execute("insert into bench_original values ('" + one.getKey() + "', " + one.getValue() + ")");
            }
            int originals = serials.size();
            for (int made = originals; made < wanted; ) {
                int some = Math.min(wanted - made, originals * COPIES_AT_ONCE);
                items.addAll(copy(db, say, made, some));
                made += some;
                System.out.println("  " + made * steps + " of " + wanted * steps + " messages wait");
            }
        }
        return items;
    }

    private static List<String> copy(Connection db, Statement say, int first, int count)
            throws SQLException, IOException {
        db.setAutoCommit(false);
        for (String sql : text().split("\n\n")) {
            String bare = sql.replaceAll("(?m)^--.*$", "").strip();
            if (!bare.isEmpty()) {
                say.execute(bare.replace(":first", Integer.toString(first)).replace(":count", Integer.toString(count)));
            }
        }
        for (Table table : Table.values()) {
            say.execute(table.copy(columns(say, table.name().toLowerCase(Locale.ROOT))));
        }
        List<String> items = new ArrayList<>();
        try (ResultSet row = say.executeQuery("select item from bench_copy order by n")) {
            while (row.next()) {
                items.add(row.getString(1));
            }
        }
        db.commit();
        db.setAutoCommit(true);
        return items;
    }

    /** Where something is written of a dossier, in the order in which one names the other; and what is another's in a copy. */
    private enum Table {
        DOSSIER("t.id = c.old_dossier", "t.id", Map.of("id", "c.dossier", "created_at", "clock_timestamp()")),
        DOSSIER_CODE("t.dossier = c.old_dossier", "t.no", Map.of("code", "c.code", "dossier", "c.dossier")),
        LEG(
                "t.dossier = c.old_dossier",
                "t.no",
                Map.of("id", "bench_other(t.id, c.n)", "dossier", "c.dossier", "item", "c.item")),
        PROGRESS(
                "t.leg = c.old_leg",
                "t.leg",
                Map.of("leg", "c.leg", "last_handling", "bench_other(t.last_handling, c.n)")),
        HANDLING(
                "t.leg = c.old_leg", "t.seq", Map.of("id", "bench_other(t.id, c.n)", "leg", "c.leg", "item", "c.item")),
        MESSAGE(
                "t.message_group = c.old_dossier::text and t.direction = 'OUT'",
                "row_number() over (partition by c.n order by t.seq), c.n",
                Map.of(
                        "id", "bench_other(t.id, c.n)",
                        "key", "bench_named_anew(t.key, t.key, c.n)",
                        "message_group", "c.dossier::text",
                        "subject", "c.code",
                        "body", "bench_named_anew(bench_reworded(t.body, c), t.key, c.n)",
                        "state", "'PENDING'",
                        "attempts", "0",
                        "releases", "0",
                        "created_at", "clock_timestamp()"));

        private final String of;
        private final String order;
        private final Map<String, String> other;

        Table(String of, String order, Map<String, String> other) {
            this.of = of;
            this.order = order;
            this.other = other;
        }

        String copy(List<String> columns) {
            List<String> values = columns.stream()
                    .map(column -> other.getOrDefault(column, "t." + column))
                    .toList();
            return "insert into " + name() + " (" + String.join(", ", columns) + ") select " + String.join(", ", values)
                    + " from bench_copy c join " + name() + " t on " + of + " order by " + order;
        }
    }

    /** Those that are not given by the table itself. */
    private static List<String> columns(Statement say, String table) throws SQLException {
        List<String> all = new ArrayList<>();
        try (ResultSet row = say.executeQuery("select attname from pg_attribute where attrelid = '" + table
                + "'::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = ''"
                + " and attname not in ('queued_at', 'claimed_until')")) {
            while (row.next()) {
                all.add(row.getString(1));
            }
        }
        return all;
    }

    private static String text() throws IOException {
        try (InputStream file = Backlog.class.getResourceAsStream("/backlog.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
