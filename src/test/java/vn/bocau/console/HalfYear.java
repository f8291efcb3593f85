package vn.bocau.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * A hub's last half year, written straight into its tables by {@code bench/console.sql}: for whoever measures at that size.
 * What was begun is gone on with, part by part.
 */
public final class HalfYear {

    /** What a citizen, a postal worker, a clerk has at hand; {@code :i} is one of the dossiers. */
    public static final Map<String, String> FINDS = Map.of(
            "dossier code", "select code from dossier_code where dossier = bench_id(:i, :n, 0)",
            "item number", "select item from leg where dossier = bench_id(:i, :n, 0) and no = 2",
            "receipt number", "select seq::text from handling where leg = bench_id(:i, :n, 1) and code = 'COLLECTED'",
            "telephone number", "select sender ->> 'phone' from leg where dossier = bench_id(:i, :n, 0) and no = 1",
            "a code nobody knows", "select 'HS-' || md5(:i::text) || :n");

    /** Of a dossier that is closed 8; those of the last days have not come so far. */
    private static final double HANDLINGS_OF_A_DOSSIER = 7.78;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final long LARGEST_PART = 20_000;
    private static final long FEWEST_PARTS = 16;

    /** Where it is written. */
    public interface Database {
        Connection open() throws SQLException;
    }

    private final Database database;
    private final long dossiers;

    /** @param dossiers how many there are in the whole half year */
    public HalfYear(Database database, long dossiers) {
        this.database = database;
        this.dossiers = dossiers;
    }

    /** In how many dossiers there are so many handlings. */
    public static long dossiersOf(long handlings) {
        return (long) Math.ceil(handlings / HANDLINGS_OF_A_DOSSIER);
    }

    /** For how many dossiers what is there was laid out; 0 when nothing is. The same goes on, or it is begun anew. */
    public static long laidOutFor(Database database) throws SQLException {
        try (Connection db = database.open();
                Statement say = db.createStatement()) {
            return isThere(say, "bench_shift")
                    ? Long.parseLong(
                            texts(say, "select dossiers::text from bench_shift").get(0))
                    : 0;
        }
    }

    /**
     * Until at least so many of its dossiers are there, spread over the whole time. The hub has made the tables, and may run.
     *
     * @param progress is told how many are there
     */
    public void fill(long atLeast, Consumer<String> progress) throws SQLException {
        List<Long> wanted = parts(atLeast);
        try (Connection db = database.open();
                Statement say = db.createStatement()) {
            List<Long> open = new ArrayList<>(wanted);
            say.execute("create table if not exists bench_part (first bigint primary key, dossiers bigint not null)");
            open.removeAll(done(say));
            if (open.isEmpty() && !isThere(say, "bench_index")) {
                return;
            }
            unhurried(say, () -> {
                run(say, "", 0, 0);
                say.execute("create table if not exists bench_index (definition text primary key)");
                dropIndexes(say);
                for (long first : open) {
                    fillPart(db, say, first);
                    progress.accept("%,d of %,d dossiers".formatted(count(say), atLeast));
                }
                run(say, "END", 0, 0);
                progress.accept("indexes");
                for (String index : texts(say, "select definition from bench_index")) {
                    say.execute(index.replaceFirst(" INDEX ", " INDEX if not exists "));
                }
                say.execute("drop table bench_index");
                progress.accept("vacuum");
                say.execute("vacuum analyze");
            });
        }
    }

    /** Then messages wait for one partner. */
    public void outage(int waiting) throws SQLException {
        try (Connection db = database.open();
                Statement say = db.createStatement()) {
            unhurried(say, () -> run(say, "OUTAGE", 0, waiting));
        }
    }

    /** Some of those that are there. */
    public List<Long> some(int count, Random random) throws SQLException {
        try (Connection db = database.open();
                Statement say = db.createStatement()) {
            List<Long> parts = done(say);
            return random.ints(count, 0, parts.size())
                    .mapToObj(n -> parts.get(n) + random.nextLong(last(parts.get(n)) - parts.get(n) + 1))
                    .toList();
        }
    }

