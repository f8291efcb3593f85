package vn.bocau.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.journal.Mends;
import vn.bocau.journal.Replay;
import vn.bocau.journal.Replays;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;
import vn.bocau.wire.queue.Retained;

/**
 * Replays as somebody may ask for them who has rights for some partners only. Needs {@link Right#ADMINISTER}, as reading a
 * partner's feed anew does: it tells a partner again what it has said it knows.
 */
@Component
class ReplayDesk {

    static final String QUEUE = "QUEUE";

    private final Replays replays;
    private final Directories directories;
    private final Retained retained;

    ReplayDesk(Replays replays, Directories directories, Retained retained) {
        this.retained = retained;
        this.replays = replays;
        this.directories = directories;
    }

    /**
     * A dry run.
     *
     * @param sort PARTNER, when nothing is said, or QUEUE: of what the partner put on its queue
     * @param since what the partner confirmed from then on is lost to it
     * @param until since then it keeps again what it confirms; empty for now
     */
    Replay look(
            @Nullable String sort,
            @Nullable String partner,
            @Nullable String since,
            @Nullable String until,
            Authentication who,
            @Nullable String reason) {
        List<Flaw> flaws = new ArrayList<>();
        String said = ConsolePages.said(partner);
        if (said == null || directories.current().partner(said).isEmpty()) {
            flaws.add(new Flaw("/partner", new Text("Không có đối tác này.", "There is no such partner.")));
        }
        String what = Objects.requireNonNullElse(ConsolePages.said(sort), "PARTNER");
        if (!Set.of("PARTNER", QUEUE).contains(what)) {
            flaws.add(new Flaw("/sort", new Text("Phải là PARTNER hoặc QUEUE.", "Must be PARTNER or QUEUE.")));
        }
        Instant from = Times.read("/since", ConsolePages.said(since), false, flaws);
        Instant to = Times.read("/until", ConsolePages.said(until), false, flaws);
        if (from == null && flaws.stream().noneMatch(flaw -> flaw.field().equals("/since"))) {
            flaws.add(new Flaw(
                    "/since",
                    new Text(
                            "Ghi từ lúc nào đối tác mất những gì đã nhận.",
                            "Say from when on the partner has lost what it confirmed.")));
        }
        if (said == null || from == null || !flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "replay", flaws);
        }
        Grants.of(who).demand(Right.ADMINISTER, said);
        Instant end = replays.check(from, to);
        return replays.one(
                what.equals(QUEUE)
                        ? replays.look(said, from, end, taken(said, from, end), who.getName(), reason)
                        : replays.look(said, from, end, who.getName(), reason));
    }

    private List<Replays.Taken> taken(String partner, Instant since, Instant until) {
        return retained.of(partner, since, until).stream()
                .map(kept -> new Replays.Taken(kept.in(), () -> retained.read(kept.in()), kept.ownId()))
                .toList();
    }

    UUID start(UUID id, Mends.How how, Authentication who, String reason) {
        Replay replay = replays.one(id);
        Grants.of(who).demand(Right.ADMINISTER, replay.partner());
        return replay.sort().equals(QUEUE)
                ? replays.start(id, taken(replay.partner(), replay.since(), replay.until()), how, who.getName(), reason)
                : replays.start(id, how, who.getName(), reason);
    }

    Replay one(UUID id, Authentication who) {
        Replay replay = replays.one(id);
        Grants.of(who).demand(Right.SEE, replay.partner());
        return replay;
    }

    List<Replays.Item> items(UUID id, @Nullable String outcome, long after, int size, Authentication who) {
        one(id, who);
        return replays.items(id, outcome, after, size);
    }

    List<Replay> all(int from, int size, Authentication who) {
        return replays.all(Grants.of(who).only(Right.SEE).orElse(null), from, size);
    }
}
