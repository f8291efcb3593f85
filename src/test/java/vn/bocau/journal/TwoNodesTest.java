package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import vn.bocau.FreePort;
import vn.bocau.code.Unavailable;

/** Two hubs on one database and one broker: one order, however they share the work. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TwoNodesTest {

    @TempDir
    Path journal;

    @Test
    void two_nodes_keep_the_order_of_each_dossier_and_tell_each_message_once() throws Exception {
        int port = FreePort.any();
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ()
                .setConfiguration(new ConfigurationImpl()
                        .setSecurityEnabled(false)
                        .setJournalDirectory(journal.resolve("journal").toString())
                        .setBindingsDirectory(journal.resolve("bindings").toString())
                        .setLargeMessagesDirectory(journal.resolve("large").toString())
                        .setPagingDirectory(journal.resolve("paging").toString())
                        .addAcceptorConfiguration("tcp", "tcp://localhost:" + port));
        broker.start();
        String url = "tcp://localhost:" + port;
        try (var one = new Hub(Map.of("bocau.broker.url", url))) {
            JdbcConnectionDetails database = one.bean(JdbcConnectionDetails.class);
            try (var two = new Hub(Map.of(
                    "bocau.broker.url",
                    url,
                    "bocau.db.url",
                    database.getJdbcUrl(),
                    "bocau.db.user",
                    database.getUsername(),
                    "bocau.db.password",
                    database.getPassword()))) {
                assertThat(List.of(one, two))
                        .as("nobody needs another broker")
                        .allSatisfy(node -> assertThat(node.own().has(EmbeddedActiveMQ.class))
                                .isFalse());
                for (String part : List.of("postgresql", "postgresql-bin", "artemis")) {
                    assertThat(two.own().data().resolve(part))
                            .as("nothing embedded starts where both are given")
                            .doesNotExist();
                }
                assertThat(one.own().data().resolve("postgresql")).exists();
                inOrder(one, two);
            }
        } finally {
            broker.stop();
        }
    }

    private static void inOrder(Hub one, Hub two) {
        Function<Sending, String> moody = s -> {
            if (ThreadLocalRandom.current().nextInt(15) == 0) {
                throw new Unavailable("partner-error", "not now", "not now");
            }
            return "ok";
        };
        one.partners().behave("dvcqg", moody);
        two.partners().behave("dvcqg", moody);
        for (int n = 0; n < 12; n++) {
            for (int dossier = 0; dossier < 12; dossier++) {
                (n % 2 == 0 ? one : two).tell("dvcqg", "two-" + dossier, "two-" + dossier + "-" + n);
            }
        }
        one.awaitAllConfirmed("dvcqg");

        List<String> told = Stream.concat(
                        one.partners().confirmed("dvcqg").stream(), two.partners().confirmed("dvcqg").stream())
                .sorted(Comparator.comparing(Partners.Heard::at))
                .map(Partners.Heard::key)
                .toList();
        for (int dossier = 0; dossier < 12; dossier++) {
            String name = "two-" + dossier + "-";
            assertThat(told.stream().filter(k -> k.startsWith(name)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 12).mapToObj(n -> name + n).toList());
        }
        assertThat(one.partners().confirmed("dvcqg")).as("both nodes carried").isNotEmpty();
        assertThat(two.partners().confirmed("dvcqg")).as("both nodes carried").isNotEmpty();
    }
}
