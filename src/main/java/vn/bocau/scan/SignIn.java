package vn.bocau.scan;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Worklists;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.people.OpenSessions;
import vn.bocau.wire.http.people.Rights;
import vn.bocau.wire.http.signin.PasswordExpired;
import vn.bocau.wire.mapping.Mappings;

/** A phone signs in once while it has signal, and is signed out for good when it is lost. */
@RestController
@RequestMapping(path = "/api/scan/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class SignIn {

    private final AuthenticationManager people;
    private final DeviceSessions sessions;
    private final Worklists worklists;
    private final Mappings mappings;

    SignIn(AuthenticationManager people, DeviceSessions sessions, Worklists worklists, Mappings mappings) {
        this.people = people;
        this.sessions = sessions;
        this.worklists = worklists;
        this.mappings = mappings;
    }

    /** {@code {"user", "password", "device", "secret"?}}; answers {@code {"token", "expiresAt", "user", "role", "office", "officeName", "now"}}. */
    @PostMapping(path = "/sign-in", consumes = MediaType.APPLICATION_JSON_VALUE)
    String signIn(@RequestBody(required = false) byte @Nullable [] body, HttpServletRequest request) {
        JsonNode claim = JsonBody.parse(body);
        mappings.check(claim, "scan/sign-in.in.schema.json");
        var password = UsernamePasswordAuthenticationToken.unauthenticated(
                claim.path("user").asText(), claim.path("password").asText());
        password.setDetails(new WebAuthenticationDetails(request));
        Authentication known = people.authenticate(password);
        if (Rights.passwordExpired(known)) {
            throw PasswordExpired.refused();
        }
        Postal who = Postal.of(known);
        refuseOthers(claim.path("device").asText(), who);
        refuseForged(claim);
        DeviceSessions.Opened opened = sessions.open(
                who, OpenSessions.epoch(known), claim.path("device").asText());
        return Json.MAPPER
                .createObjectNode()
                .put("token", opened.token())
                .put("expiresAt", opened.expiresAt().toString())
                .put("user", who.user())
                .put("role", who.role())
                .put("office", who.office())
                .put("officeName", worklists.officeName(who.office()).orElse(null))
                .put("now", Instant.now().toString())
                .toString();
    }

    /** Who works with a phone works with it alone until the shift is closed; a lost one waits for the supervisor. */
    private void refuseOthers(String device, Postal who) {
        if (sessions.lost(device)) {
            throw LostPhone.refused();
        }
        sessions.worksWith(device, who.user()).ifPresent(other -> {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "shift-open",
                    "device",
                    "Máy này còn ca chưa đóng của " + other
                            + "; người ấy đăng nhập và đóng ca, hoặc trưởng bưu cục đóng thay.",
                    "The shift of " + other
                            + " is still open on this phone; they sign in and close it, or the supervisor closes it for them.");
        });
    }

    private void refuseForged(JsonNode claim) {
        if (!sessions.same(claim.path("device").asText(), claim.path("secret").asText())) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "device-forged",
                    "secret",
                    "Tên máy này là của máy khác: máy ấy có mã bí mật riêng từ lần đăng nhập đầu.",
                    "This is another phone's name: that phone has had a secret of its own since it first signed in.");
        }
    }

    /** Ends this session; the phone forgets its token. */
    @PostMapping("/sign-out")
    ResponseEntity<Void> signOut(BearerTokenAuthentication phone) {
        sessions.end(phone.getToken().getTokenValue());
        return ResponseEntity.noContent().build();
    }

    /** Found again: whoever works for the office may sign in on it. */
    @PostMapping("/devices/{device}/release")
    String release(@PathVariable String device, Authentication supervisor) {
        Postal by = Postal.of(supervisor);
        if (!sessions.release(device, by.office(), by.user())) {
            throw unknownDevice();
        }
        return Json.MAPPER.createObjectNode().put("released", true).toString();
    }

    private static Refused unknownDevice() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "unknown-device",
                "device",
                "Bưu cục này không có thiết bị nào như vậy.",
                "This office has no such device.");
    }

    /** A lost phone: what it sends from now on is refused. Only the supervisor of its own office may do this. */
    @PostMapping("/devices/{device}/revoke")
    String revoke(@PathVariable String device, Authentication supervisor) {
        Postal by = Postal.of(supervisor);
        int ended = sessions.revoke(device, by.office(), by.user());
        if (ended == 0) {
            throw unknownDevice();
        }
        return Json.MAPPER.createObjectNode().put("revoked", ended).toString();
    }
}
