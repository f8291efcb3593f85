package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.code.Uuid7;
import vn.bocau.dossier.Scene.Place;
import vn.bocau.dossier.rules.Action;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.HandlingCode.Maker;

/**
 * One entry of a batch as a phone wrote it, read into a report, or what is wrong with it.
 *
 * @param before as it was recorded before, by the same device
 * @param code stable code of the refusal; empty when there is no flaw
 */
record ReadEntry(
        Optional<Scene.Known> before,
        String code,
        List<Flaw> flaws,
        @Nullable Report maybe,
        Optional<Place> place) {

    /** A device whose count goes wrong, or two that share a name: a person decides what was done, not the order of arrival. */
    static final String COUNT_REUSED = "count-reused";

    static final String ORDERED_AGAIN = "ordered-again";
    static final Text ORDERED_AGAIN_TEXT = new Text(
            "Phong bì này đã được gửi lại ở một chặng khác; việc hủy không rút lại được nữa.",
            "This envelope has been sent again on another leg; that it was cancelled cannot be undone any more.");

    private static final String SUPERVISOR = "POSTAL_SUPERVISOR";

    /** @throws NullPointerException when there are flaws */
    Report report() {
        return Objects.requireNonNull(maybe);
    }

    static ReadEntry of(
            JsonNode entry, JsonNode batch, PhoneClock.Sending sending, Instant now, String source, Scene scene) {
        if (entry.has("flaws")) {
            return refused("schema", flaws(entry.path("flaws")));
        }
        UUID id;
        try {
            id = Uuid7.of(entry.path("id").asText()).value();
        } catch (Refused wrong) {
            return refused(
                    wrong.code(), List.of(new Flaw("/id", wrong.flaws().get(0).wrong())));
        }
        String device = batch.path("device").asText();
        Optional<Scene.Known> before = scene.known(id);
        if (before.isPresent()) {
            return again(entry, device, before.get());
        }
        if (scene.givenUp(id) || voidsGivenUp(entry, scene)) {
            return refused(
                    "discarded",
                    "/id",
                    "Trưởng bưu cục đã xem và quyết định không ghi nhận thao tác này.",
                    "The supervisor has looked at it and decided that it does not count.");
        }
        if (scene.counted(entry) && !batch.hasNonNull("heardAt")) {
            return refused(
                    COUNT_REUSED,
                    "/seq",
                    "Số đếm này của máy đã dùng cho thao tác khác; trưởng bưu cục phải xem xét.",
                    "The device has given this count to another handling; a supervisor has to look at it.");
        }
        Optional<HandlingCode> code = HandlingCode.of(entry.path("code").asText());
        if (code.isEmpty()) {
            return refused(
                    "unknown-code",
                    "/code",
                    "Không có mã thao tác này; hãy cập nhật ứng dụng.",
                    "There is no such handling code; update the app.");
        }
        Optional<OffsetDateTime> occurred = Clocks.time(entry.path("occurredAt").asText());
        Optional<Instant> happened = occurred.map(shown -> sending.happened(entry, shown.toInstant()))
                .filter(Clocks::possible);
        if (happened.isEmpty()) {
            return refused("clock", List.of(new Flaw("/occurredAt", Handlings.NO_TIME)));
        }
        Report report = read(entry, batch, id, code.get(), occurred.get(), happened.get(), now, source);
        // What voids something nobody has heard of yet waits for it, and means nothing until then.
        Optional<Place> place = scene.place(entry, code.get(), report.happenedAt())
                .filter(p -> report.voids() == null || p.leg().report(report.voids()) != null);
        List<Flaw> flaws = new ArrayList<>();
        String refusal = check(entry, batch, report, place, flaws);
        return flaws.isEmpty()
                ? new ReadEntry(Optional.empty(), "", List.of(), report, place)
                : refused(refusal, flaws);
    }

    /** It was kept, and given up, in one with what it voids. */
    private static boolean voidsGivenUp(JsonNode entry, Scene scene) {
        if (!entry.hasNonNull("voids")) {
            return false;
        }
        UUID voided = UUID.fromString(entry.path("voids").asText());
        // What was given up under its id may have been said otherwise than what counts.
        return scene.givenUp(voided) && scene.known(voided).isEmpty();
    }

    private static ReadEntry again(JsonNode entry, String device, Scene.Known before) {
        if (!before.report().device().equals(device)) {
            return refused(
                    "id-reused",
                    "/id",
                    "Mã này đã dùng cho thao tác của thiết bị khác; hãy tạo mã mới.",
                    "This id names a handling of another device; make a new one.");
        }
        if (!before.report().saidBy(entry)) {
            return refused(
                    "id-reused",
                    "/id",
                    "Mã này đã dùng cho một thao tác có nội dung khác; hãy hủy thao tác đó và ghi lại.",
                    "This id names a handling that said something else; void that one and record it again.");
        }
        return new ReadEntry(Optional.of(before), "", List.of(), null, Optional.empty());
    }

    private static Report read(
            JsonNode entry,
            JsonNode batch,
            UUID id,
            HandlingCode code,
            OffsetDateTime occurred,
            Instant happened,
            Instant now,
            String source) {
        JsonNode by = batch.path("by");
        Instant occurredAt = occurred.toInstant().truncatedTo(ChronoUnit.MICROS);
        Instant corrected = happened.truncatedTo(ChronoUnit.MICROS);
        boolean supervisor = by.path("role").asText().equals(SUPERVISOR);
        return new Report(
                id,
                entry.hasNonNull("item") ? Scene.item(entry.path("item").asText()) : null,
                code,
                null,
                null,
                occurredAt,
                occurred.getOffset(),
                corrected.isAfter(now) ? now : corrected,
                now,
                batch.path("device").asText(),
                entry.path("seq").asLong(),
                by.path("user").asText(),
                by.path("office").asText(),
                FailureReason.of(entry.path("reason").asText("")).orElse(null),
                action(entry.path("action").asText(null)),
                entry.hasNonNull("nextDate")
                        ? LocalDate.parse(entry.path("nextDate").asText())
                        : null,
                entry.path("note").asText(null),
                entry.path("details") instanceof ObjectNode details
                        ? details.deepCopy()
                        : JsonNodeFactory.instance.objectNode(),
                entry.hasNonNull("voids") ? UUID.fromString(entry.path("voids").asText()) : null,
                // Whoever signed in as a supervisor is one; a name that is merely claimed proves nothing.
                supervisor ? by.path("user").asText() : null,
                source);
    }

    private static @Nullable Action action(@Nullable String said) {
        for (Action action : Action.values()) {
            if (action.name().equals(said)) {
                return action;
            }
        }
        return null;
    }

    /** @return the code of what is wrong; the flaws say where */
    private static String check(
            JsonNode entry, JsonNode batch, Report report, Optional<Place> place, List<Flaw> flaws) {
        String role = batch.path("by").path("role").asText();
        Maker maker = role.equals(SUPERVISOR) ? Maker.SUPERVISOR : Maker.WORKER;
        if (!report.code().madeBy(maker)) {
            flaws.add(flaw("/code", "Vai của bạn không được ghi thao tác này.", "Your role may not record this."));
            return "not-your-act";
        }
        if (entry.hasNonNull("nextDate")
                && LocalDate.parse(entry.path("nextDate").asText())
                        .isBefore(report.happenedAt()
                                .atZone(vn.bocau.dossier.rules.Rules.ZONE)
                                .toLocalDate())) {
            flaws.add(flaw("/nextDate", "Ngày hẹn đã qua.", "The day agreed has passed already."));
            return "next-date";
        }
        if (report.nextDate() != null && !Clocks.foreseeable(report.nextDate())) {
            flaws.add(flaw("/nextDate", "Ngày hẹn quá xa.", "The day agreed is too far ahead."));
            return "next-date";
        }
        if (report.code() == HandlingCode.VOIDED) {
            return voiding(report, place, flaws);
        }
        boolean noEnvelope = place.map(Place::leg)
                .filter(leg -> leg.facts().item() == null && leg.formerItems().isEmpty())
                .isPresent();
        if (noEnvelope && report.code() != HandlingCode.CANCELLED) {
            flaws.add(
                    flaw(
                            "/leg",
                            "Chặng này chưa có phong bì: cơ quan chưa chuyển kết quả. Hãy quét nhãn trên phong bì.",
                            "This leg has no envelope yet: the agency has not dispatched the result. Scan the envelope's label."));
            return "no-envelope";
        }
        boolean failed = report.code() == HandlingCode.PICKUP_FAILED || report.code() == HandlingCode.DELIVERY_FAILED;
        String wrong = failed ? failure(entry, report, flaws) : "";
        boolean ofAnother = report.code() == HandlingCode.DELIVERY_FAILED
                && place.filter(there -> !there.leg().facts().ownCarrier()).isPresent();
        boolean anywhere = failed && !ofAnother;
        return !wrong.isEmpty() || anywhere ? wrong : office(report, place, flaws);
    }

    private static String failure(JsonNode entry, Report report, List<Flaw> flaws) {
        FailureReason reason = report.reason();
        if (reason == null) {
            flaws.add(flaw("/reason", "Cần một trong 22 lý do.", "One of the 22 reasons is needed."));
            return "reason";
        }
        String note = report.note() == null ? "" : report.note().strip();
        if (reason == FailureReason.OTHER && note.length() < FailureReason.OTHER_NOTE_LENGTH) {
            flaws.add(flaw(
                    "/note",
                    "Lý do khác cần giải thích ít nhất " + FailureReason.OTHER_NOTE_LENGTH + " ký tự.",
                    "Another reason needs an explanation of at least " + FailureReason.OTHER_NOTE_LENGTH
                            + " characters."));
            return "note";
        }
        boolean named = entry.hasNonNull("action");
        Action action = report.action();
        if (named && (action == null || !reason.allowedActions().contains(action))) {
            String allowed =
                    reason.allowedActions().stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
            flaws.add(flaw(
                    "/action",
                    "Lý do này chỉ cho phép: " + allowed + ".",
                    "This reason allows only: " + allowed + "."));
            return "action";
        }
        return "";
    }

    private static String voiding(Report report, Optional<Place> place, List<Flaw> flaws) {
        UUID voids = report.voids();
        if (voids == null) {
            flaws.add(flaw("/voids", "Cần mã của thao tác bị hủy.", "The id of the handling to void is needed."));
            return "voids";
        }
        Report target = place.map(p -> p.leg().report(voids)).orElse(null);
        if (target != null && !report.mayVoid(target)) {
            flaws.add(flaw(
                    "/voids",
                    "Chỉ hủy được thao tác của chính mình; trưởng bưu cục hủy được của cả bưu cục.",
                    "Only your own can be voided; a supervisor can void those of the whole office."));
            return "not-yours";
        }
        if (target != null && place.orElseThrow().leg().gaveItsLabelAway(target)) {
            flaws.add(new Flaw("/voids", ORDERED_AGAIN_TEXT));
            return ORDERED_AGAIN;
        }
        return "";
    }

    /**
     * Whoever fetches or delivers does it for an office the item goes by, or went by before: what its worker took who had
     * set out without signal, they have. Moving it about may happen anywhere.
     */
    private static String office(Report report, Optional<Place> place, List<Flaw> flaws) {
        boolean atTheDoor = switch (report.code().phase()) {
            case PICKUP, HANDOVER, DISPATCH, DELIVERY, RETURN, CASH -> true;
            case TRANSPORT, EXCEPTION, CORRECTION -> false;
        };
        if (!atTheDoor || place.isEmpty()) {
            return "";
        }
        Leg leg = place.get().leg();
        String office = String.valueOf(report.office());
        boolean goesBy = office.equals(leg.facts().fromOffice())
                || office.equals(leg.facts().toOffice())
                || leg.reports().stream()
                        .anyMatch(r -> office.equals(r.office()) && r.code().phase() != HandlingCode.Phase.EXCEPTION);
        boolean tookSomething =
                report.code().provesPossession() || report.code() == HandlingCode.PICKUP_PARTIAL || report.money();
        boolean setOut = leg.formerOffices().contains(office) && tookSomething;
        if (!setOut && !(goesBy && (leg.facts().ownCarrier() || leg.isWithUs()))) {
            flaws.add(flaw(
                    "/item",
                    "Bưu gửi này không thuộc bưu cục của bạn; nếu đang ở đây, hãy ghi FACILITY_IN hoặc MISROUTED.",
                    "This item is not your office's; if it is here, record FACILITY_IN or MISROUTED."));
            return "not-your-office";
        }
        return "";
    }

    /** What an outside carrier says, in its own words where nobody has mapped them. */
    static Report ofCarrier(JsonNode event, OffsetDateTime occurred, Instant now, String carrier) {
        Instant at = occurred.toInstant().truncatedTo(ChronoUnit.MICROS);
        Instant happened = at.isAfter(now) ? now : at;
        return new Report(
                UuidCreator.getTimeOrderedEpoch(),
                event.path("orderNumber").asText(),
                ofCarrier(event.path("code").asText()).orElse(HandlingCode.UNKNOWN),
                event.path("rawCode").asText(),
                event.path("rawText").asText(null),
                at,
                occurred.getOffset(),
                happened,
                now,
                carrier,
                Report.micros(happened),
                carrier,
                event.path("office").asText(null),
                null,
                null,
                null,
                null,
                collected(event),
                null,
                null,
                carrier);
    }

    /** Empty when nobody has mapped it, or to something that no carrier does. */
    static Optional<HandlingCode> ofCarrier(String code) {
        return HandlingCode.of(code.toUpperCase(Locale.ROOT)).filter(known -> known.madeBy(Maker.CARRIER));
    }

    private static ObjectNode collected(JsonNode event) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        if (event.path("collected").isNumber()) {
            details.put(Leg.CARRIER_COLLECTED, event.path("collected").asLong());
        }
        return details;
    }

    private static List<Flaw> flaws(JsonNode said) {
        List<Flaw> flaws = new ArrayList<>();
        said.forEach(f -> flaws.add(flaw(
                f.path("field").asText(), f.path("vi").asText(), f.path("en").asText())));
        return flaws;
    }

    private static ReadEntry refused(String code, String field, String vi, String en) {
        return refused(code, List.of(flaw(field, vi, en)));
    }

    private static ReadEntry refused(String code, List<Flaw> flaws) {
        return new ReadEntry(Optional.empty(), code, flaws, null, Optional.empty());
    }

    private static Flaw flaw(String field, String vi, String en) {
        return new Flaw(field, new Text(vi, en));
    }
}
