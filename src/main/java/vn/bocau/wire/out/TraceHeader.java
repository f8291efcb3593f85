package vn.bocau.wire.out;

import java.util.List;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.Headers;
import vn.bocau.journal.UnderWay;

/** Tells a partner that speaks SOAP of the trace its message is in, where traces are written. */
final class TraceHeader extends AbstractPhaseInterceptor<Message> {

    private final UnderWay underWay;

    TraceHeader(UnderWay underWay) {
        super(Phase.SETUP);
        this.underWay = underWay;
    }

    @Override
    public void handleMessage(Message message) {
        underWay.here()
                .ifPresent(trace -> Headers.getSetProtocolHeaders(message).put(UnderWay.HEADER, List.of(trace)));
    }
}
