package vn.bocau.dossier;

import org.springframework.stereotype.Component;

/** Lets holds expire: what waited its full time at the counter goes back, a pickup nobody asked for again is cancelled. */
@Component("holds")
public class Holds {

    /** @return how many legs it moved */
    public int expire() {
        throw new UnsupportedOperationException();
    }
}
