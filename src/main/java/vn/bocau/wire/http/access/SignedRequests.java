package vn.bocau.wire.http.access;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.WebhookSecret;
import vn.bocau.wire.http.ProblemWriter;
import vn.bocau.wire.http.TooLarge;
import vn.bocau.wire.http.token.PartnerAuthentication;

/**
 * A portal that signs what it posts (Standard Webhooks: {@code webhook-id}, {@code webhook-timestamp},
 * {@code webhook-signature}) and says who it is in {@code Client-Id}. The timestamp may be five minutes off. The
 * signature covers the body and no address, so it opens nothing but posts; the message's id is its idempotency key,
 * because no other header is signed. Nobody is slowed down here: a secret that may sign is too long to be guessed
 * ({@link WebhookSecret}), and whoever could stop others by signing wrongly would need no more than their public id.
 */
final class SignedRequests extends OncePerRequestFilter {

    private static final List<String> SIGNED = List.of("webhook-id", "webhook-timestamp", "webhook-signature");
    private static final String KEY = "Idempotency-Key";

    private final Directories directories;
    private final Secrets secrets;
    private final ProblemWriter problems;

    SignedRequests(Directories directories, Secrets secrets, ProblemWriter problems) {
        this.directories = directories;
        this.secrets = secrets;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader("webhook-signature") == null
                || request.getHeader("Authorization") != null
                || !request.getMethod().equals("POST");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            byte[] body = request.getInputStream().readAllBytes();
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new PartnerAuthentication(verified(request, body)));
            SecurityContextHolder.setContext(context);
            chain.doFilter(new Read(request, body), response);
        } catch (TooLarge large) {
            problems.tooLarge(large, request, response);
        } catch (BadCredentialsException wrong) {
            problems.commence(request, response, wrong);
        }
    }

    private Partner verified(HttpServletRequest request, byte[] body) {
        Partner partner = directories
                .current()
                .partnerByClientId(header(request, "Client-Id"))
                .filter(p -> p.kind() == Partner.Kind.PORTAL)
                .orElseThrow(() -> new BadCredentialsException("unknown client"));
        String secret = secrets.of(partner).orElseThrow(() -> new BadCredentialsException("no secret to sign with"));
        Map<String, List<String>> headers = new HashMap<>();
        SIGNED.forEach(name -> headers.put(name, List.of(header(request, name))));
        try {
            WebhookSecret.signer(secret).verify(new String(body, StandardCharsets.UTF_8), headers);
        } catch (WebhookVerificationException | IllegalArgumentException wrong) {
            throw new BadCredentialsException("wrong signature", wrong);
        }
        return partner;
    }

    /** Said once: of two, the one that was verified need not be the one that is read afterwards. */
    private static String header(HttpServletRequest request, String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw new BadCredentialsException(name + " more than once");
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The request with the body that was verified, and the signed id for its key. */
    private static final class Read extends HttpServletRequestWrapper {

        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public String getHeader(String name) {
            return super.getHeader(name.equalsIgnoreCase(KEY) ? "webhook-id" : name);
        }

        @Override
        public java.util.Enumeration<String> getHeaders(String name) {
            return super.getHeaders(name.equalsIgnoreCase(KEY) ? "webhook-id" : name);
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("read at once");
                }
            };
        }
    }
}
