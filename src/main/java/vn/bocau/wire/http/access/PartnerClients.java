package vn.bocau.wire.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.http.token.TokenLife;

/** The portals and agencies of the directory as OAuth2 clients. Nobody registers here: each is a row and a secret. */
@Component
class PartnerClients implements RegisteredClientRepository {

    private static final Map<Partner.Kind, String> AREAS =
            Map.of(Partner.Kind.PORTAL, PortalAccess.AREA, Partner.Kind.AGENCY, AgencyAccess.AREA);

    private final Directories directories;
    private final Secrets secrets;
    private final Duration life;

    PartnerClients(Directories directories, Secrets secrets, TokenLife life) {
        this.directories = directories;
        this.secrets = secrets;
        this.life = life.life();
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return client(directories.current().partnerByClientId(clientId));
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return client(directories.current().partner(id));
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("partners are registered in the directory");
    }

    /** What its tokens are good for, by the client's id; nothing once its row is gone. */
    String area(String id) {
        return directories
                .current()
                .partner(id)
                .map(partner -> AREAS.getOrDefault(partner.kind(), ""))
                .orElse("");
    }

    private @Nullable RegisteredClient client(Optional<Partner> partner) {
        return partner.filter(p -> AREAS.containsKey(p.kind()))
                .flatMap(p -> secrets.of(p).map(secret -> client(p, secret)))
                .orElse(null);
    }

    private RegisteredClient client(Partner partner, String secret) {
        return RegisteredClient.withId(partner.id())
                .clientId(String.valueOf(partner.clientId()))
                .clientName(partner.name())
                .clientSecret(secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(
                        TokenSettings.builder().accessTokenTimeToLive(life).build())
                .build();
    }

    /**
     * Compares shared secrets, which we must know in clear to sign with, in a time that tells nothing of them. Whoever
     * sends a secret by Basic must form-encode it first (RFC 6749, section 2.3.1), and many do not: theirs comes here
     * decoded once too often, a {@code +} as a space, and is the same secret.
     */
    static final class Comparison implements PasswordEncoder {

        @Override
        public String encode(@Nullable CharSequence secret) {
            return String.valueOf(secret);
        }

        @Override
        public boolean matches(@Nullable CharSequence claimed, @Nullable String secret) {
            return MessageDigest.isEqual(bytes(claimed), bytes(secret))
                    || MessageDigest.isEqual(
                            bytes(claimed), bytes(String.valueOf(secret).replace('+', ' ')));
        }

        private static byte[] bytes(@Nullable CharSequence text) {
            return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
        }
    }
}
