package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.Edit;
import vn.bocau.wire.Json;

/**
 * XML by its elements without children and its attributes. No XSD says which of them are no personal data, so all values are
 * masked; and of names those that our own contract does not have.
 */
final class XmlFields {

    private static final Set<String> KNOWN = known();

    private final Document document;
    private final Map<String, Node> leaves = new LinkedHashMap<>();

    private XmlFields(Document document) {
        this.document = document;
        collect("/" + name(document.getDocumentElement()), document.getDocumentElement());
    }

    static boolean isXml(JsonNode body) {
        return body.isTextual() && body.textValue().stripLeading().startsWith("<") && readable(body.textValue());
    }

    private static boolean readable(String xml) {
        try {
            read(xml);
            return true;
        } catch (Refused notXml) {
            return false;
        }
    }

    /** @throws Refused MALFORMED {@code not-xml} */
    static XmlFields read(String xml) {
        try {
            return new XmlFields(parse(new InputSource(new StringReader(xml))));
        } catch (SAXException e) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "not-xml",
                    "",
                    "Nội dung không phải XML 1.0 hợp lệ, lồng sâu quá " + Json.DEEPEST + " tầng, hoặc có DOCTYPE.",
                    "The content is not well-formed XML 1.0, is nested deeper than " + Json.DEEPEST
                            + ", or has a DOCTYPE.");
        }
    }

    private static Document parse(InputSource source) throws SAXException {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            // What reads it after this goes down by recursion.
            factory.setAttribute("jdk.xml.maxElementDepth", Json.DEEPEST);
            var builder = factory.newDocumentBuilder();
            // Its own would write to the console.
            builder.setErrorHandler(null);
            return builder.parse(source);
        } catch (ParserConfigurationException | IOException impossible) {
            throw new IllegalStateException("XML from memory cannot be read", impossible);
        }
    }

    private static Set<String> known() {
        try {
            var elements = parse(new InputSource(String.valueOf(XmlFields.class.getResource("/wsdl/agency.xsd"))))
                    .getElementsByTagNameNS("*", "*");
            List<String> names = new ArrayList<>();
            for (int n = 0; n < elements.getLength(); n++) {
                names.add(((Element) elements.item(n)).getAttribute("name"));
            }
            return names.stream().filter(name -> !name.isEmpty()).collect(Collectors.toSet());
        } catch (SAXException ours) {
            throw new IllegalStateException(ours);
        }
    }

    private static String name(Node node) {
        return KNOWN.contains(node.getLocalName()) ? node.getLocalName() : Masks.MASK;
    }

    private void collect(String at, Element element) {
        var attributes = element.getAttributes();
        for (int n = 0; n < attributes.getLength(); n++) {
            var attribute = (Attr) attributes.item(n);
            if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
                leaves.put(at + "/@" + name(attribute) + "[" + (n + 1) + "]", attribute);
            }
        }
        int children = 0;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                children++;
                collect(at + "/" + name(inner) + "[" + children + "]", inner);
            }
        }
        if (children == 0) {
            leaves.put(at, element);
        }
    }

    List<Fields.Field> fields() {
        return leaves.keySet().stream()
                .map(path -> new Fields.Field(path, Masks.MASK, true, "text"))
                .toList();
    }

    /** All places are found first, so that no removal moves the place of another. */
    Fields.Changed changed(List<Fields.Change> changes) {
        List<Flaw> flaws = new ArrayList<>();
        for (int n = 0; n < changes.size(); n++) {
            Node node = leaves.get(changes.get(n).path());
            if (node == null || changes.get(n).removes() && node == document.getDocumentElement()) {
                flaws.add(Fields.at(n, Fields.noPlace()));
            } else if (!changes.get(n).removes() && !isText(changes.get(n).value())) {
                flaws.add(Fields.at(
                        n,
                        new Text(
                                "Trong XML giá trị là chữ; không nhận đối tượng, danh sách hay null.",
                                "In XML a value is a text; no object, list or null is taken.")));
            }
        }
        Fields.refuse(flaws);
        Map<String, Fields.Change> byPath = new HashMap<>();
        changes.forEach(change -> byPath.put(change.path(), change));
        List<Edit.Difference> difference = new ArrayList<>();
        leaves.forEach((path, node) -> {
            Fields.Change change = byPath.get(path);
            if (change != null) {
                difference.add(Edit.Difference.of(path, Masks.MASK, change.removes() ? null : Masks.MASK));
                make(change, node);
            }
        });
        return new Fields.Changed(TextNode.valueOf(written()), difference);
    }

    /** What has one spelling as a text. */
    private static boolean isText(@Nullable JsonNode value) {
        return value != null && value.isValueNode() && !value.isNull();
    }

    private static void make(Fields.Change change, Node node) {
        JsonNode value = change.value();
        if (value != null) {
            node.setTextContent(value.asText());
        } else if (node instanceof Attr attribute) {
            attribute.getOwnerElement().removeAttributeNode(attribute);
        } else {
            node.getParentNode().removeChild(node);
        }
    }

    private String written() {
        try {
            Transformer copy = TransformerFactory.newDefaultInstance().newTransformer();
            copy.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter written = new StringWriter();
            copy.transform(new DOMSource(document), new StreamResult(written));
            return written.toString();
        } catch (TransformerException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
