package vn.bocau.wire.http.ngsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;
import vn.bocau.journey.Http;
import vn.bocau.sandbox.Sandbox;
import vn.bocau.wire.http.OwnHub;

/** The sandbox's one-stop system at the real door, over the network: it orders, cancels, and reads what happened. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OneStopTwinTest {

    private static final String NUMBER = "000.00.12.H50-260415-0007";

    @Test
    void it_orders_both_directions_cancels_and_polls(@TempDir Path folder) {
        OrderingDomain.forget();
        try (var hub = new OwnHub(Map.of(), OrderingDomain.class);
                var sandbox = Sandbox.start(
                        0,
                        folder,
                        Map.of(
                                "hub.url", hub.at("").toString(),
                                "hub.https", hub.overTls("").toString(),
                                "session.seconds", "3600"))) {
            URI twin = URI.create("http://localhost:" + sandbox.getEnvironment().getProperty("local.server.port")
                    + "/api/qti-tthcc/");

            for (ObjectNode order : new ObjectNode[] {OrderBodies.pickup(NUMBER), OrderBodies.result(NUMBER)}) {
                var answer = Http.post(twin.resolve("orders"), Map.of(), order).ok();
                assertThat(answer.path("http").asInt()).isEqualTo(201);
                assertThat(answer.at("/body/Status").asInt()).isEqualTo(100);
            }
            var cancelled = Http.post(twin.resolve("cancellations"), Map.of(), Map.of("OrderNumber", NUMBER));
            assertThat(cancelled.ok().at("/body/Message").asText()).isEqualTo("Huỷ thành công");

            tell(hub, "COLLECTED");
            tell(hub, "HANDED_TO_AGENCY");
            assertThat(Http.post(twin.resolve("poll"), Map.of(), Map.of())
                            .ok()
                            .path("read")
                            .asInt())
                    .isEqualTo(2);
            tell(hub, "RESULT_COLLECTED");
            assertThat(Http.post(twin.resolve("poll"), Map.of(), Map.of())
                            .ok()
                            .path("read")
                            .asInt())
                    .isEqualTo(1);
            assertThat(hub.db()
                            .sql("select distinct state from message where direction = 'OUT'")
                            .query(String.class)
                            .list())
                    .containsExactly("CONFIRMED");
        }
    }

    private static void tell(OwnHub hub, String code) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("dossier").put("code", NUMBER);
        body.putObject("leg").put("kind", "PICKUP").put("orderNumber", NUMBER);
        body.putObject("event").put("code", code).put("vi", code).put("happenedAt", "2026-04-20T09:00:00+07:00");
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(tx -> hub.bean(Journal.class)
                        .tell(new Outbound("qti-tthcc", NUMBER, "progress", code, NUMBER, body)));
    }
}
