package vn.bocau.dossier.rules;

import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.ORIGINALS_BACK;
import static vn.bocau.dossier.rules.LegKind.PICKUP;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.LegKind.RETURN;
import static vn.bocau.dossier.rules.LegKind.SUPPLEMENT;
import static vn.bocau.dossier.rules.LegKind.TRANSFER;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.TO;
import static vn.bocau.dossier.rules.Scan.failed;
import static vn.bocau.dossier.rules.Scan.scan;
import static vn.bocau.dossier.rules.Scan.voided;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A journey as it really goes, told in the order it happened, by several devices, at least ten minutes from one device to
 * the next; and what it adds up to.
 *
 * @param attempts that counted, since the post has the item
 */
record Tale(String name, LegKind kind, List<Scan> scans, Step end, int attempts) {

    @Override
    public String toString() {
        return kind + ", " + name;
    }

    static List<Tale> all() {
        List<Tale> all = new ArrayList<>();
        inbound(PICKUP, all);
        inbound(SUPPLEMENT, all);
        outbound(RESULT, all);
        outbound(ORIGINALS_BACK, all);
        transfers(all);
        returns(all);
        return all;
    }

    private static void inbound(LegKind kind, List<Tale> all) {
        Scan accepted = scan(PICKUP_ACCEPTED, "Mon 08:00").by("office-1").office(FROM);
        Scan collected = scan(COLLECTED, "Tue 09:00").by("phone-a").office(FROM);
        Scan in = scan(FACILITY_IN, "Tue 17:00").by("office-1").office(FROM);
        Scan bagged = scan(BAGGED, "Tue 18:00").by("office-1").office(FROM);
        Scan left = scan(FACILITY_OUT, "Tue 19:00").by("office-1").office(FROM);
        Scan opened = scan(BAG_OPENED, "Wed 06:00").by("office-2").office(TO);
        Scan handed = scan(HANDED_TO_AGENCY, "Wed 09:00").by("phone-b").office(TO);
        Scan confirmed = scan(HANDED_TO_AGENCY, "Wed 09:30").by("agency");
        all.add(tale(
                "as it should be",
                kind,
                Step.HANDED_TO_AGENCY,
                0,
                scan(PICKUP_REQUESTED, "Mon 07:00").by("portal"),
                accepted,
                collected,
                in,
                bagged,
                left,
                opened,
                handed,
                confirmed));
        all.add(tale(
                "nobody at home, then collected",
                kind,
                Step.HANDED_TO_AGENCY,
                0,
                accepted,
                failed(PICKUP_FAILED, "Mon 10:00", FailureReason.ABSENT, null).by("phone-a"),
                failed(PICKUP_FAILED, "Mon 15:00", FailureReason.NO_CONTACT, Action.RETRY)
                        .by("phone-a"),
                collected,
                handed));
        all.add(tale(
                "nobody at home twice",
                kind,
                Step.PICKUP_FAILED,
                2,
                accepted,
                failed(PICKUP_FAILED, "Mon 10:00", FailureReason.ABSENT, null).by("phone-a"),
                failed(PICKUP_FAILED, "Tue 10:00", FailureReason.ABSENT, null).by("phone-a")));
        all.add(tale(
                "a part, then the rest",
                kind,
                Step.HANDED_TO_AGENCY,
                0,
                accepted,
                scan(PICKUP_PARTIAL, "Mon 10:00").by("phone-a").office(FROM),
                failed(PICKUP_FAILED, "Mon 16:00", FailureReason.ABSENT, null).by("phone-a"),
                collected,
                opened,
                handed));
        all.add(tale(
                "not taken, then taken",
                kind,
                Step.HANDED_TO_AGENCY,
                0,
                collected,
                opened,
                scan(AGENCY_RETURNED, "Wed 09:00").by("agency"),
                scan(FACILITY_IN, "Wed 17:00").by("office-2").office(TO),
                scan(HANDED_TO_AGENCY, "Fri 09:00").by("phone-b").office(TO)));
        all.add(tale(
                "not taken",
                kind,
                Step.AGENCY_RETURNED,
                0,
                collected,
                opened,
                scan(AGENCY_RETURNED, "Wed 09:00").by("agency"),
                scan(FACILITY_IN, "Wed 17:00").by("office-2").office(TO)));
        all.add(tale(
                "the office closed",
                kind,
                Step.HANDED_TO_AGENCY,
                0,
                collected,
                opened,
                failed(DELIVERY_FAILED, "Wed 09:00", FailureReason.OFFICE_CLOSED, null)
                        .by("phone-b")
                        .office(TO),
                scan(HANDED_TO_AGENCY, "Thu 09:00").by("phone-b").office(TO)));
        all.add(tale(
                "recalled on the way",
                kind,
                Step.AT_OFFICE,
                0,
                collected,
                scan(RECALLED, "Tue 12:00").by("portal"),
                in));
        all.add(tale(
                "cancelled before anybody came",
                kind,
                Step.CANCELLED,
                1,
                accepted,
                failed(PICKUP_FAILED, "Mon 10:00", FailureReason.REFUSED, null).by("phone-a"),
                scan(CANCELLED, "Mon 12:00").by("portal")));
        all.add(tale(
                "collected by mistake, voided, collected",
                kind,
                Step.COLLECTED,
                0,
                accepted,
                scan(COLLECTED, "Mon 10:00").by("phone-a"),
                voidOfTheOneBefore("Mon 10:20").by("supervisor").answeredForBy("truong-buu-cuc"),
                collected));
        all.add(tale(
                "paid to two workers at one door",
                kind,
                Step.HANDED_TO_AGENCY,
                0,
                accepted,
                collected.moneyBy("buu-ta"),
                scan(COLLECTED, "Mon 10:05").by("phone-b").moneyBy("buu-ta-2"),
                scan(HANDED_TO_AGENCY, "Tue 15:00").by("phone-a")));
        all.add(tale(
                "lost",
                kind,
                Step.LOST,
                0,
                collected,
                in,
                left,
                scan(LOST, "Fri 10:00").by("supervisor")));
    }

