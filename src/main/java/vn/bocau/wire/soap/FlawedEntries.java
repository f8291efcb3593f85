package vn.bocau.wire.soap;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import vn.bocau.code.Refused;

/**
 * What is wrong with single entries of a list, each to be told beside its own entry: of a flawed one nothing is left but
 * its dossier and its flaws, so that nobody reads anything else out of it.
 */
final class FlawedEntries {

    private static final String DOSSIER = "dossier";

    private final String entry;
    private final Map<Integer, List<Refused.Flaw>> flaws = new HashMap<>();
    private boolean allWithin = true;

    /**
     * @param found by paths such as {@code /dispatchResults/result[3]/item}
     * @param list name of the root
     */
    FlawedEntries(List<Refused.Flaw> found, String list, String entry) {
        this.entry = entry;
        Pattern within = Pattern.compile("/" + list + "/" + entry + "(?:\\[(\\d+)])?/(.+)");
        for (Refused.Flaw flaw : found) {
            Matcher path = within.matcher(flaw.field());
            if (path.matches()) {
                int no = path.group(1) == null ? 1 : Integer.parseInt(path.group(1));
                flaws.computeIfAbsent(no, n -> new ArrayList<>()).add(new Refused.Flaw(path.group(2), flaw.wrong()));
            } else {
                allWithin = false;
            }
        }
    }

    /**
     * @return the message with each flawed entry brought down to its flaws; as it came when nothing but them would be left,
     *     or something else is wrong: it is refused as a whole then
     */
    String beside(String xml) {
        Document message = parse(xml);
        List<Element> entries = children(message.getDocumentElement(), entry);
        if (!allWithin || flaws.size() >= entries.size()) {
            return xml;
        }
        flaws.forEach((no, wrong) -> replace(entries.get(no - 1), wrong));
        return text(message);
    }

    private static void replace(Element entry, List<Refused.Flaw> wrong) {
        List<Element> codes = children(entry, DOSSIER);
        boolean named = codes.size() == 1
                && wrong.stream().noneMatch(flaw -> flaw.field().startsWith(DOSSIER));
        entry.setTextContent("");
        if (named) {
            entry.appendChild(codes.get(0));
        }
        for (Refused.Flaw flaw : wrong) {
            Element one = add(entry, "flaw");
            add(one, "field").setTextContent(flaw.field());
            add(one, "vi").setTextContent(flaw.wrong().vi());
            add(one, "en").setTextContent(flaw.wrong().en());
        }
    }

    private static Element add(Element to, String name) {
        Element element = to.getOwnerDocument().createElementNS(AgencyEndpoint.NAMESPACE, name);
        to.appendChild(element);
        return element;
    }

    private static List<Element> children(Element of, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = of.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }

    private static Document parse(String xml) {
        try {
            DocumentBuilderFactory parsers = DocumentBuilderFactory.newDefaultNSInstance();
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return parsers.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException | ParserConfigurationException impossible) {
            throw new IllegalStateException("XML that was read already cannot be read", impossible);
        }
    }

    private static String text(Document message) {
        try {
            Transformer copy = TransformerFactory.newDefaultInstance().newTransformer();
            copy.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter written = new StringWriter();
            copy.transform(new DOMSource(message), new StreamResult(written));
            return written.toString();
        } catch (TransformerException impossible) {
            throw new IllegalStateException("XML that was read already cannot be written", impossible);
        }
    }
}
