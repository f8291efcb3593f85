package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A province's LGSP, over which dossiers are made known: a token, then the document, then what happened to it. The trace
 * of a document nobody has sent is refused. Answers are {@code MResult{Status, Message}}.
 */
@RestController
@RequestMapping(path = "/lgsp", produces = MediaType.APPLICATION_JSON_VALUE)
class Lgsp {

    private static final String KEY = "bocau";
    private static final String SECRET = "sandbox-lgsp-secret";
    private static final String DOCUMENT = "SyncDocument";
    private static final String TRACE = "UpdateDocumentTraces";

    private static final String WORDS = ".*\\S.*";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d{4}";

    /** Unknown, or a time. */
    private static final String PERHAPS = "|" + TIME;

    /**
     * What each field has to be that the schema asks for; but CitizenName, ApplicantsId and Phone, which we are not told.
     */
    private static final Map<String, String> DOCUMENT_FIELDS = new TreeMap<>(Map.ofEntries(
            Map.entry("DocCode", WORDS),
            Map.entry("DocTypeCode", WORDS),
            Map.entry("DocTypeName", WORDS),
            Map.entry("ApplicantsType", "[1-4]"),
            Map.entry("DateReceived", TIME),
            Map.entry("DateAppointed", PERHAPS),
            Map.entry("IsSuccess", "true|false"),
            Map.entry("SuccessDate", PERHAPS),
            Map.entry("IsReturned", "true|false"),
            Map.entry("ReturnedDate", PERHAPS),
            Map.entry("ReturnedType", "[01]"),
            Map.entry("Status", "\\d+"),
            Map.entry("ProcessingOrganName", WORDS),
            Map.entry("OrganInchargeIdLevel1", WORDS),
            Map.entry("OrganInchargeName", WORDS)));

    private static final Map<String, String> TRACE_FIELDS = new TreeMap<>(Map.of(
            "DocumentId", WORDS,
            "DocCode", WORDS,
            "UserName", WORDS,
            "UserPosition", ".*",
            "DateCreated", TIME,
            "OrganizationInchargeIdLevel1", WORDS,
            "OrganizationInchargeName", WORDS));

    private final Received received;
    private final Duration tokenLasts;
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

    Lgsp(Received received, @Value("${session.seconds:120}") int seconds) {
        this.received = received;
        this.tokenLasts = Duration.ofSeconds(seconds);
    }

    @PostMapping(path = "/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> token(@RequestParam Map<String, String> form) {
        if (!KEY.equals(form.get("client_id")) || !SECRET.equals(form.get("client_secret"))) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("{\"error\":\"invalid_client\"}");
        }
        String token = UUID.randomUUID().toString();
        tokens.put(token, Instant.now().plus(tokenLasts));
        return ResponseEntity.ok(Json.write(Map.of(
                "access_token",
                token,
                "scope",
                "default",
                "token_type",
                "Bearer",
                "expires_in",
                tokenLasts.toSeconds())));
    }

    @PostMapping("/Document/" + DOCUMENT)
    ResponseEntity<String> document(
            @RequestBody String body,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String messageId) {
        if (!isGood(authorization)) {
            return unknown();
        }
        JsonNode document = Json.read(body);
        Optional<String> wrong = wrong(document, DOCUMENT_FIELDS);
        if (wrong.isPresent()) {
            return refused(wrong.get());
        }
        received.addOnce(
                Twin.LGSP.id, DOCUMENT, messageId, document.path("DocCode").asText(), document);
        return ResponseEntity.ok(result(100, "Đồng bộ thành công"));
    }

    @PostMapping("/Document/" + TRACE)
    synchronized ResponseEntity<String> trace(
            @RequestBody String body,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String messageId) {
        if (!isGood(authorization)) {
            return unknown();
        }
        JsonNode trace = Json.read(body);
        Optional<String> wrong = wrong(trace, TRACE_FIELDS);
        if (wrong.isPresent()) {
            return refused(wrong.get());
        }
        String code = trace.path("DocCode").asText();
        if (!has(code, DOCUMENT, null)) {
            return ResponseEntity.badRequest().body(result(404, "Không tìm thấy hồ sơ"));
        }
        boolean fresh = !has(code, TRACE, trace);
        received.add(Twin.LGSP.id, TRACE, messageId, code, fresh, trace);
        return ResponseEntity.ok(fresh ? result(100, "Cập nhật thành công") : result(101, "Bước xử lý đã tồn tại"));
    }

    private boolean has(String code, String what, @Nullable JsonNode content) {
        return received.all(Twin.LGSP.id).stream()
                .anyMatch(e -> e.what().equals(what)
                        && code.equals(e.dossier())
                        && (content == null || e.content().equals(content)));
    }

    private boolean isGood(@Nullable String authorization) {
        Instant ends = authorization == null ? null : tokens.get(authorization.replaceFirst("^Bearer ", ""));
        return ends != null && Instant.now().isBefore(ends);
    }

    private static Optional<String> wrong(JsonNode said, Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> !said.has(field.getKey())
                        || !said.path(field.getKey()).asText().matches(field.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static ResponseEntity<String> unknown() {
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("{\"error\":\"invalid_token\"}");
    }

    private static ResponseEntity<String> refused(String field) {
        return ResponseEntity.badRequest().body(result(400, "Thiếu hoặc sai trường " + field));
    }

    private static String result(int status, String message) {
        return Json.write(Map.of("Status", status, "Message", message));
    }
}
