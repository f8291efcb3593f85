package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.stereotype.Component;

/** What the workers of a post office have to do. */
@Component("worklists")
public class Worklists {

    /** The stops of an office, the most urgent first. Holds personal data. */
    public JsonNode of(String office) {
        throw new UnsupportedOperationException(office);
    }
}
