package vn.bocau.sandbox;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Stands before the partners that are called, and makes them as bad as their manners say. */
@Component
class Misbehaviour extends OncePerRequestFilter {

    /** The attribute of a request with the {@link Manners.Mode} it is met with. */
    static final String MODE = "sandbox.mode";

    private static final Logger LOG = LoggerFactory.getLogger(Misbehaviour.class);
    static final Duration SLOW = Duration.ofSeconds(5);
    private static final List<String> LOGINS = List.of("/token", "/Login", "/GetAccessToken");
    private static final Duration NEVER = Duration.ofMinutes(2);

    private final Manners manners;

    Misbehaviour(Manners manners) {
        this.manners = manners;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Twin> twin = Twin.reachedAt(request.getRequestURI());
        Manners.Mode mode = twin.map(t -> mode(t, request)).orElse(Manners.Mode.NONE);
        request.setAttribute(MODE, mode);
        switch (mode) {
            case ERROR_500 -> response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            case DOWN -> drop(request, response);
            case TIMEOUT -> {
                pause(NEVER);
                drop(request, response);
            }
            case DROP_AFTER_COMMIT -> {
                chain.doFilter(request, new ContentCachingResponseWrapper(response));
                drop(request, response);
            }
            case GARBAGE -> {
                chain.doFilter(request, new ContentCachingResponseWrapper(response));
                response.setStatus(HttpServletResponse.SC_OK);
                response.setContentType("text/html;charset=UTF-8");
                response.getOutputStream()
                        .write("<html><body><h1>Bảo trì hệ thống</h1>".getBytes(StandardCharsets.UTF_8));
            }
            case SLOW -> {
                var held = new ContentCachingResponseWrapper(response);
                chain.doFilter(request, held);
                pause(SLOW);
                held.copyBodyToResponse();
            }
            case NONE, DUPLICATE, OUT_OF_ORDER -> chain.doFilter(request, response);
        }
    }

    /** A token is given as agreed, by whoever answers at all: what a partner does badly is what it is told, or asked of its feed. */
    private Manners.Mode mode(Twin twin, HttpServletRequest request) {
        if (LOGINS.stream().noneMatch(request.getRequestURI()::endsWith)) {
            return manners.whenHearing(twin);
        }
        return manners.of(twin).mode() == Manners.Mode.DOWN ? Manners.Mode.DOWN : Manners.Mode.NONE;
    }

    /** Less than was promised, and then the connection ends: the client sees it cut midway. */
    private static void drop(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOG.warn("the connection of {} is dropped on purpose", request.getRequestURI());
        response.setStatus(HttpServletResponse.SC_OK);
        response.setHeader("Connection", "close");
        response.setContentLength(1_000);
        response.getOutputStream().write(' ');
        response.flushBuffer();
    }

    static void pause(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
