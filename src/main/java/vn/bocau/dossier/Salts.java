package vn.bocau.dossier;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;

/**
 * Holds that a salt is one dossier's. Two dossiers under one salt would show by their hashes that they are the same
 * person's, and one table of all card numbers would open both.
 */
@Component
class Salts {

    private final JdbcClient db;

    Salts(JdbcClient db) {
        this.db = db;
    }

    /**
     * Gives the party's salt to this dossier, for good; nothing to do when it has none, or the dossier has it already.
     *
     * @param field of the party
     * @throws Refused CONFLICT {@code salt-of-another-dossier}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void keep(Party party, UUID dossier, String field) {
        if (party.identity() == null) {
            return;
        }
        String salt = party.identity().salt();
        // Whoever brings it at the same moment waits here for the other's end.
        db.sql("insert into identity_salt (salt, dossier) values (:salt, :dossier) on conflict (salt) do nothing")
                .param("salt", salt)
                .param("dossier", dossier)
                .update();
        UUID owner = db.sql("select dossier from identity_salt where salt = :salt")
                .param("salt", salt)
                .query(UUID.class)
                .single();
        if (!owner.equals(dossier)) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "salt-of-another-dossier",
                    field + "/identity/salt",
                    "Chuỗi salt này đã dùng cho một hồ sơ khác; hãy tạo chuỗi ngẫu nhiên mới cho mỗi hồ sơ và tính lại hash.",
                    "This salt was used for another dossier; make a new random one for each, and the hash anew.");
        }
    }
}
