package vn.bocau;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A port of this machine on which nobody listens, given to nobody else here, for who will listen on it seconds later. */
public final class FreePort {

    /**
     * Below those that the system gives to who connects (from 32768 on Linux): one of these could be taken by any
     * connection of any test before it is listened on.
     */
    private static final int FIRST = 10_000;

    private static final int END = 32_000;

    private static final int MOST_TRIES = 100;

    /** Who was given one may not listen yet. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    public static int any() {
        for (int tried = 0; tried < MOST_TRIES; tried++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var socket = new ServerSocket(port)) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            } catch (IOException taken) {
                // The next one.
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + END);
    }
}
