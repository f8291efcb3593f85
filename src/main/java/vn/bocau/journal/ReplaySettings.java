package vn.bocau.journal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * How far back messages can be replayed, and how long a repeat is known as one: properties {@code bocau.replay.*}. Whatever
 * can be replayed has to be known for longer, or it would be done twice.
 *
 * @param keep how long the ids of messages are kept. Nothing of ours deletes them; whoever cleans the database up may not
 *     delete younger ones
 * @param furthest how long ago a replay may begin
 * @param retention how long the broker keeps what has passed through it; 0 when it keeps nothing
 */
@ConfigurationProperties("bocau.replay")
public record ReplaySettings(
        @DefaultValue("3650d") Duration keep,
        @DefaultValue("30d") Duration furthest,
        @DefaultValue("0s") Duration retention) {

    /** So much earlier and later than it is asked for, a broker is asked for what it has kept. */
    public static final Duration AROUND = Duration.ofDays(1);

    private static final Duration LONGEST = Duration.ofDays(36_500);

    public ReplaySettings {
        Bounds.check("BOCAU_REPLAY_KEEP", keep, Duration.ofDays(1), LONGEST);
        Bounds.check("BOCAU_REPLAY_FURTHEST", furthest, Duration.ofMinutes(1), LONGEST);
        Bounds.check("BOCAU_REPLAY_RETENTION", retention, Duration.ZERO, LONGEST);
        longEnough(keep, "BOCAU_REPLAY_FURTHEST", furthest, "có thể phát lại từ", "a replay may begin");
        longEnough(
                keep, "BOCAU_REPLAY_RETENTION", retention, "broker giữ để phát lại", "the broker keeps for a replay");
    }

    private static void longEnough(Duration keep, String variable, Duration replayed, String vi, String en) {
        if (keep.compareTo(replayed.plus(AROUND)) <= 0) {
            throw new Misconfigured(
                    new Text(
                            "Mã thông điệp chỉ được giữ " + written(keep) + " (BOCAU_REPLAY_KEEP), mà " + vi + " "
                                    + written(replayed) + " (" + variable + ") và thêm " + written(AROUND)
                                    + ": phát lại sẽ làm hai lần.",
                            "The ids of messages are kept for " + written(keep) + " (BOCAU_REPLAY_KEEP) only, and " + en
                                    + " " + written(replayed) + " (" + variable + ") and " + written(AROUND)
                                    + " more: it would be done twice."),
                    new Text(
                            "tăng BOCAU_REPLAY_KEEP và giữ bảng message lâu như thế, hoặc giảm " + variable + ".",
                            "raise BOCAU_REPLAY_KEEP and keep table message for as long, or lower " + variable + "."));
        }
    }

    private static String written(Duration time) {
        return Bounds.written(time);
    }
}
