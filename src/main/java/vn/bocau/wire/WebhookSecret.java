package vn.bocau.wire;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import java.util.Base64;

/**
 * A secret that messages are signed with: {@code whsec_} and the Base64 of 24 to 64 bytes (Standard Webhooks, "Signature
 * scheme"). Nobody guesses a key that long, so who signs wrongly need not be slowed down; a short one could be found by
 * trying, at home, on a single message.
 */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private WebhookSecret() {}

    /** @throws IllegalArgumentException when it is no such secret; without what it holds */
    public static Webhook signer(String secret) {
        if (!secret.startsWith(PREFIX)) {
            throw new IllegalArgumentException("it does not begin with whsec_");
        }
        int bytes;
        try {
            bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length())).length;
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("what follows whsec_ is not Base64");
        }
        if (bytes < SHORTEST || bytes > LONGEST) {
            throw new IllegalArgumentException("its Base64 holds " + bytes + " bytes");
        }
        try {
            return new Webhook(secret);
        } catch (EmptyWebhookSecretException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
