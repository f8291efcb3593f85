package vn.bocau.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.Browser;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;
import vn.bocau.dossier.Manifest;
import vn.bocau.dossier.ManifestBook;
import vn.bocau.dossier.Requests;
import vn.bocau.journal.Inbound;
import vn.bocau.journey.Http;
import vn.bocau.wire.Json;

/** Envelopes change hands: labels, and the manifest that both sides sign and can hold against the envelopes without signal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HandoverTest extends OneStop {

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void a_manifest_is_made_printed_and_withdrawn(int width) throws Exception {
        List<String> items = dispatched(ask(3));
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/handover").toString());
        items.forEach(item -> page.locator("tbody input[value='" + item + "']").check());
        look(page, "desk-handover-" + width);
        page.locator("form[data-tick] button").first().click();
        look(page, "desk-manifest-" + width);

        String number = page.locator("h1").textContent().replace("Bảng kê ", "");
        assertThat(number).matches("BK-000\\.00\\.12\\.H50-\\d{6}-\\d\\d+");
        assertThat(page.locator("tbody tr").count()).isEqualTo(3);
        APIResponse printed =
                page.request().get(hub.at("/desk/handover/" + number + "/pdf").toString());
        assertThat(printed.headers().get("content-type")).isEqualTo("application/pdf");
        assertThat(printed.headers().get("cache-control")).isEqualTo("no-store");
        assertThat(read(printed.body(), "manifest-1"))
                .contains("CODE-128:" + number)
                .containsAll(items.stream().map(item -> "CODE-128:" + item).toList());

        page.locator("details summary").click();
        page.getByText("Rút bảng kê", new Page.GetByTextOptions().setExact(true))
                .click();
        look(page, "desk-withdrawn-" + width);
        assertThat(page.locator("[role=status]").first().textContent()).contains(number);
        assertThat(page.locator("tbody input[value='" + items.get(0) + "']").count())
                .isEqualTo(1);
        assertThat(manifest("can-bo", items).path("manifests")).hasSize(1);
    }

    @Test
    void both_sign_at_the_desk_each_by_an_account_of_their_own_and_it_has_changed_hands() throws Exception {
        List<String> codes = ask(2);
        List<String> items = dispatched(codes);
        String number = manifest("can-bo", items).path("manifests").path(0).asText();
        ManifestBook book = hub.bean(ManifestBook.class);
        ManifestSeal seal = hub.bean(ManifestSeal.class);
        assertThat(opened(seal.of(book.one(CENTRE, number).orElseThrow())).has("signed"))
                .isFalse();
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/handover/" + number).toString());
        assertThat(page.locator("#worker").count())
                .as("before the agency has signed")
                .isZero();
        page.getByText("Ký giao, can-bo").click();
        assertThat(page.locator("dl").textContent()).contains("can-bo, ");
        Manifest signed = book.one(CENTRE, number).orElseThrow();
        assertThat(opened(seal.of(signed)).at("/signed/by").asText()).isEqualTo("can-bo");
        assertThat(Instant.parse(opened(seal.of(signed)).at("/signed/at").asText()))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(opened(seal.of(signed)).has("received")).isFalse();
        assertThat(hub.db()
                        .sql("select signed_digest from manifest where number = :number")
                        .param("number", number)
                        .query(String.class)
                        .single())
                .isEqualTo(signed.digest());

        receives(page, "buu-ta", "sai-roi");
        assertThat(page.locator(".summary").textContent()).contains("không đúng");
        look(page, "desk-receive");
        receives(page, "can-bo", "can-bo-sandbox");
        assertThat(page.locator(".summary").textContent()).contains("không phải của bưu tá");
        assertThat(of(codes.get(0), "p.step")).isEqualTo("READY");
        receives(page, "buu-ta", "buu-ta-sandbox");

        assertThat(page.locator("dl").textContent()).contains("buu-ta, ", "2/2");
        assertThat(page.locator("#worker").count()).as("signed already").isZero();
        for (String code : codes) {
            assertThat(of(code, "p.step")).isEqualTo("COLLECTED");
            assertThat(told(code)).contains("RESULT_COLLECTED");
        }
        assertThat(hub.db()
                        .sql("select actor || ' ' || office || ' ' || (details ->> 'manifest') from handling"
                                + " where code = 'RESULT_COLLECTED' and item = any(:items)")
                        .param("items", items.toArray(String[]::new))
                        .query(String.class)
                        .list())
                .containsOnly("buu-ta 520100 " + number)
                .hasSize(2);
        assertThat(opened(seal.of(book.one(CENTRE, number).orElseThrow()))
                        .at("/received/by")
                        .asText())
                .isEqualTo("buu-ta");
        byte[] printed = page.request()
                .get(hub.at("/desk/handover/" + number + "/pdf").toString())
                .body();
        try (PDDocument document = Loader.loadPDF(printed)) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("Đã ký điện tử: can-bo", "Đã ký điện tử: buu-ta");
        }
        assertThat(read(printed, "manifest-signed"))
                .as("it still fits, and is read")
                .contains("QR-Code:" + seal.of(book.one(CENTRE, number).orElseThrow()));
        // What the phone had scanned meanwhile changes nothing.
        worker("buu-ta").scans("RESULT_COLLECTED", items.get(0));
        assertThat(of(codes.get(0), "p.step")).isEqualTo("COLLECTED");
    }

    /** Kept in a file, opened from it with no network at all: neither us nor anybody else is asked. */
    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void either_side_holds_the_envelopes_against_the_paper_without_us(int width) throws IOException {
        List<String> items = dispatched(ask(3));
        String number = manifest("can-bo", items).path("manifests").path(0).asText();
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/handover/" + number).toString());
        page.getByText("Ký giao, can-bo").click();
        page.navigate(hub.at("/desk/handover").toString());
        Path kept = Files.createTempFile("kiem-bang-ke", ".html");
        page.waitForDownload(
                        () -> page.locator("a[href='/desk/handover/verifier']").click())
                .saveAs(kept);
        String seal = hub.bean(ManifestSeal.class)
                .of(hub.bean(ManifestBook.class).one(CENTRE, number).orElseThrow());
        page.context().setOffline(true);
        page.navigate(kept.toUri().toString());
        assertThat(found(page, "none")).contains("Quét mã QR");
        scan(page, items.get(0));
        scan(page, seal);
        assertThat(found(page, "short")).contains(number, "1 trong 3");
        scan(page, items.get(1));
        scan(page, "RR473124829VN");
        assertThat(found(page, "other")).contains("Không khớp");
        look(page, "desk-verifier-other-" + width);
        page.locator("li:has-text('RR473124829VN') button").click();
        scan(page, items.get(2).toLowerCase(java.util.Locale.ROOT));
        assertThat(found(page, "whole")).contains("đủ 3 phong bì", number);
        assertThat(page.locator("[data-side=signed]").textContent()).contains("can-bo");
        assertThat(page.locator("[data-side=received]").isVisible()).isFalse();
        look(page, "desk-verifier-" + width);
        scan(page, "eyJhbGciOiJSUzI1NiJ9.e30.AAAA");
        assertThat(found(page, "foreign")).contains("không do Bồ Câu ký");
        page.locator("#again").click();
        assertThat(found(page, "none")).isNotBlank();
        Files.delete(kept);
    }

    @Test
    void a_label_of_the_one_stops_own_is_held_against_the_paper_as_it_stands_on_it() throws IOException {
        String own = "HCC_2026/" + UUID.randomUUID().toString().substring(30);
        String ours = dispatched(ask(1)).get(0);
        String named = dispatched(ask(1)).get(0);
        hub.db()
                .sql("update leg set item = :own where item = :item")
                .param("own", own)
                .param("item", named)
                .update();
        String number =
                manifest("can-bo", List.of(ours, own)).path("manifests").path(0).asText();
        String seal = hub.bean(ManifestSeal.class)
                .of(hub.bean(ManifestBook.class).one(CENTRE, number).orElseThrow());
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/handover").toString());
        Path kept = Files.createTempFile("kiem-bang-ke", ".html");
        page.waitForDownload(
                        () -> page.locator("a[href='/desk/handover/verifier']").click())
                .saveAs(kept);
        page.navigate(kept.toUri().toString());
        scan(page, seal);
        scan(page, ours.toLowerCase(java.util.Locale.ROOT));
        scan(page, " " + own + " ");
        assertThat(found(page, "whole")).contains("đủ 2 phong bì", number);
        Files.delete(kept);
    }

    private static void scan(Page page, String text) {
        page.locator("#read").fill(text);
        page.keyboard().press("Enter");
    }

    private static String found(Page page, String what) {
        return page.locator("#answer[data-found=" + what + "]").textContent();
    }

    @Test
    void what_was_just_reported_missing_is_not_signed_for() throws IOException {
        List<String> codes = ask(2);
        List<String> items = dispatched(codes);
        String number = manifest("can-bo", items).path("manifests").path(0).asText();
        Page page = signedIn("can-bo", Browser.PHONE);
        page.navigate(hub.at("/desk/handover/" + number).toString());
        page.getByText("Ký giao, can-bo").click();
        worker("buu-ta").scans("DISPATCH_SHORT", items.get(0));
        page.navigate(hub.at("/desk/handover/" + number).toString());
        page.getByText("Bưu tá ký nhận tại bàn").click();
        assertThat(page.locator("details[open]").first().textContent())
                .contains("nhận 1 bưu gửi", items.get(0) + " đã được báo là thiếu");
        look(page, "desk-receive-short");
        receives(page, "buu-ta", "buu-ta-sandbox");

        assertThat(page.locator("[role=status]").textContent()).contains("đã báo thiếu: " + items.get(0));
        assertThat(of(codes.get(0), "p.step || ' ' || p.next_act")).isEqualTo("SHORT EXPLAIN_DIFFERENCE");
        assertThat(told(codes.get(0))).doesNotContain("RESULT_COLLECTED");
        assertThat(of(codes.get(1), "p.step")).isEqualTo("COLLECTED");

        assertThat(page.locator("tbody tr").first().textContent()).contains("không ký nhận");
        String paper = printed(page, number);
        assertThat(paper).contains("2 bưu gửi, bưu tá nhận 1", "không nhận");
        JsonNode received = sealed(number).path("received");
        assertThat(received.path("count").asInt()).isEqualTo(1);
        assertThat(received.path("digest").asText())
                .isEqualTo(Sha256.hex((number + "\n1\n" + items.get(1) + "\n").getBytes(StandardCharsets.UTF_8)));

        String all = manifest("can-bo", dispatched(codes.subList(0, 1)))
                .path("manifests")
                .path(0)
                .asText();
        page.navigate(hub.at("/desk/handover/" + all).toString());
        page.getByText("Ký giao, can-bo").click();
        worker("buu-ta").scans("DISPATCH_SHORT", of(codes.get(0), "l.item"));
        receives(page, "buu-ta", "buu-ta-sandbox");
        assertThat(page.locator(".summary").textContent()).contains("không còn gì để ký nhận");
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void what_was_called_off_before_it_was_fetched_is_not_signed_for(int width) throws IOException {
        List<String> codes = ask(3);
        List<String> items = dispatched(codes);
        String number = manifest("can-bo", items).path("manifests").path(0).asText();
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/handover/" + number).toString());
        page.getByText("Ký giao, can-bo").click();
        callsOff(codes.get(0));
        hub.bean(Clerks.class)
                .say(
                        new Clerk("can-bo", CENTRE),
                        "takeback",
                        UUID.randomUUID().toString(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("dossier", codes.get(1))
                                .put("leg", of(codes.get(1), "l.id"))
                                .put(
                                        "mistake",
                                        of(
                                                codes.get(1),
                                                "(select h.id from handling h where h.leg = l.id and h.code = 'RESULT_READY')"))
                                .put("reason", "Đánh dấu nhầm"));
        page.navigate(hub.at("/desk/handover/" + number).toString());
        page.getByText("Bưu tá ký nhận tại bàn").click();
        assertThat(page.locator("details[open]").first().textContent())
                .contains("nhận 1 bưu gửi", items.get(0) + " không đi nữa (Đã hủy)", items.get(1) + " không đi nữa");
        look(page, "desk-receive-gone-" + width);
        receives(page, "buu-ta", "buu-ta-sandbox");

        look(page, "desk-received-gone-" + width);
        assertThat(page.locator("[role=status]").textContent())
                .contains("không đi nữa: " + items.get(0) + ", " + items.get(1));
        assertThat(of(codes.get(0), "p.step || ' ' || p.closed")).isEqualTo("CANCELLED true");
        assertThat(of(codes.get(1), "p.step || ' ' || p.next_act")).isEqualTo("AWAITING_RESULT DISPATCH");
        assertThat(of(codes.get(2), "p.step")).isEqualTo("COLLECTED");
        for (String code : codes.subList(0, 2)) {
            assertThat(told(code)).doesNotContain("RESULT_COLLECTED");
        }
        JsonNode received = sealed(number).path("received");
        assertThat(received.path("count").asInt()).isEqualTo(1);
        assertThat(received.path("digest").asText())
                .isEqualTo(Sha256.hex((number + "\n1\n" + items.get(2) + "\n").getBytes(StandardCharsets.UTF_8)));

        List<String> alone = ask(1);
        String one =
                manifest("can-bo", dispatched(alone)).path("manifests").path(0).asText();
        page.navigate(hub.at("/desk/handover/" + one).toString());
        page.getByText("Ký giao, can-bo").click();
        callsOff(alone.get(0));
        receives(page, "buu-ta", "buu-ta-sandbox");
        assertThat(page.locator(".summary").textContent()).contains("không còn gì để ký nhận");
    }

    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void an_envelope_that_goes_elsewhere_since_its_label_was_printed_is_not_signed_for_under_the_old_one(int width) {
        List<String> codes = ask(2);
        List<String> items = dispatched(codes);
        String number = manifest("can-bo", items).path("manifests").path(0).asText();
        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/handover/" + number).toString());
        page.getByText("Ký giao, can-bo").click();
        goesTo(codes.get(0), "9 Lê Duẩn");
        page.navigate(hub.at("/desk/handover/" + number).toString());
        assertThat(row(page, items.get(0)).textContent()).contains("Nơi nhận đổi lúc", "in lại nhãn");
        assertThat(row(page, items.get(1)).textContent()).doesNotContain("Nơi nhận đổi");
        look(page, "desk-manifest-readdressed-" + width);
        receives(page, "buu-ta", "buu-ta-sandbox");
        assertThat(page.locator(".summary").textContent()).contains("Nơi nhận của " + items.get(0), "in lại nhãn");
        assertThat(of(codes.get(1), "p.step")).isEqualTo("READY");

        page.getByText("Rút bảng kê này").click();
        page.getByText("Rút bảng kê", new Page.GetByTextOptions().setExact(true))
                .click();
        look(page, "desk-handover-readdressed-" + width);
        assertThat(row(page, items.get(0)).textContent()).contains("Nơi nhận đổi lúc", "9 Lê Duẩn");
        assertThat(row(page, items.get(1)).textContent()).doesNotContain("Nơi nhận đổi");
        String anew = manifest("can-bo", items).path("manifests").path(0).asText();
        page.navigate(hub.at("/desk/handover/" + anew).toString());
        assertThat(page.content()).doesNotContain("Nơi nhận đổi");
        page.getByText("Ký giao, can-bo").click();
        receives(page, "buu-ta", "buu-ta-sandbox");
        assertThat(of(codes.get(0), "p.step")).isEqualTo("COLLECTED");
    }

    @Test
    void a_clerk_does_not_sign_either_for_what_goes_elsewhere_than_its_label_says() {
        List<String> codes = ask(1);
        String number =
                manifest("can-bo", dispatched(codes)).path("manifests").path(0).asText();
        goesTo(codes.get(0), "9 Lê Duẩn");
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/handover/" + number).toString());
        page.getByText("Ký giao, can-bo").click();
        assertThat(page.locator(".summary").textContent()).contains("in lại nhãn");
        assertThat(hub.bean(ManifestBook.class)
                        .one(CENTRE, number)
                        .orElseThrow()
                        .signed())
                .isNull();
    }

    private static void goesTo(String code, String street) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.put("dossier", code).put("leg", "RESULT");
        said.putObject("party")
                .put("name", "Lê Thị Mẫu")
                .put("phone", "0900000001")
                .putObject("address")
                .put("commune", DONG_HA)
                .put("street", street);
        hub.bean(Requests.class)
                .changeAddress(new Inbound("dvcqg", UUID.randomUUID().toString(), "portal.change-address", said));
    }

    private static void callsOff(String code) {
        hub.bean(Requests.class)
                .cancel(new Inbound(
                        "dvcqg",
                        UUID.randomUUID().toString(),
                        "portal.cancel",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("dossier", code)
                                .put("leg", "RESULT")));
    }

    private static String printed(Page page, String number) throws IOException {
        byte[] pdf = page.request()
                .get(hub.at("/desk/handover/" + number + "/pdf").toString())
                .body();
        Files.write(Files.createDirectories(Path.of("target/screens")).resolve("manifest-short.pdf"), pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    /** What its seal says. */
    private static JsonNode sealed(String number) throws IOException {
        String seal = hub.bean(ManifestSeal.class)
                .of(hub.bean(ManifestBook.class).one(CENTRE, number).orElseThrow());
        return Json.parse(new String(Base64.getUrlDecoder().decode(seal.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private static void receives(Page page, String name, String password) {
        if (page.locator("details[open] #worker").count() == 0) {
            page.getByText("Bưu tá ký nhận tại bàn").click();
        }
        page.locator("#worker").fill(name);
        page.locator("#password").fill(password);
        page.locator("form[action$='/receive'] button").click();
        page.waitForLoadState();
    }

    @Test
    void a_manifest_of_200_is_made_in_one_go_and_every_page_of_it_can_be_read() throws Exception {
        List<String> items = dispatched(ask(200));
        String number = manifest("can-bo", items).path("manifests").path(0).asText();
        Page page = signedIn("can-bo", Browser.DESKTOP);
        byte[] pdf = page.request()
                .get(hub.at("/desk/handover/" + number + "/pdf").toString())
                .body();
        Files.write(Files.createDirectories(Path.of("target/screens")).resolve("manifest-200.pdf"), pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
            assertThat(text)
                    .contains(
                            "Bảng kê bàn giao",
                            "Trung tâm Phục vụ hành chính công tỉnh Quảng Trị",
                            "200 bưu gửi",
                            number)
                    .contains(items)
                    .doesNotContain("Lê Thị Mẫu", "0900000001", "Hùng Vương,");
        }
        List<String> read = read(pdf, "manifest-1");
        assertThat(read)
                .containsAll(items.stream().map(item -> "CODE-128:" + item).toList());
        JsonNode sealed = opened(read.stream()
                .filter(code -> code.startsWith("QR-Code:"))
                .map(code -> code.substring("QR-Code:".length()))
                .findFirst()
                .orElseThrow());
        assertThat(sealed.path("number").asText()).isEqualTo(number);
        assertThat(sealed.path("count").asInt()).isEqualTo(200);
        assertThat(sealed.path("digest").asText())
                .isEqualTo(hub.bean(ManifestBook.class)
                        .one(CENTRE, number)
                        .map(Manifest::digest)
                        .orElseThrow());
    }

    @Test
    void what_is_on_a_manifest_goes_on_no_other_and_what_does_not_wait_on_none() {
        List<String> items = dispatched(ask(2));
        JsonNode first = manifest("can-bo", items.subList(0, 1));
        String number = first.path("manifests").path(0).asText();
        JsonNode second = manifest("can-bo", List.of(items.get(0), items.get(1), "RV999999997VN"));

        assertThat(second.path("manifests")).hasSize(1);
        assertThat(second.path("refused").findValuesAsText("code"))
                .containsExactly("on-another-manifest", "unknown-item");
        assertThat(second.path("refused").path(0).path("vi").asText()).contains(number);
        assertThat(hub.db()
                        .sql("select count(*) from handling where code = 'MANIFESTED'")
                        .query(Long.class)
                        .single())
                .isPositive();
        assertThat(withdraw("BK-none").code()).isEqualTo("no-such-manifest");
        assertThat(hub.bean(ManifestBook.class).one("000.01.12.H50", number)).isEmpty();
    }

    /** Papers go back by the address they were fetched at, which nobody has ever held against the communes of today. */
    @ParameterizedTest
    @ValueSource(ints = {Browser.PHONE, Browser.DESKTOP})
    void what_goes_to_an_address_that_is_not_certain_stays_until_that_is_put_right(int width) {
        String certain = sends("Nguyễn Văn Xưa");
        lives(certain, "sender", "{\"street\": \"Thôn 2\", \"commune\": \"19708\"}");
        String unclear = sends("Nguyễn Văn Hai");
        lives(
                unclear,
                "sender",
                "{\"street\": \"Thôn Hà Xá, xã Triệu Ái, huyện Triệu Phong\", \"commune\": \"19333\"}");
        String ended = asks(DONG_HA, "12 Hùng Vương");
        dispatched(List.of(ended));
        lives(ended, "receiver", "{\"street\": \"Thôn 2\", \"commune\": \"19708\"}");
        for (String code : List.of(certain, unclear)) {
            fetched(code, "COLLECTED");
            fetched(code, "HANDED_TO_AGENCY");
            hub.bean(Clerks.class)
                    .say(
                            new Clerk("can-bo", CENTRE),
                            "refuse",
                            UUID.randomUUID().toString(),
                            (ObjectNode) Json.parse("{\"dossier\": \"" + code
                                    + "\", \"returnPapers\": true, \"reasons\": [\"Sai nơi nộp.\"]}"));
        }
        assertThat(of(
                        certain,
                        "concat_ws(', ', l.receiver #>> '{address,street}', l.receiver #>> '{address,commune}')"))
                .isEqualTo("Thôn 2, 19702");
        String item = of(unclear, "l.item");
        JsonNode refused = manifest("can-bo", List.of(of(certain, "l.item"), item, of(ended, "l.item")));
        assertThat(refused.path("manifests")).hasSize(1);
        assertThat(refused.path("refused").findValuesAsText("code"))
                .containsExactly("address-not-certain", "address-not-certain");
        assertThat(refused.path("refused").findValuesAsText("vi").get(1)).contains("Xã Hải Thượng", "in lại nhãn");

        Page page = signedIn("can-bo", width);
        page.navigate(hub.at("/desk/handover").toString());
        look(page, "desk-handover-unclear-" + width);
        assertThat(row(page, ended).locator("input[type=checkbox]").isDisabled())
                .isTrue();
        assertThat(row(page, unclear).locator("input[type=checkbox]").isDisabled())
                .isTrue();
        assertThat(row(page, unclear).locator(".error").textContent()).contains("hai nơi khác nhau");
        row(page, unclear).locator("a[href$='/address']").click();
        page.locator("input[type=radio]").nth(1).check();
        page.getByText("Lưu nơi nhận").click();
        assertThat(row(page, unclear).locator("input[type=checkbox]").isEnabled())
                .isTrue();
        assertThat(manifest("can-bo", List.of(item)).path("manifests")).hasSize(1);
    }

    private static void lives(String code, String end, String address) {
        hub.db()
                .sql("update leg set " + end + " = jsonb_set(" + end
                        + ", '{address}', cast(:address as jsonb)) where dossier ="
                        + " (select dossier from dossier_code where code = :code)")
                .param("address", address)
                .param("code", code)
                .update();
    }

    private static void fetched(String code, String how) {
        worker("buu-ta").scans(how, of(code, "l.item"));
    }

    @Test
    void what_was_fetched_of_a_manifest_is_seen_and_then_it_is_not_withdrawn() {
        List<String> items = dispatched(ask(2));
        String number = manifest("can-bo", items).path("manifests").path(0).asText();
        fetched(items.get(0));

        Manifest manifest = hub.bean(ManifestBook.class).one(CENTRE, number).orElseThrow();
        assertThat(manifest.fetched()).isEqualTo(1);
        assertThat(withdraw(number).code()).isEqualTo("fetched-already");
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/handover/" + number).toString());
        assertThat(page.locator("dl").textContent()).contains("đã nhận 1/2");
        assertThat(page.locator("details").count()).isZero();
        assertThat(page.navigate(hub.at("/desk/handover/BK-0").toString()).status())
                .isEqualTo(404);
    }

    @Test
    void what_was_left_behind_goes_on_another_manifest() {
        List<String> items = dispatched(ask(2));
        String first = manifest("can-bo", items).path("manifests").path(0).asText();
        fetched(items.get(0));
        String second = manifest("can-bo", items.subList(1, 2))
                .path("manifests")
                .path(0)
                .asText();

        assertThat(second).isNotEqualTo(first).isNotEmpty();
        Manifest former = hub.bean(ManifestBook.class).one(CENTRE, first).orElseThrow();
        assertThat(former.lines()).extracting(Manifest.Line::movedTo).containsExactly(null, second);
        fetched(items.get(1));
        assertThat(hub.bean(ManifestBook.class).one(CENTRE, first).orElseThrow().fetched())
                .isEqualTo(1);
        assertThat(hub.bean(ManifestBook.class)
                        .one(CENTRE, second)
                        .orElseThrow()
                        .fetched())
                .isEqualTo(1);
    }

    @Test
    void a_withdrawn_manifest_is_not_printed_and_labels_are_where_ours_are_needed() {
        List<String> items = dispatched(ask(2));
        String number = manifest("can-bo", items).path("manifests").path(0).asText();
        hub.db()
                .sql("update leg set item = 'HCC_2026/17' where item = :item")
                .param("item", items.get(0))
                .update();
        Page page = signedIn("can-bo", Browser.DESKTOP);
        page.navigate(hub.at("/desk/handover").toString());
        String labels = "/desk/labels?sheet=roll&item=HCC_2026/17&item=" + items.get(1);
        assertThat(page.request().get(hub.at(labels).toString()).status()).isEqualTo(200);
        assertThat(page.request()
                        .get(hub.at("/desk/labels?item=HCC_2026/17").toString())
                        .status())
                .isEqualTo(400);
        page.navigate(hub.at("/desk/handover/" + number).toString());
        assertThat(page.locator("form[action='/desk/labels'] input[name=item]")
                        .evaluateAll("fields => fields.map(field => field.value)"))
                .as("what bears another number by now stops nobody else's label")
                .isEqualTo(List.of(items.get(1)));
        hub.db()
                .sql("update leg set item = :item where item = 'HCC_2026/17'")
                .param("item", items.get(0))
                .update();
        hub.bean(Clerks.class)
                .say(
                        new Clerk("can-bo", CENTRE),
                        "withdraw",
                        UUID.randomUUID().toString(),
                        JsonNodeFactory.instance.objectNode().put("manifest", number));

        assertThat(page.navigate(hub.at("/desk/handover/" + number + "/pdf").toString())
                        .status())
                .isEqualTo(409);
        assertThat(page.locator("main").textContent()).contains("đã rút");
    }

    @Test
    void two_clerks_at_once_enter_an_item_once_and_get_numbers_of_their_own() {
        List<String> items = dispatched(ask(20));
        List<JsonNode> both = List.of("can-bo", "can-bo-2").stream()
                .map(clerk -> CompletableFuture.supplyAsync(() -> manifest(clerk, items)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(both.stream().mapToInt(one -> one.path("manifests").size()).sum())
                .isEqualTo(1);
        assertThat(hub.db()
                        .sql("select count(*) from manifest_item where item in (:items)")
                        .param("items", items)
                        .query(Long.class)
                        .single())
                .isEqualTo(20);
        List<String> more = dispatched(ask(8));
        assertThat(IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> manifest("can-bo", more.subList(i, i + 1))))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .map(one -> one.path("manifests").path(0).asText())
                        .distinct()
                        .count())
                .isEqualTo(8);
    }

    @Test
    void an_envelope_is_found_on_its_manifests_by_an_index_however_many_there_are() {
        List<String> plan = hub.bean(TransactionTemplate.class).execute(tx -> {
            hub.db().sql("set local enable_seqscan = off").update();
            return hub.db()
                    .sql("explain select * from manifest_item where item = any(array['RV100000003VN', 'RV100000017VN'])"
                            + " or leg = any(array[cast('018f3f6e-7c1a-7abc-8000-0123456789ab' as uuid)])")
                    .query(String.class)
                    .list();
        });

        assertThat(plan).noneMatch(line -> line.contains("Seq Scan"));
        assertThat(String.join(" ", plan)).contains("manifest_item_item", "manifest_item_leg");
    }

    @Test
    void no_seal_opens_a_door() {
        String number =
                manifest("can-bo", dispatched(ask(1))).path("manifests").path(0).asText();
        String seal = hub.bean(ManifestSeal.class)
                .of(hub.bean(ManifestBook.class).one(CENTRE, number).orElseThrow());

        assertThat(Http.get(hub.at("/api/portal/v1/dossiers/X"), Http.bearer(seal))
                        .status())
                .isEqualTo(401);
    }

    private static Refused withdraw(String number) {
        try {
            hub.bean(Clerks.class)
                    .say(
                            new Clerk("can-bo", CENTRE),
                            "withdraw",
                            UUID.randomUUID().toString(),
                            JsonNodeFactory.instance.objectNode().put("manifest", number));
            throw new AssertionError("withdrawn");
        } catch (Refused refused) {
            return refused;
        }
    }

    private static void fetched(String item) {
        worker("buu-ta").scans("RESULT_COLLECTED", item);
    }

    private static JsonNode opened(String seal) throws Exception {
        JWSObject sealed = JWSObject.parse(seal);
        assertThat(sealed.verify(new RSASSAVerifier(hub.bean(RSAKey.class).toRSAPublicKey())))
                .isTrue();
        return Http.JSON.readTree(sealed.getPayload().toString());
    }
}
