package vn.bocau.wire.http.access;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import vn.bocau.wire.http.Problem;

/**
 * An answer of which somebody's look is recorded before its first byte is written, by when it is known whether it was
 * refused: what is refused is not seen.
 */
final class SeenResponse extends HttpServletResponseWrapper {

    private final HttpServletRequest request;
    private @Nullable Runnable record;

    SeenResponse(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    /** @param record what is done, once, before anything is shown */
    synchronized void before(Runnable record) {
        this.record = record;
    }

    /** A page says what it refused and answers as if all were well; the mark tells. */
    boolean isRefused() {
        return getStatus() >= SC_BAD_REQUEST || request.getAttribute(Problem.CODE) != null;
    }

    /** Now it is shown, unless it is a refusal. */
    synchronized void seen() {
        Runnable due = record;
        if (due != null && !isRefused()) {
            due.run();
            record = null;
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        seen();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        seen();
        return super.getWriter();
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        seen();
        super.sendRedirect(location);
    }

    @Override
    public void flushBuffer() throws IOException {
        seen();
        super.flushBuffer();
    }
}
