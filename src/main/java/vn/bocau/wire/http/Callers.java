package vn.bocau.wire.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Whom a request comes from when a reverse proxy stands before us: {@code X-Forwarded-For} and {@code X-Forwarded-Proto}
 * are believed of the proxies that are named, and of nobody else. Without, all who come through it would be one address,
 * and a stranger's guesses would be everybody's.
 */
@Component
class Callers implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final HttpSettings settings;

    Callers(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        if (settings.proxies().isEmpty()) {
            return;
        }
        var valve = new RemoteIpValve();
        valve.setInternalProxies(settings.proxies().stream()
                .map(Callers::asTheServerWritesIt)
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
        valve.setProtocolHeader("X-Forwarded-Proto");
        server.addEngineValves(valve);
    }

    /** IPv6 in full: ::1 as 0:0:0:0:0:0:0:1. */
    private static String asTheServerWritesIt(String address) {
        try {
            return InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of digits alone is not looked up", e);
        }
    }
}
