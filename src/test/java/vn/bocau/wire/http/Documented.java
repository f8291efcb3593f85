package vn.bocau.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** An area of addresses as it is published, and as it is served: both as {@code METHOD /path}. */
public final class Documented {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private Documented() {}

    /** What the controllers answer below a base path. */
    public static Set<String> served(OwnHub hub, String base) {
        Set<String> served = new TreeSet<>();
        hub.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith(base + "/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + path.substring(base.length())))));
        return served;
    }

    /** What an OpenAPI document says. */
    public static Set<String> said(JsonNode document) {
        Set<String> said = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation ->
                                said.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return said;
    }
}
