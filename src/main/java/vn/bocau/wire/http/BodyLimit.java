package vn.bocau.wire.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Nobody fills our memory: a body larger than its door reads ends in {@link TooLarge}, whether its length was told or
 * not. The door turns that into its own kind of answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimit extends OncePerRequestFilter {

    private final HttpSettings limits;

    BodyLimit(HttpSettings limits) {
        this.limits = limits;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = limitOf(request.getRequestURI());
        if (request.getContentLengthLong() > limit) {
            // It is not read to its end, whatever the answer is: whoever would ask again on this connection is told so.
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        chain.doFilter(new Limited(request, limit), response);
    }

    private long limitOf(String path) {
        return limits.maxBodyOf().entrySet().stream()
                .filter(area -> path.startsWith(area.getKey()))
                .max(Comparator.comparingInt(area -> area.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(limits.maxBody())
                .toBytes();
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final long limit;

        Limited(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            // Found out by reading, where each door has its way to say so, also when the length was told.
            return new Counted(super.getInputStream(), limit, Math.max(getContentLengthLong(), 0));
        }

        @Override
        public BufferedReader getReader() throws IOException {
            String named = getCharacterEncoding();
            Charset charset = named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
            return new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream in;
        private final long limit;
        private final long told;
        private long read;

        Counted(ServletInputStream in, long limit, long told) {
            this.in = in;
            this.limit = limit;
            this.told = told;
        }

        @Override
        public int read() throws IOException {
            count(0);
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            count(0);
            int some = in.read(into, from, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int some) throws TooLarge {
            read += some;
            if (Math.max(read, told) > limit) {
                throw new TooLarge(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
