package vn.bocau.wire.http;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** What the server refuses before any filter of ours has seen it, such as an address with a zero in it: a problem too. */
@Component
class ServerProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Valve.class.getName());
            }
        });
    }

    /** Made by the server, by its name. */
    public static final class Valve extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            int status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            // What the server itself calls the sender's fault is, whatever it threw over it.
            Problem problem = failure == null || status < 500
                    ? SpringProblems.of(new IllegalStateException(), HttpStatusCode.valueOf(status))
                    : HttpProblems.sorted(failure);
            response.setStatus(problem.status());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            try {
                Writer body = response.getReporter();
                if (body != null) {
                    body.write(new String(problem.json(Locale.forLanguageTag("vi")), StandardCharsets.UTF_8));
                    response.finishResponse();
                }
            } catch (IOException gone) {
                // There is nobody to answer any more.
                return;
            }
        }
    }
}
