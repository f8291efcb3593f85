package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Inbound;

/**
 * Lets a partner say in words of its own what a door is told in ours. Files of its dialect put them into the words of the
 * door, and from there on it is a message as anybody's: checked, translated, done once. Without such files the partner
 * speaks as the door does. Bean {@code ownWords}.
 *
 * <p>{@code <kind>.in.schema.json} says what JSON it may send; {@code <kind>.in.jslt} or {@code <kind>.in.xsl} puts it into
 * the words of the door; {@code <kind>.answer.out.jslt} or {@code .xsl} puts our answer into its own.
 */
@Component("ownWords")
public final class OwnWords {

    private static final Logger LOG = LoggerFactory.getLogger(OwnWords.class);
    private static final Pattern FOLDER = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private final Directories directories;

    OwnWords(Directories directories) {
        this.directories = directories;
    }

    /** What is answered: JSON, or XML. */
    public record Words(boolean xml, String text) {}

    /** A partner's own files for one kind of message. */
    private record Own(MappingSet files, String stem, Map<String, JsonNode> variables) {

        boolean has(String ending) {
            return !stem.isEmpty() && files.file(stem + ending).isPresent();
        }

        /** Nobody but who wrote it knows what it cannot be: the fault is told, not the words. */
        <T> T understood(Supplier<T> translation) {
            try {
                return translation.get();
            } catch (FailedMapping failed) {
                throw notUnderstood(String.valueOf(failed.getMessage()));
            } catch (Refused refused) {
                throw refused.code().equals("not-json") ? notUnderstood(nothing()) : refused;
            }
        }

        String asXml(Supplier<String> translation) {
            String xml = understood(translation);
            if (!isXml(xml)) {
                throw notUnderstood(nothing());
            }
            return xml;
        }

        private String nothing() {
            return "mappings/" + stem + ".in.xsl: nothing in it fits";
        }

        private static Refused notUnderstood(String why) {
            return refused(
                    "not-understood",
                    "Không hiểu được nội dung này theo phương ngữ của bạn (" + why
                            + "); hãy kiểm tra các trường, nhất là ngày tháng.",
                    "By your dialect this content cannot be understood (" + why
                            + "); check its fields, dates above all.");
        }
    }

    /**
     * To a door that is told things in JSON. XML is a text.
     *
     * @throws Refused MALFORMED {@code schema}, {@code not-xml}, {@code not-understood}; {@code xml-not-read} when it says
     *     in XML what its dialect has no stylesheet for
     */
    public Inbound toJson(Inbound in) {
        Own own = own(in, Map.of());
        if (in.payload().isTextual() && isXml(in.payload().textValue())) {
            if (!own.has(".in.xsl")) {
                throw refused(
                        "xml-not-read",
                        "Phương ngữ của bạn không có cách đọc XML ở đây; hãy gửi JSON.",
                        "Your dialect has no way to read XML here; send JSON.");
            }
            String xml = in.payload().textValue();
            return in.with(own.understood(() -> own.files.json(xml, own.stem + ".in.xsl", own.variables)));
        }
        check(own, in.payload());
        return own.has(".in.jslt")
                ? in.with(own.understood(() -> own.files.json(in.payload(), own.stem + ".in.jslt", own.variables)))
                : in;
    }

    /**
     * To a door that is told things in XML.
     *
     * @throws Refused MALFORMED {@code schema}, {@code not-xml}, {@code not-understood}; {@code json-not-read} when it says
     *     in JSON what its dialect has no stylesheet for
     */
    public Inbound toXml(Inbound in) {
        Own own = own(in, Map.of());
        String stylesheet = own.stem + ".in.xsl";
        if (in.payload().isTextual()) {
            String xml = in.payload().textValue();
            return own.has(".in.xsl")
                    ? in.with(TextNode.valueOf(own.asXml(() -> own.files.xml(xml, stylesheet, own.variables))))
                    : in;
        }
        if (!own.has(".in.xsl")) {
            throw refused(
                    "json-not-read",
                    "Phương ngữ của bạn không có cách đọc JSON ở đây; hãy gửi XML theo hợp đồng.",
                    "Your dialect has no way to read JSON here; send XML by the contract.");
        }
        check(own, in.payload());
        return in.with(TextNode.valueOf(own.asXml(() -> own.files.xml(in.payload(), stylesheet, own.variables))));
    }

    /**
     * Our answer in the partner's words; empty when it has none of its own, or they cannot say it: what was asked for is done
     * by then, and to answer an error would have it asked for again.
     */
    public Optional<Words> answer(Inbound in, JsonNode answer, boolean repeat) {
        Own own = own(in, Map.of("repeat", BooleanNode.valueOf(repeat)));
        try {
            return answer(own, answer);
        } catch (FailedMapping failed) {
            LOG.error("{} is answered in our words: {}", in.partner(), failed.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Words> answer(Own own, JsonNode answer) {
        if (own.has(".answer.out.xsl")) {
            return Optional.of(new Words(true, own.files.xml(answer, own.stem + ".answer.out.xsl", own.variables)));
        }
        return own.has(".answer.out.jslt")
                ? Optional.of(new Words(
                        false,
                        own.files
                                .json(answer, own.stem + ".answer.out.jslt", own.variables)
                                .toString()))
                : Optional.empty();
    }

    private static void check(Own own, JsonNode said) {
        if (own.has(".in.schema.json")) {
            own.files.check(said, own.stem + ".in.schema.json");
        }
    }

    private static boolean isXml(String text) {
        return text.stripLeading().startsWith("<");
    }

    private Own own(Inbound in, Map<String, JsonNode> more) {
        Directory directory = directories.current();
        Optional<Partner> partner = directory
                .partner(in.partner())
                .filter(known -> known.dialect() != null
                        && FOLDER.matcher(known.dialect()).matches());
        Map<String, JsonNode> variables = new HashMap<>(more);
        partner.ifPresent(known -> variables.put("partner", Mappings.variable(known)));
        variables.put("kind", TextNode.valueOf(in.kind()));
        variables.put("key", TextNode.valueOf(in.key()));
        String stem = partner.map(known -> known.dialect() + "/" + in.kind()).orElse("");
        return new Own(directory.companion(MappingSet.class), stem, variables);
    }

    private static Refused refused(String code, String vi, String en) {
        return new Refused(Refused.Ground.MALFORMED, code, "", vi, en);
    }
}
