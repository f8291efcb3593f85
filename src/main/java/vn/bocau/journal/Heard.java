package vn.bocau.journal;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.observation.Observation;
import java.util.UUID;

/** A message that came in and is new, while what it asks is done: see {@link Journal#onceEach}. */
public final class Heard {

    private final Inbound in;
    private final UUID id = UuidCreator.getTimeOrderedEpoch();
    private final Inbox.Begun begun;
    private final byte[] digest;
    private final Told.Hearing hearing;
    private final Observation accepting;

    Heard(Inbound in, Inbox.Begun begun, Observation accepting) {
        this.in = in;
        this.begun = begun;
        this.accepting = accepting;
        digest = Journal.digest(in.payload());
        hearing = new Told.Hearing(begun.seq());
    }

    /** What was said. */
    public Inbound in() {
        return in;
    }

    UUID id() {
        return id;
    }

    Inbox.Begun begun() {
        return begun;
    }

    byte[] digest() {
        return digest;
    }

    Told.Hearing hearing() {
        return hearing;
    }

    Observation accepting() {
        return accepting;
    }
}
