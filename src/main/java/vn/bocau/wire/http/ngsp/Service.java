package vn.bocau.wire.http.ngsp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an LGSP's one address is asked for, by {@code ?service=} in any case. A client that says it in the header
 * {@code service-code} alone is understood too.
 */
enum Service {
    TOKEN,
    ORDERPOST,
    ORDERCANCEL,
    ORDERTRACKING,
    DOCUMENT,
    GETPOSTAGEVAS,
    GETINFOMATIONPOST,
    PRICEHCC,
    GETPRICE;

    /** @return empty when it asks for nothing, or for something nobody has heard of */
    static Optional<Service> asked(HttpServletRequest request) {
        String name = Optional.ofNullable(Query.of(request).get("service"))
                .or(() -> Optional.ofNullable(request.getHeader("service-code")))
                .orElse("");
        return Arrays.stream(values())
                .filter(s -> s.name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }
}
