package vn.bocau.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The load: a few callers that begin one dossier after another, so many a second, and the one-stop that fetches what it is told. */
final class Speaking {

    private static final int CALLERS = 4;
    private static final int LONGEST_MINUTES = 10;
    private static final int FETCH_MILLIS = 1000;
    private static final int HUNDRED = 100;
    private static final int HOME = 62;
    private static final int ORDERED = 90;
    private static final int REFUSED = 96;

    private static final double SECOND = 1000;

    private final Site site;
    private final long seed;
    private final double rate;
    private final Book book;
    private final Tally tally;
    private final Feed feed;

    /** Part of each dossier's code: no two runs have one in common. */
    private final String run = Long.toString(System.currentTimeMillis() % 100_000_000L, Character.MAX_RADIX)
            .toUpperCase(Locale.ROOT);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<Future<?>> busy = new ArrayList<>();
    private volatile boolean over;
    private int known;

    Speaking(Site site, Options options, Book book, Tally tally) {
        this.site = site;
        this.seed = options.seed();
        this.rate = options.rate();
        this.book = book;
        this.tally = tally;
        this.feed = new Feed(new Doors(talk()));
    }

    /** Somebody who has said nothing yet. */
    Talk talk() {
        return new Talk(site.doors(), new Random(seed + ++known), tally);
    }

    Journeys journeys() {
        Talk talk = talk();
        var chance = new Random(-seed - known);
        String device = "prove-" + run + "-" + known;
        return new Journeys(
                book,
                tally,
                new Doors(talk),
                new Phone(talk, Phone.WORKER, device, chance, book, tally),
                new Phone(talk, Phone.WORKER, device + "-2", chance, book, tally),
                new Phone(talk, Phone.SUPERVISOR, device + "-3", chance, book, tally),
                chance,
                run);
    }

    Feed feed() {
        return feed;
    }

    void begin() {
        for (int caller = 0; caller < CALLERS; caller++) {
            Journeys journeys = journeys();
            var chance = new Random(seed * HUNDRED + caller);
            busy.add(callers.submit(() -> speak(journeys, chance)));
        }
        busy.add(callers.submit(() -> {
            while (!over) {
                feed.read();
                Talk.pause(FETCH_MILLIS);
            }
        }));
    }

    private void speak(Journeys journeys, Random chance) {
        while (!over) {
            long next = System.currentTimeMillis() + (long) (CALLERS * SECOND / rate);
            int what = chance.nextInt(HUNDRED);
            if (what < HOME) {
                journeys.home();
            } else if (what < ORDERED) {
                journeys.ordered();
            } else if (what < REFUSED) {
                journeys.refused();
            } else {
                journeys.unknownToThePortal();
            }
            Talk.pause(Math.max(0, next - System.currentTimeMillis()));
        }
    }

    /** No dossier is begun any more; those that were come to their end. */
    void end() {
        over = true;
        for (Future<?> each : busy) {
            try {
                each.get(LONGEST_MINUTES, TimeUnit.MINUTES);
            } catch (ExecutionException e) {
                tally.wrong("a caller ended: " + e.getCause());
            } catch (TimeoutException e) {
                tally.wrong("a caller does not come to an end");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        callers.shutdownNow();
    }
}
