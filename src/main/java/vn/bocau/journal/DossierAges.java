package vn.bocau.journal;

import org.jspecify.annotations.Nullable;

/** Knows how old what a message group stands for is; the journal itself does not know what that is. */
public interface DossierAges {

    /**
     * @param groups message groups
     * @return age of the oldest, in seconds; null when none is known
     */
    @Nullable
    Double oldest(String[] groups);
}
