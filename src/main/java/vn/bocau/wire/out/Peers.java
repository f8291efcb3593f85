package vn.bocau.wire.out;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.wire.Secrets;

/** The partners we speak to, each with its dialect and its secret. */
@Component
class Peers {

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    private final Directories directories;
    private final Secrets secrets;
    private final DialectFiles files;

    Peers(Directories directories, Secrets secrets, DialectFiles files) {
        this.directories = directories;
        this.secrets = secrets;
        this.files = files;
    }

    /** @throws Unavailable when there is no such partner, or its dialect is not in order */
    Peer named(String id) {
        Partner partner = directories
                .current()
                .partner(id)
                .orElseThrow(() -> new Unavailable("there is no partner " + id + " in the directory"));
        if (partner.dialect() == null) {
            throw new Unavailable("partner " + id + " has no dialect");
        }
        return new Peer(partner, files.of(partner.dialect()), secrets);
    }

    /** A wrong dialect is said at the start, not only when its first message waits. */
    @EventListener(ApplicationReadyEvent.class)
    void checkAll() {
        for (Partner partner : directories.current().partners()) {
            if (partner.delivery() == Partner.Delivery.PUSH) {
                try {
                    named(partner.id());
                } catch (Unavailable wrong) {
                    LOG.error("the line to {} will wait: {}", partner.id(), wrong.getMessage());
                }
            }
        }
    }
}
