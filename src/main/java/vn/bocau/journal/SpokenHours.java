package vn.bocau.journal;

import java.util.Optional;
import vn.bocau.code.DailyHours;

/** Knows at which hours a partner is told anything; the journal itself knows it of a line only once it rests. */
public interface SpokenHours {

    /** @return empty when it is told at any hour, as far as is known here */
    Optional<DailyHours> of(String partner);
}
