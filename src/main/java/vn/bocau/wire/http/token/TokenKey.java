package vn.bocau.wire.http.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import vn.bocau.code.RsaKey;
import vn.bocau.code.Text;

/**
 * The key that signs our tokens: {@code bocau.token.key}, or one made on first start and kept in the data folder; several
 * nodes must be given the same.
 */
@Configuration
class TokenKey {

    private static final String PROPERTY = "bocau.token.key";
    private static final RsaKey.Use USE = new RsaKey.Use(
            "BOCAU_TOKEN_KEY",
            new Text("khóa ký mã truy cập", "the key that signs access tokens"),
            new Text(
                    "khôi phục tệp này, hoặc xóa đi để tạo khóa mới (đối tác sẽ phải xin mã truy cập lại).",
                    "restore the file, or delete it for a new key (partners will have to ask for new tokens)."));

    @Bean
    RSAKey signingKey(Environment environment) throws JOSEException {
        RsaKey key = RsaKey.of(environment.getProperty(PROPERTY, ""), made(environment), USE);
        return new RSAKey.Builder(key.open())
                .privateKey(key.secret())
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }

    static void check(Environment environment) {
        RsaKey.check(environment.getProperty(PROPERTY, ""), made(environment), USE);
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(RSAKey key) {
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    private static Path made(Environment environment) {
        return Path.of(environment.getProperty("bocau.data", "data"), "token-key.pem");
    }
}
