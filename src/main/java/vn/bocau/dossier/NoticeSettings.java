package vn.bocau.dossier;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;
import vn.bocau.dossier.rules.Rules;

/**
 * Properties {@code bocau.notices.*}. {@code look} is read by the scheduler in {@code routes/71}; a wrong one is refused here.
 *
 * @param look how often it is looked for notices that are due
 * @param from local time from which on citizens are told
 * @param until local time from which on they are not
 * @param eve local time at which they are told of the next day
 */
@ConfigurationProperties("bocau.notices")
record NoticeSettings(
        Duration look,
        @DefaultValue("07:00") LocalTime from,
        @DefaultValue("21:00") LocalTime until,
        @DefaultValue("17:00") LocalTime eve) {

    NoticeSettings {
        Bounds.check("BOCAU_NOTICES_LOOK", look, Duration.ofMillis(100), Duration.ofDays(1));
        Bounds.check("BOCAU_NOTICES_UNTIL", until, LocalTime.of(12, 0), LocalTime.of(23, 0));
        Bounds.check("BOCAU_NOTICES_FROM", from, LocalTime.of(5, 0), LocalTime.of(11, 59));
        Bounds.check("BOCAU_NOTICES_EVE", eve, LocalTime.of(12, 0), LocalTime.of(20, 0));
        if (!eve.isBefore(until)) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_NOTICES_EVE là " + eve + ", phải trước BOCAU_NOTICES_UNTIL (" + until
                                    + "): nếu không, tin về ngày mai đến vào sáng chính ngày đó.",
                            "BOCAU_NOTICES_EVE is " + eve + ", must be before BOCAU_NOTICES_UNTIL (" + until
                                    + "): else citizens are told of the next day on its own morning."),
                    new Text(
                            "sửa một trong hai biến, hoặc bỏ chúng đi.", "correct one of the two, or leave them out."));
        }
    }

    /** When the next telephone may ring, while none may. */
    Instant morning(Instant now) {
        ZonedDateTime here = now.atZone(Rules.ZONE);
        ZonedDateTime today = here.with(from);
        return (here.isBefore(today) ? today : today.plusDays(1)).toInstant();
    }

    /** Nobody's telephone rings now. */
    boolean quiet(Instant now) {
        LocalTime time = now.atZone(Rules.ZONE).toLocalTime();
        return time.isBefore(from) || !time.isBefore(until);
    }
}
