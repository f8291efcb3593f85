package vn.bocau.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.Why;

/** An act's body, of texts alone: why, and what else the act takes. A field it does not take is refused, not overlooked. */
final class ActBody {

    private static final String REASON = "reason";

    private final JsonNode body;
    private final String reason;

    /**
     * @param fields what the act takes besides its reason
     * @throws Refused MALFORMED {@code field} when there is another, or one that is no text; what {@link Why} refuses
     */
    ActBody(byte @Nullable [] sent, List<String> fields) {
        this.reason = Why.given(sent);
        this.body = JsonBody.parse(sent);
        List<Flaw> flaws = new ArrayList<>();
        body.properties().forEach(field -> {
            if (field.getKey().equals(REASON)) {
                return;
            }
            String at = "/" + field.getKey().replace("~", "~0").replace("/", "~1");
            if (!fields.contains(field.getKey())) {
                flaws.add(new Flaw(
                        at.substring(0, Math.min(at.length(), 100)),
                        new Text(
                                "Không có mục này ở đây; hãy bỏ đi. Nhận: " + fields + ".",
                                "There is no such field here; leave it out. Taken: " + fields + ".")));
            } else if (!field.getValue().isTextual() && !field.getValue().isNull()) {
                flaws.add(new Flaw(at, new Text("Phải là một chuỗi, hoặc null.", "Must be a string, or null.")));
            }
        });
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "field", flaws);
        }
    }

    String reason() {
        return reason;
    }

    @Nullable
    String text(String field) {
        return body.path(field).textValue();
    }

    /** Empty when it was not said: no name and no role is so short. */
    String required(String field) {
        return body.path(field).asText("");
    }
}
