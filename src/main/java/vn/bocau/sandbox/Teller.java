package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * How carriers tell of their own accord: until it is taken, five times at most; twice, or the later first, as their
 * manners are.
 */
@Component
class Teller {

    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(300);

    /**
     * One event on its way to the hub.
     *
     * @param order by our number
     * @param id the carrier's own id of it
     * @param taken whether an answer says that it was taken
     */
    record Word(
            Twin twin,
            String order,
            String id,
            Map<String, String> headers,
            ObjectNode body,
            Predicate<Hub.Answer> taken) {}

    private final Hub hub;
    private final Received received;
    private final Manners manners;
    private final Map<Twin, HeldBack<Word>> heldBack = new ConcurrentHashMap<>();

    Teller(Hub hub, Received received, Manners manners) {
        this.hub = hub;
        this.received = received;
        this.manners = manners;
    }

    /** Tells it, and writes down what was answered last. */
    String tell(Word word) {
        Manners.Mode mode = manners.whenSaying(word.twin());
        HeldBack<Word> back = heldBack.computeIfAbsent(word.twin(), twin -> new HeldBack<>(this::say));
        if (mode == Manners.Mode.OUT_OF_ORDER && back.keep(word)) {
            return "{}";
        }
        if (mode == Manners.Mode.DUPLICATE) {
            say(word);
        }
        String said = say(word);
        back.letGo();
        return said;
    }

    private String say(Word word) {
        Hub.Answer answer = sent(word);
        for (int n = 1; n < ATTEMPTS && !word.taken().test(answer); n++) {
            Misbehaviour.pause(PAUSE);
            answer = sent(word);
        }
        ObjectNode event = Json.object().put("answered", answer.status()).put("answer", answer.text());
        event.set("event", word.body());
        received.add(
                word.twin().id, "event", word.id(), word.order(), word.taken().test(answer), event);
        return event.toString();
    }

    /** Who does not answer answers 0. */
    private Hub.Answer sent(Word word) {
        try {
            return hub.post(
                    "/carrier/" + word.twin().id + "/events",
                    word.headers(),
                    word.body().toString());
        } catch (UncheckedIOException away) {
            return new Hub.Answer(0, "");
        }
    }
}
