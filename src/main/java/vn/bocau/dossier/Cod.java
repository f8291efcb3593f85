package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tiền thu hộ (COD): taken from whoever receives an item for a third, neither the agency nor the post.
 *
 * @param amount in đồng
 * @param payee id of that third in {@code payees.csv}; null when there is nothing to take, and never was
 */
record Cod(long amount, @Nullable String payee) {

    static final Cod NONE = new Cod(0, null);

    Cod {
        if (amount < 0 || amount > 0 && payee == null) {
            throw new IllegalArgumentException("it is somebody's: " + amount + ", " + payee);
        }
    }

    /** {@code {"amount", "payee"}}; nothing when it is not there, or the amount is 0, which takes off what was asked for. */
    static Cod of(JsonNode said) {
        long amount = said.path("amount").asLong();
        return amount > 0 ? new Cod(amount, said.path("payee").asText()) : NONE;
    }

    Cod of(long other) {
        return new Cod(other, payee);
    }

    boolean hasPayeeOf(Cod other) {
        return Objects.equals(payee, other.payee);
    }
}
