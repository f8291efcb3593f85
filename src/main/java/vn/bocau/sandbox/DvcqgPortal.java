package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The national portal behind its X-Road adapter: a session login, then one address with a {@code service} field. Values
 * are strings, dates yyyyMMddHHmmss; success is {@code error_code} 0 and the words "thành công".
 */
@RestController
@RequestMapping(path = "/portal/dvcqg/mapi", produces = MediaType.APPLICATION_JSON_VALUE)
class DvcqgPortal {

    private static final String USER = "000.00.00.H50";
    private static final String PASSWORD = "sandbox-login";

    private final DvcqgDossiers dossiers;
    private final Duration sessionLasts;
    private final Map<String, Instant> sessions = new ConcurrentHashMap<>();

    DvcqgPortal(DvcqgDossiers dossiers, @Value("${session.seconds:120}") int sessionSeconds) {
        this.dossiers = dossiers;
        this.sessionLasts = Duration.ofSeconds(sessionSeconds);
    }

    @PostMapping("/login")
    String login(@RequestBody String body) {
        JsonNode who = Json.read(body);
        if (!USER.equals(who.path("username").asText())
                || !PASSWORD.equals(who.path("password").asText())) {
            return answer("-1", "Sai tên đăng nhập hoặc mật khẩu");
        }
        String session = "S-" + UUID.randomUUID();
        sessions.put(session, Instant.now().plus(sessionLasts));
        return Json.write(Map.of("session", session, "error_code", "0", "message", "Đăng nhập thành công"));
    }

    @PostMapping("/g")
    String service(
            @RequestBody String body,
            @RequestHeader(name = "Idempotency-Key", required = false) @org.jspecify.annotations.Nullable
                    String messageId) {
        JsonNode said = Json.read(body);
        Instant ends = sessions.get(said.path("session").asText());
        if (ends == null || Instant.now().isAfter(ends)) {
            return answer("-2", "Phiên làm việc đã hết hạn");
        }
        return switch (said.path("service").asText()) {
            case "CapNhatTienDoHoSoMC" -> outcome(dossiers.steps(said.path("data"), messageId));
            case "DongBoHoSoMC" ->
                outcome(dossiers.put(
                        said.path("data"), "True".equals(said.path("isUpdating").asText()), messageId));
            case "TraCuuHoSo" ->
                Json.write(Map.of(
                        "error_code",
                        "0",
                        "message",
                        "Thành công",
                        "result",
                        dossiers.steps(said.path("mahoso").asText())));
            default -> answer("-1", "Không có dịch vụ này");
        };
    }

    private static String outcome(DvcqgDossiers.Outcome outcome) {
        return switch (outcome) {
            case DONE -> answer("0", "Đồng bộ thành công");
            case ALREADY_THERE -> answer("3", "Dữ liệu đã tồn tại");
            case NO_DOSSIER -> answer("-1", "Không tìm thấy hồ sơ");
            case WRONG -> answer("-1", "Dữ liệu không hợp lệ");
        };
    }

    private static String answer(String code, String message) {
        return Json.write(Map.of("error_code", code, "message", message, "result", new Object[0]));
    }
}
