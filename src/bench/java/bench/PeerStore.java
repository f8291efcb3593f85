package bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same with a peer: what it keeps of as many scans, in its own tables, and what goes through it then. */
final class PeerStore {

    private static final long AT_ONCE = 500_000;
    private static final int SCANS_OF_AN_ITEM = 8;

    private static final String SCANS = "insert into scan (id, item, code, seq, occurred_at, recorded_at) select"
        + " gen_random_uuid(), 'S' || i / :item, 'COLLECTED', i % :item, t, t from generate_series(:from, :until - 1)"
        + " i, lateral (select now() - make_interval(secs => :until - i) as t) x";
    private static final String ITEMS = "insert into item (item, progress, scans) select distinct 'S' || i / :item,"
            + " 'COLLECTED', :item from generate_series(:from, :until - 1) i on conflict do nothing";

    /** What it keeps of what it has told; a bare route keeps nothing of anything, and is the same at any size. */
    private static final Map<String, String> TOLD = Map.of(
            "plain",
            "insert into outbox (id, item, body, created_at, confirmed_at) select gen_random_uuid(), 'S' || i / :item,"
                    + " jsonb_build_object('item', 'S' || i / :item, 'code', 'COLLECTED', 'at', now()), now(), now()"
                    + " from generate_series(:from, :until - 1) i",
            "modulith",
            "insert into told (id) select gen_random_uuid() from generate_series(:from, :until - 1) i");

    /** Starts it on its database as it is. */
    interface Start {
        Subject on(String which) throws Exception;
    }

    private final Machine machine;
    private final Partner partner;
    private final Start start;
    private final Round.Sizes times;
    private final int rounds;
    private final Tallies tallies;

    PeerStore(Machine machine, Partner partner, Start start, Round.Sizes times, int rounds, Tallies tallies) {
        this.machine = machine;
        this.partner = partner;
        this.start = start;
        this.times = times;
        this.rounds = rounds;
        this.tallies = tallies;
    }

    static boolean keeps(String which) {
        return TOLD.containsKey(which);
    }

    /** @return what goes through with nothing stored, and at each of these sizes */
    List<Double> rates(String which, List<Long> sizes) throws Exception {
        machine.database(which);
        List<Double> rates = new ArrayList<>(List.of(rate(which)));
        long there = 0;
        for (long size : sizes) {
            fill(which, there, size);
            there = size;
            rates.add(rate(which));
            System.out.printf(
                    Locale.ROOT, "  %s with %,d scans: %.0f a second%n", which, size, rates.get(rates.size() - 1));
        }
        machine.drop(which);
        return rates;
    }

    private double rate(String which) throws Exception {
        List<Double> some = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            try (Subject subject = start.on(which)) {
                Round measuring = new Round(machine, subject, partner, times);
                some.add(measuring.line().through());
                tallies.add(subject.name(), measuring.tally());
            }
        }
        return Stats.median(some);
    }

    private void fill(String which, long there, long size) throws SQLException {
        try (Connection db = machine.connect(which);
                Statement say = db.createStatement()) {
            for (long from = there; from < size; from += AT_ONCE) {
                long until = Math.min(from + AT_ONCE, size);
                for (String sql : List.of(SCANS, ITEMS, TOLD.get(which))) {
                    say.execute(sql.replace(":item", Integer.toString(SCANS_OF_AN_ITEM))
                            .replace(":from", from + "::bigint")
                            .replace(":until", until + "::bigint"));
                }
                System.out.printf(Locale.ROOT, "  %s: %,d of %,d scans%n", which, until, size);
            }
            say.execute("vacuum analyze");
        }
    }
}
