package vn.bocau.prove;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;

/** Ports that nobody has, and whether somebody is behind one. */
final class Ports {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LOOK_MILLIS = 200;
    private static final int CONNECT_MILLIS = 1000;

    private Ports() {}

    static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static boolean listens(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** @throws IOException when nobody does within a minute */
    static void await(String host, int port) throws IOException {
        Instant until = Instant.now().plus(PATIENCE);
        while (!listens(host, port)) {
            if (Instant.now().isAfter(until)) {
                throw new IOException("nobody listens at " + host + ":" + port);
            }
            Talk.pause(LOOK_MILLIS);
        }
    }
}