    /** What people look a dossier up by, one for each of these. */
    public List<String> texts(String find, List<Long> some) throws SQLException {
        try (Connection db = database.open();
                Statement say = db.createStatement()) {
            List<String> texts = new ArrayList<>();
            for (long i : some) {
                texts.addAll(texts(say, find.replace(":i", i + "::bigint").replace(":n", dossiers + "::bigint")));
            }
            return texts;
        }
    }

    private static boolean isThere(Statement say, String table) throws SQLException {
        return texts(say, "select to_regclass('" + table + "')::text").get(0) != null;
    }

    private static List<Long> done(Statement say) throws SQLException {
        return texts(say, "select first::text from bench_part order by first").stream()
                .map(Long::valueOf)
                .toList();
    }

    private static long count(Statement say) throws SQLException {
        return Long.parseLong(texts(say, "select coalesce(sum(dossiers), 0)::text from bench_part")
                .get(0));
    }

    private static List<String> texts(Statement say, String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (ResultSet row = say.executeQuery(sql)) {
            while (row.next()) {
                all.add(row.getString(1));
            }
        }
        return all;
    }

    private long part() {
        return Math.max(1, Math.min(LARGEST_PART, dossiers / FEWEST_PARTS));
    }

    /**
     * The first dossier of each part, in the order in which they are written: those come first whose number times the golden
     * ratio is little more than a whole one, and any few of those are spread evenly over the half year.
     */
    List<Long> parts() {
        return LongStream.range(0, (dossiers + part() - 1) / part())
                .boxed()
                .sorted(Comparator.comparing(number -> number * GOLDEN % 1))
                .map(number -> number * part() + 1)
                .toList();
    }

    private long last(long first) {
        return Math.min(first + part() - 1, dossiers);
    }

    private List<Long> parts(long atLeast) {
        List<Long> some = new ArrayList<>();
        long there = 0;
        for (long first : parts()) {
            if (there < atLeast) {
                some.add(first);
                there += last(first) - first + 1;
            }
        }
        return some;
    }

    /** All of it or nothing. */
    private void fillPart(Connection db, Statement say, long first) throws SQLException {
        long last = last(first);
        db.setAutoCommit(false);
        try {
            run(say, "PART", first, last);
            say.execute("insert into bench_part values (%d, %d)".formatted(first, last - first + 1));
            db.commit();
        } catch (SQLException e) {
            db.rollback();
            throw e;
        } finally {
            db.setAutoCommit(true);
        }
    }

    /** Those over whole tables, which are made again afterwards; the partial ones are few rows, and a hub's own clocks go by
     * them meanwhile. */
    private static void dropIndexes(Statement say) throws SQLException {
        String whole = " from pg_indexes where schemaname = 'public'"
                + " and tablename in ('message', 'handling', 'leg', 'dossier', 'dossier_code', 'attempt')"
                + " and indexname not in (select conname from pg_constraint) and indexdef not like '% WHERE %'";
        say.execute("insert into bench_index select indexdef" + whole + " on conflict do nothing");
        for (String name : texts(say, "select indexname" + whole)) {
            say.execute("drop index " + name);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    /** However long it takes. */
    private static void unhurried(Statement say, Work work) throws SQLException {
        String timeout = texts(say, "show statement_timeout").get(0);
        say.execute("set statement_timeout = 0");
        try {
            work.run();
        } finally {
            say.execute("set statement_timeout = '" + timeout + "'");
        }
    }

    /** What stands under a heading of the file, up to the next one. */
    private void run(Statement say, String heading, long from, long until) throws SQLException {
        String[] parts = text().split("\n-- (PART|END|OUTAGE)\n");
        String part = parts[List.of("", "PART", "END", "OUTAGE").indexOf(heading)];
        say.execute("create table if not exists bench_shift as select date_trunc('hour', now())"
                + " - (timestamptz '2026-01-01 00:00+07' + interval '180 days') as at, " + dossiers
                + "::bigint as dossiers");
        for (String sql : part.split("\n\n")) {
            String bare = sql.replaceAll("(?m)^--.*$", "").strip();
            if (!bare.isEmpty()) {
                say.execute(bare.replace(":dossiers", dossiers + "::bigint")
                        .replace(":from", from + "::bigint")
                        .replace(":until", until + "::bigint")
                        .replace(":shift", "(select at from bench_shift)"));
            }
        }
    }

    private static String text() {
        try (InputStream file = HalfYear.class.getResourceAsStream("/bench/console.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
