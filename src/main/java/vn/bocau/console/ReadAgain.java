package vn.bocau.console;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.bocau.audit.Audited;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Unmapped;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.mapping.Mappings;
import vn.bocau.wire.out.Carriers;

/** Reads again, once its code is mapped, what an outside carrier said before it was. */
@Component
class ReadAgain {

    private final Unmapped unmapped;
    private final Carriers carriers;
    private final Mappings mappings;
    private final Recorded recorded;

    ReadAgain(Unmapped unmapped, Carriers carriers, Mappings mappings, Recorded recorded) {
        this.unmapped = unmapped;
        this.carriers = carriers;
        this.mappings = mappings;
        this.recorded = recorded;
    }

    /**
     * Each by itself, so that no dossier waits for another's; recorded before the first.
     *
     * @param alike with all that came before it from there under the same code
     * @return how many are understood by now
     * @throws Refused CONFLICT {@code nothing-to-read}, {@code still-unmapped}
     */
    int read(UUID handling, boolean alike, String by, String reason) {
        List<Unmapped.Said> said = unmapped.said(handling, alike);
        if (said.isEmpty()) {
            throw refused(
                    "nothing-to-read",
                    "Không có thông điệp gốc nào để đọc lại: mã của thao tác này đã dịch, đã có người xử lý, hoặc thông điệp gốc"
                            + " không còn.",
                    "There is no message to read again: the code of this handling is mapped, somebody has dealt with it, or the"
                            + " message that brought it is not there any more.");
        }
        List<Unmapped.Said> understood = said.stream()
                .map(each -> new Unmapped.Said(each.handling(), inOurWords(each.in())))
                .filter(each -> unmapped.isMapped(each.in()))
                .toList();
        if (understood.isEmpty()) {
            throw refused(
                    "still-unmapped",
                    "Mã này chưa ai dịch: thêm nó vào codes.csv của phương ngữ, nạp lại rồi đọc lại.",
                    "Nobody has mapped this code yet: add it to codes.csv of the dialect, reload, and read it again.");
        }
        recorded.act(by, "READ_AGAIN", Audited.Kind.DOSSIER, handling.toString(), reason, understood::size);
        understood.forEach(each -> unmapped.read(each.handling(), each.in(), by, reason));
        return understood.size();
    }

    private Inbound inOurWords(Inbound in) {
        return mappings.check(carriers.understood(in), "carrier/carrier.event.in.schema.json");
    }

    private static Refused refused(String code, String vi, String en) {
        return new Refused(Refused.Ground.CONFLICT, code, "id", vi, en);
    }
}
