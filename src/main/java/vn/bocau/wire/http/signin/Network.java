package vn.bocau.wire.http.signin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Whoever has one address of IPv6 has the 2^64 of its network (RFC 4291, 2.5.4; RFC 6177): these count as one. */
final class Network {

    private static final int NETWORK_BYTES = 8;
    private static final int IPV4_BYTES = 4;

    /** Of digits alone: a name would be looked up. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private Network() {}

    /** @return the 256 addresses of IPv4 or the network of IPv6 that an address is one of: where from, not who */
    static String around(String address) {
        String network = of(address);
        int last = network.lastIndexOf('.');
        return last < 0 ? network.replaceAll("(.{4})(?=.)", "$1:") + "::/64" : network.substring(0, last) + ".0/24";
    }

    /** @return an address of IPv4 as it is, and one of IPv6 as its network */
    static String of(String address) {
        if (!IPV6.matcher(address).matches()) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == IPV4_BYTES
                    ? InetAddress.getByAddress(bytes).getHostAddress()
                    : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
        } catch (UnknownHostException none) {
            return address;
        }
    }
}
