package vn.bocau.wire.out;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import vn.bocau.journal.Lines;
import vn.bocau.journal.Ticks;

/**
 * One line for each partner whom we carry messages to, from the template in {@code routes/50}: drawn at start, and again
 * when the directory is another one.
 */
@Component
class PartnerLines {

    /** What may wait on a queue for each consumer: enough that none idles while the relay takes its turn. */
    private static final int WAITING_PER_CONSUMER = 4;

    private static final String ROUTE = "line.";

    /** What a line is made of: when it differs, the line is drawn anew. */
    private record Drawn(String queue, int consumers) {}

    private final Directories directories;
    private final Lines lines;
    private final CamelContext camel;
    private final Map<String, Drawn> drawn = new HashMap<>();
    private @Nullable Directory shown;
    private boolean ready;

    PartnerLines(Directories directories, Lines lines, CamelContext camel) {
        this.directories = directories;
        this.lines = lines;
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
        draw(current.partners());
        lines.leave(drawn.keySet());
        lines.measure(current.partners().stream().map(Partner::id).collect(Collectors.toSet()));
        shown = current;
    }

    private void draw(List<Partner> partners) throws Exception {
        Map<String, Drawn> wanted = new HashMap<>();
        for (Partner partner : partners) {
            if (partner.delivery() == Partner.Delivery.PUSH) {
                wanted.put(partner.id(), new Drawn(partner.queue(), Math.max(1, partner.concurrency())));
            }
        }
        for (Map.Entry<String, Drawn> line : Map.copyOf(drawn).entrySet()) {
            if (!line.getValue().equals(wanted.get(line.getKey()))) {
                remove(line.getKey());
            }
        }
        for (Map.Entry<String, Drawn> line : wanted.entrySet()) {
            if (!drawn.containsKey(line.getKey())) {
                add(line.getKey(), line.getValue());
            }
        }
    }

    private void add(String partner, Drawn line) throws Exception {
        lines.register(partner, line.queue(), line.consumers() * WAITING_PER_CONSUMER);
        TemplatedRouteBuilder.builder(camel, "line")
                .parameter("queue", line.queue())
                .parameter("consumers", line.consumers())
                .routeId(ROUTE + partner)
                .add();
        drawn.put(partner, line);
    }

    private void remove(String partner) throws Exception {
        lines.forget(partner);
        camel.getRouteController().stopRoute(ROUTE + partner);
        camel.removeRoute(ROUTE + partner);
        drawn.remove(partner);
    }
}
