package vn.bocau.journal;

import java.util.Optional;

/** Knows which dossier a message names that nobody has accepted; the journal itself does not know what that is. */
public interface DossierNames {

    /**
     * @param group the dossier's id
     * @param subject the code operators search it by
     */
    record Named(String group, String subject) {}

    /** None when it names several, or none that is known. */
    Optional<Named> in(Inbound message);
}
