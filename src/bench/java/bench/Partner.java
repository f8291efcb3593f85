package bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** The portals that are told, each under a path of its own. */
final class Partner implements AutoCloseable {

    /** The one that everybody tells. */
    static final String MEASURED = "measured";

    private static final byte[] ANSWER = "{\"ok\": true}".getBytes(StandardCharsets.UTF_8);
    private static final Pattern ITEM = Pattern.compile("\"item\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([^\"]+)\"");

    /** What it says of its own begin and end is nothing that was measured. */
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    static {
        TOMCAT.setLevel(Level.SEVERE);
    }

    private final Tomcat server = new Tomcat();
    private final Map<String, Heard> portals = new ConcurrentHashMap<>();

    Partner(Path folder) throws LifecycleException {
        server.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        // Whoever keeps a connection may use it as long as he likes.
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("keepAliveTimeout", "-1");
        server.setConnector(connector);
        Context context = server.addContext("", null);
        Tomcat.addServlet(context, "portal", new Hearing());
        context.addServletMappingDecoded("/*", "portal");
        server.start();
    }

    /** Where a portal is told. */
    URI url(String portal) {
        return URI.create("http://localhost:" + server.getConnector().getLocalPort() + "/" + portal);
    }

    Heard heard(String portal) {
        return portals.computeIfAbsent(portal, name -> new Heard());
    }

    private final class Hearing extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse answer) throws IOException {
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String id = request.getHeader("Idempotency-Key");
            if (id != null && !heard(request.getRequestURI().split("/")[1]).hear(id, of(ITEM, body), of(CODE, body))) {
                answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                return;
            }
            answer.setContentType("application/json");
            answer.setContentLength(ANSWER.length);
            answer.getOutputStream().write(ANSWER);
        }
    }

    private static String of(Pattern what, String body) {
        Matcher found = what.matcher(body);
        return found.find() ? found.group(1) : "";
    }

    @Override
    public void close() throws LifecycleException {
        server.stop();
        server.destroy();
    }
}
