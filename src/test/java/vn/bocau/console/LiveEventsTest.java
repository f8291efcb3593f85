package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.wire.http.OwnHub;
import vn.bocau.wire.http.Visitor;

/** Pages that stay open, and what they cost the hub. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveEventsTest {

    @Test
    void who_has_gone_is_noticed_though_nothing_happens_and_who_is_there_is_told_to_go_when_the_hub_stops()
            throws Exception {
        // Whoever has to be waited for would be waited for as long as that.
        var hub = new OwnHub(Map.of("spring.lifecycle.timeout-per-shutdown-phase", "10m"));
        InputStream stays;
        try {
            LiveEvents live = hub.bean(LiveEvents.class);
            var visitor = new Visitor(hub);
            visitor.signIn("truc-ca", "truc-ca-sandbox");
            InputStream leaves = visitor.listen("/console/events");
            await().until(() -> live.open() == 1);
            leaves.close();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                live.look();
                return live.open() == 0;
            });
            stays = visitor.listen("/console/events");
            await().until(() -> live.open() == 1);
        } finally {
            CompletableFuture.runAsync(hub::close).get(1, TimeUnit.MINUTES);
        }

        assertThat(stays).asString(StandardCharsets.UTF_8).contains("event:open");
    }
}
