package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
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
import vn.bocau.journal.Receipt;

/** Results from a file, for an agency without a system of its own: a row each, judged alone; the same file twice changes nothing. */
@Controller
@RequestMapping("/desk/file")
class FilePage {

    private static final MediaType XLSX =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private static final Text BY_ANOTHER = new Text(
            "Tệp này đã được một cán bộ khác của cơ quan gửi trước đó; nếu cần, đánh dấu vào ô xét lại rồi gửi.",
            "This file was sent by another clerk of the agency before; tick the box to have it judged anew, if need be.");

    private static final Text NOTHING = new Text("Hãy chọn một tệp CSV hoặc XLSX.", "Choose a CSV or XLSX file.");

    private final Clerks clerks;

    FilePage(Clerks clerks) {
        this.clerks = clerks;
    }

    /** What became of one row. @param row its number in the file */
    record RowOutcome(
            int row,
            String dossier,
            @Nullable String item,
            @Nullable String note,
            List<String> wrong,
            boolean address) {}

    @GetMapping
    String form() {
        return "desk/file";
    }

    @PostMapping
    String upload(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "false") boolean again,
            @RequestParam(required = false) @Nullable MultipartFile file)
            throws IOException {
        if (file == null || file.isEmpty()) {
            response.setStatus(422);
            page.addAttribute("wrong", NOTHING.in(locale));
            return form();
        }
        byte[] content = file.getBytes();
        ResultFile read;
        Receipt receipt;
        try {
            read = ResultFile.read(content);
            ObjectNode said = JsonNodeFactory.instance.objectNode();
            said.putArray("results").addAll(read.results());
            receipt = clerks.bring(Clerk.of(who), "dispatch", again ? form : "file-" + Sha256.hex(content), said);
        } catch (Refused refused) {
            response.setStatus(422);
            Text why = refused.ground() == Refused.Ground.CONFLICT
                    ? BY_ANOTHER
                    : refused.flaws().get(0).wrong();
            page.addAttribute("wrong", why.in(locale));
            return form();
        }
        List<RowOutcome> outcomes = new ArrayList<>();
        String language = "en".equals(locale.getLanguage()) ? "en" : "vi";
        JsonNode results = receipt.answer().path("results");
        for (int i = 0; i < results.size(); i++) {
            outcomes.add(outcome(results.get(i), read.rows().get(i), language));
        }
        page.addAttribute("repeat", receipt.repeat());
        page.addAttribute(
                "gone", outcomes.stream().filter(one -> one.item() != null).toList());
        page.addAttribute(
                "stay", outcomes.stream().filter(one -> one.item() == null).toList());
        return "desk/file-report";
    }

    private static RowOutcome outcome(JsonNode one, int row, String language) {
        List<String> wrong = new ArrayList<>();
        one.path("flaws")
                .forEach(flaw -> wrong.add(column(flaw.path("field").asText())
                        + flaw.path(language).asText()));
        return new RowOutcome(
                row,
                one.path("dossier").asText(),
                one.path("item").asText(null),
                one.path("rewritten").path(language).asText(null),
                wrong,
                one.at("/flaws/0/field").asText().equals("address"));
    }

    /** The column that a field stood in, for the eye; nothing when it is the row as a whole. */
    private static String column(String field) {
        String last = field.substring(field.lastIndexOf('/') + 1);
        return ResultColumn.of(last.equals("address") ? "street" : last)
                .map(column -> column.heading + ": ")
                .orElse("");
    }

    /** An empty table with the headings. */
    @GetMapping("/template.{kind:csv|xlsx}")
    ResponseEntity<byte[]> template(@PathVariable String kind) throws IOException {
        boolean csv = kind.equals("csv");
        return ResponseEntity.ok()
                .contentType(csv ? new MediaType("text", "csv", StandardCharsets.UTF_8) : XLSX)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("mau-ket-qua." + kind)
                                .build()
                                .toString())
                .body(csv ? csv() : xlsx());
    }

    private static byte[] csv() {
        // Spreadsheets take a file for UTF-8 by its mark alone, and in Vietnam part columns by semicolons.
        return ("\uFEFF" + String.join(";", ResultColumn.headings()) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] xlsx() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "BoCau", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Ket qua");
            for (ResultColumn column : ResultColumn.values()) {
                sheet.value(0, column.ordinal(), column.heading);
                sheet.style(0, column.ordinal()).bold().set();
                sheet.width(column.ordinal(), column == ResultColumn.STREET ? 40 : 22);
                // As text: a telephone number keeps its zero.
                sheet.range(1, column.ordinal(), ResultFile.MOST, column.ordinal())
                        .style()
                        .format("@")
                        .set();
            }
        }
        return bytes.toByteArray();
    }
}
