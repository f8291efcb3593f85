package vn.bocau.journey;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;

/** One citizen's dossier, as the portal's side sees it. */
public final class Filed {

    private static final AtomicLong COUNTER = new AtomicLong(System.nanoTime());

    final String code;
    private final World world;

    Filed(World world, String code) {
        this.world = world;
        this.code = code;
    }

    static String newCode() {
        return "000.00.12.H50-260415-" + Long.toString(COUNTER.incrementAndGet(), 36);
    }

    public String code() {
        return code;
    }

    public static LocalDate today() {
        return LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    }

    /** Level 3, filed online and paid, at the provincial centre; both ways by post, at a door of this commune. */
    public static ObjectNode both(String commune) {
        ObjectNode asked = Http.JSON.createObjectNode();
        asked.putObject("dossier")
                .put("procedure", "1.012786")
                .put("channel", "ONLINE")
                .put("filedOn", today().toString())
                .put("agency", "000.00.12.H50")
                .put("paidOnline", true);
        ObjectNode pickup = asked.putObject("pickup");
        pickup.set("sender", party(commune));
        pickup.putArray("papers").addObject().put("name", "Đơn đề nghị cấp lại").put("original", true);
        asked.putObject("result").set("receiver", party(commune));
        return asked;
    }

    public static ObjectNode party(String commune) {
        ObjectNode party =
                Http.JSON.createObjectNode().put("name", "Lê Thị Mẫu").put("phone", "0900000001");
        party.putObject("address").put("commune", commune).put("street", "12 đường Mẫu");
        return party;
    }

    /** What the portal took in for the first time, in the order of arrival: texts of steps, and statuses. */
    public List<String> shown() {
        return world.twin("dvcqg").received().stream()
                .filter(e -> e.path("dossier").asText().equals(code)
                        && e.path("fresh").asBoolean())
                .filter(e -> !e.path("what").asText().equals("filed"))
                .map(e -> e.path("what").asText().equals("DongBoHoSoMC")
                        ? "=" + e.path("content").path("TrangThaiHoSo").asText()
                        : e.path("content").path("NoiDungXuLy").asText())
                .toList();
    }

    /** Waits until the portal shows exactly these, in this order; a step is named by how its text begins. */
    public void shows(String... steps) {
        await().atMost(World.SOON).untilAsserted(() -> {
            List<String> shown = shown();
            Assertions.assertThat(shown).as(shown.toString()).hasSameSizeAs(steps);
            for (int i = 0; i < steps.length; i++) {
                Assertions.assertThat(shown.get(i)).startsWith(steps[i]);
            }
        });
    }

    public JsonNode facts() {
        return world.facts(code);
    }

    public JsonNode leg(String kind) {
        JsonNode found = Http.JSON.missingNode();
        for (JsonNode leg : facts().path("legs")) {
            found = leg.path("kind").asText().equals(kind) ? leg : found;
        }
        return found;
    }

    public String item(String kind) {
        return leg(kind).path("item").asText();
    }

    public String step(String kind) {
        return leg(kind).path("step").path("code").asText();
    }
}
