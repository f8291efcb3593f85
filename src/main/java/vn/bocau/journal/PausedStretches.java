package vn.bocau.journal;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A stretch that is paused when its route is drawn, at start or because its partner's row has changed, is not begun: it
 * takes nothing in the moment before {@link Stretches} looks. Who resumes it begins it.
 */
@Component
class PausedStretches implements RoutePolicyFactory {

    private final JdbcClient db;

    PausedStretches(JdbcClient db) {
        this.db = db;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String id, NamedNode route) {
        return new RoutePolicySupport() {
            @Override
            public void onInit(Route drawn) {
                if (isPaused(id)) {
                    drawn.setAutoStartup(false);
                }
            }
        };
    }

    private boolean isPaused(String stretch) {
        return db.sql("select exists (select from stretch_pause where stretch = :stretch)")
                .param("stretch", stretch)
                .query(Boolean.class)
                .single();
    }
}
