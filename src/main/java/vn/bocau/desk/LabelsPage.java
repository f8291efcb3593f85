package vn.bocau.desk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.bocau.code.ItemId;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Labels;
import vn.bocau.print.Printer;
import vn.bocau.print.Sheet;
import vn.bocau.wire.http.PdfAnswer;

/** Labels for the envelopes that go out from the own agency, as PDF. */
@Controller
class LabelsPage {

    private final Labels labels;
    private final Printer printer;

    LabelsPage(Labels labels, Printer printer) {
        this.labels = labels;
        this.printer = printer;
    }

    /** @throws Refused MALFORMED {@code no-items}, {@code too-many-items}, {@code item-id}, {@code sheet}; UNKNOWN {@code unknown-item} */
    @GetMapping("/desk/labels")
    ResponseEntity<byte[]> labels(
            Authentication who,
            @RequestParam(defaultValue = "") List<String> item,
            @RequestParam(defaultValue = "a4") String sheet) {
        if (item.isEmpty()) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "no-items",
                    "",
                    "Chưa chọn bưu gửi nào để in nhãn.",
                    "No item is chosen.");
        }
        if (item.size() > Shown.SIZE) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "too-many-items",
                    "",
                    "Mỗi lần in nhiều nhất " + Shown.SIZE + " nhãn.",
                    "At most " + Shown.SIZE + " labels at a time.");
        }
        List<Labels.Label> found = labels.sentBy(
                Clerk.of(who).agency(), item.stream().map(ItemId::new).toList());
        // Vietnamese whoever prints it: it is read by everybody on the way.
        return PdfAnswer.of(
                "nhan-buu-gui",
                printer.pdf("labels", Map.of("sheet", Sheet.of(sheet), "labels", found), Locale.forLanguageTag("vi")));
    }
}
