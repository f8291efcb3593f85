package vn.bocau.wire.soap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.annotation.Resource;
import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceContext;
import jakarta.xml.ws.WebServiceProvider;
import java.io.StringReader;
import java.security.Principal;
import java.util.Map;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.mapping.Mappings;

/**
 * {@code /ws/agency}: takes what {@code wsdl/agency.wsdl} describes, names it, and hands it to the route of that name.
 * Who speaks was made sure by WS-Security before.
 */
@WebServiceProvider(
        targetNamespace = AgencyEndpoint.NAMESPACE,
        serviceName = "AgencyService",
        portName = "AgencyPort",
        wsdlLocation = "classpath:wsdl/agency.wsdl")
@ServiceMode(Service.Mode.PAYLOAD)
class AgencyEndpoint implements Provider<Source> {

    static final String NAMESPACE = "urn:bocau:agency:v1";

    /** Operation of the contract, and the kind of message it is to us. */
    private static final Map<String, String> KINDS = Map.of(
            "confirmReceipt", "agency.receive",
            "refusePapers", "agency.refuse",
            "askSupplement", "agency.supplement",
            "dispatchResults", "agency.dispatch",
            "transferDossier", "agency.transfer");

    private final AgencySchema schema;
    private final Directories directories;
    private final Entrance entrance;
    private final Mappings mappings;

    @Resource
    private @Nullable WebServiceContext context;

    AgencyEndpoint(AgencySchema schema, Directories directories, Entrance entrance, Mappings mappings) {
        this.schema = schema;
        this.directories = directories;
        this.entrance = entrance;
        this.mappings = mappings;
    }

    @Override
    public Source invoke(Source request) {
        AgencySchema.Payload payload = schema.read(request);
        String partner = partner().id();
        String answer =
                payload.operation().equals("getProgress") ? progress(partner, payload) : write(partner, payload);
        return new StreamSource(new StringReader(answer));
    }

    private String write(String partner, AgencySchema.Payload payload) {
        String kind = KINDS.get(payload.operation());
        if (kind == null) {
            throw unknownOperation();
        }
        String requestId = payload.value("requestId");
        Receipt receipt = entrance.bring(new Inbound(partner, requestId, kind, TextNode.valueOf(payload.xml())));
        return mappings.current()
                .xml(
                        receipt.answer(),
                        payload.operation().equals("dispatchResults")
                                ? "agency/dispatched.out.xsl"
                                : "agency/accepted.out.xsl",
                        Map.of(
                                "key",
                                TextNode.valueOf(requestId),
                                "repeat",
                                com.fasterxml.jackson.databind.node.BooleanNode.valueOf(receipt.repeat())));
    }

    private String progress(String partner, AgencySchema.Payload payload) {
        schema.judge(payload.xml(), payload.operation());
        Map<String, String> question = Map.of("code", payload.value("dossier"), "partner", partner);
        JsonNode facts;
        try {
            facts = entrance.ask("agency.progress", question, JsonNode.class);
        } catch (Refused refused) {
            throw refused.code().equals("unknown-dossier") ? named(refused) : refused;
        }
        return mappings.current()
                .xml(facts, "agency/progress.out.xsl", Map.of("key", TextNode.valueOf(payload.value("dossier"))));
    }

    /** By the element it stands in here. */
    private static Refused named(Refused refused) {
        return new Refused(
                refused.ground(),
                refused.code(),
                refused.flaws().stream()
                        .map(flaw -> new Refused.Flaw("dossier", flaw.wrong()))
                        .toList());
    }

    private Partner partner() {
        Principal principal = context == null ? null : context.getUserPrincipal();
        return directories
                .current()
                .partnerByClientId(principal == null ? "" : principal.getName())
                .filter(p -> p.kind() == Partner.Kind.AGENCY)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.FORBIDDEN,
                        "not-an-agency",
                        "",
                        "Tài khoản này không phải của cơ quan.",
                        "This account is not an agency's."));
    }

    static Refused unknownOperation() {
        return new Refused(
                Refused.Ground.MALFORMED,
                "unknown-operation",
                "",
                "Không có thao tác này; xem ?wsdl.",
                "There is no such operation; see ?wsdl.");
    }
}
