package vn.bocau.wire.queue;

import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PartnerCheck;

/** Whether there are routes for the kinds that a partner may send through its queue. At start there are no routes to ask yet. */
@Component
final class QueueCheck implements PartnerCheck {

    private final ObjectProvider<CamelContext> routes;
    private volatile boolean ready;

    QueueCheck(ObjectProvider<CamelContext> routes) {
        this.routes = routes;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        ready = true;
    }

    @Override
    public List<Text> wrong(Partner partner, Directory next) {
        if (!ready) {
            return List.of();
        }
        return QueueDoor.kinds(partner).stream()
                .filter(kind -> !QueueDoor.isTaken(routes.getObject(), kind))
                .map(kind -> new Text(
                        QueueDoor.KINDS + ": không tuyến nào nhận " + kind + ".",
                        QueueDoor.KINDS + ": no route takes " + kind + "."))
                .toList();
    }
}
