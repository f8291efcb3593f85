package vn.bocau.wire.http;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import vn.bocau.code.Bounds;

/**
 * How the HTTP doors behave: properties {@code bocau.http.*}.
 *
 * @param maxBody how much is read of one request
 * @param maxBodyOf the same for areas that need more, by the beginning of their path, such as {@code "[/ws/]": 4MB}
 * @param hsts whether browsers are told to come by HTTPS alone from now on; off unless set, because it holds for every
 *     port of the host
 */
@ConfigurationProperties("bocau.http")
record HttpSettings(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue Map<String, DataSize> maxBodyOf,
        @DefaultValue("false") boolean hsts) {

    private static final DataSize LEAST = DataSize.ofKilobytes(1);
    private static final DataSize MOST = DataSize.ofMegabytes(100);

    HttpSettings {
        Bounds.check("BOCAU_HTTP_MAXBODY", maxBody, LEAST, MOST);
        maxBodyOf.values().forEach(size -> Bounds.check("BOCAU_HTTP_MAXBODYOF", size, LEAST, MOST));
    }
}
