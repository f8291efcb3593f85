package vn.bocau.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import vn.bocau.dossier.Decisions;
import vn.bocau.dossier.Requests;
import vn.bocau.journal.Inbound;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;

/** A hub with work for the post office of Đông Hà. */
final class Office {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String CENTRE = "000.00.12.H50";

    private final OwnHub hub;

    Office(OwnHub hub) {
        this.hub = hub;
    }

    /** @param name of who sends and receives; @return the dossier's code */
    String asks(String name, String street) {
        return asks(name, street, asked -> {});
    }

    /** @param otherwise what is different from the usual request */
    String asks(String name, String street, Consumer<ObjectNode> otherwise) {
        String code = CENTRE + "-260415-" + UUID.randomUUID().toString().substring(24);
        ObjectNode asked = JSON.createObjectNode();
        ObjectNode dossier = asked.putObject("dossier");
        dossier.putArray("codes").addObject().put("system", "dvcqg").put("code", code);
        dossier.put("procedure", "1.012786")
                .put("channel", "ONLINE")
                .put("filedOn", LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh")).toString())
                .put("agency", CENTRE)
                .put("paidOnline", true);
        ObjectNode pickup = asked.putObject("pickup");
        pickup.set("sender", party(name, street));
        pickup.putArray("papers").addObject().put("name", "Đơn đề nghị cấp lại").put("original", true);
        asked.putObject("result").set("receiver", party(name, street));
        otherwise.accept(asked);
        hub.bean(Requests.class).accept(new Inbound("dvcqg", UUID.randomUUID().toString(), "portal.request", asked));
        return code;
    }

    /** @return the items, in the order of the codes */
    List<String> dispatches(List<String> codes) {
        ObjectNode batch = JSON.createObjectNode();
        codes.forEach(code -> batch.withArray("results").addObject().put("dossier", code));
        JsonNode answer = hub.bean(Decisions.class)
                .dispatch(new Inbound("trung-tam-hcc", UUID.randomUUID().toString(), "agency.dispatch", batch))
                .answer();
        List<String> items = new ArrayList<>();
        answer.path("results").forEach(result -> items.add(result.path("item").asText()));
        return items;
    }

    /** @return what a phone of a sandbox login shows from then on */
    Map<String, String> signIn(String user, String device) {
        return Http.bearer(Http.post(
                        hub.at("/api/scan/v1/sign-in"),
                        Map.of(),
                        Map.of("user", user, "password", user + "-sandbox", "device", device))
                .ok()
                .path("token")
                .asText());
    }

    String item(String code, String kind) {
        return hub.db()
                .sql("select l.item from leg l join dossier_code c on c.dossier = l.dossier"
                        + " where c.code = :code and l.kind = :kind")
                .param("code", code)
                .param("kind", kind)
                .query(String.class)
                .single();
    }

    private static ObjectNode party(String name, String street) {
        ObjectNode party = JSON.createObjectNode().put("name", name).put("phone", "0900000001");
        party.putObject("address").put("commune", "19333").put("street", street);
        return party;
    }
}
