package vn.bocau.alert;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.Rules;

/**
 * Who is silent: nothing comes of a kind from a partner or a post office for working hours in which it usually does, as the
 * last weeks say. It is judged once for each full hour, and ends when something comes. Bean {@code silences}.
 */
@Component("silences")
public class Silences {

    /** Of so many sources at once the cause is not with them. */
    private static final int MANY = 3;

    /** In how many minutes of an hour somebody must have listened for it to count. */
    private static final int MINUTES_LISTENED = 45;

    /** Behind by more, it is still being counted what came. */
    private static final Duration BEHIND = Duration.ofMinutes(10);

    private static final int GRACE_HOURS = 2;

    private static final DateTimeFormatter SINCE = DateTimeFormatter.ofPattern("HH:mm dd/MM");

    /** Behind the cause of what is silent for another reason already. */
    private static final DateTimeFormatter AGAIN = DateTimeFormatter.ofPattern(" HH:mm dd/MM");

    private final JdbcClient db;
    private final Heard heard;
    private final Directories directories;
    private final Deadlines deadlines;
    private final SilenceSettings settings;

    Silences(JdbcClient db, Heard heard, Directories directories, Deadlines deadlines, SilenceSettings settings) {
        this.db = db;
        this.heard = heard;
        this.directories = directories;
        this.deadlines = deadlines;
        this.settings = settings;
    }

    /** As the clock asks it: the database's. */
    @Transactional
    public void look() {
        lookAt(db.sql("select clock_timestamp()").query(Instant.class).single());
    }

    /** Not of the same name: the route would call it with nothing. */
    @Transactional
    void lookAt(Instant now) {
        heard.count(now).ifPresent(reach -> {
            end(now);
            Instant hour = reach.counted().truncatedTo(ChronoUnit.HOURS);
            if (hour.isAfter(reach.judged())
                    && Duration.between(reach.counted(), now).compareTo(BEHIND) < 0) {
                judge(reach.judged(), hour, now);
                heard.judged(hour);
            }
        });
    }

    /** What goes on, the newest first. */
    @Transactional(readOnly = true)
    public List<Silence> standing() {
        Map<String, List<Open>> byCause =
                open().stream().collect(Collectors.groupingBy(Open::cause, LinkedHashMap::new, Collectors.toList()));
        List<Silence> all = new ArrayList<>();
        byCause.forEach((cause, some) -> all.add(Silence.of(
                cause,
                some.get(0).speaker.side(),
                some.get(some.size() - 1).noticedAt,
                some.stream()
                        .map(one -> new Silence.Gap(one.speaker.source(), one.speaker.kind(), one.since, one.usual))
                        .toList())));
        return all;
    }

    private record Open(Heard.Speaker speaker, String cause, Instant since, int usual, Instant noticedAt) {}

    private List<Open> open() {
        return db.sql("select * from silence where ended_at is null order by noticed_at desc, id")
                .query((row, n) -> new Open(
                        new Heard.Speaker(row.getString("side"), row.getString("source"), row.getString("kind")),
                        row.getString("cause"),
                        row.getTimestamp("since").toInstant(),
                        row.getInt("usual"),
                        row.getTimestamp("noticed_at").toInstant()))
                .list();
    }

