package vn.bocau.wire.http.ngsp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What these clients say of their content is never right: the SDK misspells the header, and Java then writes that JSON
 * is a form. So nobody hears it, and the body is what it is.
 */
final class AnyContentType extends HttpServletRequestWrapper {

    AnyContentType(HttpServletRequest request) {
        super(request);
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
                ? Collections.emptyEnumeration()
                : super.getHeaders(name);
    }
}
