package vn.bocau.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AmountsTest {

    @Test
    void what_is_no_amount_stays_as_it_was_typed_for_its_line_to_be_refused() {
        ObjectNode counted = JsonNodeFactory.instance.objectNode();

        Amounts.lines(counted, Map.of("line-2", "28.5", "line-1", "28.000,00", "other", "1"));

        JsonNode lines = counted.path("lines");
        assertThat(lines).hasSize(2);
        assertThat(lines.path(0).path("received").asLong()).isEqualTo(28_000);
        assertThat(lines.path(1).path("received").asText()).isEqualTo("28.5");
    }
}
