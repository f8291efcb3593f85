package vn.bocau.dossier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.Channel;

/**
 * A citizen's file at an agency, as far as the post is concerned.
 *
 * @param codes at least one; the first was there first
 * @param procedure its code; null when a one-stop named it in words alone
 * @param procedureName as the one-stop wrote it; null when the directory knows the procedure
 * @param level 1 to 4; null when only a one-stop has spoken of it
 * @param agency who decides
 * @param portal the partner that shows it to the citizen; null when none does
 * @param portalRef the portal's own technical id
 * @param payment what the portal says was paid; null when it only said that it was, or was not
 * @param status TrangThaiHoSo 1 to 10: as last said by the agency; 9 to 10 by the post when the evidence is complete
 * @param receivedAt when the agency took it in; null until it has
 * @param decidedAt when its result was there first; null until it was
 * @param right what the agency said of the papers; null until it has
 * @param saidAt when the agency last said what becomes of the papers it has: received, refused, to be supplemented, sent on;
 *     null until it has
 * @param decideBy until when the agency it was sent on to in no envelope has to say what becomes of it, as long as no papers
 *     that are to come ask for that; null when it has, and while nothing like that is owed
 * @param before how it stood when it was decided; null until it was
 */
record Dossier(
        UUID id,
        List<Code> codes,
        @Nullable String procedure,
        @Nullable String procedureName,
        @Nullable Integer level,
        Channel channel,
        LocalDate filedOn,
        String agency,
        @Nullable String portal,
        @Nullable String portalRef,
        boolean paidOnline,
        @Nullable Payment payment,
        int status,
        @Nullable LocalDate appointment,
        @Nullable Instant receivedAt,
        @Nullable Instant decidedAt,
        List<Paper> supplement,
        @Nullable Boolean right,
        @Nullable Instant saidAt,
        @Nullable Instant decideBy,
        @Nullable Before before) {

    /** TrangThaiHoSo as the national portal numbers them (OpenCPS's
     * {@code DVCQGIntegrationActionTerm} has them). */
    static final class Status {
        static final int FILED = 1;
        static final int RECEIVED = 2;
        static final int REFUSED = 3;
        static final int TO_SUPPLEMENT = 5;
        static final int DECIDED = 9;
        static final int RETURNED = 10;

        private Status() {}
    }

    /** @param system the partner that uses the code */
    record Code(String system, String code) {}

    /**
     * How it stood before it was decided, which holds again should that have been said by mistake.
     *
     * @param decideBy as of the dossier
     */
    record Before(
            int status, List<Paper> supplement, @Nullable Instant decideBy) {}

    /** The code this partner uses, or the first one. */
    String codeFor(String partner) {
        return codes.stream()
                .filter(c -> c.system().equals(partner))
                .findFirst()
                .orElse(codes.get(0))
                .code();
    }

    /**
     * The agency has not said what becomes of the papers that came at that moment. Of those that follow what it has taken in
     * already, it owes no second word; another agency's it does, and so it does of those of a dossier it had refused.
     */
    boolean isUndecidedSince(Instant came, boolean ofAnotherAgency) {
        boolean waits = status == Status.FILED
                || status == Status.TO_SUPPLEMENT
                || status == Status.REFUSED
                || ofAnotherAgency && status < Status.DECIDED;
        // Of what only a one-stop has ordered, the agency tells its own portal and not us.
        return level != null && waits && (saidAt == null || saidAt.isBefore(came));
    }

    /** The agency has said something of it since. */
    boolean saidAfter(Instant at) {
        return saidAt != null && saidAt.isAfter(at);
    }

    /** How it stands, to be told from how somebody saw it before. */
    String standing() {
        return saidAt == null ? Integer.toString(status) : status + " " + saidAt;
    }

    /**
     * Its result may be there, as far as we have heard: the agency has promised a day, itself, and asks for nothing more. Of
     * what only a one-stop has ordered we hear nothing before.
     */
    boolean mayBeDecided() {
        return status >= Status.DECIDED
                || level == null
                || appointment != null && status != Status.TO_SUPPLEMENT && !isUnanswered();
    }

    /** Whoever promised the day has sent it on since; the agency that decides it now has said nothing. */
    boolean isUnanswered() {
        return status == Status.RECEIVED && (decideBy != null || !Objects.equals(saidAt, receivedAt));
    }

    Dossier received(LocalDate appointment, Instant at) {
        return with(now -> {
            now.status = Status.RECEIVED;
            now.appointment = appointment;
            now.receivedAt = at;
            now.supplement = List.of();
            now.right = true;
            now.saidAt = at;
            now.decideBy = null;
        });
    }

    Dossier refused(Instant at) {
        return with(now -> {
            now.status = Status.REFUSED;
            now.appointment = null;
            now.supplement = List.of();
            now.right = false;
            now.saidAt = at;
            now.decideBy = null;
        });
    }

    /** What was asked for before and has not come is still missing. */
    Dossier toSupplement(List<Paper> papers, Instant at) {
        return with(now -> {
            now.status = Status.TO_SUPPLEMENT;
            now.supplement = Paper.and(supplement, papers);
            now.right = false;
            now.saidAt = at;
            now.decideBy = null;
        });
    }

    Dossier decided(Instant at) {
        return with(now -> {
            now.status = Status.DECIDED;
            now.decidedAt = decidedAt == null ? at : decidedAt;
            now.supplement = List.of();
            now.decideBy = null;
            now.before = status < Status.DECIDED ? new Before(status, supplement, decideBy) : before;
        });
    }

    /** It was not, after all; where nobody knows how it stood before, it stays as it is. */
    Dossier undecided() {
        Before then = before;
        return status != Status.DECIDED || then == null
                ? this
                : with(now -> {
                    now.status = then.status();
                    now.decidedAt = null;
                    now.supplement = then.supplement();
                    now.decideBy = then.decideBy();
                    now.before = null;
                });
    }

    Dossier at(int status) {
        return with(now -> {
            now.status = status;
            now.decideBy = null;
        });
    }

    /** @param decideBy until when the agency has to say what becomes of it; null when it need not on this account */
    Dossier owing(@Nullable Instant decideBy) {
        return with(now -> now.decideBy = decideBy);
    }

    /** @param decideBy null when the agency need not say anything on this account */
    Dossier movedTo(String agency, Instant at, @Nullable Instant decideBy) {
        return with(now -> {
            now.agency = agency;
            now.saidAt = at;
            now.decideBy = decideBy;
        });
    }

    /** Its fee was paid on the portal. */
    Dossier paid(@Nullable Payment said) {
        return with(now -> {
            now.paidOnline = true;
            now.payment = said == null ? payment : said;
        });
    }

    /** It was not, after all. */
    Dossier unpaid() {
        return with(now -> {
            now.paidOnline = false;
            now.payment = null;
        });
    }

    /** What a portal says of a dossier that a one-stop spoke of before, or says again: it knows better than we did. */
    Dossier announced(Dossier said, List<Code> codes) {
        return with(now -> {
            now.codes = codes;
            now.procedure = said.procedure;
            now.procedureName = null;
            now.level = level == null ? said.level : level;
            now.channel = said.channel;
            now.filedOn = said.filedOn;
            now.portal = said.portal;
            now.portalRef = said.portalRef == null ? portalRef : said.portalRef;
            now.paidOnline = paidOnline || said.paidOnline;
            now.payment = payment == null ? said.payment : payment;
        });
    }

    private Dossier with(Consumer<Copy> otherwise) {
        var copy = new Copy(this);
        otherwise.accept(copy);
        return copy.dossier();
    }

    /** Of which some is otherwise. */
    private static final class Copy {
        private final UUID id;
        private List<Code> codes;
        private @Nullable String procedure;
        private @Nullable String procedureName;
        private @Nullable Integer level;
        private Channel channel;
        private LocalDate filedOn;
        private String agency;
        private @Nullable String portal;
        private @Nullable String portalRef;
        private boolean paidOnline;
        private @Nullable Payment payment;
        private int status;
        private @Nullable LocalDate appointment;
        private @Nullable Instant receivedAt;
        private @Nullable Instant decidedAt;
        private List<Paper> supplement;
        private @Nullable Boolean right;
        private @Nullable Instant saidAt;
        private @Nullable Instant decideBy;
        private @Nullable Before before;

        Copy(Dossier of) {
            id = of.id;
            codes = of.codes;
            procedure = of.procedure;
            procedureName = of.procedureName;
            level = of.level;
            channel = of.channel;
            filedOn = of.filedOn;
            agency = of.agency;
            portal = of.portal;
            portalRef = of.portalRef;
            paidOnline = of.paidOnline;
            payment = of.payment;
            status = of.status;
            appointment = of.appointment;
            receivedAt = of.receivedAt;
            decidedAt = of.decidedAt;
            supplement = of.supplement;
            right = of.right;
            saidAt = of.saidAt;
            decideBy = of.decideBy;
            before = of.before;
        }

        Dossier dossier() {
            return new Dossier(
                    id,
                    codes,
                    procedure,
                    procedureName,
                    level,
                    channel,
                    filedOn,
                    agency,
                    portal,
                    portalRef,
                    paidOnline,
                    payment,
                    status,
                    appointment,
                    receivedAt,
                    decidedAt,
                    supplement,
                    right,
                    saidAt,
                    decideBy,
                    before);
        }
    }
}
