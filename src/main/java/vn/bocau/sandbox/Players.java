package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Whoever comes next in a dossier's journey, for a newcomer who plays all of them: the post that serves the citizen's
 * commune, a worker of ours by the phones' interface or the outside carrier by its feed, and the provincial centre by
 * SOAP. Each act gives the portal one step more.
 */
@Component
class Players {

    /** The agency whose clerk a newcomer plays here; the others act from their own pages. */
    private static final String PLAYED = "000.00.12.H50";

    private static final List<String> FETCHING = List.of("PICKUP_ACCEPTED", "COLLECTED", "HANDED_TO_AGENCY");
    private static final List<String> BRINGING =
            List.of("dispatchResults", "RESULT_COLLECTED", "OUT_FOR_DELIVERY", "DELIVERED");

    private final WorkerHands workers;
    private final CarrierHands carrier;
    private final BackOffice office;
    private final DvcqgDossiers dossiers;
    private final Map<String, Integer> played = new ConcurrentHashMap<>();

    Players(WorkerHands workers, CarrierHands carrier, BackOffice office, DvcqgDossiers dossiers) {
        this.workers = workers;
        this.carrier = carrier;
        this.office = office;
        this.dossiers = dossiers;
    }

    /** What happens in turn to what the citizen asked for; the portal's steps count how far it is. */
    private List<String> acts(String code) {
        JsonNode asked = dossiers.filed(code);
        if (!asked.has("pickup") && !asked.has("result")) {
            return List.of();
        }
        if (!asked.at("/dossier/agency").asText().equals(PLAYED)) {
            return asked.has("pickup") ? FETCHING : List.of();
        }
        return Stream.of(
                        asked.has("pickup") ? FETCHING : List.<String>of(),
                        List.of("confirmReceipt"),
                        asked.has("result") ? BRINGING : List.<String>of())
                .flatMap(List::stream)
                .toList();
    }

    /** What comes next; null when the journey is over, or is not played here. */
    @Nullable
    String next(String code) {
        List<String> acts = acts(code);
        int done = Math.max(dossiers.steps(code).size(), played.getOrDefault(code, 0));
        return done < acts.size() && !dossiers.status(code).equals("10") ? acts.get(done) : null;
    }

    /** Whether the citizen asked here for something that is carried. */
    boolean plays(String code) {
        return !acts(code).isEmpty();
    }

    /** Does it. @return what went wrong; null when nothing did */
    @Nullable
    Problem play(String code) {
        String act = next(code);
        if (act == null) {
            return null;
        }
        Problem wrong = act(code, act);
        if (wrong == null) {
            // The portal may hear of it later, when it is in trouble; nobody does it twice meanwhile.
            played.put(code, acts(code).indexOf(act) + 1);
        }
        return wrong;
    }

    private @Nullable Problem act(String code, String act) {
        return switch (act) {
            case "confirmReceipt" -> agency(act, dossier(code) + "<appointment>" + in3Days() + "</appointment>");
            case "dispatchResults" -> agency(act, "<result>" + dossier(code) + "</result>");
            default -> post(code, act);
        };
    }

    private @Nullable Problem post(String code, String act) {
        boolean fetching = FETCHING.contains(act);
        Place place = Place.of(dossiers.filed(code)).orElse(Place.DONG_HA);
        return place.worker == null ? carrier.act(code, act, fetching) : workers.act(place.worker, code, act, fetching);
    }

    private @Nullable Problem agency(String operation, String content) {
        ResponseEntity<String> answer = office.act(Json.write(Map.of("operation", operation, "content", content)));
        String said = String.valueOf(answer.getBody());
        if (answer.getStatusCode().is2xxSuccessful() && !said.contains("REFUSED")) {
            return null;
        }
        // The agency door says each sentence in both languages.
        String both = said.replaceAll("<[^>]+>", " ");
        return Problem.said(both, both);
    }

    private static String dossier(String code) {
        return "<dossier>" + HtmlUtils.htmlEscape(code) + "</dossier>";
    }

    private static LocalDate in3Days() {
        return LocalDate.now(When.VIETNAM).plusDays(3);
    }
}
