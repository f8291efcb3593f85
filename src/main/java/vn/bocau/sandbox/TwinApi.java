package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What a person or a test asks of a partner from outside: what did you receive, how do you behave. */
@RestController
@RequestMapping(path = "/api/{twin}", produces = MediaType.APPLICATION_JSON_VALUE)
class TwinApi {

    private final Received received;
    private final Manners manners;

    TwinApi(Received received, Manners manners) {
        this.received = received;
        this.manners = manners;
    }

    @GetMapping("/received")
    String received(@PathVariable String twin) {
        return Json.write(received.all(known(twin).id));
    }

    @DeleteMapping("/received")
    String forget(@PathVariable String twin) {
        received.forget(known(twin).id);
        return "{}";
    }

    /**
     * {@code {"mode": "none|slow|500|timeout|drop-after-commit|garbage|duplicate|out-of-order|down", "minutes", "every"}};
     * 400 for a mode that would change nothing with this partner.
     */
    @PostMapping("/misbehave")
    String misbehave(@PathVariable String twin, @RequestBody String body) {
        JsonNode wish = Json.read(body);
        manners.set(
                known(twin),
                mode(known(twin), wish.path("mode").asText("none")),
                wish.path("minutes").asInt(0),
                wish.path("every").asInt(1));
        return Json.write(manners.of(known(twin)).mode());
    }

    /** How it behaves now, and how many requests it has met badly since the sandbox was started. */
    @GetMapping("/misbehave")
    String manners(@PathVariable String twin) {
        Twin known = known(twin);
        return Json.write(Map.of("mode", word(manners.of(known).mode()), "met", manners.badly(known)));
    }

    static String word(Manners.Mode mode) {
        return mode == Manners.Mode.ERROR_500
                ? "500"
                : mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Manners.Mode mode(Twin twin, String word) {
        return twin.modes.stream()
                .filter(mode -> word(mode).equals(word))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        "mode: " + twin.modes.stream().map(TwinApi::word).collect(Collectors.joining(", "))));
    }

    static Twin known(String id) {
        return Twin.named(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
