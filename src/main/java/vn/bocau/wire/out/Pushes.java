package vn.bocau.wire.out;

import java.util.Optional;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.mapping.Mappings;

/** What carriers tell of their own accord, where others have a feed that we read. Bean {@code pushes}. */
@Component("pushes")
public class Pushes {

    private final Directories directories;
    private final Peers peers;
    private final Mappings mappings;
    private final CarrierWords words;

    Pushes(Directories directories, Peers peers, Mappings mappings, CarrierWords words) {
        this.directories = directories;
        this.peers = peers;
        this.mappings = mappings;
        this.words = words;
    }

    /**
     * How a carrier tells; empty when there is no such carrier, or it does not.
     *
     * @throws Unavailable when its dialect is not in order
     */
    public Optional<Pushed> of(String partner) {
        return directories
                .current()
                .partner(partner)
                .filter(p -> p.kind() == Partner.Kind.CARRIER && p.dialect() != null)
                .map(p -> peers.named(p.id()))
                .flatMap(peer -> Optional.ofNullable(peer.dialect().push()).map(push -> new Pushed(peer, push)));
    }

    /** What becomes of what a carrier said. */
    public enum Taken {
        /** It counts from now on. */
        NEW,
        /** It was known. */
        KNOWN,
        /** It is kept for a person. */
        PARKED
    }

    /**
     * Takes in what a carrier said.
     *
     * @throws Unavailable when it cannot be taken now, and has to be said again
     * @throws Refused when its key stands for something else already; both are kept
     */
    public Taken take(Inbound in) {
        CarrierWords.Taken taken = words.take(in);
        if (taken.outage() != null) {
            throw taken.outage();
        }
        Optional<Refused> otherwise = taken.otherwise();
        if (otherwise.isPresent()) {
            throw otherwise.get();
        }
        return taken.parked() != null ? Taken.PARKED : taken.repeat() ? Taken.KNOWN : Taken.NEW;
    }

    /** Puts what a carrier said into our words, by its dialect. */
    public Inbound translate(Inbound in) {
        String dialect = peers.named(in.partner()).dialect().name();
        return mappings.translate(mappings.check(in, dialect + Pushed.SCHEMA), dialect + Pushed.TRANSLATION);
    }
}
