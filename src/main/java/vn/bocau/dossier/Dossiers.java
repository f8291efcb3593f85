package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.stereotype.Component;

/** What may be seen of a dossier. */
@Component("dossiers")
public class Dossiers {

    /**
     * The state of a dossier with its five facts: sent on, right or not, to supplement, step, result day.
     *
     * @param code any of its codes
     * @param partner who asks
     * @throws vn.bocau.code.Refused {@code unknown-dossier} when there is none, or the partner has no part in it
     */
    public JsonNode facts(String code, String partner) {
        throw new UnsupportedOperationException(code + partner);
    }
}
