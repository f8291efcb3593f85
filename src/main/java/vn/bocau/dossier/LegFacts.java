package vn.bocau.dossier;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.Agency;
import vn.bocau.dossier.rules.LegKind;
import vn.bocau.dossier.rules.LegTerms;

/**
 * What was agreed about a leg.
 *
 * @param no counts up within the dossier
 * @param item identifier of the sealed envelope; null until there is one
 * @param carrier {@link LegTerms#OWN}, or the partner who carries it
 * @param fromOffice post office where the item starts
 * @param toOffice post office where it ends
 * @param agency who sends it, or gets it
 * @param toAgency TRANSFER: who gets it
 * @param asked what whoever wanted it asked to be taken at the door; what is due follows from it ({@link Dues#of})
 * @param requestedBy the partner that asked for it
 * @param order what the one-stop that ordered it calls it; null when none did
 * @param returns RETURN: the leg whose item comes back
 */
record LegFacts(
        UUID id,
        int no,
        LegKind kind,
        @Nullable String item,
        String carrier,
        String fromOffice,
        String toOffice,
        String agency,
        @Nullable String toAgency,
        Party sender,
        Party receiver,
        List<Paper> papers,
        Dues asked,
        boolean identityCheck,
        String requestedBy,
        @Nullable Order order,
        @Nullable UUID returns,
        Instant openedAt) {

    /**
     * An order of a one-stop system.
     *
     * @param by its partner id
     * @param digest SHA-256, as hex, of the citizen's name, telephone and address as they were ordered, and of everything
     *     else, with dots between: tells a repeat from a change, and what changed
     */
    record Order(String by, String number, String digest) {

        private static final List<String> PARTS = List.of("name", "phone", "address");

        /** What another order says otherwise of the citizen: {@code name}, {@code phone}, {@code address}. */
        List<String> citizenOtherwise(Order other) {
            String[] here = digest.split("\\.");
            String[] there = other.digest.split("\\.");
            return PARTS.stream()
                    .filter(part -> !here[PARTS.indexOf(part)].equals(there[PARTS.indexOf(part)]))
                    .toList();
        }
    }

    boolean ownCarrier() {
        return carrier.equals(LegTerms.OWN);
    }

    /** The citizen's end. */
    Party citizen() {
        return kind.inbound() ? sender : receiver;
    }

    LegFacts withItem(@Nullable String drawn) {
        return with(agency, drawn, carrier, fromOffice, toOffice, sender, receiver, papers, asked, order);
    }

    LegFacts withOrder(Order placed) {
        return with(agency, item, carrier, fromOffice, toOffice, sender, receiver, papers, asked, placed);
    }

    LegFacts asking(Dues wanted) {
        return with(agency, item, carrier, fromOffice, toOffice, sender, receiver, papers, wanted, order);
    }

    LegFacts withPapers(List<Paper> wanted) {
        return with(agency, item, carrier, fromOffice, toOffice, sender, receiver, wanted, asked, order);
    }

    /** The citizen's end elsewhere: another door, served by another office, perhaps of another carrier. */
    LegFacts citizenAt(Party party, String office, String carrier) {
        return kind.inbound()
                ? with(agency, item, carrier, office, toOffice, party, receiver, papers, asked, order)
                : with(agency, item, carrier, fromOffice, office, sender, party, papers, asked, order);
    }

    /** The agency's end elsewhere. */
    LegFacts agencyAt(Agency to) {
        return kind.inbound()
                ? with(to.id(), item, carrier, fromOffice, to.office(), sender, Party.of(to), papers, asked, order)
                : with(to.id(), item, carrier, to.office(), toOffice, Party.of(to), receiver, papers, asked, order);
    }

    private LegFacts with(
            String agency,
            @Nullable String item,
            String carrier,
            String fromOffice,
            String toOffice,
            Party sender,
            Party receiver,
            List<Paper> papers,
            Dues asked,
            @Nullable Order order) {
        return new LegFacts(
                id,
                no,
                kind,
                item,
                carrier,
                fromOffice,
                toOffice,
                agency,
                toAgency,
                sender,
                receiver,
                papers,
                asked,
                identityCheck,
                requestedBy,
                order,
                returns,
                openedAt);
    }
}
