package vn.bocau.prove;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network of its own for one node, by a namespace of Linux, whose cable can be pulled. */
final class Network implements AutoCloseable {

    private static final int NAMES = 100_000;

    private final String name;
    private final String cable;
    private final String hosts;
    private final String nodes;

    private Network(long number) {
        this.name = "bocau" + number % NAMES;
        this.cable = "bc" + number % NAMES;
        int third = (int) (number % 64) * 4;
        this.hosts = "10.89.7." + (third + 1);
        this.nodes = "10.89.7." + (third + 2);
    }

    /** @throws IOException when this machine does not let us */
    static Network lay() throws IOException {
        var network = new Network(ProcessHandle.current().pid());
        try {
            Shell.run("ip", "netns", "add", network.name);
            Shell.run(
                    "ip", "link", "add", network.cable, "type", "veth", "peer", "name", "eth0", "netns", network.name);
            Shell.run("ip", "addr", "add", network.hosts + "/30", "dev", network.cable);
            Shell.run("ip", "link", "set", network.cable, "up");
            network.inside("addr", "add", network.nodes + "/30", "dev", "eth0");
            network.inside("link", "set", "eth0", "up");
            network.inside("link", "set", "lo", "up");
            return network;
        } catch (IOException no) {
            network.close();
            throw no;
        }
    }

    private void inside(String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("ip", "-n", name));
        whole.addAll(List.of(command));
        Shell.run(whole.toArray(String[]::new));
    }

    /** What stands before a command that is to live in it. */
    List<String> prefix() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Where the machine is for the node. */
    String host() {
        return hosts;
    }

    /** Where the node is for the machine. */
    String node() {
        return nodes;
    }

    void cut() throws IOException {
        Shell.run("ip", "link", "set", cable, "down");
    }

    void mend() throws IOException {
        Shell.run("ip", "link", "set", cable, "up");
    }

    /** Whether its node answers those who are with it that it is not ready; false when it does not answer. */
    boolean isNotReady(int port) {
        String ask = "exec 3<>/dev/tcp/127.0.0.1/" + port + "; printf 'GET " + Nodes.READINESS
                + " HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; head -n 1 <&3";
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("timeout", "15", "bash", "-c", ask));
        try {
            return Shell.said(command.toArray(String[]::new)).contains(" 503");
        } catch (IOException silent) {
            return false;
        }
    }

    @Override
    public void close() {
        Shell.can("ip", "netns", "del", name);
        Shell.can("ip", "link", "del", cable);
    }
}
