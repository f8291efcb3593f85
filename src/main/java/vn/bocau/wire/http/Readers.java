package vn.bocau.wire.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Who reads an answer: a person gets a page, a program a problem. */
final class Readers {

    private static final List<String> FOR_PROGRAMS =
            List.of("/api/", "/ngsp/", "/carrier/", "/ws/", "/oauth2/", "/actuator/");

    private Readers() {}

    /**
     * A browser says first of all that it reads HTML; programs hardly ever do.
     *
     * @param path what was asked for
     */
    static boolean person(String path, HttpServletRequest request) {
        return FOR_PROGRAMS.stream().noneMatch(path::startsWith) && readsHtml(request.getHeader(HttpHeaders.ACCEPT));
    }

    private static boolean readsHtml(@Nullable String accept) {
        try {
            return accept != null
                    && MediaType.parseMediaTypes(accept).stream()
                            .anyMatch(m -> !m.isWildcardType() && m.includes(MediaType.TEXT_HTML));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
