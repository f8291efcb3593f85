package vn.bocau.wire.queue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Ticks;

/** One listener for each partner with setting {@code queue-kinds}, from the template in {@code routes/14}. */
@Component
class PartnerQueues {

    private static final String ROUTE = "queue-in.";

    private final Directories directories;
    private final CamelContext camel;
    private final Set<String> drawn = new TreeSet<>();
    private @Nullable Directory shown;
    private boolean ready;

    PartnerQueues(Directories directories, CamelContext camel) {
        this.directories = directories;
        this.camel = camel;
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() throws Exception {
        ready = true;
        follow();
    }

    @Scheduled(fixedDelay = 1000, scheduler = Ticks.APART)
    synchronized void follow() throws Exception {
        Directory current = directories.current();
        if (!ready || current == shown) {
            return;
        }
        Set<String> wanted = current.partners().stream()
                .filter(p -> !QueueDoor.kinds(p).isEmpty())
                .map(Partner::id)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String gone : Set.copyOf(drawn)) {
            if (!wanted.contains(gone)) {
                camel.getRouteController().stopRoute(ROUTE + gone);
                camel.removeRoute(ROUTE + gone);
                drawn.remove(gone);
            }
        }
        for (String partner : wanted) {
            if (!drawn.contains(partner)) {
                TemplatedRouteBuilder.builder(camel, "queue-in")
                        .parameter("partner", partner)
                        .routeId(ROUTE + partner)
                        .add();
                drawn.add(partner);
            }
        }
        shown = current;
    }
}
