package vn.bocau.dossier.rules;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import vn.bocau.code.Text;

/**
 * What can happen to an item: the 34 codes of {@code reference/handling-codes.csv}, and {@link #UNKNOWN} for what a
 * carrier said in a code nobody has mapped yet (kept with the carrier's own code and text, without any effect).
 */
public enum HandlingCode {
    PICKUP_REQUESTED,
    PICKUP_ACCEPTED,
    PICKUP_FAILED,
    PICKUP_PARTIAL,
    COLLECTED,
    FACILITY_IN,
    FACILITY_OUT,
    BAGGED,
    BAG_OPENED,
    COMMUNE_TRANSFER,
    HANDED_TO_AGENCY,
    AGENCY_RETURNED,
    RESULT_READY,
    MANIFESTED,
    RESULT_COLLECTED,
    DISPATCH_SHORT,
    OUT_FOR_DELIVERY,
    DELIVERED,
    DELIVERY_FAILED,
    HELD_FOR_PICKUP,
    REDELIVERY_REQUESTED,
    ADDRESS_CHANGED,
    RETURN_APPROVED,
    RETURNING,
    RETURNED_TO_AGENCY,
    FEE_COLLECTED,
    FEE_REMITTED,
    CASH_DISCREPANCY,
    MISROUTED,
    DAMAGED,
    LOST,
    RECALLED,
    CANCELLED,
    VOIDED,
    UNKNOWN;

    /** Stretch of the journey a code belongs to. */
    public enum Phase {
        PICKUP,
        TRANSPORT,
        HANDOVER,
        DISPATCH,
        DELIVERY,
        RETURN,
        CASH,
        EXCEPTION,
        CORRECTION
    }

    /** What the portal makes of it. The post never decides: none of them is a status. */
    public enum PortalEffect {
        /** Not told to the portal. */
        NONE,
        /** Told as a note on the dossier. */
        NOTE,
        /** Told as a note that asks for attention. */
        ALERT
    }

    /** Who may make it. A supervisor may make whatever a worker may. */
    public enum Maker {
        WORKER,
        SUPERVISOR,
        AGENCY,
        CARRIER,
        SYSTEM
    }

    private record Facts(Phase phase, Text text, PortalEffect portalEffect, Set<Maker> makers) {}

    private static final Table TABLE = Table.read("handling-codes.csv");
    private static final Map<HandlingCode, Facts> FACTS = new EnumMap<>(HandlingCode.class);

    static {
        for (HandlingCode code : values()) {
            FACTS.put(code, code == UNKNOWN ? unknown() : read(code.name()));
        }
    }

    private static Facts read(String code) {
        Set<Maker> makers = EnumSet.noneOf(Maker.class);
        for (String maker : TABLE.words(code, "made_by")) {
            makers.add(Maker.valueOf(maker));
        }
        return new Facts(
                Phase.valueOf(TABLE.cell(code, "phase")),
                TABLE.text(code),
                PortalEffect.valueOf(TABLE.cell(code, "portal_effect")),
                makers);
    }

    private static Facts unknown() {
        return new Facts(
                Phase.EXCEPTION,
                new Text("Thao tác chưa rõ", "Not understood yet"),
                PortalEffect.NONE,
                EnumSet.of(Maker.CARRIER));
    }

    /** The code of that name; empty when it is none of the 34. */
    public static Optional<HandlingCode> of(String name) {
        return TABLE.codes().contains(name) ? Optional.of(valueOf(name)) : Optional.empty();
    }

    public Phase phase() {
        return facts().phase;
    }

    public Text text() {
        return facts().text;
    }

    public PortalEffect portalEffect() {
        return facts().portalEffect;
    }

    public boolean madeBy(Maker maker) {
        Set<Maker> makers = facts().makers;
        return makers.contains(maker) || (maker == Maker.SUPERVISOR && makers.contains(Maker.WORKER));
    }

    /** Nobody could report this who does not have the item. */
    public boolean provesPossession() {
        return switch (this) {
            case PICKUP_REQUESTED,
                    PICKUP_ACCEPTED,
                    PICKUP_FAILED,
                    PICKUP_PARTIAL,
                    RESULT_READY,
                    MANIFESTED,
                    DISPATCH_SHORT,
                    RECALLED,
                    ADDRESS_CHANGED,
                    REDELIVERY_REQUESTED,
                    CANCELLED,
                    LOST,
                    RETURN_APPROVED,
                    FEE_COLLECTED,
                    FEE_REMITTED,
                    CASH_DISCREPANCY,
                    VOIDED,
                    UNKNOWN -> false;
            default -> true;
        };
    }

    private Facts facts() {
        return Objects.requireNonNull(FACTS.get(this));
    }

    /** Ends the leg it belongs on: left again only by a VOIDED with a supervisor's name. */
    public boolean terminal() {
        return switch (this) {
            case DELIVERED, HANDED_TO_AGENCY, RETURNED_TO_AGENCY, CANCELLED, LOST -> true;
            default -> false;
        };
    }
}
