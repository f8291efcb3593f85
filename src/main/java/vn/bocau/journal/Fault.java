package vn.bocau.journal;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/**
 * Why a message is parked, for the person who looks at it, in both languages.
 *
 * @param code stable: the refusal's own, or {@code ours}
 */
public record Fault(String code, Text reason, Text remedy) {

    private static final Logger LOG = LoggerFactory.getLogger(Fault.class);
    private static final String OURS = "ours";
    private static final int FRAMES = 25;
    private static final Text USUAL_REMEDY = new Text(
            "Sửa nguyên nhân (hồ sơ, bản dịch, cấu hình đối tác) rồi thử lại, hoặc bỏ và ghi lý do.",
            "Mend the cause (dossier, mapping, the partner's settings) and retry, or discard with a reason.");

    /** Sorts what went wrong; a bug of ours is written to the log here, loudly and with a number. */
    public static Fault of(Throwable failure) {
        Optional<Refused> refused = Outages.find(Refused.class, failure);
        return refused.map(Fault::refused).orElseGet(() -> ours(failure));
    }

    static Fault refused(Refused refused) {
        return new Fault(refused.code(), said(refused), refused.remedy().orElse(USUAL_REMEDY));
    }

    /** The partner answers others, and not this one: it may be the message. */
    static Fault noAnswer(int attempts, Text reason) {
        return new Fault(
                "no-answer",
                new Text(
                        "Đối tác vẫn trả lời các thông điệp khác nhưng không trả lời thông điệp này sau " + attempts
                                + " lần: " + reason.vi(),
                        "The partner answers other messages, but not this one after " + attempts + " attempts: "
                                + reason.en()),
                new Text(
                        "Hỏi đối tác vì sao, rồi thử lại hoặc bỏ và ghi lý do.",
                        "Ask the partner why, then retry, or discard with a reason."));
    }

    /**
     * Says in one line that a message waits for a person. Only the code and the remedy: a reason may quote other people.
     *
     * @param way such as {@code to dvcqg}
     */
    void logParked(UUID id, String kind, String way) {
        LOG.warn("parked {} {} {}: {}. {}", kind, id, way, code, remedy.en());
    }

    boolean isOurs() {
        return code.equals(OURS);
    }

    private static Text said(Refused refused) {
        return new Text(words(refused, true), words(refused, false));
    }

    private static String words(Refused refused, boolean vietnamese) {
        return refused.flaws().stream()
                .map(f -> (f.field().isEmpty() ? "" : f.field() + ": ")
                        + (vietnamese ? f.wrong().vi() : f.wrong().en()))
                .collect(Collectors.joining(" "));
    }

    private static Fault ours(Throwable bug) {
        UUID incident = UUID.randomUUID();
        LOG.error("incident {}: {}", incident, trace(bug));
        return new Fault(
                OURS,
                new Text("Lỗi của hệ thống, mã sự cố " + incident + ".", "A bug of ours, incident " + incident + "."),
                new Text(
                        "Báo mã sự cố cho người phát triển; sau khi sửa thì thử lại.",
                        "Report the incident to the developers; retry once it is mended."));
    }

    /** Where it failed. Words of other people's exceptions are left out: they quote values, which may be names. */
    private static String trace(Throwable bug) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Throwable e = bug; e != null; e = e.getCause()) {
            text.append(text.isEmpty() ? "" : "\ncaused by ")
                    .append(e.getClass().getName());
            StackTraceElement[] frames = e.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
                text.append("\n    at ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
