package vn.bocau.sandbox;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** Whether a webhook comes from whom it should: Standard Webhooks. */
final class Signed {

    private Signed() {}

    static boolean by(String secret, String body, HttpHeaders headers) {
        try {
            new Webhook(secret).verify(body, standard(headers));
            return true;
        } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
            return false;
        }
    }

    private static java.net.http.HttpHeaders standard(HttpHeaders headers) {
        Map<String, List<String>> all = headers.headerNames().stream()
                .collect(Collectors.toMap(n -> n.toLowerCase(Locale.ROOT), n -> headers.getOrEmpty(n)));
        return java.net.http.HttpHeaders.of(all, (name, value) -> true);
    }
}
