package vn.bocau.journal;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessException;
import vn.bocau.code.OwnFault;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/**
 * Why a message is parked, for the person who looks at it, in both languages.
 *
 * @param code stable: the refusal's own, or what of ours is broken
 * @param isOurs whether a programmer, or who keeps our files, has to look
 */
public record Fault(String code, Text reason, Text remedy, boolean isOurs) {

    private static final Logger LOG = LoggerFactory.getLogger(Fault.class);

    /** A bug nobody knows yet. */
    private static final String OURS = "ours";

    /** Our database refuses what no check of ours had stopped. */
    private static final String DATABASE_REFUSES = "database-refuses";

    private static final int FRAMES = 25;
    private static final Text USUAL_REMEDY = new Text(
            "Sửa nguyên nhân (hồ sơ, bản dịch, cấu hình đối tác) rồi thử lại, hoặc bỏ và ghi lý do.",
            "Mend the cause (dossier, mapping, the partner's settings) and retry, or discard with a reason.");

    /** Of what somebody else has to mend. */
    public Fault(String code, Text reason, Text remedy) {
        this(code, reason, remedy, false);
    }

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
        Optional<OwnFault> known = Outages.find(OwnFault.class, bug);
        if (known.isPresent()) {
            return ours(
                    known.get().code(),
                    new Text(
                            "Tệp của hệ thống không dùng được ở đây ("
                                    + known.get().getMessage() + "), mã sự cố " + incident + ".",
                            "A file of ours does not serve here (" + known.get().getMessage() + "), incident "
                                    + incident + "."),
                    new Text(
                            "Sửa tệp ấy, nạp lại (directory/reload), rồi thử lại.",
                            "Mend that file, reload (directory/reload), then retry."));
        }
        return ours(
                Outages.find(NonTransientDataAccessException.class, bug).isPresent() ? DATABASE_REFUSES : OURS,
                new Text("Lỗi của hệ thống, mã sự cố " + incident + ".", "A bug of ours, incident " + incident + "."),
                new Text(
                        "Báo mã sự cố cho người phát triển; sau khi sửa thì thử lại.",
                        "Report the incident to the developers; retry once it is mended."));
    }

    private static Fault ours(String code, Text reason, Text remedy) {
        return new Fault(code, reason, remedy, true);
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
