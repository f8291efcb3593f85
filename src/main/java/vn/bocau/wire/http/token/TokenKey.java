package vn.bocau.wire.http.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * The key that signs our tokens: an RSA key as PEM (PKCS #8) in the file {@code bocau.token.key}. When none is named,
 * one is made on first start and kept in the data folder; several nodes must be given the same.
 */
@Configuration
class TokenKey {

    private static final int LEAST_BITS = 2048;
    private static final Text NAMED = new Text(
            "tạo một khóa (openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048), hoặc bỏ BOCAU_TOKEN_KEY đi.",
            "make one (openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048), or leave BOCAU_TOKEN_KEY out.");
    private static final Text MADE = new Text(
            "khôi phục tệp này, hoặc xóa đi để tạo khóa mới (đối tác sẽ phải xin mã truy cập lại).",
            "restore the file, or delete it for a new key (partners will have to ask for new tokens).");

    @Bean
    RSAKey signingKey(Environment environment) {
        String named = environment.getProperty("bocau.token.key", "");
        Path file = named.isEmpty()
                ? Path.of(environment.getProperty("bocau.data", "data"), "token-key.pem")
                : Path.of(named);
        if (named.isEmpty() && Files.notExists(file)) {
            make(file);
        }
        return read(file, named.isEmpty() ? MADE : NAMED);
    }

    /** Reads the one that would be used; the one in the data folder may have been damaged since it was made. */
    static void check(Environment environment) {
        String named = environment.getProperty("bocau.token.key", "");
        Path made = Path.of(environment.getProperty("bocau.data", "data"), "token-key.pem");
        if (!named.isEmpty()) {
            read(Path.of(named), NAMED);
        } else if (Files.exists(made)) {
            read(made, MADE);
        }
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(RSAKey key) {
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    private static void make(Path file) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(LEAST_BITS);
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            Path folder = Files.createDirectories(
                    file.toAbsolutePath().getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            // Whole or not at all, should we die here. The temporary file is its owner's alone.
            Path whole = Files.createTempFile(folder, "token-key", null);
            Files.writeString(whole, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the key that signs tokens, " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no RSA keys", e);
        }
    }

    /** @param cure when it is none */
    private static RSAKey read(Path file, Text cure) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Misconfigured(
                    new Text(
                            "Không đọc được khóa ký mã truy cập " + file + " (BOCAU_TOKEN_KEY).",
                            "The key that signs access tokens, " + file + " (BOCAU_TOKEN_KEY), cannot be read."),
                    cure);
        }
        try {
            return key(file);
        } catch (IOException
                | GeneralSecurityException
                | JOSEException
                | IllegalArgumentException
                | ClassCastException e) {
            throw new Misconfigured(
                    new Text(
                            file + " (BOCAU_TOKEN_KEY) không phải là khóa RSA từ " + LEAST_BITS
                                    + " bit, dạng PEM (PKCS #8).",
                            file + " (BOCAU_TOKEN_KEY) is no RSA key of " + LEAST_BITS
                                    + " bits or more as PEM (PKCS #8)."),
                    cure);
        }
    }

    private static RSAKey key(Path file) throws IOException, GeneralSecurityException, JOSEException {
        String body = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
        KeyFactory keys = KeyFactory.getInstance("RSA");
        var secret = (RSAPrivateCrtKey)
                keys.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        if (secret.getModulus().bitLength() < LEAST_BITS) {
            throw new InvalidKeyException("too short to sign with");
        }
        var open = (RSAPublicKey)
                keys.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
        return new RSAKey.Builder(open)
                .privateKey(secret)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }
}
