package vn.bocau.fee;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.journal.Inbound;

/**
 * Who brings something about in the ledger; the page has signed them in.
 *
 * @param office code of the own post office, of a supervisor
 * @param agency id of the own agency, of a clerk
 */
record Teller(
        String user, @Nullable String office, @Nullable String agency) {

    static Teller of(Inbound in) {
        JsonNode by = in.payload().path("by");
        return new Teller(
                by.path("user").asText(),
                by.path("office").asText(null),
                by.path("agency").asText(null));
    }

    /** POST or AGENCY. */
    String sideName() {
        return agency == null ? "POST" : "AGENCY";
    }

    Side side() {
        return new Side(agency, office);
    }

    /** @throws Refused FORBIDDEN {@code no-office} */
    String ownOffice() {
        if (office == null) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "no-office",
                    "",
                    "Chỉ trưởng bưu cục lập và rút bảng kê nộp tiền.",
                    "Only a post office's supervisor makes and withdraws remittance slips.");
        }
        return office;
    }

    /** @throws Refused FORBIDDEN {@code no-agency} */
    String ownAgency() {
        if (agency == null) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "no-agency",
                    "",
                    "Chỉ cán bộ của cơ quan xác nhận tiền đã nhận.",
                    "Only a clerk of the agency confirms what was received.");
        }
        return agency;
    }
}
