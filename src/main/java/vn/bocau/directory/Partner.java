package vn.bocau.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A portal, an agency system, a one-stop system, a carrier, a notifier or a receiver of alerts we exchange messages with.
 *
 * @param id lower-case letters, digits and hyphens; names its queue and its line
 * @param dialect folder under {@code mappings/} that says how it is spoken to; null when it is never spoken to
 * @param delivery whether we carry messages to it, or it fetches them from its feed
 * @param baseUrl where it is reached; null when it is never spoken to
 * @param clientId what it calls itself when it speaks to us (OAuth2 client id, WS-Security user, N-GSP key)
 * @param secret name of the secret shared with it: property {@code bocau.secrets.<name>}, never the secret itself
 * @param agency the agency it acts for; null for portals, carriers and notifiers
 * @param concurrency how many messages may be on their way to it at once (of different dossiers)
 * @param settings what its dialect needs besides, such as {@code madonvi} or {@code customer-code}
 */
public record Partner(
        String id,
        Kind kind,
        String name,
        @Nullable String dialect,
        Delivery delivery,
        @Nullable String baseUrl,
        @Nullable String clientId,
        @Nullable String secret,
        @Nullable String agency,
        int concurrency,
        Map<String, String> settings) {

    public enum Kind {
        PORTAL,
        AGENCY,
        ONE_STOP,
        CARRIER,
        /** Carries messages to citizens' telephones. */
        NOTIFIER,
        /** Calls people who see to what is wrong. */
        ALERTS
    }

    public enum Delivery {
        /** The relay puts its messages on its queue, and its line carries them. */
        PUSH,
        /** It fetches its messages from its feed, by cursor. */
        FETCH,
        /** It is told nothing. */
        NONE
    }

    /** Of whose dossiers a portal is told besides its own: setting {@code follows}, ids of portals with spaces between. */
    public List<String> follows() {
        return Arrays.stream(settings.getOrDefault("follows", "").split(" "))
                .filter(portal -> !portal.isBlank())
                .toList();
    }

    /** Name of the queue that leads to it, such as {@code portal.dvcqg}. */
    public String queue() {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "." + id;
    }
}
