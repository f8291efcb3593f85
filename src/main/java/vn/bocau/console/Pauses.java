package vn.bocau.console;

import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Standing;
import vn.bocau.journal.Stretches;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** What operators have paused, for those who may see it: where nothing moves, nothing fails either. */
@Component
class Pauses {

    private static final String LINE = "line.";

    /** A stretch; of a line {@code line.} and its partner. */
    record Pause(String stretch, String by, String since, String reason) {

        private static Pause of(Stretches.Pause pause) {
            return new Pause(pause.stretch(), pause.by(), ConsolePages.clock(pause.since()), pause.reason());
        }
    }

    private final Standing standing;
    private final Directories directories;

    Pauses(Standing standing, Directories directories) {
        this.standing = standing;
        this.directories = directories;
    }

    /** The longest first. */
    List<Pause> seen(Authentication who) {
        Grants grants = Grants.of(who);
        return standing.paused().stream()
                .filter(pause -> isSeen(pause.stretch(), grants))
                .map(Pause::of)
                .toList();
    }

    /** Without the partners' lines, which the page shows by themselves. */
    List<Pause> ofStretches(Authentication who) {
        return seen(who).stream()
                .filter(pause -> !pause.stretch.startsWith(LINE))
                .toList();
    }

    /** What is drawn for one partner is called after it. */
    private boolean isSeen(String stretch, Grants grants) {
        int dot = stretch.indexOf('.');
        return dot < 0
                || grants.may(Right.SEE, stretch.substring(dot + 1))
                        && (!stretch.startsWith(LINE) || isCarriedTo(stretch.substring(dot + 1)));
    }

    private boolean isCarriedTo(String partner) {
        return directories
                .current()
                .partner(partner)
                .filter(known -> known.delivery() == Partner.Delivery.PUSH)
                .isPresent();
    }
}
