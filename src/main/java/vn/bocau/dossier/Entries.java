package vn.bocau.dossier;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.dossier.rules.Action;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.dossier.rules.HandlingCode;

/** Handlings made ready for a supervisor to look at. */
@Component
class Entries {

    private final JdbcClient db;

    Entries(JdbcClient db) {
        this.db = db;
    }

    /**
     * A handling with those that might void it.
     *
     * @param leg null while nobody knows its item
     */
    record Subject(@Nullable Leg leg, Report report, List<Report> among) {}

    /** In the same order. */
    List<Entry> of(String office, List<Subject> subjects) {
        List<UUID> ids = subjects.stream().map(s -> s.report().id()).toList();
        Map<UUID, String> doubts = new HashMap<>();
        Map<UUID, Entry.Act> left = new HashMap<>();
        db.sql("""
                        select h.id, h.conflict, r.by, r.at, r.reason
                        from handling h left join handling_review r
                            on r.handling = h.id and r.what = 'LEFT' and r.doubt = h.conflict
                        where h.id = any(:ids)
                        """).param("ids", ids.toArray(UUID[]::new)).query(row -> {
            UUID id = row.getObject(1, UUID.class);
            Optional.ofNullable(row.getString(2)).ifPresent(conflict -> doubts.put(id, conflict));
            if (row.getString(3) != null) {
                left.put(id, new Entry.Act(row.getString(3), row.getTimestamp(4).toInstant(), row.getString(5)));
            }
        });
        return subjects.stream()
                .map(subject -> entry(
                        office,
                        subject,
                        doubts.get(subject.report().id()),
                        left.get(subject.report().id())))
                .toList();
    }

    private static Entry entry(String office, Subject subject, @Nullable String doubt, Entry.@Nullable Act left) {
        Report r = subject.report();
        Optional<Report> voiding = voiding(subject);
        boolean voids = r.code() == HandlingCode.VOIDED;
        FailureReason reason = r.reason();
        Action action = r.action();
        return new Entry(
                r.id(),
                Word.of(r.code(), r.code().text()),
                r.item(),
                r.actor(),
                r.device(),
                r.source(),
                r.office(),
                r.occurredAt(),
                r.happenedAt(),
                r.recordedAt(),
                reason == null ? null : Word.of(reason, reason.text()),
                action == null ? null : Word.of(action, action.text()),
                r.nextDate(),
                r.note(),
                r.amount("feeCollected"),
                r.amount("postageCollected"),
                r.amount("codCollected"),
                r.details().path("identity").asText(null),
                r.details().path("relation").asText(null),
                Proofs.named(r).size(),
                Doubt.of(doubt).map(d -> Word.of(d.code(), d.text())).orElse(null),
                counts(subject, voiding.isPresent()),
                voiding.map(v -> new Entry.Act(v.actor(), v.recordedAt(), v.note()))
                        .orElse(null),
                left,
                !voids && voiding.isEmpty() && office.equals(r.office()));
    }

    private static boolean counts(Subject subject, boolean voided) {
        Leg leg = subject.leg();
        return leg != null
                && !voided
                && !leg.progress().contradictions().containsKey(subject.report().id());
    }

    /** What undoes it: where nobody knows the item yet, as soon as somebody does. */
    static Optional<Report> voiding(Subject subject) {
        Leg leg = subject.leg();
        Collection<UUID> without =
                leg == null ? List.of() : leg.progress().contradictions().keySet();
        return subject.among().stream()
                .filter(v -> Objects.equals(v.voids(), subject.report().id()))
                .filter(v -> !without.contains(v.id()))
                .findFirst();
    }
}
