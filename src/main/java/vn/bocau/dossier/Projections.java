package vn.bocau.dossier;

import org.springframework.stereotype.Component;

/** What is derived from handlings and decisions, and can be thrown away. */
@Component("projections")
public class Projections {

    /**
     * Derives all of it again.
     *
     * @return how many legs and dossiers came out different from what was kept; anything but 0 is our bug
     */
    public int rebuild() {
        throw new UnsupportedOperationException();
    }
}
