package vn.bocau.scan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.ItemId;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Labels;
import vn.bocau.print.Printer;
import vn.bocau.print.Sheet;
import vn.bocau.wire.http.PdfAnswer;

/** Labels for the envelopes of the own office, as PDF. */
@RestController
class LabelsApi {

    private static final int MOST = 200;

    private final Labels labels;
    private final Printer printer;

    LabelsApi(Labels labels, Printer printer) {
        this.labels = labels;
        this.printer = printer;
    }

    /** @throws Refused MALFORMED {@code no-items}, {@code too-many-items}, {@code item-id}, {@code sheet}; UNKNOWN {@code unknown-item} */
    @GetMapping("/api/scan/v1/labels")
    ResponseEntity<byte[]> labels(
            @RequestParam List<String> item, @RequestParam(defaultValue = "a4") String sheet, Authentication who) {
        if (item.isEmpty()) {
            throw new Refused(
                    Refused.Ground.MALFORMED, "no-items", "item", "Chưa có mã bưu gửi nào.", "No item is named.");
        }
        if (item.size() > MOST) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "too-many-items",
                    "item",
                    "Mỗi lần in nhiều nhất " + MOST + " nhãn.",
                    "At most " + MOST + " labels at a time.");
        }
        List<ItemId> items = item.stream().map(ItemId::new).toList();
        Map<String, Object> facts = Map.of(
                "sheet", Sheet.of(sheet), "labels", labels.of(Postal.of(who).office(), items));
        // Vietnamese whoever prints it: it is read by everybody on the way.
        byte[] pdf = printer.pdf("labels", facts, Locale.forLanguageTag("vi"));
        return PdfAnswer.of("nhan-buu-gui", pdf);
    }
}
