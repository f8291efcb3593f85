package vn.bocau.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.journal.Stretches;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** The map as programs read it, and the switches of its stretches. */
@RestController
@RequestMapping(path = "/api/ops/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class MapApi {

    private final LineMap map;
    private final Stretches stretches;

    MapApi(LineMap map, Stretches stretches) {
        this.map = map;
        this.stretches = stretches;
    }

    @GetMapping("/map")
    LineMap.Picture map(@RequestParam(required = false) @Nullable String at, Authentication who) {
        List<Flaw> flaws = new ArrayList<>();
        Instant moment = Times.kept("at", ConsolePages.said(at), Instant.now(), flaws);
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "parameter", flaws);
        }
        return map.of(moment, who);
    }

    @PostMapping(path = "/stretches/{id}/pause", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Stretches.Pause> pause(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        Grants.of(who).demandForAll(Right.PAUSE);
        stretches.pause(id, who.getName(), new ActBody(why, List.of()).reason());
        return stretches.paused();
    }

    @PostMapping(path = "/stretches/{id}/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Stretches.Pause> resume(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        Grants.of(who).demandForAll(Right.PAUSE);
        stretches.resume(id, who.getName(), new ActBody(why, List.of()).reason());
        return stretches.paused();
    }
}
