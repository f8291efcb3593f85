package vn.bocau.dossier;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.journal.DossierAges;

/** How old dossiers are, from when they were first spoken of. */
@Component
class Ages implements DossierAges {

    private final JdbcClient db;

    Ages(JdbcClient db) {
        this.db = db;
    }

    @Override
    public @Nullable Double age(String group) {
        return db.sql(
                        "select extract(epoch from clock_timestamp() - created_at) from dossier where id = cast(:group as uuid)")
                .param("group", group)
                .query(Double.class)
                .optional()
                .orElse(null);
    }
}
