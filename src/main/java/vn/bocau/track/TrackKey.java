package vn.bocau.track;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Codes that nobody else can make (HMAC-SHA-256), by a key that follows from the one that signs our tokens. */
@Component
class TrackKey {

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    TrackKey(RSAKey signing) throws JOSEException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("bocau track link".getBytes(StandardCharsets.US_ASCII));
        this.key = new SecretKeySpec(digest.digest(signing.toPrivateKey().getEncoded()), HMAC);
    }

    /**
     * @param purpose what it is good for: a code for one thing is none for another
     * @param said what it is a code over; each but the last of a length that the purpose fixes
     */
    byte[] code(String purpose, int length, byte[]... said) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            for (byte[] part : said) {
                mac.update(part);
            }
            return Arrays.copyOf(mac.doFinal(), length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
