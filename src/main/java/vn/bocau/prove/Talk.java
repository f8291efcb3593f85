package vn.bocau.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Says one thing, under one name, until somebody answers for good: as every system that calls us has to. Each thing at
 * whichever door, so that what is said of one dossier meets both nodes; now and then it says it twice at once, once more
 * afterwards, or once more when two others have followed it, and then at the other door.
 */
final class Talk {

    /** Nobody is heard for longer than any fault lasts. */
    static final class NeverAnswered extends RuntimeException {
        NeverAnswered(String what) {
            super(what);
        }
    }

    record Answer(int status, String text) {

        boolean good() {
            return status / 100 == 2;
        }

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("no JSON: " + text, e);
            }
        }
    }

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration LONGEST = Duration.ofMinutes(8);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int PAUSE_LEAST = 200;
    private static final int PAUSE_MOST = 1000;
    private static final double AT_ONCE = 0.03;
    private static final double ONCE_MORE = 0.1;
    private static final double LATE = 0.1;
    private static final int FOLLOWED = 2;

    /** What has a name of its own, under which it can be said again when others have followed. */
    private static final Set<String> NAMED = Set.of("portal", "N-GSP", "SOAP", "scan", "evidence", "void");

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int SERVERS = 500;
    private static final int UNAVAILABLE = 503;

    private static final Set<String> ANSWERED_ALIKE = Set.of("portal", "SOAP", "scan");
    private static final Pattern REPEAT = Pattern.compile("<(\\w+:)?repeat>\\w*</(\\w+:)?repeat>");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final List<URI> doors;
    private final RandomGenerator chance;
    private final Tally tally;
    private final Deque<Said> before = new ArrayDeque<>();

    Talk(List<URI> doors, RandomGenerator chance, Tally tally) {
        this.doors = doors;
        this.chance = chance;
        this.tally = tally;
    }

    /**
     * Says it.
     *
     * @param what which door, for the count
     * @param request anew for each time it is said; the same words under the same name
     * @param renewed what is done when we are not known any more, such as to ask for another token
     */
    Answer say(String what, Function<URI, HttpRequest.Builder> request, Runnable renewed) {
        return say(what, request, renewed, answer -> answer.status < SERVERS);
    }

    Answer say(String what, Function<URI, HttpRequest.Builder> request, Runnable renewed, Predicate<Answer> isForGood) {
        int first = chance.nextInt(doors.size());
        CompletableFuture<HttpResponse<String>> twin = chance.nextDouble() < AT_ONCE
                ? client.sendAsync(built(request, other(first)), HttpResponse.BodyHandlers.ofString())
                : null;
        Heard heard = until(what, request, renewed, isForGood, first);
        tally.said(what);
        if (twin != null) {
            tally.doubled(other(first) != heard.door);
            // The twin may be turned away, like anybody; what it may not have is another answer.
            twin.thenApply(response -> new Answer(response.statusCode(), response.body()))
                    .thenAccept(answer -> {
                        if (answer.good() && heard.answer.good()) {
                            sameWords(what, heard.answer, answer);
                        }
                    });
        }
        if (heard.answer.good()) {
            var said = new Said(what, request, renewed, isForGood, heard);
            if (chance.nextDouble() < ONCE_MORE) {
                again(said);
            }
            if (NAMED.contains(what)) {
                followed(said);
            }
        }
        return heard.answer;
    }

    /** What was said and answered, to be said again. */
    private record Said(
            String what,
            Function<URI, HttpRequest.Builder> request,
            Runnable renewed,
            Predicate<Answer> isForGood,
            Heard heard) {}

    private void again(Said said) {
        Heard again = until(said.what, said.request, said.renewed, said.isForGood, other(said.heard.door));
        tally.doubled(again.door != said.heard.door);
        if (!again.answer.good()) {
            tally.wrong(said.what + " said again is answered " + again.answer.status + " " + again.answer.text);
        } else {
            sameWords(said.what, said.heard.answer, again.answer);
        }
    }

    /** A repeat gets the first answer: another number for the same item would be another item. */
    private void sameWords(String what, Answer first, Answer again) {
        if (ANSWERED_ALIKE.contains(what) && !words(what, first).equals(words(what, again))) {
            tally.wrong(what + " said again is answered otherwise: " + again.text + " after " + first.text);
        }
    }

    /** What is told, however it is laid out, but for that it is a repeat. */
    private static Object words(String what, Answer answer) {
        return what.equals("SOAP") ? REPEAT.matcher(answer.text).replaceAll("") : answer.json();
    }

    /** Once two others have followed it, it may come once more: whoever was not sure that it was heard says it so late. */
    private void followed(Said said) {
        before.addLast(said);
        if (before.size() > FOLLOWED) {
            Said late = before.removeFirst();
            if (chance.nextDouble() < LATE) {
                tally.late();
                again(late);
            }
        }
    }

    /** The next door; the same where there is but one. */
    private int other(int door) {
        return (door + 1) % doors.size();
    }

    /** An answer for good, and at which door it was given. */
    private record Heard(Answer answer, int door) {}

    /** @param door where it is said first; at the next when nobody is heard there */
    private Heard until(
            String what,
            Function<URI, HttpRequest.Builder> request,
            Runnable renewed,
            Predicate<Answer> isForGood,
            int door) {
        int at = door;
        Instant giveUp = Instant.now().plus(LONGEST);
        String last = "";
        while (Instant.now().isBefore(giveUp)) {
            try {
                HttpResponse<String> response = client.send(built(request, at), HttpResponse.BodyHandlers.ofString());
                var answer = new Answer(response.statusCode(), response.body());
                last = answer.status + " " + answer.text;
                if (answer.status == UNAVAILABLE) {
                    tally.turnedAway();
                }
                if (answer.status == UNAUTHORIZED) {
                    renewed.run();
                } else if (answer.status != TOO_MANY && isForGood.test(answer)) {
                    return new Heard(answer, at);
                } else if (answer.status == SERVERS && !answer.text.contains(":Fault")) {
                    tally.wrong(what + " is answered 500: " + answer.text);
                }
            } catch (IOException nobody) {
                last = nobody.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NeverAnswered("interrupted");
            }
            tally.unheard();
            at = other(at);
            pause(PAUSE_LEAST + chance.nextInt(PAUSE_MOST));
        }
        throw new NeverAnswered(what + ": " + last);
    }

    private HttpRequest built(Function<URI, HttpRequest.Builder> request, int door) {
        return request.apply(doors.get(door)).timeout(ANSWER).build();
    }

    static HttpRequest.Builder post(URI at, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request;
    }

    static String json(Object words) {
        try {
            return JSON.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
