package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.annotation.PreDestroy;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.SOAPBinding;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Source;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.jaxws.DispatchImpl;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transport.http.HTTPException;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Sending;
import vn.bocau.journal.UnderWay;

/**
 * Says a message over SOAP 1.1: the payload alone is translated, the envelope and WS-Security are CXF's. The judge sees
 * the payload that came back, or the {@code soap:Fault}. CXF makes faults itself out of broken answers, so a judge
 * trusts only a fault whose detail it knows.
 */
@Component
final class OverSoap {

    private static final int OK = 200;
    private static final int FAULT = 500;
    private static final String LONGEST_ANSWER = "200000";
    private static final QName SERVICE = new QName("urn:bocau:out", "Service");
    private static final QName PORT = new QName("urn:bocau:out", "Port");

    /** Where a client is for: what is said at another address, or by another name, is another's. */
    private record Way(String partner, String path, String action) {}

    /** A client made ready, for as long as nobody changes the partner. */
    private record Ready(Peer peer, String secret, Dispatch<Source> dispatch) {

        void close() {
            client(dispatch).destroy();
        }

        /** Without what it holds. */
        @Override
        public String toString() {
            return "Ready for " + peer.id();
        }
    }

    private final Bus bus;
    private final Judge judge;
    private final UnderWay underWay;
    private final Map<Way, Ready> clients = new ConcurrentHashMap<>();

    OverSoap(Bus bus, Judge judge, UnderWay underWay) {
        this.underWay = underWay;
        this.bus = bus;
        this.judge = judge;
    }

    Verdict say(Peer peer, Dialect.Message terms, Pass pass, Sending sending) {
        String payload = peer.mappings()
                .xml(sending.body(), terms.mapping(peer.dialect().name()), Spoken.variables(peer, pass, sending));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(new Blanks(peer, Spoken.blanks(pass, sending), JsonNodeFactory.instance.nullNode())
                .headers(terms.headers()));
        headers.putAll(pass.headers(sending.id().toString(), payload));
        Dispatch<Source> dispatch = dispatch(peer, terms);
        say(dispatch, headers);
        return judge.of(peer, sending.kind(), terms, call(peer, dispatch, payload));
    }

