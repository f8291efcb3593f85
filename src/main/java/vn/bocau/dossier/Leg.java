package vn.bocau.dossier;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.LegTerms;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Progress;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.dossier.rules.Step;

/** A leg with everything that was reported of it; part of a {@link Journey} and used under its lock alone. */
final class Leg {

    private final List<Report> reports;
    private final Map<UUID, Set<String>> evidence = new HashMap<>();
    private LegFacts facts;
    private Progress progress;

    /** @param evidence what has arrived, as SHA-256, by the handling that named it */
    Leg(LegFacts facts, List<Report> reports, Map<UUID, Set<String>> evidence) {
        this.facts = facts;
        this.reports = new ArrayList<>(reports);
        evidence.forEach((handling, here) -> this.evidence.put(handling, new HashSet<>(here)));
        this.progress = fold();
    }

    LegFacts facts() {
        return facts;
    }

    UUID id() {
        return facts.id();
    }

    Progress progress() {
        return progress;
    }

    Step step() {
        return progress.step();
    }

    List<Report> reports() {
        return reports;
    }

    /** Something may still happen to it. */
    boolean open() {
        return !step().terminal() && step() != Step.RETURN_APPROVED;
    }

    /** Nothing is in the hands of the post yet. At the agency, waiting to be fetched, is not either. */
    boolean notBegun() {
        return step().beforeUnderWay() || step() == Step.READY;
    }

    /** Sender until the post has it, receiver from then on. */
    Party whereToGo() {
        return step().toBeFetched() && facts.kind() != LegKind.RETURN ? facts.sender() : facts.receiver();
    }

    boolean ordered(String by, String number) {
        LegFacts.Order order = facts.order();
        return order != null && order.by().equals(by) && order.number().equals(number);
    }

    void agreed(LegFacts changed) {
        facts = changed;
        progress = fold();
    }

    /** @return progress as it was before */
    Progress add(Report report) {
        Progress before = progress;
        reports.add(report);
        progress = fold();
        return before;
    }

    /** @return progress as it was before */
    Progress arrived(UUID handling, String sha256) {
        Progress before = progress;
        evidence.computeIfAbsent(handling, h -> new HashSet<>()).add(sha256);
        progress = fold();
        return before;
    }

    @Nullable
    Report report(UUID handling) {
        return reports.stream().filter(r -> r.id().equals(handling)).findFirst().orElse(null);
    }

    Obligation obligation(@Nullable LocalDate resultDay, boolean replaced, Rules rules) {
        var terms = new LegTerms(
                facts.kind(),
                facts.carrier(),
                facts.fromOffice(),
                facts.toOffice(),
                facts.agency(),
                facts.openedAt(),
                resultDay,
                replaced);
        return Obligation.of(terms, progress, rules);
    }

    private Progress fold() {
        return Progress.of(
                facts.kind(),
                reports.stream()
                        .map(r -> r.handling(Proofs.of(facts, r, evidence.getOrDefault(r.id(), Set.of()))))
                        .toList());
    }
}
