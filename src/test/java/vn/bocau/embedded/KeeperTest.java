package vn.bocau.embedded;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What ends by itself is started again, until it really runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeeperTest {

    @Test
    void what_could_not_be_started_is_tried_again_though_it_says_that_it_runs() {
        var starts = new AtomicInteger();
        var part = new Keeper.Part() {
            @Override
            public boolean runs() {
                return starts.get() > 0;
            }

            @Override
            public void startAgain() {
                if (starts.incrementAndGet() < 3) {
                    throw new IllegalStateException("half started");
                }
            }

            @Override
            public boolean isGivenUp(int failures) {
                return false;
            }
        };
        try (var keeper = new Keeper("a part", part)) {
            await().until(() -> starts.get() == 3);
        }
    }
}
