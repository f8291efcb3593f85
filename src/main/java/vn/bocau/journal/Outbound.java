package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing to be told to a partner, caused by the transaction it is written in.
 *
 * @param partner whom to tell
 * @param group what must stay in order, as a message group of JMS: messages of one group reach one partner in the order they were written. Opaque;
 *     for us the dossier's id
 * @param kind what it is, such as {@code progress}; the partner's dialect names a mapping for each kind
 * @param key stable and unique per partner: writing the same key again is a repeat and changes nothing
 * @param subject the one code an operator may see and search by (the dossier's code); no personal data
 * @param body in our words, translated only when it leaves. May hold personal data
 */
public record Outbound(String partner, String group, String kind, String key, String subject, JsonNode body) {

    /** Without the body, which may hold personal data. */
    @Override
    public String toString() {
        return "Outbound[" + kind + " " + key + " to " + partner + "]";
    }
}
