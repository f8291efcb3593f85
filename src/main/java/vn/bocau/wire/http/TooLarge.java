package vn.bocau.wire.http;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A body is larger than its door reads. */
public final class TooLarge extends IOException {

    private final long limit;

    TooLarge(long limit) {
        super("more than " + limit + " bytes");
        this.limit = limit;
    }

    /** In bytes. */
    public long limit() {
        return limit;
    }

    /** The one a framework wrapped while reading. */
    public static Optional<TooLarge> in(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof TooLarge found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
