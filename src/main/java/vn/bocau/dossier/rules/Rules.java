package vn.bocau.dossier.rules;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;
import vn.bocau.code.Text;

/**
 * The numbers behind the rules: properties {@code bocau.rules.*}. No law fixes attempts and hold period; practice
 * differs by contract.
 *
 * @param attempts failed attempts after which a result goes back
 * @param hold how long an item waits at the counter, and a failed pickup for the citizen's word
 * @param accept how soon a post office confirms a pickup
 * @param carryDays working days from office to office
 * @param decideDays working days for a result of which the agency named no day
 * @param reissueDays working days to make good for an item that was lost or damaged
 * @param dayEnds local time at which a working day is over
 */
@ConfigurationProperties("bocau.rules")
public record Rules(
        @DefaultValue("2") int attempts,
        @DefaultValue("10d") Duration hold,
        @DefaultValue("4h") Duration accept,
        @DefaultValue("2") int carryDays,
        @DefaultValue("15") int decideDays,
        @DefaultValue("5") int reissueDays,
        @DefaultValue("17:00") LocalTime dayEnds) {

    private static final int MOST_WORKING_DAYS = 365;

    public Rules {
        Bounds.check("BOCAU_RULES_ATTEMPTS", attempts, 1, 20);
        Bounds.check("BOCAU_RULES_HOLD", hold, Duration.ofMinutes(1), Duration.ofDays(365));
        Bounds.check("BOCAU_RULES_ACCEPT", accept, Duration.ofMinutes(1), Duration.ofDays(365));
        Bounds.check("BOCAU_RULES_CARRYDAYS", carryDays, 1, MOST_WORKING_DAYS);
        Bounds.check("BOCAU_RULES_DECIDEDAYS", decideDays, 1, MOST_WORKING_DAYS);
        Bounds.check("BOCAU_RULES_REISSUEDAYS", reissueDays, 1, MOST_WORKING_DAYS);
        Bounds.check("BOCAU_RULES_DAYENDS", dayEnds, LocalTime.of(12, 0), LocalTime.of(23, 0));
    }

    /** Vietnam keeps one time all year. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    public static final Rules DEFAULT =
            new Rules(2, Duration.ofDays(10), Duration.ofHours(4), 2, 15, 5, LocalTime.of(17, 0));

    /** A length of time by its largest whole unit. */
    static Text inWords(Duration length) {
        if (length.toDays() > 0) {
            return counted(length.toDays(), "ngày", "day");
        }
        return length.toHours() > 0
                ? counted(length.toHours(), "giờ", "hour")
                : counted(length.toMinutes(), "phút", "minute");
    }

    private static Text counted(long n, String vi, String en) {
        return new Text(n + " " + vi, n + " " + en + (n == 1 ? "" : "s"));
    }
}
