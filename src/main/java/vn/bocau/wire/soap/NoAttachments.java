package vn.bocau.wire.soap;

import org.apache.cxf.interceptor.AttachmentInInterceptor;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import vn.bocau.code.Refused;

/** Nothing in the contract is binary: a message in several parts (MTOM, SwA) is refused before any part is read. */
final class NoAttachments extends AbstractPhaseInterceptor<Message> {

    NoAttachments() {
        super(Phase.RECEIVE);
        addBefore(AttachmentInInterceptor.class.getName());
    }

    @Override
    public void handleMessage(Message message) {
        Object type = message.get(Message.CONTENT_TYPE);
        if (type != null && type.toString().toLowerCase(java.util.Locale.ROOT).startsWith("multipart")) {
            throw new Fault(new Refused(
                    Refused.Ground.MALFORMED,
                    "no-attachments",
                    "",
                    "Không nhận tệp đính kèm (MTOM, SwA); gửi text/xml.",
                    "Attachments (MTOM, SwA) are not taken; send text/xml."));
        }
    }
}
