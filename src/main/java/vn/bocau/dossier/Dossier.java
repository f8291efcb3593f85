package vn.bocau.dossier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
        return with(
                agency, paidOnline, payment, Status.RECEIVED, appointment, at, decidedAt, List.of(), true, at, null);
    }

    Dossier refused(Instant at) {
        return said(Status.REFUSED, null, List.of(), false, at);
    }

    /** What was asked for before and has not come is still missing. */
    Dossier toSupplement(List<Paper> papers, Instant at) {
        return said(Status.TO_SUPPLEMENT, appointment, Paper.and(supplement, papers), false, at);
    }

    Dossier decided(Instant at) {
        return with(
                        agency,
                        paidOnline,
                        payment,
                        Status.DECIDED,
                        appointment,
                        receivedAt,
                        decidedAt == null ? at : decidedAt,
                        List.of(),
                        right,
                        saidAt,
                        null)
                .after(status < Status.DECIDED ? new Before(status, supplement, decideBy) : before);
    }

    /** It was not, after all; where nobody knows how it stood before, it stays as it is. */
    Dossier undecided() {
        return status != Status.DECIDED || before == null
                ? this
                : with(
                                agency,
                                paidOnline,
                                payment,
                                before.status(),
                                appointment,
                                receivedAt,
                                null,
                                before.supplement(),
                                right,
                                saidAt,
                                before.decideBy())
                        .after(null);
    }

    private Dossier after(@Nullable Before before) {
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

    Dossier at(int status) {
        return said(status, appointment, supplement, right, saidAt);
    }

    /** @param decideBy until when the agency has to say what becomes of it; null when it need not on this account */
    Dossier owing(@Nullable Instant decideBy) {
        return with(
                agency,
                paidOnline,
                payment,
                status,
                appointment,
                receivedAt,
                decidedAt,
                supplement,
                right,
                saidAt,
                decideBy);
    }

    /** @param decideBy null when the agency need not say anything on this account */
    Dossier movedTo(String agency, Instant at, @Nullable Instant decideBy) {
        return with(
                agency,
                paidOnline,
                payment,
                status,
                appointment,
                receivedAt,
                decidedAt,
                supplement,
                right,
                at,
                decideBy);
    }

    /** Its fee was paid on the portal. */
    Dossier paid(@Nullable Payment said) {
        return with(
                agency,
                true,
                said == null ? payment : said,
                status,
                appointment,
                receivedAt,
                decidedAt,
                supplement,
                right,
                saidAt,
                decideBy);
    }

    /** It was not, after all. */
    Dossier unpaid() {
        return with(
                agency, false, null, status, appointment, receivedAt, decidedAt, supplement, right, saidAt, decideBy);
    }

    private Dossier said(
            int status,
            @Nullable LocalDate appointment,
            List<Paper> supplement,
            @Nullable Boolean right,
            @Nullable Instant saidAt) {
        return with(
                agency,
                paidOnline,
                payment,
                status,
                appointment,
                receivedAt,
                decidedAt,
                supplement,
                right,
                saidAt,
                null);
    }

    private Dossier with(
            String agency,
            boolean paidOnline,
            @Nullable Payment payment,
            int status,
            @Nullable LocalDate appointment,
            @Nullable Instant receivedAt,
            @Nullable Instant decidedAt,
            List<Paper> supplement,
            @Nullable Boolean right,
            @Nullable Instant saidAt,
            @Nullable Instant decideBy) {
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

    /** What a portal says of a dossier that a one-stop spoke of before, or says again: it knows better than we did. */
    Dossier announced(Dossier said, List<Code> codes) {
        return new Dossier(
                id,
                codes,
                said.procedure,
                null,
                level == null ? said.level : level,
                said.channel,
                said.filedOn,
                agency,
                said.portal,
                said.portalRef == null ? portalRef : said.portalRef,
                paidOnline || said.paidOnline,
                payment == null ? said.payment : payment,
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
