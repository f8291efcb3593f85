package vn.bocau.wire.soap;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Source;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.ValidatorHandler;
import org.springframework.stereotype.Component;
import org.xml.sax.ContentHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;
import vn.bocau.code.Refused;
import vn.bocau.journal.Inbound;

/**
 * Checks what an agency says against {@code wsdl/agency.xsd}, whichever door it comes in by, and says of every element
 * that is wrong what would be right. Bean {@code agencySchema}.
 */
@Component("agencySchema")
public class AgencySchema {

    /**
     * A payload as it came.
     *
     * @param operation name of its root element
     * @param values of the elements right below it, the first of each name
     */
    record Payload(String operation, String xml, Map<String, String> values) {

        /** Empty when it is not there. */
        String value(String element) {
            return values.getOrDefault(element, "").strip();
        }
    }

    private final Schema schema;

    AgencySchema() throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        URL xsd = Objects.requireNonNull(AgencySchema.class.getResource("/wsdl/agency.xsd"));
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        this.schema = factory.newSchema(xsd);
    }

    /**
     * What it is called and names, without judging it.
     *
     * @throws Refused MALFORMED {@code not-xml}
     */
    Payload read(Source payload) {
        String xml = text(payload);
        SchemaFlaws seen = parse(xml, new DefaultHandler());
        return new Payload(seen.root(), xml, seen.values());
    }

    /**
     * Lets a message pass that is what its operation asks for.
     *
     * @return the message, unchanged
     * @throws Refused MALFORMED {@code schema}, {@code not-xml}, {@code unknown-operation}
     */
    public Inbound validate(Inbound in, String operation) {
        judge(in.payload().asText(), operation);
        return in;
    }

    /**
     * Lets a message pass of which each entry is judged alone: what is wrong with one stands beside it, as {@code flaw}
     * elements in the place of what it said, and the others go on.
     *
     * @param entry name of the elements that are judged alone
     * @throws Refused as {@link #validate}, when something else is wrong with it, or something with each entry
     */
    public Inbound validateEach(Inbound in, String operation, String entry) {
        String xml = in.payload().asText();
        List<Refused.Flaw> found = flaws(xml, operation);
        if (found.isEmpty()) {
            return in;
        }
        String apart = new FlawedEntries(found, operation, entry).beside(xml);
        if (apart.equals(xml)) {
            throw new Refused(Refused.Ground.MALFORMED, "schema", found);
        }
        return in.with(TextNode.valueOf(apart));
    }

    /** The same for XML that is not a message. */
    void judge(String xml, String operation) {
        List<Refused.Flaw> found = flaws(xml, operation);
        if (!found.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "schema", found);
        }
    }

    private List<Refused.Flaw> flaws(String xml, String operation) {
        SchemaFlaws flaws = parse(xml, schema.newValidatorHandler());
        if (flaws.unknownRoot()) {
            throw AgencyEndpoint.unknownOperation();
        }
        if (!flaws.root().equals(operation)) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "schema",
                    "/" + flaws.root(),
                    "Ở đây phải là " + operation + ".",
                    "Here " + operation + " is expected.");
        }
        return flaws.found();
    }

    private static SchemaFlaws parse(String xml, ContentHandler judge) {
        var flaws = new SchemaFlaws();
        if (judge instanceof ValidatorHandler validator) {
            validator.setErrorHandler(flaws);
        }
        try {
            SAXParserFactory parsers = SAXParserFactory.newDefaultNSInstance();
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            XMLReader reader = parsers.newSAXParser().getXMLReader();
            // Its own would write to the console.
            reader.setErrorHandler(flaws);
            reader.setContentHandler(flaws.watching(judge));
            reader.parse(new InputSource(new StringReader(xml)));
            return flaws;
        } catch (SAXException e) {
            throw notXml();
        } catch (IOException | ParserConfigurationException impossible) {
            throw new IllegalStateException("XML from memory cannot be read", impossible);
        }
    }

    private static String text(Source payload) {
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
            Transformer copy = factory.newTransformer();
            copy.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter written = new StringWriter();
            copy.transform(payload, new StreamResult(written));
            return written.toString();
        } catch (TransformerException e) {
            throw notXml();
        }
    }

    private static Refused notXml() {
        return new Refused(
                Refused.Ground.MALFORMED,
                "not-xml",
                "",
                "Nội dung không phải XML 1.0 hợp lệ, hoặc có DOCTYPE.",
                "The content is not well-formed XML 1.0, or has a DOCTYPE.");
    }
}
