package vn.bocau.wire.http;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import vn.bocau.code.Bounds;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * How the HTTP doors behave: properties {@code bocau.http.*}.
 *
 * @param maxBody how much is read of one request, and of one message that a queue brings
 * @param maxBodyOf the same for areas that need more, by the beginning of their path, such as {@code "[/ws/]": 4MB}
 * @param hsts whether browsers are told to come by HTTPS alone from now on; off unless set, because it holds for every
 *     port of the host
 * @param proxies addresses of reverse proxies before us: what they say of who called them is believed, and theirs alone
 */
@ConfigurationProperties("bocau.http")
public record HttpSettings(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue Map<String, DataSize> maxBodyOf,
        @DefaultValue("false") boolean hsts,
        @DefaultValue List<String> proxies) {

    private static final DataSize LEAST = DataSize.ofKilobytes(1);
    private static final DataSize MOST = DataSize.ofMegabytes(100);
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    public HttpSettings {
        Bounds.check("BOCAU_HTTP_MAXBODY", maxBody, LEAST, MOST);
        maxBodyOf.values().forEach(size -> Bounds.check("BOCAU_HTTP_MAXBODYOF", size, LEAST, MOST));
        proxies.stream()
                .filter(proxy -> !ADDRESS.matcher(proxy).matches())
                .findFirst()
                .ifPresent(HttpSettings::noAddress);
    }

    private static void noAddress(String proxy) {
        throw new Misconfigured(
                new Text(
                        "BOCAU_HTTP_PROXIES có " + proxy + ", không phải địa chỉ IP.",
                        "BOCAU_HTTP_PROXIES holds " + proxy + ", which is no IP address."),
                new Text(
                        "ghi địa chỉ IP của máy chủ trung gian, cách nhau bằng dấu phẩy.",
                        "give the IP addresses of the reverse proxies, with commas between."));
    }
}
