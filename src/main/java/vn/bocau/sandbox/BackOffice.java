package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.soap.SOAPBinding;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.jaxws.DispatchImpl;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.ConfigurationConstants;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The provincial centre's back office at its desk: what its officials decide is said to the hub by SOAP, with
 * WS-Security, as any vendor's client would.
 */
@RestController
class BackOffice {

    private static final String NAMESPACE = "urn:bocau:agency:v1";
    private static final String USER = "trung-tam-hcc";
    private static final String SECRET = "sandbox-soap-secret";

    private final String hub;
    private final Manners manners;
    private final HeldBack<String> heldBack = new HeldBack<>(this::say);

    BackOffice(@Value("${hub.url}") String hub, Manners manners) {
        this.hub = hub;
        this.manners = manners;
    }

    /**
     * An official acts: {@code {"operation", "content"}}, the content being the XML inside the operation's element after
     * {@code requestId}. Answers what the hub answered, or its fault with status 422; 202 when it is {@linkplain HeldBack held
     * back}.
     */
    @PostMapping(path = "/api/trung-tam-hcc/acts", produces = MediaType.APPLICATION_XML_VALUE)
    ResponseEntity<String> act(@RequestBody String body) {
        JsonNode act = Json.read(body);
        String operation = act.path("operation").asText();
        String request = "<" + operation + " xmlns=\"" + NAMESPACE + "\"><requestId>"
                + act.path("requestId").asText("act-" + java.util.UUID.randomUUID()) + "</requestId>"
                + act.path("content").asText() + "</" + operation + ">";
        Manners.Mode mode = manners.whenSaying(Twin.CENTRE);
        if (mode == Manners.Mode.OUT_OF_ORDER && heldBack.keep(request)) {
            return ResponseEntity.accepted().body("<heldBack/>");
        }
        if (mode == Manners.Mode.DUPLICATE) {
            say(request);
        }
        ResponseEntity<String> answer = say(request);
        heldBack.letGo();
        return answer;
    }

    private ResponseEntity<String> say(String request) {
        try {
            return ResponseEntity.ok(text(hub().invoke(new StreamSource(new StringReader(request)))));
        } catch (SOAPFaultException fault) {
            return ResponseEntity.status(HttpStatus.UNPROCESSABLE_ENTITY)
                    .body("<fault>" + fault.getFault().getFaultString() + "</fault>");
        }
    }

    private Dispatch<Source> hub() {
        Service service = Service.create(new QName(NAMESPACE, "AgencyService"));
        QName port = new QName(NAMESPACE, "AgencyPort");
        service.addPort(port, SOAPBinding.SOAP11HTTP_BINDING, hub + "/ws/agency");
        Dispatch<Source> dispatch = service.createDispatch(port, Source.class, Service.Mode.PAYLOAD);
        CallbackHandler password = callbacks -> {
            for (Callback callback : callbacks) {
                ((WSPasswordCallback) callback).setPassword(SECRET);
            }
        };
        ((DispatchImpl<Source>) dispatch)
                .getClient()
                .getOutInterceptors()
                .add(new WSS4JOutInterceptor(Map.of(
                        ConfigurationConstants.ACTION,
                        ConfigurationConstants.USERNAME_TOKEN + " " + ConfigurationConstants.TIMESTAMP,
                        ConfigurationConstants.USER,
                        USER,
                        ConfigurationConstants.PASSWORD_TYPE,
                        "PasswordDigest",
                        ConfigurationConstants.PW_CALLBACK_REF,
                        password)));
        return dispatch;
    }

    private static String text(Source source) {
        try {
            StringWriter written = new StringWriter();
            TransformerFactory.newDefaultInstance().newTransformer().transform(source, new StreamResult(written));
            return written.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }
}
