package vn.bocau.wire.http;

import java.util.List;
import java.util.UUID;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatusCode;
import org.springframework.validation.BindException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/** What Spring MVC refuses, in our words: it names the parameter, never its value. */
final class SpringProblems {

    private static final Text TYPE = new Text("Giá trị không đúng kiểu.", "The value is not of the right type.");

    private SpringProblems() {}

    static Problem of(Exception refused, HttpStatusCode status) {
        if (refused instanceof MissingServletRequestParameterException missing) {
            return missing(missing.getParameterName());
        }
        if (refused instanceof MissingRequestHeaderException missing) {
            return missing(missing.getHeaderName());
        }
        if (refused instanceof TypeMismatchException wrong) {
            return flaw(String.valueOf(wrong.getPropertyName()), TYPE);
        }
        if (refused instanceof BindException wrong && wrong.hasFieldErrors()) {
            List<Refused.Flaw> flaws = wrong.getFieldErrors().stream()
                    .map(error -> new Refused.Flaw(error.getField(), TYPE))
                    .toList();
            return new Problem(400, "parameter", flaws, UUID.randomUUID());
        }
        return switch (status.value()) {
            case 401, 403 ->
                Problem.of(
                        status.value(),
                        "forbidden",
                        "Không có quyền, hoặc biểu mẫu đã hết hạn; hãy đăng nhập và thử lại.",
                        "Not allowed, or the form has expired; sign in and try again.");
            case 404 ->
                Problem.of(404, "no-such-address", "Không có gì ở địa chỉ này.", "There is nothing at this address.");
            case 405 ->
                Problem.of(
                        405,
                        "method",
                        "Phương thức HTTP này không dùng được ở đây; xem tiêu đề Allow.",
                        "This HTTP method is not for use here; see the Allow header.");
            case 406 ->
                Problem.of(
                        406,
                        "accept",
                        "Chúng tôi không trả lời ở dạng mà Accept yêu cầu.",
                        "We do not answer in a form that Accept asks for.");
            case 415 ->
                Problem.of(
                        415,
                        "content-type",
                        "Content-Type phải là loại mà địa chỉ này nhận, xem tiêu đề Accept.",
                        "Content-Type must be one this address reads, see the Accept header.");
            default ->
                Problem.of(
                        status.value(),
                        "bad-request",
                        "Yêu cầu không đọc được; hãy xem lại địa chỉ, tiêu đề và nội dung.",
                        "The request cannot be read; look again at its address, headers and content.");
        };
    }

    private static Problem missing(String name) {
        return flaw(name, new Text("Thiếu tham số bắt buộc này.", "This parameter is required."));
    }

    private static Problem flaw(String field, Text wrong) {
        return new Problem(400, "parameter", List.of(new Refused.Flaw(field, wrong)), UUID.randomUUID());
    }
}
