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
 * @param identity null when the portal did not say how to know the person
 */
record Party(
        String name,
        String phone,
        @Nullable String commune,
        String street,
        @Nullable Identity identity) {

    /**
     * How a phone knows a citizen by the identity card without anybody telling it the number.
     *
     * @param salt of the portal's making, another for each dossier
     * @param hash PBKDF2 with HMAC-SHA256 of the twelve digits, 200,000 rounds, 32 bytes as hex
     */
    record Identity(String salt, String hash) {}

    static Party of(JsonNode json) {
        JsonNode address = json.path("address");
        JsonNode identity = json.path("identity");
        return new Party(
                json.path("name").asText(),
                json.path("phone").asText(),
                address.path("commune").asText(null),
                address.path("street").asText(),
                identity.isObject()
                        ? new Identity(
                                identity.path("salt").asText(),
                                identity.path("hash").asText())
                        : null);
    }

    static Party of(Agency agency) {
        return new Party(agency.name(), agency.phone(), agency.commune(), agency.street(), null);
    }

    /** At another door: the same person is known by the same card, when nothing else is said. */
    Party after(Party before) {
        return identity == null && name.equals(before.name())
                ? new Party(name, phone, commune, street, before.identity())
                : this;
    }

    /** The same person, as far as a name and a telephone tell, perhaps at another door. */
    boolean isSameAs(Party other) {
        return name.equalsIgnoreCase(other.name) && Legs.sameNumber(phone, other.phone);
    }

    /** The same at what its address came to. */
    Party at(String commune, String street) {
        return new Party(name, phone, commune, street, identity);
    }

    /** As everybody who carries it may know it. */
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

    /** With what is for our own table and the phone at the door. */
    ObjectNode known() {
        ObjectNode json = json();
        if (identity != null) {
            json.putObject("identity").put("salt", identity.salt()).put("hash", identity.hash());
        }
        return json;
    }

    /** Without anything personal. */
    @Override
    public String toString() {
        return "Party[" + commune + "]";
    }
}
