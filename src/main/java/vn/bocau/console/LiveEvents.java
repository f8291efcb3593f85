package vn.bocau.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Ticks;

/**
 * Tells open pages that something has changed, as server-sent events; what has changed they ask for themselves, with their
 * own rights. One look at the database for all of them.
 */
@RestController
class LiveEvents {

    private static final int MOST = 200;

    /** In looks. Whoever has gone is noticed when told something, and a proxy ends what is silent for long. */
    private static final int HEARTBEAT = 10;

    private static final long OPEN = Duration.ofMinutes(30).toMillis();

    private final JdbcClient db;
    private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();
    private String seen = "";
    private int silent;
    private volatile boolean closing;

    LiveEvents(JdbcClient db) {
        this.db = db;
    }

    @GetMapping(path = "/console/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events() {
        if (closing) {
            throw new Unavailable("stopping", "Bồ Câu đang dừng", "Bồ Câu is stopping");
        }
        if (pages.size() >= MOST) {
            throw new Unavailable("too-many-pages", "quá nhiều trang đang mở", "too many pages are open");
        }
        var page = new SseEmitter(OPEN);
        page.onCompletion(() -> pages.remove(page));
        page.onTimeout(page::complete);
        page.onError(gone -> pages.remove(page));
        pages.add(page);
        tell(page, named("open"));
        return page;
    }

    /** The server waits for what is under way before it stops, and an open page is under way for half an hour. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
        pages.forEach(SseEmitter::complete);
    }

    /** How many pages listen. */
    int open() {
        return pages.size();
    }

    @Scheduled(fixedDelay = 2000, scheduler = Ticks.APART)
    void look() {
        if (pages.isEmpty()) {
            return;
        }
        String now = db.sql("""
                        select concat_ws(' ', (select max(seq) from message), (select max(turned_at) from line),
                            (select seq from audit_head), (select max(id) from incident),
                            (select count(*) from incident where ended_at is null), (select max(looked_at) from mend where ended_at is null),
                            (select count(*) from message where state = 'PARKED'),
                            (select max(closed_at) from message where direction = 'OUT' and state = 'CONFIRMED'),
                            (select max(id) from silence), (select count(*) from silence where ended_at is null))
                        """).query(String.class).single();
        if (!now.equals(seen)) {
            seen = now;
            tell(() -> named("changed"));
        } else if (++silent >= HEARTBEAT) {
            tell(() -> SseEmitter.event().comment(""));
        }
    }

    private static SseEmitter.SseEventBuilder named(String what) {
        return SseEmitter.event().name(what).data("");
    }

    private void tell(Supplier<SseEmitter.SseEventBuilder> what) {
        silent = 0;
        pages.forEach(page -> tell(page, what.get()));
    }

    private void tell(SseEmitter page, SseEmitter.SseEventBuilder what) {
        try {
            page.send(what);
        } catch (IOException | IllegalStateException gone) {
            pages.remove(page);
        }
    }
}
