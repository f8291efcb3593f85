package vn.bocau.wire.http.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.wire.AtTheDoor;
import vn.bocau.wire.Outage;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.TooLarge;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.TooManyAttempts;
import vn.bocau.wire.out.Pushed;
import vn.bocau.wire.out.Pushes;

/**
 * Where carriers tell of their own accord what happened. Who it is, what it says and how it is answered stand in the
 * files of its dialect ({@link Pushed}). Whoever cannot prove it is answered in the carrier's way too, slowed down when
 * it guesses, and nothing of it is kept.
 */
@RestController
class CarrierDoor {

    private static final Text WRONG_PROOF =
            new Text("Thông tin xác thực thiếu hoặc không đúng.", "The proof of who it is is missing or wrong.");
    private static final Text TOO_MANY =
            new Text("Sai quá nhiều lần; hãy chờ rồi gửi lại.", "Wrong too often; wait before sending it again.");
    private static final String LATER = "5";

    private final Pushes pushes;
    private final Attempts attempts;

    CarrierDoor(Pushes pushes, Attempts attempts) {
        this.pushes = pushes;
        this.attempts = attempts;
    }

    @PostMapping("/carrier/{partner}/events")
    ResponseEntity<byte[]> event(@PathVariable String partner, HttpServletRequest request) throws IOException {
        Pushed carrier = pushes.of(partner)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-carrier",
                        "partner",
                        "Không có bưu chính nào gửi sự kiện đến địa chỉ này.",
                        "No carrier tells its events at this address."));
        String id = carrier.id(request::getHeader);
        try {
            Pushes.Taken taken = take(partner, carrier, request);
            return said(carrier, outcome(taken == Pushes.Taken.NEW ? "TAKEN" : taken.name(), id), null);
        } catch (WrongProof wrong) {
            AtTheDoor.refused("unproven");
            return said(carrier, outcome("UNPROVEN", id, "unproven", WRONG_PROOF), null);
        } catch (TooManyAttempts blocked) {
            AtTheDoor.refused("too-many-attempts");
            return said(
                    carrier,
                    outcome("TOO_MANY", id, "too-many-attempts", TOO_MANY),
                    Long.toString(blocked.pause().toSeconds()));
        } catch (Refused refused) {
            AtTheDoor.refused(refused.code());
            return said(
                    carrier,
                    outcome(
                            "REFUSED",
                            id,
                            refused.code(),
                            refused.flaws().get(0).wrong()),
                    null);
        } catch (TooLarge large) {
            AtTheDoor.refused("too-large");
            Text text = new Text(
                    "Nội dung lớn hơn " + large.limit() + " byte.",
                    "The content is larger than " + large.limit() + " bytes.");
            return said(carrier, outcome("REFUSED", id, "too-large", text), null);
        } catch (RuntimeException failure) {
            Unavailable outage = Outage.in(failure).orElseThrow(() -> failure);
            return said(carrier, outcome("UNAVAILABLE", id, "unavailable", outage.reason()), LATER);
        }
    }

    private Pushes.Taken take(String partner, Pushed carrier, HttpServletRequest request) throws IOException {
        if (carrier.provenByHeader()) {
            prove(partner, carrier, request, null);
        }
        JsonNode said = JsonBody.legible(request.getInputStream().readAllBytes());
        if (!carrier.provenByHeader()) {
            prove(partner, carrier, request, said);
        }
        return pushes.take(carrier.message(request::getHeader, said));
    }

    private void prove(String partner, Pushed carrier, HttpServletRequest request, @Nullable JsonNode said) {
        String account = "carrier " + partner;
        if (!carrier.isProven(request::getHeader, said)) {
            attempts.admit(account, request.getRemoteAddr());
            attempts.failed(account, request.getRemoteAddr());
            throw new WrongProof();
        }
        attempts.succeeded(account, request.getRemoteAddr());
        AtTheDoor.proven(partner);
    }

    /** It has not shown what only it and we know. */
    private static final class WrongProof extends RuntimeException {}

    private static ObjectNode outcome(String outcome, String id) {
        return JsonNodeFactory.instance.objectNode().put("outcome", outcome).put("id", id);
    }

    private static ObjectNode outcome(String outcome, String id, String code, Text why) {
        return outcome(outcome, id).put("code", code).put("vi", why.vi()).put("en", why.en());
    }

    private static ResponseEntity<byte[]> said(Pushed carrier, ObjectNode outcome, @Nullable String retryAfter) {
        Pushed.Answer answer = carrier.answer(outcome);
        ResponseEntity.BodyBuilder said =
                ResponseEntity.status(answer.status()).contentType(MediaType.APPLICATION_JSON);
        if (retryAfter != null) {
            said.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return said.body(answer.body().toString().getBytes(StandardCharsets.UTF_8));
    }
}
