package vn.bocau.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Partners that are bad at answering, as the sandbox plays them: a portal over REST, a back office over SOAP. */
final class PartnerFaults {

    private static final int LEAST = 4;
    private static final int MOST = 12;
    private static final int NOT_ALL = 3;
    private static final List<String> WHO = List.of("dvcqg", "trung-tam-hcc");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Partners partners;
    private final String mode;
    private String who = "";
    private long metBefore;

    private PartnerFaults(Partners partners, String mode) {
        this.partners = partners;
        this.mode = mode;
    }

    static Stream<Fault> of(Partners partners) {
        return Stream.of("slow", "500", "timeout", "drop-after-commit", "garbage", "down")
                .map(mode -> of(partners, mode));
    }

    static Fault of(Partners partners, String mode) {
        var one = new PartnerFaults(partners, mode);
        return Fault.lasting(
                Fault.Kind.PARTNER,
                "partner: " + mode,
                LEAST,
                MOST,
                one::strike,
                chance -> {
                    for (String partner : WHO) {
                        one.behave(partner, "none", 1);
                    }
                },
                () -> one.met() > one.metBefore);
    }

    /** Now all that it is told, now some of it: one that fails at times is another trouble than one that is away. */
    private void strike(RandomGenerator chance) throws IOException {
        who = WHO.get(chance.nextInt(WHO.size()));
        int every = 1 + chance.nextInt(NOT_ALL);
        metBefore = met();
        behave(who, mode, every);
    }

    private void behave(String partner, String how, int every) throws IOException {
        ask(
                partner,
                "POST",
                HttpRequest.BodyPublishers.ofString("{\"mode\": \"" + how + "\", \"every\": " + every + "}"));
    }

    /** How many requests it has met badly, ever. */
    private long met() throws IOException {
        return ask(who, "GET", HttpRequest.BodyPublishers.noBody()).path("met").asLong();
    }

    private JsonNode ask(String partner, String method, HttpRequest.BodyPublisher body) throws IOException {
        HttpRequest ask = HttpRequest.newBuilder(partners.at("localhost").resolve("/api/" + partner + "/misbehave"))
                .method(method, body)
                .header("Content-Type", "application/json")
                .build();
        try {
            HttpResponse<String> answer = CLIENT.send(ask, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(
                        "the sandbox does not let " + partner + " be " + mode + ": " + answer.statusCode());
            }
            return Talk.JSON.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
