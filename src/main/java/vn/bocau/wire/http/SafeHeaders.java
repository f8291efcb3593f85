package vn.bocau.wire.http;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/**
 * What every answer tells the browser, whichever door it comes from: run and show nothing that is not ours, be framed by
 * nobody, keep nothing.
 */
@Configuration
class SafeHeaders {

    /** Its camera's decoder is WebAssembly; nothing else of ours is. */
    private static final String SCAN_APP = "/scan/";

    /** With what scripts may do besides. */
    private static final String CONTENT =
            "default-src 'none'; script-src 'self'%s; style-src 'self'; img-src 'self' data:"
                    + " blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self'"
                    + " blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    FilterRegistrationBean<HeaderWriterFilter> safeHeadersOnEveryAnswer(HttpSettings settings) {
        List<HeaderWriter> writers = new ArrayList<>(List.of(
                (request, response) -> response.setHeader(
                        "Content-Security-Policy",
                        CONTENT.formatted(request.getRequestURI().startsWith(SCAN_APP) ? " 'wasm-unsafe-eval'" : "")),
                header("X-Content-Type-Options", "nosniff"),
                header("X-Frame-Options", "DENY"),
                header("Referrer-Policy", "same-origin"),
                header("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=()"),
                header("Cross-Origin-Opener-Policy", "same-origin"),
                new CacheControlHeadersWriter()));
        if (settings.hsts()) {
            writers.add(new HstsHeaderWriter());
        }
        var filter = new FilterRegistrationBean<>(new HeaderWriterFilter(writers));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    private static HeaderWriter header(String name, String value) {
        return new StaticHeadersWriter(name, value);
    }
}
