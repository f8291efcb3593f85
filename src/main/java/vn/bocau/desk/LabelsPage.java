package vn.bocau.desk;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
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

    private static final Set<ItemId.Outcome> BEARS_OURS = EnumSet.of(ItemId.Outcome.VALID, ItemId.Outcome.WARN);

    private final Labels labels;
    private final Printer printer;

    LabelsPage(Labels labels, Printer printer) {
        this.labels = labels;
        this.printer = printer;
    }

    /** @throws Refused MALFORMED {@code no-items}, {@code too-many-items}, {@code sheet}; UNKNOWN {@code unknown-item} */
    @RequestMapping(
            path = "/desk/labels",
            method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<byte[]> labels(
            Authentication who,
            @RequestParam MultiValueMap<String, String> form,
            @RequestParam(defaultValue = "a4") String sheet) {
        // An envelope that came with a label of its own, such as a one-stop's, needs none.
        List<String> item = form.getOrDefault("item", List.of()).stream()
                .filter(number -> BEARS_OURS.contains(ItemId.read(number).outcome()))
                .toList();
        if (item.isEmpty()) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "no-items",
                    "",
                    "Chưa chọn bưu gửi nào cần in nhãn.",
                    "No item is chosen that needs a label.");
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
