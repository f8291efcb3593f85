package vn.bocau.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.token.PublicKeys;

/**
 * A page to be kept in a file, which holds envelopes against the seal of their manifest without signal and without us: by
 * the same code as the phone ({@code scan/s10.js}, {@code scan/seal.js}) and the public keys as they are when it is fetched.
 */
@Controller
class VerifierPage {

    private static final List<Resource> PARTS = List.of(
            new ClassPathResource("static/scan/vietnamese-keys.js"),
            new ClassPathResource("static/scan/s10.js"),
            new ClassPathResource("static/scan/seal.js"),
            new ClassPathResource("templates/desk/verifier.js"));

    private final PublicKeys keys;
    private final String script;

    VerifierPage(PublicKeys keys) throws IOException {
        this.keys = keys;
        // One file has no other to import from.
        StringBuilder whole = new StringBuilder();
        for (Resource part : PARTS) {
            whole.append(text(part).replaceAll("(?m)^import .*$", "").replaceAll("(?m)^export ", ""));
        }
        this.script = whole.toString();
    }

    @GetMapping("/desk/handover/verifier")
    String verifier(Model page, HttpServletResponse response) {
        ArrayNode published = Json.MAPPER.createArrayNode();
        keys.all().forEach(key -> published.addPOJO(key.toJSONObject()));
        page.addAttribute("script", "const KEYS = " + published + ";\n" + script);
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"kiem-bang-ke.html\"");
        return "desk/verifier";
    }

    private static String text(Resource file) throws IOException {
        return file.getContentAsString(StandardCharsets.UTF_8);
    }
}
