package vn.bocau.wire.http.ngsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.wire.http.OwnHub;

/** Without the database nothing is accepted, and every answer says that it may be asked again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NgspOutageTest {

    @Test
    void without_the_database_every_call_is_answered_503_and_a_token_is_still_given() {
        OrderingDomain.forget();
        try (var hub = new OwnHub(Map.of(), OrderingDomain.class)) {
            var sdk = new Sdk(hub);
            hub.bean(HikariDataSource.class).close();
            Map<String, String> token = sdk.authorized();

            for (Sdk.Answer answer : new Sdk.Answer[] {
                sdk.post(Sdk.API + "/order/post", token, OrderBodies.result("1").toString()),
                sdk.post(Sdk.API + "/document", token, OrderBodies.document("1").toString()),
                sdk.get(Sdk.API + "/order/cancel?CustomerCode=QTI-TTHCC&OrderNumber=1", token),
                sdk.get(Sdk.API + "/order/tracking", token),
                sdk.get(Sdk.API + "/order/tracking?orderNumber=1", token)
            }) {
                assertThat(answer.http()).as(answer.text()).isEqualTo(503);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.message()).doesNotContain("thành công", "đã tồn tại");
                assertThat(answer.connection().getHeaderFieldInt("Retry-After", 0))
                        .isPositive();
            }
        }
    }
}
