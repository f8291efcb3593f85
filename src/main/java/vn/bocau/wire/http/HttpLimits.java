package vn.bocau.wire.http;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much is read of one request: {@code bocau.http.max-body}, and {@code bocau.http.max-body-of} for areas that need
 * more, by the beginning of their path, such as {@code "[/ws/]": 4MB}.
 */
@ConfigurationProperties("bocau.http")
record HttpLimits(
        @DefaultValue("1MB") DataSize maxBody, @DefaultValue Map<String, DataSize> maxBodyOf) {}
