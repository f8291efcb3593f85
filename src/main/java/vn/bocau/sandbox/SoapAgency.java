package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.apache.cxf.binding.soap.Soap11;
import org.apache.cxf.binding.soap.SoapFault;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The provincial centre's back office where it is told: it implements the hub's contract {@code agency-notices.wsdl} as
 * a vendor would, from the published files.
 */
@WebServiceProvider(
        targetNamespace = SoapAgency.NAMESPACE,
        serviceName = "AgencyNoticesService",
        portName = "AgencyNoticesPort",
        wsdlLocation = "classpath:wsdl/agency-notices.wsdl")
@ServiceMode(Service.Mode.PAYLOAD)
class SoapAgency implements Provider<Source> {

    static final String NAMESPACE = "urn:bocau:agency-notices:v1";

    private final Received received;
    private final Schema schema;

    SoapAgency(Received received) {
        this.received = received;
        try {
            this.schema = SchemaFactory.newDefaultInstance()
                    .newSchema(SoapAgency.class.getResource("/wsdl/agency-notices.xsd"));
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Source invoke(Source request) {
        Element notice = checked(request);
        JsonNode said = json(notice);
        String messageId = said.path("messageId").asText();
        boolean fresh = received.addOnce(
                Twin.CENTRE.id,
                notice.getLocalName(),
                messageId,
                said.path("dossier").path("code").asText(),
                said);
        return new StreamSource(new StringReader("<received xmlns=\"" + NAMESPACE + "\"><messageId>" + messageId
                + "</messageId><repeat>" + !fresh + "</repeat></received>"));
    }

    private Element checked(Source request) {
        var read = new DOMResult();
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.newTransformer().transform(request, read);
            schema.newValidator().validate(new DOMSource(read.getNode()));
        } catch (SAXException wrong) {
            throw refused("schema", "Thông báo không đúng lược đồ. / The notice breaks the schema.");
        } catch (TransformerException | IOException unread) {
            throw refused("not-xml", "Không đọc được thông báo. / The notice cannot be read.");
        }
        return ((Document) read.getNode()).getDocumentElement();
    }

    private static SoapFault refused(String code, String why) {
        var fault = new SoapFault(why, Soap11.getInstance().getSender());
        Element refused = fault.getOrCreateDetail().getOwnerDocument().createElementNS(NAMESPACE, "refused");
        Element its = refused.getOwnerDocument().createElementNS(NAMESPACE, "code");
        its.setTextContent(code);
        refused.appendChild(its);
        fault.getDetail().appendChild(refused);
        return fault;
    }

    /** As the pages show it: elements by name, those that come twice as a list. */
    private static JsonNode json(Element element) {
        ObjectNode children = Json.object();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element e) {
                String name = e.getLocalName();
                if (!children.has(name)) {
                    children.set(name, json(e));
                } else if (children.get(name) instanceof ArrayNode list) {
                    list.add(json(e));
                } else {
                    JsonNode first = children.get(name);
                    children.putArray(name).add(first).add(json(e));
                }
            }
        }
        return children.isEmpty() ? TextNode.valueOf(element.getTextContent().strip()) : children;
    }
}
