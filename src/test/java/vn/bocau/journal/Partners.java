package vn.bocau.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;

/** Partners of a test's own, in place of the dialects: they remember what they hear, and answer as they are told to. */
public class Partners {

    @Bean
    public Ears dialects() {
        return new Ears();
    }

    /** What a partner heard, whatever it answered. */
    public record Heard(Sending sending, Instant at) {

        public String partner() {
            return sending.partner();
        }

        public String key() {
            return sending.key();
        }
    }

    public static class Ears {

        private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
        private final Queue<Heard> confirmed = new ConcurrentLinkedQueue<>();
        private final Map<String, Function<Sending, String>> manners = new ConcurrentHashMap<>();

        public String speak(Sending sending) {
            var now = new Heard(sending, Instant.now());
            heard.add(now);
            String answer = manners.getOrDefault(sending.partner(), s -> "ok").apply(sending);
            confirmed.add(now);
            return answer;
        }

        /** From now on, this partner answers so. */
        public void behave(String partner, Function<Sending, String> manner) {
            manners.put(partner, manner);
        }

        public List<Heard> heard(String partner) {
            return heard.stream().filter(h -> h.partner().equals(partner)).toList();
        }

        public List<Heard> confirmed(String partner) {
            return confirmed.stream().filter(h -> h.partner().equals(partner)).toList();
        }

        public void forget() {
            manners.clear();
            heard.clear();
            confirmed.clear();
        }
    }
}
