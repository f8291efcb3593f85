package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The communes the portal's form offers, and who of the sandbox's people serves each. */
enum Place {
    DONG_HA("19333", "Phường Đông Hà, Quảng Trị", "buu-ta"),
    NAM_DONG_HA("19351", "Phường Nam Đông Hà, Quảng Trị", "buu-ta"),
    LE_THUY("19249", "Xã Lệ Thuỷ, Quảng Trị", "buu-ta-le-thuy"),
    TA_RUT("19588", "Xã Tà Rụt, Quảng Trị", "buu-ta-dakrong"),
    HAI_LANG("19702", "Xã Hải Lăng, Quảng Trị", null);

    final String commune;
    final String vi;

    /** The login of its postal worker; null where an outside carrier serves. */
    final @Nullable String worker;

    Place(String commune, String vi, @Nullable String worker) {
        this.commune = commune;
        this.vi = vi;
        this.worker = worker;
    }

    /** Where the citizen lives who asked for this; empty when that is none of the form's communes. */
    static Optional<Place> of(JsonNode request) {
        String lives = request.at("/pickup/sender/address/commune")
                .asText(request.at("/result/receiver/address/commune").asText());
        return Arrays.stream(values()).filter(p -> p.commune.equals(lives)).findFirst();
    }
}
