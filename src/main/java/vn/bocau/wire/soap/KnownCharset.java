package vn.bocau.wire.soap;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * CXF breaks off, before any of its interceptors could make a fault of it, when {@code Content-Type} names a charset
 * that does not exist. Here such a name is passed over: the envelope itself says how it is written.
 */
final class KnownCharset extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(readable(request.getContentType()) ? request : new Unnamed(request), response);
    }

    private static boolean readable(@Nullable String type) {
        try {
            return type == null || MimeTypeUtils.parseMimeType(type).isConcrete();
        } catch (InvalidMimeTypeException e) {
            return false;
        }
    }

    private static final class Unnamed extends HttpServletRequestWrapper {

        Unnamed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getCharacterEncoding() {
            return null;
        }

        @Override
        public String getContentType() {
            return "text/xml";
        }
    }
}
