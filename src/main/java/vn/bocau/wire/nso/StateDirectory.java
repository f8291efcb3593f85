package vn.bocau.wire.nso;

import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.WebServiceException;
import java.io.StringReader;
import java.net.URL;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.jaxws.DispatchImpl;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.StateUnit;

/**
 * The state's own list of provinces and communes, as the contract {@code wsdl/state-directory.wsdl} has it. It answers
 * with a data set of .NET (diffgram), whose rows are the elements TABLE.
 */
@Component
public class StateDirectory {

    private static final String NAMESPACE = "http://tempuri.org/";
    private static final QName SERVICE = new QName(NAMESPACE, "DMDVHC");
    private static final QName PORT = new QName(NAMESPACE, "DMDVHCSoap");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final String ROW = "TABLE";

    /** 3,321 communes are a tenth of that. */
    private static final String LONGEST_ANSWER = "20000000";

    private final Bus bus;
    private final NsoSettings settings;
    private final String sandbox;

    StateDirectory(Bus bus, NsoSettings settings, Environment environment) {
        this.bus = bus;
        this.settings = settings;
        this.sandbox = environment.getProperty("bocau.sandbox.enabled", Boolean.class, false)
                ? environment.getProperty("bocau.sandbox.url", "") + "/nso/DMDVHC.asmx"
                : "";
    }

    /** @throws Unavailable when it does not answer as its contract says */
    public List<StateUnit> provinces(LocalDate day) {
        return rows("DanhMucTinh", day).stream()
                .map(row -> new StateUnit(
                        text(row, "MaTinh"), text(row, "TenTinh"), text(row, "LoaiHinh"), text(row, "MaTinh")))
                .toList();
    }

    /** @throws Unavailable when it does not answer as its contract says */
    public List<StateUnit> communes(LocalDate day) {
        return rows("DanhMucPhuongXa", day).stream()
                .map(row -> new StateUnit(
                        text(row, "MaPhuongXa"), text(row, "TenPhuongXa"), text(row, "LoaiHinh"), text(row, "MaTinh")))
                .toList();
    }

    private List<Element> rows(String operation, LocalDate day) {
        Bus before = BusFactory.getAndSetThreadDefaultBus(bus);
        try {
            Dispatch<Source> dispatch = dispatch(operation);
            try {
                return rows(dispatch.invoke(new StreamSource(new StringReader("<" + operation + " xmlns=\"" + NAMESPACE
                        + "\"><DenNgay>" + DAY.format(day) + "</DenNgay></" + operation + ">"))));
            } finally {
                client(dispatch).destroy();
            }
        } catch (WebServiceException | TransformerException failed) {
            throw unavailable(failed);
        } finally {
            BusFactory.setThreadDefaultBus(before);
        }
    }

    private Dispatch<Source> dispatch(String operation) {
        URL contract = Objects.requireNonNull(StateDirectory.class.getResource("/wsdl/state-directory.wsdl"));
        Dispatch<Source> dispatch =
                Service.create(contract, SERVICE).createDispatch(PORT, Source.class, Service.Mode.PAYLOAD);
        var context = dispatch.getRequestContext();
        String address = settings.url().isEmpty() ? sandbox : settings.url();
        if (!address.isEmpty()) {
            context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, address);
        }
        context.put(BindingProvider.SOAPACTION_USE_PROPERTY, true);
        context.put(BindingProvider.SOAPACTION_URI_PROPERTY, NAMESPACE + operation);
        Client client = client(dispatch);
        ((HTTPConduit) client.getConduit()).setClient(manners());
        client.getEndpoint().put("org.apache.cxf.stax.maxXMLCharacters", LONGEST_ANSWER);
        client.getEndpoint()
                .put(FaultListener.class.getName(), (FaultListener) (exception, description, message) -> false);
        return dispatch;
    }

    private HTTPClientPolicy manners() {
        var policy = new HTTPClientPolicy();
        policy.setConnectionTimeout(settings.timeout().toMillis());
        policy.setReceiveTimeout(settings.timeout().toMillis());
        policy.setAutoRedirect(false);
        policy.setAllowChunking(false);
        policy.setVersion("1.1");
        return policy;
    }

    private static List<Element> rows(Source answer) throws TransformerException {
        var read = new DOMResult();
        TransformerFactory.newDefaultInstance().newTransformer().transform(answer, read);
        NodeList found = ((Document) read.getNode()).getElementsByTagNameNS("*", ROW);
        List<Element> rows = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            rows.add((Element) found.item(i));
        }
        return rows;
    }

    private static String text(Element row, String column) {
        NodeList cells = row.getElementsByTagNameNS("*", column);
        return cells.getLength() == 0 ? "" : cells.item(0).getTextContent().strip();
    }

    private static Client client(Dispatch<Source> dispatch) {
        return ((DispatchImpl<Source>) dispatch).getClient();
    }

    private static Unavailable unavailable(Exception failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String kind = " (" + root.getClass().getSimpleName() + ")";
        return new Unavailable(
                "state-directory-away",
                "Danh mục đơn vị hành chính (DMDVHC) không trả lời như hợp đồng" + kind + ".",
                "The state's directory of administrative units (DMDVHC) does not answer as its contract says" + kind
                        + ".");
    }
}
