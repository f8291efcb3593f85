package vn.bocau.track;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * Names the forms we give out: nobody else can make one, so no other site can send one in a citizen's name, and what is
 * sent twice is known by it. A form is for the page it stood on, and for a few hours.
 */
@Component
class Forms {

    private static final int MINUTE = 4;
    private static final int RANDOM = 12;
    private static final int CODE = 12;
    private static final Duration GOOD = Duration.ofHours(4);

    private final TrackKey key;
    private final SecureRandom random = new SecureRandom();

    Forms(TrackKey key) {
        this.key = key;
    }

    /** @param page its address */
    String next(String page) {
        return next(page, Instant.now());
    }

    String next(String page, Instant now) {
        byte[] chance = new byte[RANDOM];
        random.nextBytes(chance);
        byte[] said = ByteBuffer.allocate(MINUTE + RANDOM)
                .putInt((int) (now.getEpochSecond() / 60))
                .put(chance)
                .array();
        byte[] form = ByteBuffer.allocate(MINUTE + RANDOM + CODE)
                .put(said)
                .put(code(said, page))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(form);
    }

    boolean isGood(String form, String page) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(form);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (all.length != MINUTE + RANDOM + CODE) {
            return false;
        }
        byte[] said = Arrays.copyOf(all, MINUTE + RANDOM);
        Instant given = Instant.ofEpochSecond(60L * ByteBuffer.wrap(said).getInt());
        return MessageDigest.isEqual(code(said, page), Arrays.copyOfRange(all, said.length, all.length))
                && given.plus(GOOD).isAfter(Instant.now());
    }

    private byte[] code(byte[] said, String page) {
        return key.code("form", CODE, said, page.getBytes(StandardCharsets.UTF_8));
    }
}