    private static void outbound(LegKind kind, List<Tale> all) {
        Scan manifested = scan(MANIFESTED, "Mon 08:00").by("agency");
        Scan collected = scan(RESULT_COLLECTED, "Mon 09:00").by("phone-a").office(FROM);
        Scan in = scan(FACILITY_IN, "Mon 16:00").by("office-1").office(FROM);
        Scan left = scan(FACILITY_OUT, "Mon 19:00").by("office-1").office(FROM);
        Scan arrived = scan(FACILITY_IN, "Tue 06:00").by("office-2").office(TO);
        Scan out = scan(OUT_FOR_DELIVERY, "Tue 07:00").by("phone-b").office(TO);
        Scan absent = failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.ABSENT, null)
                .by("phone-b")
                .office(TO);
        Scan shelf = scan(FACILITY_IN, "Tue 17:00").by("office-2").office(TO);
        Scan outAgain = scan(OUT_FOR_DELIVERY, "Wed 07:00").by("phone-b").office(TO);
        Scan absentAgain = failed(DELIVERY_FAILED, "Wed 10:00", FailureReason.ABSENT, null)
                .by("phone-b")
                .office(TO);
        Scan delivered = scan(DELIVERED, "Tue 11:00").by("phone-b").office(TO);
        all.add(tale(
                "as it should be",
                kind,
                Step.DELIVERED,
                0,
                scan(RESULT_READY, "Mon 07:00").by("agency"),
                manifested,
                collected,
                in,
                left,
                arrived,
                out,
                delivered,
                scan(FEE_COLLECTED, "Tue 11:05").by("phone-b")));
        all.add(tale(
                "absent, then delivered",
                kind,
                Step.DELIVERED,
                1,
                collected,
                arrived,
                out,
                absent,
                shelf,
                outAgain,
                scan(DELIVERED, "Wed 10:00").by("phone-b")));
        all.add(tale(
                "absent twice, held, back",
                kind,
                Step.RETURN_APPROVED,
                2,
                collected,
                in,
                left,
                arrived,
                out,
                absent,
                shelf,
                outAgain,
                absentAgain,
                scan(HELD_FOR_PICKUP, "Wed 17:00").by("office-2").office(TO),
                scan(RETURN_APPROVED, "next Sat 17:00").by("system")));
        all.add(tale(
                "absent twice", kind, Step.DELIVERY_FAILED, 2, collected, arrived, out, absent, outAgain, absentAgain));
        all.add(tale(
                "held, then fetched at the counter",
                kind,
                Step.DELIVERED,
                0,
                collected,
                arrived,
                failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.OWN_PICKUP, null)
                        .by("phone-b")
                        .office(TO),
                scan(HELD_FOR_PICKUP, "Tue 17:00").by("office-2").office(TO),
                failed(DELIVERY_FAILED, "Wed 10:00", FailureReason.APPOINTMENT, Action.RESCHEDULE)
                        .by("office-2")
                        .office(TO),
                scan(HELD_FOR_PICKUP, "Wed 10:20").by("office-2").office(TO),
                scan(DELIVERED, "Fri 09:00").by("office-2").office(TO)));
        all.add(tale(
                "moved, another address, delivered",
                kind,
                Step.DELIVERED,
                1,
                collected,
                arrived,
                out,
                failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.MOVED, null)
                        .by("phone-b")
                        .office(TO),
                shelf,
                scan(ADDRESS_CHANGED, "Tue 20:00").by("portal"),
                scan(FACILITY_OUT, "Wed 06:00").by("office-2").office(TO),
                scan(FACILITY_IN, "Thu 06:00").by("office-3").office("510000"),
                scan(OUT_FOR_DELIVERY, "Thu 07:00").by("phone-c").office("510000"),
                scan(DELIVERED, "Thu 09:00").by("phone-c").office("510000")));
        all.add(tale(
                "refused, back",
                kind,
                Step.RETURN_APPROVED,
                1,
                collected,
                arrived,
                out,
                failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.REFUSED, null)
                        .by("phone-b")
                        .office(TO),
                shelf,
                scan(RETURN_APPROVED, "Wed 08:00").by("supervisor")));
        all.add(tale(
                "recalled too late",
                kind,
                Step.DELIVERED,
                0,
                collected,
                arrived,
                out,
                delivered,
                scan(RECALLED, "Tue 12:00").by("agency")));
        all.add(tale(
                "recalled in time",
                kind,
                Step.RETURN_APPROVED,
                0,
                collected,
                in,
                scan(RECALLED, "Mon 18:00").by("agency"),
                scan(RETURN_APPROVED, "Tue 08:00").by("supervisor")));
        all.add(tale(
                "misrouted and found its way",
                kind,
                Step.DELIVERED,
                0,
                collected,
                left,
                scan(BAG_OPENED, "Tue 06:00").by("office-3").office("510000"),
                scan(MISROUTED, "Tue 06:20").by("office-3").office("510000"),
                scan(FACILITY_OUT, "Tue 18:00").by("office-3").office("510000"),
                scan(FACILITY_IN, "Wed 06:00").by("office-2").office(TO),
                outAgain,
                scan(DELIVERED, "Wed 10:00").by("phone-b")));
        all.add(tale(
                "damaged and delivered",
                kind,
                Step.DELIVERED,
                0,
                collected,
                left,
                scan(DAMAGED, "Tue 05:50").by("office-2").office(TO),
                arrived,
                out,
                delivered));
        all.add(tale(
                "damaged",
                kind,
                Step.DAMAGED,
                0,
                collected,
                scan(DAMAGED, "Tue 05:50").by("office-2").office(TO),
                arrived));
        all.add(tale(
                "lost",
                kind,
                Step.LOST,
                0,
                collected,
                in,
                left,
                scan(LOST, "Fri 10:00").by("supervisor")));
        all.add(tale(
                "short, then found",
                kind,
                Step.AT_OFFICE,
                0,
                manifested,
                scan(DISPATCH_SHORT, "Mon 08:30").by("phone-a"),
                scan(MANIFESTED, "Mon 08:45").by("agency"),
                collected,
                in));
        all.add(tale(
                "delivered by mistake, voided, refused",
                kind,
                Step.DELIVERY_FAILED,
                1,
                collected,
                arrived,
                out,
                delivered,
                voidOfTheOneBefore("Tue 11:20").by("supervisor").answeredForBy("truong-buu-cuc"),
                failed(DELIVERY_FAILED, "Tue 11:40", FailureReason.REFUSED, null)
                        .by("phone-b")));
        all.add(tale(
                "delivered by two phones",
                kind,
                Step.DELIVERED,
                0,
                collected,
                out,
                delivered.proof(Proof.PENDING),
                scan(DELIVERED, "Tue 11:20").by("phone-c")));
        all.add(tale(
                "not wanted any more",
                kind,
                Step.CANCELLED,
                0,
                manifested,
                scan(CANCELLED, "Mon 08:30").by("portal")));
    }

    private static void transfers(List<Tale> all) {
        Scan manifested = scan(MANIFESTED, "Mon 08:00").by("agency");
        Scan collected = scan(RESULT_COLLECTED, "Mon 09:00").by("phone-a").office(FROM);
        Scan between = scan(COMMUNE_TRANSFER, "Mon 15:00").by("phone-a").office(FROM);
        all.add(tale(
                "as it should be",
                TRANSFER,
                Step.HANDED_TO_AGENCY,
                0,
                manifested,
                collected,
                between,
                scan(FACILITY_IN, "Tue 06:00").by("office-2").office(TO),
                scan(HANDED_TO_AGENCY, "Tue 09:00").by("phone-b").office(TO)));
        all.add(tale(
                "refused, back",
                TRANSFER,
                Step.RETURN_APPROVED,
                1,
                collected,
                between,
                failed(DELIVERY_FAILED, "Tue 09:00", FailureReason.REFUSED, null)
                        .by("phone-b")
                        .office(TO),
                scan(RETURN_APPROVED, "Tue 15:00").by("supervisor")));
        all.add(tale(
                "misrouted",
                TRANSFER,
                Step.MISROUTED,
                0,
                collected,
                between,
                scan(MISROUTED, "Tue 06:00").by("office-3")));
    }

    private static void returns(List<Tale> all) {
        Scan returning = scan(RETURNING, "Mon 09:00").by("office-1").office(FROM);
        Scan in = scan(FACILITY_IN, "Tue 06:00").by("office-2").office(TO);
        all.add(tale(
                "as it should be",
                RETURN,
                Step.RETURNED_TO_AGENCY,
                0,
                returning,
                in,
                scan(RETURNED_TO_AGENCY, "Tue 09:00").by("phone-b"),
                scan(RETURNED_TO_AGENCY, "Tue 09:30").by("agency")));
        all.add(tale(
                "the agency closed",
                RETURN,
                Step.DELIVERY_FAILED,
                0,
                returning,
                in,
                failed(DELIVERY_FAILED, "Tue 09:00", FailureReason.OFFICE_CLOSED, null)
                        .by("phone-b")
                        .office(TO),
                scan(FACILITY_IN, "Tue 17:00").by("office-2").office(TO)));
        all.add(tale(
                "lost", RETURN, Step.LOST, 0, returning, scan(LOST, "Fri 09:00").by("supervisor")));
        all.add(tale(
                "not needed",
                RETURN,
                Step.CANCELLED,
                0,
                returning,
                scan(CANCELLED, "Mon 12:00").by("system")));
    }

    /** Stands for a voiding of what was told before it. */
    private static Scan voidOfTheOneBefore(String when) {
        return voided(scan(UNKNOWN, when), when);
    }

    private static Tale tale(String name, LegKind kind, Step end, int attempts, Scan... told) {
        Map<String, Long> counters = new HashMap<>();
        List<Scan> scans = new ArrayList<>();
        for (Scan scan : told) {
            String device = scan.handling().device();
            Scan counted = scan.by(device, counters.merge(device, 1L, Long::sum));
            scans.add(counted.code() == VOIDED ? aimedAt(scans.get(scans.size() - 1), counted) : counted);
        }
        return new Tale(name, kind, List.copyOf(scans), end, attempts);
    }

    private static Scan aimedAt(Scan target, Scan voiding) {
        Handling h = voiding.handling();
        return new Scan(new Handling(
                h.id(),
                h.code(),
                h.happenedAt(),
                h.recordedAt(),
                h.device(),
                h.deviceSeq(),
                h.actor(),
                null,
                null,
                null,
                null,
                h.money(),
                target.id(),
                h.supervisor(),
                h.proof()));
    }

    Progress progress() {
        return Scan.fold(kind, scans.toArray(Scan[]::new));
    }

    static List<String> devices(Tale tale) {
        return tale.scans.stream().map(s -> s.handling().device()).distinct().toList();
    }

    static Scan[] array(List<Scan> scans) {
        return scans.toArray(Scan[]::new);
    }

    /** Decided by somebody, and heard of at once; whatever else may be heard late. */
    static boolean decision(Scan scan) {
        return Arrays.asList(CANCELLED, LOST, RECALLED, RETURN_APPROVED).contains(scan.code());
    }
}
