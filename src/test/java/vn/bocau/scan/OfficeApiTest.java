package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.journey.Http;

/** What the supervisor of a post office sees and does, by the interface; and who may not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OfficeApiTest extends PostOffice {

    private static final String WARD = "19333";
    private static Person supervisor;
    private static Person deputy;
    private static Person elsewhere;

    @BeforeAll
    static void open() {
        Person.account(hub, "buu-ta-2", "POSTAL_WORKER", "520100", true);
        Person.account(hub, "buu-ta-nghi", "POSTAL_WORKER", "520100", false);
        Person.account(hub, "to-pho", "POSTAL_SUPERVISOR", "520100", true);
        Person.account(hub, "to-truong-le-thuy", "POSTAL_SUPERVISOR", "511000", true);
        supervisor = Person.signIn(hub, "to-truong");
        deputy = Person.signIn(hub, "to-pho");
        elsewhere = Person.signIn(hub, "to-truong-le-thuy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/office/shifts",
                "/office/phones",
                "/office/kept",
                "/office/overdue",
                "/office/stops",
                "/office/assignments",
                "/office/conflicts",
                "/office/items?q=RR123456785VN",
                "/office/discrepancies"
            })
    void nobody_but_a_supervisor_looks(String path) {
        assertThat(get(path, Map.of()).status()).isEqualTo(401);
        assertThat(get(path, Http.basic("can-bo", "can-bo-sandbox")).status()).isEqualTo(401);
        assertThat(get(path, Person.signIn(hub, "buu-ta").token()).status()).isEqualTo(403);
        assertThat(get(path, supervisor.token()).status()).isIn(200, 404);
    }

    @Test
    void nobody_but_a_supervisor_acts() {
        Person worker = Person.signIn(hub, "buu-ta");
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        Map<String, String> why = Map.of("reason", "thử");
        for (String path : List.of(
                "/office/kept/" + id + "/accept",
                "/office/kept/" + id + "/discard",
                "/office/handlings/" + id + "/leave",
                "/office/handlings/" + id + "/void",
                "/office/shifts/" + id + "/close",
                "/office/run-list",
                "/office/stops",
                "/office/discrepancies/" + id + "/settle")) {
            assertThat(post(path, Map.of(), why).status()).as(path).isEqualTo(401);
            assertThat(post(path, worker.token(), why).status()).as(path).isEqualTo(403);
            assertThat(post(path, supervisor.token(), Map.of()).status())
                    .as(path)
                    .isEqualTo(400);
        }
        assertThat(assign(worker, "/communes/" + WARD, "buu-ta", 0).status()).isEqualTo(403);
    }

    @Test
    void who_is_out_is_seen_with_the_money_taken_and_what_is_missing() {
        Person worker = Person.signIn(hub, "buu-ta");
        UUID shift = worker.openShift();
        ObjectNode collected = Person.handling(2, "COLLECTED", item());
        collected.withObject("/details").put("feeCollected", 20_000).put("signature", "a".repeat(64));
        worker.handle(collected);

        JsonNode out = find(get("/office/shifts", supervisor.token()).ok().path("shifts"), "id", shift.toString());

        assertThat(out.path("account").asText()).isEqualTo("buu-ta");
        assertThat(out.path("cash").asLong()).isEqualTo(20_000);
        assertThat(out.path("handlings").asInt()).isEqualTo(1);
        assertThat(out.path("missing").asInt())
                .as("the first one is still on the phone")
                .isEqualTo(1);
        assertThat(out.path("evidenceMissing").asInt()).isEqualTo(1);
        assertThat(Instant.parse(out.path("heardAt").asText()))
                .isAfter(Instant.now().minusSeconds(120));
        assertThat(get("/office/shifts", elsewhere.token()).ok().path("shifts")).isEmpty();
        assertThat(get("/office/shifts?size=201", supervisor.token()).status()).isEqualTo(400);
        assertThat(get("/office/shifts?from=-1", supervisor.token()).status()).isEqualTo(400);
    }

    @Test
    void a_shift_whose_phone_cannot_close_it_is_closed_by_the_supervisor_and_settled_by_another() {
        Person worker = Person.signIn(hub, "buu-ta");
        UUID shift = worker.openShift();
        worker.handle(paid(1, 20_000)).ok();
        String path = "/office/shifts/" + shift + "/close";
        Map<String, Object> count = Map.of("counted", 20_000, "reason", "máy hỏng");
        assertThat(post(path, elsewhere.token(), count).status()).isEqualTo(404);
        assertThat(post(path, supervisor.token(), Map.of("counted", -1, "reason", "máy hỏng"))
                        .text())
                .contains("/counted", "số tiền nguyên");

        assertThat(post(path, supervisor.token(), count).ok().path("difference").asLong())
                .isZero();

        assertThat(post(path, supervisor.token(), count).ok().path("difference").asLong())
                .as("the same again")
                .isZero();
        assertThat(post(path, deputy.token(), count).json().path("code").asText())
                .isEqualTo("shift-closed");
        JsonNode open = discrepancy(shift, false);
        assertThat(open.path("amount").asLong())
                .as("another person is to look at it")
                .isZero();
        assertThat(open.path("closedBy").asText()).isEqualTo("to-truong");
        assertThat(open.path("closedWhy").asText()).isEqualTo("máy hỏng");
        explain(worker, shift, "đã kiểm quỹ").ok();
        assertThat(settle(supervisor, shift, "đã kiểm quỹ").json().path("code").asText())
                .as("who counted")
                .isEqualTo("one-person-alone");
        settle(deputy, shift, "đã kiểm quỹ").ok();
        assertThat(discrepancy(shift, true).path("settledBy").asText()).isEqualTo("to-pho");
    }

    @Test
    void what_a_phone_sends_after_its_shift_was_closed_for_it_still_belongs_to_that_shift() {
        Person worker = Person.signIn(hub, "buu-ta");
        UUID shift = worker.openShift();
        worker.handle(paid(1, 20_000)).ok();
        post(
                        "/office/shifts/" + shift + "/close",
                        supervisor.token(),
                        Map.of("counted", 20_000, "reason", "máy hết pin"))
                .ok();
        explain(worker, shift, "đủ tiền").ok();
        settle(deputy, shift, "đủ tiền").ok();

        worker.handle(paid(2, 30_000)).ok();

        JsonNode again = discrepancy(shift, false);
        assertThat(again.path("amount").asLong()).isEqualTo(-30_000);
        assertThat(again.path("settledBy").isNull()).isTrue();
        assertThat(worker.post(
                                "/shifts/" + shift + "/close",
                                Map.of("closedAt", Instant.now().toString(), "lastSeq", 2, "counted", 50_000))
                        .text())
                .contains("shift-closed", "Trưởng bưu cục đã đóng ca này");
        UUID next = UuidCreator.getTimeOrderedEpoch();
        worker.put(
                        "/shifts/" + next,
                        Office.JSON
                                .createObjectNode()
                                .put("openedAt", Instant.now().toString())
                                .put("firstSeq", 3))
                .ok();
        worker.handle(paid(3, 70_000)).ok();
        assertThat(discrepancy(shift, false).path("amount").asLong())
                .as("the next shift's money is the next shift's")
                .isEqualTo(-30_000);
        explain(worker, shift, "thu sau khi giao máy").ok();
        settle(deputy, shift, "đã nộp thêm").ok();
        assertThat(discrepancy(shift, true).path("amount").asLong()).isEqualTo(-30_000);
    }

    @Test
    void nobody_closes_the_own_shift_as_the_supervisor() {
        UUID own = supervisor.openShift();

        assertThat(post(
                                "/office/shifts/" + own + "/close",
                                supervisor.token(),
                                Map.of("counted", 0, "reason", "máy hỏng"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("one-person-alone");
        supervisor.closeShift(own, 0);
    }

    @Test
    void a_lost_phone_is_lost_to_everybody_who_signed_in_on_it() {
        Person worker = Person.signIn(hub, "buu-ta");
        Http.Answer other = Http.post(
                hub.at("/api/scan/v1/sign-in"),
                Map.of(),
                Map.of("user", "buu-ta-le-thuy", "password", "buu-ta-le-thuy-sandbox", "device", worker.device()));
        Map<String, String> token = Http.bearer(other.ok().path("token").asText());
        assertThat(get("/worklist", token).status()).isEqualTo(200);

        post("/devices/" + worker.device() + "/revoke", supervisor.token(), Map.of())
                .ok();

        assertThat(get("/worklist", worker.token()).text()).contains("device-revoked");
        assertThat(get("/worklist", token).text()).contains("device-revoked");
    }

    private static ObjectNode paid(long seq, long fee) {
        ObjectNode collected = Person.handling(seq, "COLLECTED", item());
        collected.withObject("/details").put("feeCollected", fee);
        return collected;
    }

    private static JsonNode discrepancy(UUID shift, boolean settled) {
        JsonNode all = get("/office/discrepancies?size=200&settled=" + settled, supervisor.token())
                .ok();
        return find(all, "shift", shift.toString());
    }

    @Test
    void a_shift_is_shown_by_both_clocks_and_heard_of_wherever_its_worker_is_by_now() {
        Person.account(hub, "chuyen-di", "POSTAL_WORKER", "520100", true);
        Person worker = Person.signIn(hub, "chuyen-di");
        UUID shift = UuidCreator.getTimeOrderedEpoch();
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        worker.put(
                        "/shifts/" + shift,
                        Office.JSON
                                .createObjectNode()
                                .put("openedAt", tomorrow.toString())
                                .put("firstSeq", 1))
                .ok();
        hub.db()
                .sql("update account set office = '511000', epoch = epoch + 1 where name = 'chuyen-di'")
                .update();
        hub.db()
                .sql("update device_session set seen_at = seen_at - interval '1 hour' where device = :device")
                .param("device", worker.device())
                .update();
        hub.db()
                .sql("update shift set recorded_at = recorded_at - interval '1 hour' where id = :id")
                .param("id", shift)
                .update();
        Person now = Person.signIn(hub, "chuyen-di", worker.device());

        JsonNode out =
                find(get("/office/shifts?size=200", supervisor.token()).ok().path("shifts"), "id", shift.toString());

        assertThat(time(out, "openedAt")).isEqualTo(tomorrow);
        assertThat(time(out, "recordedAt")).isBefore(Instant.now().minusSeconds(3000));
        assertThat(time(out, "heardAt")).isAfter(Instant.now().minusSeconds(120));
        now.post("/shifts/" + shift + "/close", Map.of("closedAt", tomorrow.toString(), "lastSeq", 0, "counted", 7_000))
                .ok();
        JsonNode difference = discrepancy(shift, false);
        assertThat(time(difference, "openedAt")).isEqualTo(tomorrow);
        assertThat(time(difference, "recordedAt")).isEqualTo(time(out, "recordedAt"));
        assertThat(time(difference, "closedAt")).isEqualTo(tomorrow);
        assertThat(time(difference, "countedAt"))
                .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));
        explain(now, shift, "tiền lẻ").ok();
        settle(supervisor, shift, "đã nộp").ok();
    }

    private static Instant time(JsonNode from, String field) {
        return Instant.parse(from.path(field).asText());
    }

    @Test
    void a_phone_is_last_heard_of_when_it_last_asked() {
        Person worker = Person.signIn(hub, "buu-ta");
        hub.db()
                .sql("update device_session set seen_at = seen_at - interval '1 hour' where device = :device")
                .param("device", worker.device())
                .update();
        Instant before = Instant.parse(phone(worker).path("seenAt").asText());

        get("/worklist", worker.token()).ok();

        assertThat(Instant.parse(phone(worker).path("seenAt").asText())).isAfter(before.plusSeconds(3000));
    }

    @Test
    void what_a_lost_phone_sent_is_accepted_or_given_up_once_and_by_the_own_office_alone() {
        Person lost = Person.signIn(hub, "buu-ta");
        String taken = item();
        post("/devices/" + lost.device() + "/revoke", supervisor.token(), Map.of())
                .ok();
        assertThat(phone(lost).path("revokedBy").asText()).isEqualTo("to-truong");
        lost.handle(Person.handling(1, "COLLECTED", taken));
        lost.handle(Person.handling(2, "COLLECTED", item()));
        List<String> kept = new ArrayList<>();
        get("/office/kept", supervisor.token()).ok().path("kept").forEach(one -> {
            if (one.path("device").asText().equals(lost.device())) {
                kept.add(one.path("id").asText());
                assertThat(one.at("/handlings/0/code/vi").asText()).isNotBlank();
            }
        });
        assertThat(kept).hasSize(2);
        Map<String, String> why = Map.of("reason", "bưu tá xác nhận");
        assertThat(get("/office/kept", elsewhere.token()).ok().path("kept")).isEmpty();
        assertThat(post("/office/kept/" + kept.get(0) + "/accept", elsewhere.token(), why)
                        .status())
                .isEqualTo(404);

        JsonNode answer = post("/office/kept/" + kept.get(0) + "/accept", supervisor.token(), why)
                .ok();

        assertThat(answer.at("/handlings/0/outcome").asText()).isEqualTo("RECORDED");
        assertThat(post("/office/kept/" + kept.get(0) + "/accept", supervisor.token(), why)
                        .status())
                .as("twice")
                .isEqualTo(404);
        post("/office/kept/" + kept.get(1) + "/discard", supervisor.token(), why)
                .ok();
        assertThat(post("/office/kept/" + kept.get(1) + "/discard", supervisor.token(), why)
                        .status())
                .isEqualTo(404);
        assertThat(count("select count(*) from handling where device = :x", lost.device()))
                .isEqualTo(1);
        assertThat(count(
                        "select count(*) from audit where by = 'to-truong' and outcome = 'DONE' and target = any(string_to_array(:x, ' '))",
                        String.join(" ", kept)))
                .as("who, when and why")
                .isEqualTo(2);
    }

    @Test
    void what_is_overdue_is_read_in_pages_by_commune_with_what_others_owe_when_asked() {
        List<String> late = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            late.add(office.asks("Lê Thị Mẫu", i + " đường Mẫu"));
        }
        late.forEach(code -> hub.db().sql("""
                        update progress set due_at = now() - interval '400 days' where leg in (
                            select l.id from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code)
                        """).param("code", code).update());

        JsonNode first = get("/office/overdue?size=2", supervisor.token()).ok();
        JsonNode second =
                get("/office/overdue?size=2&from=2", supervisor.token()).ok();

        assertThat(first.path("total").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(first.path("legs")).hasSize(2);
        List<String> seen = new ArrayList<>();
        first.path("legs").forEach(leg -> seen.add(leg.path("dossier").asText()));
        seen.add(second.at("/legs/0/dossier").asText());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(late);
        assertThat(first.at("/legs/0/next/code").asText()).isEqualTo("ACCEPT_PICKUP");
        assertThat(first.at("/legs/0/rule/vi").asText()).isNotBlank();
        assertThat(first.at("/communes/0/commune").asText()).isEqualTo(WARD);
        assertThat(get("/office/overdue?commune=19351", supervisor.token())
                        .ok()
                        .path("total")
                        .asLong())
                .isZero();
        JsonNode withOthers =
                get("/office/overdue?others=true", supervisor.token()).ok();
        assertThat(withOthers.path("legs")).anySatisfy(leg -> {
            assertThat(leg.path("ownerKind").asText()).isEqualTo("AGENCY");
            assertThat(leg.path("ownerName").asText()).contains("Trung tâm");
        });
        assertThat(get("/office/overdue", elsewhere.token()).ok().path("total").asLong())
                .isZero();
        assertThat(get("/office/overdue?commune=%00", supervisor.token()).status())
                .isEqualTo(400);
    }

    @Test
    void a_commune_is_given_to_a_worker_and_an_item_to_another_and_the_worklist_says_so() {
        String code = office.asks("Lê Thị Mẫu", "1 đường Giao");
        String leg = leg(code, "PICKUP");
        int version = round(supervisor).path("version").asInt();

        JsonNode now =
                assign(supervisor, "/communes/" + WARD, "buu-ta", version).ok();

        assertThat(texts(now.path("workers")))
                .contains("buu-ta", "buu-ta-2")
                .doesNotContain("buu-ta-nghi", "to-truong");
        assertThat(find(now.path("communes"), "commune", WARD).path("worker").asText())
                .isEqualTo("buu-ta");
        assertThat(worker(leg)).isEqualTo("buu-ta");
        assign(supervisor, "/legs/" + leg, "buu-ta-2", 0).ok();
        assertThat(worker(leg)).isEqualTo("buu-ta-2");
        assertThat(assign(supervisor, "/legs/" + leg, "buu-ta-2", 0).status())
                .as("the same again")
                .isEqualTo(200);
        assign(supervisor, "/legs/" + leg, null, 1).ok();
        assertThat(worker(leg)).as("whoever has the commune").isEqualTo("buu-ta");
        assertThat(count("select count(*) from assignment where leg = cast(:x as uuid)", leg))
                .as("who and when are kept")
                .isEqualTo(2);
        Person colleague = Person.signIn(hub, "buu-ta-2");
        assertThat(colleague
                        .handle(Person.handling(1, "COLLECTED", office.item(code, "PICKUP")))
                        .ok()
                        .at("/handlings/0/outcome")
                        .asText())
                .as("nobody is refused because of an assignment")
                .isEqualTo("RECORDED");
    }

    @Test
    void nobody_is_assigned_who_is_not_there_and_nothing_that_is_not_the_offices() {
        String leg = leg(office.asks("Lê Thị Mẫu", "2 đường Giao"), "PICKUP");
        for (String nobody : List.of("buu-ta-le-thuy", "buu-ta-nghi", "to-truong", "không ai")) {
            assertThat(assign(supervisor, "/legs/" + leg, nobody, 0).status())
                    .as(nobody)
                    .isEqualTo(422);
        }
        assertThat(assign(supervisor, "/communes/99999", "buu-ta", 0).status()).isEqualTo(404);
        assertThat(assign(elsewhere, "/legs/" + leg, "buu-ta-le-thuy", 0).status())
                .isEqualTo(404);
        assertThat(assign(supervisor, "/legs/" + UUID.randomUUID(), "buu-ta", 0).status())
                .isEqualTo(404);
        assertThat(assign(supervisor, "/legs/" + leg, "buu-ta", -1).status()).isEqualTo(400);
    }

    @Test
    void of_two_who_assign_at_once_the_second_is_told() throws Exception {
        for (int i = 0; i < 5; i++) {
            int version = round(supervisor).path("version").asInt();

            List<Http.Answer> answers = together(
                    () -> assign(supervisor, "/communes/" + WARD, "buu-ta", version),
                    () -> assign(deputy, "/communes/" + WARD, "buu-ta-2", version));

            assertThat(answers).extracting(Http.Answer::status).containsExactlyInAnyOrder(200, 409);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 409)
                    .allSatisfy(answer ->
                            assertThat(answer.json().path("code").asText()).isEqualTo("assignment-changed"));
            assertThat(round(supervisor).path("version").asInt()).isEqualTo(version + 1);
        }
    }

    @Test
    void a_conflict_is_shown_with_its_reason_and_left_by_one_supervisor_once() throws Exception {
        String id = inConflict();
        JsonNode conflict = conflict(supervisor, id);
        assertThat(conflict.at("/entry/doubt/code").asText()).isEqualTo("more-than-due");
        assertThat(conflict.at("/entry/doubt/vi").asText()).isNotBlank();
        assertThat(conflict.at("/entry/actor").asText()).isEqualTo("buu-ta");
        assertThat(conflict.at("/entry/occurredAt").asText()).isNotBlank();
        assertThat(conflict.at("/entry/recordedAt").asText()).isNotBlank();
        assertThat(conflict(elsewhere, id).isMissingNode()).isTrue();
        assertThat(leave(elsewhere, id, "không phải của tôi").status()).isEqualTo(404);

        List<Http.Answer> answers =
                together(() -> leave(supervisor, id, "đã trả lại tiền"), () -> leave(deputy, id, "đã xem"));

        assertThat(answers).extracting(Http.Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(conflict(supervisor, id).isMissingNode()).isTrue();
        assertThat(ops(id)).as("operators need not look any more").isZero();
        String by = answers.get(0).status() == 200 ? "đã trả lại tiền" : "đã xem";
        assertThat(leave(answers.get(0).status() == 200 ? supervisor : deputy, id, by)
                        .status())
                .as("the same again")
                .isEqualTo(200);
    }

    @Test
    void what_was_left_with_one_doubt_is_seen_again_with_another() {
        String id = inConflict();
        leave(supervisor, id, "đã trả lại tiền").ok();
        String item = hub.db()
                .sql("select item from handling where id = cast(:id as uuid)")
                .param("id", id)
                .query(String.class)
                .single();

        ObjectNode before = Person.handling(1, "COLLECTED", item).put("occurredAt", "2026-01-05T08:00:00+07:00");
        before.withObject("/details").put("feeCollected", 5_000);
        Person.signIn(hub, "buu-ta-2").handle(before).ok();

        JsonNode again = conflict(supervisor, id);
        assertThat(again.at("/entry/doubt/code").asText()).isEqualTo("collected-twice");
        assertThat(again.at("/entry/left").isNull()).isTrue();
        assertThat(ops(id)).isEqualTo(1);
        leave(supervisor, id, "đã trả lại tiền").ok();
        assertThat(conflict(supervisor, id).isMissingNode()).isTrue();
    }

    @Test
    void a_wrong_handling_is_voided_by_the_supervisor_with_a_reason_once() throws Exception {
        Person worker = Person.signIn(hub, "buu-ta");
        String code = office.asks("Lê Thị Mẫu", "9 đường Nhầm");
        String item = office.item(code, "PICKUP");
        ObjectNode wrong = Person.handling(1, "COLLECTED", item);
        worker.handle(wrong);
        String id = wrong.path("id").asText();
        JsonNode story = get("/office/items?q=" + item.toLowerCase(java.util.Locale.ROOT), supervisor.token())
                .ok()
                .path(0);
        assertThat(story.at("/step/code").asText()).isEqualTo("COLLECTED");
        assertThat(find(story.path("entries"), "id", id).path("voidable").asBoolean())
                .isTrue();
        assertThat(get("/office/items?q=" + item, elsewhere.token()).status()).isEqualTo(404);
        assertThat(undo(elsewhere, id, uuid7(), "không phải của tôi").status()).isEqualTo(404);
        assertThat(undo(supervisor, id, UUID.randomUUID().toString(), "x").status())
                .isEqualTo(400);

        String first = uuid7();
        String second = uuid7();
        List<Http.Answer> answers = together(
                () -> undo(supervisor, id, first, "quét nhầm phong bì"), () -> undo(deputy, id, second, "quét nhầm"));

        assertThat(answers).extracting(Http.Answer::status).containsExactlyInAnyOrder(200, 409);
        boolean firstWon = answers.get(0).status() == 200;
        assertThat(undo(firstWon ? supervisor : deputy, id, firstWon ? first : second, "lại")
                        .status())
                .as("the same again")
                .isEqualTo(200);
        assertThat(count("select count(*) from handling where voids = cast(:x as uuid)", id))
                .isEqualTo(1);
        JsonNode after = get("/office/items?q=" + code, supervisor.token()).ok();
        JsonNode pickup = find(after, "item", item);
        assertThat(pickup.at("/step/code").asText()).isEqualTo("REQUESTED");
        JsonNode entry = find(pickup.path("entries"), "id", id);
        assertThat(entry.at("/voided/by").asText()).isEqualTo(firstWon ? "to-truong" : "to-pho");
        assertThat(entry.at("/voided/reason").asText()).startsWith("quét nhầm");
        assertThat(entry.path("counts").asBoolean()).isFalse();
        assertThat(undo(supervisor, firstWon ? first : second, uuid7(), "hủy của hủy")
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("void-of-void");
    }

    @Test
    void an_item_nobody_knows_waits_and_its_handling_can_be_voided_or_left() {
        Person worker = Person.signIn(hub, "buu-ta");
        ObjectNode unknown = Person.handling(1, "FACILITY_IN", "RR123456785VN");
        worker.handle(unknown);
        String id = unknown.path("id").asText();
        assertThat(conflict(supervisor, id).at("/entry/doubt/code").asText()).isEqualTo("unknown-item");
        assertThat(get("/office/items?q=RR 123 456 785 VN".replace(" ", "%20"), supervisor.token())
                        .ok()
                        .at("/0/entries/0/id")
                        .asText())
                .isEqualTo(id);

        assertThat(undo(supervisor, id, uuid7(), "nhãn giả").status()).isEqualTo(200);

        assertThat(conflict(supervisor, id).isMissingNode()).isTrue();
        assertThat(undo(supervisor, id, uuid7(), "nhãn giả").status()).isEqualTo(409);
        assertThat(leave(supervisor, id, "nhãn giả").status()).isEqualTo(409);
    }

    @Test
    void cash_that_does_not_tally_is_explained_by_one_and_settled_by_another() throws Exception {
        Person worker = Person.signIn(hub, "buu-ta");
        UUID shift = worker.openShift();
        worker.closeShift(shift, 7_000);
        assertThat(discrepancy("/office/discrepancies", supervisor, shift)
                        .path("amount")
                        .asLong())
                .isEqualTo(7_000);
        assertThat(discrepancy("/office/discrepancies", elsewhere, shift).isMissingNode())
                .isTrue();
        assertThat(settle(supervisor, shift, "x").json().path("code").asText()).isEqualTo("not-explained");
        assertThat(explain(elsewhere, shift, "x").status()).isEqualTo(404);
        explain(supervisor, shift, "tiền của ca trước").ok();
        Http.Answer alone = settle(supervisor, shift, "xong");
        assertThat(alone.status()).isEqualTo(403);
        assertThat(alone.json().path("code").asText()).isEqualTo("one-person-alone");
        explain(worker, shift, "quên ghi biên lai").ok();
        explain(worker, shift, "quên ghi biên lai").ok();

        List<Http.Answer> answers =
                together(() -> settle(supervisor, shift, "đã bổ sung biên lai"), () -> settle(deputy, shift, "đồng ý"));

        assertThat(answers).extracting(Http.Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(explain(worker, shift, "khác").json().path("code").asText()).isEqualTo("already-settled");
        assertThat(discrepancy("/office/discrepancies", supervisor, shift).isMissingNode())
                .isTrue();
        JsonNode settled = discrepancy("/office/discrepancies?settled=true", supervisor, shift);
        assertThat(texts(settled.path("acts"), "what")).containsExactly("EXPLAINED", "EXPLAINED", "SETTLED");
        assertThat(discrepancy("/discrepancies", worker, shift)
                        .path("settledBy")
                        .asText())
                .startsWith("to-");
    }

    @Test
    void a_run_list_has_the_doors_of_one_worker_in_order() {
        int version = round(supervisor).path("version").asInt();
        assign(supervisor, "/communes/" + WARD, "buu-ta", version).ok();
        String b = office.asks("Lê Thị Mẫu", "B đường Sau");
        String a = office.asks("Lê Thị Mẫu", "A đường Trước");
        String ofAnother = office.asks("Lê Thị Mẫu", "C đường Khác");
        assign(supervisor, "/legs/" + leg(ofAnother, "PICKUP"), "buu-ta-2", 0).ok();

        JsonNode list =
                supervisor.post("/office/run-list", Map.of("worker", "buu-ta")).ok();

        assertThat(list.path("officeName").asText()).isEqualTo("Bưu cục Đông Hà");
        List<String> dossiers = texts(list.path("stops"), "dossier");
        assertThat(dossiers).containsSubsequence(a, b).doesNotContain(ofAnother);
        JsonNode stop = find(list.path("stops"), "dossier", a);
        assertThat(stop.path("item").asText()).matches("[A-Z]{2} \\d{3} \\d{3} \\d{3} VN");
        assertThat(stop.path("street").asText()).isEqualTo("A đường Trước");
        assertThat(elsewhere
                        .post("/office/run-list", Map.of("worker", "buu-ta"))
                        .ok()
                        .path("stops"))
                .isEmpty();
        assertThat(supervisor.post("/office/run-list", Map.of()).status()).isEqualTo(400);
    }

    @Test
    void a_run_list_is_printed_in_the_language_asked_for_with_every_letter() throws Exception {
        int version = round(supervisor).path("version").asInt();
        assign(supervisor, "/communes/" + WARD, "buu-ta", version);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            codes.add(office.asks("Nguyễn Thị Mỹ Duyên", "Số " + i + " đường Lê Thế Tiết"));
        }

        String vi = printed("vi", "run-list");
        String en = printed("en", "run-list-en");

        assertThat(vi)
                .contains("Bảng kê đi phát", "Bưu cục Đông Hà", "Phường Đông Hà", "Nguyễn Thị Mỹ Duyên", "1 / ", "2 / ")
                .doesNotContain("??");
        assertThat(vi.replaceAll("\\s+", "")).contains(codes);
        assertThat(en)
                .contains("Run list", "Worker buu-ta", "Nguyễn Thị Mỹ Duyên")
                .doesNotContain("??");
    }

    /** The text of the PDF; its first page is kept as a picture. */
    private static String printed(String language, String picture) throws Exception {
        HttpRequest.Builder ask = HttpRequest.newBuilder(hub.at("/api/scan/v1/office/run-list"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"worker\": \"buu-ta\"}"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/pdf")
                .header("Accept-Language", language);
        supervisor.token().forEach(ask::header);
        var answer = HttpClient.newHttpClient().send(ask.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        try (PDDocument pdf = Loader.loadPDF(answer.body())) {
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo(language);
            ImageIO.write(
                    new PDFRenderer(pdf).renderImageWithDPI(0, 100),
                    "png",
                    Files.createDirectories(Path.of("target", "screens"))
                            .resolve(picture + ".png")
                            .toFile());
            return new PDFTextStripper().getText(pdf);
        }
    }

    // ---------------------------------------------------------------------------------------------------------------

    private static Http.Answer get(String path, Map<String, String> token) {
        return Http.get(hub.at("/api/scan/v1" + path), token);
    }

    private static Http.Answer post(String path, Map<String, String> token, Object body) {
        return Http.post(hub.at("/api/scan/v1" + path), token, body);
    }

    private static Http.Answer assign(Person by, String what, String worker, int version) {
        return by.put(
                "/office/assignments" + what,
                Office.JSON.createObjectNode().put("worker", worker).put("version", version));
    }

    private static JsonNode round(Person by) {
        return find(get("/office/assignments", by.token()).ok().path("communes"), "commune", WARD);
    }

    private static String worker(String leg) {
        JsonNode stop =
                find(get("/worklist", Person.signIn(hub, "buu-ta").token()).ok().path("stops"), "leg", leg);
        return stop.path("worker").asText();
    }

    private static String leg(String code, String kind) {
        return hub.db()
                .sql("select l.id from leg l join dossier_code c on c.dossier = l.dossier"
                        + " where c.code = :code and l.kind = :kind")
                .param("code", code)
                .param("kind", kind)
                .query(UUID.class)
                .single()
                .toString();
    }

    private static String item() {
        return office.item(office.asks("Lê Thị Mẫu", "12 đường Mẫu"), "PICKUP");
    }

    /** @return a handling that collected money where nothing was due */
    private static String inConflict() {
        Person worker = Person.signIn(hub, "buu-ta");
        ObjectNode tooMuch = Person.handling(1, "COLLECTED", item());
        tooMuch.withObject("/details").put("feeCollected", 5_000);
        assertThat(worker.handle(tooMuch).ok().at("/handlings/0/outcome").asText())
                .isEqualTo("CONFLICT");
        return tooMuch.path("id").asText();
    }

    private static JsonNode conflict(Person who, String id) {
        JsonNode found = Office.JSON.missingNode();
        for (JsonNode one : get("/office/conflicts?size=200", who.token()).ok().path("conflicts")) {
            if (one.at("/entry/id").asText().equals(id)) {
                found = one;
            }
        }
        return found;
    }

    private static long ops(String id) {
        JsonNode all = Http.get(hub.at("/api/ops/v1/handlings?size=200"), Http.basic("truc-ca", "truc-ca-sandbox"))
                .ok();
        return texts(all, "id").stream().filter(id::equals).count();
    }

    private static Http.Answer leave(Person who, String id, String reason) {
        return post("/office/handlings/" + id + "/leave", who.token(), Map.of("reason", reason));
    }

    private static Http.Answer undo(Person who, String handling, String id, String reason) {
        return post("/office/handlings/" + handling + "/void", who.token(), Map.of("id", id, "reason", reason));
    }

    private static Http.Answer explain(Person who, UUID shift, String said) {
        return post("/discrepancies/" + shift + "/explain", who.token(), about(shift, said));
    }

    private static Http.Answer settle(Person who, UUID shift, String said) {
        return post("/office/discrepancies/" + shift + "/settle", who.token(), about(shift, said));
    }

    private static JsonNode discrepancy(String path, Person who, UUID shift) {
        return find(get(path, who.token()).ok(), "shift", shift.toString());
    }

    private static JsonNode phone(Person who) {
        return find(get("/office/phones?size=200", supervisor.token()).ok().path("phones"), "device", who.device());
    }

    private static String uuid7() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    private static long count(String sql, String x) {
        return hub.db().sql(sql).param("x", x).query(Long.class).single();
    }

    private static JsonNode find(JsonNode list, String field, String value) {
        for (JsonNode one : list) {
            if (one.path(field).asText().equals(value)) {
                return one;
            }
        }
        return Office.JSON.missingNode();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.path(field).asText()));
        return texts;
    }

    private static List<Http.Answer> together(Supplier<Http.Answer> one, Supplier<Http.Answer> other)
            throws InterruptedException {
        var start = new CountDownLatch(1);
        List<CompletableFuture<Http.Answer>> both = java.util.stream.Stream.of(one, other)
                .map(ask -> CompletableFuture.supplyAsync(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return ask.get();
                }))
                .toList();
        start.countDown();
        return both.stream().map(CompletableFuture::join).toList();
    }
}
