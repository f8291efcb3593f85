package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.Domain.holds;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A dossier from the citizen's door to the agency and back, in the domain alone: what is known and who is told what. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WholeJourneyTest {

    private static final byte[] STROKES = "[[[12,40],[18,22]]]".getBytes(StandardCharsets.UTF_8);

    private final Domain at = new Domain();

    @Test
    void a_dossier_goes_there_and_back_and_everybody_is_told_in_order() throws Exception {
        at.accept(at.both());
        String papers = at.item("PICKUP");
        assertThat(at.item("RESULT")).as("nobody has decided yet").isNull();

        holds(at.report(at.scan("PICKUP_ACCEPTED", papers)), "RECORDED");
        holds(at.report(at.scan("COLLECTED", papers)), "RECORDED");
        holds(at.report(at.scan("HANDED_TO_AGENCY", papers)), "RECORDED");
        assertThat(at.toldCodes("trung-tam-hcc", "arrival")).containsExactly("HANDED_TO_AGENCY");
        at.received();
        assertThat(at.status()).isEqualTo(2);
        assertThat(at.facts().path("facts").path("resultDay").asText())
                .isEqualTo(Domain.tomorrow().toString());
        assertThat(at.facts().path("facts").path("right").asBoolean()).isTrue();

        holds(at.dispatched(), "DISPATCHED");
        String result = at.item("RESULT");
        assertThat(at.status()).isEqualTo(9);
        holds(at.report(at.scan("RESULT_COLLECTED", result)), "RECORDED");
        holds(at.report(at.scan("OUT_FOR_DELIVERY", result)), "RECORDED");
        Domain.Scan delivered = at.delivered(result, sha256());
        holds(at.report(delivered), "RECORDED");
        assertThat(at.status()).as("the signature is not here yet").isEqualTo(9);

        assertThat(keep(delivered)).isTrue();
        assertThat(keep(delivered)).as("again").isFalse();

        assertThat(at.status()).isEqualTo(10);
        assertThat(at.toldCodes("dvcqg", "progress"))
                .containsExactly(
                        "PICKUP_ACCEPTED",
                        "COLLECTED",
                        "HANDED_TO_AGENCY",
                        "RECEIVED",
                        "RESULT_READY",
                        "RESULT_COLLECTED",
                        "OUT_FOR_DELIVERY",
                        "DELIVERED");
        assertThat(at.toldCodes("dvcqg", "status")).containsExactly("RETURNED_RESULT");
        assertThat(at.facts().path("events").findValuesAsText("code"))
                .as("who asks reads what the portal was told")
                .containsExactly(
                        "PICKUP_ACCEPTED",
                        "COLLECTED",
                        "HANDED_TO_AGENCY",
                        "RECEIVED",
                        "RESULT_READY",
                        "RESULT_COLLECTED",
                        "OUT_FOR_DELIVERY",
                        "DELIVERED",
                        "RETURNED_RESULT");
        assertThat(at.toldCodes("trung-tam-hcc", "outcome")).containsExactly("DELIVERED");
        assertThat(at.facts().path("legs"))
                .allSatisfy(
                        leg -> assertThat(leg.has("next")).as(leg.toString()).isFalse());
    }

    private static boolean keep(Domain.Scan delivered) throws Exception {
        return Domain.bean(Evidence.class)
                .keep(Domain.uuid(delivered.id()), sha256(), Evidence.Kind.SIGNATURE, STROKES, Domain.MAKER);
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(STROKES));
    }
}
