package vn.bocau.wire;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What is known of the request that is being answered, for whoever counts what the doors refuse: who it proved to be, what
 * kind of message it brought, and why it was not taken. Without a request, as on a route that a clock begins, nothing is kept.
 */
public final class AtTheDoor {

    private static final String NAME = AtTheDoor.class.getName();
    private static final String PARTNER = NAME + ".PARTNER";
    private static final String KIND = NAME + ".KIND";
    private static final String CODE = NAME + ".CODE";

    private AtTheDoor() {}

    /** Of doors that make sure themselves who speaks. */
    public static void proven(String partner) {
        keep(PARTNER, partner);
    }

    static void brings(String kind) {
        keep(KIND, kind);
    }

    /** Of doors whose answers do not say it by their status. */
    public static void refused(String code) {
        keep(CODE, code);
    }

    public static @Nullable String partner() {
        return kept(PARTNER);
    }

    /** Which route it was brought to; null when it came to none. */
    public static @Nullable String kind() {
        return kept(KIND);
    }

    public static @Nullable String code() {
        return kept(CODE);
    }

    private static void keep(String name, String value) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(name, value, RequestAttributes.SCOPE_REQUEST);
        }
    }

    private static @Nullable String kept(String name) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request == null ? null : (String) request.getAttribute(name, RequestAttributes.SCOPE_REQUEST);
    }
}
