package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;

/** What phones and carriers report: kept once, in whatever order and by whatever clock, and answered one by one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HandlingsTest {

    private final Domain at = new Domain();
    private String papers;

    @BeforeEach
    void asked() {
        at.accept(at.both());
        papers = at.item("PICKUP");
    }

    private String result() {
        at.dispatched();
        return at.item("RESULT");
    }

    @Test
    void the_same_handling_twice_in_a_batch_in_two_batches_and_in_a_whole_batch_again_is_one() {
        Domain.Scan scan = at.scan("PICKUP_ACCEPTED", papers);
        Instant sentAt = Instant.now();

        JsonNode first = at.batch("buu-ta", "POSTAL_WORKER", "520100", sentAt, scan, scan)
                .answer();
        holds(first.path("handlings").path(0), "RECORDED");
        holds(first.path("handlings").path(1), "KNOWN");
        JsonNode again = at.report(scan);
        holds(again, "KNOWN");
        assertThat(again.path("recordedAt"))
                .as("the first time")
                .isEqualTo(first.at("/handlings/0/recordedAt"))
                .isEqualTo(first.path("now"));
        assertThat(at.toldCodes("dvcqg", "progress")).containsExactly("PICKUP_ACCEPTED");
    }

    @Test
    void a_batch_that_is_shuffled_is_told_in_the_phones_own_count_and_answered_as_it_lay() {
        Domain.Scan accepted = at.scan("PICKUP_ACCEPTED", papers);
        Domain.Scan collected = at.scan("COLLECTED", papers);
        Domain.Scan handedOver = at.scan("HANDED_TO_AGENCY", papers);

        JsonNode answer = at.batch("buu-ta", "POSTAL_WORKER", "520100", Instant.now(), handedOver, accepted, collected)
                .answer();

        assertThat(answer.path("handlings"))
                .extracting(one -> one.path("id").asText())
                .containsExactly(handedOver.id(), accepted.id(), collected.id());
        assertThat(answer.path("handlings")).allSatisfy(one -> holds(one, "RECORDED"));
        assertThat(at.toldCodes("dvcqg", "progress"))
                .containsExactly("PICKUP_ACCEPTED", "COLLECTED", "HANDED_TO_AGENCY");
    }

    @Test
    void the_same_id_for_something_else_is_refused() {
        Domain.Scan scan = at.scan("COLLECTED", papers).detail("signature", "0".repeat(64));
        at.report(scan);

        for (Domain.Scan changed : List.of(
                scan.with("code", "FACILITY_IN"),
                scan.with("item", "RR123456785VN"),
                scan.with("seq", 4711),
                scan.detail("feeCollected", 1_000),
                scan.detail("signature", "1".repeat(64)))) {
            JsonNode answer = at.report(changed);
            holds(answer, "REFUSED");
            assertThat(answer.path("code").asText()).isEqualTo("id-reused");
        }
        holds(at.report(scan.with("item", papers.toLowerCase(java.util.Locale.ROOT))), "KNOWN");
    }

    @Test
    void the_same_id_from_another_device_is_refused() {
        Domain.Scan scan = at.scan("PICKUP_ACCEPTED", papers);
        at.report(scan);
        JsonNode other = at.report("buu-ta-khac", "POSTAL_WORKER", "520100", scan);
        holds(other, "REFUSED");
        assertThat(other.path("code").asText()).isEqualTo("id-reused");
    }

    @ParameterizedTest(name = "{0} = {1}: {3} at {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "id         | khong-phai-uuid                      | /id         | uuid-7",
                "id         | 6ba7b810-9dad-11d1-80b4-00c04fd430c8 | /id         | uuid-7",
                "seq        | -1                                   | /seq        | schema",
                "code       | FLOWN                                | /code       | unknown-code",
                "code       | delivered                            | /code       | unknown-code",
                "code       | RETURN_APPROVED                      | /code       | not-your-act",
                "code       | RESULT_READY                         | /code       | not-your-act",
                "code       | VOIDED                               | /voids      | voids",
                "occurredAt | hôm qua                              | /occurredAt | schema",
                "occurredAt | 2026-04-15T10:00:00                  | /occurredAt | schema",
                "leg        | 1                                    | /leg        | schema",
                "nextDate   | 2020-01-01                           | /nextDate   | next-date",
                "nextDate   | mai                                  | /nextDate   | schema",
                "supervisor | to-truong                            | /supervisor | schema",
                "note       | 1                                    | /note       | schema",
            })
    void a_bad_entry_is_refused_by_its_field_and_harms_no_other(String field, String value, String flaw, String code) {
        Object said = value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value;
        Domain.Scan bad = at.scan("PICKUP_ACCEPTED", papers).with(field, said);
        Domain.Scan good = at.scan("PICKUP_ACCEPTED", papers);

        JsonNode answers = at.batch("buu-ta", "POSTAL_WORKER", "520100", Instant.now(), bad, good)
                .answer()
                .path("handlings");

        holds(answers.path(0), "REFUSED");
        assertThat(answers.path(0).path("code").asText()).isEqualTo(code);
        assertThat(answers.path(0).path("flaws").findValuesAsText("field")).contains(flaw);
        assertThat(answers.path(0).path("reason").path("vi").asText()).isNotBlank();
        holds(answers.path(1), "RECORDED");
        assertThat(Domain.hub()
                        .db()
                        .sql("select count(*) from handling where item = :item and code <> 'PICKUP_REQUESTED'")
                        .param("item", papers)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "           |        |                 | reason",
                "BORED      |        |                 | reason",
                "OTHER      |        | ngắn            | note",
                "ABSENT     | RETURN |                 | action",
                "DECEASED   | RETRY  |                 | action",
                "ABSENT     | FLY    |                 | action",
            })
    void a_failure_needs_its_reason_and_an_action_the_reason_allows(
            String reason, String action, String note, String code) {
        Domain.Scan failed = at.scan("PICKUP_FAILED", papers);
        failed = reason == null ? failed : failed.with("reason", reason);
        failed = action == null ? failed : failed.with("action", action);
        failed = note == null ? failed : failed.with("note", note);
        JsonNode answer = at.report(failed);
        holds(answer, "REFUSED");
        assertThat(answer.path("code").asText()).isEqualTo(code);
    }

    @Test
    void a_detail_nobody_asked_for_is_refused_so_that_no_name_slips_in() {
        JsonNode answer = at.report(at.scan("COLLECTED", papers).detail("receiverName", "Lê Thị Mẫu"));
        holds(answer, "REFUSED");
        assertThat(answer.path("flaws").path(0).path("field").asText()).isEqualTo("/details/receiverName");
        assertThat(answer.toString()).doesNotContain("Mẫu");
    }

    @Test
    void an_item_nobody_knows_yet_is_kept_and_counts_when_the_agency_brings_its_label() {
        String label = Domain.label();
        JsonNode early = at.report(at.scan("RESULT_COLLECTED", label));
        holds(early, "CONFLICT");
        assertThat(early.path("code").asText()).isEqualTo("unknown-item");

        at.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"item\": \"%s\"}]}", at.code, label));

        assertThat(at.step("RESULT")).isEqualTo("COLLECTED");
        assertThat(at.toldCodes("dvcqg", "progress")).contains("RESULT_READY", "RESULT_COLLECTED");
    }

    @Test
    void evidence_of_an_item_nobody_knows_yet_waits_and_proves_the_delivery_once_it_is_known() {
        String label = Domain.label();
        Domain.Scan delivered = at.delivered(label, sha256());
        holds(at.report(delivered), "CONFLICT");

        keep(delivered);
        at.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"item\": \"%s\"}]}", at.code, label));

        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(at.status()).isEqualTo(10);
    }

    @Test
    void a_clock_that_is_a_day_wrong_is_corrected_and_both_times_are_kept() {
        Duration wrong = Duration.ofDays(1);
        Domain.Scan scan = at.scan("COLLECTED", papers)
                .with(
                        "occurredAt",
                        OffsetDateTime.now(ZoneOffset.ofHours(7))
                                .minus(wrong)
                                .minusMinutes(30)
                                .toString());
        at.batch("buu-ta", "POSTAL_WORKER", "520100", Instant.now().minus(wrong), scan);

        JsonNode event = at.told("dvcqg", "progress").get(0).path("event");
        Instant happened =
                OffsetDateTime.parse(event.path("happenedAt").asText()).toInstant();
        assertThat(Duration.between(happened, Instant.now())).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(32));
    }

    @Test
    void a_time_in_the_future_is_now_at_the_latest() {
        Domain.Scan scan = at.scan("COLLECTED", papers)
                .with(
                        "occurredAt",
                        OffsetDateTime.now(ZoneOffset.ofHours(7)).plusDays(2).toString());
        at.report(scan);
        JsonNode event = at.told("dvcqg", "progress").get(0).path("event");
        assertThat(OffsetDateTime.parse(event.path("happenedAt").asText()).toInstant())
                .isBefore(Instant.now());
    }

    @Test
    void what_is_reported_late_is_told_with_its_own_time_and_moves_nothing_back() {
        String item = result();
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.ofHours(7));
        at.report(at.scan("OUT_FOR_DELIVERY", item).with("occurredAt", now.toString()));
        JsonNode late = at.report(
                "buu-ta-le-thuy",
                "POSTAL_WORKER",
                "511000",
                at.scan("FACILITY_IN", item)
                        .with("occurredAt", now.minusHours(3).toString()));
        holds(late, "CONFLICT");
        JsonNode collected = at.report(
                "buu-ta-2",
                "POSTAL_WORKER",
                "520100",
                at.scan("RESULT_COLLECTED", item)
                        .with("occurredAt", now.minusHours(5).toString()));
        holds(collected, "RECORDED");

        assertThat(at.step("RESULT")).isEqualTo("OUT_FOR_DELIVERY");
        JsonNode told =
                at.told("dvcqg", "progress").get(at.told("dvcqg", "progress").size() - 1);
        assertThat(told.path("event").path("late").asBoolean()).isTrue();
        assertThat(told.path("leg").path("step").path("code").asText()).isEqualTo("OUT_FOR_DELIVERY");
    }

    @Test
    void a_handling_that_contradicts_is_kept_and_told_to_nobody() {
        String item = result();
        at.report(at.delivered(item, "0".repeat(64)));
        int told = at.told("dvcqg", "progress").size();

        JsonNode again = at.report("buu-ta-2", "POSTAL_WORKER", "520100", at.delivered(item, "1".repeat(64)));

        holds(again, "CONFLICT");
        assertThat(again.path("code").asText()).isEqualTo("delivered-twice");
        assertThat(at.told("dvcqg", "progress")).hasSize(told);
    }

    @Test
    void a_wrong_delivery_is_voided_by_the_supervisor_alone_and_the_status_falls_back_to_9() {
        String item = result();
        Domain.Scan delivered = at.delivered(item, sha256());
        at.report(delivered);
        keep(delivered);
        assertThat(at.status()).isEqualTo(10);

        JsonNode byWorker = at.report(at.scan("VOIDED", item).with("voids", delivered.id()));
        holds(byWorker, "CONFLICT");
        assertThat(byWorker.path("code").asText()).isEqualTo("supervisor-needed");
        assertThat(at.status()).isEqualTo(10);
        JsonNode elsewhere = at.report(
                "truong-khac",
                "POSTAL_SUPERVISOR",
                "511000",
                at.scan("VOIDED", item).with("voids", delivered.id()));
        holds(elsewhere, "REFUSED");

        holds(
                at.report(
                        "to-truong",
                        "POSTAL_SUPERVISOR",
                        "520100",
                        at.scan("VOIDED", item).with("voids", delivered.id())),
                "RECORDED");
        assertThat(at.status()).isEqualTo(9);
        assertThat(at.toldCodes("dvcqg", "status")).containsExactly("RETURNED_RESULT", "RETURN_VOIDED");
        Domain.Scan right = at.delivered(item, sha256());
        at.report(right);
        keep(right);
        assertThat(at.status()).isEqualTo(10);
        assertThat(at.toldCodes("dvcqg", "status"))
                .containsExactly("RETURNED_RESULT", "RETURN_VOIDED", "RETURNED_RESULT");
    }

    @Test
    void a_voiding_that_arrives_before_what_it_voids_waits_for_it() {
        Domain.Scan wrong = at.scan("PICKUP_FAILED", papers).with("reason", "ABSENT");
        Domain.Scan voiding = at.scan("VOIDED", papers).with("voids", wrong.id());
        ObjectNode itemless = voiding.entry().deepCopy();
        itemless.remove("item");

        holds(at.report(new Domain.Scan("VOIDED", papers, itemless)), "CONFLICT");
        at.report(wrong);

        assertThat(at.step("PICKUP")).isEqualTo("REQUESTED");
    }

    @Test
    void what_voids_a_stranger_or_nothing_is_told_to_nobody() {
        Domain.Scan wrong = at.scan("PICKUP_FAILED", papers).with("reason", "ABSENT");
        Domain.Scan voiding = at.scan("VOIDED", papers).with("voids", wrong.id());
        holds(at.report("buu-ta-le-thuy", "POSTAL_WORKER", "511000", voiding), "CONFLICT");
        assertThat(at.told("dvcqg", "progress")).isEmpty();
        at.report(wrong);
        assertThat(at.step("PICKUP")).as("another's act stands").isEqualTo("PICKUP_FAILED");
    }

    @Test
    void a_second_collection_of_what_the_post_has_is_kept_and_not_told_again() {
        at.report(at.scan("COLLECTED", papers));
        holds(at.report(at.scan("COLLECTED", papers)), "RECORDED");
        assertThat(at.toldCodes("dvcqg", "progress")).containsExactly("COLLECTED");
    }

    @Test
    void whoever_delivers_does_it_for_an_office_the_item_goes_by() {
        String item = result();
        JsonNode elsewhere = at.report("buu-ta-le-thuy", "POSTAL_WORKER", "511000", at.delivered(item, "0".repeat(64)));
        holds(elsewhere, "REFUSED");
        assertThat(elsewhere.path("code").asText()).isEqualTo("not-your-office");

        JsonNode astray = at.report("buu-ta-le-thuy", "POSTAL_WORKER", "511000", at.scan("FACILITY_IN", item));
        holds(astray, "CONFLICT");
        assertThat(astray.path("code").asText()).isEqualTo("off-route");
        assertThat(at.step("RESULT")).isEqualTo("AT_OFFICE");
        holds(at.report("buu-ta-le-thuy", "POSTAL_WORKER", "511000", at.delivered(item, "0".repeat(64))), "RECORDED");
    }

    @Test
    void where_an_item_has_no_business_nobody_reads_whose_it_is() {
        String item = result();
        at.report("buu-ta-le-thuy", "POSTAL_WORKER", "511000", at.scan("FACILITY_IN", item));

        JsonNode stop = stop("511000", item);

        assertThat(stop.at("/next/act").asText()).isNotBlank();
        assertThat(stop.at("/desk/id").asText()).isEqualTo(Domain.CENTRE);
        assertThat(stop.toString()).doesNotContain("Mẫu", "0900000001", "salt");
        assertThat(stop.at("/party/name").asText()).as("the agency").contains("Trung tâm");
        assertThat(Domain.bean(OfficeLegs.class)
                        .of("511000", new OfficeLegs.Wanted(null, null, false, false, 0, 200))
                        .legs())
                .filteredOn(leg -> item.equals(leg.item()))
                .singleElement()
                .satisfies(leg -> assertThat(leg.name() + leg.street()).doesNotContain("Mẫu"));
        at.report(at.scan("FACILITY_IN", item));
        assertThat(stop("520100", item).at("/party/name").asText()).contains("Mẫu");
    }

    private static JsonNode stop(String office, String item) {
        for (JsonNode stop : Domain.bean(Worklists.class).of(office)) {
            if (stop.path("item").asText().equals(item)) {
                return stop;
            }
        }
        throw new AssertionError("not on the worklist of " + office);
    }

    @Test
    void without_identity_originals_or_the_right_amount_a_delivery_is_not_proven() {
        String item = result();
        Domain.Scan delivered =
                at.scan("DELIVERED", item).detail("signature", sha256()).detail("identity", "NOT_SHOWN");
        at.report(delivered);
        keep(delivered);
        assertThat(at.status()).isEqualTo(9);
        assertThat(at.leg("RESULT").path("next").path("act").asText()).isEqualTo("SETTLE");
    }

    @ParameterizedTest
    @CsvSource({
        "identity, MISMATCH, not-identified",
        "feeCollected, 150000, more-than-due",
        "postageCollected, 1, more-than-due",
        "signature, , not-signed"
    })
    void a_delivery_that_lacks_what_was_asked_counts_and_a_person_has_to_look(
            String field, @Nullable String value, String code) {
        String item = result();
        Domain.Scan delivered = value == null
                ? without(at.delivered(item, sha256()), field)
                : at.delivered(item, sha256()).detail(field, value.matches("\\d+") ? Long.valueOf(value) : value);

        JsonNode answer = at.report(delivered);

        holds(answer, "CONFLICT");
        assertThat(answer.path("code").asText()).isEqualTo(code);
        assertThat(answer.path("reason").path("vi").asText()).isNotBlank();
        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(at.toldCodes("dvcqg", "progress")).endsWith("DELIVERED");
        assertThat(at.status()).isEqualTo(9);
        assertThat(Domain.bean(Oversight.class).toLookAt(null, null, null, 500)).anySatisfy(look -> {
            assertThat(look.id()).hasToString(delivered.id());
            assertThat(look.conflict()).isEqualTo(code);
        });
    }

    private static Domain.Scan without(Domain.Scan scan, String detail) {
        ObjectNode entry = scan.entry().deepCopy();
        entry.withObject("/details").remove(detail);
        return new Domain.Scan(scan.code(), scan.item(), entry);
    }

    @Test
    void money_taken_at_a_pickup_that_was_paid_on_line_meanwhile_is_for_a_person_to_give_back() {
        JsonNode answer = at.report(at.scan("COLLECTED", papers).detail("feeCollected", 150_000));

        holds(answer, "CONFLICT");
        assertThat(answer.path("code").asText()).isEqualTo("more-than-due");
        assertThat(at.step("PICKUP")).isEqualTo("COLLECTED");
    }

    @Test
    void a_delivery_is_proven_when_its_signature_and_every_photo_have_come() {
        String item = result();
        byte[] photo = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 4};
        Domain.Scan delivered = at.delivered(item, sha256()).detail("photos", List.of(sha256(photo)));
        at.report(delivered);
        keep(delivered);
        assertThat(at.status()).as("a photo is missing").isEqualTo(9);

        Domain.bean(Evidence.class)
                .keep(Domain.uuid(delivered.id()), sha256(photo), Evidence.Kind.PHOTO, photo, Domain.MAKER);

        assertThat(at.status()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "[]",
                "[[]]",
                "[[[1]]]",
                "[[[1, 2, 3, 4]]]",
                "[[[\"a\", 1]]]",
                "[[1, 2]]",
                "[[[1, 2]]] x",
                "[[[1, 2]]][]",
                "[[[1e308, 1]]]",
                "[[[0, -10001]]]",
                "\u0000[\u0000[\u0000[\u00001\u0000,\u00001\u0000]\u0000]\u0000]"
            })
    void a_signature_is_strokes_and_a_photo_is_a_jpeg(String content) {
        byte[] other = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Domain.Scan delivered = at.delivered(result(), sha256(other)).detail("photos", List.of(sha256(STROKES)));
        at.report(delivered);

        assertThatThrownBy(() -> Domain.bean(Evidence.class)
                        .keep(Domain.uuid(delivered.id()), sha256(other), Evidence.Kind.SIGNATURE, other, Domain.MAKER))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("evidence-content"));
        assertThatThrownBy(() -> Domain.bean(Evidence.class)
                        .keep(Domain.uuid(delivered.id()), sha256(), Evidence.Kind.PHOTO, STROKES, Domain.MAKER))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("evidence-content"));
    }

    @Test
    void evidence_nobody_named_or_for_a_handling_nobody_sent_is_refused() {
        String item = result();
        Domain.Scan delivered = at.delivered(item, "0".repeat(64));
        assertThatThrownBy(() -> keep(delivered))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("unknown-handling"));
        at.report(delivered);
        assertThatThrownBy(() -> keep(delivered))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("evidence-not-named"));
        assertThatThrownBy(() -> Domain.bean(Evidence.class)
                        .keep(Domain.uuid(delivered.id()), "0".repeat(64), Evidence.Kind.PHOTO, STROKES, Domain.MAKER))
                .as("named as a signature")
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("evidence-kind"));
        assertThatThrownBy(() -> Domain.bean(Evidence.class)
                        .keep(
                                Domain.uuid(delivered.id()),
                                "0".repeat(64),
                                Evidence.Kind.PHOTO,
                                STROKES,
                                new Evidence.Maker("buu-ta-le-thuy", "phone-buu-ta-le-thuy")))
                .as("another worker")
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("unknown-handling"));
    }

    @Test
    void an_item_that_comes_back_gets_its_way_back_and_the_agency_hears_of_it() {
        String item = result();
        at.report(at.scan("RESULT_COLLECTED", item));
        at.report(at.scan("DELIVERY_FAILED", item).with("reason", "REFUSED"));
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("RETURN_APPROVED", item)), "RECORDED");

        assertThat(at.step("RETURN")).isEqualTo("COMING_BACK");
        assertThat(at.item("RETURN")).isEqualTo(item);
        holds(at.report(at.scan("RETURNED_TO_AGENCY", item)), "RECORDED");
        assertThat(at.step("RETURN")).isEqualTo("RETURNED_TO_AGENCY");
        assertThat(at.status()).as("a returned result stays at 9").isEqualTo(9);
        assertThat(at.toldCodes("trung-tam-hcc", "outcome")).containsExactly("RETURN_APPROVED");
        assertThat(at.toldCodes("trung-tam-hcc", "arrival")).containsExactly("RETURNED_TO_AGENCY");
        holds(at.dispatched(), "DISPATCHED");
    }

    @Test
    void delivered_after_all_before_the_worker_heard_of_the_return_takes_the_way_back_away() {
        String item = result();
        OffsetDateTime earlier = OffsetDateTime.now(ZoneOffset.ofHours(7)).minusMinutes(10);
        at.report(at.scan("RESULT_COLLECTED", item).with("occurredAt", earlier.toString()));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("RETURN_APPROVED", item));
        assertThat(at.step("RETURN")).isEqualTo("COMING_BACK");

        holds(
                at.report(at.delivered(item, "0".repeat(64))
                        .with("occurredAt", earlier.plusMinutes(5).toString())),
                "RECORDED");

        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(at.step("RETURN")).isEqualTo("CANCELLED");
    }

    @Test
    void what_need_not_come_back_after_all_goes_on_where_it_was_sent() {
        String item = result();
        at.report(at.scan("RESULT_COLLECTED", item));
        at.report(at.scan("DELIVERY_FAILED", item).with("reason", "REFUSED"));
        Domain.Scan approved = at.scan("RETURN_APPROVED", item);
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", approved);
        Domain.undo(approved);
        assertThat(at.step("RETURN")).isEqualTo("CANCELLED");

        holds(at.report(at.scan("OUT_FOR_DELIVERY", item)), "RECORDED");

        assertThat(at.step("RESULT")).isEqualTo("OUT_FOR_DELIVERY");
        assertThat(at.leg("RETURN").has("next")).isFalse();
    }

    @Test
    void so_it_is_with_what_is_heard_once_that_has_arrived() {
        String item = result();
        at.report(at.scan("RESULT_COLLECTED", item));
        at.report(at.scan("DELIVERY_FAILED", item).with("reason", "REFUSED"));
        Domain.Scan approved = at.scan("RETURN_APPROVED", item);
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", approved);
        Domain.Scan before = at.scan("OUT_FOR_DELIVERY", item);
        Domain.undo(approved);
        at.report(at.delivered(item, at.signature()));

        holds(at.report("buu-ta-2", "POSTAL_WORKER", "520100", before), "RECORDED");

        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(at.leg("RETURN").has("next")).isFalse();
    }

    @Test
    void an_outside_carriers_words_are_kept_mapped_or_not_and_only_of_its_own_items() {
        Domain far = new Domain();
        ObjectNode asked = far.resultAlone();
        ((ObjectNode) asked.path("result")).set("receiver", Domain.party("19681"));
        far.accept(asked);
        far.dispatched();
        String item = far.item("RESULT");

        holds(heard(item, "RESULT_COLLECTED", "2", "carrier-x"), "RECORDED");
        holds(heard(item, "UNKNOWN", "77", "carrier-x"), "RECORDED");
        assertThat(far.step("RESULT")).isEqualTo("COLLECTED");
        assertThat(Domain.hub()
                        .db()
                        .sql("select raw_code from handling where item = :item and code = 'UNKNOWN'")
                        .param("item", item)
                        .query(String.class)
                        .single())
                .isEqualTo("77");
        holds(heard(papers, "DELIVERED", "4", "carrier-x"), "CONFLICT");
        assertThat(at.step("PICKUP")).as("not its item").isEqualTo("REQUESTED");
        holds(heard(item, "DELIVERED", "4", "carrier-x"), "RECORDED");
        assertThat(far.status()).as("its word is its evidence").isEqualTo(10);
    }

    /** Carriers that know parcels alone, and N-GSP's, have one code for all that arrives. */
    @ParameterizedTest
    @ValueSource(strings = {"PICKUP", "TRANSFER"})
    void what_an_outside_carrier_delivers_to_an_agency_has_arrived_there(String kind) {
        Domain one = new Domain();
        one.accept(one.both());
        if (kind.equals("TRANSFER")) {
            one.decide("transfer", Domain.json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", one.code));
        }
        one.office(kind, "carrier", "carrier-x");
        String item = one.item(kind);

        holds(heard(item, "RESULT_COLLECTED", "COLLECTED", "20", "carrier-x"), "RECORDED");
        holds(heard(item, "DELIVERED", "HANDED_TO_AGENCY", "60", "carrier-x"), "RECORDED");

        assertThat(one.step(kind)).isEqualTo("HANDED_TO_AGENCY");
        assertThat(one.toldCodes(kind.equals("TRANSFER") ? "ubnd-dong-ha" : "trung-tam-hcc", "arrival"))
                .containsExactly("HANDED_TO_AGENCY");
    }

    private static JsonNode heard(String order, String code, String raw, String carrier) {
        return heard(order, code, null, raw, carrier);
    }

    private static JsonNode heard(String order, String code, @Nullable String inbound, String raw, String carrier) {
        ObjectNode event = Domain.JSON.createObjectNode();
        event.put("orderNumber", order)
                .put("code", code)
                .put("inbound", inbound)
                .put("rawCode", raw)
                .put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
        return Domain.bean(Handlings.class)
                .heard(Domain.in(carrier, "carrier.event", event))
                .answer();
    }

    @Test
    void two_phones_with_the_same_items_the_other_way_round_do_not_wait_for_each_other() throws Exception {
        List<Domain> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Domain one = new Domain();
            one.accept(one.both());
            all.add(one);
        }
        List<String> items = all.stream().map(one -> one.item("PICKUP")).toList();
        ExecutorService phones = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int phone = 0; phone < 4; phone++) {
                int n = phone;
                work.add(() -> {
                    List<String> mine = new ArrayList<>(items);
                    if (n % 2 == 1) {
                        java.util.Collections.reverse(mine);
                    }
                    Domain.Scan[] scans =
                            mine.stream().map(i -> at.scan("FACILITY_IN", i)).toArray(Domain.Scan[]::new);
                    return at.batch("buu-ta-" + n, "POSTAL_WORKER", "520100", Instant.now(), scans)
                            .answer()
                            .path("handlings")
                            .size();
                });
            }
            for (Future<Integer> done : phones.invokeAll(work)) {
                assertThat(done.get()).isEqualTo(20);
            }
        } finally {
            phones.shutdown();
        }
    }

    @Test
    void what_is_derived_can_be_thrown_away_and_comes_out_equal() {
        String item = result();
        at.report(at.scan("RESULT_COLLECTED", item));
        at.report(at.scan("DELIVERY_FAILED", item).with("reason", "ABSENT"));
        assertThat(rebuilt()).isZero();

        Domain.hub()
                .db()
                .sql("update progress set step = 'LOST' where leg = cast(:leg as uuid)")
                .param("leg", at.leg("RESULT").path("id").asText())
                .update();
        assertThat(rebuilt()).as("seen, and put right").isEqualTo(1);
        assertThat(rebuilt()).isZero();
    }

    private static int rebuilt() {
        int different = 0;
        UUID last = null;
        do {
            Projections.Page page = Domain.bean(Projections.class).rebuild(last);
            different += page.different();
            last = page.last();
        } while (last != null);
        return different;
    }

    private static final byte[] STROKES = "[[[12,40,0],[18,22,16]]]".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private static String sha256() {
        return sha256(STROKES);
    }

    private static String sha256(byte[] content) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keep(Domain.Scan delivered) {
        Domain.bean(Evidence.class)
                .keep(Domain.uuid(delivered.id()), sha256(), Evidence.Kind.SIGNATURE, STROKES, Domain.MAKER);
    }
}
