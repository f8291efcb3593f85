package vn.bocau.wire.soap;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.binding.soap.Soap11;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.wire.AtTheDoor;
import vn.bocau.wire.Outage;
import vn.bocau.wire.http.Incident;
import vn.bocau.wire.http.TooLarge;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * The one place where anything that goes wrong at the SOAP door becomes a fault: a sentence in both languages, and a
 * detail with a stable code and every field that was wrong. Never a stack, a class name or a value.
 */
final class AgencyFaults extends AbstractSoapInterceptor {

    AgencyFaults() {
        super(Phase.SETUP);
    }

    @Override
    public void handleMessage(SoapMessage message) {
        Exception thrown = message.getContent(Exception.class);
        if (!(thrown instanceof Fault fault)) {
            return;
        }
        Refused refused = find(fault, Refused.class);
        TooManyAttempts guessing = find(fault, TooManyAttempts.class);
        Optional<TooLarge> tooLarge = TooLarge.in(fault);
        if (!"POST".equals(method(message))) {
            fault.setStatusCode(405);
            say(fault, Soap11.getInstance().getSender(), METHOD, "method", List.of());
        } else if (tooLarge.isPresent()) {
            say(fault, Soap11.getInstance().getSender(), tooLarge(tooLarge.get()), "too-large", List.of());
        } else if (refused != null) {
            say(fault, Soap11.getInstance().getSender(), text(refused), refused.code(), refused.flaws());
        } else if (guessing != null) {
            say(fault, Soap11.getInstance().getSender(), tooMany(guessing), "too-many-attempts", List.of());
        } else if (find(fault, WSSecurityException.class) != null) {
            say(fault, Soap11.getInstance().getSender(), UNAUTHENTICATED, "unauthenticated", List.of());
        } else if (find(fault, XMLStreamException.class) != null) {
            say(fault, Soap11.getInstance().getSender(), NOT_XML, "not-xml", List.of());
        } else if (Outage.in(fault).isPresent()) {
            say(fault, Soap11.getInstance().getReceiver(), UNAVAILABLE, "unavailable", List.of());
        } else if (fault.getCause() == null || fault.getCause() instanceof org.apache.cxf.binding.soap.SoapFault) {
            // The stack itself refused the envelope: version, headers it must understand, an action it does not know.
            say(fault, Soap11.getInstance().getSender(), NOT_OURS, "soap", List.of());
        } else {
            bug(fault);
        }
    }

    private static final Text METHOD =
            new Text("Chỉ nhận POST; hợp đồng ở ?wsdl.", "Only POST is taken; the contract is at ?wsdl.");
    private static final Text UNAUTHENTICATED = new Text(
            "Thiếu hoặc sai WS-Security: cần UsernameToken dạng PasswordDigest có Nonce mới và Timestamp còn hạn.",
            "WS-Security is missing or wrong: a UsernameToken with PasswordDigest, a fresh Nonce and a valid Timestamp"
                    + " are needed.");
    private static final Text NOT_XML = new Text(
            "Nội dung không phải XML đúng cú pháp, có DOCTYPE, hoặc vượt giới hạn.",
            "The content is not well-formed XML, has a DOCTYPE, or is beyond the limits.");
    private static final Text UNAVAILABLE = new Text(
            "Hệ thống tạm thời chưa nhận được; hãy gửi lại nguyên văn, cùng requestId.",
            "Not available now; send the same again, with the same requestId.");
    private static final Text NOT_OURS =
            new Text("Phong bì SOAP không đúng với ?wsdl.", "The SOAP envelope does not fit ?wsdl.");

    private static Text tooLarge(TooLarge large) {
        return new Text(
                "Phong bì lớn hơn " + large.limit() + " byte; hãy chia nhỏ.",
                "The envelope is larger than " + large.limit() + " bytes; send less at once.");
    }

    private static Text tooMany(TooManyAttempts guessing) {
        long seconds = guessing.pause().toSeconds();
        return new Text(
                "UsernameToken sai quá nhiều lần; hãy sửa mật khẩu và gửi lại sau " + seconds + " giây.",
                "Too many wrong UsernameTokens; correct the password and send again in " + seconds + " seconds.");
    }

    private static @Nullable Object method(SoapMessage fault) {
        return fault.getExchange().getInMessage().get(Message.HTTP_REQUEST_METHOD);
    }

    private static void bug(Fault fault) {
        UUID incident = UUID.randomUUID();
        Incident.log(incident, fault);
        say(
                fault,
                Soap11.getInstance().getReceiver(),
                new Text(
                        "Lỗi phía hệ thống, mã sự cố " + incident + ".",
                        "An error of ours, incident " + incident + "."),
                "internal",
                List.of());
    }

    private static Text text(Refused refused) {
        StringBuilder vi = new StringBuilder();
        StringBuilder en = new StringBuilder();
        for (Refused.Flaw flaw : refused.flaws()) {
            String at = flaw.field().isEmpty() ? "" : flaw.field() + ": ";
            vi.append(vi.isEmpty() ? "" : " ").append(at).append(flaw.wrong().vi());
            en.append(en.isEmpty() ? "" : " ").append(at).append(flaw.wrong().en());
        }
        return new Text(vi.toString(), en.toString());
    }

    private static void say(Fault fault, QName side, Text text, String code, List<Refused.Flaw> flaws) {
        if (side.equals(Soap11.getInstance().getSender())) {
            AtTheDoor.refused(code);
        }
        fault.setFaultCode(side);
        fault.setMessage(text.vi() + " / " + text.en());
        Document document = newDocument();
        Element detail = document.createElement("detail");
        Element refused = child(detail, "refused", null);
        child(refused, "code", code);
        for (Refused.Flaw flaw : flaws) {
            Element said = child(refused, "flaw", null);
            child(said, "field", flaw.field());
            child(said, "vi", flaw.wrong().vi());
            child(said, "en", flaw.wrong().en());
        }
        fault.setDetail(detail);
    }

    private static Element child(Element parent, String name, @Nullable String text) {
        Element child = parent.getOwnerDocument().createElementNS(AgencyEndpoint.NAMESPACE, name);
        if (text != null) {
            child.setTextContent(text);
        }
        parent.appendChild(child);
        return child;
    }

    private static Document newDocument() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
        }
        return null;
    }
}
