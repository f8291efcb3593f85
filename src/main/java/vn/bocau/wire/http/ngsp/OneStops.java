package vn.bocau.wire.http.ngsp;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.http.access.Attempts;
import vn.bocau.wire.http.access.Tokens;

/**
 * Who a one-stop system is, in each of the ways they say it: key and secret by Basic for a token; the token, as Bearer
 * or in the header {@code access_token}; or a token agreed once for all ({@code static-token} names its secret), in
 * either place.
 */
@Component
class OneStops {

    /** The audience of a token that is good here. */
    static final String AREA = "ngsp";

    /** The setting of its row by which it names itself in what it posts. */
    static final String CUSTOMER_CODE = "customer-code";

    /** The setting of its row that names the secret of its token. */
    static final String STATIC_TOKEN = "static-token";

    private static final Pattern CREDENTIALS = Pattern.compile("(?i)\\s*(basic|bearer)\\s+(\\S+)\\s*");
    private static final Pattern ISSUED = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final Directories directories;
    private final Secrets secrets;
    private final Attempts attempts;
    private final AuthenticationManager issued;

    OneStops(Directories directories, Secrets secrets, Attempts attempts, Tokens tokens) {
        this.directories = directories;
        this.secrets = secrets;
        this.attempts = attempts;
        this.issued = tokens.in(AREA);
    }

    /** @throws AuthenticationException when it is nobody we know, or guesses too often */
    Partner askingForToken(HttpServletRequest request) {
        Matcher claim = CREDENTIALS.matcher(header(request, HttpHeaders.AUTHORIZATION));
        if (!claim.matches()) {
            throw new BadCredentialsException("no credentials");
        }
        return claim.group(1).equalsIgnoreCase("basic")
                ? byKey(pair(claim.group(2)), request)
                : byAgreedToken(claim.group(2), request);
    }

    /** @throws AuthenticationException when it is nobody we know, or guesses too often */
    Partner calling(HttpServletRequest request) {
        String token = token(request);
        try {
            String id = issued.authenticate(new BearerTokenAuthenticationToken(token))
                    .getName();
            return oneStop(directories.current().partner(id))
                    .orElseThrow(() -> new BadCredentialsException("no one-stop system"));
        } catch (InvalidBearerTokenException notIssued) {
            return byAgreedToken(token, request);
        }
    }

    private static String token(HttpServletRequest request) {
        String own = header(request, "access_token").strip();
        Matcher bearer = CREDENTIALS.matcher(own.isEmpty() ? header(request, HttpHeaders.AUTHORIZATION) : own);
        if (bearer.matches() && bearer.group(1).equalsIgnoreCase("bearer")) {
            return bearer.group(2);
        }
        if (own.isEmpty()) {
            throw new BadCredentialsException("no token");
        }
        return own;
    }

    private Partner byKey(String[] pair, HttpServletRequest request) {
        return slowed(
                "ngsp key " + pair[0],
                request,
                oneStop(directories.current().partnerByClientId(pair[0]))
                        .filter(p -> secrets.of(p).filter(s -> same(s, pair[1])).isPresent()));
    }

    /**
     * A guess names no account, so it is counted for the address it comes from. The agreed token itself is heard whatever
     * others guess: it is long, made by a machine, and whole offices share an address. An issued token that is no longer
     * good is no guess.
     */
    private Partner byAgreedToken(String token, HttpServletRequest request) {
        Optional<Partner> agreed = directories.current().partners().stream()
                .filter(p -> oneStop(Optional.of(p)).isPresent())
                .filter(p -> Optional.ofNullable(p.settings().get(STATIC_TOKEN))
                        .flatMap(secrets::named)
                        .filter(s -> same(s, token))
                        .isPresent())
                .findFirst();
        if (agreed.isEmpty() && ISSUED.matcher(token).matches()) {
            throw new BadCredentialsException("expired, or for another door");
        }
        return agreed.orElseThrow(() -> wrong("ngsp token", request));
    }

    private Partner slowed(String account, HttpServletRequest request, Optional<Partner> found) {
        Partner partner = found.orElseThrow(() -> wrong(account, request));
        attempts.succeeded(account, request.getRemoteAddr());
        return partner;
    }

    private BadCredentialsException wrong(String account, HttpServletRequest request) {
        attempts.admit(account, request.getRemoteAddr());
        attempts.failed(account, request.getRemoteAddr());
        return new BadCredentialsException("wrong credentials");
    }

    private static Optional<Partner> oneStop(Optional<Partner> partner) {
        return partner.filter(p -> p.kind() == Partner.Kind.ONE_STOP);
    }

    private static String[] pair(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new String[] {pair.substring(0, colon), pair.substring(colon + 1)};
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below, like anything else that is no pair.
        }
        throw new BadCredentialsException("not key:secret");
    }

    private static boolean same(String secret, String claimed) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), claimed.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(HttpServletRequest request, String name) {
        @Nullable String value = request.getHeader(name);
        return value == null ? "" : value;
    }
}
