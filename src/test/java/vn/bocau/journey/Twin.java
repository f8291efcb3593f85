package vn.bocau.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of the sandbox's partners, asked what it received and told how to misbehave. */
public record Twin(URI sandbox, String id) {

    /** Everything it received and committed, in the order of arrival. */
    public List<JsonNode> received() {
        List<JsonNode> all = new ArrayList<>();
        Http.get(sandbox.resolve("/api/" + id + "/received"), Map.of()).ok().forEach(all::add);
        return all;
    }

    public void misbehaves(String mode) {
        misbehaves(mode, 1);
    }

    /** @param every each n-th request only */
    public void misbehaves(String mode, int every) {
        Http.post(sandbox.resolve("/api/" + id + "/misbehave"), Map.of(), Map.of("mode", mode, "every", every))
                .ok();
    }

    public void behaves() {
        misbehaves("none");
    }
}
