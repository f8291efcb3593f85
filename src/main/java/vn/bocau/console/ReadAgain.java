package vn.bocau.console;

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
     * Each by itself, with its own record, so that no dossier waits for another's; what is not understood holds up none of the others.
     *
     * @param alike with all that came before it from there under the same code
     * @return how many are understood by now
     * @throws Refused CONFLICT {@code nothing-to-read}; when none is understood, why the last is not, such as {@code still-unmapped}
     */
    int read(UUID handling, boolean alike, String by, String reason) {
        Refused why = new Refused(
                Refused.Ground.CONFLICT,
                "nothing-to-read",
                "id",
                "Không có thông điệp gốc nào để đọc lại: mã của thao tác này đã dịch, đã có người xử lý, hoặc thông điệp gốc"
                        + " không còn.",
                "There is no message to read again: the code of this handling is mapped, somebody has dealt with it, or the"
                        + " message that brought it is not there any more.");
        int read = 0;
        for (Unmapped.Said said : unmapped.said(handling, alike)) {
            try {
                read(said, by, reason);
                read++;
            } catch (Refused notThis) {
                why = notThis;
            }
        }
        if (read == 0) {
            throw why;
        }
        return read;
    }

    private void read(Unmapped.Said said, String by, String reason) {
        Inbound in = inOurWords(said.in());
        recorded.act(by, "READ_AGAIN", Audited.Kind.DOSSIER, said.handling().toString(), reason, () -> {
            unmapped.read(said.handling(), in, by, reason);
            return in;
        });
    }

    private Inbound inOurWords(Inbound in) {
        return mappings.check(carriers.understood(in), "carrier/carrier.event.in.schema.json");
    }
}
