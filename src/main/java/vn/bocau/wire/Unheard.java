package vn.bocau.wire;

import java.time.Instant;
import java.util.List;
import vn.bocau.code.Text;

/** Whoever fetches by itself what partners have for us tells here where that fails, so that the operators see it. */
public interface Unheard {

    /** @param reason names no person */
    record Silent(String partner, Instant since, Text reason) {}

    /** Of each partner the oldest. */
    List<Silent> silent();
}
