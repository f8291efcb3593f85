package vn.bocau.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;
import vn.bocau.code.Text;
import vn.bocau.wire.http.TableAnswer;

/** A clerk brings what the agency's own treasury or bank states of fees paid online; the same rows again change nothing. */
@Controller
@RequestMapping("/fees/statement")
class StatementPage {

    private static final Text NOTHING = new Text("Hãy chọn một tệp CSV hoặc XLSX.", "Choose a CSV or XLSX file.");

    private static final int SHORT = 16;

    private final Cashiers cashiers;

    StatementPage(Cashiers cashiers) {
        this.cashiers = cashiers;
    }

    /** What became of one row. */
    record Row(int row, String dossier, String outcome, String why) {}

    @GetMapping
    String form() {
        return "cashier/statement";
    }

    @PostMapping
    String upload(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(required = false) @Nullable MultipartFile file)
            throws IOException {
        if (file == null || file.isEmpty()) {
            return refused(page, response, 422, NOTHING.in(locale));
        }
        byte[] content = file.getBytes();
        try {
            // Whoever goes back chooses another file under the same form.
            String key = form + "-" + Sha256.hex(content).substring(0, SHORT);
            JsonNode answer = cashiers.say(Cashier.of(who), "book", key, StatementFile.read(content));
            page.addAttribute("rows", rows(answer, "en".equals(locale.getLanguage()) ? "en" : "vi"));
            return "cashier/statement";
        } catch (Refused refused) {
            return refused(
                    page,
                    response,
                    refused.ground() == Refused.Ground.FORBIDDEN ? 403 : 422,
                    refused.flaws().get(0).wrong().in(locale));
        }
    }

    private static String refused(Model page, HttpServletResponse response, int status, String why) {
        response.setStatus(status);
        page.addAttribute("wrong", why);
        return "cashier/statement";
    }

    private static List<Row> rows(JsonNode answer, String language) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode line : answer.path("lines")) {
            rows.add(new Row(
                    line.path("row").asInt(),
                    line.path("dossier").asText(),
                    line.path("outcome").asText(),
                    line.path(language).asText()));
        }
        return rows;
    }

    /** An empty table with the headings. */
    @GetMapping("/template.{kind:csv|xlsx}")
    ResponseEntity<byte[]> template(@PathVariable String kind) throws IOException {
        List<TableAnswer.Column> columns = Stream.of(StatementFile.Column.values())
                .map(column -> new TableAnswer.Column(column.heading, 26, column != StatementFile.Column.AMOUNT))
                .toList();
        return TableAnswer.blank("mau-sao-ke", kind, "Sao ke", columns, StatementFile.MOST);
    }
}