    /** Something has come, or it has been silent for longer than anything is known of it. */
    private void end(Instant now) {
        db.sql("""
                        update silence s set ended_at = :now
                        where ended_at is null and (
                            exists (select from heard_last l
                                where l.side = s.side and l.source = s.source and l.kind = s.kind and l.last > s.since)
                            or s.since < :before)
                        """)
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(now.minus(Heard.KEPT)))
                .update();
    }

    /** The source is none any more; its row may have been missing for one reload alone, so not at once. */
    private void endUnknown(Instant now) {
        db.sql("""
                        update silence s set ended_at = :now
                        where ended_at is null
                          and s.source <> all (case s.side when 'OFFICE' then cast(:offices as text[])
                              else cast(:partners as text[]) end)
                        """)
                .param("now", Timestamp.from(now))
                .param("offices", known("OFFICE").toArray(String[]::new))
                .param("partners", known("PARTNER").toArray(String[]::new))
                .update();
    }

    private Set<String> known(String side) {
        return side.equals("OFFICE")
                ? directories.current().offices().stream().map(PostOffice::code).collect(Collectors.toSet())
                : directories.current().partners().stream().map(Partner::id).collect(Collectors.toSet());
    }

    private void judge(Instant judged, Instant hour, Instant now) {
        endUnknown(now);
        var usual = new Usual(deadlines, listened(), settings.least());
        if (!usual.isWorked(judged, hour)) {
            return;
        }
        Instant since = hour.minus(GRACE_HOURS, ChronoUnit.HOURS);
        Set<String> away = away();
        Map<String, Set<String>> known = Map.of("OFFICE", known("OFFICE"), "PARTNER", known("PARTNER"));
        Map<Heard.Speaker, Open> open = new HashMap<>();
        open().forEach(one -> open.put(one.speaker, one));
        Map<String, List<Open>> begun = new HashMap<>();
        heard.silentSince(since, settings.least(), voice -> {
            Heard.Speaker speaker = voice.speaker();
            if (!Objects.requireNonNull(known.get(speaker.side())).contains(speaker.source())) {
                return;
            }
            OptionalInt missing = usual.missing(voice, hour);
            if (open.containsKey(speaker)) {
                missing.ifPresent(much -> goesOn(speaker, much));
            } else if (missing.isPresent() && !away.contains(speaker.source())) {
                begun.computeIfAbsent(speaker.side(), side -> new ArrayList<>())
                        .add(new Open(speaker, "", voice.last(), missing.getAsInt(), now));
            }
        });
        Map<String, Set<String>> speaking = heard.heardSince(since);
        known.keySet()
                .forEach(side -> begin(
                        side,
                        begun.getOrDefault(side, List.of()),
                        open.values().stream()
                                .filter(one -> one.speaker.side().equals(side))
                                .toList(),
                        speaking.getOrDefault(side, Set.of()),
                        now));
    }

    /** Whether a source could have been heard: a hub ran, nobody had stopped its way in, and it was not known to be away. */
    private BiPredicate<Heard.Speaker, Long> listened() {
        Map<String, Map<Long, Integer>> watched = heard.watched();
        Function<Heard.Speaker, List<String>> stretches = heard.stretches();
        return (speaker, hour) -> {
            int ran = minutes(watched, "", hour);
            return stretches.apply(speaker).stream()
                    .allMatch(stretch -> ran - minutes(watched, stretch, hour) >= MINUTES_LISTENED);
        };
    }

    private static int minutes(Map<String, Map<Long, Integer>> watched, String stretch, Long hour) {
        return watched.getOrDefault(stretch, Map.of()).getOrDefault(hour, 0);
    }

    /** Of these it is known already that they are away. */
    private Set<String> away() {
        return new HashSet<>(db.sql("select partner from line where state in ('HELD', 'PROBING')")
                .query(String.class)
                .list());
    }

    /** Who is silent for a reason of its own already is so now for another. */
    private void apart(String side, String all, String time) {
        db.sql("""
                        update silence s set cause = :own || source || case when exists (
                                select from silence o where o.side = s.side and o.source = s.source and o.ended_at is null
                                  and o.cause = :own || s.source) then :time else '' end
                        where side = :side and (cause = :all or cause like :all || ' %') and ended_at is null
                        """)
                .param("own", own(side, ""))
                .param("side", side)
                .param("all", all)
                .param("time", time)
                .update();
    }

    private static String own(String side, String source) {
        return (side.equals("OFFICE") ? "office " : "partner ") + source;
    }

    private void goesOn(Heard.Speaker speaker, int usual) {
        db.sql("""
                        update silence set usual = :usual
                        where side = :side and source = :source and kind = :kind and ended_at is null
                        """)
                .param("usual", usual)
                .param("side", speaker.side())
                .param("source", speaker.source())
                .param("kind", speaker.kind())
                .update();
    }

    /**
     * What was silent already when something of it was noticed has the same cause. Who was heard after that, and is not any more,
     * is silent anew: people are called again. Where most are silent at once, that is one cause.
     */
    private void begin(String side, List<Open> begun, List<Open> before, Set<String> speaking, Instant now) {
        Set<String> silent = Stream.concat(before.stream(), begun.stream())
                .map(one -> one.speaker.source())
                .collect(Collectors.toSet());
        long others =
                speaking.stream().filter(source -> !silent.contains(source)).count();
        String all = side.equals("OFFICE") ? "offices" : "partners";
        String time = AGAIN.format(now.atZone(Rules.ZONE));
        boolean together = silent.size() >= MANY && silent.size() >= others;
        if (!together) {
            // The others have spoken again: who stays silent does so for a reason of its own, and people are told of
            // it.
            apart(side, all, time);
        }
        Set<String> known = new HashSet<>();
        Map<String, Open> last = new HashMap<>();
        open().stream().filter(one -> one.speaker.side().equals(side)).forEach(one -> {
            known.add(one.cause);
            last.putIfAbsent(one.speaker.source(), one);
        });
        Predicate<Open> isAnew = one -> {
            Open of = last.get(one.speaker.source());
            return of == null || one.since.isAfter(of.noticedAt);
        };
        boolean manyAgain = begun.stream()
                        .filter(isAnew)
                        .map(one -> one.speaker.source())
                        .distinct()
                        .count()
                >= MANY;
        for (Open one : begun) {
            String source = one.speaker.source();
            Open of = last.get(source);
            String anew = together && (of == null || manyAgain) ? all : own(side, source);
            String again = of != null && known.contains(anew) ? time : "";
            String cause = of == null || isAnew.test(one) ? anew + again : of.cause;
            db.sql("""
                            insert into silence (side, source, kind, cause, since, usual, noticed_at)
                            values (:side, :source, :kind, :cause, :since, :usual, :now)
                            """)
                    .param("side", side)
                    .param("source", source)
                    .param("kind", one.speaker.kind())
                    .param("cause", cause)
                    .param("since", Timestamp.from(one.since))
                    .param("usual", one.usual)
                    .param("now", Timestamp.from(one.noticedAt))
                    .update();
        }
    }

    /**
     * Since when nothing can be counted, because of a transaction that somebody has left open, and whose; without, who is silent is
     * looked for as it should be.
     */
    @Transactional(readOnly = true)
    public Optional<Stalled> stalled() {
        return heard.stuck(BEHIND).map(stuck -> new Stalled(stuck.since(), stuck.what()));
    }

    /** @param what the transaction, by what the database calls its connection */
    public record Stalled(Instant since, String what) {

        public Text text() {
            String time = SINCE.format(since.atZone(Rules.ZONE));
            return new Text(
                    "Không theo dõi được ai im lặng kể từ " + time
                            + ": một giao dịch trong cơ sở dữ liệu để mở từ lúc ấy (" + what
                            + "). Hãy hỏi người đang dùng, rồi kết thúc nó.",
                    "Who is silent cannot be watched since " + time
                            + ": a transaction in the database has been open since then (" + what
                            + "). Ask who uses it, then end it.");
        }
    }
}
