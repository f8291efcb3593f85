package vn.bocau.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The record as a file, a JSON object on each line with one field that says what it is: {@code head}, {@code root} or
 * {@code row}. Digests are in hex, signatures in Base64.
 */
public final class AuditFile {

    private static final String END = ".";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HexFormat HEX = HexFormat.of();

    private AuditFile() {}

    public static String head(AuditSeal head) {
        return line("head", seal(head));
    }

    public static String root(AuditSeal root) {
        return line("root", seal(root));
    }

    public static String row(AuditRow row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("seq", row.seq())
                .put("at", row.at().toString())
                .put("by", row.by())
                .put("what", row.what());
        json.put("outcome", row.outcome()).put("kind", row.kind()).put("target", row.target());
        json.put("partner", row.partner()).put("reason", row.reason()).put("detail", row.detail());
        json.put("previous", HEX.formatHex(row.previous())).put("digest", HEX.formatHex(row.digest()));
        AuditStamp stamp = row.stamp();
        if (stamp != null) {
            json.putObject("stamp")
                    .put("from", stamp.from())
                    .put("key", stamp.key())
                    .put("signature", Base64.getEncoder().encodeToString(stamp.signature()));
        }
        return line("row", json);
    }

    /** The counterpart of {@link #witness(String)}. */
    static String witness(AuditSeal seal) {
        return seal.seq() + " " + HEX.formatHex(seal.digest()) + " " + seal.key() + " "
                + Base64.getEncoder().encodeToString(seal.signature()) + " " + END + "\n";
    }

    /**
     * Each line is read twice: for what is signed, then for the rows.
     *
     * @throws IOException when it is no line of such a file; said once of each
     */
    static void read(String line, AuditCheck check, boolean rows) throws IOException {
        JsonNode json = parsed(line);
        try {
            if (rows && json.has("row")) {
                check.row(row(json.get("row")));
            } else if (!rows && json.has("head")) {
                check.seal(seal(json.get("head")), true);
            } else if (!rows && json.has("root")) {
                check.seal(seal(json.get("root")), false);
            } else if (rows && !json.has("head") && !json.has("root")) {
                throw new IOException("neither head, root nor row");
            }
        } catch (RuntimeException e) {
            throw new IOException("a field is missing or wrong", e);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            // Its message quotes the line.
            return MissingNode.getInstance();
        }
    }

    /** A line that a node keeps beside the database, its end included: half a line is none. */
    static AuditSeal witness(String line) throws IOException {
        try {
            String[] parts = line.split(" ");
            if (parts.length != 5 || !parts[4].equals(END)) {
                throw new IOException("half a line of a node's memory");
            }
            return new AuditSeal(
                    null,
                    Long.parseLong(parts[0]),
                    HEX.parseHex(parts[1]),
                    parts[2],
                    Base64.getDecoder().decode(parts[3]));
        } catch (RuntimeException e) {
            throw new IOException("not a line of a node's memory", e);
        }
    }

    private static String line(String what, ObjectNode content) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set(what, content);
        return json.toString();
    }

    private static ObjectNode seal(AuditSeal seal) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (seal.day() != null) {
            json.put("day", seal.day().toString());
        }
        json.put("seq", seal.seq()).put("digest", HEX.formatHex(seal.digest())).put("key", seal.key());
        return json.put("signature", Base64.getEncoder().encodeToString(seal.signature()));
    }

    private static AuditSeal seal(JsonNode json) throws IOException {
        return new AuditSeal(
                json.has("day") ? LocalDate.parse(json.get("day").textValue()) : null,
                json.get("seq").longValue(),
                HEX.parseHex(json.get("digest").textValue()),
                json.get("key").textValue(),
                json.get("signature").binaryValue());
    }

    private static AuditRow row(JsonNode json) throws IOException {
        return new AuditRow(
                json.get("seq").longValue(),
                Instant.parse(json.get("at").textValue()),
                json.get("by").textValue(),
                json.get("what").textValue(),
                json.get("outcome").textValue(),
                json.get("kind").textValue(),
                json.get("target").textValue(),
                text(json, "partner"),
                text(json, "reason"),
                text(json, "detail"),
                HEX.parseHex(json.get("previous").textValue()),
                HEX.parseHex(json.get("digest").textValue()),
                stamp(json.get("stamp")));
    }

    private static @Nullable AuditStamp stamp(@Nullable JsonNode json) throws IOException {
        return json == null
                ? null
                : new AuditStamp(
                        json.get("from").longValue(),
                        json.get("key").textValue(),
                        json.get("signature").binaryValue());
    }

    private static @Nullable String text(JsonNode json, String field) {
        return json.path(field).textValue();
    }
}
