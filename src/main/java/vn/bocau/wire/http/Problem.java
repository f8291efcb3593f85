package vn.bocau.wire.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/**
 * An error as told over HTTP (RFC 9457, {@code application/problem+json}): type, title, status, detail, instance, and
 * besides {@code code} for programs and {@code flaws}, each with field, vi and en. It never repeats what was sent.
 *
 * @param code stable, the last part of the type
 * @param flaws at least one
 * @param id names this occurrence, here and in our log
 */
public record Problem(int status, String code, List<Refused.Flaw> flaws, UUID id) {

    /** Attribute of a request: the code of the problem it was answered with. */
    public static final String CODE = Problem.class.getName() + ".CODE";

    private static final String TYPE = "urn:bocau:problem:";

    private static final Map<Integer, Text> TITLES = Map.ofEntries(
            Map.entry(400, new Text("Nội dung gửi đến chưa đúng", "What was sent is not right")),
            Map.entry(401, new Text("Cần đăng nhập", "Sign-in needed")),
            Map.entry(403, new Text("Không có quyền", "Not allowed")),
            Map.entry(404, new Text("Không tìm thấy", "Not found")),
            Map.entry(405, new Text("Không dùng phương thức này ở đây", "Method not for use here")),
            Map.entry(406, new Text("Không có dạng trả lời này", "No answer of that kind")),
            Map.entry(409, new Text("Trái với điều đã ghi nhận", "Contradicts what is recorded")),
            Map.entry(413, new Text("Nội dung quá lớn", "Too large")),
            Map.entry(415, new Text("Không đọc loại nội dung này", "Content of a kind not read here")),
            Map.entry(422, new Text("Không được phép theo quy tắc", "A rule says no")),
            Map.entry(429, new Text("Thử quá nhiều lần", "Too many attempts")),
            Map.entry(500, new Text("Lỗi của hệ thống", "Our mistake")),
            Map.entry(503, new Text("Tạm thời chưa phục vụ được", "Not available now")));

    private static final Text OTHER = new Text("Yêu cầu không thực hiện được", "The request cannot be carried out");

    static Problem of(Refused refused) {
        int status = switch (refused.ground()) {
            case MALFORMED -> 400;
            case FORBIDDEN -> 403;
            case UNKNOWN -> 404;
            case CONFLICT -> 409;
            case RULE -> 422;
        };
        return new Problem(status, refused.code(), refused.flaws(), UUID.randomUUID());
    }

    static Problem of(int status, String code, String vi, String en) {
        return new Problem(status, code, List.of(new Refused.Flaw("", new Text(vi, en))), UUID.randomUUID());
    }

    static Problem of(TooLarge large) {
        return of(
                413,
                "too-large",
                "Nội dung lớn hơn " + large.limit() + " byte; hãy chia nhỏ.",
                "The content is larger than " + large.limit() + " bytes; send less at once.");
    }

    static Problem unavailable() {
        return of(
                503,
                "unavailable",
                "Hệ thống tạm thời chưa ghi nhận được; hãy gửi lại đúng yêu cầu này sau ít giây.",
                "We cannot record anything right now; send the same request again in a few seconds.");
    }

    Text title() {
        return TITLES.getOrDefault(status, OTHER);
    }

    /** What was wrong, in one line. */
    Text detail() {
        Refused.Flaw first = flaws.get(0);
        String where = first.field().isEmpty() ? "" : first.field() + ": ";
        return new Text(where + first.wrong().vi(), where + first.wrong().en());
    }

    byte[] json(Locale locale) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", TYPE + code);
        json.put("title", title().in(locale));
        json.put("status", status);
        json.put("detail", detail().in(locale));
        json.put("code", code);
        for (Refused.Flaw flaw : flaws) {
            json.withArray("flaws")
                    .addObject()
                    .put("field", flaw.field())
                    .put("vi", flaw.wrong().vi())
                    .put("en", flaw.wrong().en());
        }
        json.put("instance", "urn:uuid:" + id);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    ResponseEntity<byte[]> answer(Locale locale, HttpHeaders more) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(more);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setContentLanguage(locale);
        if (status == 503) {
            headers.set(HttpHeaders.RETRY_AFTER, "5");
        }
        return ResponseEntity.status(status).headers(headers).body(json(locale));
    }
}
