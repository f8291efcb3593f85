package vn.bocau.dossier;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import vn.bocau.dossier.rules.Contradiction;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.LegTerms;
import vn.bocau.dossier.rules.Obligation;
import vn.bocau.dossier.rules.Progress;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.dossier.rules.Step;

/** A leg with everything that was reported of it; part of a {@link Journey} and used under its lock alone. */
final class Leg {

    /** One act told twice; the same are left out by SQL {@code standing}. */
    private static final Set<Contradiction> SAID_TWICE =
            EnumSet.of(Contradiction.COLLECTED_TWICE, Contradiction.DELIVERED_TWICE);

    private final List<Report> reports;
    private final Map<UUID, Set<String>> evidence = new HashMap<>();
    private final Set<UUID> settled;
    private LegFacts facts;
    private Progress progress;

    /**
     * @param evidence what has arrived, as SHA-256, by the handling that named it
     * @param settled handlings that said it was lost, which was made good
     */
    Leg(LegFacts facts, List<Report> reports, Map<UUID, Set<String>> evidence, Set<UUID> settled) {
        this.facts = facts;
        this.reports = new ArrayList<>(reports);
        this.settled = new HashSet<>(settled);
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

    /** Somebody is to carry it, now or as soon as the post has it: its envelope bears an identifier. */
    boolean toBeCarried() {
        return open() && step() != Step.AWAITING_RESULT;
    }

    /** Nothing is in the hands of the post yet. At the agency, waiting to be fetched, is not either. */
    boolean notBegun() {
        return step().beforeUnderWay() || step() == Step.READY;
    }

    /** It was cancelled by that, and its label is on another leg now: open again, nobody could scan it. */
    boolean gaveItsLabelAway(Report cancelled) {
        return facts.item() == null && step() == Step.CANCELLED && cancelled.code() == HandlingCode.CANCELLED;
    }

    boolean calledOffBy(@Nullable String partner) {
        return step() == Step.CANCELLED
                && reports.stream()
                        .anyMatch(r ->
                                r.code() == HandlingCode.CANCELLED && r.actor().equals(partner));
    }

    /** Sender until the post has it, receiver from then on. */
    Party whereToGo() {
        return step().toBeFetched() && facts.kind() != LegKind.RETURN ? facts.sender() : facts.receiver();
    }

    /** The agency at whose desk it is fetched or handed over. */
    String desk() {
        String to = facts.toAgency();
        return to == null || notBegun() ? facts.agency() : to;
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

    /** Đồng of the fee taken and not handed on to the agency; what was voided or said twice does not count. */
    long feeHeld() {
        return sum(report -> report.amount("feeCollected") - report.amount("feeRemitted"));
    }

    /** As if this had not been reported. */
    long feeHeldWithout(Report without) {
        return sum(report ->
                report.id().equals(without.id()) ? 0 : report.amount("feeCollected") - report.amount("feeRemitted"));
    }

    private long sum(ToLongFunction<Report> amount) {
        Map<UUID, Contradiction> contradictions = progress.contradictions();
        Set<UUID> not = new HashSet<>();
        for (Report report : reports) {
            if (report.voids() != null && !contradictions.containsKey(report.id())) {
                not.add(report.voids());
            }
        }
        return reports.stream()
                .filter(report -> !not.contains(report.id()))
                .filter(report -> !saidTwice(contradictions.get(report.id())))
                .mapToLong(amount)
                .sum();
    }

    private static boolean saidTwice(@Nullable Contradiction contradiction) {
        return contradiction != null && SAID_TWICE.contains(contradiction);
    }

    /** How much of it was taken at the door; what was voided or said twice does not count. */
    long taken(String what) {
        return sum(report -> report.amount(what));
    }

    /** The same, of what happened earlier. */
    long takenBefore(String what, Report later) {
        return sum(report -> report.happenedAt().isBefore(later.happenedAt())
                        || report.happenedAt().equals(later.happenedAt())
                                && report.id().compareTo(later.id()) < 0
                ? report.amount(what)
                : 0);
    }

    /** Whether the item has business at this office: it starts or ends there. */
    boolean endsAt(String office) {
        return office.equals(facts.fromOffice()) || office.equals(facts.toOffice());
    }

    /** Somebody has dealt with what brought it where it stands. */
    void settled(UUID handling) {
        settled.add(handling);
    }

    /** @param sent the kind of leg its item was sent on */
    Obligation obligation(Dossier dossier, LegKind sent, boolean replaced, Rules rules) {
        var terms = new LegTerms(
                facts.kind(),
                sent,
                facts.carrier(),
                facts.fromOffice(),
                facts.toOffice(),
                facts.agency(),
                dossier.agency(),
                facts.openedAt(),
                dossier.appointment(),
                replaced,
                step() == Step.LOST && settled.contains(progress.lastHandling()));
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
