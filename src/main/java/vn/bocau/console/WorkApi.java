package vn.bocau.console;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.alert.Silence;
import vn.bocau.alert.Silences;
import vn.bocau.audit.Audited;
import vn.bocau.dossier.Conflicts;
import vn.bocau.dossier.ItemPools;
import vn.bocau.dossier.Losses;
import vn.bocau.dossier.Oversight;
import vn.bocau.dossier.Projections;
import vn.bocau.dossier.rules.LegTerms;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** What is owed and by whom, what needs a look, and what is running out. */
@RestController
@RequestMapping(path = "/api/ops/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class WorkApi {

    private static final List<String> KINDS =
            Arrays.stream(OwnerKind.values()).map(Enum::name).toList();

    private final Oversight oversight;
    private final Losses losses;
    private final Projections projections;
    private final Silences silences;

    private final Recorded recorded;
    private final Conflicts conflicts;
    private final ReadAgain again;

    WorkApi(
            Oversight oversight,
            Losses losses,
            Projections projections,
            Silences silences,
            Recorded recorded,
            Conflicts conflicts,
            ReadAgain again) {
        this.conflicts = conflicts;
        this.again = again;
        this.silences = silences;
        this.recorded = recorded;
        this.oversight = oversight;
        this.losses = losses;
        this.projections = projections;
    }

    @GetMapping("/obligations")
    List<Oversight.Owed> obligations(
            @RequestParam(required = false) @Nullable String ownerKind,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.oneOf("ownerKind", ownerKind, KINDS);
        Parameters.printable("owner", owner);
        Parameters.check(size);
        Parameters.between("from", from, 0, 1_000_000);
        return oversight.owed(new Oversight.Wanted(
                ownerKind, owner, overdue, Grants.of(who).only(Right.SEE).orElse(null), from, size));
    }

    /** How much of each act is owed, by which kind of owner. */
    @GetMapping("/obligations/load")
    List<Oversight.Load> load(Authentication who) {
        return oversight.load(
                EnumSet.allOf(OwnerKind.class),
                null,
                Grants.of(who).only(Right.SEE).orElse(null));
    }

    /** @param stalled since when nobody can say who is silent, and why; null when it is watched as it should be */
    record Silent(List<Silence> silences, Silences.@Nullable Stalled stalled) {}

    /** Nothing comes where usually much does; of partners whose messages this person may see. */
    @GetMapping("/silences")
    Silent silences(Authentication who) {
        return new Silent(
                BooksPage.seen(silences.standing(), Grants.of(who)),
                silences.stalled().orElse(null));
    }

    /** What was lost has been made good, or will not be: nothing more is owed. */
    @PostMapping(path = "/obligations/{id}/settle", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void settle(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        settle(id, who, () -> Why.given(why));
    }

    /** @param why asked for once it is known that this person may */
    void settle(UUID leg, Authentication who, Supplier<String> why) {
        Grants.of(who).demandForAll(Right.ADMINISTER);
        String reason = why.get();
        recorded.act(who.getName(), "SETTLE", Audited.Kind.DOSSIER, leg.toString(), reason, () -> {
            losses.settle(leg, who.getName(), reason);
            return leg;
        });
    }

    /** Handlings that contradict, that nobody could place yet, or whose code nobody has mapped. */
    @GetMapping("/handlings")
    List<Oversight.ToLookAt> handlings(
            @RequestParam(required = false) @Nullable String place,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.check(size);
        Parameters.printable("place", place);
        return oversight.toLookAt(Grants.of(who).only(Right.SEE).orElse(null), place, before, size);
    }

    /** @param left how many handlings */
    record Left(int left) {}

    /** One that no supervisor looks at is left as it stands: {@code {"reason", "alike"?}}. */
    @PostMapping(path = "/handlings/{id}/leave", consumes = MediaType.APPLICATION_JSON_VALUE)
    Left leave(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        var said = new ActBody(body, List.of("alike"));
        Parameters.oneOf("/alike", said.text("alike"), List.of(EditsApi.YES));
        return new Left(leave(id, said.text("alike") != null, who, said::reason));
    }

    /** @param why asked for once it is known that this person may */
    int leave(UUID handling, boolean alike, Authentication who, Supplier<String> why) {
        Grants.of(who).demand(Right.ADMINISTER, conflicts.source(handling));
        String reason = why.get();
        return recorded.act(
                who.getName(),
                "LEAVE",
                Audited.Kind.DOSSIER,
                handling.toString(),
                reason,
                () -> conflicts.leave(handling, alike, who.getName(), reason));
    }

    /** @param read how many handlings */
    record Read(int read) {}

    /** What an outside carrier said before anybody had mapped its code is read by the codes of now: {@code {"reason", "alike"?}}. */
    @PostMapping(path = "/handlings/{id}/read", consumes = MediaType.APPLICATION_JSON_VALUE)
    Read read(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        var said = new ActBody(body, List.of("alike"));
        Parameters.oneOf("/alike", said.text("alike"), List.of(EditsApi.YES));
        return new Read(read(id, said.text("alike") != null, who, said::reason));
    }

    /** @param why asked for once it is known that this person may */
    int read(UUID handling, boolean alike, Authentication who, Supplier<String> why) {
        Grants.of(who).demand(Right.ADMINISTER, conflicts.source(handling));
        return again.read(handling, alike, who.getName(), why.get());
    }

    @GetMapping("/item-numbers")
    List<ItemPools.Left> itemNumbers(Authentication who) {
        return seen(oversight.itemNumbers(), Grants.of(who));
    }

    /** Our own, and those of partners whose messages somebody may see. */
    static List<ItemPools.Left> seen(List<ItemPools.Left> all, Grants grants) {
        return all.stream()
                .filter(pool -> pool.carrier().equals(LegTerms.OWN) || grants.may(Right.SEE, pool.carrier()))
                .toList();
    }

    /** @param different legs that came out different from what was kept, and were put right; anything but 0 is our bug */
    record Rebuilt(int dossiers, int different) {}

    /** Derives the progress of every dossier again. It takes a while where there are many, and is recorded before the first. */
    @PostMapping(path = "/projections/rebuild", consumes = MediaType.APPLICATION_JSON_VALUE)
    Rebuilt rebuild(@RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        Grants.of(who).demandForAll(Right.ADMINISTER);
        recorded.act(
                who.getName(), "REBUILD", Audited.Kind.DIRECTORY, "projections", Why.given(why), () -> "it has begun");
        int dossiers = 0;
        int different = 0;
        UUID last = null;
        do {
            Projections.Page page = projections.rebuild(last);
            dossiers += page.dossiers();
            different += page.different();
            last = page.last();
        } while (last != null);
        return new Rebuilt(dossiers, different);
    }
}
