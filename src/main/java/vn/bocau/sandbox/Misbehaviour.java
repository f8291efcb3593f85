package vn.bocau.sandbox;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Stands before the partners and makes them as bad as their manners say. */
@Component
class Misbehaviour extends OncePerRequestFilter {

    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration NEVER = Duration.ofMinutes(2);

    private final Manners manners;

    Misbehaviour(Manners manners) {
        this.manners = manners;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Twin> twin = Twin.reachedAt(request.getRequestURI());
        Manners.Mode mode = twin.map(manners::forThisRequest).orElse(Manners.Mode.NONE);
        switch (mode) {
            case ERROR_500 -> response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            case DOWN -> drop(response);
            case TIMEOUT -> {
                pause(NEVER);
                drop(response);
            }
            case DROP_AFTER_COMMIT -> {
                chain.doFilter(request, new ContentCachingResponseWrapper(response));
                drop(response);
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

    /** An error after the answer has begun makes the server cut the connection: the client sees it end midway. */
    private static void drop(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentLength(1_000);
        response.getOutputStream().write(' ');
        response.flushBuffer();
        throw new IOException("dropped on purpose");
    }

    private static void pause(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
