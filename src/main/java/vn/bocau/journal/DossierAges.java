package vn.bocau.journal;

import org.jspecify.annotations.Nullable;

/** Knows how old what a message group stands for is; the journal itself does not know what that is. */
public interface DossierAges {

    /**
     * @param group a message group that has the form of a dossier's id
     * @return age of the dossier, in seconds; null when none is known
     */
    @Nullable
    Double age(String group);
}
