package vn.bocau.console;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.journal.Replay;
import vn.bocau.journal.Replays;
import vn.bocau.wire.http.Parameters;

/**
 * What a partner has confirmed and lost is told to it once more, or what its queue brought and we have lost is taken from it once
 * more: first as a dry run, then as a mend.
 */
@RestController
@RequestMapping(path = "/api/ops/v1/replays", produces = MediaType.APPLICATION_JSON_VALUE)
class ReplaysApi {

    static final List<String> OUTCOMES = List.of("APPLY", "ALREADY", "OPEN", "CONFLICT");

    /** @param next ask for it as {@code after} to see those that follow; null when there are none */
    record Items(List<Replays.Item> items, @Nullable Long next) {}

    private final ReplayDesk desk;

    ReplaysApi(ReplayDesk desk) {
        this.desk = desk;
    }

    @GetMapping
    List<Replay> replays(
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.between("from", from, 0, 1_000_000);
        Parameters.check(size);
        return desk.all(from, size, who);
    }

    /** A dry run: nothing is told, and nothing is taken. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Replay> look(@RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        var said = new ActBody(body, List.of("sort", "partner", "since", "until"));
        Replay replay = desk.look(
                said.text("sort"), said.text("partner"), said.text("since"), said.text("until"), who, said.reason());
        return ResponseEntity.created(URI.create("/api/ops/v1/replays/" + replay.id()))
                .body(replay);
    }

    @GetMapping("/{id}")
    Replay replay(@PathVariable UUID id, Authentication who) {
        return desk.one(id, who);
    }

    @GetMapping("/{id}/items")
    Items items(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.oneOf("outcome", outcome, OUTCOMES);
        Parameters.between("after", after, 0, Integer.MAX_VALUE);
        Parameters.check(size);
        List<Replays.Item> found = desk.items(id, outcome, after, size, who);
        return new Items(
                found, found.size() < size ? null : found.get(found.size() - 1).no());
    }

    /** As a mend: ramped, at a rate, stopping by itself, until somebody ends it. */
    @PostMapping(path = "/{id}/start", consumes = MediaType.APPLICATION_JSON_VALUE)
    Replay start(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        var said = new ActBody(body, List.of("notBefore", "perMinute", "mostFailed"));
        desk.start(id, MendAsk.of(said).how(), who, said.reason());
        return desk.one(id, who);
    }
}
