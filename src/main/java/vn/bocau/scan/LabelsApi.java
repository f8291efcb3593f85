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

/** Labels for the envelopes of the own office, as PDF. */
@RestController
class LabelsApi {

    /** What the label is printed on. Millimetres: a label is 105 by 74. */
    enum Sheet {
        /** Eight on a page, for an office printer. */
        A4("A4", "74.2mm"),
        /** One on a page, for a label printer. */
        ROLL("105mm 74mm", "74mm");

        private final String page;
        private final String height;

        Sheet(String page, String height) {
            this.page = page;
            this.height = height;
        }

        public String getPage() {
            return page;
        }

        public String getHeight() {
            return height;
        }
    }

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
        Map<String, Object> facts =
                Map.of("sheet", sheet(sheet), "labels", labels.of(Postal.of(who).office(), items));
        // Vietnamese whoever prints it: it is read by everybody on the way.
        byte[] pdf = printer.pdf("labels", facts, Locale.forLanguageTag("vi"));
        return PdfAnswer.of("nhan-buu-gui", pdf);
    }

    private static Sheet sheet(String name) {
        return switch (name) {
            case "a4" -> Sheet.A4;
            case "roll" -> Sheet.ROLL;
            default ->
                throw new Refused(
                        Refused.Ground.MALFORMED, "sheet", "sheet", "Phải là a4 hoặc roll.", "Must be a4 or roll.");
        };
    }
}
