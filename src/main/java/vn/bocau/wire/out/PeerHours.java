package vn.bocau.wire.out;

import java.util.Optional;
import org.springframework.stereotype.Component;
import vn.bocau.code.DailyHours;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.SpokenHours;

/** The hours that a partner's dialect says. */
@Component
class PeerHours implements SpokenHours {

    private final Peers peers;

    PeerHours(Peers peers) {
        this.peers = peers;
    }

    @Override
    public Optional<DailyHours> of(String partner) {
        try {
            return Optional.ofNullable(peers.named(partner).dialect().hours());
        } catch (Unavailable notInOrder) {
            return Optional.empty();
        }
    }
}
