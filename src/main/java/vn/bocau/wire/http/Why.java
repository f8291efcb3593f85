package vn.bocau.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;
import vn.bocau.code.PersonalNumbers;
import vn.bocau.code.Refused;
import vn.bocau.journal.DossierNames;
import vn.bocau.wire.Json;

/**
 * Why an operator does what he does: every act asks for it, {@code {"reason"}}, and keeps it. No personal data: what is in the record
 * nobody can take out again, and many read it. A name cannot be told from other words; a number and an address of e-mail can.
 * A dossier's code, and an item's or an order's number, may look like one: those that are known here are taken.
 */
public final class Why {

    private static final int LONGEST = 500;

    /** What may stand before and after a code in a sentence. */
    private static final Pattern AROUND = Pattern.compile("^[(\\[\"'“‘]+|[)\\]\"'”’.,;:!?]+$");

    private static final Pattern SPACE = Pattern.compile("[\\s\\h]+");

    private Why() {}

    /** @throws Refused as {@link #said}; what {@link JsonBody} refuses */
    public static String given(byte @Nullable [] body) {
        JsonNode said =
                body == null || body.length == 0 ? null : JsonBody.parse(body).get("reason");
        return said(said == null ? null : said.textValue());
    }

    /**
     * @throws Refused MALFORMED {@code reason} when there is none, a novel, or one that cannot be kept; {@code reason-names} when it
     *     must not be
     */
    public static String said(@Nullable String given) {
        String reason = given == null ? "" : given.strip();
        if (reason.isEmpty() || reason.length() > LONGEST) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "reason",
                    "/reason",
                    "Hãy ghi lý do, từ 1 đến " + LONGEST + " ký tự, không có dữ liệu cá nhân.",
                    "Give a reason of 1 to " + LONGEST + " characters, without personal data.");
        }
        if (!Json.printable(reason)) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "reason",
                    "/reason",
                    "Lý do có ký tự điều khiển hoặc ký tự hỏng; hãy bỏ đi.",
                    "The reason holds control characters or broken ones; remove them.");
        }
        if (PersonalNumbers.mayBeIn(reason) && PersonalNumbers.mayBeIn(withoutOurs(reason))) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "reason-names",
                    "/reason",
                    "Lý do có số điện thoại, số giấy tờ hoặc địa chỉ thư điện tử: nó được giữ mãi và nhiều người đọc. Hãy ghi"
                            + " mã hồ sơ hoặc số bưu gửi thay vào; mã mà hệ thống chưa có thì chỉ ghi tám ký tự cuối.",
                    "The reason holds what may be a telephone or identity number, or an address of e-mail: it is kept for ever,"
                            + " and many read it. Name the dossier's code or the item's number instead; of one that is not known"
                            + " here the last eight characters alone.");
        }
        return reason;
    }

    private static String withoutOurs(String reason) {
        Set<String> perhaps = SPACE.splitAsStream(reason)
                .filter(PersonalNumbers::mayBeIn)
                .map(Why::bare)
                .collect(Collectors.toSet());
        Set<String> ours = names().map(names -> names.known(perhaps)).orElse(Set.of());
        return SPACE.splitAsStream(reason)
                .map(word -> ours.contains(bare(word)) ? "/" : word)
                .collect(Collectors.joining(" "));
    }

    private static String bare(String word) {
        return AROUND.matcher(word).replaceAll("");
    }

    /** Those of the hub that answers this request. */
    private static Optional<DossierNames> names() {
        return Optional.ofNullable(RequestContextHolder.getRequestAttributes())
                .map(ServletRequestAttributes.class::cast)
                .flatMap(here -> Optional.ofNullable(RequestContextUtils.findWebApplicationContext(here.getRequest())))
                .map(context -> context.getBean(DossierNames.class));
    }
}