    /** With the next call of this thread alone: others use the same client meanwhile. */
    private static void say(Dispatch<Source> dispatch, Map<String, String> headers) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> all.put(name, new ArrayList<>(List.of(value))));
        client(dispatch).getRequestContext().put(Message.PROTOCOL_HEADERS, all);
    }

    private static Web.Answer call(Peer peer, Dispatch<Source> dispatch, String payload) {
        try {
            Source answer = dispatch.invoke(new StreamSource(new StringReader(payload)));
            if (answer == null) {
                throw new Unavailable(
                        "answer-garbled",
                        peer.id() + " trả lời một phong bì rỗng",
                        peer.id() + " answered an empty envelope");
            }
            return new Web.Answer(OK, text(answer));
        } catch (SOAPFaultException fault) {
            if (isOurs(fault)) {
                throw outage(peer, fault);
            }
            return fault(peer, fault);
        } catch (WebServiceException | TransformerException failed) {
            throw outage(peer, failed);
        }
    }

    /** A fault that has a cause on this side was made here, of an answer that could not be read. */
    private static boolean isOurs(SOAPFaultException fault) {
        return fault.getCause() != null && fault.getCause().getCause() != null;
    }

    private static Web.Answer fault(Peer peer, SOAPFaultException fault) {
        try {
            return new Web.Answer(FAULT, text(new DOMSource(fault.getFault())));
        } catch (TransformerException e) {
            throw outage(peer, e);
        }
    }

    /** By the kind of failure and the status alone: its message may quote the partner. */
    private static Unavailable outage(Peer peer, Exception failed) {
        Text what = new Text(" không kết nối được hoặc ngắt giữa chừng", " cannot be reached or broke off");
        String code = Web.broken(failed);
        Throwable root = failed;
        for (@Nullable Throwable e = failed; e != null; e = e.getCause()) {
            root = e;
            if (e instanceof HTTPException answered) {
                return new Unavailable(
                        Web.code(answered.getResponseCode()),
                        peer.id() + " trả lời " + answered.getResponseCode(),
                        peer.id() + " answered " + answered.getResponseCode());
            }
            if (e instanceof SocketTimeoutException || e instanceof HttpTimeoutException) {
                code = "partner-silent";
                what = new Text(
                        " không trả lời trong " + peer.readTimeout() + " ms",
                        " did not answer within " + peer.readTimeout() + " ms");
            } else if (e instanceof SSLException) {
                what = new Text(
                        " và chúng ta không thống nhất được TLS; hãy xem chứng thư của bên đó",
                        " and we do not agree on TLS; look at its certificate");
            }
        }
        if (root instanceof XMLStreamException || root instanceof SoapFault) {
            code = "answer-garbled";
            what = new Text(" trả lời không phải SOAP", " answered with something that is not SOAP");
        }
        String kind = " (" + root.getClass().getSimpleName() + ")";
        return new Unavailable(code, peer.id() + what.vi() + kind, peer.id() + what.en() + kind);
    }

    private Dispatch<Source> dispatch(Peer peer, Dialect.Message terms) {
        boolean signed = peer.dialect().login().kind() == Dialect.Login.Kind.USERNAME_TOKEN;
        String secret = signed ? peer.secret() : "";
        Ready ready = clients.compute(
                new Way(peer.id(), terms.path(), terms.action()),
                (key, known) -> known != null
                                && known.peer().isSameAs(peer)
                                && known.secret().equals(secret)
                        ? known
                        : renewed(known, peer, terms, secret));
        return ready.dispatch();
    }

    private Ready renewed(@Nullable Ready old, Peer peer, Dialect.Message terms, String secret) {
        if (old != null) {
            old.close();
        }
        return new Ready(peer, secret, made(peer, terms, secret));
    }

    private Dispatch<Source> made(Peer peer, Dialect.Message terms, String secret) {
        var blanks = new Blanks(peer, Map.of(), JsonNodeFactory.instance.nullNode());
        String address = peer.uri(blanks.path(terms.path())).toString();
        Bus before = BusFactory.getAndSetThreadDefaultBus(bus);
        try {
            Service service = Service.create(SERVICE);
            service.addPort(PORT, SOAPBinding.SOAP11HTTP_BINDING, address);
            Dispatch<Source> dispatch = service.createDispatch(PORT, Source.class, Service.Mode.PAYLOAD);
            dispatch.getRequestContext().put(BindingProvider.SOAPACTION_USE_PROPERTY, true);
            dispatch.getRequestContext().put(BindingProvider.SOAPACTION_URI_PROPERTY, terms.action());
            Client client = client(dispatch);
            client.setThreadLocalRequestContext(true);
            ((HTTPConduit) client.getConduit()).setClient(manners(peer));
            client.getOutInterceptors().add(new TraceHeader(underWay));
            client.getEndpoint().put("org.apache.cxf.stax.maxXMLCharacters", LONGEST_ANSWER);
            // CXF logs what broken answers said, and they may say a name.
            client.getEndpoint()
                    .put(FaultListener.class.getName(), (FaultListener) (exception, description, message) -> false);
            if (peer.dialect().login().kind() == Dialect.Login.Kind.USERNAME_TOKEN) {
                client.getOutInterceptors()
                        .add(security(blanks.text(peer.dialect().login().user()), secret));
            }
            return dispatch;
        } finally {
            BusFactory.setThreadDefaultBus(before);
        }
    }

    private static HTTPClientPolicy manners(Peer peer) {
        var policy = new HTTPClientPolicy();
        policy.setConnectionTimeout(peer.connectTimeout());
        policy.setReceiveTimeout(peer.readTimeout());
        policy.setAutoRedirect(false);
        policy.setAllowChunking(false);
        policy.setVersion("1.1");
        return policy;
    }

    /** Digest, nonce and timestamp: the secret itself never travels. */
    private static WSS4JOutInterceptor security(String user, String secret) {
        CallbackHandler password = callbacks -> {
            for (Callback callback : callbacks) {
                ((WSPasswordCallback) callback).setPassword(secret);
            }
        };
        return new WSS4JOutInterceptor(Map.of(
                ConfigurationConstants.ACTION,
                ConfigurationConstants.USERNAME_TOKEN + " " + ConfigurationConstants.TIMESTAMP,
                ConfigurationConstants.USER,
                user,
                ConfigurationConstants.PASSWORD_TYPE,
                "PasswordDigest",
                ConfigurationConstants.PW_CALLBACK_REF,
                password));
    }

    private static Client client(Dispatch<Source> dispatch) {
        return ((DispatchImpl<Source>) dispatch).getClient();
    }

    private static String text(Source source) throws TransformerException {
        Transformer copy = TransformerFactory.newDefaultInstance().newTransformer();
        copy.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        var written = new StringWriter();
        copy.transform(source, new StreamResult(written));
        return written.toString();
    }

    @PreDestroy
    void close() {
        clients.values().forEach(Ready::close);
        clients.clear();
    }
}
