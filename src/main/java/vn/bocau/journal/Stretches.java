package vn.bocau.journal;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RouteController;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.code.Refused;

/**
 * Stops and starts a stretch of the line, which is a route, on every node: who comes to a stopped way in is told to come
 * again (503), what waits behind a stopped stretch keeps waiting in its order. A partner's own line has a pause of its own
 * ({@link Lines#pause}).
 */
@Component
public class Stretches {

    /** A stretch that is stopped. */
    public record Pause(String stretch, String by, String reason, Instant since) {}

    private static final String DOOR = "direct://";

    private final JdbcClient db;
    private final CamelContext camel;
    private final AuditTrail trail;
    private final Set<String> stopped = new HashSet<>();

    Stretches(JdbcClient db, CamelContext camel, AuditTrail trail) {
        this.db = db;
        this.camel = camel;
        this.trail = trail;
    }

    public List<Pause> paused() {
        return db.sql("select stretch, by, reason, since from stretch_pause order by stretch")
                .query((row, n) -> new Pause(
                        row.getString("stretch"),
                        row.getString("by"),
                        row.getString("reason"),
                        row.getTimestamp("since").toInstant()))
                .list();
    }

    /** What comes in by a stretch that is stopped, as it is named at its door, and by which. */
    Map<String, String> closedKinds() {
        return paused().stream()
                .map(pause -> camel.getRoute(pause.stretch()))
                .filter(Objects::nonNull)
                .filter(route -> from(route).startsWith(DOOR))
                .collect(Collectors.toMap(route -> from(route).substring(DOOR.length()), Route::getRouteId));
    }

    private static String from(Route route) {
        return route.getEndpoint().getEndpointUri();
    }

    /** @throws Refused UNKNOWN {@code unknown-stretch}; CONFLICT {@code stretch-paused} */
    @Transactional
    public void pause(String stretch, String by, String reason) {
        if (camel.getRoute(stretch) == null || stretch.startsWith("line.")) {
            throw new Refused(
                    Refused.Ground.UNKNOWN,
                    "unknown-stretch",
                    "stretch",
                    "Không có đoạn này; đường của một đối tác thì dừng ở đối tác.",
                    "There is no such stretch; a partner's line is paused by partner.");
        }
        int made = db.sql("insert into stretch_pause (stretch, by, reason) values (:stretch, :by, :reason)"
                        + " on conflict do nothing")
                .param("stretch", stretch)
                .param("by", by)
                .param("reason", reason)
                .update();
        if (made == 0) {
            throw conflict("stretch-paused", "Đoạn này đang dừng rồi.", "This stretch is paused already.");
        }
        trail.note(Audited.act(by, "PAUSE", Audited.Kind.STRETCH, stretch, null, reason));
    }

    /** @throws Refused CONFLICT {@code stretch-open} */
    @Transactional
    public void resume(String stretch, String by, String reason) {
        resume(stretch, null, by, reason);
    }

    /**
     * The same, by who saw a pause: that of somebody who has paused it anew since is not undone unseen.
     *
     * @param seen since when it was paused; null when whoever resumes it has looked at no page
     * @throws Refused CONFLICT {@code stretch-open}, {@code stretch-changed}
     */
    @Transactional
    public void resume(String stretch, @Nullable Instant seen, String by, String reason) {
        Pause pause = paused().stream()
                .filter(one -> one.stretch().equals(stretch))
                .findFirst()
                .orElse(null);
        if (pause != null && seen != null && !pause.since().equals(seen)) {
            throw conflict(
                    "stretch-changed",
                    "Từ lúc bạn mở trang, đoạn này đã được cho chạy rồi lại bị dừng; hãy xem lại rồi mới làm.",
                    "Since you opened the page this stretch was resumed and paused anew; look again before you act.");
        }
        int gone = pause == null
                ? 0
                : db.sql("delete from stretch_pause where stretch = :stretch and since = :since")
                        .param("stretch", stretch)
                        .param("since", Timestamp.from(pause.since()))
                        .update();
        if (gone == 0) {
            throw conflict("stretch-open", "Đoạn này không dừng.", "This stretch is not paused.");
        }
        trail.note(Audited.act(by, "RESUME", Audited.Kind.STRETCH, stretch, null, reason));
    }

    /** Every node does what was decided on any. What fails keeps no other stretch waiting, and is tried again. */
    @Scheduled(fixedDelay = 1000, scheduler = Ticks.APART)
    synchronized void follow() throws Exception {
        if (!camel.isStarted()) {
            return;
        }
        Set<String> wanted = new HashSet<>();
        paused().forEach(pause -> wanted.add(pause.stretch()));
        RouteController routes = camel.getRouteController();
        List<Step> steps = new ArrayList<>();
        for (String stretch : wanted) {
            if (camel.getRoute(stretch) != null && routes.getRouteStatus(stretch) == ServiceStatus.Started) {
                steps.add(() -> {
                    routes.suspendRoute(stretch);
                    stopped.add(stretch);
                });
            }
        }
        for (String stretch : stopped) {
            if (!wanted.contains(stretch)) {
                steps.add(() -> {
                    routes.resumeRoute(stretch);
                    stopped.remove(stretch);
                });
            }
        }
        // Those that were paused when they were drawn, see PausedStretches.
        for (Route route : camel.getRoutes()) {
            if (!route.isAutoStartup() && !wanted.contains(route.getRouteId())) {
                steps.add(() -> {
                    routes.startRoute(route.getRouteId());
                    route.setAutoStartup(true);
                });
            }
        }
        takeAll(steps);
    }

    private interface Step {
        void take() throws Exception;
    }

    private static void takeAll(List<Step> steps) throws Exception {
        Exception failed = null;
        for (Step step : steps) {
            try {
                step.take();
            } catch (Exception e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static Refused conflict(String code, String vi, String en) {
        return new Refused(Refused.Ground.CONFLICT, code, "stretch", vi, en);
    }
}
