package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.zxing.BarcodeFormat;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Whose card it is, what was asked back, and what goes over the agency's desk. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AtTheDoorTest extends PostOffice {

    private static final String NAME = "Lê Thị Hòa";
    private static final String HERS =
            "045000000001||LÊ THỊ HOÀ|01011990|Nữ|Tổ dân phố số 1, phường Mẫu, thành phố Mẫu|01012022";
    private static final String ANOTHERS = "045999999999||NGUYỄN VĂN KHÁC|01011990|Nam|ở đây|01012022";

    /** As a keyboard scanner sends it, its letters without their marks. */
    /** All in one go: on a machine with other work a pause between two keys may be a person's. */
    private static final String KEYS = """
            text => {
              for (const c of text.normalize('NFD').replace(/[^\\x20-\\x7e]/g, '')) {
                const code = /[A-Z]/i.test(c) ? 'Key' + c.toUpperCase() : /\\d/.test(c) ? 'Digit' + c : c === '|' ? 'Backslash' : 'Space';
                window.dispatchEvent(new KeyboardEvent('keydown', { code, key: c, bubbles: true, cancelable: true }));
              }
              window.dispatchEvent(new KeyboardEvent('keydown', { code: 'Enter', key: 'Enter', bubbles: true, cancelable: true }));
            }
            """;

    /** Makes a stop of the list another one. */
    private static final String CHANGE = """
            async ([item, changes]) => {
              const { all, write } = await import('/scan/store.js');
              const stop = (await all('stops')).find(one => one.item === item);
              await write(['stops'], tx => tx.objectStore('stops').put({ ...stop, ...changes }));
            }
            """;

    @Test
    void a_card_of_another_is_no_card_of_the_receivers_whatever_is_ticked_afterwards() throws Exception {
        String item = delivery();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            hand.at("deliver", item);
            hand.scan(ANOTHERS);
            page.waitForSelector("text=Tên trên thẻ khác tên người nhận");
            page.check("input[value=SEEN]");
            hand.sign();
            hand.submit();
            page.waitForSelector(".summary:has-text('chọn người ấy là ai')");
            look(page, "door-another");
            page.check("input[value=SPOUSE]");
            hand.submit();
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");

            JsonNode entry = recorded(page);
            assertThat(entry.at("/details/relation").asText()).isEqualTo("SPOUSE");
            assertThat(entry.path("note").asText()).contains("không phải của người nhận");
            assertThat(entry.path("details").has("identityHash")).isFalse();
        }
    }

    @Test
    void a_card_is_read_by_the_camera_and_nothing_of_its_number_is_kept_where_there_is_none_to_compare_it_with()
            throws Exception {
        String item = delivery();
        List<Film.Scene> scenes = List.of(new Film.Scene(Label.other(BarcodeFormat.QR_CODE, HERS), 40));
        try (Phone phone = new Phone(memory, Duration.ZERO, Film.shoot(memory.resolve("card.y4m"), scenes))) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            hand.at("deliver", item);
            page.waitForSelector("text=Tên trên thẻ khớp với người nhận");
            hand.sign();
            hand.submit();
            page.waitForSelector("#announce:has-text('Đã ghi trên máy')");

            JsonNode entry = recorded(page);
            assertThat(entry.at("/details/identity").asText()).isEqualTo("MATCHED");
            assertThat(entry.path("details").has("identityHash")).isFalse();
            assertThat(entry.has("note")).isFalse();
        }
    }

    @Test
    void a_keyboard_scanner_reads_a_card_and_is_not_believed_about_a_name_it_cannot_spell() {
        String item = delivery();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            hand.withoutSignal();
            page.evaluate(
                    CHANGE,
                    List.of(
                            item,
                            Map.of("party", Map.of("name", "LE THI HOA", "phone", "0900000001", "address", Map.of()))));
            page.reload();
            hand.at("deliver", item);
            page.focus("#originals, #typed");
            page.evaluate(KEYS, ANOTHERS);
            page.waitForSelector("p[role=status]:has-text('không chắc đúng')");
            assertThat(page.locator("input[name=identity]:checked").count()).isZero();
            page.evaluate(KEYS, HERS);
            page.waitForSelector("p[role=status]:has-text('khớp với người nhận')");
            assertThat(page.locator("input[value=QR]:checked").count()).isEqualTo(1);
            assertThat(page.locator("#answer .answer").count()).isZero();
        }
    }

    @Test
    void what_was_asked_back_is_so_even_when_it_was_scanned_before_and_is_not_handed_out() {
        String item = delivery();
        String other = delivery();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            closed(hand);
            page.evaluate(CHANGE, List.of(item, Map.of("identityCheck", false)));
            page.evaluate(CHANGE, List.of(other, Map.of("identityCheck", false)));
            page.reload();
            hand.go("#/out");
            hand.scan(item);
            page.waitForSelector("[data-answer=right]");
            hand.at("deliver", other);
            page.waitForSelector("#also-0");
            page.evaluate(CHANGE, List.of(item, Map.of("recalled", true)));
            hand.go("#/out");
            hand.scan(item);
            page.waitForSelector("[data-answer=recalled]");
            hand.at("deliver", other);
            assertThat(page.locator("#also-0").count()).isZero();
            hand.go("#/deliver/" + hand.leg(item));
            page.waitForSelector("main:has-text('không nhận, không phát')");
            assertThat(page.locator("main form").count()).isZero();
            look(page, "door-recalled");
        }
    }

    @Test
    void the_desk_takes_the_fee_of_earlier_shifts_along_and_puts_down_what_was_scanned_by_mistake() throws Exception {
        String held = collected();
        String mistaken = collected();
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            Page page = hand.page();
            closed(hand);
            page.evaluate(CHANGE, List.of(held, Map.of("feeHeld", 8_000)));
            page.reload();
            hand.go("#/list/handover");
            page.click("main a.button:has-text('cơ sở Đông Hà')");
            hand.scan(held);
            page.waitForSelector("[data-ticked='" + held + "']");
            hand.scan(mistaken);
            page.waitForSelector("[data-ticked='" + mistaken + "']");
            hand.scan("RR123456785VN");
            page.waitForSelector("[data-extra]");
            look(page, "door-desk");
            page.click("[data-ticked='" + mistaken + "'] button");
            page.click("[data-extra] button");
            assertThat(page.locator("[data-extra]").count()).isZero();
            assertThat(page.textContent("main")).contains("Phí bàn giao cùng hồ sơ: 8.000");
            hand.sign();
            hand.submit();
            page.click("dialog[open] button >> nth=0");
            page.waitForSelector("#announce:has-text('Đã ghi 1 bưu gửi')");

            JsonNode entry = recorded(page);
            assertThat(entry.path("item").asText()).isEqualTo(held);
            assertThat(entry.at("/details/feeRemitted").asInt()).isEqualTo(8_000);
        }
    }

    @Test
    void what_was_done_on_another_day_is_shown_with_the_day() {
        try (Phone phone = phone()) {
            Hand hand = Hand.on(road, phone, "buu-ta");
            String yesterday =
                    OffsetDateTime.now(ZoneOffset.ofHours(7)).minusDays(1).toString();
            assertThat(String.valueOf(hand.page()
                            .evaluate(
                                    "at => import('/scan/views/parts.js').then(p => p.times({ occurredAt: at }, at).textContent)",
                                    yesterday)))
                    .matches(
                            "ghi lúc \\d\\d:\\d\\d \\d\\d/\\d\\d/\\d{4}, máy chủ nhận lúc \\d\\d:\\d\\d \\d\\d/\\d\\d/\\d{4}");
        }
    }

    private static JsonNode recorded(Page page) throws Exception {
        return Office.JSON.readTree(
                String.valueOf(
                        page.evaluate(
                                "import('/scan/store.js').then(s => s.all('outbox')).then(rows => JSON.stringify(rows.at(-1).entry))")));
    }

    private static String collected() {
        String item = office.item(office.asks(NAME, "12 đường Mẫu", AtTheDoorTest::withFee), "PICKUP");
        ObjectNode collected = Person.handling(1, "COLLECTED", item);
        collected
                .putObject("details")
                .put("seal", "NP-1")
                .put("feeCollected", 8_000)
                .put("receipt", "BL-1");
        assertThat(Person.signIn(hub, "buu-ta")
                        .handle(collected)
                        .ok()
                        .at("/handlings/0/outcome")
                        .asText())
                .isNotEqualTo("REFUSED");
        return item;
    }

    private static void withFee(ObjectNode asked) {
        asked.withObject("/dossier")
                .put("procedure", "1.000656")
                .put("channel", "DIRECT")
                .put("paidOnline", false);
        asked.withObject("/pickup").put("collectFee", 8_000);
    }

    /** An item to be delivered to whoever shows her card; known by the name. */
    /** Without signal, and without a list still on its way that would undo what is changed here. */
    private static void closed(Hand hand) {
        hand.withoutSignal();
        hand.page().reload();
    }

    private static String delivery() {
        String item = office.dispatches(List.of(office.asks(
                        NAME,
                        "12 đường Mẫu",
                        asked -> asked.withObject("/dossier").put("procedure", "1.001193"))))
                .get(0);
        assertThat(Person.signIn(hub, "buu-ta")
                        .handle(Person.handling(1, "RESULT_COLLECTED", item))
                        .ok()
                        .at("/handlings/0/outcome")
                        .asText())
                .isEqualTo("RECORDED");
        return item;
    }
}
