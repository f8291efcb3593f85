package vn.bocau.journal;

import java.util.Optional;
import java.util.Set;

/** Knows which dossier somebody names, such as a message that nobody has accepted; the journal itself does not know what that is. */
public interface DossierNames {

    /**
     * @param group the dossier's id
     * @param subject the code operators search it by
     */
    record Named(String group, String subject) {}

    /** None when it names several, or none that is known. */
    Optional<Named> in(Inbound message);

    /** Which of these words are a dossier's code, an item's or an order's number that is known, in small letters too. */
    Set<String> known(Set<String> words);

    /** The ids of the dossiers of which something was ordered under this number, by whomever. */
    Set<String> ordered(String number);
}
