package vn.bocau.code;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with the settings, so that it is told together and mended in one go. */
public final class Flaws {

    private final Set<Misconfigured.Flaw> found = new LinkedHashSet<>();

    /**
     * Makes a check, and keeps what it finds wrong.
     *
     * @return whether nothing was
     */
    public boolean none(Runnable check) {
        try {
            check.run();
            return true;
        } catch (Misconfigured wrong) {
            found.addAll(wrong.flaws());
            return false;
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws Misconfigured with all that was found wrong, if anything was */
    public void tell() {
        if (!isEmpty()) {
            throw new Misconfigured(List.copyOf(found));
        }
    }
}
