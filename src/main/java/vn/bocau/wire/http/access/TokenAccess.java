package vn.bocau.wire.http.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import vn.bocau.journal.Refusals;
import vn.bocau.wire.AtTheDoor;
import vn.bocau.wire.http.ProblemWriter;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.TooManyAttempts;

/** {@code /oauth2/token}: portals and agencies get their tokens here, by client credentials. Errors are those of RFC 6749. */
@Configuration
class TokenAccess {

    @Bean
    @Order(10)
    SecurityFilterChain tokenArea(
            HttpSecurity http, PartnerClients clients, Attempts attempts, ProblemWriter problems, Refusals refusals) {
        var bySecret = new ClientSecretAuthenticationProvider(clients, new Unkept());
        bySecret.setPasswordEncoder(new PartnerClients.Comparison());
        return http.securityMatcher("/oauth2/token")
                .oauth2AuthorizationServer(server -> server.registeredClientRepository(clients)
                        .authorizationService(new Unkept())
                        .clientAuthentication(client -> client.authenticationProviders(all -> {
                                    all.clear();
                                    all.add(slowing(attempts, bySecret));
                                })
                                .errorResponseHandler(
                                        (request, response, failure) -> refuse(request, response, failure, problems))))
                .addFilterAfter(new CountedRefusals(refusals, "token"), SecurityContextHolderFilter.class)
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(all -> all.anyRequest().authenticated())
                .exceptionHandling(e -> e.authenticationEntryPoint(problems.asking("Basic realm=\"bo-cau\""))
                        .accessDeniedHandler(problems))
                .build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> forOneArea(PartnerClients clients) {
        return token -> {
            String id = token.getRegisteredClient().getId();
            token.getClaims().subject(id).audience(List.of(clients.area(id)));
        };
    }

    /** The filter that calls it hears OAuth2's own exceptions alone. */
    private static AuthenticationProvider slowing(Attempts attempts, AuthenticationProvider provider) {
        AuthenticationProvider slowed = attempts.slowing(provider);
        return new AuthenticationProvider() {
            @Override
            public @Nullable Authentication authenticate(Authentication claim) {
                try {
                    return slowed.authenticate(claim);
                } catch (TooManyAttempts blocked) {
                    throw new OAuth2AuthenticationException(new OAuth2Error("slow_down"), blocked);
                }
            }

            @Override
            public boolean supports(Class<?> kind) {
                return slowed.supports(kind);
            }
        };
    }

    private static void refuse(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException failure,
            ProblemWriter problems)
            throws IOException {
        if (failure.getCause() instanceof TooManyAttempts blocked) {
            problems.commence(request, response, blocked);
            return;
        }
        String code = failure instanceof OAuth2AuthenticationException known
                ? known.getError().getErrorCode()
                : OAuth2ErrorCodes.INVALID_CLIENT;
        boolean unknown = code.equals(OAuth2ErrorCodes.INVALID_CLIENT);
        AtTheDoor.refused(unknown ? "unauthenticated" : "bad-request");
        response.setStatus(unknown ? HttpServletResponse.SC_UNAUTHORIZED : HttpServletResponse.SC_BAD_REQUEST);
        if (unknown) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"bo-cau\"");
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(("{\"error\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    /** Tokens are not kept: they say all that is to be known of them, and none is ever looked up. */
    private static final class Unkept implements OAuth2AuthorizationService {

        @Override
        public void save(OAuth2Authorization authorization) {}

        @Override
        public void remove(OAuth2Authorization authorization) {}

        @Override
        public @Nullable OAuth2Authorization findById(String id) {
            return null;
        }

        @Override
        public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
            return null;
        }
    }
}
