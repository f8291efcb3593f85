package vn.bocau.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One picture of everything we look up, immutable. Take it once per piece of work, so that it cannot change midway. */
public interface Directory {

    Optional<Province> province(String code, LocalDate on);

    /** All provinces and centrally run cities of that day, sorted by code. */
    List<Province> provinces(LocalDate on);

    /** What a commune code meant on that day. */
    Optional<Commune> commune(String code, LocalDate on);

    /**
     * What became of a commune that has ended.
     *
     * @param on a day on which the code had the old meaning
     * @return the communes its area belongs to now; several when it was divided, empty when it has not ended
     */
    List<Commune> successors(String code, LocalDate on);

    /**
     * The commune a partner means by a code, for a letter that travels on that day.
     *
     * @param name what the partner calls it, with or without its kind; null when it does not say
     * @param field where the code stood, for the error
     * @throws vn.bocau.code.Refused RULE {@code commune-unknown}; {@code commune-ended} when it was one, saying what it
     *     became; {@code commune-code-reused} when the name is that of the commune that had this code before
     */
    Commune resolve(String code, @Nullable String name, LocalDate on, String field);

    /** What an address names, as people write it, by the communes of this picture. */
    AddressGuard addresses();

    /** All communes of a province on that day, sorted by code. */
    List<Commune> communes(String province, LocalDate on);

    /** Whether those of a week work on a day: as the week is, unless it is a holiday, or worked in place of one. */
    boolean isWorked(WorkWeek week, LocalDate day);

    /**
     * The last day whose holidays are known, to the post and to agencies: the end of the last year, without a gap, that has as many
     * as a year has. Empty without any.
     */
    Optional<LocalDate> holidaysKnownUntil();

    Optional<Agency> agency(String id);

    List<Agency> agencies();

    Optional<PostOffice> office(String code);

    /** The office that fetches and delivers in a commune. */
    Optional<PostOffice> officeServing(String commune);

    /** The office an old four-digit VNPost district code stands for. */
    Optional<PostOffice> officeOfDistrict(int vnpostDistrict);

    List<PostOffice> offices();

    Optional<Procedure> procedure(String code);

    List<Procedure> procedures();

    /**
     * Phí and lệ phí together, in đồng: what this procedure costs when filed so on that day.
     *
     * @throws vn.bocau.code.Refused RULE {@code fee-not-set} when nobody has set one: it is not 0 then, it is unknown
     */
    long fee(String procedure, Channel channel, LocalDate filedOn);

    /** Whom COD may be taken for. */
    Optional<Payee> payee(String id);

    List<Payee> payees();

    Optional<Partner> partner(String id);

    /** The partner that calls itself so when it speaks to us. */
    Optional<Partner> partnerByClientId(String clientId);

    List<Partner> partners();

    /**
     * What was read together with this picture.
     *
     * @throws java.util.NoSuchElementException when nobody read such a thing
     */
    <T> T companion(Class<T> type);

    /** The ranges of item identifiers the carriers gave us. */
    List<ItemPool> pools();
}
