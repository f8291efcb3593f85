package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A hub that starts or stops has its doors open while its routes are not up: nothing is taken then, and it says so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NotUpYetTest {

    private static final String ORDER =
            "{\"CustomerCode\":\"QTI-TTHCC\",\"OrderNumber\":\"1\",\"SenderDesc\":\"Tên dịch vụ: Trả hồ sơ tại nhà\"}";

    @Test
    void every_door_asks_to_come_again_while_the_routes_are_not_up() {
        try (var world = new World()) {
            var doors = new Doors(world);
            Doors.Phone phone = doors.phone("buu-ta");
            world.hub().bean(CamelContext.class).stop();

            for (Http.Answer answer : new Http.Answer[] {
                doors.portal("/requests", Doors.wish("19333")),
                doors.handlings(phone, Doors.batch(phone, Doors.handling("COLLECTED", "RV100000003VN"))),
                doors.oneStop("/order/post", ORDER),
            }) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(503);
                assertThat(answer.whole().headers().firstValue("Retry-After")).isPresent();
            }
            Http.Answer agency = doors.agency(
                    "refusePapers",
                    Agency.newRequestId(),
                    "<dossier>000.00.12.H50-260415-0001</dossier><reason>không rõ</reason><returnPapers>true</returnPapers>");
            assertThat(agency.text()).contains("<code>", "unavailable").doesNotContain("internal");
        }
    }
}
