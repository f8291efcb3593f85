package vn.bocau.wire.soap;

import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPMessage;
import java.util.Objects;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import vn.bocau.code.Refused;

/**
 * Whoever puts two operations into one Body would see the second one dropped without a word: neither is done. And where
 * there is none, that is said, not that it is no XML.
 */
final class OneOperation extends AbstractPhaseInterceptor<SoapMessage> {

    OneOperation() {
        super(Phase.POST_PROTOCOL);
    }

    @Override
    public void handleMessage(SoapMessage message) {
        // WS-Security has read the whole envelope by now.
        SOAPMessage envelope = Objects.requireNonNull(message.getContent(SOAPMessage.class), "envelope");
        if (operations(envelope) != 1) {
            throw new Fault(new Refused(
                    Refused.Ground.MALFORMED,
                    "one-operation",
                    "Body",
                    "Mỗi thông điệp phải có đúng một thao tác trong Body; nhiều thao tác thì gửi từng thao tác một.",
                    "A message carries exactly one operation in its Body; send several one by one."));
        }
    }

    private static int operations(SOAPMessage envelope) {
        int elements = 0;
        try {
            for (Node at = envelope.getSOAPBody().getFirstChild(); at != null; at = at.getNextSibling()) {
                elements += at instanceof Element ? 1 : 0;
            }
        } catch (SOAPException e) {
            throw new Fault(e);
        }
        return elements;
    }
}
