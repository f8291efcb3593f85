package vn.bocau.desk;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Pile;
import vn.bocau.wire.http.Parameters;

/**
 * Which part of a pile a page shows, as its address says.
 *
 * @param search part of a dossier's code or of an item's number; no other word, for it stands in the address
 * @param only {@code due} or {@code address}, where a page offers that; all when it does not say
 * @param page from 1; 1 when it does not say
 */
record Shown(
        @Nullable String search,
        @Nullable String only,
        @Nullable Integer page) {

    /** What a page may offer to look for by itself. */
    static final List<String> ONLY = List.of("due", "address");

    /** As many as a sitting at the desk: ticked at once, and given at once. */
    static final int SIZE = 200;

    private static final int FARTHEST = 5000;

    /** @throws vn.bocau.code.Refused MALFORMED {@code parameter} */
    AgencyLegs.Page of(Model model, AgencyLegs legs, Clerk clerk, Pile pile) {
        AgencyLegs.Page found =
                legs.of(clerk.agency(), new AgencyLegs.Wanted(pile, wanted(), only(pile), first(), SIZE));
        show(model, found.rows(), found.total());
        return found;
    }

    /** @throws vn.bocau.code.Refused MALFORMED {@code parameter} */
    @Nullable
    String wanted() {
        Parameters.printable("search", search);
        return search == null || search.isBlank() ? null : search.strip();
    }

    private AgencyLegs.@Nullable Only only(Pile pile) {
        if (pile != Pile.TO_DISPATCH || only == null || only.isEmpty()) {
            return null;
        }
        Parameters.oneOf("only", only, ONLY);
        return AgencyLegs.Only.valueOf(only.toUpperCase(Locale.ROOT));
    }

    /** How many come before it. @throws vn.bocau.code.Refused MALFORMED {@code parameter} */
    int first() {
        Parameters.between("page", number(), 1, FARTHEST);
        return (number() - 1) * SIZE;
    }

    void show(Model model, List<?> rows, long total) {
        model.addAttribute("rows", rows);
        model.addAttribute("total", total);
        model.addAttribute("search", wanted());
        model.addAttribute("only", only == null || only.isEmpty() ? null : only);
        model.addAttribute("page", number());
        model.addAttribute("pages", Math.max(1, (total + SIZE - 1) / SIZE));
    }

    private int number() {
        return page == null ? 1 : page;
    }
}
