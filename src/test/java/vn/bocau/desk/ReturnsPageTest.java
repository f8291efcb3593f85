package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.Browser;
import vn.bocau.journey.Worker;

/** What could not be delivered is never without an owner: the clerk sees why, and sends it again or says how it was seen to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReturnsPageTest extends OneStop {

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void what_came_back_is_sent_again_to_another_door(int width) {
        String code = asks(DONG_HA, "12 Hùng Vương");
        String item = comesBack(code);
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/returns").toString());
        look(page, "desk-returns-" + width);
        assertThat(row(page, code).textContent())
                .contains("Không có người này tại địa chỉ", "Quyết định về bưu gửi bị hoàn", "Hạn");
        row(page, code).locator("a.button").click();
        look(page, "desk-again-" + width);
        page.getByLabel("Số nhà, đường, thôn").fill("Thôn Hà Xá, xã Triệu Ái, huyện Triệu Phong");
        page.locator("main form button[type=submit]").click();
        assertThat(page.locator(".summary").textContent()).contains("hai nơi khác nhau");
        page.getByLabel("Số nhà, đường, thôn").fill("9 Lê Lợi");
        page.locator("main form button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains("RV");
        assertThat(of(code, "l.kind")).isEqualTo("RESULT");
        assertThat(of(code, "p.step")).isEqualTo("READY");
        assertThat(of(code, "l.item")).isNotEqualTo(item);
        assertThat(of(code, "l.receiver #>> '{address,street}'")).isEqualTo("9 Lê Lợi");
        page.navigate(hub.at("/desk/returns").toString());
        assertThat(row(page, code).count()).isZero();
    }

    @Test
    void what_the_citizen_fetched_at_the_agency_is_recorded_with_how() {
        String code = asks(DONG_HA, "12 Hùng Vương");
        comesBack(code);
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns").toString());
        row(page, code).locator("a:has-text('Không gửi nữa')").click();
        page.locator("main form button[type=submit]").click();
        look(page, "desk-settle-wrong");
        assertThat(page.locator(".summary").textContent()).contains("500 ký tự");
        page.getByLabel("Đã giải quyết thế nào?").fill("Công dân đã đến nhận tại cơ quan.");
        page.locator("main form button[type=submit]").click();

        assertThat(page.locator("[role=status]").first().textContent()).contains(code);
        assertThat(row(page, code).count()).isZero();
        assertThat(of(code, "p.closed")).isEqualTo("t");
        assertThat(hub.db()
                        .sql("select by from handling_review where what = 'SETTLED' and reason like 'Công dân đã đến%'")
                        .query(String.class)
                        .list())
                .containsExactly("can-bo");
    }

    @Test
    void an_address_that_was_not_found_is_verified_and_the_item_goes_out_again() {
        String code = asks(DONG_HA, "12 Hùng Vương");
        String item = dispatched(List.of(code)).get(0);
        Worker worker = worker("buu-ta");
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ADDRESS_INCOMPLETE"));
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/returns").toString());
        row(page, code).locator("a.button").click();
        page.getByLabel("Số nhà, đường, thôn").fill("12 Hùng Vương, khu phố 3");
        page.locator("main form button[type=submit]").click();

        assertThat(page.url()).endsWith("/desk/returns");
        assertThat(row(page, code).count()).isZero();
        assertThat(of(code, "p.step")).isEqualTo("TO_DELIVER_AGAIN");
        assertThat(told(code)).contains("ADDRESS_CHANGED");
    }

    /** @return its item */
    private static String comesBack(String code) {
        String item = dispatched(List.of(code)).get(0);
        Worker worker = worker("buu-ta");
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "UNKNOWN_PERSON"));
        worker("to-truong").scans("RETURN_APPROVED", item);
        worker.scans("RETURNING", item);
        worker.scans("RETURNED_TO_AGENCY", item);
        return item;
    }
}
