package vn.bocau.prove;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The whole system, running: where its doors are, and what of it can be broken. */
interface Site {

    /** Starts everything; what is laid before, disks and cables, is in a {@link Closing} since. */
    void start() throws IOException;

    /** Of each hub; who is not heard at one tries another. */
    List<URI> doors();

    Partners partners();

    List<Fault> faults();

    /** What this machine does not let us break, and why, in a line each. */
    List<String> cannot();

    /** Starts what has ended by itself; the names of what had. */
    List<String> raise() throws IOException;

    /** The processes in which code of ours ran, with all they said. */
    List<Child> children();
}
