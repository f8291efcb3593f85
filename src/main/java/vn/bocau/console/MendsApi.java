package vn.bocau.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.journal.Mend;
import vn.bocau.journal.Mends;
import vn.bocau.journal.Records;
import vn.bocau.wire.http.Parameters;

/** Parked messages that are retried together, and what is given up together. */
@RestController
@RequestMapping(path = "/api/ops/v1/mends", produces = MediaType.APPLICATION_JSON_VALUE)
class MendsApi {

    static final List<String> ITEM_STATES = List.of("WAITING", "SENT", "CONFIRMED", "FAILED", "LEFT", "CONFLICT");

    /** @param next ask for it as {@code after} to see those that follow; null when there are none */
    record Items(List<Mends.Item> items, @Nullable Long next) {}

    /** @param held for whom its messages wait, or for which stretch */
    record Seen(@JsonUnwrapped Mend mend, List<Mends.Held> held) {}

    /**
     * What a mend would take now.
     *
     * @param partners of those whose messages this person may see, how many of whom
     * @param mayNot those of them for whom this person has not the right
     * @param others whether there are some of partners this person may not even see
     * @param busy other mends that have such messages already
     */
    record Would(long count, List<Records.Depth> partners, List<String> mayNot, boolean others, List<UUID> busy) {}

    private final MendDesk desk;

    MendsApi(MendDesk desk) {
        this.desk = desk;
    }

    @GetMapping
    List<Mend> mends(
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.between("from", from, 0, 1_000_000);
        Parameters.check(size);
        return desk.all(from, size, who);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Seen> begin(@RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        var said = new ActBody(body, MendAsk.FIELDS);
        UUID id = desk.begin(MendAsk.of(said), who, said.reason());
        return ResponseEntity.created(URI.create("/api/ops/v1/mends/" + id)).body(seen(id, who));
    }

    /** How many would be retried, or given up, without doing it. */
    @GetMapping("/would")
    Would would(@ModelAttribute MendAsk ask, Authentication who) {
        MendDesk.Would would = desk.would(ask, who);
        return new Would(would.count(), would.seen(), would.mayNot(), would.others(), desk.busy(ask, who));
    }

    @GetMapping("/{id}")
    Seen mend(@PathVariable UUID id, Authentication who) {
        return seen(id, who);
    }

    private Seen seen(UUID id, Authentication who) {
        return new Seen(desk.one(id, who), desk.held(id, who));
    }

    @GetMapping("/{id}/items")
    Items items(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.oneOf("state", state, ITEM_STATES);
        Parameters.between("after", after, 0, 1_000_000);
        Parameters.check(size);
        List<Mends.Item> found = desk.items(id, state, after, size, who);
        return new Items(
                found, found.size() < size ? null : found.get(found.size() - 1).no());
    }

    /** What was sent stays sent; the rest stays parked. */
    @PostMapping(path = "/{id}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
    Seen cancel(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        desk.cancel(id, who, new ActBody(why, List.of()).reason());
        return seen(id, who);
    }
}
