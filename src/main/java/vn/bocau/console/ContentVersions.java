package vn.bocau.console;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import vn.bocau.journal.Contents;

/**
 * Which words of a message somebody has looked at. By a key (HMAC-SHA-256): from a plain digest, a telephone number that is hidden
 * could be found by trying all.
 */
@Component
class ContentVersions {

    private static final String HMAC = "HmacSHA256";
    private static final int LENGTH = 16;

    private final SecretKeySpec key;

    ContentVersions(RSAKey signing) throws JOSEException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("bocau content version".getBytes(StandardCharsets.US_ASCII));
        this.key = new SecretKeySpec(digest.digest(signing.toPrivateKey().getEncoded()), HMAC);
    }

    String of(Contents.Content content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] code = mac.doFinal(
                    (content.id() + "\n" + content.kind() + "\n" + content.said()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(code, LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
