package vn.bocau.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import vn.bocau.code.Sha256;

/**
 * The phone's app: the files of {@code static/scan} with the fonts, and a service worker that knows them all by their hash, so that the
 * phone keeps a whole version of the app or the one before, never a mixture.
 */
@Controller
class ScanApp {

    private static final String STATIC = "static";
    private static final String WORKER = "/scan/sw.js";
    private static final List<String> PARTS = List.of("/scan/**/*.*", "/assets/fonts/*.woff2");

    private final String worker;

    ScanApp() {
        this.worker = "const FILES = " + files() + ";\n" + text(new ClassPathResource(STATIC + WORKER));
    }

    @GetMapping("/scan")
    String withoutSlash() {
        return "redirect:/scan/";
    }

    @GetMapping("/scan/")
    String app() {
        return "forward:/scan/index.html";
    }

    /** The supervisor's page; what it shows it asks for when it is open. */
    @GetMapping({"/scan/office", "/scan/office/"})
    String office() {
        return "forward:/scan/office.html";
    }

    @GetMapping(WORKER)
    @ResponseBody
    ResponseEntity<String> worker() {
        return ResponseEntity.ok()
                // Also what is under no slash: a worker who typed the address starts without signal too.
                .header("Service-Worker-Allowed", "/scan")
                .contentType(new MediaType("text", "javascript", StandardCharsets.UTF_8))
                .body(worker);
    }

    /** {@code {"<path>": "<SHA-256>"}} of everything but the service worker itself. */
    private static String files() {
        try {
            Map<String, String> hashes = new TreeMap<>();
            var classpath = new PathMatchingResourcePatternResolver();
            for (String part : PARTS) {
                for (Resource file : classpath.getResources("classpath*:" + STATIC + part)) {
                    String url = file.getURL().toString();
                    String path = url.substring(url.lastIndexOf("/" + STATIC + "/") + STATIC.length() + 1);
                    if (!path.equals(WORKER)) {
                        hashes.put(path, Sha256.hex(file.getContentAsByteArray()));
                    }
                }
            }
            return hashes.entrySet().stream()
                    .map(e -> "'" + e.getKey() + "': '" + e.getValue() + "'")
                    .collect(Collectors.joining(", ", "{", "}"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Resource resource) {
        try {
            return resource.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
