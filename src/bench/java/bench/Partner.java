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
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** The portal that everybody tells: it remembers what it was told, and when. */
final class Partner implements AutoCloseable {

    private static final byte[] ANSWER = "{\"ok\": true}".getBytes(StandardCharsets.UTF_8);
    private static final Pattern ITEM = Pattern.compile("\"item\"\\s*:\\s*\"([^\"]+)\"");

    private final Tomcat server = new Tomcat();
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final AtomicLong repeats = new AtomicLong();

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

    URI url() {
        return URI.create("http://localhost:" + server.getConnector().getLocalPort() + "/");
    }

    private final class Hearing extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse answer) throws IOException {
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String id = request.getHeader("Idempotency-Key");
            if (id != null) {
                hear(id, body);
            }
            answer.setContentType("application/json");
            answer.setContentLength(ANSWER.length);
            answer.getOutputStream().write(ANSWER);
        }
    }

    private void hear(String id, String body) {
        if (told.putIfAbsent(id, System.nanoTime()) != null) {
            repeats.incrementAndGet();
        }
        Matcher item = ITEM.matcher(body);
        if (item.find()) {
            heard.put(item.group(1), System.nanoTime());
        }
    }

    int count() {
        return told.size();
    }

    long repeats() {
        return repeats.get();
    }

    /**
     * How long after each was recorded it was heard here.
     *
     * @param recorded by item, when its caller was told
     * @return milliseconds, sorted; of what was heard before its caller was, 0
     */
    double[] delays(Map<String, Long> recorded) {
        return recorded.entrySet().stream()
                .filter(one -> heard.containsKey(one.getKey()))
                .mapToDouble(one -> Math.max(0, heard.get(one.getKey()) - one.getValue()) / 1e6)
                .sorted()
                .toArray();
    }

    void forget() {
        heard.clear();
        told.clear();
        repeats.set(0);
    }

    @Override
    public void close() throws LifecycleException {
        server.stop();
        server.destroy();
    }
}
