package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XPathCompiler;
import net.sf.saxon.s9api.XPathSelector;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmValue;
import net.sf.saxon.s9api.XmlProcessingError;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/**
 * XSLT 3.0, each file compiled once. A stylesheet sees its input and its parameters and nothing else: no file, no
 * address, no Java. XML that declares a document type is refused, and with it every trick with entities.
 */
final class Xslts {

    private final MappingFiles files;
    private final Processor saxon = new Processor(false);
    private final Map<String, XsltExecutable> compiled = new ConcurrentHashMap<>();

    Xslts(MappingFiles files) {
        this.files = files;
        saxon.setConfigurationProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
        saxon.setConfigurationProperty(Feature.DISABLE_XSL_EVALUATE, true);
        saxon.setConfigurationProperty(Feature.ALLOWED_PROTOCOLS, "");
        // Saxon's own reports go to the console and quote values; what we throw says where.
        saxon.getUnderlyingConfiguration().setErrorReporterFactory(config -> error -> {});
        saxon.getUnderlyingConfiguration().setUnparsedTextURIResolver((uri, encoding, config) -> {
            throw new net.sf.saxon.trans.XPathException("a mapping reads no other file");
        });
    }

    /** @return what the stylesheet wrote: XML, or JSON as text */
    String fromXml(String name, String xml, Map<String, JsonNode> parameters) {
        return apply(name, parse(xml), parameters);
    }

    /** The stylesheet's input is {@code json-to-xml($json)}. */
    String fromJson(String name, JsonNode json, Map<String, JsonNode> parameters) {
        try {
            XPathCompiler xpath = saxon.newXPathCompiler();
            xpath.declareVariable(new QName("json"));
            XPathSelector asXml = xpath.compile("json-to-xml($json)").load();
            asXml.setVariable(new QName("json"), new XdmAtomicValue(json.toString()));
            return apply(name, (XdmNode) asXml.evaluateSingle(), parameters);
        } catch (SaxonApiException e) {
            throw new FailedMapping(name, "cannot be given what was said as XML");
        }
    }

    private String apply(String name, XdmNode input, Map<String, JsonNode> parameters) {
        XsltExecutable stylesheet = compiled(name);
        try {
            Xslt30Transformer transformer = stylesheet.load30();
            transformer.setResultDocumentHandler(uri -> {
                throw new IllegalStateException("mappings/" + name + " may not write another document");
            });
            transformer.setMessageHandler(message -> {});
            transformer.setStylesheetParameters(xdm(parameters));
            StringWriter written = new StringWriter();
            transformer.applyTemplates(input, transformer.newSerializer(written));
            return written.toString();
        } catch (SaxonApiException e) {
            // Without the cause: its message may quote a value.
            throw new FailedMapping(
                    name,
                    "fails at line " + e.getLineNumber() + " ("
                            + (e.getErrorCode() == null
                                    ? "no code"
                                    : e.getErrorCode().getLocalName())
                            + ")");
        }
    }

    private Map<QName, XdmValue> xdm(Map<String, JsonNode> parameters) throws SaxonApiException {
        Map<QName, XdmValue> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> e : parameters.entrySet()) {
            XPathCompiler xpath = saxon.newXPathCompiler();
            xpath.declareVariable(new QName("json"));
            XPathSelector parsed = xpath.compile("parse-json($json)").load();
            parsed.setVariable(
                    new QName("json"), new XdmAtomicValue(e.getValue().toString()));
            values.put(new QName(e.getKey()), parsed.evaluate());
        }
        return values;
    }

    XsltExecutable compiled(String name) {
        return compiled.computeIfAbsent(name, this::compile);
    }

    private XsltExecutable compile(String name) {
        List<XmlProcessingError> errors = new ArrayList<>();
        try {
            XsltCompiler compiler = saxon.newXsltCompiler();
            compiler.setErrorReporter(errors::add);
            return compiler.compile(new StreamSource(new StringReader(files.read(name)), "mappings:/" + name));
        } catch (SaxonApiException e) {
            XmlProcessingError first = errors.stream()
                    .filter(error -> !error.isWarning())
                    .findFirst()
                    .orElse(null);
            int line = first == null ? e.getLineNumber() : first.getLocation().getLineNumber();
            String said = String.valueOf(first == null ? e.getMessage() : first.getMessage());
            throw new WrongMapping(
                    name,
                    new Text("không phải stylesheet hợp lệ", "it is not a valid stylesheet"),
                    Math.max(line, 0),
                    said);
        }
    }

    private XdmNode parse(String xml) {
        try {
            SAXParserFactory parsers = SAXParserFactory.newDefaultNSInstance();
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return saxon.newDocumentBuilder()
                    .build(new SAXSource(
                            parsers.newSAXParser().getXMLReader(), new InputSource(new StringReader(xml))));
        } catch (SaxonApiException e) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "not-xml",
                    "",
                    "Nội dung không phải XML hợp lệ; hãy gửi một tài liệu XML đúng cú pháp, không có DOCTYPE.",
                    "The content is not valid XML; send one well-formed document without a DOCTYPE.");
        } catch (ParserConfigurationException | SAXException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
