package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.Agency;

/**
 * Who sends or receives an item, and where. Personal data.
 *
 * @param commune five digits, NSO; null when a one-stop wrote the address in words alone
 */
record Party(String name, String phone, @Nullable String commune, String street) {

    static Party of(JsonNode json) {
        JsonNode address = json.path("address");
        return new Party(
                json.path("name").asText(),
                json.path("phone").asText(),
                address.path("commune").asText(null),
                address.path("street").asText());
    }

    static Party of(Agency agency) {
        return new Party(agency.name(), agency.phone(), agency.commune(), agency.street());
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("phone", phone);
        ObjectNode address = json.putObject("address");
        if (commune != null) {
            address.put("commune", commune);
        }
        address.put("street", street);
        return json;
    }

    /** Without anything personal. */
    @Override
    public String toString() {
        return "Party[" + commune + "]";
    }
}
