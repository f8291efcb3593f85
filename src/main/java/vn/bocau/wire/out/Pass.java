package vn.bocau.wire.out;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What shows a partner who we are, for one message.
 *
 * @param headers to send along
 * @param session what a login gave us; empty when there was none
 * @param key signs what is sent; null when nothing is signed
 */
record Pass(
        Map<String, String> headers,
        String session,
        @Nullable Webhook key) {

    static Pass of(Map<String, String> headers) {
        return new Pass(headers, "", null);
    }

    /** @param id the same on every attempt, so that a repeat is known as one */
    Map<String, String> headers(String id, String body) {
        if (key == null) {
            return headers;
        }
        long now = Clock.systemUTC().instant().getEpochSecond();
        Map<String, String> signed = new HashMap<>(headers);
        signed.put("webhook-id", id);
        signed.put("webhook-timestamp", Long.toString(now));
        try {
            signed.put("webhook-signature", key.sign(id, now, body));
        } catch (WebhookSigningException e) {
            throw new IllegalStateException(e);
        }
        return signed;
    }

    /** Without what it holds. */
    @Override
    public String toString() {
        return "Pass";
    }
}
