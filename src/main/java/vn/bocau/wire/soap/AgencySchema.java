package vn.bocau.wire.soap;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URL;
import java.util.ArrayList;
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
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import vn.bocau.code.Refused;

/** Checks a payload against {@code wsdl/agency.xsd} and says of every element that is wrong what would be right. */
@Component
class AgencySchema {

    /**
     * A payload that keeps to the schema.
     *
     * @param operation name of its root element
     * @param values of the elements right below it, the first of each name
     */
    record Checked(String operation, String xml, Map<String, String> values) {

        /** It is there, the schema says so. */
        String value(String element) {
            return Objects.requireNonNull(values.get(element), element).strip();
        }
    }

    private final Schema schema;

    AgencySchema() throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        URL xsd = Objects.requireNonNull(AgencySchema.class.getResource("/wsdl/agency.xsd"));
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        this.schema = factory.newSchema(xsd);
    }

    /** @throws Refused MALFORMED {@code schema}, {@code not-xml} */
    Checked check(Source payload) {
        String xml = text(payload);
        var flaws = new SchemaFlaws();
        try {
            SAXParserFactory parsers = SAXParserFactory.newDefaultNSInstance();
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            XMLReader reader = parsers.newSAXParser().getXMLReader();
            ValidatorHandler validator = schema.newValidatorHandler();
            validator.setErrorHandler(flaws);
            reader.setContentHandler(flaws.watching(validator));
            reader.parse(new InputSource(new StringReader(xml)));
        } catch (SAXException e) {
            // It was read as XML 1.1, which knows characters that XML 1.0 does not.
            throw notXml();
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("a payload already parsed does not parse", e);
        }
        List<Refused.Flaw> found = new ArrayList<>(flaws.found());
        if (flaws.unknownRoot()) {
            throw AgencyEndpoint.unknownOperation();
        }
        if (!found.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "schema", found);
        }
        return new Checked(flaws.root(), xml, flaws.values());
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
                "Nội dung không phải XML 1.0 hợp lệ.",
                "The content is not well-formed XML 1.0.");
    }
}
