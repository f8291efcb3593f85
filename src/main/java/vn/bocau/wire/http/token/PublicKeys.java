package vn.bocau.wire.http.token;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The public halves of all keys we have signed with: what was signed by one that has been replaced is known as ours still.
 * A row that is deleted is a key that is trusted no more.
 */
@Component
public class PublicKeys {

    private final JdbcClient db;

    PublicKeys(JdbcClient db, RSAKey signing) {
        this.db = db;
        db.sql(
                        "insert into public_key (id, modulus, exponent) values (:id, :modulus, :exponent) on conflict do nothing")
                .param("id", signing.getKeyID())
                .param("modulus", signing.getModulus().toString())
                .param("exponent", signing.getPublicExponent().toString())
                .update();
    }

    /** The newest first. */
    public List<RSAKey> all() {
        return db.sql("select id, modulus, exponent from public_key order by first_at desc, id")
                .query((row, n) -> new RSAKey.Builder(
                                new Base64URL(row.getString("modulus")), new Base64URL(row.getString("exponent")))
                        .keyID(row.getString("id"))
                        .build())
                .list();
    }
}
