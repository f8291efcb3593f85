package vn.bocau.dossier;

import java.time.LocalDate;
import java.util.UUID;

/** Where a citizen looks, as it stands in a message to the own telephone. */
public interface CitizenLinks {

    /**
     * An address that shows its dossier to whoever opens it, and that whoever does has the telephone.
     *
     * @param day on which it is sent: it does not show the telephone for ever
     */
    String sentTo(UUID dossier, String telephone, LocalDate day);

    /**
     * An address that shows its dossier, and for a while what the papers are called that its message is about; not that
     * whoever opens it has the telephone.
     *
     * @param day on which it is sent
     */
    String toRead(UUID dossier, String telephone, LocalDate day);

    /** An address that shows its dossier and nothing else: people pass on what they are told. */
    String toLookAt(UUID dossier, String telephone);
}
