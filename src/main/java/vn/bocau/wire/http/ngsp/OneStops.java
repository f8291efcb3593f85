package vn.bocau.wire.http.ngsp;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.token.Tokens;

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

    private static final Logger LOG = LoggerFactory.getLogger(OneStops.class);

    /** Ids of partners whose agreed token could not be had when it was last looked for. */
    private final Set<String> shut = ConcurrentHashMap.newKeySet();

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
                .filter(p -> agreed(p).filter(s -> same(s, token)).isPresent())
                .findFirst();
        if (agreed.isEmpty() && ISSUED.matcher(token).matches()) {
            throw new BadCredentialsException("expired, or for another door");
        }
        return agreed.orElseThrow(() -> wrong("ngsp token", request));
    }

    /** None of one whose secret is not set or cannot be read now: it alone stays outside. Told once, until it can be. */
    private Optional<String> agreed(Partner partner) {
        @Nullable String name = partner.settings().get(STATIC_TOKEN);
        if (name == null) {
            return Optional.empty();
        }
        try {
            Optional<String> secret = secrets.named(name);
            if (secret.isPresent()) {
                shut.remove(partner.id());
                return secret;
            }
        } catch (Unavailable unreadable) {
            // Said below, like one that is not set.
        }
        if (shut.add(partner.id())) {
            secrets.wrong(name)
                    .ifPresent(why -> LOG.warn(
                            "{} không vào được bằng static-token · cannot come in by its static-token: {} · {}",
                            partner.id(),
                            why.vi(),
                            why.en()));
        }
        return Optional.empty();
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
