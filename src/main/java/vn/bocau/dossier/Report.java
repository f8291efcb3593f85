package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.bocau.dossier.rules.Action;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.dossier.rules.Handling;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.Proof;
import vn.bocau.dossier.rules.Rules;

/**
 * A handling as somebody reported it, with everything we keep of it.
 *
 * @param item as reported; null when a leg was named instead
 * @param rawCode the carrier's own code; null when reported in our words
 * @param occurredAt by the reporter's clock, with its offset
 * @param happenedAt corrected for that clock, never later than {@code recordedAt}
 * @param deviceSeq counts up on the device; for reporters without a counter, microseconds of {@code happenedAt}
 * @param actor user name or partner; never a citizen
 * @param details what the code asks for: hashes of evidence, amounts, papers; no names
 * @param source the partner or face it came through
 */
record Report(
        UUID id,
        @Nullable String item,
        HandlingCode code,
        @Nullable String rawCode,
        @Nullable String rawText,
        Instant occurredAt,
        ZoneOffset offset,
        Instant happenedAt,
        Instant recordedAt,
        String device,
        long deviceSeq,
        String actor,
        @Nullable String office,
        @Nullable FailureReason reason,
        @Nullable Action action,
        @Nullable LocalDate nextDate,
        @Nullable String note,
        ObjectNode details,
        @Nullable UUID voids,
        @Nullable String supervisor,
        String source) {

    /** The field of a voiding that says which agency it is the word of. */
    private static final String AGENCY = "agency";

    private static final List<String> MONEY =
            List.of("feeCollected", "postageCollected", "codCollected", "feeRemitted");

    /** Something that follows from what a partner, an agency or the calendar did just now. */
    static Report now(UUID id, @Nullable String item, HandlingCode code, Instant now, String actor, String source) {
        return new Report(
                id,
                item,
                code,
                null,
                null,
                now,
                Rules.ZONE.getRules().getOffset(now),
                now,
                now,
                source,
                micros(now),
                actor,
                null,
                null,
                null,
                null,
                null,
                JsonNodeFactory.instance.objectNode(),
                null,
                null,
                source);
    }

    /** What the agency and a postal worker have both signed for at its desk: the worker has it now. */
    static Report handedOver(UUID id, String item, Instant now, String worker, String office, String manifest) {
        return new Report(
                id,
                item,
                HandlingCode.RESULT_COLLECTED,
                null,
                null,
                now,
                Rules.ZONE.getRules().getOffset(now),
                now,
                now,
                Decisions.DESK,
                micros(now),
                worker,
                office,
                null,
                null,
                null,
                null,
                JsonNodeFactory.instance.objectNode().put("manifest", manifest),
                null,
                null,
                Decisions.DESK);
    }

    /** What an agency said by mistake it takes back. */
    static Report voiding(UUID id, Report mistake, Instant now, Decider decider, String why) {
        Author by = decider.author();
        return new Report(
                id,
                mistake.item,
                HandlingCode.VOIDED,
                null,
                null,
                now,
                Rules.ZONE.getRules().getOffset(now),
                now,
                now,
                by.source(),
                micros(now),
                by.name(),
                null,
                null,
                null,
                null,
                why,
                JsonNodeFactory.instance
                        .objectNode()
                        .put(AGENCY, decider.agency().id()),
                mistake.id,
                by.name(),
                by.source());
    }

    boolean saidBy(String agency) {
        return details.path(AGENCY).asText().equals(agency);
    }

    static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    /** As the rules look at it. */
    Handling handling(Proof proof) {
        return new Handling(
                id,
                code,
                happenedAt,
                recordedAt,
                device,
                deviceSeq,
                actor,
                office,
                reason,
                action,
                nextDate,
                money(),
                voids,
                supervisor,
                proof);
    }

    /** Everybody voids only what they did themselves, a supervisor what the own office did. */
    boolean mayVoid(@Nullable Report target) {
        return target != null
                && (target.actor.equals(actor) || supervisor != null && Objects.equals(target.office, office));
    }

    /** Whether an entry of a phone says the same of the item, the act, the money and the evidence. */
    boolean saidBy(JsonNode entry) {
        JsonNode said = entry.path("details");
        return code.name().equals(entry.path("code").asText())
                && deviceSeq == entry.path("seq").asLong()
                && (item == null
                        || !entry.hasNonNull("item")
                        || item.equals(Scene.item(entry.path("item").asText())))
                && String.valueOf(voids).equalsIgnoreCase(entry.path("voids").asText("null"))
                && MONEY.stream()
                        .allMatch(field -> amount(field) == said.path(field).asLong(0))
                && Proofs.named(details).equals(Proofs.named(said));
    }

    /** Whether it says that money was taken or handed on. */
    boolean money() {
        return money(details);
    }

    static boolean money(JsonNode details) {
        return MONEY.stream().anyMatch(field -> details.path(field).asLong(0) > 0);
    }

    long amount(String field) {
        return details.path(field).asLong(0);
    }

    Report with(String office, @Nullable String note) {
        return with(office, nextDate, note);
    }

    /** With the day that was agreed. */
    Report on(LocalDate day) {
        return with(office, day, note);
    }

    private Report with(@Nullable String office, @Nullable LocalDate nextDate, @Nullable String note) {
        return new Report(
                id,
                item,
                code,
                rawCode,
                rawText,
                occurredAt,
                offset,
                happenedAt,
                recordedAt,
                device,
                deviceSeq,
                actor,
                office,
                reason,
                action,
                nextDate,
                note,
                details,
                voids,
                supervisor,
                source);
    }
}
