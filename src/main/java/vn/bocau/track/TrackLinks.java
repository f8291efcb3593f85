package vn.bocau.track;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Links to one dossier's page, which say nothing of it and which nobody else can make: its internal id and a code over
 * it (HMAC-SHA-256, 128 bits), by a key that follows from the one that signs our tokens. They are good as long as that
 * is.
 */
@Component
class TrackLinks {

    private static final String HMAC = "HmacSHA256";
    private static final int HALF = 16;

    private final SecretKeySpec key;

    TrackLinks(RSAKey signing) throws JOSEException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("bocau track link".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        this.key = new SecretKeySpec(digest.digest(signing.toPrivateKey().getEncoded()), HMAC);
    }

    /** @return 43 characters that stand in a URL as they are */
    String of(UUID dossier) {
        byte[] id = bytes(dossier);
        ByteBuffer link = ByteBuffer.allocate(2 * HALF).put(id).put(code(id));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(link.array());
    }

    /** @return empty when it is none of ours */
    Optional<UUID> read(String link) {
        byte[] said;
        try {
            said = Base64.getUrlDecoder().decode(link);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (said.length != 2 * HALF) {
            return Optional.empty();
        }
        byte[] id = Arrays.copyOf(said, HALF);
        if (!MessageDigest.isEqual(code(id), Arrays.copyOfRange(said, HALF, said.length))) {
            return Optional.empty();
        }
        ByteBuffer halves = ByteBuffer.wrap(id);
        return Optional.of(new UUID(halves.getLong(), halves.getLong()));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(HALF)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private byte[] code(byte[] id) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(id), HALF);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
