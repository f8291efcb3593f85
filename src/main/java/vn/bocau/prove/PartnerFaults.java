package vn.bocau.prove;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

/** Partners that are bad at answering, as the sandbox plays them: a portal over REST, a back office over SOAP. */
final class PartnerFaults {

    private static final int LEAST = 4;
    private static final int MOST = 12;
    private static final int NOT_ALL = 3;
    private static final List<String> WHO = List.of("dvcqg", "trung-tam-hcc");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private PartnerFaults() {}

    static Stream<Fault> of(Partners partners) {
        return Stream.of("slow", "500", "timeout", "drop-after-commit", "garbage", "down")
                .map(mode -> of(partners, mode));
    }

    static Fault of(Partners partners, String mode) {
        return Fault.lasting(
                "partner: " + mode,
                LEAST,
                MOST,
                // Now all that it is told, now some of it: one that fails at times is another trouble than one that is
                // away.
                chance -> behave(partners, WHO.get(chance.nextInt(WHO.size())), mode, 1 + chance.nextInt(NOT_ALL)),
                chance -> {
                    for (String partner : WHO) {
                        behave(partners, partner, "none", 1);
                    }
                });
    }

    private static void behave(Partners partners, String partner, String mode, int every) throws IOException {
        HttpRequest ask = HttpRequest.newBuilder(partners.at("localhost").resolve("/api/" + partner + "/misbehave"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"mode\": \"" + mode + "\", \"every\": " + every + "}"))
                .header("Content-Type", "application/json")
                .build();
        try {
            int status =
                    CLIENT.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IOException("the sandbox does not let " + partner + " be " + mode + ": " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
