package vn.bocau.desk;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import vn.bocau.dossier.Manifest;

/**
 * What is drawn as a QR code on a manifest, so that whoever has the paper and the envelopes can tell without signal that
 * they belong together, and who has signed: number, count, digest and both signatures at the desk, signed (JWS, RS256) by the key that signs our tokens. Its type is none
 * that a token may have; it names its key, which may be another by the time somebody looks.
 */
@Component
class ManifestSeal {

    private static final JOSEObjectType TYPE = new JOSEObjectType("bocau-manifest");

    private final JWSSigner signer;
    private final JWSHeader header;

    ManifestSeal(RSAKey signing) throws JOSEException {
        this.signer = new RSASSASigner(signing);
        this.header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(TYPE)
                .keyID(signing.getKeyID())
                .build();
    }

    /**
     * @return {@code header.payload.signature}; the payload is {@code {"number", "count", "digest", "signed"?, "received"?}},
     *     the last two {@code {"by", "at"}}: who signed at the desk for the agency and for the post, and when. Where the post
     *     did not get all of it, {@code received} has {@code {"count", "digest"}} of what it got
     */
    String of(Manifest manifest) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("number", manifest.number());
        said.put("count", manifest.lines().size());
        said.put("digest", manifest.digest());
        if (manifest.signed() != null) {
            said.put("signed", side(manifest.signed()));
        }
        if (manifest.received() != null) {
            Map<String, Object> received = side(manifest.received());
            if (manifest.signedFor().size() < manifest.lines().size()) {
                received.put("count", manifest.signedFor().size());
                received.put("digest", manifest.receivedDigest());
            }
            said.put("received", received);
        }
        var sealed = new JWSObject(header, new Payload(said));
        try {
            sealed.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("our own key does not sign", e);
        }
        return sealed.serialize();
    }

    private static Map<String, Object> side(Manifest.Signature signature) {
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("by", signature.by());
        side.put("at", signature.at().truncatedTo(ChronoUnit.SECONDS).toString());
        return side;
    }
}
